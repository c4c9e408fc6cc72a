"""Titles that break what reads them carelessly: markup, terminals, bidi, TeX, YAML, BibTeX, sheets, HTML."""

from triage import shown
from triage.paper import Paper

TITLES = (
    # Textual markup, actions and links.
    "[/] and [/b]", "[red]red[/red] [bold", "[@click=app.quit]quit[/]", "[@click=app.simulate_key('s')]skip",
    "[link=file:///etc/passwd]link[/link]", "[link='javascript:alert(1)']js", "$x x[0] [b + 1", "[Re] [CLS]",
    # Escape sequences, C1, controls.
    "CSI \x1b[31mred\x1b[2J", "OSC 52 \x1b]52;c;SE9T\x07", "OSC 0 \x1b]0;TITLE\x07",
    "OSC 8 \x1b]8;;file:///x\x1b\\link", "unterminated \x1b]52;c;SE9T", "DCS \x1bPx\x1b\\ APC \x1b_y\x1b\\",
    "C1 \x9b31m \x9d52;c;x\x9c", "controls \0\x7f\x07\x08\r\x0b\x0c end", "tab\tnew\nline",
    # Direction, invisible, surrogates, width.
    "bidi \u202eltr\u202d \u2066x\u2069 \u200e\u061c", "zero \u200b\u2060\ufeff wide",
    "ends \u2028\x85\u2029 here",
    "lone \ud800 surrogate \udfff", "漢字かな交じり文",
    "👩\u200d🔬 and 🇩🇪 flags", "Z" + "\u0301" * 1000 + "algo",
    "e\u0301 and é, Å and Å", "naïve “curly” ‘quotes’ – — …",
    # TeX, whole and broken.
    "$\\alpha_{i}^2$ of $\\mathbb{F}_p$", "unbalanced $x^2 and }", "\\input{/etc/passwd} \\write18{ls}",
    "\\", "\\\\",
    "``quoted'' 'single' --- dash -- flag", "100% of {{ 7*7 }} & $5 #1 _a_ ~b ^c", "?` !` << >> ,,x",
    # YAML.
    "key: value", "# comment", "a # b", "- item", "? key", "! tag", "!!python/object:os.system", "&anchor",
    "*alias",
    "{a: b}", "[a, b]", "'single", '"double', "%TAG ! x", "@at", "`tick`", "---", "...", "| pipe", "> fold",
    "yes", "No", "null", "~", "1.0", "0x1F", "1e3", "2023-06-13", "12:30:00", "=", "<<", "a: |", ": lead",
    "trail:",
    # BibTeX, RIS, sheets, HTML, JSON, Markdown.
    "{", "}", "}}", "{{", "\\{", "}\n@misc{evil, title={x}}", "@article{a,", "a, b and others", "ER  - ",
    "TY  - JOUR",
    "=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(A1)", "</script><script>alert(1)</script>",
    "<b>bold</b> &lt;",
    "&#27;[31m &amp;#27; &notit;", "--></h4></a>", "]]>", '" onmouseover="x', "**b** _i_ `c` ~~s~~ | t |",
    "## h ##",
    "[a](javascript:b) ![i](x)", "1. one", "+ plus", "Setext\n===", "%%hidden%% ==mark== [[wiki]] ^ref #tag",
    "../../etc/passwd", "con", "nul.txt", "x" * 300, "a/b\\c:d*e?f\"g<h>i|j", "%s {0} ${HOME} $(id) `id`",
)  # fmt: skip


def papers(titles: tuple[str, ...] = TITLES) -> list[Paper]:
    """A paper of arXiv and a web page with each of the titles."""
    made = []
    for number, title in enumerate(titles, 1):
        told = {
            "authors": (f"Ada {title}", "Bo Example"),
            "abstract": title,
            "published": "2026-11-20T00:00:00Z",
        }
        made.append(Paper(f"2611.{number:05}", title, categories=("cs.CL",), primary="cs.CL", **told))  # type: ignore[arg-type]  # mypy takes the dict's values together
        made.append(Paper(f"https://example.org/{number}", title, site=title, **told))  # type: ignore[arg-type]  # as above
    return made


def shown_title(paper: Paper) -> str:
    """The title as a reader of an export must find it."""
    return shown.title(paper)

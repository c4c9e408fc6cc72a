"""What leaves the program: each format read back by a reader of its own, whatever the papers hold."""

import json
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import rispy
import yaml
from bibtexparser.entrypoint import parse_string
from markdown_it import MarkdownIt

from tests.export import csl_schema
from tests.fuzz.target import Target, text, texts
from triage import card, clean, shown
from triage.config.reading import parse
from triage.config.text import as_toml, toml, with_choices
from triage.export.bibtex import bibtex
from triage.export.csl_json import csl_json
from triage.export.kept import Kept
from triage.export.markdown import markdown_list
from triage.export.paper_files import file_stem, paper_file
from triage.export.records import record
from triage.export.ris import ris
from triage.export.template import TemplateFault, haul_template, render
from triage.export.template_values import template_values
from triage.haul import Entry, Field, Haul, excerpt
from triage.paper import Paper
from triage.settings import HaulSettings, Settings

_LAST = Paper("2306.07899", "The last one", ("Bo Example",), "Abstract.", published="2023-06-13")
_CONFIG = """categories = ["cs.CL", "math.AG"]
keys = "vim"
[arxiv]
rss = "http://127.0.0.1:1/rss"
delay_seconds = 4.5
holidays = [2027-01-18]
[listing]
cross_lists = "fold"
[haul]
title = "Haul {number}"
tags = ["a", "b"]
path = "~/posts/{date}-{number}.md"
url = "https://example.org/{number}"
[haul.front_matter]
x = {a = 1, b = [1.5, true, 2027-01-18]}
"""


def _paper(data: bytes) -> Kept:
    """A paper of which every part is any text."""
    title, author, rest, key = texts(data, 4)
    made = Paper(
        "2611.00001" if not key else f"https://a.b/{key}", title, (author, title, rest), rest, 1,
        categories=(author,), primary=rest, arxiv_comments=rest, doi=author, journal_ref=rest,
        published=rest[:10], site=author,
    )  # fmt: skip
    return Kept(made, rest)


def _bibtex(data: bytes) -> None:
    written = bibtex([_paper(data).paper, _LAST])
    library = parse_string(written)
    assert library.failed_blocks == []
    assert len(library.entries) == 2
    assert library.entries[1].fields_dict["eprint"].value == "2306.07899"
    assert written.count("{") == written.count("}")
    assert not [one for one in written if not (one.isprintable() or one in "\n " or ord(one) > 0x9F)]


def _ris(data: bytes) -> None:
    one, last = rispy.loads(ris([_paper(data), Kept(_LAST)]))
    assert last["title"] == "The last one"
    assert one["title"] == (shown.title(_paper(data).paper) or clean.line(_paper(data).paper.url))


def _csl(data: bytes) -> None:
    kept = _paper(data)
    items = json.loads(csl_json([kept, Kept(_LAST)]))
    csl_schema.check(items)
    assert items[0]["title"] == (shown.title(kept.paper) or kept.paper.url)
    assert items[0].get("note", "") == kept.note
    assert items[1]["title"] == "The last one"


def _json(data: bytes) -> None:
    paper = _paper(data).paper
    line = clean.escaped(json.dumps(record(paper), ensure_ascii=False))
    assert line.isprintable()
    assert json.loads(line) == json.loads(json.dumps(record(paper)))


def _file(data: bytes) -> None:
    kept = _paper(data)
    made = paper_file(kept, (kept.paper.title,))
    front = yaml.safe_load(made.split("\n---\n")[0].removeprefix("---\n"))
    assert front["title"] == (shown.title(kept.paper) or clean.line(kept.paper.url))
    assert front.get("tags", [""]) == [clean.line(kept.paper.title)]
    assert front["aliases"] == [front["title"]]
    stem = file_stem(kept.paper)
    assert stem.isascii()
    assert not set(stem) & set('/\\:*?"<>|\0 ')
    assert 0 < len(stem) <= 120
    assert not stem.startswith(".")


def _markdown(data: bytes) -> None:
    kept = _paper(data)._replace(note="")
    tokens = MarkdownIt("commonmark").parse(markdown_list([kept, Kept(_LAST)]))
    assert len([one for one in tokens if one.type == "inline"]) == 2
    assert not [one for one in tokens if one.type == "html_block"]
    children = [child for one in tokens for child in one.children or ()]
    assert not [one for one in children if one.type in ("html_inline", "image", "code_inline")], children


class _Page(HTMLParser):
    """The tags of a page, and the texts of its headings and of all its links."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str | None] = []
        self.titles: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]
        assert {name for name, _ in attrs} <= {"href"}, attrs
        if tag == "h4":
            self.titles.append("")

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] == ["h4"]:
            self.titles[-1] += data


def _card(data: bytes) -> None:
    title, abstract, link = texts(data, 3)
    title, link = clean.line(title), link or "https://arxiv.org/abs/2306.07899"
    entry = Entry("k", link, title, excerpt(clean.line(abstract)))
    page = _Page()
    page.feed(card.write(entry))
    page.close()
    assert set(page.tags) <= {"blockquote", "a", "h4", "p"}, page.tags
    assert page.titles[0].strip() == title
    assert len(entry.excerpt) <= 120
    assert all(one is not None and one.lower().startswith(("http://", "https://")) for one in page.links), (
        page.links
    )


_VALUES = template_values(
    Haul(21, (Field("title", "Haul ~21"),), (), (Entry(_LAST.id, _LAST.url, "T: x", "Abs…", "Note"),)),
    {_LAST.id: _LAST},
    "https://example.org/haul-{number}",
)


def _template(data: bytes) -> None:
    """A user's template makes a text, or has a fault with a line."""
    source, fault = text(data), None
    try:
        assert isinstance(render("t.md", {"t.md": source, "part.md": "a part"}.get, _VALUES), str)
    except TemplateFault as found:
        fault = found
    assert fault is None or (fault.file and (fault.line or 1) >= 1)


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _config(data: bytes) -> None:
    settings, faults = parse(_decoded(data), Path("/home/x/config.toml"))
    for fault in faults:
        assert clean.name(fault.sentence) == fault.sentence
        assert fault.line is None or fault.line >= 1
    again, none = parse(as_toml(settings), Path("again"))
    assert none == (), none
    # A number that is no number is the same only by its text.
    assert as_toml(again) == as_toml(settings)
    if not [fault for fault in faults if not fault.key]:
        chosen, wrong = parse(with_choices(_decoded(data), ("cs.AI",), "mnemonic"), Path("chosen"))
        if all(fault.key for fault in wrong):
            assert (chosen.categories, chosen.keys) == (("cs.AI",), "mnemonic")
            assert as_toml(chosen._replace(categories=(), keys="vim")) == as_toml(
                settings._replace(categories=(), keys="vim")
            )


def _setting(data: bytes) -> None:
    """Any text comes back from a config that says it."""
    value, key = (one.encode("utf-8", "replace").decode() for one in texts(data, 2))
    assert tomllib.loads(f"x = {toml(value)}") == {"x": value}
    made = Settings(haul=HaulSettings(front_matter={key or "x": [value, {"a": 1}["a"], True, 1.5]}))
    assert parse(as_toml(made), Path("c")) == (made, ())


_SIGNS = (
    b"{",
    b"}",
    b"\\",
    b"%",
    b"$",
    b"#",
    b"&",
    b"_",
    b"^",
    b"~",
    b"\n",
    b"@misc{x,",
    b",",
    b'"',
    b"ER  - ",
    b"TY  - ",
    b"---",
    b"<b>",
    b"]]>",
    b"](x)",
    b"![",
    b"`",
    b"<!--",
    b": ",
    b"- ",
    b"=",
    b"\x1b[31m",
    b"\xff",
    b"\xed\xa0\x80",
    b" and ",
    b" Jr.",
    b"javascript:",
    b"../",
    b"\xc2\x85",
)
_SEEDS = (
    b"On $O(n^2)$ & tea\xffAda van Example Jr.\xffAn abstract, 100% of it.\xff",
    b"A page\xffBo\xffText\xffx_(y)?a={b}",
)

TARGETS = (
    Target("bibtex", _bibtex, _SEEDS, (), _SIGNS, 1024),
    Target("ris", _ris, _SEEDS, (), _SIGNS, 1024),
    Target("csl-json", _csl, _SEEDS, (), _SIGNS, 1024),
    Target("json", _json, _SEEDS, (), _SIGNS, 1024),
    Target("paper file", _file, _SEEDS, (), _SIGNS, 1024),
    Target("markdown list", _markdown, _SEEDS, (), _SIGNS, 1024),
    Target(
        "card",
        _card,
        (b"A <b> & title\xffAn abstract that is long enough\xffhttps://a.b/?c=d&e",),
        (),
        _SIGNS,
        1024,
    ),
    Target(
        "template",
        _template,
        (
            haul_template().encode(),
            b"{% for e in haul.entries %}{{ e.title | yaml }}{% endfor %}",
            b"{% include 'part.md' %}{% set x = 'a' * 3 %}{{ x | center(9) }}",
        ),
        (),
        (
            b"{{",
            b"}}",
            b"{%",
            b"%}",
            b"{#",
            b"haul",
            b".entries[0]",
            b" | ",
            b"**",
            b"range(9)",
            b"__class__",
            b"loop",
            b"macro",
            b"{% raw %}",
            b"namespace()",
            b"lipsum()",
        ),
        2048,
    ),
    Target(
        "config",
        _config,
        (_CONFIG.encode(),),
        (),
        (
            b"[",
            b"]",
            b'"',
            b"'",
            b"=",
            b'"""',
            b"[haul.front_matter]",
            b"[[x]]",
            b"nan",
            b"inf",
            b"0x",
            b"1e400",
            b"\\u0000",
            b"2027-01-18",
            b"{number}",
            b"{",
            b"http://[::1",
            b"\n",
            b"arxiv",
            b"\xef\xbb\xbf",
        ),
        2048,
    ),
    Target("a setting", _setting, (b'say "hi" \\ \x1b\xffa key',), (), _SIGNS, 512),
)

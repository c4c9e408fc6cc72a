"""Templates: the shipped one gives the post's bytes, and every fault in one is named by its file and line."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.export.hostile import TITLES
from triage import post
from triage.export.template import HAUL, TemplateFault, haul_template, render
from triage.export.template_values import template_values
from triage.haul import Comment, Entry, Field, Haul
from triage.paper import Paper

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "000_19ccb1c8a3744eca.txt"
_LINE = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(TITLES)
_LINK = st.sampled_from(
    ["https://arxiv.org/abs/2306.07899", "https://a.org/?b=c&d=\"e'", "javascript:alert(1)", "", "http://x y"]
)
_ENTRY = st.builds(Entry, key=_LINE, link=_LINK, title=_LINE, excerpt=_LINE, note=_LINE)
_COMMENT = st.builds(Comment, key=_LINE, text=_LINE, verbatim=st.booleans())
_FIELD = st.builds(Field, key=st.sampled_from(["title", "published_at", "tags", "odd"]), value=_LINE)
_HAUL = st.builds(
    Haul,
    number=st.none() | st.integers(0, 999),
    front=st.lists(_FIELD | st.builds(Field, key=st.none(), value=_LINE), max_size=5).map(tuple),
    comments=st.lists(_COMMENT, max_size=4).map(tuple),
    entries=st.lists(_ENTRY, max_size=5).map(tuple),
)


def by_template(haul: Haul) -> str:
    return render(
        HAUL, lambda name: haul_template() if name == HAUL else None, template_values(haul, {}, None)
    )


def test_the_shipped_template_gives_the_bytes_of_the_seed() -> None:
    if not SEED.exists():
        pytest.skip("the seed is not beside this checkout (../shared)")
    text = SEED.read_bytes().decode()
    haul = post.read(text).haul
    assert len(haul.entries) == 17
    assert by_template(haul) == text == post.write(haul)


@given(_HAUL)
def test_the_shipped_template_gives_the_bytes_of_any_haul(haul: Haul) -> None:
    assert by_template(haul) == post.write(haul)


@pytest.mark.parametrize(
    "haul",
    [
        Haul(),
        Haul(front=(Field("title", "T"),)),
        Haul(comments=(Comment("a", "One"), Comment("b", " \n"), Comment("c", "# Two"))),
        Haul(entries=(Entry("a", "https://a.org", "A"), Entry("b", "", "B", "b", "n"))),
    ],
)
def test_the_shipped_template_gives_the_bytes_of_a_haul_without_some_parts(haul: Haul) -> None:
    assert by_template(haul) == post.write(haul)


PAPER = Paper(
    "2306.07899", "T", ("Ada", "Bo"), "Abstract.", 2, categories=("cs.CL",), primary="cs.CL", doi="1/2"
)
VALUES = template_values(
    Haul(21, (Field("title", "Haul ~21"),), (), (Entry("2306.07899", PAPER.url, "T: x", "Abs…", "Note"),)),
    {PAPER.id: PAPER},
    "https://example.org/haul-{number}",
)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ haul.title }} {{ haul.number }} {{ haul.count }} {{ haul.url }}", "Haul ~21 21 1 https://example.org/haul-21"),
        ("{% for e in haul.entries %}\n* {{ e.authors | join(', ') }}\n{% endfor %}\n", "* Ada, Bo\n"),
        ("{{ haul.entries[0].title | yaml }}", '"T: x"'),
        ("{{ '*a*' | markdown }} {{ '<&' | html }} {{ '<\"' | attribute }}", "\\*a\\* &lt;&amp; &lt;&quot;"),
        ("{% set e = haul.entries[0] %}{{ e.id }} {{ e.key }} {{ e.pdf }} {{ e.doi }} {{ e.version }}",
         "2306.07899 ada2023t https://arxiv.org/pdf/2306.07899 1/2 2"),
        ("{% include 'part.md' %}", "a part of Haul ~21"),
        ("{{ '<b>' + ('&' | html) }}{{ 'a' | center(5) }}", "<b>&amp;  a  "),
        ("{{ 'ab' * 3 }} {{ 2 ** 8 }} {{ range(3) | list }}", "ababab 256 [0, 1, 2]"),
    ],
)  # fmt: skip
def test_a_template_says_what_it_says(source: str, text: str) -> None:
    files = {"t.md": source, "part.md": "a part of {{ haul.title }}"}
    assert render("t.md", files.get, VALUES) == text


@pytest.mark.parametrize(
    ("source", "line", "why"),
    [
        ("\n{{ haul.titel }}", 2, "there is no 'titel' there"),
        ("a\nb\n{{ haul }", 3, "unexpected '}'"),
        ("{% for %}", 1, "Expected an expression"),
        ("{% if haul %}\nx", 2, "Unexpected end of template"),
        ("\n\n{{ nothing }}", 3, "'nothing' is undefined"),
        ("{{ haul.title | nope }}", 1, "No filter named 'nope'"),
        ("\n{{ 1 / 0 }}", 2, "division by zero"),
        ("{{ haul.title + 1 }}", 1, "can only concatenate str"),
        ("\n{% include 'none' %}", 2, "there is no template none"),
        ("\n{% include 't.md' %}", 2, "it goes round in a circle"),
        ("\n{{ 'a' * 10 ** 9 }}", 2, "more than a template may"),
        ("{{ 10 ** (10 ** 8) }}", 1, "more than a template may"),
        ("{% for i in range(10 ** 7) %}{% endfor %}", 1, "Range too big"),
        ("\n{{ 'a' | center(10 ** 9) }}", 2, "more than a template may"),
        (
            "{% for i in range(9999) %}{% for j in range(9999) %}ab{% endfor %}{% endfor %}",
            None,
            "more than a",
        ),
        ("{{ haul.__class__ }}", 1, "unsafe"),
        ("{{ haul.entries.clear() }}", 1, "unsafe"),
        ("{{ cycler.__init__.__globals__.os }}", 1, "unsafe"),
        ("\n{% include 'part.md' %}", 3, "there is no 'odd' there"),
    ],
)
def test_a_fault_is_named_by_its_file_and_line(source: str, line: int | None, why: str) -> None:
    files = {"t.md": source, "part.md": "a\n\n{{ haul.odd }}"}
    with pytest.raises(TemplateFault) as raised:
        render("t.md", files.get, VALUES)
    assert why in str(raised.value)
    file = "part.md" if "part.md" in source else "t.md"
    assert (raised.value.file, raised.value.line) == (file, line)


def test_a_paper_nobody_knows_any_more_has_what_its_entry_says() -> None:
    haul = Haul(entries=(replace(Entry("2306.07899", PAPER.url, "As it was"), note="n"),))
    source = "{% for e in haul.entries %}{{ e.title }}{{ e.authors }}{{ e.doi }}{% endfor %}"
    assert render("t", lambda _: source, template_values(haul, {}, None)) == "As it was[]"


@pytest.mark.parametrize("name", ["mine.html", "MINE.HTML", "mine.xml.j2"])
def test_in_html_everything_is_escaped_and_nothing_twice(name: str) -> None:
    source = (
        "{{ haul.title }} {{ haul.title | html }} {{ haul.title | attribute }} {{ haul.title | markdown }}"
    )
    values = template_values(Haul(front=(Field("title", "a & <b>"),)), {}, None)
    assert render(name, {name: source}.get, values) == " ".join(["a &amp; &lt;b&gt;"] * 3) + " " + (
        "a \\&amp; \\&lt;b\\&gt;"
    )

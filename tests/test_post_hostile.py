"""Posts that hold whatever people and papers write: the bytes come back, and what would not is named."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_post import FRONT, POST
from triage import comment, front_matter, post
from triage.haul import Comment, Entry, Haul, Verbatim, excerpt
from triage.settings import HaulSettings
from triage.user_text import user_text

NOT_LINKS = ["javascript:alert(1)", "file:///etc/passwd", 'x" onclick="y', "", "https://a b"]


@pytest.mark.parametrize("link", NOT_LINKS)
def test_only_a_web_address_becomes_a_link(link: str) -> None:
    written = post.write(Haul(entries=(Entry(link, link, "t"),)))
    assert "    <a>\n" in written
    assert "href" not in written
    assert post.read(written).unread == ()


HOSTILE = [
    "</h4></a></blockquote>",
    "<script>alert(1)</script>",
    "&amp;",
    "&lt;b&gt;",
    "&#60;",
    "&notit;",
    "&#99999999999;",
    "a & b",
    "x < y > z",
    "\"q\" 's' “c” ‘d’",
    "{{ 7*7 }}",
    "{% raw %}",
    "$x_1$",
    "[/INST] [@click=app.quit]",
    "\\begin{x}",
    "--->",
    "<!--",
    "]]>",
    "<?xml?>",
    " lead",
    "trail ",
    "two  spaces",
    "\u200ahair",
    "\u202ertl",
    "nul\x00",
    "\x1b[31m",
    "\u2028",
    "\x85",
    "\x0b\x0c",
    "e\u0301",
    "𝔽ₚ",
    "👩‍🔬",
    "`code`",
    "**b**",
    "# h",
    "> q",
    "- l",
    "---",
    "<hr/>",
    "<br/>",
    "## New Paper Content",
    "%s %d {0}",
    "    <p>",
    "    </a>",
    "a\tb",
    "\ufeff",
    "&",
    "&;",
    "&&amp;amp;",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_title_and_excerpt_read_back_as_they_are_shown(text: str) -> None:
    entries = (
        Entry("https://a.b", "https://a.b", text, text, text),
        Entry("https://c.d", f"https://c.d/{text}", "u", text),
    )
    front = front_matter.new(HaulSettings(title=text, front_matter={"k": text}), 3, 2, text)
    reading = post.read(post.write(Haul(3, front, (), entries)))
    assert [(one.title, one.excerpt) for one in reading.haul.entries] == [(text, text), ("u", text)]
    assert reading.haul.entries[0].note == text
    assert (reading.haul.title, reading.haul.value("k")) == (text, text)
    assert reading.unread == ()


PIECES = st.sampled_from(
    [
        "<hr/>",
        "<br/>",
        "<br />",
        "> quote",
        "",
        "",
        "a\u200ab  c",
        "## New Paper Content",
        "## Comments / Criticism",
        "---",
        "title: x",
        "<blockquote>",
        '    <a href="https://x.y">',
        "    <h4>t</h4>",
        "    <p>",
        "    </p>",
        "    </a>",
        "</blockquote>",
        "- a",
        "  b",
        '<blockquote>\n    <a href="https://x.y">\n    <h4>t</h4>\n    </a>\n</blockquote>',
        "<br/>\n<br/>\n<br/>",
        "```",
        "\r",
        " ",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=9).map("\n".join).map(user_text)
LINES = st.text(st.characters(exclude_characters="\r\n"), min_size=1, max_size=20)
NOTED = st.builds(
    lambda place, title, shown, note: Entry(
        f"https://a.b/{place}", f"https://a.b/{place}", title, shown, note
    ),
    st.integers(0, 10**9),
    LINES,
    LINES | st.just(""),
    TEXTS,
)
HAULS = st.builds(
    Haul,
    st.none(),
    st.just(FRONT) | st.just(()),
    st.lists(st.builds(Comment, st.just(""), TEXTS), max_size=3).map(tuple),
    st.lists(NOTED, max_size=4, unique_by=lambda entry: entry.key).map(tuple),
)


@given(HAULS)
def test_whatever_the_user_writes_the_post_is_read_and_written_to_the_byte(haul: Haul) -> None:
    written = post.write(haul)
    reading = post.read(written)
    assert post.write(reading.haul) == written
    back = Haul.from_document(reading.haul.as_document("h"), reading.haul.comment_documents("h"))
    assert post.write(back) == written


@given(HAULS)
def test_what_is_not_named_when_it_is_saved_reads_back_equal(haul: Haul) -> None:
    entries = [entry for entry in haul.entries if post.faults_in_note(entry.note) is None]
    comments = [one for one in haul.comments if one.text and post.faults_in_comment(one.text) is None]
    reading = post.read(post.write(replace(haul, entries=tuple(entries), comments=tuple(comments))))
    assert list(reading.haul.entries) == entries
    assert [comment.write(one) for one in reading.haul.comments] == [comment.write(one) for one in comments]
    assert reading.haul.verbatim == Verbatim()


@given(st.lists(PIECES | st.sampled_from(POST.split("\n\n")), max_size=12).map("\n\n".join) | st.text())
def test_any_text_at_all_comes_back_to_the_byte(text: str) -> None:
    reading = post.read(text)
    assert post.write(reading.haul) == text
    assert all(one.line >= 1 and one.why for one in reading.unread)


CARD = '<blockquote>\n    <a href="https://x.y">\n    <h4>t</h4>\n    </a>\n</blockquote>'


@pytest.mark.parametrize(
    ("note", "line"),
    [
        (f"<hr/>\n\n{CARD}", 1),
        (f"a\n\n<hr/>\nb\n\n<hr/>\n\n{CARD}\n\nc", 6),
        (f"a\n<hr/>\n{CARD}", 2),
        ("a\nb\n\n", 3),
        ("\na", 1),
        ("a\n\ud800", 2),
    ],
)
def test_a_note_that_the_post_would_not_give_back_is_named_with_its_line(note: str, line: int) -> None:
    fault = post.faults_in_note(note)
    assert fault is not None
    assert fault[0] == line
    assert fault[1].endswith(".")


@pytest.mark.parametrize(
    "note",
    [
        "",
        CARD,
        f"a\n\n{CARD}",
        "<hr/>",
        "a\n\n<hr/>\n\nb",
        "<br/>\n<br/>\n<br/>",
        "a\n\n<br/>\n<br/>\n<br/>\n\nb",
        "## New Paper Content",
        "    </a>\n</blockquote>",
        "---",
        "<hr/>\n\n<blockquote>\nq\n</blockquote>",
    ],
)
def test_a_note_may_hold_rules_breaks_and_cards_that_no_rule_precedes(note: str) -> None:
    assert post.faults_in_note(note) is None


@pytest.mark.parametrize(
    ("text", "line"), [("- a\n\n- b", 2), ("> a\n## New Paper Content", 2), ("## New Paper Content", 1)]
)
def test_a_comment_that_would_come_apart_is_named_with_its_line(text: str, line: int) -> None:
    fault = post.faults_in_comment(text)
    assert fault is not None
    assert fault[0] == line


@pytest.mark.parametrize("text", ["a", "- a", "a\n\n- b", "> a\n\nb", "", "a\n## New Paper Content"])
def test_other_comments_are_fine(text: str) -> None:
    assert post.faults_in_comment(text) is None


LONG = 20_000
STRETCHED = [
    "\n" * LONG,
    "<blockquote>\n" * LONG,
    f"<hr/>\n{CARD}\n" * 1000,
    f"{CARD}\n" * 1000,
    "<br/>\n" * LONG,
    " " * LONG * 5,
    "- a\n\n" * LONG,
    "<hr/>\n\n" * LONG,
    "---\n" + "a: b\n" * 500 + "---\n",
    "&amp;" * LONG,
]


@pytest.mark.parametrize("text", STRETCHED, ids=range(len(STRETCHED)))
def test_reading_takes_time_in_proportion_to_the_length(text: str) -> None:
    def seconds(times: int) -> float:
        whole = f"## Comments / Criticism\n\n{text * times}\n\n## New Paper Content\n\n{CARD}\n{text * times}"
        started = time.process_time()
        post.read(whole)
        return time.process_time() - started

    assert min(seconds(4) for _ in range(2)) < 10 * min(seconds(1) for _ in range(2)) + 0.2


def test_the_excerpt_of_an_abstract_fits_the_card() -> None:
    entry = Entry("https://a.b", "https://a.b", "t", excerpt("word " * 60))
    assert len(post.read(post.write(Haul(entries=(entry,)))).haul.entries[0].excerpt) <= 120

"""Posts that no hand meant to leave behind so: half saved, in conflict, out of form, of another haul."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.actions.exported_haul import A, Bench, card
from triage.actions.haul import Refused
from triage.ports import Archive, Library

HOSTILE: dict[str, tuple[Callable[[str], str | bytes], str]] = {
    "empty": (lambda _: "\n \n", "line 1: the file is empty"),
    "latin-1": (lambda text: text.replace("One.", "Caf\xe9.").encode("latin-1"), "line 26: not UTF-8"),
    "UTF-16": (lambda text: text.encode("utf-16"), "line 1: not UTF-8"),
    "UTF-16 without a mark": (lambda text: text.encode("utf-16-le"), "line 1: a NUL character"),
    "mixed line ends": (lambda text: text.replace("One.<br/>\n", "One.<br/>\r\n"), "line 26: the line ends"),
    "cut off in a note": (lambda text: text[: text.index("spaces")], "line 51: the post is cut off here"),
    "cut off before the cards": (lambda text: text[: text.index("<block")], "line 15: the post is cut off"),
    "cut off before the heading": (
        lambda text: text[: text.index("## New")],
        "`## New Paper Content` is gone",
    ),
    "cut off in the front matter": (lambda text: text[:40], "the front matter between its two lines"),
    "merge conflict": (
        lambda text: text.replace("One.", "<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> other\n"),
        "line 26: the mark of a merge conflict",
    ),
    "a card copied": (
        lambda text: text.replace(
            "<hr/>", card(f"https://arxiv.org/abs/{A}", "Again") + "<hr/>\n\n<hr/>", 1
        ).replace("> quoted\n\n<block", "> quoted\n\n<hr/>\n\n<block"),
        "line 31: a card of this link stands further up",
    ),
    "a card without its rule": (lambda text: text.replace("<hr/>\n\n", "", 1), "line 29: No `<hr/>` stands"),
    "a card out of form": (
        lambda text: text.replace("    <h4>On the number 2", "  <h4>On the number 2"),
        "line 31: This looks like a card",
    ),
    "the first card out of form": (
        lambda text: text.replace("    <h4>On the number 1", "<h4>On the number 1"),
        "line 17: This looks like a card",
    ),
    "a card of another form": (
        lambda text: text.replace(
            "<hr/>\n\n",
            '<hr/>\n\n<blockquote>\n<h4><a href="https://a.example">A</a></h4>\n</blockquote>\n\n<hr/>\n\n',
            1,
        ),
        "line 31: This looks like a card",
    ),
    "every card out of form": (lambda text: text.replace("    <", "\t<"), "line 17: This looks like a card"),
    "a heading of another level": (
        lambda text: text.replace("## New Paper", "# New Paper"),
        "line 15: this heading is not exactly `## New Paper Content`",
    ),
    "a space behind the heading": (
        lambda text: text.replace("Content\n", "Content \n"),
        "line 15: this heading is not exactly `## New Paper Content`",
    ),
    "a card that leads nowhere": (
        lambda text: text.replace(
            "<blockquote>", card("javascript:alert(1)", "X") + "<hr/>\n\n<blockquote>", 1
        ),
        "line 17: this card leads nowhere",
    ),
    "no heading above the comments": (
        lambda text: text.replace("## Comments / Criticism", "## Remarks"),
        "line 8: the line `## Comments / Criticism` is gone",
    ),
    "a key twice": (lambda text: text.replace("tags: arxiv", "tags: arxiv\ntags: ml"), "line 6: the front"),
    "another haul's post": (
        lambda text: text.replace("2611.0", "2610.0").replace("~1", "~9").replace("On the", "Off the"),
        "line 1: none of this haul's cards",
    ),
}


@pytest.mark.parametrize("is_published", [False, True])
@pytest.mark.parametrize("case", HOSTILE)
def test_a_file_that_would_lose_something_is_refused_by_name_and_line(
    case: str, is_published: bool, tmp_path: Path, library: Library, archive: Archive
) -> None:
    bench = Bench(tmp_path, library, archive)
    if is_published:
        bench.publish()
    spoil, says = HOSTILE[case]
    spoilt = spoil(bench.text)
    data = spoilt if isinstance(spoilt, bytes) else spoilt.encode()
    bench.posts.write(bench.place, data)
    before, steps = bench.exported(), len(list(bench.library.history()))
    with pytest.raises(Refused) as refused:
        bench.look()
    said = str(refused.value)
    assert said.startswith(f"{bench.place}, ")
    assert says in said
    assert said.endswith("Nothing was changed.")
    assert bench.posts.read(bench.place) == data
    assert (bench.exported(), len(list(bench.library.history()))) == (before, steps)

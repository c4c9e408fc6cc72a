"""`triage export --read-back`: a post edited by hand, on the command line."""

import io
import os
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Triage

IDS = ("2611.00001", "2611.00002", "2611.00003")


@pytest.fixture
def post(triage: Triage, listing: object, home: Path) -> Path:
    """The exported post of three papers with a note on the first."""
    triage("keep", *IDS)
    triage("note", IDS[0], "A first note.")
    triage("comment", "A comment.")
    path = home / "haul.md"
    assert triage("export", "-o", str(path)).status == 0
    return path


def edit(path: Path, before: str, after: str) -> str:
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1))
    return path.read_text()


def test_edits_are_shown_taken_over_written_again_and_undone(triage: Triage, post: Path) -> None:
    edited = edit(post, "A first note.", "A first note, edited.")
    edited = edit(post, "tags: arxiv", "tags: maths")
    ran = triage("export", "--read-back")
    assert ran.status == 0
    assert ran.lines == [
        f"haul 1: 2 edits in {post}",
        "",
        "front matter:",
        "  ~ tags: [-arxiv-] [+maths+]",
        "",
        "entries:",
        "  Gauß and O(n²) growth",
        "  ~ note: A first [-note.-] [+note, edited.+]",
        "",
        "taken over as one step; `triage undo` takes it back",
    ]
    assert triage("export").out == edited
    assert triage("export", "-o", str(post)).status == 0
    assert post.read_text() == edited
    assert triage("undo").lines == [f"undone: read back of {post}"]
    assert "A first note, edited." not in triage("export").out


def test_the_current_haul_is_listed_as_its_post_has_it(triage: Triage, post: Path) -> None:
    head, _, cards = post.read_text().partition("<blockquote>")
    first, second, third = f"<blockquote>{cards.partition('<br/>')[0]}".split("<hr/>\n\n")
    end = "<br/>\n<br/>\n<br/>\n"
    renamed = third.replace("<h4>Third</h4>", "<h4>The third &amp; last</h4>")
    post.write_text(head + "<hr/>\n\n".join([renamed, second, first]) + end)
    assert triage("export", "--read-back").status == 0
    assert triage("export").out == post.read_text()
    listed = [line.split("  ", 1)[1] for line in triage("list", "--haul", "current").lines]
    assert listed == ["The third & last", "Gauß and O(n²) growth", "[red]Brackets[/red] & <tags>"]
    ids = [line for line in triage("export", "bibtex").lines if "eprint" in line]
    assert [line.partition("{")[2].partition("}")[0] for line in ids] == [IDS[2], IDS[0], IDS[1]]


def test_what_the_library_has_since_is_written_too(triage: Triage, post: Path) -> None:
    edit(post, "A comment.", "A comment, edited.")
    triage("note", IDS[1], "Noted since.")
    refused = triage("export", "-o", str(post))
    assert refused.status == 2
    assert f"{post} was edited since it was written; take its edits over with" in refused.err
    assert "`triage export --read-back`, or --overwrite it" in refused.err
    ran = triage("export", "--read-back", "-o", str(post))
    assert ran.lines[-1] == f"written, with what the library has since: {post}"
    assert "A comment, edited." in post.read_text()
    assert "Noted since." in post.read_text()
    assert triage("export", "--read-back").lines == [f"haul 1: {post} was not edited"]


def test_what_cannot_be_read_back_is_named_by_file_and_line_and_nothing_changes(
    triage: Triage, post: Path
) -> None:
    before = triage("export").out
    edited = edit(post, "<hr/>\n\n", "")
    ran = triage("export", "--read-back")
    assert ran.status == 2
    second = edited.index("<blockquote>", edited.index("<blockquote>") + 1)
    line = edited[:second].count("\n") + 1
    assert f"{post}, line {line}: No `<hr/>` stands before this card" in ran.err
    assert ran.out == ""
    assert triage("export").out == before
    assert post.read_text() == edited


def test_text_that_is_no_part_stays_and_is_named_with_its_line(triage: Triage, post: Path) -> None:
    edited = edit(post, "## Comments", "Hello.\n\n## Comments")
    ran = triage("export", "--read-back")
    assert ran.status == 0
    assert f"triage: {post}:8: Text before the headings is kept as it is." in ran.err
    assert triage("export").out == edited


def test_a_moved_file_is_named_once(triage: Triage, post: Path, home: Path) -> None:
    edited = edit(post, "A first note.", "Another note.")
    new = home / "blog.md"
    post.rename(new)
    gone = triage("export", "--read-back")
    assert gone.status == 2
    assert f"{post} is gone; if you moved it, name its new place once: -o FILE." in gone.err
    assert triage("export", "--read-back", "-o", str(new)).status == 0
    assert triage("export").out == edited
    edited = edit(new, "Another note.", "Yet another note.")
    assert triage("export", "--read-back").status == 0
    assert triage("export").out == edited


def test_a_published_post_is_read_back_by_its_number(triage: Triage, post: Path) -> None:
    triage("publish", "-o", str(post))
    edited = edit(post, "A first note.", "Another note.")
    assert "name that haul: --haul 1" in triage("export", "--read-back", "-o", str(post)).err
    assert triage("export", "--read-back").status == 2
    refused = triage("export", "-o", str(post), "--haul", "1")
    assert refused.status == 2
    assert triage("export", "--read-back", "--haul", "1").status == 0
    assert triage("export", "--haul", "1").out == edited


@pytest.mark.parametrize(
    "words",
    [("bibtex", "--read-back"), ("--read-back", "--overwrite"), ("--read-back", "-o", "-")],
)
def test_reading_back_goes_with_no_other_format_and_no_overwriting(
    triage: Triage, words: tuple[str, ...]
) -> None:
    ran = triage("export", *words)
    assert ran.status == 2
    assert "--read-back takes over what was edited in a post's file" in ran.err


class Seen(io.StringIO):
    """A terminal of a person who says one thing."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "taken"), [("y\n", True), ("\n", False), ("n\n", False), ("", False)])
def test_on_a_terminal_one_is_asked_first(
    post: Path, home: Path, triage: Triage, answer: str, taken: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(post, "A first note.", "Another note.")
    ran = at_a_terminal(home, answer, monkeypatch)
    assert "[-A first-] [+Another+] note." in ran.out
    assert "Take these edits over? [y/N]" in ran.out
    assert ("Another note." in triage("export").out) == taken
    assert ("nothing was taken over" in ran.err) == (not taken)


def at_a_terminal(home: Path, answer: str, monkeypatch: pytest.MonkeyPatch) -> Ran:
    from triage.__main__ import main

    out, err = Seen(), Seen()
    monkeypatch.setattr(sys, "stdin", Seen(answer))
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    status = main(["--data", str(home / "data"), "export", "--read-back"])
    monkeypatch.undo()
    return Ran(status, out.getvalue(), err.getvalue())


def test_an_unknown_card_is_looked_up_and_stays_as_it_was_written(triage: Triage, post: Path) -> None:
    card = '<blockquote>\n    <a href="https://example.org/x">\n    <h4>A page</h4>\n    </a>\n</blockquote>'
    edited = edit(post, "<blockquote>", f"{card}\n\nMine.\n\n<hr/>\n\n<blockquote>")
    ran = triage("export", "--read-back")
    assert ran.status == 0
    assert "  + A page: Mine.  (It joins the haul.)" in ran.lines
    assert "saved without details: " in ran.err, "there is no network here"
    assert triage("export").out == edited


def test_a_publish_says_of_what_was_edited_elsewhere_that_it_is_not_in_it(
    triage: Triage, post: Path, home: Path
) -> None:
    edit(post, "A first note.", "Another note.")
    published = home / "published.md"
    ran = triage("publish", "-o", str(published))
    assert ran.status == 0
    assert f"{post} was edited since it was exported, and its edits are not in this post" in ran.err
    assert "A first note." in published.read_text()
    assert triage("export", "--read-back", "--haul", "1", "-o", str(post)).status == 0
    assert "Another note." in triage("export", "--haul", "1").out


def test_of_two_files_the_edited_one_is_read_and_the_other_named_if_it_is_edited_too(
    triage: Triage, post: Path, home: Path
) -> None:
    later = home / "later.md"
    assert triage("export", "-o", str(later)).status == 0
    edit(post, "A first note.", "Another note.")
    ran = triage("export", "--read-back")
    assert f"haul 1: 1 edit in {post}" in ran.lines
    assert "edited too" not in ran.err
    assert triage("export", "-o", str(later)).status == 0, "it was not edited"
    edit(post, "A comment.", "A comment, edited here.")
    edit(later, "Another note.", "A later note.")
    ran = triage("export", "--read-back")
    assert f"haul 1: 1 edit in {later}" in ran.lines
    assert f"{post} was edited too: read it back with -o and its name" in ran.err
    assert triage("export", "--read-back", "-o", str(post)).status == 0
    assert "A later note." in post.read_text()
    assert "A comment, edited here." in post.read_text()


def test_a_deleted_card_whose_paper_another_haul_has_leaves_that_alone(
    triage: Triage, post: Path, home: Path
) -> None:
    triage("publish", "-o", str(post))
    triage("keep", IDS[1])
    head, _, cards = post.read_text().partition("<blockquote>")
    post.write_text(head + cards.partition("<hr/>\n\n")[2])
    ran = triage("export", "--read-back", "--haul", "1")
    told = " ".join(ran.out.split())
    assert "& <tags>: (It leaves the haul. Its paper stays as it is: another haul has it.)" in told
    assert "keep · decided" in triage("show", IDS[1]).out
    assert triage("export", "--haul", "1").out == post.read_text()


def test_the_file_of_the_current_haul_is_not_read_into_an_older_one(
    triage: Triage, post: Path, home: Path
) -> None:
    triage("publish", "-o", str(post))
    triage("keep", IDS[0])
    current = home / "current.md"
    triage("export", "-o", str(current))
    edit(current, "tags: arxiv", "tags: maths")
    ran = triage("export", "--read-back", "--haul", "1", "-o", str(current))
    assert ran.status == 2
    assert f"{current} is the post of the current haul; leave --haul out" in ran.err
    assert triage("export", "--haul", "1").out == post.read_text()


def test_what_is_no_file_is_not_read(triage: Triage, post: Path, home: Path) -> None:
    pipe, link = home / "pipe.md", home / "link.md"
    os.mkfifo(pipe)
    link.symlink_to(post)
    for place in (pipe, link, home):
        ran = triage("export", "--read-back", "-o", str(place))
        assert ran.status == 2, "and nobody waits for what comes through a pipe"
        assert f"{place} cannot be read: it is a link, a folder or a device; name the file" in ran.err

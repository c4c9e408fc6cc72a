"""What the verbs do to a replacement of a paper that was kept before, and what they leave alone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.actions.conftest import DAY, NOW, paper
from triage.actions import decide, note
from triage.actions.add import correct
from triage.actions.follow import follow
from triage.actions.haul import publish
from triage.actions.replaced import keep_said, version_kept
from triage.desktop.posts import PostFiles
from triage.paper import Kind, Paper, Row
from triage.ports import Archive, Library
from triage.replacement import Mark, marks, version_before
from triage.settings import Settings
from triage.steps import CURRENT, PAPERS, change

FIRST = paper(1)
KEY = FIRST.id
SECOND_DAY, THIRD_DAY = DAY + timedelta(days=3), DAY + timedelta(days=4)


def later(version: int, listed: date) -> Paper:
    """A replacement of the first paper."""
    return replace(
        paper(1, Kind.REPLACE),
        version=version,
        title=f"Title {version}",
        abstract=f"Abstract {version}.",
        listed=listed.isoformat(),
    )


V2, V3 = later(2, SECOND_DAY), later(3, THIRD_DAY)


def row(announced: Paper) -> Row:
    """The row of a replacement."""
    return Row(announced.id, announced.title, Kind.REPLACE, announced.version, announced.listed or "")


def mark(library: Library, announced: Paper) -> Mark:
    """How a replacement stands."""
    return marks(library.verdict, library.paper)(row(announced))


def document(library: Library, key: str = KEY) -> Mapping[str, Any]:
    return library.paper(key) or {}


@pytest.fixture
def published(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library in which the first paper was kept, noted, and published in haul 1."""
    note.write(library, FIRST, "The old note.", NOW)
    publish(library, PostFiles(tmp_path_factory.mktemp("posts")), Settings(), NOW)
    return library


def test_skip_means_seen_and_the_earlier_keep_stays_as_it_is(published: Library) -> None:
    before, haul = document(published), published.haul(document(published)["haul"])
    step = decide.skip(published, [V2], NOW)
    assert step is not None
    assert (step.what, mark(published, V2)) == ("seen", Mark.SEEN)
    after = document(published)
    assert {name: value for name, value in after.items() if name != "seen"} == before
    assert published.haul(after["haul"]) == haul
    assert decide.skip(published, [V2], NOW) is None
    assert mark(published, V3) is Mark.OPEN, "a later version is to be looked at again"


def test_what_was_seen_is_unseen_by_reopen_and_by_undo_and_seen_again_by_redo(published: Library) -> None:
    before = document(published)
    decide.skip(published, [V2], NOW)
    decide.reopen(published, [row(V2)])
    assert (document(published), mark(published, V2)) == (before, Mark.OPEN)
    assert decide.reopen(published, [row(V2)]) is None
    published.undo()
    assert mark(published, V2) is Mark.SEEN
    published.undo()
    assert (document(published), mark(published, V2)) == (before, Mark.OPEN)
    published.redo()
    assert mark(published, V2) is Mark.SEEN


def test_a_later_replacement_that_was_seen_covers_those_before_and_unseen_leaves_older_ones(
    published: Library,
) -> None:
    decide.skip(published, [V3], NOW)
    assert mark(published, V2) is Mark.SEEN
    decide.reopen(published, [row(V3)])
    decide.skip(published, [V2], NOW)
    decide.skip(published, [V3], NOW)
    decide.reopen(published, [row(V3)])
    assert (mark(published, V2), mark(published, V3)) == (Mark.SEEN, Mark.OPEN)


def test_an_older_replacement_is_unseen_with_those_after_it(published: Library) -> None:
    decide.skip(published, [V3], NOW)
    decide.reopen(published, [row(V2)])
    assert (mark(published, V2), mark(published, V3)) == (Mark.OPEN, Mark.OPEN)


def test_what_was_seen_stays_so_when_the_paper_is_skipped_and_kept_again(published: Library) -> None:
    decide.skip(published, [V2], NOW)
    decide.skip(published, [FIRST], NOW)
    decide.keep(published, [FIRST], NOW)
    assert mark(published, V2) is Mark.SEEN


def test_finish_sees_replacements_of_kept_papers_and_skips_the_rest_in_one_step(published: Library) -> None:
    before = document(published)
    rows = [row(V2), Row("2611.00002", "Unseen", Kind.REPLACE, 2, SECOND_DAY.isoformat())]
    step = decide.finish(published, rows, NOW)
    assert step is not None
    assert [mark(published, V2), published.verdict("2611.00002")] == [Mark.SEEN, "skip"]
    assert (document(published)["verdict"], document(published)["haul"]) == ("keep", before["haul"])
    published.undo()
    assert document(published) == before
    assert published.verdict("2611.00002") is None


def test_finish_leaves_alone_what_was_decided_meanwhile(library: Library) -> None:
    decide.keep(library, [FIRST], NOW)
    assert decide.finish(library, [Row(KEY, "", Kind.NEW, 1, DAY.isoformat())], NOW) is None
    assert library.verdict(KEY) == "keep"


def test_keep_makes_a_new_entry_in_the_current_haul_and_the_published_one_stays(published: Library) -> None:
    before = document(published)
    old = published.haul(before["haul"])
    decide.keep(published, [V2], NOW)
    (entry,) = published.in_haul("current")
    assert (entry["title"], entry["version"], entry.get("note")) == ("Title 2", 2, None)
    assert published.haul(before["haul"]) == old
    assert mark(published, V2) is Mark.KEPT
    published.undo()
    assert document(published) == before


def test_hold_makes_a_new_entry_in_the_next_haul(published: Library) -> None:
    decide.keep(published, [V2], NOW, hold=True)
    assert [entry["version"] for entry in published.in_haul("next")] == [2]
    decide.keep(published, [V2], NOW)
    assert [entry["version"] for entry in published.in_haul("current")] == [2]


@pytest.mark.parametrize("verb", ["skip", "reopen"])
def test_a_new_keep_can_be_taken_back_and_the_earlier_one_is_as_it_was(published: Library, verb: str) -> None:
    before = document(published)
    decide.keep(published, [V2], NOW + timedelta(days=3))
    if verb == "skip":
        decide.skip(published, [V2], NOW)
    else:
        decide.reopen(published, [row(V2)])
    after = document(published)
    for name in ("verdict", "haul", "at", "listed", "kind"):
        assert after[name] == before[name], name
    assert "earlier" not in after
    assert published.in_haul("current") == []
    assert mark(published, V2) is (Mark.SEEN if verb == "skip" else Mark.OPEN)
    kept = version_before(V2, after)
    assert kept is not None
    assert kept.title == FIRST.title, "one still sees what changed"
    decide.keep(published, [V2], NOW)
    assert [entry["version"] for entry in published.in_haul("current")] == [2]


@pytest.mark.parametrize("haul", ["current", "next"])
def test_an_entry_of_a_haul_being_made_is_brought_to_the_later_version_where_it_is(
    library: Library, haul: str
) -> None:
    note.write(library, FIRST, "A note.", NOW)
    if haul == "next":
        decide.keep(library, [FIRST], NOW, hold=True)
    assert mark(library, V2) is Mark.OPEN
    decide.keep(library, [V2], NOW)
    (entry,) = library.in_haul(haul)
    assert (entry["title"], entry["version"], entry["note"]) == ("Title 2", 2, "A note.")
    assert mark(library, V2) is Mark.KEPT
    decide.skip(library, [V2], NOW)
    assert mark(library, V2) is Mark.SEEN
    assert [one["note"] for one in library.in_haul(haul)] == ["A note."], "the entry stays"


def test_hold_moves_an_entry_of_the_current_haul_to_the_next_with_the_later_version(library: Library) -> None:
    decide.keep(library, [FIRST], NOW)
    decide.keep(library, [V2], NOW, hold=True)
    assert [entry["version"] for entry in library.in_haul("next")] == [2]


def test_an_entry_that_followed_already_keeps_what_the_user_corrected(
    library: Library, archive: Archive
) -> None:
    decide.keep(library, [FIRST], NOW)
    archive.store(SECOND_DAY, [V2], {})
    follow(library, archive)
    correct(library, KEY, title="Corrected")
    assert mark(library, V2) is Mark.OPEN
    decide.keep(library, [V2], NOW)
    assert (document(library)["title"], mark(library, V2)) == ("Corrected", Mark.KEPT)


def test_what_changed_is_still_known_when_the_entry_followed_twice(
    library: Library, archive: Archive
) -> None:
    decide.keep(library, [FIRST], NOW)
    archive.store(SECOND_DAY, [V2], {})
    follow(library, archive)
    archive.store(THIRD_DAY, [V3], {})
    follow(library, archive)
    before = version_before(V3, document(library))
    assert before is not None
    assert (before.version, before.title) == (1, FIRST.title)
    decide.keep(library, [V3], NOW)
    v4 = later(4, THIRD_DAY + timedelta(days=1))
    archive.store(THIRD_DAY + timedelta(days=1), [v4], {})
    follow(library, archive)
    before = version_before(v4, document(library))
    assert before is not None
    assert before.version == 3, "the version that was kept last"


def test_a_version_that_the_document_lost_is_read_from_the_listing_it_was_kept_at(
    library: Library, archive: Archive
) -> None:
    decide.keep(library, [FIRST], NOW)
    archive.store(SECOND_DAY, [V2], {})
    library.record("details", change(PAPERS, KEY, document(library), version=2, title="Title 2"))
    before = version_kept(library, archive, V2)
    assert before is not None
    assert (before.version, before.title, before.abstract) == (1, FIRST.title, FIRST.abstract)
    assert version_kept(library, archive, FIRST) is None, "only replacements replace something"
    decide.skip(library, [FIRST], NOW)
    assert version_kept(library, archive, V2) is None


def test_the_new_note_is_the_new_entrys_and_the_old_one_stands_beside_it(published: Library) -> None:
    haul = document(published)["haul"]
    assert note.note_on(published, V2) == ""
    assert note.older_notes(published, V2) == [(haul, "The old note.")]
    step = note.write(published, V2, "The new note.", NOW)
    assert step is not None
    assert mark(published, V2) is Mark.KEPT
    assert [entry["note"] for entry in published.in_haul("current")] == ["The new note."]
    assert note.note_on(published, V2) == "The new note."
    assert note.older_notes(published, V2) == [(haul, "The old note.")]
    assert (published.haul(haul) or {})["entries"][KEY]["note"] == "The old note."
    published.undo()
    assert (note.note_on(published, V2), mark(published, V2)) == ("", Mark.OPEN)


def test_leaving_the_note_of_a_replacement_without_text_changes_nothing(published: Library) -> None:
    assert note.write(published, V2, " \n", NOW) is None
    assert mark(published, V2) is Mark.OPEN


def test_the_note_of_the_first_announcement_is_still_the_published_entrys(published: Library) -> None:
    assert note.note_on(published, FIRST) == "The old note."
    assert list(note.older_notes(published, FIRST)) == []
    note.write(published, FIRST, "Mended.", NOW)
    assert note.older_notes(published, V2) == [(document(published)["haul"], "Mended.")]


def test_a_note_on_the_entry_of_a_haul_being_made_keeps_the_later_version(library: Library) -> None:
    note.write(library, FIRST, "First thought.", NOW)
    note.write(library, V2, "Second thought.", NOW)
    (entry,) = library.in_haul("current")
    assert (entry["note"], entry["version"], mark(library, V2)) == ("Second thought.", 2, Mark.KEPT)


def test_taking_the_new_entry_out_of_the_haul_leads_back_to_the_earlier_one(published: Library) -> None:
    before = document(published)
    for skipped, stands in ((True, Mark.SEEN), (False, Mark.OPEN)):
        decide.keep(published, [V2], NOW)
        decide.take_out(published, [Paper.from_record(document(published))], NOW, skipped=skipped)
        assert (document(published)["verdict"], document(published)["haul"]) == ("keep", before["haul"])
        assert (published.in_haul("current"), mark(published, V2)) == ([], stands)


def test_a_new_entry_that_was_published_since_stays_in_its_post_when_the_keep_is_taken_back(
    published: Library, tmp_path: Path
) -> None:
    decide.keep(published, [V2], NOW)
    publish(published, PostFiles(tmp_path / "second"), Settings(), NOW)
    second = document(published)["haul"]
    decide.skip(published, [V2], NOW)
    assert (mark(published, V2), document(published)["haul"]) == (Mark.SEEN, second)


@pytest.mark.parametrize("verb", ["skip", "reopen"])
def test_a_second_keep_of_a_published_replacement_can_be_taken_back_and_never_skips_the_paper(
    published: Library, tmp_path: Path, verb: str
) -> None:
    def take_back() -> None:
        decide.skip(published, [V2], NOW) if verb == "skip" else decide.reopen(published, [row(V2)])

    decide.keep(published, [V2], NOW)
    publish(published, PostFiles(tmp_path / "second"), Settings(), NOW)
    before = document(published)
    decide.keep(published, [V2], NOW + timedelta(days=1))
    assert len(published.in_haul("current")) == 1
    assert keep_said(published, V2, before) == "A new entry in haul 3; that in haul 2 stays."
    take_back()
    assert {**document(published), "seen": None} == {**before, "seen": None}
    assert (published.in_haul("current"), mark(published, V2)) == ([], Mark.KEPT)
    take_back()
    assert (document(published)["verdict"], document(published)["listed"]) == ("keep", FIRST.listed)
    assert mark(published, V2) is (Mark.SEEN if verb == "skip" else Mark.OPEN)


def test_an_older_replacement_is_not_kept_over_a_later_one_that_was_published(
    published: Library, tmp_path: Path
) -> None:
    decide.keep(published, [V3], NOW)
    publish(published, PostFiles(tmp_path / "second"), Settings(), NOW)
    before = document(published)
    assert decide.keep(published, [V2], NOW) is None
    assert decide.keep(published, [V2], NOW, hold=True) is None
    assert document(published) == before
    assert keep_said(published, V2, before) == ""


@pytest.mark.parametrize("skipped", [True, False])
def test_a_second_entry_of_a_published_paper_goes_back_to_the_first_when_taken_out(
    published: Library, skipped: bool
) -> None:
    before = document(published)
    decide.keep(published, [FIRST], NOW + timedelta(days=1))
    assert keep_said(published, FIRST, before) == "A new entry in haul 2; that in haul 1 stays."
    decide.take_out(published, [Paper.from_record(document(published))], NOW, skipped=skipped)
    after = document(published)
    assert [after.get(name) for name in ("verdict", "haul", "at", "earlier", "seen")] == [
        "keep",
        before["haul"],
        before["at"],
        None,
        None,
    ]


def test_an_entry_that_has_no_earlier_haul_is_taken_out_for_good(library: Library) -> None:
    for skipped, verdict in ((True, "skip"), (False, None)):
        decide.keep(library, [FIRST], NOW)
        decide.keep(library, [V2], NOW)
        decide.take_out(library, [Paper.from_record(document(library))], NOW, skipped=skipped)
        assert (library.verdict(KEY), library.in_haul("current")) == (verdict, [])


def test_a_paper_met_first_as_a_replacement_is_skipped_and_reopened_like_any_other(library: Library) -> None:
    decide.keep(library, [V2], NOW)
    decide.skip(library, [V2], NOW)
    assert mark(library, V2) is Mark.SKIPPED
    decide.reopen(library, [row(V2)])
    assert mark(library, V2) is Mark.OPEN


def test_a_replacement_before_the_one_that_was_kept_touches_nothing(published: Library) -> None:
    decide.keep(published, [V3], NOW)
    before = document(published)
    assert decide.skip(published, [V2], NOW) is None
    assert decide.reopen(published, [row(V2)]) is None
    assert document(published) == before


def test_keeping_again_and_again_leads_back_step_by_step(published: Library) -> None:
    first = document(published)["haul"]
    decide.keep(published, [V2], NOW)
    decide.keep(published, [V3], NOW)
    assert [entry["version"] for entry in published.in_haul("current")] == [3]
    decide.skip(published, [V3], NOW)
    assert (mark(published, V2), mark(published, V3)) == (Mark.KEPT, Mark.SEEN)
    decide.skip(published, [V2], NOW)
    assert (document(published)["haul"], document(published)["listed"]) == (first, DAY.isoformat())


def test_a_decision_is_changed_as_it_was_made_whatever_was_announced_since(published: Library) -> None:
    known = replace(V2, title="as the archive has it")
    decided = decide.as_decided(known, document(published))
    assert (decided.kind, decided.listed) == (Kind.NEW, DAY.isoformat())
    decide.skip(published, [decided], NOW)
    assert published.verdict(KEY) == "skip"


CROSS_V2 = replace(V2, kind=Kind.CROSS)
"""The second version, replaced in one category and cross-listed to another on the same day."""


def test_a_later_version_that_came_with_a_cross_list_is_seen_or_kept_anew_as_a_replacement_is(
    published: Library,
) -> None:
    cross = Row(KEY, CROSS_V2.title, Kind.CROSS, 2, CROSS_V2.listed or "")
    on = marks(published.verdict, published.paper)
    before = document(published)
    assert on(cross) is Mark.OPEN
    step = decide.skip(published, [CROSS_V2], NOW)
    assert step is not None
    assert (step.what, on(cross)) == ("seen", Mark.SEEN)
    published.undo()
    decide.keep(published, [CROSS_V2], NOW)
    assert on(cross) is Mark.KEPT
    assert (document(published)["version"], document(published)["haul"]) == (2, CURRENT)
    decide.skip(published, [CROSS_V2], NOW)
    assert on(cross) is Mark.SEEN, "the keep of before is there again"
    for name in ("haul", "listed", "at"):
        assert document(published)[name] == before[name]

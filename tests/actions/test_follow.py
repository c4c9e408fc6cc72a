"""What becomes of a kept paper of which a later version is listed."""

from dataclasses import replace
from datetime import timedelta

from tests.actions.conftest import DAY, NOW, paper
from triage.actions import decide
from triage.actions.add import correct
from triage.actions.follow import follow
from triage.actions.haul import current
from triage.paper import Kind, Paper
from triage.ports import Archive, Library
from triage.settings import Settings

LATER = DAY + timedelta(days=3)


def replaced(number: int, archive: Archive) -> None:
    later = replace(paper(number, Kind.REPLACE), version=2, title="Renamed", abstract="Anew.")
    archive.store(LATER, [later], {})


def test_an_entry_shows_the_latest_version_and_the_decision_stays(library: Library, archive: Archive) -> None:
    decide.keep(library, [paper(1)], NOW)
    decide.keep(library, [paper(2)], NOW, hold=True)
    before = dict(library.paper("2611.00001") or {})
    replaced(1, archive)
    step = follow(library, archive)
    assert step is not None
    (entry,) = current(library, Settings(), NOW).entries
    assert (entry.title, entry.excerpt) == ("Renamed", "Anew.")
    after = library.paper("2611.00001") or {}
    stays = ("verdict", "at", "haul", "kind", "listed")
    assert [after[name] for name in stays] == [before[name] for name in stays]
    assert after["version"] == 2
    assert follow(library, archive) is None


def test_undo_takes_the_decision_back_and_the_later_version_with_it(
    library: Library, archive: Archive
) -> None:
    decide.keep(library, [paper(1)], NOW)
    replaced(1, archive)
    follow(library, archive)
    undone = library.undo()
    assert undone is not None
    assert undone.target.what == "keep"
    assert library.paper("2611.00001") is None


def test_a_correction_stays_until_a_later_version(library: Library, archive: Archive) -> None:
    decide.keep(library, [paper(1)], NOW)
    correct(library, "2611.00001", title="Corrected")
    assert follow(library, archive) is None
    assert (library.paper("2611.00001") or {})["title"] == "Corrected"
    replaced(1, archive)
    follow(library, archive)
    assert (library.paper("2611.00001") or {})["title"] == "Renamed"


def test_what_is_in_no_haul_being_made_is_left_alone(library: Library, archive: Archive) -> None:
    decide.skip(library, [paper(1)], NOW)
    replaced(1, archive)
    assert follow(library, archive) is None


def test_a_later_version_that_is_damaged_is_not_followed_until_it_can_be_read(
    library: Library, archive: Archive
) -> None:
    kept = replace(paper(1), id="2611.00009")
    decide.keep(library, [kept], NOW)
    later = replace(kept, version=2, title="Renamed", abstract="Anew.")
    archive.store(LATER, [Paper(later.id, later.title, version=2)], {})
    assert archive.find(kept.id) is not None
    assert follow(library, archive) is None
    archive.store(LATER, [later], {})
    assert follow(library, archive) is not None
    assert (library.paper(kept.id) or {})["abstract"] == "Anew."


def test_what_was_kept_without_its_abstract_gets_it_and_a_correction_stays(
    library: Library, archive: Archive
) -> None:
    decide.keep(library, [Paper("2611.00001", "Paper 1", version=1)], NOW)
    correct(library, "2611.00001", title="Corrected")
    archive.store(LATER, [paper(1)], {})
    assert follow(library, archive) is not None
    after = library.paper("2611.00001") or {}
    assert (after["title"], after["abstract"]) == ("Corrected", paper(1).abstract)
    assert follow(library, archive) is None

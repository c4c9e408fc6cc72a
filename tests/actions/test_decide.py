"""What keep, skip, hold, reopen and finish leave in the library."""

from tests.actions.conftest import DAY, NOW, paper
from triage.actions import decide, note
from triage.inbox import Counts, Inbox
from triage.paper import Paper, Verdict
from triage.ports import Archive, Library
from triage.replacement import marks

PAGE = Paper(id="https://example.org/a", title="A page", site="Example")


def test_a_kept_paper_is_in_the_current_haul_with_its_metadata(library: Library) -> None:
    decide.keep(library, [paper(1)], NOW)
    record = library.in_haul("current")[0]
    assert (record["verdict"], record["at"]) == ("keep", "2026-11-20T08:30:00Z")
    assert Paper.from_record(record) == paper(1)


def test_keeping_twice_makes_one_step(library: Library) -> None:
    decide.keep(library, [paper(1)], NOW)
    assert decide.keep(library, [paper(1)], NOW) is None
    assert len(list(library.history())) == 1


def test_a_skipped_paper_is_thin(library: Library) -> None:
    decide.keep(library, [paper(1)], NOW)
    decide.skip(library, [paper(1)], NOW)
    assert library.paper("2611.00001") == {
        "id": "2611.00001",
        "verdict": "skip",
        "at": "2026-11-20T08:30:00Z",
        "listed": "2026-11-20",
    }


def test_a_skipped_page_keeps_what_no_listing_could_tell_again(library: Library) -> None:
    decide.keep(library, [PAGE], NOW)
    decide.skip(library, [PAGE], NOW)
    record = library.paper(PAGE.id)
    assert record is not None
    assert (record["title"], record.get("haul")) == ("A page", None)


def test_a_note_outlives_skip_and_reopen(library: Library) -> None:
    note.write(library, paper(1), "Striking.", NOW)
    decide.skip(library, [paper(1)], NOW)
    decide.reopen(library, [paper(1)])
    assert library.verdict(paper(1).id) is None
    assert note.note_of(library, paper(1).id) == "Striking."


def test_holding_and_back_keep_the_time_of_the_decision(library: Library) -> None:
    decide.keep(library, [paper(1)], NOW)
    decide.keep(library, [paper(1)], NOW.replace(hour=9), hold=True)
    assert [record["at"] for record in library.in_haul("next")] == ["2026-11-20T08:30:00Z"]
    decide.keep(library, [paper(1)], NOW.replace(hour=10))
    assert [record["id"] for record in library.in_haul("current")] == ["2611.00001"]


def test_finishing_a_day_is_one_step_and_one_undo(library: Library, archive: Archive) -> None:
    decide.keep(library, [paper(2)], NOW)
    listing = archive.listing(DAY)
    assert listing is not None
    mark = marks(library.verdict, library.paper)
    inbox = Inbox.of(listing.rows, mark, lambda row: row.kind.value)
    decide.finish(library, inbox.finishing(), NOW)
    assert inbox.finish(mark).counts == Counts(5, 5, 1)
    assert [library.verdict(row.id) for row in listing.rows].count(Verdict.SKIP) == 4
    assert library.verdict(paper(2).id) is Verdict.KEEP
    library.undo()
    assert [library.verdict(row.id) for row in listing.rows].count(None) == 4


def test_a_paper_listed_on_two_days_is_finished_once(library: Library, archive: Archive) -> None:
    listing = archive.listing(DAY)
    assert listing is not None
    step = decide.finish(library, [listing.rows[0], listing.rows[0]], NOW)
    assert step is not None
    undone = library.undo()
    assert undone is not None
    assert undone.stayed == ()
    assert library.paper(listing.rows[0].id) is None

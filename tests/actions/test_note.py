"""Where a note goes, and what it does to its paper."""

from tests.actions.conftest import NOW, paper
from triage.actions import decide, note
from triage.paper import Verdict
from triage.ports import Library


def test_a_note_keeps_an_open_paper_in_the_same_step(library: Library) -> None:
    note.write(library, paper(1), "Read it.\r\n", NOW)
    assert library.verdict(paper(1).id) is Verdict.KEEP
    assert note.note_of(library, paper(1).id) == "Read it."
    library.undo()
    assert library.paper(paper(1).id) is None


def test_a_skipped_paper_with_a_note_stays_skipped(library: Library) -> None:
    decide.skip(library, [paper(1)], NOW)
    note.write(library, paper(1), "Not for me.", NOW)
    assert library.verdict(paper(1).id) is Verdict.SKIP


def test_an_empty_note_on_an_open_paper_changes_nothing(library: Library) -> None:
    assert note.write(library, paper(1), "\n \n", NOW) is None
    assert library.paper(paper(1).id) is None


def test_what_somebody_else_wrote_meanwhile_stands_beside(library: Library) -> None:
    note.write(library, paper(1), "First.", NOW)
    note.write(library, paper(1), "From the other pane.", NOW)
    note.write(library, paper(1), "From the app.", NOW, over="First.")
    text = note.note_of(library, paper(1).id)
    assert "From the other pane." in text
    assert "From the app." in text
    assert "\n---\n" in text

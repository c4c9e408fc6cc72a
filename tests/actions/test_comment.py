"""Comments of the haul: added, edited, moved, removed."""

from tests.actions.conftest import NOW, paper
from triage.actions import comment, decide
from triage.ports import Library
from triage.steps import CURRENT


def texts(library: Library) -> list[str]:
    return [record["text"] for record in library.comments(CURRENT)]


def test_comments_stand_in_the_order_they_were_written(library: Library) -> None:
    for text in ("One", "Two", "Three"):
        comment.add(library, text)
    assert texts(library) == ["One", "Two", "Three"]


def test_an_empty_comment_is_none(library: Library) -> None:
    assert comment.add(library, " \n") is None
    assert texts(library) == []


def test_a_comment_moves_and_comes_back(library: Library) -> None:
    for text in ("One", "Two", "Three"):
        comment.add(library, text)
    comment.move(library, library.comments(CURRENT)[2], -1)
    assert texts(library) == ["One", "Three", "Two"]
    assert comment.move(library, library.comments(CURRENT)[0], -1) is None
    library.undo()
    assert texts(library) == ["One", "Two", "Three"]


def test_a_comment_edited_to_nothing_is_removed_and_undo_brings_it_back(library: Library) -> None:
    comment.add(library, "One")
    comment.edit(library, library.comments(CURRENT)[0], "Uno")
    assert texts(library) == ["Uno"]
    comment.edit(library, library.comments(CURRENT)[0], "")
    assert texts(library) == []
    library.undo()
    assert texts(library) == ["Uno"]


def test_papers_and_comments_undo_in_the_order_they_were_done(library: Library) -> None:
    comment.add(library, "One")
    decide.keep(library, [paper(1)], NOW)
    library.undo()
    assert (texts(library), library.verdict(paper(1).id)) == (["One"], None)

"""The reader's lines."""

import pytest
from rich.cells import cell_len

from triage.paper import Kind, Paper
from triage.tui.widgets.changed_text import changed_lines
from triage.tui.widgets.leaf import Leaf, wrapped
from triage.tui.widgets.reader import Reader
from triage.word_diff import word_diff


def lines(leaf: Leaf, width: int = 60) -> list[str]:
    """A leaf's lines without their styles."""
    return ["".join(text for text, _ in pieces) for pieces in wrapped(leaf, width).lines]


def test_paragraphs_of_an_abstract_stand_apart() -> None:
    reader = Reader()
    leaf = Leaf(Paper("2611.00001", "T", abstract="One.\n\nTwo."))
    reader.show(leaf)
    assert reader.get_content_height(None, None, 60) == len(["T", "2611.00001", "", "One.", "", "Two."])  # type: ignore[arg-type]  # only the width counts


def test_paragraphs_of_a_changed_abstract_stand_apart() -> None:
    before = Paper("2611.00001", "T", abstract="One stays. Two goes.", version=1)
    paper = Paper("2611.00001", "T", abstract="One stays.\n\nTwo comes.", version=2, kind=Kind.REPLACE)
    assert lines(Leaf(paper, before=before))[-3:] == ["One stays.", "", "Two [-goes.-] [+comes.+]"]


def test_an_abstract_that_cannot_be_read_is_not_said_to_be_removed() -> None:
    before = Paper("2611.00001", "T", abstract="It was here.", version=1)
    shown = lines(Leaf(Paper("2611.00001", "T", version=2), before=before, missing="It cannot be read."))
    assert not [line for line in shown if "[-" in line]
    assert shown[-1] == "It cannot be read."


@pytest.mark.parametrize("width", [1, 2, 3, 7, 20])
def test_no_line_of_a_changed_text_is_wider_than_the_pane(width: int) -> None:
    runs = word_diff("one extraordinarily long word goes", "one 深層学習 comes and stays")
    made = changed_lines(runs, width)
    assert all(cell_len("".join(text for text, _ in line)) <= max(width, 2) for line in made)
    joined = "".join(text for line in made for text, _ in line).replace(" ", "")
    assert joined == "one[-extraordinarilylongwordgoes-][+深層学習comesandstays+]"

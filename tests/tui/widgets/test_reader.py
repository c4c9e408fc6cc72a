"""The reader's lines."""

from triage.paper import Paper
from triage.tui.widgets.reader import Leaf, Reader


def test_paragraphs_of_an_abstract_stand_apart() -> None:
    reader = Reader()
    leaf = Leaf(Paper("2611.00001", "T", abstract="One.\n\nTwo."))
    reader.show(leaf)
    assert reader.get_content_height(None, None, 60) == len(["T", "2611.00001", "", "One.", "", "Two."])  # type: ignore[arg-type]  # only the width counts

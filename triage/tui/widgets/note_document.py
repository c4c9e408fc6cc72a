"""The text of a note as an editor holds it: nothing is lost in it and nothing becomes something else."""

from textual.document._document import Document, EditResult, Location


class NoteDocument(Document):
    """Lines that end at a line feed alone.

    Textual's own document breaks at whatever Unicode calls a line end, and gives all of them back as one and
    the same: a form feed or a U+2028 in a note would be gone by opening it.
    """

    def __init__(self, text: str) -> None:
        super().__init__("")
        self._lines = text.split("\n")

    def replace_range(self, start: Location, end: Location, text: str) -> EditResult:
        """Put a text between two places."""
        (top_row, top_column), (row, column) = sorted((start, end))
        replaced = self.get_text_range((top_row, top_column), (row, column))
        lines = self._lines
        before = lines[top_row][:top_column] if top_row < len(lines) else ""
        after = lines[row][column:] if row < len(lines) else ""
        inserted = text.split("\n")
        inserted[0] = before + inserted[0]
        last = len(inserted[-1])
        inserted[-1] += after
        lines[top_row : row + 1] = inserted
        return EditResult((top_row + len(inserted) - 1, last), replaced)

    def index(self, location: Location) -> int:
        """How many characters of the text stand before a place."""
        row, column = location
        return sum(len(line) + 1 for line in self._lines[:row]) + column

    def location(self, index: int) -> Location:
        """The place before which so many characters stand."""
        for row, line in enumerate(self._lines):
            if index <= len(line):
                return row, index
            index -= len(line) + 1
        return self.end

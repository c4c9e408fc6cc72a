"""The parts of a haul one below the other: comments, entries in the post's order, held papers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from textual.content import Content

from triage.clean import line
from triage.haul import Haul
from triage.tui.widgets.blocks import cut, styled
from triage.tui.widgets.row_list import RowList

_LEAST_TITLE = 20
"""Cells of a title that stay beside the haul before."""


class Part(Enum):
    """What a row of the list stands for."""

    HEADING = "heading"
    COMMENT = "comment"
    ENTRY = "entry"
    HELD = "held"
    SPACE = "space"


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the list."""

    part: Part
    key: str = ""
    """The comment's or the paper's id."""
    text: str = ""
    """One clean line."""
    count: int = 0
    """Under a heading: how many follow."""
    noted: bool = False
    before: str = ""
    """The published haul that had the paper before: `haul 17`."""


def items_of(
    haul: Haul, held: Iterable[tuple[str, str, bool]], before: Callable[[str], str]
) -> tuple[Item, ...]:
    """The rows of a haul; `held` are id, title as shown, and whether there is a note.

    `before` tells of a paper's id which published haul had it before.
    """
    comments = [Item(Part.COMMENT, comment.key, line(comment.text)) for comment in haul.comments]
    entries = [
        Item(
            Part.ENTRY,
            entry.key,
            line(entry.title) or entry.link,
            noted=bool(entry.note),
            before=before(entry.key),
        )
        for entry in haul.entries
    ]
    waiting = [
        Item(Part.HELD, key, line(title) or key, noted=noted, before=before(key))
        for key, title, noted in held
    ]
    rows: list[Item] = []
    for title, group in (("Comments", comments), ("Entries", entries), ("Held", waiting)):
        if group:
            rows += [Item(Part.SPACE)] if rows else []
            rows += [Item(Part.HEADING, text=title, count=len(group)), *group]
    return tuple(rows)


class EntryList(RowList):
    """Shows the items of a haul; the cursor stands on comments, entries and held papers."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, empty="Nothing kept yet.")
        self.items: Sequence[Item] = ()

    @property
    def item(self) -> Item | None:
        """The item under the cursor."""
        return self.items[self.cursor] if 0 <= self.cursor < len(self.items) else None

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these rows; the cursor stays on its item, or among its like in the place where that was."""
        place = _place(self.item, max(self.cursor, 0), items)
        self.items = items
        self.show(len(items), self._item_row, stands=self._is_part, cursor=place)

    def go_to(self, key: str) -> bool:
        """Move the cursor to a comment or a paper; False when it is not here."""
        place = next((at for at, item in enumerate(self.items) if key and item.key == key), -1)
        if place >= 0:
            self.go(place)
        return place >= 0

    def next_without_note(self) -> bool:
        """Move the cursor to the next entry without a note, then round again; False when all have one."""
        count = len(self.items)
        for step in range(1, count + 1):
            at = (self.cursor + step) % count
            if self.items[at].part is Part.ENTRY and not self.items[at].noted:
                self.go(at)
                return True
        return False

    def _is_part(self, at: int) -> bool:
        return self.items[at].part not in (Part.HEADING, Part.SPACE)

    def _item_row(self, at: int, width: int) -> Content:
        item = self.items[at]
        match item.part:
            case Part.SPACE:
                return Content("")
            case Part.HEADING:
                return styled(item.text, "heading") + styled(f" {item.count}", "dim")
            case Part.COMMENT:
                mark = styled("• ", "mark")
            case Part.HELD:
                mark = styled("> ", "accent")
            case _:
                mark = Content("  ")
        room = max(0, width - 5)
        before = f"  {item.before}" if item.before and len(item.before) + _LEAST_TITLE < room else ""
        text = cut(styled(item.text, "dim" if item.part is Part.HELD else ""), room - len(before))
        text += Content(" " * (room - text.cell_length - len(before))) + styled(before, "dim")
        return mark + text + styled(" ✎" if item.noted else "  ", "accent")


def _place(before: Item | None, place: int, items: Sequence[Item]) -> int:
    """Where the cursor goes that stood on an item in a place; one that was held or taken back is another."""
    if before is None:
        return place
    for at, item in enumerate(items):
        if (item.part, item.key) == (before.part, before.key):
            return at
    alike = [at for at, item in enumerate(items) if item.part is before.part]
    return min(alike, key=lambda at: (abs(at - place), -at), default=place)

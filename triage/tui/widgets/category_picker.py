"""Choose among all of arXiv's categories: type to filter, Enter chooses, the chosen ones stand on top."""

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from triage.inbox import matches, searchable
from triage.taxonomy import categories
from triage.tui.widgets.blocks import cut, styled
from triage.tui.widgets.field import Field
from triage.tui.widgets.row_list import RowList


class CategoryPicker(Vertical):
    """Holds the categories chosen, in the order they were chosen in."""

    class Changed(Message):
        """A category was chosen or given up, or a filter typed."""

    def __init__(self, chosen: Sequence[str] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.chosen: list[str] = [key for key in chosen if key in categories()]
        """Their ids."""
        self._shown: list[str] = []

    @property
    def typed(self) -> str:
        """The filter."""
        return self.query_one(Field).value.strip()

    def clear(self) -> None:
        """Show all again."""
        self.query_one(Field).value = ""

    def take(self) -> bool:
        """Choose what was typed if it is an id or matches only one; False when it may be several or none."""
        typed = self.typed.casefold()
        if not typed:
            return True
        every = _matching(typed)
        found = [key for key in every if key.casefold() == typed] or every
        if len(found) != 1:
            return False
        if found[0] not in self.chosen:
            self.chosen.append(found[0])
        self.clear()
        self.post_message(self.Changed())
        return True

    def compose(self) -> ComposeResult:
        """The filter above the list."""
        yield Field(placeholder="type to filter: cs.CL, language, quantum …", id="category-filter")
        yield RowList(id="category-list", empty="No category matches; arXiv's ids look like cs.CL.")

    def on_mount(self) -> None:
        """Show all."""
        self.query_one(RowList).can_focus = False
        self._show(0)

    def on_input_changed(self, event: Field.Changed) -> None:
        """Show what matches."""
        event.stop()
        self._show(0)
        self.post_message(self.Changed())

    def on_input_submitted(self, event: Field.Submitted) -> None:
        """Choose the category under the cursor."""
        event.stop()
        self._toggle()

    def on_key(self, event: events.Key) -> None:
        """Move the list's cursor while one types; a space chooses when there is no word it could end."""
        rows = self.query_one(RowList)
        moves = {"up": -1, "down": 1}
        pages = {"pageup": -1, "pagedown": 1}
        if event.key in moves:
            rows.move(moves[event.key])
        elif event.key in pages:
            rows.move_pages(pages[event.key])
        else:
            return
        event.stop()

    def on_row_list_pointed(self, event: RowList.Pointed) -> None:
        """A click chooses."""
        event.stop()
        self._toggle()

    def _toggle(self) -> None:
        at = self.query_one(RowList).cursor
        if not 0 <= at < len(self._shown):
            return
        key = self._shown[at]
        if key in self.chosen:
            self.chosen.remove(key)
        else:
            self.chosen.append(key)
        field = self.query_one(Field)
        if field.value:
            field.value = ""
        else:
            self._show(at + 1)
        self.post_message(self.Changed())

    def _show(self, cursor: int) -> None:
        typed = self.query_one(Field).value
        words, matching = searchable(typed), _matching(typed)
        found = [key for key in matching if key not in self.chosen]
        # An id that begins with what was typed stands before a name that happens to hold it.
        found.sort(key=lambda key: not words or not key.casefold().startswith(words[0]))
        self._shown = [*(key for key in self.chosen if key in matching), *found]
        self.query_one(RowList).show(len(self._shown), self._row, cursor=cursor)

    def _row(self, at: int, width: int) -> Content:
        key = self._shown[at]
        chosen = key in self.chosen
        mark = styled("✓ " if chosen else "  ", "kept")
        row = mark + styled(f"{key:<20}", "kept" if chosen else "") + styled(categories()[key], "dim")
        return cut(row, width)


def _matching(typed: str) -> list[str]:
    """The ids of the categories whose id and name hold all the words."""
    words = searchable(typed)
    return [key for key, name in categories().items() if matches(words, f"{key} {name}".casefold())]

"""The listing days in the archive, newest first, to choose from."""

from datetime import date

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen

from triage.tui.days import OpenDays, day_name
from triage.tui.keys import Place, bind
from triage.tui.sheets import sheets
from triage.tui.widgets.blocks import styled
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.row_list import RowList
from triage.tui.widgets.text_line import TextLine


class DaysScreen(Screen[date | None]):
    """Leads to the day that is chosen; None leads back."""

    CSS_PATH = sheets("text")

    def __init__(self, days: OpenDays, shown: date | None, preset: str) -> None:
        """`shown` is the day the cursor starts on."""
        super().__init__()
        self._days = list(days.totals())
        self._from = shown
        self._preset = preset

    def compose(self) -> ComposeResult:
        """Title, list, keys."""
        yield TextLine(id="days-title", classes="header")
        yield RowList(id="days", empty="No listing is in the archive yet; r on the main screen fetches.")
        yield Footer([("Enter", "Go there"), ("Esc", "Back")])

    def on_mount(self) -> None:
        """Put the cursor on the day one came from."""
        bind(self, Place.LISTING, self._preset)
        self.query_one(TextLine).show(styled("Days", "title") + styled(" · newest first", "dim"))
        here = next((at for at, (day, _, _) in enumerate(self._days) if day == self._from), 0)
        rows = self.query_one(RowList)
        rows.show(len(self._days), self._row, cursor=here)
        rows.focus()

    def on_row_list_pointed(self) -> None:
        """A click chooses."""
        self.action_choose()

    def action_choose(self) -> None:
        """Go to the day under the cursor."""
        at = self.query_one(RowList).cursor
        self.dismiss(self._days[at][0] if at >= 0 else None)

    def action_leave(self) -> None:
        """Back to where one was."""
        self.dismiss(None)

    def action_step(self, rows: int) -> None:
        """Move by days."""
        self.query_one(RowList).move(rows)

    def action_page(self, pages: int) -> None:
        """Move by screenfuls."""
        self.query_one(RowList).move_pages(pages)

    def action_first(self) -> None:
        """To the newest day."""
        self.query_one(RowList).go(0)

    def action_last(self) -> None:
        """To the oldest day."""
        self.query_one(RowList).go(len(self._days) - 1)

    def _row(self, at: int, _width: int) -> Content:
        day, total, still_open = self._days[at]
        name = styled(day_name(day.isoformat()), "" if still_open else "dim")
        counts = (
            Content(f"{total:>8} papers{still_open:>8} open")
            if still_open
            else styled(f"{total:>8} papers", "dim")
        )
        return Content(" ") + name + counts + styled("" if still_open else "    done", "kept")

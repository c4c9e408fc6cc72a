"""A text that nothing takes to a clipboard, shown so that it can be selected in the terminal."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from triage import clean
from triage.tui.sheets import sheets
from triage.tui.widgets.blocks import plain, styled
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.line_pane import LinePane
from triage.tui.widgets.text_line import TextLine

_LONGEST = 200_000
"""Characters that are shown: nobody selects more, and the file has all."""


class CopiedScreen(Screen[None]):
    """Shows the text from edge to edge, with nothing beside it that one would select along."""

    CSS_PATH = sheets("panels", "text")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll(1)", "Down", show=False),
        Binding("up,k", "scroll(-1)", "Up", show=False),
        Binding("pagedown,space", "page(1)", "Page down", show=False),
        Binding("pageup,b", "page(-1)", "Page up", show=False),
        Binding("escape,q,enter", "leave", "Back", show=False),
    ]

    def __init__(self, what: str, text: str, place: str | None) -> None:
        super().__init__()
        self._what = what
        self._text = text
        self._place = place

    def compose(self) -> ComposeResult:
        """What it is, the text, how to take it."""
        yield TextLine(id="copied-what", classes="header")
        yield LinePane(id="copied-text")
        yield Footer([("Esc", "Back"), ("PgDn", "Scroll")])

    def on_mount(self) -> None:
        """Show the text."""
        where = styled(f" · all of it is in {clean.name(self._place)}" if self._place else "", "dim")
        self.query_one("#copied-what", TextLine).show(styled(f"The {self._what} to copy", "title") + where)
        pane = self.query_one(LinePane)
        pane.show([plain(row) for row in self._text[:_LONGEST].split("\n")])
        self.set_focus(pane)
        self.query_one(Footer).say(
            "No clipboard was found: select with Shift and the mouse, or take the file."
        )

    def action_scroll(self, lines: int) -> None:
        """Scroll by a line."""
        self.query_one(LinePane).scroll_lines(lines)

    def action_page(self, pages: int) -> None:
        """Scroll by a screenful."""
        self.query_one(LinePane).scroll_pages(pages)

    def action_leave(self) -> None:
        """Back to what was copied from."""
        self.dismiss(None)

"""A note as those who read the post will see it, in the place of the editor it is written in."""

from collections.abc import Sequence

from textual.message import Message

from triage.tui.keys import Place, bind
from triage.tui.widgets.blocks import Block
from triage.tui.widgets.line_pane import LinePane

_WIDEST = 80
_TITLE = "[$foreground 30%]─[/] note, as it reads "


class NotePreview(LinePane):
    """Shows the text of an editor as it stands now; Esc and F3 lead back to it."""

    class Left(Message):
        """The user goes back to the text."""

    def __init__(self, preset: str) -> None:
        super().__init__(widest=_WIDEST)
        bind(self, Place.PREVIEW, preset)
        self.border_title = _TITLE

    def begin(self, blocks: Sequence[Block]) -> None:
        """Show a text from its start."""
        self.show(blocks)
        self.scroll_to(y=0, animate=False, immediate=True)
        self.screen.set_focus(self)

    def action_scroll_text(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_lines(lines)

    def action_page_text(self, pages: int) -> None:
        """Scroll by screenfuls."""
        self.scroll_pages(pages)

    def action_back_to_text(self) -> None:
        """Back to writing."""
        self.post_message(self.Left())

"""A note as those who read the post will see it, in the place of the editor it is written in."""

from collections.abc import Sequence

from triage.tui.keys import Place, bind
from triage.tui.widgets.blocks import Block
from triage.tui.widgets.line_pane import LinePane

_WIDEST = 80
_TITLE = "[$foreground 30%]─[/] note, as it reads "


class NotePreview(LinePane):
    """Shows the text of an editor as it stands now; the screen leads back to it."""

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

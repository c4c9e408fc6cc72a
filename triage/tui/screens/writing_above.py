"""Writing on the screens above the main one, which may draw Markdown and list the links by themselves."""

from collections.abc import Sequence

from triage.tui.keys import Place, footer
from triage.tui.screens.link import LinkScreen
from triage.tui.screens.writing import Writes
from triage.tui.widgets.blocks import Block
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.markdown_blocks import markdown


class WritesAbove(Writes):
    """`Writes` with what the main screen can only have of what is imported later."""

    def say(self, sentence: str, *, error: bool = False) -> None:
        """Show a sentence in the footer."""
        self.query_one(Footer).say(sentence, error=error)

    def show_keys(self, place: Place) -> None:
        """Show the keys of a place in the footer."""
        self.query_one(Footer).show(footer(place, self._world.settings.keys))

    def drawn(self, text: str) -> Sequence[Block]:
        """A text as it will read."""
        return markdown(text)

    def links(self, but: str) -> LinkScreen:
        """The screen to choose a paper to link to."""
        return LinkScreen(self._world, but)

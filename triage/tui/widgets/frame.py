"""What is covered whole by what it holds: it paints one blank line, and that for all of its lines."""

from rich.style import Style
from textual.containers import Container
from textual.geometry import Region
from textual.strip import Strip


class Frame(Container):
    """A container whose background nobody sees."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Blank lines, where Textual would compose each of them; with a border it does."""
        return super().render_lines(crop) if self.styles.border else covered(crop, self.rich_style)


def covered(crop: Region, style: Style) -> list[Strip]:
    """The lines of a part that something else lies upon."""
    return [Strip.blank(crop.width, style)] * crop.height

"""Reading a post back: the edits of its file as a diff; Enter takes them over as one step."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from triage import clean
from triage.actions import read_back
from triage.actions.haul import Refused
from triage.actions.read_back import ReadBack
from triage.hand_edits.telling import changing, counted
from triage.ports import NotSaved, Unreachable, World
from triage.settings import VIM
from triage.tui.sheets import sheets
from triage.tui.widgets.blocks import styled
from triage.tui.widgets.edit_blocks import WIDEST, edit_blocks
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.line_pane import LinePane
from triage.tui.widgets.text_line import TextLine

_CHANGED = "File or library changed while you looked; this is how it stands now."


class ReadBackScreen(Screen[str]):
    """Shows what would be taken over; dismissed with a sentence, "" when the user left it."""

    CSS_PATH = sheets("panels", "text", "read_back")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take_over", "Take over", show=False),
        Binding("up", "scroll(-1)", "Up", show=False),
        Binding("down", "scroll(1)", "Down", show=False),
        Binding("pageup,b", "pages(-1)", "Page up", show=False),
        Binding("pagedown,space", "pages(1)", "Page down", show=False),
        Binding("home", "end(False)", "The start", show=False),
        Binding("end", "end(True)", "The end", show=False),
        Binding("escape,q", "leave", "Back", show=False),
    ]

    def __init__(self, world: World, looked: ReadBack) -> None:
        super().__init__()
        self._world = world
        self._looked = looked

    def compose(self) -> ComposeResult:
        """What file, the edits, the keys."""
        yield TextLine(id="read-back-title", classes="header")
        yield LinePane(id="read-back-edits", widest=WIDEST)
        yield Footer([("Enter", "Take over"), ("↑ ↓ PgUp PgDn", "Scroll"), ("Esc", "Leave as it is")])

    def on_mount(self) -> None:
        """Show the edits."""
        if self._world.settings.keys == VIM:
            for key, action in {
                "k": "scroll(-1)",
                "j": "scroll(1)",
                "G": "end(True)",
                "g": "end(False)",
            }.items():
                self._bindings.bind(key, action, show=False)
        self._show()
        self.set_focus(self.query_one(LinePane))

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(LinePane).scroll_lines(lines)

    def action_pages(self, pages: int) -> None:
        """Scroll by pages."""
        self.query_one(LinePane).scroll_pages(pages)

    def action_end(self, last: bool) -> None:
        """To the start, or to the end."""
        self.query_one(LinePane).scroll_to(y=10**9 if last else 0, animate=False, immediate=True)

    def action_leave(self) -> None:
        """Take nothing over."""
        self.dismiss("")

    def action_take_over(self) -> None:
        """Take the edits over, unless they are others by now."""
        world, seen = self._world, self._looked
        try:
            self._looked = look(world, seen.key, seen.place)
            if self._looked.edits != seen.edits:
                self._show()
                self._say(_CHANGED)
                return
            read_back.take_over(world.library, self._looked)
        except (Refused, Unreachable, NotSaved) as refusal:
            self._say(str(refusal))
            return
        name = file_name(seen.place)
        more = "" if self._looked.is_exact else " The library has more to say: e writes the file anew."
        if changing(seen.edits):
            self.dismiss(f"Taken over, {counted(seen.edits)} in {name}; u undoes.{more}")
        else:
            self.dismiss(f"Nothing to take over from {name}.{more}")

    def _say(self, sentence: str) -> None:
        self.query_one(Footer).say(sentence, error=True)

    def _show(self) -> None:
        looked = self._looked
        haul = f"haul {looked.number}" if looked.number is not None else "haul"
        facts = f" · {haul} · {file_name(looked.place)} · "
        title = styled("Read back", "title") + styled(facts, "dim") + styled(counted(looked.edits), "kept")
        folder = clean.name(looked.place.rpartition("/")[0])
        self.query_one("#read-back-title", TextLine).show(title, styled(folder, "dim"))
        self.query_one(LinePane).show(edit_blocks(looked.edits, looked.unread))


def file_name(place: str) -> str:
    """A file's name without its folder, as a sentence has it."""
    return clean.name(place.rpartition("/")[2])


def look(world: World, key: str, place: str | None = None) -> ReadBack:
    """What reading a haul's file back would do; raises as `read_back.prepare` does."""
    return read_back.prepare(
        world.library, world.archive, world.posts, world.settings, world.now(), key=key, place=place
    )

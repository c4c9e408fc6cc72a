"""The form that asks where a haul's file is now: once, for the new place is remembered."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from triage.ports import Posts, Unreachable
from triage.tui.sheets import sheets
from triage.tui.widgets.blocks import styled
from triage.tui.widgets.field import Field
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.form_row import FormRow
from triage.tui.widgets.text_line import TextLine


class MovedScreen(ModalScreen[str]):
    """Asks for a file that is there; dismissed with its whole path, "" when the user left."""

    CSS_PATH = sheets("panels", "text")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", show=False)]

    def __init__(self, posts: Posts, gone: str, place: str) -> None:
        """`gone` says which file is not where it was; `place` is where that was."""
        super().__init__()
        self._posts = posts
        self._gone = gone
        self._place = place

    def compose(self) -> ComposeResult:
        """A panel at the foot of the screen."""
        with Vertical(classes="panel"):
            yield TextLine(id="moved-title")
            yield FormRow("File", self._place, id="moved-file")
            yield Footer([("Enter", "Read it back"), ("Esc", "Back")])

    def on_mount(self) -> None:
        """Say what is gone."""
        self.query_one("#moved-title", TextLine).show(styled(f"{self._gone}: where is it now?", "heading"))
        field = self.query_one(Field)
        self.set_focus(field)
        field.cursor_position = len(field.value)

    def on_input_changed(self) -> None:
        """What was wrong may be right now."""
        self.query_one(Footer).say("")

    def on_input_submitted(self, event: Field.Submitted) -> None:
        """Take the place if a file is there."""
        event.stop()
        try:
            place = self._posts.whole(event.value.strip() or self._place)
            there = self._posts.hash(place)
        except Unreachable as refusal:
            self.query_one(Footer).say(str(refusal), error=True)
            return
        if there is None:
            self.query_one(Footer).say("No file is there; give the whole path, from / or ~ on.", error=True)
        else:
            self.dismiss(place)

    def action_leave(self) -> None:
        """Leave it at that."""
        self.dismiss("")

"""The form that writes the post: what is still missing, number, date and time, file; Enter does it."""

from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from triage.actions import haul as hauls
from triage.actions import post_files
from triage.actions.haul import Edited, Foreign, Refused
from triage.actions.numbering import next_number
from triage.actions.renumber import place_of, renumber, renumbered
from triage.haul import fill
from triage.ports import NotSaved, Unreachable, World
from triage.tui.haul_view import HaulView
from triage.tui.reading_back import read_back_on
from triage.tui.screens.read_back import file_name
from triage.tui.sheets import sheets
from triage.tui.widgets.blocks import Block, plain, styled
from triage.tui.widgets.field import Field
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.form_row import FormRow
from triage.tui.widgets.line_pane import LinePane
from triage.tui.widgets.text_line import TextLine

_BORDER_AND_TITLE = 2
"""Lines of the panel above what is missing."""
_MOST_MISSING = 7
"""Lines for what is missing; the rest of it is scrolled to."""


class PublishScreen(ModalScreen[str]):
    """Publishes the current haul, or exports a haul; dismissed with a sentence, "" when the user left."""

    CSS_PATH = sheets("panels", "text", "publish")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", show=False),
        Binding("down", "app.focus_next", "Next field", show=False),
        Binding("up", "app.focus_previous", "Field before", show=False),
        Binding("ctrl+o", "overwrite", "Overwrite", show=False),
        Binding("ctrl+r", "read_back", "Read back", show=False),
    ]

    def __init__(self, world: World, view: HaulView, *, export: bool = False) -> None:
        super().__init__()
        self._world = world
        self._view = view
        self._export = export
        self._anew = not (export or view.is_current)
        """Whether a published haul gets another number."""
        self._number_said = next_number(world.library) if self._anew else view.haul.number
        self._now = world.now()
        self._stamp = self._now.strftime("%Y-%m-%d %H:%M")
        self._proposed, self._is_gone = "", False
        if export:
            self._proposed, is_there = post_files.proposed(world.library, world.posts, view.key)
            self._is_gone = bool(self._proposed) and not is_there
        self._proposed = self._proposed or self._place(self._number_said, self._now)
        self._may_overwrite = False
        self._edited = ""
        """The file that was refused because it was edited."""

    def compose(self) -> ComposeResult:
        """A panel at the foot of the screen."""
        with Vertical(classes="panel"):
            yield TextLine(id="publish-title")
            yield LinePane(id="publish-missing")
            if not self._export:
                yield FormRow("Number", str(self._number_said), id="publish-number")
            if not (self._export or self._anew):
                yield FormRow("Date and time", self._stamp, id="publish-at")
            yield FormRow("File", self._proposed, id="publish-file")
            what = "Export" if self._export else "Number" if self._anew else "Publish"
            yield Footer([("Enter", what), ("↑ ↓", "Field"), ("Esc", "Back")])

    def on_mount(self) -> None:
        """Say what is missing."""
        what = "Export" if self._export else "Another number for" if self._anew else "Publish"
        title = styled(f"{what} haul {self._view.haul.number}", "heading")
        count = len(self._view.haul.entries)
        entries = "1 entry" if count == 1 else f"{count} entries"
        self.query_one("#publish-title", TextLine).show(title, styled(entries, "dim"))
        missing = self._view.missing()
        blocks = [Block(plain(told).text, styled("• ", "warning")) for told in missing]
        pane = self.query_one("#publish-missing", LinePane)
        pane.can_focus = False
        pane.show(blocks or [plain("Nothing is missing.", "kept")])
        if self._is_gone:
            self._say(f"{file_name(self._proposed)} is gone: say where it is now, or Enter writes it anew.")
        self.set_focus(self.query(Field).first())

    def on_resize(self) -> None:
        """What is missing gives up its lines first."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Leave to what is missing the lines that nothing else of the form needs."""
        pane = self.query_one("#publish-missing", LinePane)
        # The footer's lines as they will be: the layout that gives it more of them comes after this.
        height = self.query_one(Footer).styles.height
        foot = 1 if height is None else int(height.value)
        room = self.size.height - _BORDER_AND_TITLE - len(self.query(FormRow)) - foot
        pane.display = room > 0
        pane.styles.height = max(1, min(_MOST_MISSING, room - 1, pane.virtual_size.height))
        pane.styles.margin = (0, 0, 1 if room > 1 else 0, 0)

    def on_input_changed(self, event: Field.Changed) -> None:
        """The file follows number and date until the user names one."""
        event.stop()
        if self._is_gone and event.value == self._proposed:
            return
        self._may_overwrite, self._edited = False, ""
        self._say("")
        if event.input.id == "publish-file" or self._export:
            return
        field = self.query_one("#publish-file", Field)
        if field.value != self._proposed:
            return
        try:
            self._proposed = self._place(self._number(), self._moment() or self._now)
        except ValueError:
            return
        field.value = self._proposed
        field.cursor_position = len(self._proposed)

    def on_input_submitted(self, event: Field.Submitted) -> None:
        """Do it."""
        event.stop()
        self._write(overwrite=False)

    def action_overwrite(self) -> None:
        """Do it over a file that was refused."""
        if self._may_overwrite:
            self._write(overwrite=True)

    def action_read_back(self) -> None:
        """Take over what was edited in the file that was refused."""
        if self._edited:
            read_back_on(self, self._world, self._view.key, self._read_back, self._edited)

    def _read_back(self, said: str, error: bool) -> None:
        if error:
            self._say(said)
        elif said:
            self.dismiss(said)

    def action_leave(self) -> None:
        """Write nothing."""
        self.dismiss("")

    def _write(self, *, overwrite: bool) -> None:
        try:
            write = self._exported if self._export else self._renumbered if self._anew else self._published
            self.dismiss(write(overwrite))
        except Edited as refusal:
            self._may_overwrite, self._edited = True, refusal.place
            self._say(f"{refusal.edited}. Ctrl+R reads the edits back, Ctrl+O overwrites them.")
        except Foreign as refusal:
            self._may_overwrite = True
            self._say(f"{refusal.what}, or press Ctrl+O to overwrite it.")
        except (Refused, Unreachable, NotSaved, ValueError) as refusal:
            self._may_overwrite = False
            self._say(str(refusal))

    def _say(self, refusal: str) -> None:
        self.query_one(Footer).say(refusal, error=True)
        self._fit()

    def _published(self, overwrite: bool) -> str:
        world = self._world
        made = hauls.publish(
            world.library,
            world.posts,
            world.settings,
            world.now(),
            number=self._number(),
            at=self._moment(),
            place=self._file(),
            overwrite=overwrite,
        )
        return f"Published haul {made.number}: {made.place} · u makes it current again and leaves the file."

    def _renumbered(self, overwrite: bool) -> str:
        world, before = self._world, self._view.haul.number
        made = renumber(
            world.library,
            world.posts,
            world.settings,
            world.now(),
            self._view.key,
            self._number(),
            place=self._file(),
            overwrite=overwrite,
        )
        return (
            f"Haul {before} is haul {made.number} now: {made.place} · u takes it back, and leaves the file."
        )

    def _exported(self, overwrite: bool) -> str:
        world, key = self._world, self._view.key
        place = hauls.export_post(
            world.library,
            world.posts,
            world.settings,
            world.now(),
            self._file(),
            key=key,
            overwrite=overwrite,
        )
        return f"Exported haul {self._view.haul.number}: {place}"

    def _number(self) -> int:
        text = self.query_one("#publish-number", Field).value.strip()
        if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text)):
            raise ValueError(f"{text!r} is no number for a haul; write it as {self._number_said}.")
        return int(text)

    def _moment(self) -> datetime | None:
        """The date and time as typed; None while it is the one proposed, to the second."""
        if self._anew:
            return None
        text = self.query_one("#publish-at", Field).value.strip()
        if text in ("", self._stamp):
            return None
        try:
            moment = datetime.fromisoformat(text)
            return moment if moment.tzinfo else moment.astimezone()
        except (ValueError, OverflowError, OSError):
            raise ValueError(f"{text!r} is no date and time; write it as {self._stamp}.") from None

    def _file(self) -> str:
        return self.query_one("#publish-file", Field).value.strip() or self._proposed

    def _place(self, number: int | None, at: datetime) -> str:
        """Where the post goes with this number and date."""
        settings, haul = self._world.settings, self._view.haul
        if self._anew and number is not None:
            return place_of(self._world.posts, settings, renumbered(haul, settings.haul, number), at)
        if self._view.is_current:
            title = fill(settings.haul.title, number=number, count=len(haul.entries))
            haul = replace(haul, number=number).with_value("title", title)
        return post_files.place_of(self._world.posts, settings, haul, at)

"""Add a paper by its arXiv id or a web page by its link; the clipboard's is there already."""

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from triage import shown
from triage.actions import add
from triage.actions.known import known
from triage.clean import line
from triage.paper import Paper
from triage.ports import NotSaved, World
from triage.steps import CURRENT, NEXT
from triage.tui.children import lines
from triage.tui.sheets import sheets
from triage.tui.widgets.blocks import styled
from triage.tui.widgets.field import LONGEST, Field
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.text_line import TextLine


@dataclass(frozen=True, slots=True)
class Added:
    """What came of it: the paper is in a haul."""

    key: str
    """The paper's id."""
    sentence: str
    """Fit to show."""
    known: bool
    """True when it was in the current or the next haul before."""


class AddScreen(ModalScreen[Added | None]):
    """Adds one paper or page to the current haul at once; None when the user left."""

    CSS_PATH = sheets("text", "add")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", show=False)]

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world

    def compose(self) -> ComposeResult:
        """A panel at the foot of the screen."""
        with Vertical(classes="panel"):
            yield TextLine(id="add-title")
            yield Field(pasted_key(self._world.clipboard.paste()), placeholder="2306.07899 or https://…")
            yield Footer([("Enter", "Add, and write its note"), ("Esc", "Back")])

    def on_mount(self) -> None:
        """Say what goes here."""
        title = styled("Add", "heading") + styled(" an arXiv id or link, or a web link, to the haul", "dim")
        self.query_one("#add-title", TextLine).show(title)
        field = self.query_one(Field)
        self.set_focus(field)
        field.select_all()

    def on_input_changed(self) -> None:
        """What was wrong may be right now."""
        self.query_one(Footer).say("")

    def on_input_submitted(self, event: Field.Submitted) -> None:
        """Add it, or say why not."""
        event.stop()
        library = self._world.library
        try:
            key = add.key_of(event.value)
            haul = (library.paper(key) or {}).get("haul")
            add.add(library, self._world.archive, [key], self._world.now())
        except (ValueError, NotSaved) as refusal:
            self.query_one(Footer).say(str(refusal), error=True)
            return
        title = shown.title(known(library, self._world.archive, key)) or key
        if haul in (CURRENT, NEXT):
            where = "this haul" if haul == CURRENT else "the next haul"
            self.dismiss(Added(key, f"In {where} already: {title}", known=True))
        else:
            self.dismiss(Added(key, f"Added: {title}", known=False))

    def action_leave(self) -> None:
        """Add nothing."""
        self.dismiss(None)


def pasted_key(text: str | None) -> str:
    """The clipboard's text when it can be added, else nothing."""
    if text is None or len(text) > LONGEST:
        return ""
    try:
        add.key_of(text)
    except ValueError:
        return ""
    return text.strip()


async def look_up(world: World, key: str, told: Callable[[str, bool], None]) -> None:
    """Look a paper's details up behind the user's back and fill them in; `told` takes what came of it.

    That is a sentence, and whether it tells of something that went wrong. Runs the child of `world.look_up`;
    cancelling ends it. The paper is in the haul whatever happens here.
    """
    if world.look_up is None:
        return
    async with aclosing(lines([*world.look_up, key])) as events:
        async for event in events:
            if event.get("event") == "error":
                told(line(str(event.get("sentence", ""))), True)
            elif event.get("event") == "paper" and isinstance(event.get("record"), dict):
                paper = Paper.from_record(event["record"])
                try:
                    step = add.fill_in(world.library, paper)
                except NotSaved as refusal:
                    told(str(refusal), True)
                    return
                if step is not None:
                    told(f"Found: {shown.title(paper)}", False)

"""Correct what an entry's card says: a web page's title is not always what its publisher's tags call it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from triage.clean import line
from triage.paper import Paper, is_arxiv
from triage.tui.sheets import sheets
from triage.tui.widgets.blocks import styled
from triage.tui.widgets.field import LONGEST, Field
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.form_row import FormRow
from triage.tui.widgets.text_line import TextLine


@dataclass(frozen=True, slots=True)
class Correction:
    """What the user changed."""

    fields: Mapping[str, str]
    """By the paper's field: title, abstract, site, published."""


class CorrectScreen(ModalScreen[Correction | None]):
    """Asks for title, description, site and date of one paper; None when nothing changed."""

    CSS_PATH = sheets("text")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", show=False),
        Binding("down", "app.focus_next", "Next field", show=False),
        Binding("up", "app.focus_previous", "Field before", show=False),
    ]

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self._paper = paper
        values = {"title": paper.title, "abstract": paper.abstract}
        if not is_arxiv(paper.id):
            values |= {"site": paper.site or "", "published": (paper.published or "")[:10]}
        # What does not fit into a line to type into is not offered: half of it would replace the whole.
        self._before = {name: line(text) for name, text in values.items() if len(line(text)) <= LONGEST}

    def compose(self) -> ComposeResult:
        """A panel at the foot of the screen."""
        names = {"title": "Title", "abstract": "Description", "site": "Site", "published": "Date"}
        with Vertical(classes="panel"):
            yield TextLine(id="correct-what")
            for name, text in self._before.items():
                yield FormRow(names[name], text, id=f"correct-{name}")
            yield Footer([("Enter", "Save"), ("↑ ↓", "Field"), ("Esc", "Back")])

    def on_mount(self) -> None:
        """Say of what."""
        title = styled("Correct ", "heading") + styled(self._paper.url, "dim")
        self.query_one("#correct-what", TextLine).show(title)
        self.set_focus(self.query(Field).first())

    def on_input_submitted(self, event: Field.Submitted) -> None:
        """Save what changed."""
        event.stop()
        after = {name: line(self.query_one(f"#correct-{name}", Field).value) for name in self._before}
        day = after.get("published", "")
        try:
            if day:
                date.fromisoformat(day)
        except ValueError:
            self.query_one(Footer).say(f"{day!r} is not a date; write it as 2026-11-20.", error=True)
            return
        changed = {name: text for name, text in after.items() if text != self._before[name]}
        self.dismiss(Correction(changed) if changed else None)

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)

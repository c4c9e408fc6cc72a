"""Correct what an entry's card says: a web page's title is not always what its publisher's tags call it."""

from collections.abc import Mapping, Sequence
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

_NAMES = {
    "title": "Title",
    "authors": "Authors",
    "abstract": "Description",
    "site": "Site",
    "published": "Date",
}


@dataclass(frozen=True, slots=True)
class Correction:
    """What the user changed."""

    fields: Mapping[str, str | Sequence[str]]
    """By the paper's field: title, authors, abstract, site, published."""


class CorrectScreen(ModalScreen[Correction | None]):
    """Asks for title, authors, description, site and date of one paper; None when nothing changed."""

    CSS_PATH = sheets("panels", "text")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", show=False),
        Binding("down", "app.focus_next", "Next field", show=False),
        Binding("up", "app.focus_previous", "Field before", show=False),
    ]

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self._paper = paper
        values = {"title": paper.title, "authors": _joined(paper.authors), "abstract": paper.abstract}
        if not is_arxiv(paper.id):
            # A page whose look-up has not told a title yet has its link for one.
            values["title"] = "" if paper.title == paper.id else paper.title
            values |= {"site": paper.site or "", "published": (paper.published or "")[:10]}
        # What does not fit into a line to type into is not offered: half of it would replace the whole.
        self._before = {name: line(text) for name, text in values.items() if len(line(text)) <= LONGEST}

    def compose(self) -> ComposeResult:
        """A panel at the foot of the screen."""
        with Vertical(classes="panel"):
            yield TextLine(id="correct-what")
            for name, text in self._before.items():
                yield FormRow(_NAMES[name], text, id=f"correct-{name}")
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
        changed = {name: text for name, text in after.items() if text != self._before[name]}
        day = changed.get("published", "")
        if day and not _is_day(day):
            self.query_one(Footer).say(
                f"{day!r} is not a date; write it as 2026-11-20, 2026-11 or 2026.", error=True
            )
            return
        fields = {name: _names(text) if name == "authors" else text for name, text in changed.items()}
        self.dismiss(Correction(fields) if fields else None)

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)


def _joined(authors: Sequence[str]) -> str:
    """Authors as they are typed: between commas, or semicolons where one has a comma in the name."""
    return ("; " if any("," in author for author in authors) else ", ").join(authors)


def _names(text: str) -> Sequence[str]:
    return [name.strip() for name in text.split(";" if ";" in text else ",") if name.strip()]


def _is_day(text: str) -> bool:
    """Tell whether a text is a day, a month or a year, as ISO 8601 has it."""
    rest = {4: "-01-01", 7: "-01", 10: ""}.get(len(text))
    try:
        return rest is not None and bool(date.fromisoformat(text + rest))
    except ValueError:
        return False

"""The copy menu: which form of the paper goes to the clipboard, and which way it went."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from triage import shown
from triage.actions.copy import Form, text_of
from triage.paper import Paper
from triage.ports import Clipboard
from triage.tui.sheets import sheets
from triage.tui.widgets.blocks import styled
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.row_list import RowList
from triage.tui.widgets.text_line import TextLine

LONGEST_ESCAPE = 74_000
"""Bytes that terminals take in one OSC 52 sequence."""
_KEYS = {"l": Form.LINK, "m": Form.MARKDOWN, "b": Form.BIBTEX, "c": Form.CARD}


class CopyScreen(ModalScreen[str]):
    """Copies one paper; dismissed with a sentence that says which way it went, or with "" for nothing."""

    CSS_PATH = sheets("text", "copy")
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"copy('{form.name}')", form.value, show=False) for key, form in _KEYS.items()),
        Binding("enter", "copy_chosen", "Copy", show=False),
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("down,j", "step(1)", "Down", show=False),
        Binding("escape,q,y", "leave", "Back", show=False),
    ]

    def __init__(self, paper: Paper, clipboard: Clipboard) -> None:
        super().__init__()
        self._paper = paper
        self._clipboard = clipboard

    def compose(self) -> ComposeResult:
        """A panel at the foot of the screen."""
        with Vertical(classes="panel"):
            yield TextLine(id="copy-title")
            yield RowList(id="forms")
            yield Footer([("Enter", "Copy"), ("Esc", "Back")])

    def on_mount(self) -> None:
        """Show each form with the first line of what would be copied."""
        title = shown.title(self._paper) or self._paper.url
        self.query_one("#copy-title", TextLine).show(styled("Copy ", "heading") + Content(title))
        previews = [text_of(self._paper, form).split("\n", 1)[0] for form in Form]
        forms = self.query_one(RowList)
        forms.show(len(previews), lambda at, width: _row(at, previews, width), cursor=0)
        self.set_focus(forms)

    def on_row_list_pointed(self, event: RowList.Pointed) -> None:
        """A click copies."""
        event.stop()
        self.action_copy_chosen()

    def on_click(self, event: events.Click) -> None:
        """A click beside the panel leaves."""
        if event.widget is self:
            self.dismiss("")

    def action_step(self, rows: int) -> None:
        """Move the cursor."""
        self.query_one(RowList).move(rows)

    def action_copy_chosen(self) -> None:
        """Copy the form under the cursor."""
        self.action_copy(list(Form)[self.query_one(RowList).cursor].name)

    def action_copy(self, name: str) -> None:
        """Copy one form."""
        form = Form[name]
        self.dismiss(copy_text(self, text_of(self._paper, form), form.value, self._clipboard))

    def action_leave(self) -> None:
        """Copy nothing."""
        self.dismiss("")


def copy_text(screen: ModalScreen[str], text: str, what: str, clipboard: Clipboard) -> str:
    """Copy by a tool, else through the terminal; a sentence on which way it went."""
    tool = clipboard.copy(text)
    if tool is not None:
        return f"{what} copied by {tool}."
    size = len(text.encode("utf-8", "replace"))
    if size > LONGEST_ESCAPE:
        return f"{what} not copied: no tool works; for the terminal {size // 1000} kB is too much."
    screen.app.copy_to_clipboard(text)
    return f"{what} sent to the terminal's clipboard (OSC 52); whether it took it cannot be known."


def _row(at: int, previews: Sequence[str], width: int) -> Content:
    key, form = list(_KEYS.items())[at]
    name = styled(f"{key} ", "key") + Content(f"{form.value:<10}")
    return (name + styled(previews[at], "dim")).truncate(max(0, width), ellipsis=True)

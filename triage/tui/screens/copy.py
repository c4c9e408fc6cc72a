"""The copy menu: which form of a paper, its note or the whole post goes to the clipboard."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from triage import clean
from triage.actions.copy import Copied, Form, text_of
from triage.ports import NotSaved
from triage.tui.copying import Wanted
from triage.tui.sheets import sheets
from triage.tui.widgets.blocks import styled
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.row_list import RowList
from triage.tui.widgets.text_line import TextLine

_KEYS = {
    Form.LINK: "l",
    Form.MARKDOWN: "m",
    Form.BIBTEX: "b",
    Form.CARD: "c",
    Form.NOTE: "n",
    Form.POST: "p",
}


class CopyScreen(ModalScreen[Wanted | None]):
    """Asks which form; None for nothing. The screen below copies."""

    CSS_PATH = sheets("panels", "text", "copy")
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"copy('{form.name}')", form.value, show=False) for form, key in _KEYS.items()),
        Binding("enter", "copy_chosen", "Copy", show=False),
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("down,j", "step(1)", "Down", show=False),
        Binding("escape,q,y", "leave", "Back", show=False),
    ]

    def __init__(self, copied: Copied | None, post: Callable[[], str], haul: str) -> None:
        """`copied` is None where there is only the post, which `post` writes; `haul` names its haul.

        `post` raises NotSaved.
        """
        super().__init__()
        self._copied = copied
        self._post = post
        self._haul = haul
        self._forms = list(Form) if copied is not None else [Form.POST]

    def compose(self) -> ComposeResult:
        """A panel at the foot of the screen."""
        with Vertical(classes="panel"):
            yield TextLine(id="copy-title")
            yield RowList(id="forms")
            yield Footer([("Enter", "Copy"), ("Esc", "Back")])

    def on_mount(self) -> None:
        """Show each form with the first line of what would be copied."""
        title = self._copied.entry.title if self._copied is not None else self._haul
        self.query_one("#copy-title", TextLine).show(styled("Copy ", "heading") + Content(title))
        forms = self.query_one(RowList)
        forms.styles.height = len(self._forms)
        forms.show(len(self._forms), self._row, cursor=0)
        self.set_focus(forms)

    def on_row_list_pointed(self, event: RowList.Pointed) -> None:
        """A click copies."""
        event.stop()
        self.action_copy_chosen()

    def on_click(self, event: events.Click) -> None:
        """A click beside the panel leaves."""
        if event.widget is self:
            self.dismiss(None)

    def action_step(self, rows: int) -> None:
        """Move the cursor."""
        self.query_one(RowList).move(rows)

    def action_copy_chosen(self) -> None:
        """Copy the form under the cursor."""
        self.action_copy(self._forms[self.query_one(RowList).cursor].name)

    def action_copy(self, name: str) -> None:
        """Copy one form, or say that there is nothing of it."""
        form = Form[name]
        if form not in self._forms:
            return
        try:
            text = self._post() if form is Form.POST else self._text_of(form)
        except NotSaved as refusal:
            self.query_one(Footer).say(str(refusal), error=True)
            return
        if text:
            self.dismiss(Wanted(form.value, text))
        else:
            self.query_one(Footer).say("There is no note yet to copy.")

    def action_leave(self) -> None:
        """Copy nothing."""
        self.dismiss(None)

    def _text_of(self, form: Form) -> str:
        return text_of(self._copied, form) if self._copied is not None else ""

    def _row(self, at: int, width: int) -> Content:
        form = self._forms[at]
        name = styled(f"{_KEYS[form]} ", "key") + Content(f"{form.value:<10}")
        if form is Form.POST:
            preview = f"of {self._haul}, as its file has it"
        elif form is Form.CARD:
            preview = "title and excerpt in HTML, as the post has them"
        else:
            preview = clean.shown(self._text_of(form).split("\n", 1)[0]) or "none yet"
        return (name + styled(preview, "dim")).truncate(max(0, width), ellipsis=True)

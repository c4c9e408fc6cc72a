"""One line of a form: a name and a field to type into."""

from textual.app import ComposeResult
from textual.containers import Horizontal

from triage.tui.widgets.field import Field
from triage.tui.widgets.text_line import TextLine


class FormRow(Horizontal):
    """A named field."""

    def __init__(self, name: str, text: str = "", *, placeholder: str = "", id: str) -> None:
        """`id` is the field's."""
        super().__init__()
        self._name_shown = name
        self._field = Field(text, placeholder=placeholder, id=id)

    def compose(self) -> ComposeResult:
        """The name, then the field."""
        yield TextLine(self._name_shown, classes="form-name")
        yield self._field

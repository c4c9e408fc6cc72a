"""A line to type into, safe for what people paste."""

from textual import events
from textual.widgets import Input

from triage.clean import line

LONGEST = 2000
"""Characters; a link or a path is not longer."""


class Field(Input):
    """Textual's Input without the escape sequences of what was pasted, and with a limit to its length."""

    def __init__(
        self, text: str = "", *, placeholder: str = "", id: str | None = None, longest: int = LONGEST
    ) -> None:
        super().__init__(
            line(text)[:longest],
            placeholder=placeholder,
            id=id,
            compact=True,
            max_length=longest,
            select_on_focus=False,
        )

    def on_paste(self, event: events.Paste) -> None:
        """Take in a pasted text as one clean line; Textual's own handler would take the raw first line.

        As much of it as there is room for: Textual takes nothing of a text that is too long.
        """
        event.prevent_default()
        event.stop()
        room = max(0, (self.max_length or LONGEST) - len(self.value))
        self.insert_text_at_cursor(line(event.text[: 4 * LONGEST])[:room])

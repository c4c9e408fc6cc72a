"""What a terminal sends as keys and places of the mouse: no sequence, whatever it holds, ends the app."""

from collections.abc import Iterable

from textual import events
from textual._xterm_parser import XTermParser
from textual.keys import Keys
from textual.message import Message

_SEQUENCES = "[O]P_^X"
"""What follows ESC at the start of a terminal's own sequences: CSI, SS3, OSC, DCS, APC, PM, SOS."""


class EscapeFirst(XTermParser):
    """Takes ESC and a key for those two keys.

    Textual takes them for Alt and the key when they come in one read, as tmux and SSH send them; the key of a
    reader who left a note with Esc and went on would be lost. No key of ours is pressed with Alt.

    Of a sequence that Textual 8.2.8 fails on (a key of no number, a character past the last one, a mouse on a
    terminal of no size) nothing is taken; the fault would end the thread that reads, and every key after it.
    """

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        if len(sequence) == 2 and sequence[0] == "\x1b" and sequence[1] not in _SEQUENCES:
            sequence, alt = sequence[1], True
        if alt:
            yield events.Key("escape", "\x1b")
        try:
            yield from list(super()._sequence_to_key_events(sequence))
        except (ValueError, OverflowError):
            yield events.Key(Keys.Ignore, sequence)

    def parse_mouse_code(self, code: str) -> Message | None:
        """The event of the mouse's sequence; None for one that tells of none."""
        try:
            return super().parse_mouse_code(code)
        except (ValueError, ArithmeticError):
            return None

"""What stands between the terminal's bytes and the parser of keys: pasted text that looks like keys."""

from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START


class Pastes:
    """Takes every ESC out of pasted text: Textual reads what follows one as keys, and keys decide papers."""

    def __init__(self) -> None:
        self._inside = False
        self._last = ""
        """The end of what came before: in a paste held back, outside of one only remembered."""

    def feed(self, text: str) -> str:
        """What the parser may read of the terminal's next text."""
        parts = []
        while text:
            before, text = self._next(text)
            parts.append(before)
        return "".join(parts)

    def _next(self, text: str) -> tuple[str, str]:
        """The text up to the next beginning or end of a paste, and the rest."""
        mark = BRACKETED_PASTE_END if self._inside else BRACKETED_PASTE_START
        known = len(self._last)
        whole, self._last = self._last + text, ""
        at = whole.find(mark)
        if at < 0:
            begun = next((n for n in range(len(mark) - 1, 0, -1) if whole.endswith(mark[:n])), 0)
            self._last = whole[len(whole) - begun :]
            passed = whole[: len(whole) - begun] if self._inside else whole[known:]
            return passed.replace("\x1b", "") if self._inside else passed, ""
        rest = whole[at + len(mark) :]
        passed = whole[:at].replace("\x1b", "") + mark if self._inside else whole[known : at + len(mark)]
        self._inside = not self._inside
        return passed, rest

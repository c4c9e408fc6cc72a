"""Lines in the terminal's own colours; plain where there are none."""

from triage import clean
from triage.cli.console import Console
from triage.weeks import Line, Role

_STYLES = {Role.HEADING: "2", Role.DONE: "32", Role.QUIET: "2", Role.TROUBLE: "33", Role.TODAY: "1"}
"""What is to be done stands out by weight: open days are the terminal's own ink, the rest is calmer."""


def paint(console: Console, line: Line) -> None:
    """Put one line on standard output, in colours where a terminal shows them. Raises Unwritable."""
    texts = [(clean.shown(piece.text), _STYLES.get(piece.role, "")) for piece in line]
    if not console.shows_colours:
        console.put("".join(text for text, _ in texts).rstrip() + "\n")
        return
    while texts and not texts[-1][0].strip():
        texts.pop()
    console.put(
        "".join(f"\x1b[{style}m{text}\x1b[0m" if style and text else text for text, style in texts) + "\n"
    )

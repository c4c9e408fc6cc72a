"""The progress line: which day, how complete, how far, how many kept; it sheds parts when narrow."""

from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.strip import Strip

from triage.inbox import Counts
from triage.tui.widgets.line_widget import LineWidget, Piece, cut

_BAR = range(8, 21)
"""How narrow and how wide the bar may be, in cells."""


class Facts(NamedTuple):
    """What the header tells."""

    day: str = ""
    """`Fri 20 Nov 2026`, or what is shown instead of a day."""
    categories: tuple[str, ...] = ()
    state: str = ""
    """How complete the listing is, or how far a fetch is."""
    sound: bool = True
    """Whether the state is as it should be."""
    others: tuple[int, int] = (0, 0)
    """How many other days have open papers, and how many those are."""
    counts: Counts = Counts(0, 0, 0)
    haul: int = 0
    query: str = ""
    """The filter, when one is on."""
    matching: int = 0
    """How many papers the filter shows."""
    last: str = ""
    """How the last fetch ended, when the state does not say so."""
    last_sound: bool = True


class Header(LineWidget):
    """One line that never wraps."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "header--day",
        "header--dim",
        "header--done",
        "header--filter",
        "header--kept",
        "header--rest",
        "header--sound",
        "header--unsound",
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._facts = Facts()

    def show(self, facts: Facts) -> None:
        """Show other facts."""
        if facts != self._facts:
            self._facts = facts
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line, as rich as the width allows."""
        width = self.size.width
        return self.strip(line(self._facts, width) if y == 0 else (), width)


def line(facts: Facts, width: int) -> list[Piece]:
    """The header's pieces at a width: parts are dropped in the design's order until the rest fits.

    Bar, categories, year, haul, other days; then what is no state and no count.
    """
    shed = 0
    while True:
        left, right = _left(facts, shed), _right(facts, shed)
        gap = width - _size(left) - _size(right)
        if gap >= (3 + _BAR.start if shed == 0 else 2) or shed == _SHED_MOST:
            break
        shed += 1
    if gap < 1:
        right = (
            [*right[:-1], (cut(right[-1][0], cell_len(right[-1][0]) + gap - 1), right[-1][1])]
            if right
            else []
        )
        return [*left, (" ", ""), *right]
    if shed == 0 and facts.counts.total:
        return [*left, *_bar(facts.counts, gap), *right]
    return [*left, (" " * gap, ""), *right]


_SHED_MOST = 7


def _left(facts: Facts, shed: int) -> list[Piece]:
    """Day, categories, state, other days: what remains after so many drops."""
    day = facts.day if shed < 3 else " ".join(facts.day.split()[:3])
    names = " ".join(facts.categories)
    if shed >= 2 and len(facts.categories) > 1:
        names = f"{len(facts.categories)} cats"
    days, papers = facts.others
    more = f"+{days} day{'s' if days > 1 else ''}, {papers} open" if days else ""
    state, last = facts.state, facts.last
    if shed == _SHED_MOST and last and not facts.last_sound:
        # Where there is room for one word it is the alarming one.
        state, last = ("", last) if facts.sound else (state, "")
    parts: list[Piece] = [
        (day if shed < 7 else "", "header--day"),
        (names if shed < 6 else "", ""),
        (state, "header--sound" if facts.sound else "header--unsound"),
        (last, "header--dim" if facts.last_sound else "header--unsound"),
        (more if shed < 5 else "", "header--dim"),
        (f"/{facts.query} {facts.matching}" if facts.query else "", "header--filter"),
    ]
    pieces: list[Piece] = [(" ", "")]
    for text, style in parts:
        if text:
            pieces += (
                [(" ", ""), ("· ", "header--dim"), (text, style)] if len(pieces) > 1 else [(text, style)]
            )
    return pieces


def _right(facts: Facts, shed: int) -> list[Piece]:
    counts = facts.counts
    pieces: list[Piece] = []
    if counts.total:
        pieces = [(f"{counts.decided}/{counts.total}", "header--day"), (" ", ""), ("· ", "header--dim")]
        pieces.append((f"{counts.kept} kept", "header--kept"))
    if facts.haul and shed < 4:
        pieces += [(" ", ""), ("· " if pieces else "", "header--dim"), (f"haul {facts.haul}", "header--dim")]
    return [*pieces, (" ", "")] if shed < _SHED_MOST else pieces


def _bar(counts: Counts, gap: int) -> list[Piece]:
    size = min(_BAR.stop - 1, gap - 3)
    done = counts.decided * size // counts.total
    if counts.decided and not done:
        done = 1
    return [
        (" " * (gap - size - 2), ""),
        ("━" * done, "header--done"),
        ("─" * (size - done), "header--rest"),
        ("  ", ""),
    ]


def _size(pieces: list[Piece]) -> int:
    return sum(cell_len(text) for text, _ in pieces)

"""Where one was in the full texts one has read, from one start to the next."""

from typing import Any, NamedTuple

MOST = 400
"""Papers whose places are remembered: those read last."""
_LONGEST = 200
"""Characters of an anchor; arXiv's have fewer than thirty."""


class Bookmark(NamedTuple):
    """A place that is found again in a text that was fetched anew, at whatever width."""

    anchor: str
    """The section's; empty where there is none."""
    block: int
    """Which of the section's blocks, or of all."""
    offset: int
    """Which of the block's characters."""


class ReadingPlaces:
    """A bookmark for each paper."""

    def __init__(self, remembered: object = None) -> None:
        """`remembered` is what `to_remember` once gave, or anything else, which counts as nothing."""
        self._places: dict[str, Bookmark] = {}
        for key, place in remembered.items() if isinstance(remembered, dict) else ():
            match place:
                case [str(anchor), int(block), int(offset)] if block >= 0 and offset >= 0:
                    self._places[str(key)] = Bookmark(anchor, block, offset)

    def of(self, key: str) -> Bookmark | None:
        """Where one was in a paper."""
        return self._places.get(key)

    def keep(self, key: str, place: Bookmark) -> None:
        """Remember where one is in a paper, and of papers that were read long ago no longer."""
        self._places.pop(key, None)
        if len(place.anchor) <= _LONGEST:
            self._places[key] = place
        while len(self._places) > MOST:
            del self._places[next(iter(self._places))]

    def to_remember(self) -> dict[str, Any]:
        """All of it, as JSON knows it."""
        return {key: list(place) for key, place in self._places.items()}

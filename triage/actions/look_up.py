"""Look up papers and web pages by id or link, one after the other, and say what could not be found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from triage.network import Pages
from triage.paper import Paper
from triage.ports import Unreachable


@dataclass(frozen=True, slots=True)
class Found:
    """A paper or page, as it tells of itself."""

    paper: Paper

    def as_record(self) -> dict[str, object]:
        """The event as the line of JSON that the app reads from its child."""
        return {"event": "paper", "record": self.paper.as_record()}


@dataclass(frozen=True, slots=True)
class NotFound:
    """A paper or page that could not be looked up."""

    keys: tuple[str, ...]
    sentence: str

    def as_record(self) -> dict[str, object]:
        """The event as the line of JSON that the app reads from its child."""
        return {"event": "error", "keys": list(self.keys), "sentence": self.sentence}


LookedUp: TypeAlias = Found | NotFound


def look_up(pages: Pages, keys: Sequence[str]) -> Iterator[LookedUp]:
    """What is found, as it comes; then one report of what is not, if anything."""
    wanted = dict.fromkeys(keys)
    sentence = ""
    try:
        for paper in pages.look_up(tuple(wanted)):
            wanted.pop(paper.id, None)
            yield Found(paper)
    except Unreachable as error:
        sentence = str(error)
    if wanted:
        absent = f"arXiv knows no paper {', '.join(wanted)}; check the id."
        yield NotFound(tuple(wanted), sentence or absent)

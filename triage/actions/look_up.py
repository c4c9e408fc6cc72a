"""Look up papers and web pages by id or link: in a child that can be killed, and what it tells."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from triage.network import PAGE_SECONDS, YOURSELF, Pages
from triage.pace import BATCH
from triage.paper import Paper, is_arxiv
from triage.ports import Unreachable

_ARXIV_SECONDS = 300.0
"""For arXiv, which may ask to be left alone for a while."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What is asked for from here on."""

    keys: tuple[str, ...]

    def as_record(self) -> dict[str, object]:
        """The event as a line of JSON."""
        return {"event": "asking", "keys": list(self.keys)}


@dataclass(frozen=True, slots=True)
class Found:
    """A paper or page, as it tells of itself."""

    paper: Paper
    host: str = ""
    """Who answered for it in the end, where that is not the host of its link."""

    def as_record(self) -> dict[str, object]:
        """The event as a line of JSON."""
        return {"event": "paper", "record": self.paper.as_record(), "host": self.host}


@dataclass(frozen=True, slots=True)
class NotFound:
    """Papers or pages that could not be looked up."""

    keys: tuple[str, ...]
    sentence: str

    def as_record(self) -> dict[str, object]:
        """The event as a line of JSON."""
        return {"event": "error", "keys": list(self.keys), "sentence": self.sentence}


LookedUp: TypeAlias = Found | NotFound


def look_up(pages: Pages, keys: Sequence[str]) -> Iterator[Begun | LookedUp]:
    """What a child tells: each share of the keys as it is asked for, what is found, and what is not."""
    for errand in errands(keys):
        yield Begun(errand.keys)
        wanted = dict.fromkeys(errand.keys)
        sentence = ""
        try:
            for told in pages.look_up(errand.keys):
                wanted.pop(told.paper.id, None)
                yield Found(told.paper, told.host)
        except Unreachable as error:
            sentence = str(error)
        if wanted:
            absent = f"arXiv knows no paper {', '.join(wanted)}; check the id."
            yield NotFound(tuple(wanted), sentence or absent)


class Errand(NamedTuple):
    """What one child looks up: papers of arXiv's together, a web page alone, whatever befalls the others."""

    keys: tuple[str, ...]

    @property
    def patience(self) -> float:
        """Seconds without a word from the child after which it is ended."""
        return _ARXIV_SECONDS if is_arxiv(self.keys[0]) else PAGE_SECONDS + 1.0

    def answer(self, event: Mapping[str, Any]) -> LookedUp | None:
        """What an event tells of these keys; None for an event that tells of none."""
        record, host, sentence = event.get("record"), event.get("host"), str(event.get("sentence") or "")
        if event.get("event") == "paper" and isinstance(record, dict) and record.get("id") in self.keys:
            return Found(Paper.from_record(record), host if isinstance(host, str) else "")
        if event.get("event") != "error" or not sentence:
            return None
        if "keys" not in event and not is_arxiv(self.keys[0]):
            # What is told of the child is told of no page.
            sentence = f"{self.keys[0]} could not be read ({sentence}); {YOURSELF}"
        return NotFound(self.keys, sentence)


def errands(keys: Sequence[str]) -> Sequence[Errand]:
    """What is to be looked up, parted so that a page that ends its child costs nothing else."""
    wanted = list(dict.fromkeys(keys))
    ids = [key for key in wanted if is_arxiv(key)]
    shares = [tuple(ids[start : start + BATCH]) for start in range(0, len(ids), BATCH)]
    return [Errand(share) for share in (*shares, *((key,) for key in wanted if not is_arxiv(key)))]


def look_up_apart(
    run: Callable[[Sequence[str], float], Iterable[Mapping[str, Any]]], keys: Sequence[str]
) -> Iterator[LookedUp]:
    """What children tell, each of one errand; `run` starts one for keys, with how long it may be silent."""
    for errand in errands(keys):
        for event in run(errand.keys, errand.patience):
            told = errand.answer(event)
            if told is not None:
                yield told

"""Looking for words in a text that may still be growing: a little at a time, from its beginning."""

import re
from bisect import bisect_left

from triage import clean, tex
from triage.tui.marking import Span
from triage.tui.text_body import TextBody

_MOST = 100_000
"""Matches that are counted: far more than one goes through."""
LONGEST = 500
"""Characters of a match that are looked back for."""
_TEX = re.compile(r"[\\^_]")


class TextSearch:
    """The matches of a query, in their order, as far as was looked."""

    def __init__(self, query: str) -> None:
        self.query = query
        self.hits: list[Span] = []
        self.current = -1
        """Which of them one is at; -1: none yet."""
        self._looked = 0
        """How many blocks were looked through."""
        self._pattern = _pattern(query)

    def look_on(self, body: TextBody, characters: int) -> bool:
        """Look through so many characters more; False when nothing is left to look through."""
        while self._pattern is not None and self._looked < len(body.blocks) and len(self.hits) < _MOST:
            if characters < 0:
                return True
            text, start = body.blocks[self._looked].text.plain, body.starts[self._looked]
            self.hits += ((start + one.start(), start + one.end()) for one in self._pattern.finditer(text))
            self._looked += 1
            characters -= len(text) + 1
        return False

    def within(self, first: int, last: int) -> list[Span]:
        """The matches that begin from one place to before another."""
        return self.hits[self._from(first) : self._from(last)]

    def go_from(self, place: int) -> Span | None:
        """The first match from a place on, else the first of all; one is at it then."""
        self.current = self._from(place)
        if self.current == len(self.hits):
            self.current = 0 if self.hits else -1
        return self.here

    def step(self, by: int, place: int) -> Span | None:
        """The next match (1) or the one before (-1), round the ends; `place` is where one is without any."""
        if not self.hits:
            return None
        if self.current < 0:
            self.current = self._from(place) - (by > 0)
        self.current = (self.current + by) % len(self.hits)
        return self.here

    def _from(self, place: int) -> int:
        """The number of the first match that begins at a place or behind it."""
        return bisect_left(self.hits, place, key=lambda hit: hit[0])

    @property
    def here(self) -> Span | None:
        """The match one is at."""
        return self.hits[self.current] if 0 <= self.current < len(self.hits) else None


def _pattern(query: str) -> re.Pattern[str] | None:
    """A query's words with any space between them, in either case; of TeX also as it is shown."""
    forms = [query]
    if _TEX.search(query):
        forms += [tex.to_unicode(f"${query}$"), tex.to_unicode(query)]
    written = (r"\s+".join(map(re.escape, clean.clean(form).split())) for form in forms)
    every = "|".join(dict.fromkeys(filter(None, written)))
    return re.compile(every, re.IGNORECASE) if every else None

"""What the filter searches: the texts of the papers shown, read behind the screen in slices."""

from collections.abc import Iterator, Sequence
from datetime import date
from time import perf_counter

from triage.inbox import Inbox, matches, searchable
from triage.ports import Archive, Library

SLICE = 0.002
"""Seconds of reading at a time: no frame notices."""
_STRIDE = 8
"""Texts between two looks at the clock."""


class Haystack:
    """Texts by paper id, filled slice by slice."""

    def __init__(self, archive: Archive, library: Library, days: Sequence[date]) -> None:
        self._library = library
        self._texts: dict[str, str] = {}
        self._rest: Iterator[tuple[str, str]] | None = (text for day in days for text in archive.texts(day))

    @property
    def complete(self) -> bool:
        """True when every text has been read."""
        return self._rest is None

    def read(self, seconds: float = SLICE) -> bool:
        """Read on for so long at most; True when every text has been read."""
        end = perf_counter() + seconds
        while self._rest is not None:
            for _ in range(_STRIDE):
                found = next(self._rest, None)
                if found is None:
                    self._rest = None
                    break
                self._texts[found[0]] = found[1]
            if perf_counter() >= end:
                break
        return self._rest is None

    def hits(self, inbox: Inbox, query: str) -> Sequence[int]:
        """The rows, rising, whose text, note or id holds every word of the query.

        While a query only grows, only what it found before is looked at.
        """
        words = searchable(query)
        narrower = self.complete and inbox.query != "" and query.startswith(inbox.query)
        among = inbox.hits if narrower else range(len(inbox.rows))
        return [at for at in among if matches(words, self._text(inbox.rows[at].id, inbox.rows[at].title))]

    def _text(self, key: str, title: str) -> str:
        record = self._library.paper(key)
        note = str(record.get("note") or "").casefold() if record is not None else ""
        text = self._texts.get(key)
        return f"{text if text is not None else title.casefold()}\n{key}\n{note}"

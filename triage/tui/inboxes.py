"""Makes inboxes: of one listing day, or of the open papers of all; marked, in sections, folded."""

from collections.abc import Iterable
from datetime import date

from triage import sections
from triage.day_words import day_name
from triage.inbox import Inbox
from triage.ledger import Listing
from triage.paper import Row
from triage.ports import Library
from triage.replacement import Mark, Relation, marks, relation


class Inboxes:
    """Knows how each row stands with the user, and where it stands on the screen."""

    def __init__(self, library: Library, cross_lists: str) -> None:
        """`cross_lists` is one of `settings.CROSS_LISTS`."""
        self.cross_lists = cross_lists
        """What becomes of cross-lists now."""
        self.mark = marks(library.verdict, library.paper)
        """How a row stands."""
        self._verdict, self._record = library.verdict, library.paper

    @property
    def folded(self) -> frozenset[str]:
        """The sections that are folded away until the user unfolds them."""
        return sections.folded(self.cross_lists)

    def section(self, row: Row) -> str:
        """The heading that a row stands under on its day."""
        return sections.section(row, self._verdict, self._relation)

    def _relation(self, row: Row) -> Relation:
        return relation(row, self._record(row.id))

    def is_left_out(self, row: Row) -> bool:
        """Tell whether a row is out of sight."""
        return sections.is_left_out(row, self._verdict, self.cross_lists)

    def of_day(self, listing: Listing | None) -> Inbox:
        """A listing day's papers."""
        rows = listing.rows if listing is not None else ()
        placed = sections.in_sections(rows, self._verdict, self._relation, self.cross_lists)
        return Inbox.of(placed, self.mark, self.section, self.folded)

    def of_all(self, listings: Iterable[Listing]) -> Inbox:
        """The open papers of listing days, oldest first, a section a day, each paper once.

        What is folded away on its day stands folded at the end: it is open too, and nobody's to read.
        """
        found: dict[str, Row] = {}
        for listing in listings:
            for row in listing.rows:
                if self.mark(row) is not Mark.OPEN or self.is_left_out(row):
                    continue
                if row.id in found and self.section(row) == sections.OF_KEPT:
                    # The latest version is the one to look at, and with it those before are seen.
                    del found[row.id]
                found.setdefault(row.id, row)
        last = [sections.CROSS_LISTS, sections.REPLACEMENTS]
        placed: dict[str, list[Row]] = {}
        for row in found.values():
            placed.setdefault(self._section_among_all(row), []).append(row)
        days = [rows for title, rows in placed.items() if title not in last]
        rows = [row for part in (*days, *(placed.get(title, []) for title in last)) for row in part]
        return Inbox.of(rows, self.mark, self._section_among_all, self.folded)

    def _section_among_all(self, row: Row) -> str:
        title = self.section(row)
        return title if title in self.folded else day_name(date.fromisoformat(row.listed))

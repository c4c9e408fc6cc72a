"""What is read of the library: documents by their id or by haul, each a copy; and TinyDB on top of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from triage.document import copied
from triage.library.edit import Edit
from triage.library.stored import ID
from triage.library.tables import Tables
from triage.paper import Verdict
from triage.ports import Record
from triage.steps import COMMENTS, HAULS, PAPERS

if TYPE_CHECKING:
    from triage.library.table import JournalDatabase

_VERDICTS = {str(verdict): verdict for verdict in Verdict}


class Documents:
    """The reading half of the `Library` of ports.py."""

    def __init__(
        self, tables: Callable[[], Tables], edit: Callable[[Callable[[Tables], Edit]], None]
    ) -> None:
        """`tables` gives them as they are now; `edit` makes a Step of what TinyDB's own calls change."""
        self._tables_now = tables
        self._edit_through_tinydb = edit

    @property
    def tables(self) -> Tables:
        """The documents as they are now: to be read and not handed out."""
        return self._tables_now()

    @cached_property
    def db(self) -> "JournalDatabase":
        """TinyDB itself: whatever is changed through it is a Step too."""
        # TinyDB is a tenth of the start of the app, whose first screen asks for documents by their id.
        from triage.library.table import JournalDatabase, JournalStorage

        return JournalDatabase(self._tables_now, self._edit_through_tinydb, storage=JournalStorage)

    def paper(self, key: str) -> Record | None:
        """A copy of a paper's document."""
        return copied(self.tables.get(PAPERS, key))  # type: ignore[no-any-return]  # JSON is Any

    def verdict(self, key: str) -> Verdict | None:
        """The verdict on a paper; None while it is open."""
        document = self.tables.get(PAPERS, key)
        return None if document is None else _VERDICTS.get(document.get("verdict", ""))

    def papers(self) -> Iterator[Record]:
        """A copy of every paper's document."""
        return iter(self.db.table(PAPERS))

    def in_haul(self, haul: str) -> Sequence[Record]:
        """The papers of a haul by rising id."""
        return [copied(document) for document in self.tables.in_haul(PAPERS, haul)]

    def comments(self, haul: str) -> Sequence[Record]:
        """The comments of a haul by rising `place`, those that have the same by id.

        Each has haul, place and text, though one machine may have removed what another went on with.
        """
        found = [one for one in self.tables.in_haul(COMMENTS, haul) if one.get("text")]
        return [{"haul": haul, "place": 0, **copied(one)} for one in sorted(found, key=_place)]

    def hauls(self) -> Sequence[Record]:
        """The published and imported hauls by rising number."""
        return [copied(document) for document in self.tables.hauls()]

    def hauls_of(self, key: str) -> Sequence[Record]:
        """The published and imported hauls that have an entry of a paper, by rising number."""
        return [copied(document) for document in self.tables.hauls(key)]

    def haul_numbers(self) -> Mapping[str, int]:
        """The numbers of the published and imported hauls by their id."""
        return self.tables.index.numbers

    def haul(self, key: str) -> Record | None:
        """A copy of a haul's document."""
        return copied(self.tables.get(HAULS, key))  # type: ignore[no-any-return]  # JSON is Any


def _place(comment: Record) -> tuple[float, str]:
    place = comment.get("place")
    return (place if isinstance(place, int | float) else 0, comment[ID])

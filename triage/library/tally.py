"""Counts what a library holds: one way of counting for `triage check` and for the backups."""

from triage.backup import Counts
from triage.library.haul_index import is_haul
from triage.paper import Verdict
from triage.steps import HAULS, PAPERS, Json


class Tally:
    """What the documents told so far come to."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._decided = self._kept = self._notes = self._hauls = 0

    def add(self, table: str, key: str, document: Json) -> None:
        """Count in the document of an id."""
        if table == PAPERS:
            self._decided += "verdict" in document
            self._kept += document.get("verdict") == Verdict.KEEP
            self._notes += bool(document.get("note"))
        elif table == HAULS:
            self._hauls += is_haul(key, document)
            entries = document.get("entries")
            self._notes += sum(map(_has_note, entries.values())) if isinstance(entries, dict) else 0

    def counts(self) -> Counts:
        """The sums, without Steps and drafts."""
        return Counts(self._decided, self._kept, self._notes, self._hauls, 0, 0)


def _has_note(entry: Json) -> bool:
    return isinstance(entry, dict) and bool(entry.get("note"))

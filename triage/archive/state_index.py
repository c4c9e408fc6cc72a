"""What is known of every category and listing day, in one small file: no listing need be opened for it."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from triage.archive import day_file, files
from triage.ledger import Listing, ListingState, standing

NAME = "ledger.json"
_FORM = 1


class StateIndex:
    """The states of all days; those of days with a listing stand in the listing's own file too."""

    def __init__(
        self,
        folder: Path,
        listings: Callable[[], Iterable[Listing]],
        *,
        damaged: Callable[[Path], None],
    ) -> None:
        """`listings` reads every listing day, for an index that is gone; `damaged` hears of one that is."""
        self._path = folder / NAME
        self._listings = listings
        self._damaged = damaged
        self._read: tuple[day_file.Stamp | None, dict[str, dict[date, ListingState]]] | None = None

    def of(self, category: str) -> Mapping[date, ListingState]:
        """A category's states by listing day."""
        return MappingProxyType(self._now().get(category, {}))

    def categories(self) -> list[str]:
        """The categories of which anything is known, in alphabetical order."""
        return sorted(self._now())

    def put(self, day: date, states: Mapping[str, ListingState]) -> None:
        """Take in states of a day, each where it stands above what is known; the lock must be held.

        Raises OSError.
        """
        if not states:
            return
        known = self._now()
        for name, state in states.items():
            days = known.setdefault(name, {})
            days[day] = standing(days.get(day), state)
        files.replace_file(self._path, _encoded(known))
        self._read = (self._stamp(), known)

    def _now(self) -> dict[str, dict[date, ListingState]]:
        stamp = self._stamp()
        if self._read is None or self._read[0] != stamp:
            self._read = (stamp, self._from_file() if stamp is not None else self._from_listings())
        return self._read[1]

    def _stamp(self) -> day_file.Stamp | None:
        try:
            return day_file.Stamp.of(self._path.stat())
        except OSError:
            return None

    def _from_file(self) -> dict[str, dict[date, ListingState]]:
        try:
            return _decoded(self._path.read_bytes())
        except OSError:
            return self._from_listings()
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self._damaged(self._path)
            return self._from_listings()

    def _from_listings(self) -> dict[str, dict[date, ListingState]]:
        found: dict[str, dict[date, ListingState]] = {}
        for listing in self._listings():
            for name, state in listing.states.items():
                found.setdefault(name, {})[listing.day] = state
        return found


def _encoded(states: Mapping[str, Mapping[date, ListingState]]) -> bytes:
    by_category = {
        name: {day.isoformat(): state.as_record() for day, state in sorted(days.items())}
        for name, days in sorted(states.items())
    }
    return (
        json.dumps({"form": _FORM, "categories": by_category}, ensure_ascii=False, indent=0).encode() + b"\n"
    )


def _decoded(content: bytes) -> dict[str, dict[date, ListingState]]:
    return {
        name: {date.fromisoformat(day): day_file.decode_state(state) for day, state in days.items()}
        for name, days in json.loads(content)["categories"].items()
    }

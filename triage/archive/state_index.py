"""What is known of every category and listing day, in one small file: no listing need be opened for it.

A listing's own file tells its states too. The index knows which writing of each file it was made from, so a
file that came, went or changed behind its back (a kill between two writings, a synced folder) is read again.
"""

import json
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from triage.archive import day_file, files
from triage.archive.files import named
from triage.archive.reader import Reader
from triage.archive.summed import is_as_written, summed
from triage.ledger import Listing, ListingState, as_counted, damaged, lost, standing

NAME = "ledger.json"
_FORM = 2
_Writing: TypeAlias = tuple[int, int]
"""When a listing's file was written, in nanoseconds, and its size in bytes."""


class _Index(NamedTuple):
    states: dict[str, dict[date, ListingState]]
    """By category and listing day."""
    read: dict[date, _Writing]
    """The files of listings that the states were taken from."""


class StateIndex:
    """The states of all days; those of days with a listing stand in the listing's own file too."""

    def __init__(self, folder: Path, reader: Reader) -> None:
        self._folder = folder
        self._path = folder / NAME
        self._reader = reader
        self._known: tuple[object, _Index] | None = None
        self._is_newer = False
        """Whether a later program wrote the file, which is then none of our business."""

    @property
    def stamp(self) -> object:
        """Something that is another when any listing or state may be another."""
        try:
            return day_file.Stamp.of(self._path.stat()), self._folder.stat().st_mtime_ns
        except OSError:
            return None

    def of(self, category: str) -> Mapping[date, ListingState]:
        """A category's states by listing day."""
        return MappingProxyType(self._now().states.get(category, {}))

    def categories(self) -> list[str]:
        """The categories of which anything is known, in alphabetical order."""
        return sorted(self._now().states)

    def put(self, day: date, states: Mapping[str, ListingState]) -> None:
        """Take in states of a day, each where it stands above what is known; the lock must be held.

        Raises OSError.
        """
        known = ((name, self.of(name).get(day), state) for name, state in states.items())
        self.settle(day, {name: standing(before, state) for name, before, state in known})

    def settle(
        self, day: date, states: Mapping[str, ListingState], *, written: os.stat_result | None = None
    ) -> None:
        """Take states of a day for what stands, whatever was known; the lock must be held. Raises OSError.

        `written` is the status of the day's own file if that was just written with these states.
        """
        if not states:
            return
        index = self._now()
        if written is not None:
            index.read[day] = _writing(written)
        for name, state in states.items():
            index.states.setdefault(name, {})[day] = state
        if not self._is_newer:
            files.replace_file(self._path, _encoded(index))
        self._known = (self.stamp, index)

    def write_anew(self) -> None:
        """Write the file of what is known now; the lock must be held. Raises OSError."""
        index = self._now()
        if not self._is_newer:
            files.replace_file(self._path, _encoded(index))
            self._known = (self.stamp, index)

    def _now(self) -> _Index:
        stamp = self.stamp
        if self._known is None or self._known[0] != stamp:
            index = self._from_file()
            self._bring_in_line(index)
            self._known = (stamp, index)
        return self._known[1]

    def _from_file(self) -> _Index:
        self._is_newer = False
        try:
            return _decoded(self._path.read_bytes())
        except OSError:
            return _Index({}, {})
        except day_file.NewerForm:
            self._is_newer = True
            self._reader.notice(
                f"{named(self._path)} was written by a newer triage; it is left alone, and what arXiv says "
                "of days without papers is not kept: install the newer triage."
            )
            return _Index({}, {})
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
            aside = files.set_aside(self._path) if self._reader.may_set_aside else None
            where = f" and set aside as {aside.name}" if aside else ""
            self._reader.notice(
                f"{named(self._path)} is damaged{where}; it is made anew from the listing days."
            )
            return _Index({}, {})

    def _bring_in_line(self, index: _Index) -> None:
        """Read the listings that are not as the index knows them, and forget those that are gone."""
        here = self._files()
        if here is None:
            return
        for day, writing in here.items():
            if index.read.get(day) != writing and (listing := self._reader.listing(day)) is not None:
                _forget_others(index, day, listing)
                _take_in(index, day, listing)
                index.read[day] = writing
        for day in [day for day in index.read if day not in here]:
            del index.read[day]
        for states in index.states.values():
            for day, state in states.items():
                if state.has_listing and day not in here:
                    states[day] = lost(state)

    def _files(self) -> dict[date, _Writing] | None:
        """The listings' files; None when the folder cannot be looked through."""
        found = {}
        try:
            with os.scandir(self._folder) as entries:
                for entry in entries:
                    day = day_file.day_of(entry.name)
                    if day is not None:
                        found[day] = _writing(entry.stat())
        except OSError:
            return None
        return found


def _writing(status: os.stat_result) -> _Writing:
    return status.st_mtime_ns, status.st_size


def _forget_others(index: _Index, day: date, listing: Listing) -> None:
    """Take for lost the papers of categories that the day's file does not tell of: it was made anew."""
    for name, states in index.states.items():
        if name not in listing.states and day in states and states[day].has_listing:
            states[day] = lost(states[day])


def _take_in(index: _Index, day: date, listing: Listing) -> None:
    """Take what a file tells of its papers for true; what came of no papers may stand above it."""
    for name, told in listing.states.items():
        state = as_counted(told, len(listing.members.get(name, ())))
        if state.has_listing and not listing.is_whole:
            state = damaged(state)
        days = index.states.setdefault(name, {})
        before = days.get(day)
        days[day] = state if before is None or before.has_listing else standing(before, state)


def _encoded(index: _Index) -> bytes:
    record = {
        "form": _FORM,
        "categories": {
            name: {day.isoformat(): state.as_record() for day, state in sorted(days.items())}
            for name, days in sorted(index.states.items())
        },
        "read": {day.isoformat(): writing for day, writing in sorted(index.read.items())},
    }
    return summed(json.dumps(record, ensure_ascii=False, indent=0).encode()) + b"\n"


def check(content: bytes) -> int:
    """How many categories the file tells of. Raises ValueError when it is damaged, NewerForm."""
    line = content.removesuffix(b"\n")
    # An earlier version wrote no sum.
    if not (is_as_written(line) or line.startswith(b'{\n"form"')):
        raise ValueError("it is not as it was written")
    try:
        return len(_decoded(content).states)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"it is no index of states: {error!r}") from error


def _decoded(content: bytes) -> _Index:
    record = json.loads(content)
    if record["form"] > _FORM:
        raise day_file.NewerForm
    states = {
        name: {date.fromisoformat(day): day_file.decode_state(state) for day, state in days.items()}
        for name, days in record["categories"].items()
    }
    read = {date.fromisoformat(day): (int(at), int(size)) for day, (at, size) in record["read"].items()}
    return _Index(states, read)

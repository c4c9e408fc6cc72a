"""Repairing a library: what is valid stays byte for byte, what is damaged is kept aside, losses are told.

The order makes it safe to be ended anywhere. Steps that copies hold come in first, then what only
library.json still shows, and only then is a damaged journal replaced, whole or not at all, under the lock.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from triage import clean
from triage.findings import Mended, Progress, counted
from triage.library import lost, snapshot
from triage.library.check import Looked
from triage.library.check_journal import File, Journals
from triage.library.check_told import steps_in_words
from triage.library.drafts import Drafts
from triage.library.durable import aside_name, make_folder, reason, replace_file, shown
from triage.library.gathering import write
from triage.library.journal import SUFFIX, Journal
from triage.library.library import LOCK
from triage.library.lock import Lock
from triage.library.machine import machine_id
from triage.library.repair_taken_over import TakenOver, taken_over
from triage.library.repair_wanted import Wanted
from triage.ports import LibraryUnusable, NotSaved
from triage.steps import Step, encode, stamp


class LibraryRepair:
    """`findings.Mending` of the journals, library.json and the drafts of a folder."""

    def __init__(self, looked: Looked, copies: Callable[[], Iterable[tuple[str, bytes]]]) -> None:
        """`copies` gives files that may hold lost Steps, and their names."""
        folder = looked.folder
        self._looked = looked
        self._folder = folder
        self._state = looked.state
        self._copies = copies
        self._lock = Lock(folder / LOCK)

    def mend(self, progress: Progress) -> Iterator[Mended]:
        """What became of each damaged thing. Raises NotSaved, LibraryUnusable."""
        try:
            self._looked.look(progress)
            if self._looked.newer:
                raise LibraryUnusable(self._looked.newer)
            yield from self._mend_journals(self._looked, progress)
            yield from self._mend_snapshot(self._looked, progress)
            yield from self._mend_drafts()
        except OSError as error:
            raise NotSaved(
                f"The repair ended early: {shown(self._folder)} cannot be written ({reason(error)}). Nothing "
                "is lost; make room or give write access, then run `triage repair` again."
            ) from error
        finally:
            self._lock.close()

    def _mend_journals(self, looked: Looked, progress: Progress) -> Iterator[Mended]:
        journals = looked.journals
        wanted = Wanted(journals)
        is_damaged = wanted.anything or any(file.damaged for file in journals.files.values())
        if not is_damaged and (looked.shot is None or journals.every or not looked.shot.numbers):
            return
        found = wanted.found_in(self._copies(), progress) if wanted.anything else {}
        back = [step for steps in found.values() for _, step in steps]
        shows = taken_over(looked, back)
        done: list[Mended] = []
        try:
            with self._lock:
                done.extend(self._write(journals, found, shows))
        finally:
            yield from done

    def _write(
        self,
        journals: Journals,
        found: Mapping[str, Sequence[tuple[str, Step]]],
        shows: TakenOver | None,
    ) -> Iterator[Mended]:
        """All that is done to the journals; the lock is held."""
        for machine, steps in found.items():
            yield self._bring_in(journals, machine, steps)
        journals.read(_quietly)  # only what came meanwhile: nobody waits long for the lock
        own = Journal(self._folder, machine_id(self._state))
        now = stamp(datetime.now(UTC))
        name = own.own_name(now[:4])
        back = [step for steps in found.values() for _, step in steps]
        step = shows.step(journals, back, name, now) if shows is not None else None
        # What library.json shows is to be saved before the file changes that says it belongs to it.
        damaged = sorted(
            (file for file in journals.files.values() if file.damaged), key=lambda file: file.name != name
        )
        in_own = bool(damaged) and damaged[0].name == name
        if step is not None and not in_own:
            make_folder(journals.path)
            own.append(name, encode(step))
        for file in damaged:
            yield from self._replace(file, [encode(step)] if step is not None and file.name == name else [])
        own.release()
        if step is not None:
            documents = counted(len({change.key for change in step.changes}), "document")
            yield Mended(
                f"What library.json still shows of lost steps was taken over as one step, of {documents}; "
                "`triage undo` takes it back.",
                "journal",
                f"journal/{name}",
            )
        journals.read(_quietly)
        yield from self._give_up(journals)

    def _bring_in(self, journals: Journals, machine: str, steps: Sequence[tuple[str, Step]]) -> Mended:
        """Append Steps that a copy holds to a file beside the machine's own, which so stays in order."""
        name = f"{_file_name(machine)}-found{SUFFIX}"
        make_folder(journals.path)
        journal = Journal(self._folder, "")
        journal.append(name, b"\n".join(encode(step) for _, step in steps))
        journal.release()
        where = ", ".join(dict.fromkeys(shown(place) for place, _ in steps))
        return Mended(f"{counted(len(steps), 'step')} of {clean.name(machine)} that the journal lacked came "
                      f"back from {where}.", "journal", f"journal/{name}")  # fmt: skip

    def _replace(self, file: File, more: Sequence[bytes]) -> Iterator[Mended]:
        """Put a file with exactly the valid lines in the place of a damaged one, which is kept whole."""
        folder = self._folder / lost.FOLDER
        make_folder(folder)
        when = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        kept = folder / f"{file.name}.{when}"
        for count in range(1, 1000):
            if not kept.exists() or kept.read_bytes() == file.data:
                break
            kept = folder / f"{file.name}.{when}-{count}"
        replace_file(kept, kept.with_name(f"{kept.name}.{os.getpid()}.tmp"), [file.data])
        path = self._folder / "journal" / file.name
        content = b"".join(raw + b"\n" for raw in (*file.good(), *more))
        replace_file(path, path.with_name(f".{file.name}.{os.getpid()}.tmp"), [content])
        gone = file.gone
        for line in file.damaged:
            what = "held no step any more" if line in gone else "was one bit off, and is whole again"
            yield Mended(f"Line {line.number} of {shown(path)} {what}.", "journal", f"journal/{file.name}",
                         line.number, len(line.raw), str(kept))  # fmt: skip

    def _give_up(self, journals: Journals) -> Iterator[Mended]:
        """Write down what is lost for good."""
        missed = journals.missed()
        today = datetime.now(UTC).date().isoformat()
        gone = [
            lost.Lost(machine, gap.start, gap.stop - 1, today)
            for machine, gaps in missed.items()
            for gap in gaps
        ]
        if gone:
            lost.write_down(self._folder, gone)
        for machine, gaps in missed.items():
            one = sum(map(len, gaps)) == 1
            yield Mended(f"{steps_in_words(gaps).capitalize()} of {clean.name(machine)} "
                         f"{'is' if one else 'are'} lost: no backup and no copy here has "
                         f"{'it' if one else 'them'}.", "journal")  # fmt: skip

    def _mend_snapshot(self, looked: Looked, progress: Progress) -> Iterator[Mended]:
        looked.look(progress)
        wrong = [finding for finding in looked.part(progress).findings if finding.is_damage]
        if not wrong or not looked.journals.every:
            return
        kept, size = "", None
        if looked.path.exists():
            # It keeps its name until another one takes it: a start in between finds one.
            size, aside = looked.path.stat().st_size, aside_name(looked.path)
            try:
                os.link(looked.path, aside)
            except OSError:  # a disk without links
                replace_file(
                    aside, aside.with_name(f"{aside.name}.{os.getpid()}.tmp"), [looked.path.read_bytes()]
                )
            kept = str(aside)
        progress("writing library.json", 0, 1)
        write(self._folder, looked.journals.folded())
        yield Mended(f"{shown(looked.path)} was made anew of the journal.", snapshot.NAME, snapshot.NAME,
                     size=size, kept=kept)  # fmt: skip

    def _mend_drafts(self) -> Iterator[Mended]:
        drafts = Drafts(self._folder)
        try:
            for path in drafts.files():
                if not drafts.is_whole(path):
                    size = path.stat().st_size
                    kept = drafts.set_aside(path)
                    if kept is not None:
                        left = "what can be read of it is offered still" if path.exists() else "set aside"
                        yield Mended(f"{shown(path)} was damaged: {left}.", "drafts", f"drafts/{path.name}",
                                     size=size, kept=str(kept))  # fmt: skip
        finally:
            drafts.close()


def _file_name(machine: str) -> str:
    """A machine's id as a part of a file's name; another machine's journal can say anything."""
    return "".join(one if one.isascii() and (one.isalnum() or one in "-_") else "-" for one in machine[:60])


def _quietly(_doing: str, _done: int, _total: int) -> None:
    """Tell nobody."""

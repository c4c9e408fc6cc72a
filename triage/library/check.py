"""Reads everything that a library keeps, and says what it found; no byte is changed, and no lock is taken."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from triage import clean
from triage.findings import NEWER, REPAIR, Finding, Part, Progress, Weight, counted
from triage.library import check_backups, check_snapshot, snapshot
from triage.library.check_journal import Journals
from triage.library.check_snapshot import Documents, Made, Shot
from triage.library.check_told import drafts_part, journal_part
from triage.library.durable import reason, shown
from triage.library.machine import machine_id
from triage.library.stored import DamagedSnapshot
from triage.library.tally import Tally
from triage.ports import LibraryUnusable
from triage.steps import CURRENT, NEXT, TABLES, Step

_MOST_NAMED = 5


class LibraryCheck:
    """`findings.Checking` of the journals, library.json and the drafts of a folder."""

    def __init__(self, looked: "Looked") -> None:
        self._looked = looked

    def parts(self, progress: Progress) -> Iterator[Part]:
        """Journal, library.json, drafts."""
        self._looked.look(progress)
        yield journal_part(self._looked.journals)
        yield self._looked.part(progress)
        yield drafts_part(self._looked.folder)


class Looked:
    """A library's journals, and library.json beside them, as they were read last."""

    def __init__(self, folder: Path, state: Path) -> None:
        """`state` keeps this machine's id."""
        self.folder = folder
        self.state = state
        self.journals = Journals(folder, machine_id(state, keep=False))
        self.shot: Shot | None = None
        self.trouble = ""
        """What is wrong with library.json itself, as the end of a sentence; empty when it is whole."""
        self.newer = ""
        """A sentence on a library.json of a newer triage."""
        self.coming: Sequence[str] = ()
        """Journals of other machines that are not here as far as library.json knows them."""
        self.belongs = False
        """Whether library.json is whole and was made of these journals, whatever became of them since."""
        self._seen: tuple[int, int, int] | None = None
        """What library.json was when it was read: inode, bytes, when it was changed."""
        self._made: tuple[Sequence[Step], Made] = ((), Made({name: {} for name in TABLES}, {}))

    @property
    def path(self) -> Path:
        """Where library.json is."""
        return self.folder / snapshot.NAME

    def look(self, progress: Progress) -> None:
        """Read both; what was read before and has not changed is not read again."""
        self.coming, self.belongs = (), False
        # The snapshot first: what is appended meanwhile comes after it.
        self._look_at_snapshot(progress)
        self.journals.known.clear()
        self.journals.read(progress)
        if self.shot is not None and (coming := self.shot.coming(self.journals)):
            self.coming = coming
        elif self.shot is not None and self.shot.belongs_to(self.journals):
            self.belongs = True
            self.journals.know(self.shot.numbers)
        own = self.journals.machine
        for shot in check_snapshot.set_aside(self.folder, self.journals):
            self.journals.know({own: shot.numbers.get(own, 0)})
        # So many Steps were there when a backup was made; of numbers used twice the count tells nothing.
        used_twice = {machine for machine, _ in self.journals.twice}
        for steps in check_backups.steps(self.folder):
            self.journals.know({one: count for one, count in steps.items() if one not in used_twice})

    def _look_at_snapshot(self, progress: Progress) -> None:
        seen = _seen(self.path)
        if seen is not None and seen == self._seen:
            return
        self.shot, self.trouble, self.newer = None, "", ""
        progress(f"reading {snapshot.NAME}", 0, 1)
        try:
            self.shot = check_snapshot.read(self.folder)
        except DamagedSnapshot as damage:
            self.trouble = str(damage)
        except LibraryUnusable as refusal:
            self.newer = str(refusal)
        except OSError as error:
            self.trouble = f"cannot be read ({reason(error)})"
        self._seen = seen

    def made(self, steps: Sequence[Step], progress: Progress | None = None) -> Made:
        """What Steps make, to be read and not changed; those asked for last are not folded again."""
        known, made = self._made
        if known != steps:
            heard = partial(_steps_made, progress, len(steps))
            made = check_snapshot.made(steps, heard)
            self._made = steps, made
        return made

    def part(self, progress: Progress) -> Part:
        """What is to be said of library.json."""
        now = self.made(self.journals.every, progress)
        counts = _counts(now.documents)
        findings = list(self._findings(now))
        told = ", ".join(_told(counts))
        if self.shot is None and not findings:
            told += "" if not self.journals.every else "; not written yet"
        elif self.shot is not None and not findings and (late := len(self.shot.newer(self.journals))):
            told += f"; written {counted(late, 'step')} ago"
        return Part(snapshot.NAME, told, counts, findings)

    def _findings(self, now: Made) -> Iterator[Finding]:
        name = snapshot.NAME
        if self.newer:
            yield Finding(NEWER, self.newer, file=name)
            return
        if self.trouble:
            mends = "`triage repair` makes it anew of the journal."
            beside = "No journal beside it holds a step: `triage restore` lists the backups."
            yield Finding("damaged", f"{shown(self.path)} {self.trouble}.",
                          mends if self.journals.every else beside, file=name)  # fmt: skip
        elif self.shot is not None:
            yield from self._held_against(self.shot, now)
        for copy in self._copies():
            yield Finding("copy", f"{shown(copy)} is a copy that a syncing program made.",
                          "It is set aside at the next start.", Weight.REMARK, copy.name)  # fmt: skip

    def _held_against(self, shot: Shot, now: Made) -> Iterator[Finding]:
        name = snapshot.NAME
        if not self.journals.every:
            if shot.numbers:
                yield Finding("no journal", f"{shown(self.path)} has no journal beside it that holds a step.",
                              f"Put the folder {self.journals.path.name} back from where it was copied; or "
                              "`triage repair` looks for its steps in the backups, and takes over the rest.",
                              file=name)  # fmt: skip
            return
        if self.coming:
            names = ", ".join(map(shown, self.coming))
            yield Finding("coming", f"{shown(self.path)} knows more of {names} than is here.",
                          "Where the folder is synced the rest comes; else `triage restore` has backups.",
                          Weight.REMARK, name)  # fmt: skip
            return
        if not self.belongs:
            yield Finding("other", f"{shown(self.path)} does not fit the journal.",
                          "Where a folder is synced, wait until all of it is here; else it is made anew at "
                          "the next start, or by `triage repair`.", file=name)  # fmt: skip
            return
        steps = shot.made_of(self.journals)
        made = now if steps == self.journals.every else self.made(steps)
        others = check_snapshot.differences(made.documents, shot.documents)
        if others:
            named = ", ".join(clean.name(key) for _, key in others[:_MOST_NAMED])
            more = ", …" if len(others) > _MOST_NAMED else ""
            documents = counted(len(others), "document")
            if shot.fits(self.journals) and not self.journals.lacks_steps:
                yield Finding("differs", f"{shown(self.path)} is not what the journal makes, in {documents}: "
                              f"{named}{more}.", REPAIR, file=name)  # fmt: skip
            else:
                yield Finding("holds more", f"{shown(self.path)} shows {documents} as steps made them that "
                              f"the journal has lost: {named}{more}.",
                              "`triage repair` takes them over.", file=name)  # fmt: skip
        elif not shot.fits(self.journals):
            yield Finding("does not fit", f"{shown(self.path)} was made of a journal that is damaged since.",
                          REPAIR, file=name)  # fmt: skip
        elif self._notes_wrong(shot, steps, made):
            yield Finding("notes", f"{shown(self.path)} is wrong on what it was made of.", REPAIR, file=name)

    def _notes_wrong(self, shot: Shot, steps: Sequence[Step], made: Made) -> bool:
        numbers: dict[str, int] = {}
        for step in steps:
            numbers[step.machine] = max(step.number, numbers.get(step.machine, 0))
        highest = max((step.order for step in steps), default=(0, "", 0))
        index = check_snapshot.index_of(made.documents)
        return (
            (shot.numbers, shot.highest, shot.heads) != (numbers, highest, made.heads)
            or shot.in_hauls.hauls() != index.hauls()
            or any(shot.in_hauls.keys(name, haul) != index.keys(name, haul)
                   for name in TABLES for haul in (CURRENT, NEXT, *index.hauls()))
        )  # fmt: skip

    def _copies(self) -> Sequence[Path]:
        try:
            return snapshot.others(self.folder)
        except OSError:
            return ()


def _seen(path: Path) -> tuple[int, int, int] | None:
    """What tells a file from the one that was there before; None where there is none."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_ino, about.st_size, about.st_mtime_ns


def _steps_made(progress: Progress | None, total: int, done: int) -> None:
    if progress is not None:
        progress("steps made into the library", done, total)


def _counts(documents: Documents) -> dict[str, int]:
    tally = Tally()
    for name in TABLES:
        for key, document in documents[name].items():
            tally.add(name, key, document)
    held = tally.counts()
    return {"papers": held.decided, "kept": held.kept, "notes": held.notes, "hauls": held.hauls}


def _told(counts: Mapping[str, int]) -> Iterator[str]:
    if not counts["papers"]:
        yield "nothing decided yet"
        return
    yield counted(counts["papers"], "paper decided on", "papers decided on")
    yield f"{counts['kept']:,} kept"
    yield counted(counts["notes"], "note")
    yield counted(counts["hauls"], "haul")

"""Bring a backup back: what it holds and the library lacks is taken in, then one Step makes it as it was."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from triage.actions.merge import take_in
from triage.backup import Backup, Backups, Came, ConfigFiles, Reason, Unpacked
from triage.document import is_text
from triage.ports import Archive, ArchiveUnusable, Library, Unreachable
from triage.steps import COMMENTS, HAULS, PAPERS, Step

RESTORE = "restore"


class Made(NamedTuple):
    """What the one Step changed; all of them 0: nothing was other than in the backup."""

    papers: int = 0
    notes: int = 0
    comments: int = 0
    hauls: int = 0


class Restored(NamedTuple):
    """What bringing a backup back did."""

    backup: Backup
    before: Backup | None
    """The backup of what was here; None: nothing was."""
    steps: int
    """How many Steps came that were not here."""
    made: Made
    drafts: int
    """How many notes being typed were put back."""
    days: int
    """How many listing days are new here, or hold more than before."""
    put: Sequence[str]
    """The config and templates that were put where none were."""
    left: Sequence[str]
    """Those that are others here, and stay."""
    notices: Sequence[str]
    refusals: Sequence[str]
    """What could not be written of listings and config, sentences fit to show."""


class Places(NamedTuple):
    """Where what a backup holds beside the library goes."""

    archive: Archive
    archive_in: Callable[[str], Archive]
    """The archive of another folder, for reading only."""
    lay: Callable[[str], Sequence[date]]
    """Moves what our archive has nothing of out of the folder of another; the days that came."""
    config: ConfigFiles


def restore(library: Library, backups: Backups, places: Places, name: str) -> Restored:
    """Bring back the backup of a name, or in a file.

    Nothing is destroyed: a backup of the present state is made first, and an undo takes the Step back. Doing
    it again does what was left when it was killed or refused. Raises NoBackup, UnreadableBackup, NotSaved.
    """
    with backups.unpacked(name) as then:
        before = backups.before(Reason.RESTORE)
        drafts = then.drafts
        notices: list[str] = []
        if then.lay():
            # Its journals are ours now, and make what they made there.
            library.poll()
            steps, made = then.backup.counts.steps, Made()
        else:
            steps, notices = _take_steps(library, then)
            made = _made(library.record(RESTORE, then.changes()))
        lacking = [draft for draft in drafts if library.draft(draft.key) is None]
        for draft in lacking:
            library.save_draft(draft.key, draft.text, draft.over)
        refusals: list[str] = []
        days = 0
        if then.archive is not None:
            days = _take_archive(then.archive, places, notices, refusals)
        came: dict[Came, list[str]] = {one: [] for one in Came}
        for file, data in then.config.items():
            try:
                came[places.config.put(file, data)].append(file)
            except Unreachable as refusal:
                refusals.append(str(refusal))
        return Restored(
            then.backup,
            before,
            steps,
            made,
            len(lacking),
            days,
            came[Came.PUT],
            came[Came.LEFT],
            notices,
            refusals,
        )


def _take_steps(library: Library, then: Unpacked) -> tuple[int, list[str]]:
    """Take in what the backup has and the library lacks; how many Steps, and what there is to say of them."""
    if then.library is None:
        return 0, []
    merged = library.merge(then.library)
    # The folder that it is unpacked in tells nobody anything.
    return len(merged.steps), [one.replace(then.library, then.backup.path) for one in merged.notices]


def _take_archive(folder: str, places: Places, notices: list[str], refusals: list[str]) -> int:
    """Take in the listings; how many days are new or fuller."""
    try:
        laid = places.lay(folder)
    except ArchiveUnusable as refusal:
        refusals.append(str(refusal))
        return 0
    came = take_in(places.archive, places.archive_in(folder), "the backup")
    notices += came.notices
    refusals += [came.not_stored] if came.not_stored else []
    return len(laid) + came.days


def _made(step: Step) -> Made:
    """What a Step changed, by kind."""
    keys: dict[str, set[str]] = {PAPERS: set(), COMMENTS: set(), HAULS: set()}
    notes = set()
    for one in step.changes:
        keys[one.table].add(one.key)
        if one.table != COMMENTS and is_text(one.table, one.path):
            notes.add((one.table, one.key, one.path))
    return Made(len(keys[PAPERS]), len(notes), len(keys[COMMENTS]), len(keys[HAULS]))

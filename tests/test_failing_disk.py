"""Whatever is written where the disk refuses: a sentence, nothing changed, and again when it takes it."""

import errno
import os
import random
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.library.kinds import KINDS, LONG, NOW, SETTINGS, Desk, paper, store_listing
from tests.library.made import folded, opened, seen
from triage.actions import decide, note
from triage.actions import haul as hauls
from triage.archive import open_archive
from triage.backup import NotBackedUp, Reason
from triage.config.writing import write_choices
from triage.desktop.memory import StateFile
from triage.library.backups import FolderBackups
from triage.library.machine import machine_id
from triage.ports import ArchiveUnusable, NotSaved, Unreachable

Write = Callable[[Path], object]


def _a_step(home: Path) -> None:
    desk = Desk.at(home, random.Random(1))
    try:
        note.write(desk.library, paper(1), LONG * 2, NOW)
    finally:
        desk.library._journal.release()  # as if killed: nothing more is written


def _library_json(home: Path) -> None:
    library = opened(home)
    try:
        library.snapshot()
        if library.notices:
            raise NotSaved(library.notices[-1])
    finally:
        library._journal.release()


def _a_draft(home: Path) -> None:
    library = opened(home)
    try:
        library.save_draft(paper(2).id, LONG)
    finally:
        library._journal.release()


def _a_listing(home: Path) -> None:
    store_listing(open_archive(home / "library"), [paper(number) for number in range(40)])


def _an_export(home: Path) -> None:
    desk = Desk.at(home, random.Random(1))
    try:
        hauls.export_post(desk.library, desk.posts, SETTINGS, NOW, desk.place("current"))
    finally:
        desk.library._journal.release()


def _a_publish(home: Path) -> None:
    desk = Desk.at(home, random.Random(1))
    try:
        hauls.publish(desk.library, desk.posts, SETTINGS, NOW, place=desk.place("haul-1"))
    finally:
        desk.library._journal.release()


def _a_backup(home: Path) -> None:
    FolderBackups(home / "library", lambda: NOW).before(Reason.IMPORT)


def _the_config(home: Path) -> None:
    write_choices(home / "config.toml", SETTINGS._replace(categories=("math.NT",)))


def _what_the_app_remembers(home: Path) -> None:
    StateFile(home / "session.json").remember({"day": "2026-11-20", "paper": LONG})


def _the_machines_id(home: Path) -> None:
    machine_id(home / "another state")


WRITES: dict[str, tuple[Write, type[Exception] | tuple[type[Exception], ...] | None, str]] = {
    "a Step": (_a_step, NotSaved, "library"),
    "library.json": (_library_json, NotSaved, "library"),
    "a draft": (_a_draft, NotSaved, "library"),
    "a listing": (_a_listing, ArchiveUnusable, "library/archive"),
    "an export": (_an_export, (NotSaved, Unreachable), "library"),
    "a publish": (_a_publish, Unreachable, "library"),
    "a backup": (_a_backup, NotBackedUp, "library"),
    "the config": (_the_config, Unreachable, "config.toml"),
    "what the app remembers": (_what_the_app_remembers, None, ""),
    "the machine's id": (_the_machines_id, None, ""),
}
"""By what is written: how, what is raised when it cannot be, and where, which the sentence names."""


@contextmanager
def full(home: Path) -> Iterator[None]:
    """A disk without any room."""
    filler = home / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def no_file_may_grow(home: Path) -> Iterator[None]:
    """A limit on the size of files (RLIMIT_FSIZE), as where one may not mount a small disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def syncs_fail(home: Path) -> Iterator[None]:
    """A disk that loses what it was given."""

    def fails(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with pytest.MonkeyPatch.context() as disk:
        disk.setattr(os, "fsync", fails)
        disk.setattr(os, "fdatasync", fails)
        yield


@contextmanager
def no_permission(home: Path) -> Iterator[None]:
    """Folders and files that somebody may read and not write."""
    modes = {path: path.stat().st_mode for path in (home, *home.rglob("*"))}
    for path, mode in modes.items():
        path.chmod(mode & 0o100555 | 0o555 if path.is_dir() else 0o444)
    privileged = os.geteuid() == 0
    if privileged:
        os.seteuid(65534)
    try:
        yield
    finally:
        if privileged:
            os.seteuid(0)
        for path, mode in modes.items():
            path.chmod(mode)


FAULTS: dict[str, Callable[[Path], AbstractContextManager[None]]] = {
    one.__name__: one for one in (full, no_file_may_grow, syncs_fail, no_permission)
}


@pytest.fixture
def home(quick_disk: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """Everything there is to write, written once; on a disk of half a megabyte where that is to get full."""
    made = quick_disk / "home"
    made.mkdir()
    small = "full" in request.node.callspec.id.split("-")
    if small:
        mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "none", str(made)]
        if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
            pytest.skip("only root can mount a small disk; a limit on the size of files is tried as well")
    try:
        quick_disk.chmod(0o755)
        desk = Desk.at(made, random.Random(1))
        decide.keep(desk.library, [paper(1), paper(2)], NOW)
        desk.library.save_draft(paper(2).id, "The draft before.")
        desk.library.close()
        KINDS["skip"](desk := Desk.at(made, random.Random(2)))
        desk.library._journal.release()  # library.json lacks a Step
        store_listing(desk.archive, [paper(number) for number in range(3)])
        (made / "library" / "posts").mkdir()
        (made / "library" / "backups").mkdir()
        (made / "config.toml").write_text('categories = ["cs.CL"]\n')
        (made / "session.json").write_text('{"day": "2026-11-19"}')
        yield made
    finally:
        if small:
            subprocess.run(["umount", "-l", str(made)], capture_output=True, check=True)


def files(home: Path) -> dict[str, bytes]:
    """Every file with what is in it, but for the locks."""
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and path.name not in ("lock", ".lock", "filler", ".fetching")
    }


@pytest.mark.parametrize("what", WRITES)
@pytest.mark.parametrize("fault", FAULTS)
def test_what_the_disk_refuses_is_said_and_changes_nothing(home: Path, what: str, fault: str) -> None:
    write, refusal, where = WRITES[what]
    before = files(home)
    with FAULTS[fault](home):
        if refusal is None:
            write(home)
        else:
            with pytest.raises(refusal) as refused:
                write(home)
    if refusal is not None:
        said = str(refused.value)
        assert str(home / where) in said
        assert said.isprintable()
        assert "Errno" not in said
    after = files(home)
    journal = next(name for name in before if "journal/" in name)
    # What a failed write left of a Step stays where it is, and is passed over.
    assert after.pop(journal).startswith(before.pop(journal))
    assert after == before
    write(home)
    assert files(home) != before
    library = opened(home)
    assert library.notices == ()
    assert seen(library) == folded(library.history())
    library.close()

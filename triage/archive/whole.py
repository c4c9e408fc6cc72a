"""The archive's files as a whole: which of them go into a backup, and how they come back out of one."""

import errno
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from triage.archive import day_file, files, state_index
from triage.archive.listings import open_archive
from triage.ports import ArchiveUnusable

FOLDER = "archive"
_PAGES = "pages"
_PAGE = ".html.gz"
"""The parts made of a page are made again."""


def archive_files(data: Path) -> Iterator[tuple[str, Path]]:
    """The listings, their states and the kept pages of a data folder, each with its place in a backup."""
    folder = data / FOLDER
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:
        names = []
    for name in names:
        if name == state_index.NAME or day_file.day_of(name) is not None:
            yield f"{FOLDER}/{name}", folder / name
    for page in sorted((folder / _PAGES).glob(f"*{_PAGE}")):
        yield f"{FOLDER}/{_PAGES}/{page.name}", page


def lay(theirs: Path, ours: Path) -> list[date]:
    """Move what our archive has nothing of out of another one on the same disk; the listing days that came.

    Both are data folders. What lies in both is for `actions.merge`. Raises ArchiveUnusable.
    """
    there, here = theirs / FOLDER, ours / FOLDER
    readable = open_archive(theirs, set_aside=False)
    came: list[date] = []
    try:
        with files.locked(here):
            for day in readable.days():
                name = f"{day.isoformat()}.jsonl"
                if readable.listing(day) is not None and _move(there / name, here / name):
                    came.append(day)
            _move(there / state_index.NAME, here / state_index.NAME)
        pages = sorted((there / _PAGES).glob(f"*{_PAGE}"))
        if pages:
            with files.locked(here / _PAGES):
                for page in pages:
                    _move(page, here / _PAGES / page.name)
            files.sync_folder(here / _PAGES)
        files.sync_folder(here)
    except OSError as error:
        raise ArchiveUnusable(
            f"The archive in {here} cannot be written ({error.strerror or error}): make room or give write "
            "access, then restore again. What it held is as it was."
        ) from error
    return came


def _move(path: Path, place: Path) -> bool:
    """Move a file to a place where there is none, whole or not at all; whether that was so."""
    if os.path.lexists(place) or not path.is_file():
        return False
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    try:
        path.rename(place)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        files.replace_file(place, path.read_bytes())
    return True

"""Which files of a library go into a backup, and where they lie in it."""

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from triage.digest import sha256
from triage.library import snapshot
from triage.library.backup_form import is_safe
from triage.library.drafts import FOLDER as DRAFTS
from triage.library.journal import FOLDER as JOURNAL
from triage.library.journal import SUFFIX, Journal

LIBRARY = "library/"
JOURNALS = f"{LIBRARY}{JOURNAL}/"
_DRAFT = re.compile(r"[0-9a-f]{32}(?:-\d)?(?:\.json|/note\.md)", re.ASCII)


@dataclass(slots=True)
class Source:
    """A file that goes into a backup."""

    name: str
    """Where it lies there."""
    path: Path
    end: int | None = None
    """Only so many bytes of it; None: all."""
    modified: int = 0
    """When it was last changed, in nanoseconds since 1970; known once it was read."""

    @property
    def is_journal(self) -> bool:
        """True for what the user did."""
        return self.name.startswith(JOURNALS)

    @property
    def is_draft(self) -> bool:
        """True for a note being typed."""
        return self.name.startswith(f"{LIBRARY}{DRAFTS}/")

    def read(self) -> bytes | None:
        """Its bytes; None where it is gone, which a journal must not be. Raises OSError."""
        try:
            self.modified = self.path.stat().st_mtime_ns
            with self.path.open("rb") as file:
                return file.read() if self.end is None else file.read(self.end)
        except FileNotFoundError:
            if self.is_journal:
                raise
            return None


def hold_snapshot(data: Path, beside: Path) -> None:
    """Give library.json a second name, in a folder: there it stays when it is replaced. Raises OSError."""
    path, held = data / snapshot.NAME, beside / snapshot.NAME
    if not path.is_file():
        return
    try:
        os.link(path, held)
    except FileNotFoundError:
        return
    except OSError:  # a disk without links
        shutil.copyfile(path, held)


def library_files(
    data: Path, gathered: Path | None = None, ends: Mapping[str, int] | None = None
) -> Iterator[Source]:
    """The journals that hold anything, library.json where it lies in `gathered`, and the drafts.

    `ends`: by name up to where each journal is taken; one that is not named is left out. Raises OSError.
    """
    journal = Journal(data, "")
    for name, seen in journal.files().items():
        end = seen.size if ends is None else ends.get(name, 0)
        if end:
            yield Source(_name_of(name), journal.path / name, end)
    if gathered is not None:
        yield Source(LIBRARY + snapshot.NAME, gathered / snapshot.NAME)
    for path in sorted((data / DRAFTS).glob("**/*")):
        name = path.relative_to(data / DRAFTS).as_posix()
        if _DRAFT.fullmatch(name) and path.is_file():
            yield Source(f"{LIBRARY}{DRAFTS}/{name}", path)


def _name_of(journal: str) -> str:
    """Where a journal lies in a backup; one whose name not every system takes is named by a digest."""
    name = JOURNALS + journal
    try:
        name.encode()
    except UnicodeEncodeError:
        return f"{JOURNALS}named-{sha256(journal.encode('utf-8', 'surrogatepass'))[:16]}{SUFFIX}"
    return name if is_safe(name) else f"{JOURNALS}named-{sha256(journal.encode())[:16]}{SUFFIX}"

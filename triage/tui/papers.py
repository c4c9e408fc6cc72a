"""The paper under the cursor, and what is told beside it: read when the cursor comes to it, and kept."""

from typing import NamedTuple

from triage.actions import note
from triage.actions.kept import kept_in
from triage.actions.numbering import haul_said
from triage.actions.replaced import version_kept
from triage.paper import Paper, Row
from triage.ports import Archive, Library, Unreachable
from triage.replacement import is_of_kept


class Beside(NamedTuple):
    """What stands beside a paper because it was kept before."""

    kept: str = ""
    """In which published haul: `kept in haul 17, 3 Sep 2025`."""

    replaces_kept: bool = False
    """Whether a later version of a kept paper is announced, that was not kept anew."""
    before: Paper | None = None
    """The version that was kept: its text and version."""
    notes: tuple[tuple[str, str], ...] = ()
    """Older notes: in which haul (`haul 20`), and the note; the oldest first."""


class Papers:
    """Reads papers and what is beside them."""

    def __init__(self, library: Library, archive: Archive) -> None:
        self._library = library
        self._archive = archive
        self._paper: Paper | None = None
        self._beside: tuple[Paper, Beside] | None = None
        self.unreadable = ""
        """Why there is no abstract of the paper read last; empty when there is one."""

    def of(self, row: Row) -> Paper:
        """The paper of a row, with its abstract; without it when the archive cannot be read."""
        if self._paper is None or self._paper.id != row.id:
            self._paper = self._read(row)
        return self._paper

    def beside(self, paper: Paper) -> Beside:
        """What is told beside a paper."""
        known = self._beside
        if known is None or known[0] is not paper:
            known = self._beside = (paper, self._look_up(paper))
        return known[1]

    def leave(self) -> None:
        """Forget the paper: another listing is shown."""
        self._paper = None
        self.doubt()

    def doubt(self) -> None:
        """Forget what was told beside the paper: the library changed."""
        self._beside = None

    def _look_up(self, paper: Paper) -> Beside:
        notes = note.older_notes(self._library, paper)
        return Beside(
            kept_in(self._library, paper.id),
            is_of_kept(paper, self._library.paper(paper.id)),
            version_kept(self._library, self._archive, paper),
            tuple((haul_said(self._library, haul), text) for haul, text in notes),
        )

    def _read(self, row: Row) -> Paper:
        self.unreadable = ""
        try:
            return self._archive.paper(row)
        except Unreachable as error:
            self.unreadable = str(error)
            return Paper.of_row(row)

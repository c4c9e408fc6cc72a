"""Two machines that both published haul 1 before their folders were synced."""

from pathlib import Path
from typing import NamedTuple

from tests.actions.conftest import NOW, paper
from tests.library.test_merge import bring
from triage.actions import comment, decide, note
from triage.actions import haul as hauls
from triage.desktop.posts import PostFiles
from triage.library import open_library
from triage.library.library import JournaledLibrary
from triage.settings import Settings

SETTINGS = Settings()


class Both(NamedTuple):
    """The two libraries, by turns of which one published first."""

    first: JournaledLibrary
    later: JournaledLibrary
    first_post: bytes
    later_post: bytes


def library_of(root: Path, name: str) -> JournaledLibrary:
    """A machine's library."""
    return open_library(root / name / "data", state=root / name / "state")


def posts_of(root: Path, name: str) -> PostFiles:
    """A machine's posts, beside its library."""
    return PostFiles(root / name / "data" / "posts")


def sync(root: Path, first: JournaledLibrary, later: JournaledLibrary) -> None:
    """Bring each machine's journal to the other."""
    bring(root / "first" / "data", root / "later" / "data", first.machine)
    bring(root / "later" / "data", root / "first" / "data", later.machine)
    first.poll()
    later.poll()


def both_published(root: Path) -> Both:
    """One past, two papers and a comment; then each machine adds a paper, a note, a comment, and publishes.

    The clock of the machine that published first is a year ahead.
    """
    first, later = library_of(root, "first"), library_of(root, "later")
    decide.keep(first, [paper(1), paper(2)], NOW)
    note.write(first, paper(1), "Written before.", NOW)
    comment.add(first, "Of both.")
    sync(root, first, later)
    decide.keep(first, [paper(3)], NOW)
    comment.add(first, "Of the first.")
    decide.keep(later, [paper(4)], NOW)
    note.write(later, paper(2), "Noted on the later one.", NOW)
    comment.add(later, "Of the later.")
    comment.add(later, "One more, so that it is later by the order of Steps.")
    hauls.publish(first, posts_of(root, "first"), SETTINGS, NOW.replace(year=2027))
    hauls.publish(later, posts_of(root, "later"), SETTINGS, NOW)
    posts = [(root / name / "data" / "posts" / "haul-1.md").read_bytes() for name in ("first", "later")]
    sync(root, first, later)
    return Both(first, later, *posts)

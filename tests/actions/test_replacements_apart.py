"""Two machines that decide apart on the replacement of one kept paper are one library afterwards."""

import shutil
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path

import pytest

from tests.actions.conftest import NOW, paper
from tests.actions.test_replacements import FIRST, KEY, V2, V3, mark, row
from tests.library.made import opened
from tests.library.test_merge import bring
from triage.actions import decide, note
from triage.actions.haul import publish
from triage.desktop.posts import PostFiles
from triage.library.library import JournaledLibrary
from triage.paper import Verdict
from triage.replacement import Mark
from triage.settings import Settings

Act = Callable[[JournaledLibrary], object]


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[JournaledLibrary, JournaledLibrary]]:
    """Two machines with the first paper published in haul 1."""
    one = opened(tmp_path, "a", "one")
    note.write(one, FIRST, "The old note.", NOW)
    publish(one, PostFiles(tmp_path / "posts"), Settings(), NOW)
    one.close()
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    one, two = opened(tmp_path, "a", "one"), opened(tmp_path, "b", "two")
    yield one, two
    one.close()
    two.close()


def exchange(tmp_path: Path, one: JournaledLibrary, two: JournaledLibrary) -> None:
    """Bring each machine what the other did; both then hold the same."""
    bring(tmp_path / "one", tmp_path / "two", one.machine)
    bring(tmp_path / "two", tmp_path / "one", two.machine)
    one.poll()
    two.poll()
    assert one.paper(KEY) == two.paper(KEY)


def test_different_replacements_seen_apart_are_both_seen(
    tmp_path: Path, both: tuple[JournaledLibrary, JournaledLibrary]
) -> None:
    one, two = both
    decide.skip(one, [V3], NOW)
    decide.skip(two, [V2], NOW)
    exchange(tmp_path, one, two)
    assert (mark(one, V2), mark(one, V3)) == (Mark.SEEN, Mark.SEEN)
    one.undo()
    exchange(tmp_path, one, two)
    assert (mark(two, V2), mark(two, V3)) == (Mark.SEEN, Mark.OPEN), "each takes back its own"


def test_seen_on_one_and_kept_anew_on_the_other_is_kept_anew(
    tmp_path: Path, both: tuple[JournaledLibrary, JournaledLibrary]
) -> None:
    one, two = both
    haul = (one.paper(KEY) or {})["haul"]
    decide.skip(one, [V2], NOW)
    note.write(two, V2, "The new note.", NOW)
    exchange(tmp_path, one, two)
    assert mark(one, V2) is Mark.KEPT
    assert [entry["note"] for entry in one.in_haul("current")] == ["The new note."]
    two.undo()
    exchange(tmp_path, one, two)
    assert (mark(one, V2), (one.paper(KEY) or {})["haul"]) == (Mark.SEEN, haul)


ACTS: dict[str, Act] = {
    "keep anew": lambda library: decide.keep(library, [V2], NOW),
    "keep anew later": lambda library: decide.keep(library, [V3], NOW),
    "skip for good": lambda library: decide.skip(library, [FIRST], NOW),
    "reopen": lambda library: decide.reopen(library, [FIRST]),
    "seen": lambda library: decide.skip(library, [V2], NOW),
    "unseen": lambda library: decide.reopen(library, [row(V2)]),
    "hold anew": lambda library: decide.keep(library, [V2], NOW, hold=True),
    "finish": lambda library: decide.finish(library, [row(V2), row(paper(7))], NOW),
}


@pytest.mark.parametrize(("first", "second"), list(permutations(ACTS, 2)), ids=str)
def test_whatever_is_done_apart_no_skipped_or_open_paper_is_in_a_haul(
    tmp_path: Path, both: tuple[JournaledLibrary, JournaledLibrary], first: str, second: str
) -> None:
    one, two = both
    ACTS[first](one)
    decide.skip(two, [paper(99)], NOW)  # so that the second machine's decision is the later one
    ACTS[second](two)
    exchange(tmp_path, one, two)
    for library in (one, two):
        in_hand = [*library.in_haul("current"), *library.in_haul("next")]
        assert all(entry["verdict"] == Verdict.KEEP for entry in in_hand), in_hand
        assert all(entry.get("title") for entry in in_hand)
    undone = two.undo()
    assert undone is not None
    exchange(tmp_path, one, two)

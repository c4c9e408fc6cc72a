"""Two machines that share one past and were used apart are one library, whoever's file comes first."""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.library.made import decide, finish, note, opened, seen
from triage.actions import comment
from triage.library.library import JournaledLibrary
from triage.steps import CURRENT

KEYS = ["2611.00001", "2611.00002", "2611.00003"]
TEXTS = [None, "short", "A longer note.", "short\n\n---\n\nof two parts"]
acts = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["decide"]), st.sampled_from(KEYS), st.sampled_from(["keep", "skip", None])
        ),
        st.tuples(st.sampled_from(["note"]), st.sampled_from(KEYS), st.sampled_from(TEXTS)),
        st.tuples(st.sampled_from(["undo", "redo", "finish", "snapshot"]), st.none(), st.none()),
    ),
    max_size=6,
)
Acts = Sequence[tuple[str, Any, Any]]


def act(library: JournaledLibrary, whats: Acts) -> None:
    """Do things as a person would."""
    for what, key, value in whats:
        if what == "decide":
            decide(library, key, value)
        elif what == "note":
            note(library, key, value)
        elif what == "finish":
            finish(library, [key for key in KEYS if library.verdict(key) is None])
        else:
            getattr(library, what)()


def bring(source: Path, target: Path, machine: str, length: int | None = None) -> None:
    """Do what a syncing program does: put one machine's journals, or their first bytes, into a folder."""
    for path in (source / "journal").glob(f"{machine}-*.jsonl"):
        (target / "journal" / path.name).write_bytes(path.read_bytes()[:length])


@settings(max_examples=100, deadline=None)
@given(
    past=acts, first=acts, second=acts, third=acts, cut=st.integers(0, 3000), machines=st.permutations("abc")
)
def test_libraries_changed_apart_and_merged_are_the_same(
    past: Acts, first: Acts, second: Acts, third: Acts, cut: int, machines: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        a, b, c = machines
        with_past = opened(root, a, "one")
        act(with_past, past)
        with_past.close()
        shutil.copytree(root / "one", root / "two")
        shutil.copytree(root / "one", root / "three")
        one, two, three = opened(root, a, "one"), opened(root, b, "two"), opened(root, c, "three")
        act(one, first)
        act(two, second)
        act(three, third)
        # `one` sees the others' files grow while it is open, `two` gets them closed, `three` all at once.
        bring(root / "two", root / "one", two.machine, cut)
        one.poll()
        bring(root / "three", root / "one", three.machine)
        one.poll()
        bring(root / "two", root / "one", two.machine)
        one.poll()
        two.close()
        bring(root / "one", root / "two", one.machine)
        bring(root / "three", root / "two", three.machine)
        two = opened(root, b, "two")
        bring(root / "one", root / "three", one.machine)
        bring(root / "two", root / "three", two.machine)
        three.poll()
        (root / "one" / "library.json").unlink()
        anew = opened(root, "d", "one")
        assert seen(one) == seen(two) == seen(three) == seen(anew)
        for library in (one, two, three, anew):
            library.close()
        assert seen(opened(root, a, "one")) == seen(anew)


def test_a_verdict_given_last_wins_whichever_file_is_read_last(tmp_path: Path) -> None:
    one = opened(tmp_path, "a", "one")
    decide(one, KEYS[0], "keep")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    two = opened(tmp_path, "b", "two")
    decide(two, KEYS[1], "skip")
    decide(two, KEYS[0], "skip")
    bring(tmp_path / "two", tmp_path / "one", two.machine)
    assert [step.what for step in one.poll()] == ["skip", "skip"]
    assert one.verdict(KEYS[0]) == "skip"


def test_notes_written_apart_both_stand_and_a_verdict_made_apart_is_not_lost(tmp_path: Path) -> None:
    one = opened(tmp_path, "a", "one")
    note(one, KEYS[0], "as it was")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    two = opened(tmp_path, "b", "two")
    note(one, KEYS[0], "from one")
    note(two, KEYS[0], "from two")
    decide(two, KEYS[1], "skip")
    bring(tmp_path / "two", tmp_path / "one", two.machine)
    bring(tmp_path / "one", tmp_path / "two", one.machine)
    one.poll()
    two.poll()
    text = (one.paper(KEYS[0]) or {})["note"]
    assert seen(one) == seen(two)
    assert sorted(part.split("\n\n")[-1] for part in text.split("\n\n---\n\n")) == ["from one", "from two"]
    assert one.verdict(KEYS[1]) == "skip"
    one.close()
    again = opened(tmp_path, "a", "one")
    note(again, KEYS[0], "from both")
    assert (again.paper(KEYS[0]) or {})["note"] == "from both"


def test_a_comment_that_one_machine_removed_and_another_rewrote_meanwhile_is_there(tmp_path: Path) -> None:
    one = opened(tmp_path, "a", "one")
    for text in ("First.", "Second."):
        comment.add(one, text)
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    two = opened(tmp_path, "b", "two")
    for library, other in ((one, two), (two, one)):
        # Each removes what the other rewrites, so that either may come first in the order.
        comment.remove(library, library.comments(CURRENT)[0 if library is one else 1])
        comment.edit(other, other.comments(CURRENT)[0], f"Rewritten on {'two' if other is two else 'one'}.")
    bring(tmp_path / "two", tmp_path / "one", two.machine)
    bring(tmp_path / "one", tmp_path / "two", one.machine)
    one.poll()
    two.poll()
    told = [[shown["text"] for shown in library.comments(CURRENT)] for library in (one, two)]
    assert sorted(told[0]) == ["Rewritten on one.", "Rewritten on two."]
    assert told[0] == told[1]
    comment.add(one, "Third.")
    comment.move(one, one.comments(CURRENT)[2], -1)
    assert [shown["text"] for shown in one.comments(CURRENT)][1] == "Third."
    one.close()
    assert len(opened(tmp_path, "a", "one").comments(CURRENT)) == 3


def test_undo_leaves_what_another_machine_changed_since_and_names_it(tmp_path: Path) -> None:
    one = opened(tmp_path, "a", "one")
    finish(one, KEYS)
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    two = opened(tmp_path, "b", "two")
    decide(two, KEYS[1], "keep")
    bring(tmp_path / "two", tmp_path / "one", two.machine)
    undone = one.undo()
    assert undone is not None
    assert [change.key for change in undone.stayed] == [KEYS[1]]
    assert [one.verdict(key) for key in KEYS] == [None, "keep", None]
    assert one.undo() is None
    assert two.undo() is not None


def test_another_machines_steps_are_never_undone_here(tmp_path: Path) -> None:
    one = opened(tmp_path, "a")
    decide(one, KEYS[0], "keep")
    two = opened(tmp_path, "b")
    assert two.undo() is None
    assert two.verdict(KEYS[0]) == "keep"


def test_decisions_that_come_late_are_brought_in_without_reading_everything_again(tmp_path: Path) -> None:
    one = opened(tmp_path, "a", "one")
    decide(one, KEYS[0], "keep")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    two = opened(tmp_path, "b", "two")
    decide(one, KEYS[1], "keep")
    decide(one, KEYS[2], "keep")
    decide(two, KEYS[0], "skip")
    decide(two, KEYS[1], "skip")
    decide(two, KEYS[2], "skip")
    bring(tmp_path / "two", tmp_path / "one", two.machine)
    rebuilt = one._fold.rebuilt
    one.poll()
    assert one._fold.rebuilt == rebuilt
    late = seen(one)
    one._fold.rebuild()
    assert seen(one) == late
    assert (one.verdict(KEYS[0]), one.verdict(KEYS[1])) == ("skip", "skip")
    note(two, KEYS[0], "by two")
    note(one, KEYS[1], "by one")
    note(one, KEYS[0], "by one")
    bring(tmp_path / "two", tmp_path / "one", two.machine)
    one.poll()
    assert one._fold.rebuilt == rebuilt + 2
    assert (one.paper(KEYS[0]) or {})["note"].count("by ") == 2


def test_journals_that_hands_have_mixed_in_one_file_still_make_the_same_library(tmp_path: Path) -> None:
    one, two, three = (opened(tmp_path, name, name) for name in ("one", "two", "three"))
    for verdict in ("keep", "skip", "keep"):
        decide(one, KEYS[0], verdict)
        decide(two, KEYS[1], verdict)
    (mixed,) = (tmp_path / "one" / "journal").iterdir()
    (other,) = (tmp_path / "two" / "journal").iterdir()
    decide(three, KEYS[2], "skip")
    bring(tmp_path / "three", tmp_path / "one", three.machine)
    mixed.write_bytes(mixed.read_bytes() + other.read_bytes())
    one.poll()
    one.close()
    one = opened(tmp_path, "one", "one")
    decide(three, KEYS[0], "skip")
    bring(tmp_path / "three", tmp_path / "one", three.machine)
    assert [step.what for step in one.poll()] == ["skip"]
    assert one.verdict(KEYS[0]) == "keep"

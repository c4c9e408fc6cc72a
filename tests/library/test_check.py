"""`check` reads every byte of a library, says what is wrong with it, and changes nothing."""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.check_ups import KEYS, content, damage, findings, made, mend, quietly, sums
from tests.library.made import decide, finish, note, opened
from triage.backup import NotBackedUp
from triage.findings import Part, Weight
from triage.library import snapshot
from triage.library.check import LibraryCheck, Looked
from triage.library.fold import Folded
from triage.library.gathering import write
from triage.library.tables import Tables
from triage.steps import Step, encode


def journal(data: Path) -> Path:
    """The one journal of a library."""
    (path,) = (data / "journal").glob("*.jsonl")
    return path


def parts(data: Path) -> dict[str, Part]:
    """The parts of a library by name."""
    check = LibraryCheck(Looked(data, data.parent / "state-a"))
    return {part.name: part for part in check.parts(quietly)}


def overwrite(path: Path, old: bytes, new: bytes) -> None:
    """Damage a file in one place."""
    known = path.read_bytes()
    assert old in known
    path.write_bytes(known.replace(old, new, 1))


def _torn(data: Path) -> None:
    path = journal(data)
    path.write_bytes(path.read_bytes() + b'{"sum":"0123abcd","machine":"a","num')


def _no_journal(data: Path) -> None:
    journal(data).unlink()


def _newer(data: Path) -> None:
    (data / "library.json").write_bytes(b'{"_default": {}, "meta": {"1": {"schema": 99}}}')


def _empty_snapshot(data: Path) -> None:
    (data / "library.json").write_bytes(b"")


def _hit_journal(data: Path) -> None:
    overwrite(journal(data), b'"verdict"', b"#########")


def _hit_draft(data: Path) -> None:
    (draft,) = (data / "drafts").glob("*.json")
    draft.write_bytes(b"{")


@pytest.mark.parametrize(
    ("hurt", "named"),
    [
        (lambda _: None, set()),
        (_torn, set()),
        (_no_journal, {"no journal", "missing"}),
        (_newer, {"newer"}),
        (_empty_snapshot, {"damaged"}),
        (_hit_journal, {"line", "missing", "holds more"}),
        (_hit_draft, {"draft"}),
    ],
)
def test_whatever_is_there_is_told_and_not_a_byte_is_changed(
    quick_disk: Path, hurt: object, named: set[str]
) -> None:
    data = made(quick_disk)
    assert callable(hurt)
    hurt(data)
    before = sums(quick_disk)
    assert {finding.kind for finding in damage(data)} == named
    assert sums(quick_disk) == before
    assert all(
        finding.sentence.endswith(".") and finding.remedy for finding in damage(data) if named != {"newer"}
    )


def test_a_check_makes_no_id_for_a_machine_that_has_none(quick_disk: Path) -> None:
    data = made(quick_disk)
    before = sums(quick_disk)
    assert [part.findings for part in LibraryCheck(Looked(data, quick_disk / "nowhere")).parts(quietly)] == [
        [],
        [],
        [],
    ]
    assert sums(quick_disk) == before


def test_a_whole_library_is_told_in_counts(quick_disk: Path) -> None:
    found = parts(made(quick_disk))
    assert found["journal"].counts["steps"] == 9
    assert found["library.json"].told == "4 papers decided on, 3 kept, 2 notes, 0 hauls"
    assert found["drafts"].told == "1 note being typed"
    assert all(part.findings == () or part.findings == [] for part in found.values())


def test_a_library_that_is_open_and_written_to_is_whole(quick_disk: Path) -> None:
    data = made(quick_disk)
    library = opened(quick_disk)
    decide(library, "2611.00077", "keep")
    assert findings(data) == []
    assert parts(data)["library.json"].told.endswith("; written 1 step ago")
    library.close()
    assert parts(data)["library.json"].told == "5 papers decided on, 4 kept, 2 notes, 0 hauls"


def test_what_killed_writes_left_between_steps_is_harmless(quick_disk: Path) -> None:
    data = made(quick_disk)
    path = journal(data)
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([*lines[:3], lines[3][:40], lines[3][:9] + bytes(30), *lines[3:]]))
    (data / "library.json").unlink()
    assert findings(data) == []
    assert "2 pieces of writes that were cut off, which is harmless" in parts(data)["journal"].told


def test_a_step_that_was_damaged_and_whose_number_was_given_again_is_no_leftover(quick_disk: Path) -> None:
    library = opened(quick_disk)
    for key in KEYS[:3]:
        decide(library, key, "keep")
    library.close()
    data = quick_disk / "library"
    overwrite(journal(data), KEYS[2].encode(), b"2611.?????")
    again = opened(quick_disk)
    assert decide(again, KEYS[4], "keep").number == 3
    again.close()
    (found,) = damage(data)
    assert (found.kind, found.line) == ("line", 3)


def test_a_damaged_line_is_named_with_its_file_and_number(quick_disk: Path) -> None:
    data = made(quick_disk)
    overwrite(journal(data), b'"Short."', b"????????")
    found = next(finding for finding in damage(data) if finding.kind == "line")
    assert found.sentence == f"Line 6 of {journal(data)} is damaged and holds no step."
    assert (found.file, found.line) == (f"journal/{journal(data).name}", 6)
    assert found.size == len(journal(data).read_bytes().split(b"\n")[5])
    missing = next(finding for finding in damage(data) if finding.kind == "missing")
    assert " lacks step 6." in missing.sentence


def test_two_steps_of_one_number_and_a_file_out_of_order_are_worth_knowing_and_no_damage(
    quick_disk: Path,
) -> None:
    library = opened(quick_disk)
    one, two = decide(library, KEYS[0], "keep"), decide(library, KEYS[1], "keep")
    library.close()
    other = Step(two.machine, two.number, two.lamport, two.at, "skip", one.changes)
    path = journal(quick_disk / "library")
    path.write_bytes(path.read_bytes() + encode(other) + b"\n" + encode(one) + b"\n")
    found = findings(quick_disk / "library")
    assert [(finding.kind, finding.weight) for finding in found] == [
        ("twice", Weight.REMARK),
        ("order", Weight.REMARK),
    ]


def test_a_snapshot_that_says_something_else_than_the_journal_is_found_though_its_sums_fit(
    quick_disk: Path,
) -> None:
    data = made(quick_disk)
    found = snapshot.read(data)
    assert found is not None
    state = found.state
    tables = Tables.of(
        {name: {str(number): dict(document) for number, document in state.tables.every(name)}
         for name in ("_default", "comments", "hauls")}, {})  # fmt: skip
    tables.get("_default", KEYS[0])["note"] = "Somebody else's."  # type: ignore[index]  # it is there
    write(data, Folded(tables, state.marks, state.numbers, state.highest, state.in_order))
    assert opened(quick_disk).notices == ()
    (wrong,) = damage(data)
    assert wrong.kind == "differs"
    assert KEYS[0] in wrong.sentence
    mend(data)
    assert findings(data) == []
    assert opened(quick_disk).paper(KEYS[0]) == {
        "id": KEYS[0], "verdict": "keep", "haul": "current", "note": "Naïve, and long. " * 8
    }  # fmt: skip


def test_a_journal_that_another_machine_is_still_sending_is_no_damage(quick_disk: Path) -> None:
    data = made(quick_disk)
    other = opened(quick_disk, "b")
    decide(other, KEYS[5], "keep")
    finish(other, KEYS[6:])
    (theirs,) = set((data / "journal").glob("*.jsonl")) - {journal_of(data, "a", quick_disk)}
    other.close()
    whole = theirs.read_bytes()
    theirs.write_bytes(whole[: whole.index(b"\n") + 1])
    (found,) = findings(data)
    assert (found.kind, found.weight) == ("coming", Weight.REMARK)
    assert mend(data).mended == ()
    theirs.write_bytes(whole)
    assert findings(data) == []


def journal_of(data: Path, machine: str, home: Path) -> Path:
    """The journal that a machine of a test writes."""
    (kept,) = (home / f"state-{machine}").glob("machine-*.json")
    (path,) = (data / "journal").glob(f"{json.loads(kept.read_bytes())['machine']}-*.jsonl")
    return path


def test_a_draft_in_which_a_letter_changed_is_named(quick_disk: Path) -> None:
    data = made(quick_disk)
    (draft,) = (data / "drafts").glob("*.json")
    overwrite(draft, b"half a note", b"half a mote")
    (found,) = damage(data)
    assert found.file == f"drafts/{draft.name}"


def test_a_draft_of_an_earlier_version_has_no_sum_and_is_whole(quick_disk: Path) -> None:
    data = made(quick_disk)
    (draft,) = (data / "drafts").glob("*.json")
    record = json.loads(draft.read_bytes())
    del record["sum"]
    draft.write_text(json.dumps(record))
    assert findings(data) == []
    assert opened(quick_disk).draft(KEYS[3]) == "half a note"


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_journal_that_may_not_be_read_is_named(quick_disk: Path) -> None:
    data = made(quick_disk)
    journal(data).chmod(0)
    assert "unreadable" in {finding.kind for finding in damage(data)}
    journal(data).chmod(0o600)


def test_a_note_written_apart_on_two_machines_stands_in_library_json_as_the_fold_has_it(
    quick_disk: Path,
) -> None:
    one = opened(quick_disk)
    decide(one, KEYS[0], "keep")
    one.close()
    left = opened(quick_disk)
    other = opened(quick_disk, "b")
    note(left, KEYS[0], "From here.")
    other._fold.catch_up = list  # type: ignore[method-assign]  # it has not heard yet
    note(other, KEYS[0], "From there.")
    other._journal.release()
    left.poll()
    left.close()
    assert "---" in str((opened(quick_disk).paper(KEYS[0]) or {})["note"])
    assert findings(quick_disk / "library") == []


@pytest.mark.parametrize("place", ["library.json", "journal/a-2025.jsonl", "archive/2026-11-18.jsonl"])
def test_nobody_waits_for_a_pipe_that_has_the_name_of_a_file(quick_disk: Path, place: str) -> None:
    data = made(quick_disk)
    (data / place).unlink(missing_ok=True)
    os.mkfifo(data / place)
    named = {finding.file for finding in damage(data)}
    assert named == (set() if place.startswith("journal/") else {place})
    mend(data)
    assert content(data)["documents"]


def test_a_file_in_the_place_of_the_journals_is_told_of_and_nothing_is_written(quick_disk: Path) -> None:
    data = made(quick_disk)
    shutil.rmtree(data / "journal")
    (data / "journal").write_bytes(b"")
    before = sums(data)
    assert any(finding.file == "journal" for finding in damage(data))
    with pytest.raises(NotBackedUp, match=r"the journal in .* cannot be read"):
        mend(data)
    assert sums(data) == before

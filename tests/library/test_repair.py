"""`repair` keeps what is valid byte for byte and brings back what it can; ended anywhere it loses nothing."""

import errno
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.check_ups import KEYS, NOW, damage, files, findings, made, mend, quietly, steps, sums
from tests.conftest import Count
from tests.library.killing import Tell, killed_at
from tests.library.made import decide, finish, folded, note, opened, seen
from triage.backup import Backup, NotBackedUp, Reason
from triage.findings import Mended
from triage.library import check_lines
from triage.library.backup_unpacked import RestorableBackups
from triage.library.check import Looked
from triage.library.check_backups import copies
from triage.library.durable import replace_file
from triage.library.journal import pieces_of
from triage.library.lock import Lock
from triage.library.lost import NAME as LOST
from triage.library.repair import LibraryRepair
from triage.library.repair_wanted import Wanted
from triage.ports import LibraryUnusable, NotSaved
from triage.steps import Step

ROOT = Path(__file__).parents[2]
KEPT = "journal-damaged"


def journal(data: Path) -> Path:
    """The journal that this machine writes."""
    (path,) = (one for one in (data / "journal").glob("*.jsonl") if not one.name.endswith("-found.jsonl"))
    return path


def hit(data: Path, number: int) -> bytes:
    """Damage a line of the journal past mending; the bytes it had."""
    lines = journal(data).read_bytes().split(b"\n")
    line = lines[number - 1]
    lines[number - 1] = line[:20] + b"\0" * 12 + line[32:]
    journal(data).write_bytes(b"\n".join(lines))
    return line


def shown(data: Path) -> dict[str, dict[str, Any]]:
    """The documents of a library, which opens without a word."""
    library = opened(data.parent)
    assert library.notices == ()
    library.close()
    return seen(library)


def test_what_is_valid_stays_byte_for_byte_and_what_is_not_is_kept_whole(quick_disk: Path) -> None:
    data = made(quick_disk)
    before = shown(data)
    hit(data, 6)
    damaged = journal(data).read_bytes()
    lines = damaged.split(b"\n")
    told: list[Mended | Backup] = []
    done = mend(data, told)
    (kept,) = (path for path in (data / KEPT).iterdir() if path.name != LOST)
    assert kept.read_bytes() == damaged
    now = journal(data).read_bytes().split(b"\n")
    assert now[: len(lines) - 2] == [*lines[:5], *lines[6:-1]]
    assert len(now) == len(lines), "one Step more, for what library.json still shows"
    assert isinstance(told[0], Backup)
    assert told[0].reason is Reason.REPAIR
    report = Path(done.report).read_text()
    assert f"file   journal/{journal(data).name}, line 6, {len(lines[5])} bytes" in report
    assert f"kept   {kept}" in report
    assert told[0].path in report
    assert damage(data) == []
    assert shown(data) == before


def test_a_repair_makes_steps_of_each_line_once_however_often_it_looks(
    quick_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = made(quick_disk)
    hit(data, 6)
    read: list[bytes] = []

    def counted(raw: bytes) -> list[tuple[bytes, Step]]:
        read.append(raw)
        return pieces_of(raw)

    monkeypatch.setattr(check_lines, "pieces_of", counted)
    mend(data)
    most = max(Counter(filter(None, read)).values())
    assert most <= 2, "once in the journal, and once in the copy of it that a backup holds"


def test_after_a_repair_a_second_one_finds_nothing_and_no_start_warns_of_what_is_lost(
    quick_disk: Path,
) -> None:
    data = made(quick_disk)
    hit(data, 6)
    mend(data)
    before = sums(data)
    assert mend(data).mended == ()
    assert sums(data) == before
    (data / "library.json").unlink()
    library = opened(quick_disk)
    assert [notice for notice in library.notices if "lacks" in notice or "damaged" in notice] == []
    library.close()
    (remark,) = findings(data)
    assert remark.kind == "lost"
    assert remark.sentence.startswith("Step 6 of ")


def test_a_whole_library_is_not_touched(quick_disk: Path) -> None:
    data = made(quick_disk)
    before = sums(quick_disk)
    told: list[Mended | Backup] = []
    assert mend(data, told).report == ""
    assert told == []
    assert sums(quick_disk) == before


def test_steps_come_back_from_the_backups(quick_disk: Path) -> None:
    data = made(quick_disk)
    before, lines = shown(data), steps(data)
    RestorableBackups(data, lambda: NOW).before(Reason.IMPORT)
    for number in (2, 6, 9):
        hit(data, number)
    (data / "library.json").unlink()
    done = mend(data)
    assert "3 steps of " in done.mended[0].sentence
    assert steps(data) == lines
    assert findings(data) == []
    assert shown(data) == before
    library = opened(quick_disk)
    assert decide(library, KEYS[7], "keep").number == 10
    library.close()
    assert findings(data) == []


def test_a_backup_that_is_damaged_gives_nothing_and_is_set_aside(quick_disk: Path) -> None:
    data = made(quick_disk)
    made_first = RestorableBackups(data, lambda: NOW).before(Reason.IMPORT)
    assert made_first is not None
    path = Path(made_first.path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    hit(data, 2)
    mend(data)
    assert damage(data) == []
    (kept,) = (data / "backups").glob(f"{path.name}.damaged-*")
    assert kept.read_bytes() == whole[: len(whole) // 2]


def test_what_was_changed_after_the_lost_step_stays_as_it_was_changed(quick_disk: Path) -> None:
    library = opened(quick_disk)
    decide(library, KEYS[0], "keep")
    note(library, KEYS[0], "Lost in the journal.")
    decide(library, KEYS[1], "skip")
    library.close()
    library = opened(quick_disk)
    decide(library, KEYS[1], "keep")
    library._journal.release()  # as if killed: library.json lacks the last
    data = quick_disk / "library"
    hit(data, 2)
    hit(data, 3)
    done = mend(data)
    documents = shown(data)["_default"]
    assert documents[KEYS[0]]["note"] == "Lost in the journal."
    assert documents[KEYS[1]]["verdict"] == "keep"
    assert any("taken over" in one.sentence for one in done.mended)
    again = opened(quick_disk)
    undone = again.undo()
    assert undone is not None
    assert undone.target.what == "repair"
    assert "note" not in (again.paper(KEYS[0]) or {})


def test_the_end_of_a_journal_that_was_hit_is_made_good_though_the_app_was_started_since(
    quick_disk: Path,
) -> None:
    data = made(quick_disk)
    before = shown(data)
    hit(data, 9)
    library = opened(quick_disk)
    assert "does not fit the journals" in library.notices[0]
    decide(library, "2611.00077", "keep")
    library.close()
    mend(data)
    assert damage(data) == []
    now = shown(data)
    assert now["_default"].pop("2611.00077")["verdict"] == "keep"
    assert now == before


def test_a_journal_cut_anywhere_loses_nothing_that_library_json_shows(
    quick_disk: Path, request: pytest.FixtureRequest, counted: Count
) -> None:
    data = made(quick_disk)
    before, known, path = shown(data), files(data), journal(data)
    whole = path.read_bytes()
    for cut in range(0, len(whole), 1 if request.config.getoption("--every-bit") else 211):
        shutil.rmtree(data)
        for name, held in known.items():
            (data / name).parent.mkdir(parents=True, exist_ok=True)
            (data / name).write_bytes(held)
        path.write_bytes(whole[:cut])
        mend(data)
        counted("journals cut short and repaired", 1)
        assert damage(data) == [], cut
        assert mend(data).mended == (), cut
        assert shown(data) == before, cut


def test_without_any_journal_one_is_made_of_what_library_json_shows(quick_disk: Path) -> None:
    data = made(quick_disk)
    before = shown(data)
    journal(data).unlink()
    mend(data)
    assert damage(data) == []
    assert shown(data) == before
    library = opened(quick_disk)
    assert not library.read_only
    assert decide(library, KEYS[0], "skip").number == 11


def test_damaged_drafts_are_set_aside_and_what_can_be_read_of_one_is_offered(quick_disk: Path) -> None:
    data = made(quick_disk)
    library = opened(quick_disk)
    library.save_draft(KEYS[0], "gone")
    library.close()
    for path in (data / "drafts").glob("*.json"):
        known = path.read_bytes()
        path.write_bytes(known.replace(b"half a note", b"half a mote").replace(b'"gone"', b'"go'))
    kept = {path.read_bytes() for path in (data / "drafts").glob("*.json")}
    mend(data)
    assert damage(data) == []
    assert {path.read_bytes() for path in (data / "drafts").glob("*.damaged-*")} == kept
    assert dict(opened(quick_disk).drafts()) == {KEYS[3]: "half a mote"}


def test_what_is_being_typed_just_now_is_left_alone(quick_disk: Path) -> None:
    data = made(quick_disk)
    child = (
        "import sys; from tests.library.made import opened; from pathlib import Path\n"
        "library = opened(Path(sys.argv[1])); library.save_draft('2611.00004', 'typing')\n"
        "print('ready', flush=True)\n"
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", child, str(quick_disk)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as typing:
        assert typing.stdout is not None
        assert typing.stdout.readline() == b"ready\n"
        (path,) = (data / "drafts").glob("*.json")
        path.write_bytes(b"{")
        hit(data, 3)
        mend(data)
        assert path.read_bytes() == b"{"
        typing.kill()
    mend(data)
    assert not path.exists()


def test_a_newer_library_is_refused_and_not_a_byte_is_changed(quick_disk: Path) -> None:
    data = made(quick_disk)
    (data / "library.json").write_bytes(b'{"_default": {}, "meta": {"1": {"schema": 99}}}')
    hit(data, 3)
    before = sums(data)
    with pytest.raises(LibraryUnusable, match="newer triage"):
        mend(data)
    assert sums(data) == before


def test_without_a_backup_nothing_is_repaired(quick_disk: Path) -> None:
    data = made(quick_disk)
    hit(data, 3)
    (data / "backups").write_text("no folder")
    before = sums(data)
    with pytest.raises(NotBackedUp):
        mend(data)
    assert sums(data) == before


def test_an_app_that_is_open_goes_on_rightly_through_a_repair(quick_disk: Path) -> None:
    data = made(quick_disk)
    library = opened(quick_disk)
    decide(library, KEYS[5], "keep")
    hit(data, 2)
    mend(data)
    library.poll()
    decide(library, KEYS[6], "keep")
    note(library, KEYS[6], "Written after the repair.")
    assert library.undo() is not None
    assert library.verdict(KEYS[5]) == library.verdict(KEYS[6]) == library.verdict(KEYS[1]) == "keep"
    now = seen(library)
    library.close()
    assert damage(data) == []
    assert shown(data) == now


ROUNDS = 3
WRITER = """
import sys
from pathlib import Path
from tests.library.made import decide, opened
library = opened(Path(sys.argv[1]))
for number in range(600):
    step = decide(library, f"2612.{number:05}", "keep")
    print(step.changes[0].key, flush=True)
    if number == 0:
        library.snapshot()
sys.stdin.read()
"""


def test_no_step_that_another_process_saves_meanwhile_is_lost(quick_disk: Path, counted: Count) -> None:
    data = made(quick_disk)
    chance = random.Random(5)
    command = [sys.executable, "-c", WRITER, str(quick_disk)]
    saved: list[str] = []
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        for _ in range(ROUNDS):
            saved += [writer.stdout.readline().strip() for _ in range(20)]
            lines = journal(data).read_bytes().count(b"\n")
            _hit_in_place(data, chance.randrange(2, lines - 10))
            mend(data)
        writer.kill()
        saved += writer.stdout.read().split()
    mend(data)
    assert damage(data) == []
    documents = shown(data)["_default"]
    missing = [key for key in saved if key not in documents]
    counted("Steps saved by another process during repairs", len(saved))
    assert len(missing) <= ROUNDS, "of each damaged line one"
    lost = (data / KEPT / LOST).read_text().splitlines() if missing else []
    assert len(missing) <= len(lost)


def _hit_in_place(data: Path, number: int) -> None:
    """Damage a line in the very file that somebody else appends to."""
    path = journal(data)
    start = sum(map(len, path.read_bytes().split(b"\n")[: number - 1])) + number - 1
    with path.open("r+b") as file:
        file.seek(start + 20)
        file.write(b"\0" * 12)


def test_killed_at_every_single_system_call_a_repair_loses_nothing(quick_disk: Path, counted: Count) -> None:
    data = made(quick_disk)
    RestorableBackups(data, lambda: NOW).before(Reason.IMPORT)
    library = opened(quick_disk)
    note(library, KEYS[1], "After the backup.")
    decide(library, KEYS[6], "skip")
    library.close()
    before, lines = shown(data), steps(data)
    hit(data, 3)
    hit(data, 10)
    known = files(data)

    def work(_: Tell) -> None:
        for _one in LibraryRepair(Looked(data, quick_disk / "state-a"), lambda: copies(data)).mend(quietly):
            pass

    for call in range(400):
        shutil.rmtree(data)
        for name, held in known.items():
            (data / name).parent.mkdir(parents=True, exist_ok=True)
            (data / name).write_bytes(held)
        ended = killed_at(call, work).ended
        counted("repairs killed", 1)
        work(print)
        assert damage(data) == [], call
        assert shown(data) == before, call
        assert len(lines - steps(data)) == 1, call
        if ended:
            break
    assert call > 20, "the repair made fewer calls than it must"


def test_a_disk_that_is_full_at_any_moment_of_a_repair_loses_nothing(
    quick_disk: Path, monkeypatch: pytest.MonkeyPatch, counted: Count
) -> None:
    data = made(quick_disk)
    before = shown(data)
    hit(data, 3)
    known = files(data)
    real = os.write

    def full_after(calls: int) -> Callable[..., int]:
        left = iter(range(calls))

        def write(handle: int, given: Any) -> int:
            if next(left, None) is None:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(handle, given)

        return write

    for calls in range(40):
        shutil.rmtree(data)
        for name, held in known.items():
            (data / name).parent.mkdir(parents=True, exist_ok=True)
            (data / name).write_bytes(held)
        repair = LibraryRepair(Looked(data, quick_disk / "state-a"), lambda: copies(data))
        with monkeypatch.context() as disk:
            disk.setattr(os, "write", full_after(calls))
            try:
                done, refusal = list(repair.mend(quietly)), ""
            except NotSaved as why:
                done, refusal = [], str(why)
        assert done or "No space left" in refusal
        counted("repairs on a full disk", 1)
        mend(data)
        assert damage(data) == [], calls
        assert shown(data) == before, calls
        if done and calls > 3:
            break
    assert calls > 3


def test_a_repair_that_waits_for_a_busy_library_reads_again_what_came_meanwhile(
    quick_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = made(quick_disk)
    hit(data, 3)
    library = opened(quick_disk)

    def busy(journals: Any) -> Any:
        decide(library, KEYS[7], "keep")
        return Wanted(journals)

    monkeypatch.setattr("triage.library.repair.Wanted", busy)
    mend(data)
    library.poll()
    library.close()
    assert shown(data)["_default"][KEYS[7]]["verdict"] == "keep"
    assert damage(data) == []


def test_nobody_can_append_while_a_journal_is_being_replaced(
    quick_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = made(quick_disk)
    hit(data, 3)
    replaced = []

    def replace(path: Path, temporary: Path, parts: Any) -> None:
        if path.parent.name == "journal":
            with pytest.raises(NotSaved, match="another process has held"):
                Lock(data / "lock", wait=0.01).__enter__()
            replaced.append(path)
        replace_file(path, temporary, parts)

    monkeypatch.setattr("triage.library.repair.replace_file", replace)
    mend(data)
    assert replaced == [journal(data)]
    Lock(data / "lock", wait=0.01).__enter__()


def test_the_library_is_what_its_steps_make_after_a_repair(quick_disk: Path) -> None:
    data = made(quick_disk)
    hit(data, 4)
    mend(data)
    library = opened(quick_disk)
    finish(library, KEYS)
    assert seen(library) == folded(library.history())


def test_a_journal_that_was_put_back_to_an_earlier_one_is_missed_even_after_it_was_opened(
    quick_disk: Path,
) -> None:
    data = made(quick_disk)
    before = shown(data)
    lines = journal(data).read_bytes().splitlines(keepends=True)
    journal(data).write_bytes(b"".join(lines[:-3]))
    library = opened(data.parent)
    assert "is kept as library.json.damaged-" in " ".join(library.notices)
    library.close()
    assert [finding.kind for finding in damage(data)] == ["missing"]
    mend(data)
    assert shown(data) == before
    assert damage(data) == []


@pytest.mark.parametrize("empty", [False, True])
def test_when_journals_and_library_json_are_gone_the_backups_tell_of_it_and_bring_all_back(
    quick_disk: Path, empty: bool
) -> None:
    data = made(quick_disk)
    before = shown(data)
    assert RestorableBackups(data, lambda: NOW).make() is not None
    for path in (journal(data), data / "library.json"):
        if empty:
            path.write_bytes(b"")
        else:
            path.unlink()
    assert {finding.kind for finding in damage(data)} >= {"missing"}
    assert mend(data).left == []
    library = opened(quick_disk)
    library.close()
    assert seen(library) == before


def test_what_library_json_shows_is_taken_over_where_the_folder_of_journals_is_gone(quick_disk: Path) -> None:
    data = made(quick_disk)
    before = shown(data)
    shutil.rmtree(data / "journal")
    assert mend(data).left == []
    assert shown(data) == before

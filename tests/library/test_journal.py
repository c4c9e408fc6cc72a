"""A journal that was cut, hit or copied gives up every Step that is whole, and what is lost is named."""

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Count
from tests.library.kinds import Desk, each
from tests.library.made import decide, finish, folded, note, opened, seen
from triage.library.journal import Mark, parse
from triage.steps import HAULS, PAPERS, Change, Step, decode

KEYS = [f"2611.{number:05}" for number in range(1, 6)]


def written(folder: Path) -> tuple[Path, list[Step]]:
    """A small library with a journal alone; the journal and its Steps."""
    library = opened(folder)
    decide(library, KEYS[0], "keep")
    note(library, KEYS[0], "Ein Vermerk: naïve")
    finish(library, KEYS[1:4])
    library.undo()
    decide(library, KEYS[4], "skip")
    library.close()
    (path,) = (folder / "library" / "journal").iterdir()
    return path, [decode(line) for line in path.read_bytes().splitlines()]


def alone(path: Path, data: bytes) -> None:
    """Let the folder hold this journal and nothing else."""
    folder = path.parents[1]
    for name in ("library.json", "lock"):
        (folder / name).unlink(missing_ok=True)
    path.write_bytes(data)


def test_a_journal_cut_at_any_byte_opens_with_every_whole_step_and_takes_the_next(
    quick_disk: Path, counted: Count
) -> None:
    path, steps = written(quick_disk)
    data = path.read_bytes()
    for cut in range(len(data)):
        is_passed_over(path, data, steps, cut)
    counted("bytes at which a journal was cut", len(data))


def test_a_journal_with_every_kind_of_step_is_cut_anywhere(
    quick_disk: Path, request: pytest.FixtureRequest, counted: Count
) -> None:
    desk = Desk.at(quick_disk, random.Random(3))
    each(desk)
    desk.library.close()
    (path,) = (quick_disk / "library" / "journal").iterdir()
    data = path.read_bytes()
    steps = [decode(line) for line in data.splitlines()]
    start = 0
    for number, line in enumerate(data.splitlines(keepends=True)):
        mark = Mark(start)
        for length in range(len(line)):
            whole = length == len(line) - 1
            part = parse(path.name, line[:length], mark)
            assert part.lines == ((steps[number],) if whole else ())
            assert part.mark.offset == start + (length if whole else 0)
        start += len(line)
    chance = random.Random(4)
    every_bit = request.config.getoption("--every-bit")
    cuts = range(len(data)) if every_bit else [chance.randrange(len(data)) for _ in range(40)]
    for cut in cuts:
        is_passed_over(path, data, steps, cut)
    counted("bytes at which a journal was cut", len(data))


def is_passed_over(path: Path, data: bytes, steps: list[Step], cut: int) -> None:
    """A journal that ends anywhere opens with every whole Step, takes the next one, and opens again."""
    home = path.parents[2]
    alone(path, data[:cut])
    library = opened(home)
    whole = sum(found.start() <= cut for found in re.finditer(b"\n", data))
    assert list(library.history())[::-1] == steps[:whole]
    assert seen(library) == folded(steps[:whole])
    assert [notice for notice in library.notices if "was missing" not in notice] == []
    step = decide(library, "2611.00099", "keep")
    assert step.number == whole + 1
    after = path.read_bytes()
    assert after[:cut] == data[:cut]
    assert after[cut:].startswith(b"\n") == (data[:cut][-1:] not in (b"", b"\n"))
    (path.parents[1] / "library.json").unlink(missing_ok=True)
    again = opened(home)
    assert list(again.history())[::-1] == [*steps[:whole], step]
    assert seen(again) == seen(library)
    library.close()
    again.close()


def test_a_tail_of_zeros_is_passed_over(
    quick_disk: Path, request: pytest.FixtureRequest, counted: Count
) -> None:
    path, steps = written(quick_disk)
    data = path.read_bytes()
    cuts = range(0, len(data), 1 if request.config.getoption("--every-bit") else 29)
    for cut in cuts:
        # A Step whose newline is a zero was never told of.
        whole = data[:cut].count(b"\n")
        alone(path, data[:cut] + bytes(4096 if cut % 2 else 7))
        library = opened(quick_disk)
        assert list(library.history())[::-1] == steps[:whole]
        step = decide(library, KEYS[4], "keep" if library.verdict(KEYS[4]) != "keep" else "skip")
        library.close()
        (path.parents[1] / "library.json").unlink()
        assert list(opened(quick_disk).history())[::-1] == [*steps[:whole], step]
    counted("bytes behind which a journal held zeros", len(cuts))


def test_one_flipped_bit_costs_one_step_at_most_and_is_named(
    quick_disk: Path, request: pytest.FixtureRequest, counted: Count
) -> None:
    path, steps = written(quick_disk)
    data = path.read_bytes()
    chance = random.Random(2)
    bits = range(8 * len(data)) if request.config.getoption("--every-bit") else None
    flips = bits or [chance.randrange(8 * len(data)) for _ in range(400)]
    for flip in flips:
        place, bit = divmod(flip, 8)
        hit = bytearray(data)
        hit[place] ^= 1 << bit
        alone(path, bytes(hit))
        library = opened(quick_disk)
        left = list(library.history())[::-1]
        damaged = data[:place].count(b"\n")
        if data[place : place + 1] == b"\n":
            assert left == steps
        else:
            assert left == steps[:damaged] + steps[damaged + 1 :]
            said = [notice for notice in library.notices if "damaged" in notice]
            assert len(said) == 1
            assert f"Line {damaged + 1} of {path}" in said[0]
            (kept,) = (path.parents[1] / "journal-damaged").iterdir()
            assert kept.read_bytes() in bytes(hit)
            assert str(kept) in said[0]
            kept.unlink()
        assert seen(library) == folded(left)
        assert path.read_bytes() == bytes(hit)
        library.close()
    counted("bits flipped in a journal", len(flips))


def test_what_is_lost_in_the_middle_is_named_once_and_not_at_every_start(tmp_path: Path) -> None:
    path, steps = written(tmp_path)
    lines = path.read_bytes().splitlines(keepends=True)
    alone(path, b"".join([*lines[:1], b"garbage\n", *lines[2:]]))
    library = opened(tmp_path)
    assert any("Line 2" in notice for notice in library.notices)
    assert any("lacks steps (2)" in notice for notice in library.notices)
    assert decide(library, KEYS[1], "keep").number == len(steps) + 1
    library.close()
    assert opened(tmp_path).notices == ()


def test_a_last_line_that_is_hit_is_named_though_the_snapshot_spares_the_rest(tmp_path: Path) -> None:
    path, steps = written(tmp_path)
    library = opened(tmp_path)
    last = decide(library, "2611.00007", "keep")
    library._journal.release()  # as if killed
    data = path.read_bytes()
    path.write_bytes(data.replace(b"2611.00007", b"2611.00001"))
    library = opened(tmp_path)
    assert list(library.history())[::-1] == steps
    (notice,) = library.notices
    assert f"Line {last.number} of {path} is damaged" in notice
    with path.open("ab") as file:
        file.write(b"garbage\n")
    assert library.poll() == []
    assert any(f"Line {last.number + 1} " in notice for notice in library.notices)
    assert len(list((tmp_path / "library" / "journal-damaged").iterdir())) == 2


def test_a_step_that_is_gone_without_a_trace_is_named_by_its_number(tmp_path: Path) -> None:
    path, _ = written(tmp_path)
    lines = path.read_bytes().splitlines(keepends=True)
    alone(path, b"".join([lines[0], *lines[3:]]))
    assert any("lacks steps (2 to 3)" in notice for notice in opened(tmp_path).notices)


def test_line_ends_of_windows_a_byte_order_mark_and_blank_lines_cost_nothing(tmp_path: Path) -> None:
    path, steps = written(tmp_path)
    data = path.read_bytes()
    alone(path, b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n\n"))
    library = opened(tmp_path)
    assert list(library.history())[::-1] == steps
    assert [notice for notice in library.notices if "was missing" not in notice] == []


def test_conflict_copies_of_a_journal_are_read_too_and_each_step_counts_once(tmp_path: Path) -> None:
    path, steps = written(tmp_path)
    data = path.read_bytes()
    alone(path, data)
    path.with_name(path.name.replace(".jsonl", " (conflicted copy).jsonl")).write_bytes(data)
    library = opened(tmp_path)
    assert seen(library) == folded(steps)
    assert not any("numbered" in notice for notice in library.notices)
    assert decide(library, KEYS[1], "keep").number == len(steps) + 1


def test_a_folder_that_was_copied_and_went_on_in_both_places_keeps_both(tmp_path: Path) -> None:
    path, steps = written(tmp_path)
    data = path.read_bytes()
    library = opened(tmp_path)
    decide(library, "2611.00007", "keep")
    library.close()
    longer = path.read_bytes()
    alone(path, data)
    library = opened(tmp_path)
    decide(library, "2611.00008", "skip")
    library.close()
    alone(path, path.read_bytes())
    path.with_name(path.name.replace(".jsonl", " 2.jsonl")).write_bytes(longer)
    both = opened(tmp_path)
    assert any(f"are numbered {len(steps) + 1}" in notice for notice in both.notices)
    assert both.verdict("2611.00007") == "keep"
    assert both.verdict("2611.00008") == "skip"
    assert decide(both, "2611.00009", "skip").number == len(steps) + 2


def test_numbers_go_on_over_the_years_and_undo_reaches_back_through_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = opened(tmp_path)
    for year in ("2026", "2027", "2026"):  # the clock was set back
        monkeypatch.setattr("triage.library.library._now", lambda year=year: f"{year}-12-31T23:59:59Z")
        for key in KEYS[:2]:
            decide(library, key, "keep" if library.verdict(key) != "keep" else "skip")
        library.close()
        library = opened(tmp_path)
    names = sorted(path.name[-10:] for path in (tmp_path / "library" / "journal").iterdir())
    assert names == ["2026.jsonl", "2027.jsonl"]
    assert [step.number for step in library.history()] == [6, 5, 4, 3, 2, 1]
    (tmp_path / "library" / "library.json").unlink()
    library = opened(tmp_path)
    for _ in range(6):
        assert library.undo() is not None
    assert library.undo() is None
    assert seen(library)["_default"] == {}


def test_what_json_cannot_hold_is_refused_before_a_byte_is_written(tmp_path: Path) -> None:
    library = opened(tmp_path)
    decide(library, KEYS[0], "keep")
    (path,) = (tmp_path / "library" / "journal").iterdir()
    before = path.read_bytes()
    bad: list[Any] = [float("nan"), {1}, b"x", {1: 2}, object()]
    for value in bad:
        with pytest.raises((TypeError, ValueError)):
            library.record("bad", [Change(PAPERS, KEYS[0], ("title",), None, value)])
    for change in (
        Change("meta", "1", ("schema",), None, 2),
        Change(PAPERS, "", ("title",), None, "x"),
        Change(PAPERS, 7, ("title",), None, "x"),  # type: ignore[arg-type]  # the wrong type is the test
        Change(PAPERS, KEYS[0], (), None, "x"),
        Change(PAPERS, KEYS[0], ("id",), None, "x"),
    ):
        with pytest.raises(ValueError, match=r"."):
            library.record("bad", [change])
    with pytest.raises(ValueError, match="a part of it"):
        library.record(
            "bad",
            [
                Change(HAULS, "20", ("entries",), None, {"a": {}}),
                Change(HAULS, "20", ("entries", "a"), None, {}),
            ],
        )
    assert path.read_bytes() == before
    assert (library.paper(KEYS[0]) or {})["verdict"] == "keep"


def test_nothing_to_say_writes_nothing(tmp_path: Path) -> None:
    library = opened(tmp_path)
    assert library.record("skip", []).number == 0
    assert list((tmp_path / "library" / "journal").iterdir()) == []


def test_a_journal_is_readable_by_nobody_else(tmp_path: Path) -> None:
    path, _ = written(tmp_path)
    for there in (path, path.parent, tmp_path / "library", tmp_path / "library" / "library.json"):
        assert there.stat().st_mode & 0o077 == 0
    assert all(json.loads(line)["machine"] for line in path.read_bytes().splitlines())
    assert list(path.parent.iterdir()) == [path]

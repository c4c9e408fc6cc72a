"""Killed with SIGKILL at any moment, the library has lost nothing that was shown; stock TinyDB has."""

import json
import os
import random
import signal
from collections.abc import Callable, Iterator
from itertools import count, islice
from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.conftest import Count
from tests.library import promised
from tests.library.earlier import to_schema_1
from tests.library.killing import READY, Tell, Work, killed, killed_at, slow_to_sync
from tests.library.kinds import A_LISTING, KINDS, LONG, act, paper, store_listing
from tests.library.made import finish, folded, opened, seen
from tests.library.promised import Promised, back_up, save_draft
from triage.archive import open_archive
from triage.steps import Step

PAPERS = 3000
"""Papers in the library that is killed; the work is on some of them and on those of a listing."""


def moment(seed: int) -> tuple[float, bool]:
    """How many seconds a child lives, and whether since it was ready or since its birth."""
    chance = random.Random(seed)
    return (chance.uniform(0, 0.15), False) if seed % 3 == 0 else (chance.uniform(0, 0.03), True)


def migrates(seed: int) -> bool:
    """Tell whether library.json is of an earlier triage when a child begins, and is written anew at once."""
    return seed % 3 == 0


def at_work(home: Path, seed: int) -> Work:
    """Somebody who does everything there is to do, a snapshot every 15 or every 40 things, and never ends."""

    def work(tell: Tell) -> None:
        chance = random.Random(seed)
        every = chance.choice([15, 40])
        for times in count():
            desk = promised.desk(home, seed + 1_000_000 * times, tell)
            tell(READY)
            if migrates(seed):
                desk.library.snapshot()
            slices: Iterator[Callable[[], object] | None] = iter(())
            for number in range(1, chance.randrange(5, 200)):
                act(desk)
                for wait in islice(slices, 1):
                    if wait is not None:
                        wait()
                if chance.random() < 0.05:
                    save_draft(desk.library, paper(chance.randrange(5)).id, f"{number} {LONG}", tell)
                if chance.random() < 0.005:
                    back_up(home, tell)
                if number % every == 0:
                    slices = desk.library.snapshot_in_slices()
            desk.library.close()

    return work


def test_no_saved_step_is_missing_after_any_kill(
    tmp_path: Path, quick_disk: Path, request: pytest.FixtureRequest, counted: Count
) -> None:
    kept = Promised()
    kills = request.config.getoption("--kills")
    home = quick_disk if kills <= 200 else tmp_path  # a long run is on the real disk
    others = begun(home, kept)
    for seed in range(kills):
        old = to_schema_1(home / "library") if migrates(seed) else None
        seconds, once_ready = moment(seed)
        lines = killed(slow_to_sync(at_work(home, seed)), seconds, once_ready=once_ready).told
        if old is not None:
            is_kept(home / "library", old)
        library = kept.check(home, lines, all_of_it=seed % 10 == 9 or seed == kills - 1)
        if seed % 2:
            library.close()
        else:  # as if killed
            library._journal.release()
            library._lock.close()
    assert kept.acknowledged > kills // 4, "the child was killed before it could save: the test tells nothing"
    library = opened(home)
    assert seen(library) == folded([*library.history(), *others])
    counted("kills with SIGKILL of a library at work", kills)
    counted("of them with an earlier library.json", sum(map(migrates, range(kills))))
    counted("Steps acknowledged before a kill", kept.acknowledged)
    counted("Steps there though nobody was told", kept.extra)


def begun(home: Path, kept: Promised) -> list[Step]:
    """A library of 3,000 decisions, which no undo takes back, and a listing of papers; those Steps."""
    other = opened(home, "b")
    finish(other, [f"2610.{number:05}" for number in range(PAPERS)])
    steps = list(other.history())
    other.close()
    for step in steps:
        kept.tables.apply(step)
    store_listing(open_archive(home / "library"), [paper(number) for number in range(A_LISTING)])
    kept.check(home, []).close()
    return steps


def is_kept(folder: Path, old: bytes) -> None:
    """What an earlier triage wrote is in its place still, or beside what took its place."""
    path = folder / "library.json"
    assert path.read_bytes() == old or path.with_name(f"{path.name}.schema-1").read_bytes() == old


def readable(folder: Path) -> bool:
    """Tell whether stock TinyDB's file can be read."""
    try:
        json.loads((folder / "stock.json").read_bytes())
    except FileNotFoundError:
        return True
    except ValueError:
        return False
    return True


def stock(folder: Path) -> Work:
    """TinyDB as it comes: one note long and short by turns."""

    def work(tell: Tell) -> None:
        with TinyDB(folder / "stock.json") as database:
            database.insert_multiple({"id": str(number), "note": ""} for number in range(50))
            tell(READY)
            for number in count():
                database.update({"note": "" if number % 2 else LONG}, doc_ids=[7])

    return work


def test_the_same_kills_leave_stock_tinydb_unreadable(
    quick_disk: Path, request: pytest.FixtureRequest, counted: Count
) -> None:
    kills = max(60, request.config.getoption("--kills") // 5)
    broken = 0
    for seed in range(kills):
        folder = quick_disk / str(seed)
        folder.mkdir()
        seconds, once_ready = moment(seed)
        killed(slow_to_sync(stock(folder)), seconds, once_ready=once_ready)
        broken += not readable(folder)
    assert broken, "stock TinyDB came through every kill: this harness would find nothing"
    counted("kills of stock TinyDB", kills)
    counted("stock TinyDB's file unreadable after one", broken)


def short_day(home: Path) -> Work:
    """A day with everything in it that writes: the first opening of an empty folder too, and a closing."""

    def work(tell: Tell) -> None:
        for names in (("keep", "note", "finish", "publish"), ("undo", "redo", "import")):
            desk = promised.desk(home, 1, tell)
            for name in names:
                KINDS[name](desk)
                desk.library.snapshot()
            save_draft(desk.library, paper(1).id, f"Half a note, as long as {names}", tell)
            KINDS["skip"](desk)
            desk.library.close()

    return work


def test_death_at_every_single_system_call_loses_nothing(quick_disk: Path, counted: Count) -> None:
    for call in count():
        home = quick_disk / str(call)
        home.mkdir()
        lines, ended = killed_at(call, short_day(home))
        if ended:
            break
        kept, after = Promised(), list[str]()
        kept.check(home, lines).close()
        desk = promised.desk(home, 2, after.append)
        KINDS["keep"](desk)
        desk.library.close()
        kept.check(home, after).close()
        assert not [path.name for path in (home / "library").iterdir() if path.suffix == ".tmp"]
    assert call > 100, "the day made fewer calls than it must"
    counted("system calls at which it died", call)


def test_stock_tinydb_dies_of_a_kill_between_its_fsync_and_its_truncate(tmp_path: Path) -> None:
    def work(tell: Tell) -> None:
        with TinyDB(tmp_path / "stock.json") as database:
            database.insert({"id": "2611.00001", "note": LONG})
            real = os.fsync

            def last(handle: int) -> None:
                real(handle)
                os.kill(os.getpid(), signal.SIGKILL)

            setattr(os, "fsync", last)  # noqa: B010  # its type allows objects with a handle too
            database.update({"note": ""})

    assert not killed(work, 60).ended
    assert not readable(tmp_path)

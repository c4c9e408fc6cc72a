"""Fetching behind the screen: what it shows, and that no key waits for it."""

import asyncio
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic

import pytest
from textual.pilot import Pilot

from tests.tui.screens.stage import Written, paper, shown, typed
from tests.tui.screens_at_once import LATER
from tests.tui.test_main_screen import PATIENCE, WIDE, cursor_line, opened, press, progress, until
from triage.archive import open_archive
from triage.day_words import next_listing
from triage.inbox import Counts
from triage.ledger import Completeness, ListingState, Sections
from triage.listing_day import Calendar
from triage.ports import World
from triage.settings import Settings
from triage.tui.app import TriageApp
from triage.tui.fetching import Fetch, is_due
from triage.tui.screens import fetching as fetching_screen
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.header import Facts, line


def child(folder: Path) -> Sequence[str]:
    """The command of a fetch that waits for `folder/gate`."""
    return [sys.executable, "-m", "tests.tui.fetching_child", str(folder), str(folder / "gate")]


def fetching(folder: Path, now: datetime = datetime(2026, 11, 23, 9, tzinfo=UTC)) -> World:
    """A world whose newest listing is Friday's, on the Monday after."""
    return replace(opened(folder), fetch=child(folder), now=lambda: now)


async def test_a_new_listing_is_fetched_at_the_start_while_keys_work_and_the_cursor_stays(
    tmp_path: Path,
) -> None:
    app = TriageApp(fetching(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, "fetching ━━━━──── math.NT")
        screen = await press(pilot, "k", "down")
        assert "1/5 · 1 kept" in progress(screen)
        (tmp_path / "gate").write_text("2026-11-23")
        screen = await until(pilot, "Mon 23 Nov: 3 papers; ] goes there.")
        assert "? Help" in screen.splitlines()[-1], "the keys stay in sight"
        assert "Fri 20 Nov 2026 · math.NT · complete" in progress(screen)
        assert "+1 day, 3 open" in progress(await until(pilot, "+1 day"))
        assert "Brackets" in cursor_line(screen)


async def test_a_day_that_is_done_makes_way_for_what_was_fetched(tmp_path: Path) -> None:
    world = fetching(tmp_path)
    async with TriageApp(replace(world, fetch=None), LATER).run_test(size=WIDE) as pilot:
        assert "Every day is done." in await press(pilot, "F")
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, "fetching")
        (tmp_path / "gate").write_text("2026-11-23")
        screen = await until(pilot, "Fetched: 3 papers.")
        assert "Mon 23 Nov 2026" in progress(screen)
        assert "0/3 · 0 kept" in progress(screen)


async def test_a_failed_fetch_is_a_sentence_and_r_tries_again(tmp_path: Path) -> None:
    app = TriageApp(fetching(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        (tmp_path / "gate").write_text("arXiv did not answer within 20 s; press r to try again.")
        screen = await until(pilot, "arXiv did not answer")
        assert "0/5 · 0 kept" in progress(screen), "what was there stays"
        (tmp_path / "gate").unlink()
        assert "fetching" in progress(await press(pilot, "r"))
        assert "A fetch is running." in await press(pilot, "r")
        (tmp_path / "gate").write_text("2026-11-23")
        await until(pilot, "Mon 23 Nov: 3 papers")


async def test_quitting_ends_the_fetch(tmp_path: Path) -> None:
    app = TriageApp(fetching(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, "fetching ━")
        await press(pilot, "q")
        pid = int((tmp_path / "gate.pid").read_text())
    end = monotonic() + PATIENCE
    while is_running(pid):
        assert monotonic() < end
        await asyncio.sleep(0.01)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_an_empty_archive_says_what_is_missing_and_when_the_next_listing_comes(tmp_path: Path) -> None:
    world = opened(tmp_path)
    saturday = datetime(2026, 11, 21, 9, tzinfo=UTC)
    empty = open_archive(tmp_path / "empty")
    app = TriageApp(replace(world, archive=empty, now=lambda: saturday), LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await until(pilot, "No listing is in the archive yet.")
        assert "The next listing comes Mon 23 Nov at 05:00." in screen
        screen = await press(
            pilot, "k", "x", "F", "n", "y", "o", "slash", "a", "enter", "tab", "left", "]", "A"
        )
        assert "No listing" in screen


def ended(*categories: tuple[str, str, str]) -> Fetch:
    """A fetch after categories that ended in a state and with a sentence."""
    fetch = Fetch()
    for name, state, sentence in categories:
        fetch = fetch.after({"event": "category", "category": name, "state": state, "sentence": sentence})
    return fetch


def test_what_is_told_of_several_categories_is_said_once() -> None:
    down = "arXiv is down."
    assert ended(("cs.CL", "failed", down), ("cs.LG", "failed", down)).outcome == (down, True)
    some = ended(("cs.CL", "failed", down), ("cs.LG", "complete", ""), ("cs.IR", "failed", down))
    assert some.outcome == ("cs.CL, cs.IR: arXiv is down.", True)
    named = ended(
        ("cs.CL", "failed", "rss.arxiv.org answered 404 for the feed of cs.CL: it is not there."),
        ("cs.LG", "failed", "rss.arxiv.org answered 404 for the feed of cs.LG: it is not there."),
    )
    assert named.outcome == (
        "rss.arxiv.org answered 404 for the feed of cs.CL, cs.LG: it is not there.",
        True,
    )
    assert Fetch().after({"event": "unheard of"}).outcome == ("", False)


def test_that_arxiv_rests_is_no_error() -> None:
    assert ended(("cs.CL", "arXiv rests", "No new papers today.")).outcome == ("No new papers today.", False)


def saying(folder: Path, *events: Mapping[str, object]) -> Sequence[str]:
    """A child that says these events and ends."""
    lines = [json.dumps(event) for event in events]
    return [sys.executable, "-c", f"for line in {lines!r}: print(line)"]


async def test_a_listing_of_another_day_than_today_is_told_of_with_its_reason(tmp_path: Path) -> None:
    sentence = (
        "This is the listing of Fri 20 Nov 2026. No new papers for Sun 22 Nov, arXiv rests; "
        "the next listing comes Mon 23 Nov 2026 at 06:00."
    )
    event = {"event": "category", "category": "math.NT", "day": "2026-11-20", "papers": 5}
    child = saying(tmp_path, event | {"state": "complete", "sentence": sentence})
    app = TriageApp(replace(opened(tmp_path), fetch=child), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "r")
        screen = await until(pilot, "arXiv rests;")
    assert "Fetched: 5 papers. This is the listing of Fri 20 Nov 2026. No new papers for Sun 22 Nov" in screen


async def test_what_was_being_said_is_not_lost_to_the_end_of_a_fetch(tmp_path: Path) -> None:
    app = TriageApp(fetching(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "]")
        (tmp_path / "gate").write_text("2026-11-23")
        screen = await until(pilot, "Mon 23 Nov: 3 papers")
    assert "This is the newest listing day." in screen


async def test_that_the_fetch_failed_stays_in_the_header_until_one_succeeds(tmp_path: Path) -> None:
    world = fetching(tmp_path)
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        (tmp_path / "gate").write_text("arXiv did not answer.")
        await until(pilot, "arXiv did not answer.")
        screen = await press(pilot, "down")
        assert "Fri 20 Nov 2026 · math.NT · complete · fetch failed" in progress(screen)
        (tmp_path / "gate").write_text("2026-11-23")
        await press(pilot, "r")
        screen = await until(pilot, "Mon 23 Nov: 3 papers")
        assert "failed" not in progress(screen)


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (Completeness.FAILED, "complete · fetch failed"),
        (Completeness.STALE, "complete · feed stale"),
        (Completeness.RESTS, "complete · arXiv rests"),
    ],
)
async def test_the_header_tells_apart_how_the_last_fetch_ended(
    tmp_path: Path, state: Completeness, word: str
) -> None:
    monday = date(2026, 11, 23)
    world = replace(opened(tmp_path), now=lambda: datetime(2026, 11, 23, 9, tzinfo=UTC))
    world.archive.remember(monday, {"math.NT": ListingState("math.NT", state, monday.isoformat())})
    async with TriageApp(world, LATER).run_test(size=WIDE) as pilot:
        assert word in progress(await until(pilot, word))
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        assert "0/5 · 0 kept" in progress(shown(pilot.app))


@pytest.mark.parametrize("width", range(40, 130))
def test_that_the_fetch_failed_and_the_count_are_seen_at_every_width_from_40(width: int) -> None:
    facts = Facts(
        "Fri 20 Nov 2026",
        ("cs.CL", "cs.LG"),
        "complete",
        counts=Counts(212, 87, 5),
        haul=11,
        last="fetch failed",
        last_sound=False,
    )
    text = "".join(piece for piece, _ in line(facts, width))
    assert len(text) == width
    assert "87/212 · 5 kept" in text
    assert "fetch failed" in text


async def test_what_the_first_run_came_to_is_said_beside_what_its_fetch_brought(tmp_path: Path) -> None:
    written = Written()
    (tmp_path / "gate").write_text("2026-11-23")
    world = replace(fetching(tmp_path), settings=Settings(), write_settings=written)
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, "Which categories do you read?")
        await typed(pilot, "math.nt")
        await pilot.press("enter", "escape")
        said = app.screen.query_one(Footer).said
        assert "config" in said
        screen = await until(pilot, "Nov: 3 papers")
        assert said.split(".")[0] in " ".join(screen.split())


async def test_a_category_whose_feed_is_stale_is_named_until_its_listing_has_come(tmp_path: Path) -> None:
    world = opened(tmp_path)
    monday = date(2026, 11, 23)
    names = ("math.NT", "math.CO")
    world = replace(
        world,
        settings=Settings(categories=names),
        now=lambda: datetime(2026, 11, 23, 9, tzinfo=UTC),
    )
    for name, state in zip(names, (Completeness.RESTS, Completeness.STALE), strict=True):
        world.archive.remember(monday, {name: ListingState(name, state, monday.isoformat())})
    async with TriageApp(world, LATER).run_test(size=WIDE) as pilot:
        stale = "complete · math.CO feed stale"
        assert stale in progress(await until(pilot, stale))
    whole = ListingState("math.CO", Completeness.COMPLETE, monday.isoformat(), Sections(1), "list")
    world.archive.store(monday, [replace(paper(800), listed=monday.isoformat())], {"math.CO": whole})
    async with TriageApp(world, LATER).run_test(size=WIDE) as pilot:
        assert "stale" not in progress(shown(pilot.app))


async def test_a_day_is_complete_though_arxiv_lists_nothing_in_one_of_its_categories(tmp_path: Path) -> None:
    friday = date(2026, 11, 20)
    world = replace(opened(tmp_path), settings=Settings(categories=("math.NT", "math.CO")))
    rests = ListingState("math.CO", Completeness.RESTS, friday.isoformat())
    world.archive.remember(friday, {"math.CO": rests})
    async with TriageApp(world, LATER).run_test(size=WIDE) as pilot:
        await until(pilot, "complete")
        screen = await press(pilot, "down")
        assert "math.NT math.CO · complete" in progress(screen)
        assert "rests" not in progress(screen)


def test_nothing_is_fetched_unasked_in_the_demo_or_with_a_fault_in_its_config(tmp_path: Path) -> None:
    world = fetching(tmp_path)
    assert is_due(world)
    assert not is_due(replace(world, demo=True))
    assert not is_due(replace(world, fetch=None))
    assert not is_due(replace(world, faults=("config.toml, line 3: [arxiv] rss is no address.",)))
    assert not is_due(fetching(tmp_path, datetime(2026, 11, 22, 9, tzinfo=UTC))), "arXiv rests on a Sunday"


def test_the_next_listing_is_told_in_the_users_time() -> None:
    assert next_listing(Calendar(), datetime(2026, 11, 20, 23, tzinfo=UTC)) == "Mon 23 Nov at 05:00"


async def test_what_arxiv_asks_to_wait_is_counted_down_and_the_fetch_goes_on_by_itself(
    tmp_path: Path,
) -> None:
    busy = "rss.arxiv.org asks to be left alone until 06:12; try again then."
    failed = {"event": "category", "category": "math.NT", "day": "2026-11-23", "state": "failed"}
    held = {"event": "waiting", "host": "rss.arxiv.org", "seconds": 2.2}
    lines = [json.dumps(one) for one in (held, failed | {"papers": 0, "sentence": busy})]
    runs = tmp_path / "runs"
    # Only the first of its runs is sent away.
    code = (
        f"log = open({str(runs)!r}, 'a+'); log.write('x'); log.seek(0)\n"
        f"if log.read() == 'x': print(*{lines!r}, sep='\\n')"
    )
    world = replace(fetching(tmp_path), fetch=[sys.executable, "-c", code])
    async with TriageApp(world, LATER).run_test(size=WIDE) as pilot:
        screen = await until(pilot, "arXiv asks to wait 0:0")
        assert "0/5 · 0 kept" in progress(screen), "one reads on meanwhile"
        assert "left alone until 06:12" in await until(pilot, "left alone")
        assert "arXiv asks to wait" in progress(await press(pilot, "down")), "a key does not wipe it away"
        while len(runs.read_text()) < 2:
            await pilot.pause()
        screen = await until(pilot, "complete")
        assert "asks to wait" not in progress(screen)


async def test_what_cron_fetched_meanwhile_is_on_the_screen_within_a_second(tmp_path: Path) -> None:
    world = opened(tmp_path)
    monday = date(2026, 11, 23)
    async with TriageApp(world, LATER).run_test(size=WIDE) as pilot:
        await until(pilot, "0/5 · 0 kept")
        state = ListingState("math.NT", Completeness.COMPLETE, monday.isoformat(), Sections(1), "list")
        cron = open_archive(tmp_path / "data" / "archive")
        cron.store(monday, [replace(paper(800), listed=monday.isoformat())], {"math.NT": state})
        assert "+1 day, 1 open" in progress(await until(pilot, r"+1 day"))


async def gone(pilot: Pilot[None], text: str) -> str:
    """What stands on the screen as soon as a text does no more."""
    end = monotonic() + PATIENCE
    while text in (screen := shown(pilot.app)):
        assert monotonic() < end, f"{text!r} stays; the screen:\n{screen}"
        await pilot.pause(0.01)
    return screen


def cron(folder: Path, on: date) -> None:
    """Another process that fetches a listing of one paper."""
    state = ListingState("math.NT", Completeness.COMPLETE, on.isoformat(), Sections(1), "list")
    archive = open_archive(folder / "data" / "archive")
    archive.store(on, [replace(paper(800), listed=on.isoformat())], {"math.NT": state})


async def test_that_a_fetch_failed_is_told_no_more_once_another_process_has_fetched(tmp_path: Path) -> None:
    async with TriageApp(fetching(tmp_path), LATER).run_test(size=WIDE) as pilot:
        (tmp_path / "gate").write_text("arXiv did not answer.")
        assert "fetch failed" in progress(await until(pilot, "arXiv did not answer."))
        cron(tmp_path, date(2026, 11, 23))
        await gone(pilot, "did not answer")
        assert "math.NT · complete · +1 day" in progress(await until(pilot, "+1 day"))


async def test_the_days_tell_no_more_of_a_failure_that_another_process_mended(tmp_path: Path) -> None:
    async with TriageApp(fetching(tmp_path), LATER).run_test(size=WIDE) as pilot:
        await press(pilot, "D")
        (tmp_path / "gate").write_text("arXiv did not answer.")
        await until(pilot, "arXiv did not answer.")
        cron(tmp_path, date(2026, 11, 23))
        await gone(pilot, "did not answer")
        await until(pilot, "all in order")


async def test_what_the_ledger_says_is_wrong_stays_when_another_process_fetched(tmp_path: Path) -> None:
    monday = date(2026, 11, 23)
    async with TriageApp(fetching(tmp_path), LATER).run_test(size=WIDE) as pilot:
        (tmp_path / "gate").write_text("arXiv did not answer.")
        await until(pilot, "arXiv did not answer.")
        failed = ListingState("math.NT", Completeness.FAILED, monday.isoformat())
        open_archive(tmp_path / "data" / "archive").remember(monday, {"math.NT": failed})
        screen = await gone(pilot, "did not answer")
        assert "complete · fetch failed" in progress(screen)


async def test_every_day_is_not_called_done_when_more_papers_have_come(tmp_path: Path) -> None:
    async with TriageApp(opened(tmp_path), LATER).run_test(size=WIDE) as pilot:
        assert "5 skipped, u undoes. Every day is done." in await press(pilot, "F")
        cron(tmp_path, date(2026, 11, 23))
        await until(pilot, "+1 day, 1 open")
        screen = await gone(pilot, "Every day is done.")
        assert "5 skipped, u undoes." in screen
        await press(pilot, "]")
        assert "1 skipped, u undoes. Every day is done." in await press(pilot, "F")


async def test_days_that_are_owed_are_told_of_at_the_start_and_in_the_header(tmp_path: Path) -> None:
    world = fetching(tmp_path, datetime(2026, 11, 25, 9, tzinfo=UTC))
    async with TriageApp(world, LATER).run_test(size=WIDE) as pilot:
        said = "2 listing days are owed and fetched behind, the oldest first; D shows the days."
        assert said in " ".join((await until(pilot, "are owed")).split())
        (tmp_path / "gate").write_text("2026-11-23")
        screen = await until(pilot, "1 day owed")
        assert "1 day owed" in progress(screen)
        assert "are owed and fetched behind" not in " ".join(screen.split()), "that fetch has ended"


async def test_an_open_app_fetches_the_next_listing_when_it_has_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching_screen, "_LOOK_FOR_LISTINGS", 0.05)
    moment = [datetime(2026, 11, 20, 9, tzinfo=UTC)]
    world = replace(fetching(tmp_path), now=lambda: moment[0])
    async with TriageApp(world, LATER).run_test(size=WIDE) as pilot:
        screen = await until(pilot, "0/5 · 0 kept")
        assert "fetching" not in progress(screen), "Friday's listing is here"
        moment[0] = datetime(2026, 11, 23, 9, tzinfo=UTC)
        await until(pilot, "fetching ━")
        (tmp_path / "gate").write_text("2026-11-23")
        await until(pilot, "Mon 23 Nov: 3 papers")


async def test_that_arxiv_rests_is_said_of_the_newest_day_only(tmp_path: Path) -> None:
    sunday = datetime(2026, 11, 22, 9, tzinfo=UTC)
    world = replace(opened(tmp_path), now=lambda: sunday)
    state = ListingState("math.NT", Completeness.COMPLETE, "2026-11-19", Sections(1), "list")
    day = date(2026, 11, 19)
    world.archive.store(day, [replace(paper(800), listed=day.isoformat())], {"math.NT": state})
    rests = ListingState("math.NT", Completeness.RESTS, "2026-11-22")
    world.archive.remember(date(2026, 11, 22), {"math.NT": rests})
    async with TriageApp(world, LATER).run_test(size=WIDE) as pilot:
        assert "Thu 19 Nov 2026" in progress(await until(pilot, "Thu 19 Nov"))
        screen = await press(pilot, "]")
        assert "Fri 20 Nov 2026 · math.NT · complete · arXiv rests" in progress(screen)
        assert "rests" not in progress(await press(pilot, "["))

"""The days: a calendar one moves through, what it says of a day, and fetching what is missing."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from time import monotonic

import pytest
from textual.pilot import Pilot

from tests import ledgers
from tests.ledgers import CL, LATE, LG, NOW, day, put
from tests.terminal import Terminal
from tests.tui.screens.stage import Stage, shown, through_all_sizes, world_in
from triage.actions import decide
from triage.archive import open_archive
from triage.ledger import Completeness, Listing
from triage.ports import World
from triage.settings import Settings
from triage.tui.days import OpenDays
from triage.tui.fetching import Fetch
from triage.tui.screens.days import DaysScreen

HOUSE = Path(__file__).resolve().parents[3]
NORMAL, WIDE, SMALL = (80, 24), (120, 40), (40, 12)


@dataclass
class Fetches:
    """Takes note of the fetches that are begun."""

    begun: list[tuple[str, ...]] = field(default_factory=list)
    refusal: str = ""

    def __call__(self, *more: str) -> str:
        if not self.refusal:
            self.begun.append(more)
        return self.refusal


def world(folder: Path, *, keys: str = "mnemonic", categories: Sequence[str] = (CL, LG)) -> World:
    """Four weeks in every state; the days before the 17th are decided."""
    archive = ledgers.filled(folder / "ledger", categories)
    settings = Settings(categories=tuple(categories), keys=keys)
    made = replace(world_in(folder, settings=settings), archive=archive, now=lambda: NOW, fetch=["fetch"])
    for on in archive.days():
        listing = archive.listing(on)
        if on < day(17) and listing is not None:
            decide.finish(made.library, listing.rows, NOW)
    return made


def stage(of: World, came_from: date | None = None, fetches: Fetches | None = None) -> Stage:
    """The screen above a world, as it is opened from a day."""
    open_days = OpenDays(of.archive, of.library, of.settings.listing.cross_lists)
    return Stage(DaysScreen(of, open_days, came_from, fetches or Fetches()))


def screen_of(app: Stage) -> DaysScreen:
    assert isinstance(app.played, DaysScreen)
    return app.played


async def until(pilot: Pilot[None], text: str) -> str:
    """The screen once it shows a text."""
    end = monotonic() + 20
    while True:
        await pilot.pause(0.01)
        if text in (screen := shown(pilot.app)):
            return screen
        assert monotonic() < end, f"{text!r} does not come; the screen:\n{screen}"


async def press(pilot: Pilot[None], *keys: str) -> str:
    """Press keys; the screen then."""
    await pilot.press(*keys)
    await pilot.pause()
    return shown(pilot.app)


def lines(screen: str, start: int, count: int) -> list[str]:
    return screen.splitlines()[start : start + count]


async def test_the_ledger_is_a_calendar_with_the_day_one_came_from_under_the_cursor(tmp_path: Path) -> None:
    app = stage(world(tmp_path), day(20))
    async with app.run_test(size=NORMAL) as pilot:
        screen = await until(pilot, "42 open")
    assert lines(screen, 0, 7) == [
        " Days · cs.CL cs.LG · 4 not in order                                    42 open",
        "       Mon           Tue           Wed           Thu           Fri",
        " Earlier: r fetches the two weeks before, from Mon 19 Oct 2026 on",
        " Nov    2 ✓ 6         3 ✓ 6         4 ✓ 6         5 ✓ 10        6 ✓ 10",
        " 2026   9 … 10       10 ✓ 10       11 – rests    12 ! 6        13 ≈ 10",
        "       16 ✓ 10       17 ○ 0/6      18 ✓ 0/10     19 = 0/6     ▌20 ✓ 0/10",
        "      [23]✓ 0/10     24 · not out",
    ]
    assert lines(screen, 18, 3) == [
        " Fri 20 Nov 2026  new  cross  repl.  all  here  decided  open  out  from",
        " cs.CL  complete    3      2      1    6     6        0     6    0  page",
        " cs.LG  complete    3      2      1    6     6        0     6    0  page",
    ]
    assert screen.splitlines()[-1] == " Enter Open   r Fetch   Tab To mend   Esc Back   ? Help"


async def test_today_is_the_date_at_arxiv(tmp_path: Path) -> None:
    early = datetime(2026, 11, 24, 1, tzinfo=timezone(timedelta(hours=1)))
    async with stage(replace(world(tmp_path), now=lambda: early), day(20)).run_test(size=NORMAL) as pilot:
        assert "[23]✓ 0/10     24 · not out" in await until(pilot, "42 open")


async def test_wide_screens_show_how_far_one_is_and_whole_words(tmp_path: Path) -> None:
    of = world(tmp_path)
    listing = of.archive.listing(day(20))
    assert listing is not None
    decide.finish(of.library, listing.rows[:6], NOW)
    async with stage(of, day(20)).run_test(size=WIDE) as pilot:
        screen = await until(pilot, "36 open")
    assert "▌20 ✓ 6/10    ━━━──" in screen
    assert "new  cross-lists  replaced  announced  in the archive  decided  open  left out  from" in screen
    assert "≈ reconstructed" in screen, "the marks are explained"


async def test_small_screens_show_the_open_papers_and_the_day_in_lines(tmp_path: Path) -> None:
    async with stage(world(tmp_path), day(9)).run_test(size=SMALL) as pilot:
        screen = await until(pilot, "42 open")
        assert screen.startswith(" Days · 4 not in order")
        assert [line[:37].rstrip() for line in lines(screen, 1, 5)] == [
            "      Mon   Tue   Wed   Thu   Fri",
            " Nov    2✓    3✓    4✓    5✓    6✓",
            " 2026 ▌ 9…   10✓   11–   12!   13≈",
            "       16✓   17○6  18✓10 19=6  20✓10",
            "      ›23✓10 24·",
        ]
        assert "cs.LG  cut off" in screen, "what is not in order stands first"
        assert "2000 announced: 1997 new" in screen
        screen = await press(pilot, "space", "space", "space", "space", "space")
        assert "6 in the archive: 6 decided" in screen
        assert "cs.LG  cut off" in await press(pilot, "b", "b", "b", "b", "b")


async def test_one_moves_by_days_and_by_weeks(tmp_path: Path) -> None:
    app = stage(world(tmp_path), day(20))
    async with app.run_test(size=NORMAL) as pilot:
        for key, on in (
            ("right", day(23)),
            ("right", day(24)),
            ("right", day(24)),
            ("up", day(17)),
            ("up", day(10)),
            ("left", day(9)),
            ("left", day(6)),
            ("down", day(13)),
            ("down", day(20)),
            ("down", day(24)),
            ("home", day(2)),
            ("home", None),
            ("right", day(2)),
            ("up", None),
            ("down", day(2)),
            ("left", None),
            ("end", day(24)),
            ("pageup", None),
            ("pagedown", day(23)),
        ):
            await press(pilot, key)
            assert screen_of(app).calendar.cursor == on, key


async def test_one_moves_by_the_keys_of_vim(tmp_path: Path) -> None:
    app = stage(world(tmp_path, keys="vim"), day(20))
    async with app.run_test(size=NORMAL) as pilot:
        for keys, on in (("h", day(19)), ("k", day(12)), ("l", day(13)), ("j", day(20)), ("G", day(24))):
            await press(pilot, keys)
            assert screen_of(app).calendar.cursor == on, keys
        await press(pilot, "g", "h", "g")
        assert screen_of(app).calendar.cursor == day(23), "one g is none"
        await press(pilot, "g", "g")
        assert screen_of(app).calendar.cursor == day(2)


async def test_enter_leads_to_the_day(tmp_path: Path) -> None:
    app = stage(world(tmp_path), day(20))
    async with app.run_test(size=NORMAL) as pilot:
        await press(pilot, "left", "enter")
        assert app.result == day(19), "cs.LG is stale, and cs.CL is there to be read"


@pytest.mark.parametrize("key", ["escape", "q", "D"])
async def test_one_comes_back_without_a_day(tmp_path: Path, key: str) -> None:
    app = stage(world(tmp_path), day(20))
    async with app.run_test(size=NORMAL) as pilot:
        await press(pilot, key)
        assert app.result is None


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (day(11), "arXiv rests on Wed 11 Nov 2026: there is no listing."),
        (day(24), "The listing of Tue 24 Nov 2026 is not out yet; it comes Tue 24 Nov at 05:00."),
        (day(17), "The listing of Tue 17 Nov 2026 is missing: r fetches it."),
        (day(19), "There is no listing of Thu 19 Nov 2026 here: r tries again."),
    ],
)
async def test_a_day_without_a_listing_says_why_there_is_none(tmp_path: Path, on: date, said: str) -> None:
    app = stage(world(tmp_path, categories=[LG]), on)
    async with app.run_test(size=NORMAL) as pilot:
        assert said in " ".join((await press(pilot, "enter")).split())
        assert app.result == "not dismissed"
        screen = await press(pilot, "left")
        assert said not in " ".join(screen.split()), "what is said yields to the next key"


@pytest.mark.parametrize(
    ("on", "keys", "more"),
    [
        (day(17), ("r",), ("--date", "2026-11-17", LG)),
        (day(9), ("r",), ("--date", "2026-11-09", LG)),
        (day(12), ("r",), ("--date", "2026-11-12", CL)),
        (day(20), ("r",), ()),
        (day(24), ("r",), ()),
        (day(11), ("r",), ()),
        (day(2), ("left", "r"), ("--since", "2026-10-19")),
        (day(2), ("left", "enter"), ("--since", "2026-10-19")),
    ],
)
async def test_r_fetches_the_day_or_what_is_owed_or_what_came_before(
    tmp_path: Path, on: date, keys: tuple[str, ...], more: tuple[str, ...]
) -> None:
    fetches = Fetches()
    async with stage(world(tmp_path), on, fetches).run_test(size=NORMAL) as pilot:
        await press(pilot, *keys)
    assert fetches.begun == [more]


async def test_a_category_whose_ledger_begins_later_is_not_asked_for_a_day(tmp_path: Path) -> None:
    of, fetches = world(tmp_path, categories=[CL]), Fetches()
    for on in (day(20), day(23)):
        put(of.archive, on, LG)
    of = replace(of, settings=of.settings._replace(categories=(CL, LG)))
    async with stage(of, day(12), fetches).run_test(size=NORMAL) as pilot:
        await press(pilot, "r")
    assert fetches.begun == [("--date", "2026-11-12", CL)]


async def test_why_nothing_is_fetched_is_said(tmp_path: Path) -> None:
    fetches = Fetches(refusal="A fetch is running.")
    async with stage(world(tmp_path), day(17), fetches).run_test(size=NORMAL) as pilot:
        assert "A fetch is running." in await press(pilot, "r")


async def test_without_a_way_to_fetch_nothing_earlier_is_offered(tmp_path: Path) -> None:
    app = stage(replace(world(tmp_path), fetch=None), day(2))
    async with app.run_test(size=NORMAL) as pilot:
        assert "Earlier" not in await press(pilot, "left", "up", "home", "home")
        assert screen_of(app).calendar.cursor == day(2)


async def test_tab_goes_from_one_day_that_is_not_in_order_to_the_next(tmp_path: Path) -> None:
    app = stage(world(tmp_path), day(12))
    async with app.run_test(size=NORMAL) as pilot:
        for on in (day(17), day(19), day(9), day(12)):
            await press(pilot, "tab")
            assert screen_of(app).calendar.cursor == on
    whole = world(tmp_path / "whole", categories=())
    put(whole.archive, day(23), CL)
    async with stage(whole).run_test(size=NORMAL) as pilot:
        assert "Every day is in order." in await press(pilot, "tab")
        assert "all in order" in shown(pilot.app)


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (day(9), "cs.LG cut off 1997 2 1 2000 6 6 0 0 page 2,000 papers were announced, 6 are here."),
        (day(12), "cs.CL failed arXiv's site answered 503 (Service Unavailable). cs.LG complete"),
        (day(13), "cs.CL reconstructed 3 2 1 6 6 6 0 0 search Reconstructed from submission dates."),
        (day(17), "cs.LG missing Not asked for yet."),
        (day(19), f"cs.LG stale {LATE}"),
        (day(23), "cs.LG complete 3 2 1 6 6 0 6 0 feed"),
        (day(11), "Wed 11 Nov 2026 cs.CL arXiv rests cs.LG arXiv rests"),
    ],
)
async def test_the_day_under_the_cursor_is_told_category_by_category(
    tmp_path: Path, on: date, told: str
) -> None:
    async with stage(world(tmp_path), on).run_test(size=WIDE) as pilot:
        screen = await until(pilot, "42 open")
        assert told in " ".join(screen.split())


async def test_a_day_that_was_asked_for_is_not_said_to_wait_for_it(tmp_path: Path) -> None:
    of = world(tmp_path)
    put(of.archive, day(17), LG, Completeness.MISSING, source="api")
    next(tmp_path.rglob("*2026-11-18.jsonl")).unlink()
    async with stage(of, day(18)).run_test(size=WIDE) as pilot:
        assert "cs.LG missing Its file is gone." in " ".join((await until(pilot, "is gone.")).split())
        assert "Not asked for yet." not in shown(pilot.app)
        screen = await press(pilot, "left")
        assert "Tue 17 Nov 2026" in screen
        assert "Not asked for yet." not in screen
        assert "Reconstructed" not in screen, "nothing came of it"


async def test_that_a_day_was_reconstructed_is_told_once(tmp_path: Path) -> None:
    of, said = world(tmp_path), "Reconstructed from the days of submission: nothing held back is in it."
    put(of.archive, day(17), LG, source="api", sentence=said)
    async with stage(of, day(17)).run_test(size=WIDE) as pilot:
        screen = await until(pilot, "nothing held back")
        assert screen.count("Reconstructed") == 1


async def test_what_came_before_the_ledger_is_offered_and_not_owed(tmp_path: Path) -> None:
    async with stage(world(tmp_path), day(2)).run_test(size=NORMAL) as pilot:
        screen = await press(pilot, "left")
        assert "▌Earlier: r fetches the two weeks before" in screen
        assert "Before Mon 02 Nov 2026" in screen
        assert "nothing before it is owed" in " ".join(screen.split())


async def test_years_of_which_nothing_is_known_are_a_row_one_steps_over(tmp_path: Path) -> None:
    of, old = world(tmp_path), date(2019, 11, 20)
    put(of.archive, old, CL, source="mail", unasked=True)
    fetches = Fetches()
    app = stage(of, day(4), fetches)
    async with app.run_test(size=NORMAL) as pilot:
        screen = await until(pilot, "48 open")
        assert [line[:78].rstrip() for line in lines(screen, 2, 4)] == [
            " Earlier: r fetches the two weeks before, from Mon 19 Oct 2026 on",
            " Nov                               20 ✓ 0/6",
            " 2019   ⋮ nothing until Mon 02 Nov 2026",
            " Nov    2 ✓ 6         3 ✓ 6       ▌ 4 ✓ 6         5 ✓ 10        6 ✓ 10",
        ]
        for key, on in (
            ("up", old), ("down", day(4)), ("home", old), ("right", day(2)), ("left", old), ("end", day(24)),
            ("up", day(17)),
        ):  # fmt: skip
            await press(pilot, key)
            assert screen_of(app).calendar.cursor == on, key
        await pilot.click("#days", offset=(36, 3))
        assert screen_of(app).calendar.cursor == day(17), "no day stands there"
        await press(pilot, "home", "up", "r")
    assert fetches.begun == [("--since", "2026-10-19")], "the weeks before the ledger, not those before 2019"


async def test_a_week_without_a_day_is_no_wall(tmp_path: Path) -> None:
    of = world(tmp_path)
    put(of.archive, date(2026, 10, 14), CL, source="mail", unasked=True)
    app = stage(of, day(4))
    async with app.run_test(size=NORMAL) as pilot:
        await press(pilot, "up")
        assert screen_of(app).calendar.cursor == date(2026, 10, 14)
        await press(pilot, "down")
        assert screen_of(app).calendar.cursor == day(4)


async def test_each_day_changes_as_it_lands_and_the_cursor_stays(tmp_path: Path) -> None:
    of = world(tmp_path)
    app = stage(of, day(17))
    async with app.run_test(size=NORMAL) as pilot:
        await until(pilot, "▌17 ○ 0/6")
        fetch = Fetch().after({"event": "progress", "done": 1, "total": 2, "doing": "cs.LG"})
        screen_of(app).take_in(fetch, 0.0)
        assert "fetching ━━━━──── cs.LG" in await until(pilot, "fetching")
        put(of.archive, day(17), LG)
        screen_of(app).take_in(fetch, 0.0)
        screen = await until(pilot, "▌17 ✓ 0/10")
        assert "· 3 not in order" in screen
        put(of.archive, date(2026, 10, 20), CL)
        screen_of(app).take_in(None, 0.0)
        screen = await until(pilot, "20 ✓ 0/6")
        assert "Oct" in screen
        assert "▌17 ✓ 0/10" in screen
        assert "before, from Tue 06 Oct 2026 on" in await press(pilot, "home")
        screen_of(app).take_in(None, 119.0)
        assert "arXiv asks to wait 1:59" in await until(pilot, "arXiv asks")
        screen_of(app).say("arXiv did not answer.", error=True)
        assert "arXiv did not answer." in await until(pilot, "did not answer")


async def test_weeks_that_come_before_leave_the_others_where_they_are(tmp_path: Path) -> None:
    of = world(tmp_path)
    app = stage(of, day(17))
    async with app.run_test(size=(80, 12)) as pilot:
        before = await until(pilot, "42 open")
        put(of.archive, date(2026, 9, 21), CL)
        screen_of(app).take_in(None, 0.0)
        after = await until(pilot, "48 open")
        days = [[line[6:74].rstrip() for line in lines(screen, 2, 4)] for screen in (before, after)]
        assert days[0] == days[1]
        assert "▌17 ○ 0/6" in after
        assert "Sep  ▌21 ✓ 0/6" in await press(pilot, "home")


async def test_a_narrow_title_keeps_what_goes_on_and_what_is_wrong(tmp_path: Path) -> None:
    app = stage(world(tmp_path), day(20))
    async with app.run_test(size=NORMAL) as pilot:
        fetch = Fetch().after({"event": "progress", "done": 1, "total": 2, "doing": "the feed of cs.LG"})
        screen_of(app).take_in(fetch, 0.0)
        for width, title in (
            (80, "Days · cs.CL cs.LG · 4 not in order       fetching ━━━━──── the feed of cs.LG"),
            (70, "Days · 2 cats · 4 not in order  fetching ━━━━──── the feed of cs.LG"),
            (60, "Days · 4 not in order  fetching ━━━━──── the feed of cs.LG"),
            (50, "Days           fetching ━━━━──── the feed of cs.LG"),
            (37, "fetching ━━━━──── the feed of cs.LG"),
        ):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            assert shown(pilot.app).splitlines()[0].split() == title.split(), width


async def test_what_another_process_fetched_is_shown_without_being_told_of(tmp_path: Path) -> None:
    of = world(tmp_path)
    async with stage(of, day(17)).run_test(size=NORMAL) as pilot:
        await until(pilot, "▌17 ○ 0/6")
        put(open_archive(tmp_path / "ledger"), day(17), LG)
        await until(pilot, "▌17 ✓ 0/10")


async def test_an_empty_ledger_says_how_it_begins(tmp_path: Path) -> None:
    empty = replace(world(tmp_path), archive=open_archive(tmp_path / "empty"))
    fetches = Fetches()
    async with stage(empty, None, fetches).run_test(size=NORMAL) as pilot:
        screen = shown(pilot.app)
        assert "Nothing was fetched yet; the ledger begins with the first listing." in screen
        await press(pilot, "left", "up", "down", "home", "end", "tab", "pageup", "enter", "r")
        assert fetches.begun == [(), ()]
        put(empty.archive, day(23), CL)
        await until(pilot, "[23]✓ 0/6")


async def test_a_click_moves_the_cursor_and_one_more_opens_the_day(tmp_path: Path) -> None:
    app = stage(world(tmp_path), day(20))
    async with app.run_test(size=NORMAL) as pilot:
        await pilot.click("#days", offset=(36, 3))
        assert screen_of(app).calendar.cursor == day(11)
        await pilot.click("#days", offset=(2, 1))
        assert screen_of(app).calendar.cursor is None
        await pilot.click("#days", offset=(10, 2))
        await pilot.click("#days", offset=(40, 12))
        assert screen_of(app).calendar.cursor == day(2)
        await pilot.click("#days", offset=(12, 2))
        assert app.result == day(2)


async def test_no_size_ends_the_screen(tmp_path: Path) -> None:
    async with stage(world(tmp_path), day(20)).run_test(size=NORMAL) as pilot:
        await through_all_sizes(pilot)
        await press(pilot, "up", "left", "home", "home", "tab")
        await through_all_sizes(pilot)


async def test_the_screen_is_there_before_the_listings_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = world(tmp_path)
    read: list[date] = []
    listing = of.archive.listing

    def reading(on: date) -> Listing | None:
        read.append(on)
        return listing(on)

    monkeypatch.setattr(of.archive, "listing", reading)
    app = stage(of, day(18))
    assert read == [day(18)], "only the day one comes from"
    async with app.run_test(size=NORMAL) as pilot:
        await until(pilot, "42 open")
    assert read[1:] == sorted(set(read[1:]), reverse=True), "each once, the newest first"


async def test_the_help_tells_the_keys_of_the_days_first(tmp_path: Path) -> None:
    async with stage(world(tmp_path), day(20)).run_test(size=NORMAL) as pilot:
        screen = await press(pilot, "?")
        assert screen.index("In the days") < screen.index("the week before")


def test_in_a_terminal_one_goes_to_the_days_and_back(tmp_path: Path) -> None:
    command: list[str | Path] = [sys.executable, "-m", "tests.tui.opened", tmp_path]
    with Terminal(command, cwd=HOUSE, size=NORMAL) as terminal:
        terminal.wait_for(r"0/5 · 0 kept")
        terminal.press("kD", r"▌20\]✓ 1/5")
        terminal.press("<right>", r"▌23 · not out")
        terminal.press("<enter>", "is not out yet; it comes Mon 23 Nov")
        terminal.press("<left><enter>", "1/5 · 1 kept")
        terminal.send("q")
        assert terminal.wait() == 0


async def test_the_archive_is_read_only_when_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of, read = world(tmp_path), 0
    app = stage(of, day(17))
    async with app.run_test(size=NORMAL) as pilot:
        await until(pilot, "42 open")
        categories = of.archive.categories

        def counted() -> Sequence[str]:
            nonlocal read
            read += 1
            return categories()

        monkeypatch.setattr(of.archive, "categories", counted)
        for _ in range(10):
            screen_of(app).take_in(None, 0.0)
        assert read == 0
        put(of.archive, day(17), LG)
        screen_of(app).take_in(None, 0.0)
        assert read > 0
        await until(pilot, "▌17 ✓ 0/10")

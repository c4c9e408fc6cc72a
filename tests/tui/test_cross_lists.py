"""Cross-lists that are left out, as a reader sees it: what is decided can be reached."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.tui.screens.stage import paper, shown, world_in
from tests.tui.screens_at_once import LATER
from tests.tui.test_main_screen import WIDE, Remembers, cursor_line, press, progress, until
from tests.tui.test_replacements import store
from triage.actions import decide
from triage.paper import Kind
from triage.ports import World
from triage.settings import FOLD, LEAVE_OUT, SHOW, ListingSettings, Settings
from triage.tui.app import TriageApp
from triage.tui.days import OpenDays
from triage.tui.session import Session

ON, BEFORE = date(2026, 11, 24), date(2026, 11, 23)
CROSS, OTHER = (replace(paper(number), kind=Kind.CROSS, listed=ON.isoformat()) for number in (921, 922))


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A day with two cross-lists, of which one is kept; cross-lists are left out."""
    settings = Settings(categories=("math.NT",), listing=ListingSettings(LEAVE_OUT))
    made = replace(world_in(tmp_path, settings=settings), memory=Remembers())
    decide.skip(made.library, [paper(number) for number in range(1, 6)], made.now())
    store(made, ON, [paper(911), paper(912), CROSS, OTHER])
    decide.keep(made.library, [CROSS], made.now())
    return made


async def test_a_kept_cross_list_stays_in_sight_and_counts(world: World) -> None:
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        assert "1/3 · 1 kept" in progress(shown(app))
        assert "On the number 922" not in shown(app)
        assert "On the number 921" in cursor_line(await press(pilot, "apostrophe", "enter"))


async def test_undoing_the_decision_on_one_puts_it_out_of_sight_and_says_so(world: World) -> None:
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "u")
        assert "Undone: keep of “On the number 921”. Out of sight: open cross-lists are left out" in screen
        assert "0/2 · 0 kept" in progress(screen)
        assert "1/3 · 1 kept" in progress(await press(pilot, "U"))
        screen = await press(pilot, "end", "x")
        assert "Out of sight: open cross-lists are left out, X shows them." in screen
        assert "0/2 · 0 kept" in progress(screen)
        assert world.library.verdict(CROSS.id) is None


def test_one_that_another_process_decides_comes_into_sight(world: World) -> None:
    session = Session(world)
    session.start({})
    step = decide.skip(world.library, [OTHER], world.now())
    assert step is not None
    session.take_in(step.changes)
    assert str(session.inbox.counts) == "2/4 · 1 kept"


def test_the_choice_changes_the_list_of_all_open_papers_before_the_days_are_counted(world: World) -> None:
    store(world, date(2026, 11, 25), [replace(paper(960), kind=Kind.CROSS)])
    session = Session(world)
    session.start({})
    while session.days.count_on():
        pass
    session.open_all()
    counted = session.days.changes
    session.next_cross_lists()
    assert {OTHER.id, "2611.00960"} <= set(session.inbox.places), "a day of cross-lists alone too"
    session.next_cross_lists()
    session.next_cross_lists()
    assert set(session.inbox.places) == {paper(911).id, paper(912).id}
    assert session.days.changes == counted, "no key waits for the counting"


def test_folding_changes_no_count_and_leaving_out_doubts_all(world: World) -> None:
    days = OpenDays(world.archive, world.library, SHOW)
    while days.count_on():
        pass
    days.count_by(FOLD)
    assert not days.count_on()
    days.count_by(LEAVE_OUT)
    assert days.open(ON) == 3, "until it is counted"
    while days.count_on():
        pass
    assert days.open(ON) == 2
    days.count_by(SHOW)
    assert days.open(ON) == 3
    assert days.count_on()


async def test_coming_back_from_the_days_to_the_day_one_is_on_leaves_filter_cursor_and_folds(
    world: World,
) -> None:
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "slash", *"912", "enter")
        await press(pilot, "D", "enter")
        screen = await until(pilot, "On the number 912")
        assert "On the number 911" not in screen, "the filter stands"
        assert "On the number 912" in cursor_line(screen)

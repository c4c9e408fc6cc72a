"""A haul published on two machines, in the app: it is said at the start, and `P` gives one another number."""

from pathlib import Path

from tests.published_twice import both_published
from tests.tui.screens.haul_stage import WIDE, said
from tests.tui.screens.stage import Stage, shown, typed, world_in
from tests.tui.screens_at_once import LATER
from tests.tui.test_main_screen import until
from triage.actions.numbering import of_number, twice
from triage.ports import World
from triage.tui.app import TriageApp
from triage.tui.screens.haul import HaulScreen
from triage.tui.widgets.field import Field


def world_of_both(root: Path) -> World:
    """The first machine's world, in which both hauls are."""
    both = both_published(root)
    both.first.close()
    both.later.close()
    return world_in(root / "first")


async def test_a_start_says_once_that_a_haul_was_published_twice(tmp_path: Path) -> None:
    app = TriageApp(world_of_both(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await until(
            pilot, "Haul 1 was published twice: h, then { to the one of 2026-11-20 08:30, and P"
        )
        assert screen.count("published twice") == 1


async def test_p_on_a_haul_whose_number_is_anothers_too_gives_it_the_next_one(tmp_path: Path) -> None:
    world = world_of_both(tmp_path)
    later = of_number(world.library, 1)[1]["id"]
    app = Stage(screen := HaulScreen(world))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("{")
        await pilot.pause()
        assert screen._view.key == later
        assert shown(app).split("\n")[0].endswith("numbered twice: P · 2026-11-20")
        await pilot.press("P")
        await pilot.pause()
        form = shown(app)
        assert "Another number for haul 1" in form
        assert "Date and time" not in form
        assert screen.app.screen.query_one("#publish-file", Field).value.endswith(
            "/first/data/posts/haul-2.md"
        )
        await pilot.press("enter")
        await pilot.pause()
        assert said(app).startswith("Haul 1 is haul 2 now: ")
        assert "numbered twice" not in shown(app)
        assert twice(world.library) == []
        assert (tmp_path / "first" / "data" / "posts" / "haul-2.md").exists()
        await pilot.press("u")
        await pilot.pause()
        assert "Haul 1" in shown(app)
        assert "numbered twice: P" in shown(app)


async def test_the_file_follows_the_number_that_is_typed_and_one_in_use_is_refused(tmp_path: Path) -> None:
    world = world_of_both(tmp_path)
    later = of_number(world.library, 1)[1]["id"]
    app = Stage(screen := HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        screen.open_at(later, "2611.00004")
        await pilot.press("P", "backspace", "1", "enter")
        await pilot.pause()
        assert "Number 1 is in use" in shown(app)
        await typed(pilot, "2")
        assert "haul-12.md" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert [haul["number"] for haul in world.library.hauls()] == [1, 12]


async def test_p_on_a_haul_that_has_its_number_alone_says_what_one_can_do(tmp_path: Path) -> None:
    world = world_of_both(tmp_path)
    world.library.undo()
    (alone,) = of_number(world.library, 1)
    app = Stage(screen := HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        screen.open_at(alone["id"], "")
        await pilot.press("P")
        await pilot.pause()
        assert said(app) == "This haul is published; e exports it again."


async def test_a_comment_that_is_in_the_later_haul_is_shown_and_said_to_be_changed_there(
    tmp_path: Path,
) -> None:
    world = world_of_both(tmp_path)
    first = of_number(world.library, 1)[0]["id"]
    app = Stage(screen := HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        screen.open_at(first, "")
        await pilot.pause()
        assert "Of both." in shown(app)
        await pilot.press("home")
        for key in ("n", "s", "J"):
            await pilot.press(key)
            await pilot.pause()
            assert "is changed in the later haul" in said(app)
        assert "Of both." in shown(app)

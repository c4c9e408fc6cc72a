"""Copying from the haul: the card that it has, its note, its post; and correcting while one writes."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.screens.haul_stage import WIDE, haul_world, said
from tests.tui.screens.stage import NOW, Clip, Stage, shown, typed
from triage.actions import add
from triage.actions import haul as hauls
from triage.library import open_library
from triage.ports import NotSaved, World
from triage.tui.screens.haul import HaulScreen


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Three entries of which one has a note, one held paper, two comments."""
    return haul_world(tmp_path)


def copied(world: World) -> list[str]:
    clip = world.clipboard
    assert isinstance(clip, Clip)
    return clip.copied


async def settled(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_the_card_is_that_of_the_haul_with_what_was_corrected(world: World) -> None:
    add.correct(world.library, "2611.00001", title="Mine & better", abstract="In short.")
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("end", "up", "y", "c")
        await settled(pilot)
        assert said(app) == "Card copied by tool."
        await pilot.press("y", "m", "y", "n")
        await settled(pilot)
    post = hauls.post_of(world.library, world.settings, NOW).decode()
    card, link, _ = copied(world)
    assert "<h4>Mine &amp; better</h4>" in card
    assert card.rstrip() in post
    assert link == r"[Mine \& better](https://arxiv.org/abs/2611.00001)"


async def test_the_post_is_copied_as_its_file_has_it(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("y")
        assert "Copy haul 1" in shown(app), "on a comment there is only the post"
        await pilot.press("p")
        await settled(pilot)
    assert copied(world) == [hauls.post_of(world.library, world.settings, NOW).decode()]
    assert "- The first comment" in copied(world)[0]


async def test_where_nothing_can_be_saved_the_post_is_copied_all_the_same(
    world: World, tmp_path: Path
) -> None:
    world.library.close()
    read_only = open_library(tmp_path / "data", state=tmp_path / "state", read_only=True)
    app = Stage(HaulScreen(replace(world, library=read_only)))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("y", "p")
        await settled(pilot)
        assert said(app) == "Post copied by tool."
    assert "- The first comment" in copied(world)[0]
    with pytest.raises(NotSaved):
        hauls.export_post(read_only, world.posts, world.settings, NOW, str(tmp_path / "post.md"))
    assert not (tmp_path / "post.md").exists()
    read_only.close()


async def test_of_a_published_haul_its_own_post_is_copied(world: World) -> None:
    made = hauls.publish(world.library, world.posts, world.settings, NOW, number=17)
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("{", "end", "y", "p")
        await settled(pilot)
    assert copied(world)[0].encode() == world.posts.read(made.place)


async def test_a_card_is_corrected_while_its_note_is_written(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("down", "down", "n")
        await typed(pilot, "so far")
        await pilot.press("f2", "end")
        await typed(pilot, " anew\n")
        await pilot.pause()
        assert "anew" in shown(app)
        await typed(pilot, ", so good")
        await pilot.press("escape")
        await pilot.pause()
    kept = [record for record in world.library.in_haul("current") if record["title"].endswith(" anew")]
    assert [record["note"] for record in kept] == ["so far, so good"]

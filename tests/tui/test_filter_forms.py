"""The filter finds a paper by what is on the screen and by what arXiv sent."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.events import Key, Paste

from tests.tui.screens.stage import DAY, paper, world_in
from tests.tui.screens_at_once import LATER
from tests.tui.test_main_screen import Remembers, press, until
from triage.ledger import Completeness, ListingState, Sections
from triage.ports import World
from triage.settings import Settings
from triage.tui.app import TriageApp
from triage.tui.session import Session
from triage.tui.widgets.filter_line import FilterLine


def _opened(folder: Path) -> World:
    world = replace(world_in(folder, settings=Settings(categories=("math.NT",))), memory=Remembers())
    wanted = replace(
        paper(9, r"Primes in $\mathbb{F}_p[x]$", r"We bound $\sum_{n\le x} \mu(n)$ by ``sieves''."),
        authors=(r"P\'al Erd\H{o}s",),
    )
    state = ListingState("math.NT", Completeness.COMPLETE, DAY.isoformat(), Sections(6), "rss")
    world.archive.store(DAY, [wanted], {"math.NT": state})
    return world


@pytest.mark.parametrize(
    "query",
    [
        "𝔽ₚ[x]", r"\mathbb{F}_p", "primes in",
        "pál erdős", r"Erd\H{o}s",
        "∑_(n≤x)", "μ(n)", r"\sum_{n\le", "“sieves”", "``sieves''",
    ],
)  # fmt: skip
async def test_a_filter_finds_what_is_shown_and_what_was_received(query: str, tmp_path: Path) -> None:
    app = TriageApp(_opened(tmp_path), LATER)
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, "survey")
        await press(pilot, "slash")
        pilot.app.screen.query_one(FilterLine).post_message(Paste(query))
        await pilot.pause()
        screen = await press(pilot, "enter")
        assert "Primes in 𝔽ₚ[x]" in screen
        assert "survey" not in screen


async def test_letters_that_come_at_once_are_filtered_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, queries = TriageApp(_opened(tmp_path), LATER), list[str]()
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, "survey")
        await press(pilot, "slash")
        monkeypatch.setattr(Session, "filter", lambda _, query: queries.append(query))
        for letter in "survey":
            app.post_message(Key(letter, letter))
        await press(pilot, "enter")
    assert queries == ["survey", "survey"], "with the last letter, and with Enter"

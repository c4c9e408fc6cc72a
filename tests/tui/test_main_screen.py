"""The main screen by its keys: what a reader sees after pressing them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.screens.stage import SIZES, Hands, Written, paper, shown, typed, world_in
from tests.tui.screens_at_once import LATER
from triage.actions import decide
from triage.archive import open_archive
from triage.inbox import Counts
from triage.ledger import Completeness, ListingState, Sections
from triage.paper import Kind
from triage.ports import NotSaved, World
from triage.settings import Settings
from triage.tui.app import TriageApp
from triage.tui.widgets.header import Facts, line

PATIENCE = 20.0
"""Seconds that a busy machine may take for what comes at once on an idle one."""
WIDE, STACKED = (120, 36), (80, 24)


@dataclass
class Remembers(Hands):
    """Hands that remember."""

    state: dict[str, Any] = field(default_factory=dict)

    def recall(self) -> Mapping[str, Any]:
        return self.state

    def remember(self, state: Mapping[str, Any]) -> None:
        self.state = dict(state)


def opened(folder: Path, keys: str = "mnemonic") -> World:
    """A world of five papers, for the app."""
    world = world_in(folder, settings=Settings(categories=("math.NT",), keys=keys))
    return replace(world, memory=Remembers())


def with_other_days(world: World) -> World:
    """The same with a day of all kinds before, and one after."""
    kinds = [Kind.NEW, Kind.NEW, Kind.CROSS, Kind.REPLACE]
    for day, start in ((date(2026, 11, 19), 100), (date(2026, 11, 23), 200)):
        papers = [
            replace(
                paper(start + at, kind=kind), listed=day.isoformat(), version=3 if kind is Kind.REPLACE else 1
            )
            for at, kind in enumerate(kinds)
        ]
        state = ListingState(
            "math.NT", Completeness.COMPLETE, day.isoformat(), sections=Sections(4), source="rss"
        )
        world.archive.store(day, papers, {"math.NT": state})
    return world


async def press(pilot: Pilot[None], *keys: str) -> str:
    """Press keys; what then stands on the screen."""
    await pilot.press(*keys)
    await pilot.pause()
    return shown(pilot.app)


async def until(pilot: Pilot[None], text: str) -> str:
    """What stands on the screen as soon as a text does that work behind the screen brings."""
    end = monotonic() + PATIENCE
    while text not in (screen := shown(pilot.app)):
        assert monotonic() < end, f"{text!r} did not come; the screen:\n{screen}"
        await pilot.pause(0.01)
    return screen


def cursor_line(screen: str) -> str:
    """The line with the cursor's bar."""
    return next(line for line in screen.splitlines() if line.startswith("▌"))


def progress(screen: str) -> str:
    """The header."""
    return screen.splitlines()[0]


@pytest.mark.parametrize("size", [WIDE, STACKED])
async def test_keep_and_skip_mark_the_paper_and_go_on_to_the_next_open_one(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=size) as pilot:
        screen = await press(pilot, "k", "s")
    assert "2/5 · 1 kept" in progress(screen)
    assert "Brackets [/INST] [@click=app.quit]" in cursor_line(screen)
    assert " – A survey of surveys" in screen
    assert app.world.library.verdict("2611.00001") == "keep"


async def test_the_vim_keys_keep_with_f_skip_with_d_and_move_with_j_k_g_g_and_shift_g(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path, "vim"), LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "f", "d", "j", "j")
        assert "2/5 · 1 kept" in progress(screen)
        assert "Estimating" in cursor_line(screen)
        assert "Dimensions" in cursor_line(await press(pilot, "k"))
        assert "Dimensions" in cursor_line(await press(pilot, "g"))
        assert "Counting" in cursor_line(await press(pilot, "g"))
        assert "Counting" in cursor_line(await press(pilot, "g", "down", "up", "g"))
        assert "Estimating" in cursor_line(await press(pilot, "G"))


async def test_the_first_j_tells_of_the_vim_keys_and_does_nothing_else(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "j")
        assert 'keys = "vim"' in screen
        assert "0/5 · 0 kept" in progress(screen)
        assert "Counting" in cursor_line(screen)
        assert "vim" not in await press(pilot, "down", "j")


async def test_a_decided_paper_takes_the_other_verdict_and_the_cursor_stays(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "k", "up", "s")
        assert cursor_line(screen).startswith("▌– Counting")
        assert "1/5 · 0 kept" in progress(screen)
        screen = await press(pilot, "x")
        assert cursor_line(screen).startswith("▌  Counting")
        assert "0/5 · 0 kept" in progress(screen)


async def test_undo_goes_to_the_paper_past_a_filter_and_a_restart(tmp_path: Path) -> None:
    world = opened(tmp_path)
    async with TriageApp(world, LATER).run_test(size=WIDE) as pilot:
        await press(pilot, "s", "k", "F")
    again = TriageApp(world, LATER)
    async with again.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "slash", *"surveys", "enter", "u")
        assert "2/5 · 1 kept" in progress(screen)
        assert "Undone: finish of 3 papers" in screen
        assert "Brackets" in cursor_line(screen)
        screen = await press(pilot, "u", "u")
        assert "0/5 · 0 kept" in progress(screen)
        assert "Counting" in cursor_line(screen)
        screen = await press(pilot, "u")
        assert "Nothing is left to undo." in screen
        screen = await press(pilot, "U", "U", "U")
        assert "5/5 · 1 kept" in progress(screen)


async def test_finishing_skips_the_open_rest_and_shows_the_oldest_day_with_open_papers(
    tmp_path: Path,
) -> None:
    app = TriageApp(with_other_days(opened(tmp_path)), LATER)
    async with app.run_test(size=WIDE) as pilot:
        assert "Thu 19 Nov 2026" in progress(shown(app))
        assert "+2 days, 9 open" in progress(await until(pilot, "+2 days"))
        screen = await press(pilot, "k", "F")
        assert "3 skipped, u undoes." in screen
        assert "Fri 20 Nov 2026" in progress(screen)
        screen = await press(pilot, "u")
        assert "Thu 19 Nov 2026" in progress(screen)
        assert "1/4 · 1 kept" in progress(screen)


async def test_finishing_with_a_filter_skips_what_is_shown(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "slash", *"number of", "enter")
        screen = await press(pilot, "escape", "slash", *"nobody", "enter", "F")
        assert "1 of 5 skipped, u undoes." in screen
        assert "1/5 · 0 kept" in progress(screen)


async def test_a_filter_answers_each_letter_and_esc_clears_it(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "slash", *"surv")
        assert "A survey of surveys" in cursor_line(screen)
        assert "Dimensions" not in screen
        screen = await press(pilot, "escape")
        assert "Dimensions" in screen
        screen = await press(pilot, "slash", *"2611.00004", "enter")
        assert "Dimensions" in cursor_line(screen)
        screen = await press(pilot, "escape")
        assert "surveys" in screen
        screen = await press(pilot, "slash", *"nonsense", "enter")
        assert "Nothing matches “nonsense”." in screen
        screen = await press(pilot, "k")
        assert "0/5 · 0 kept" in progress(screen)


async def test_a_note_keeps_an_open_paper_stays_with_it_and_is_found_by_the_filter(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "n")
        await typed(pilot, "kudos\nto Ada")
        screen = shown(app)
        assert "Counting is slow." in screen, "the abstract stays in view"
        screen = await press(pilot, "escape")
        assert "A survey of surveys" in cursor_line(screen)
        assert "1/5 · 1 kept" in progress(screen)
        assert "✎" in screen
        screen = await press(pilot, "up")
        assert "── note ─" in screen
        assert "to Ada" in screen
        screen = await press(pilot, "slash", *"kudos", "enter")
        assert "Counting" in cursor_line(screen)
        assert "survey" not in screen
        screen = await press(pilot, "escape", "u")
        assert "0/5 · 0 kept" in progress(screen)
        assert "kudos" not in screen


async def test_leaving_a_note_without_text_changes_nothing_and_a_skipped_paper_stays_skipped(
    tmp_path: Path,
) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "n", "escape")
        assert "0/5 · 0 kept" in progress(screen)
        assert "Counting" in cursor_line(screen)
        screen = await press(pilot, "s", "up", "n", "a", "ctrl+s")
        assert cursor_line(screen).startswith("▌– Counting")
        assert "1/5 · 0 kept" in progress(screen)


async def test_the_note_of_the_paper_decided_last_leads_back(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "k", "down", "down", "N", "h", "i", "escape")
        assert "Dimensions" in cursor_line(screen)
        assert "1/5 · 1 kept" in progress(screen)
        assert (app.world.library.paper("2611.00001") or {})["note"] == "hi"


async def test_a_decision_that_cannot_be_saved_moves_nothing_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:

        def refuse(*_: object) -> None:
            raise NotSaved("The disk is full: nothing was saved. Free some space and press the key again.")

        monkeypatch.setattr(type(app.world.library), "record", refuse)
        screen = await press(pilot, "k")
        assert "The disk is full" in screen
        assert "0/5 · 0 kept" in progress(screen)
        assert cursor_line(screen).startswith("▌  Counting")
        screen = await press(pilot, "n", "a", "escape")
        assert "The disk is full" in screen
        assert "─ note ─" in screen, "the text is still there to be saved"


async def test_sections_fold_and_tab_goes_to_the_next(tmp_path: Path) -> None:
    app = TriageApp(with_other_days(opened(tmp_path)), LATER)
    async with app.run_test(size=WIDE) as pilot:
        assert "Replacements 1 ›" in shown(app)
        assert "On the number 103" not in shown(app)
        assert "v3  On the number 103" in await press(pilot, "right")
        assert "102" in cursor_line(await press(pilot, "tab"))
        screen = await press(pilot, "left")
        assert "Cross-lists 1 ›" in screen
        assert "On the number 102" not in screen
        screen = await press(pilot, "F", "[")
        assert "4/4 · 0 kept" in progress(screen), "folded rows are finished too"
        assert "Replacements 1 ›" in screen, "each day is folded as it comes"


async def test_all_open_papers_of_all_days_are_one_list(tmp_path: Path) -> None:
    app = TriageApp(with_other_days(opened(tmp_path)), LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "A")
        assert "Thu 19 Nov 2026 3" in screen
        assert "Mon 23 Nov 2026 3" in screen
        assert "Replacements 2 ›" in screen, "they are open, and nobody's to read"
        assert "On the number 203" not in screen
        assert "0/13" in progress(screen)
        assert "On the number 203" in await press(pilot, "right")
        screen = await press(pilot, "k", "A")
        assert "1/4 · 1 kept" in progress(screen)


async def test_the_days_are_listed_to_choose_from(tmp_path: Path) -> None:
    app = TriageApp(with_other_days(opened(tmp_path)), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "D")
        await until(pilot, "▌19 ✓ 0/4")
        await until(pilot, "[20]✓ 0/5")
        screen = await press(pilot, "right", "right", "enter")
        assert "Mon 23 Nov 2026" in progress(screen)
        assert "newest listing day" in await press(pilot, "]")


async def test_the_next_start_restores_day_paper_filter_folds_and_layout(tmp_path: Path) -> None:
    world = with_other_days(opened(tmp_path))
    async with TriageApp(world, LATER).run_test(size=WIDE) as pilot:
        await press(
            pilot, "]", "slash", *"counting dimensions", "escape", "slash", *"2611", "enter", "down", "z"
        )
    again = TriageApp(world, LATER)
    async with again.run_test(size=WIDE) as pilot:
        screen = await until(pilot, "/2611")
        assert "Fri 20 Nov 2026" in progress(screen)
        assert "/2611 5" in progress(screen)
        assert "survey" in cursor_line(screen)
        assert "Ada Example" not in screen, "the list alone is shown"


async def test_what_another_process_did_is_shown_and_the_cursor_stays(tmp_path: Path) -> None:
    world = opened(tmp_path)
    other = world_in(tmp_path)
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "down")
        decide.keep(
            other.library, [paper(1, "Counting to $n^2$ in linear time")], datetime(2026, 11, 20, tzinfo=UTC)
        )
        screen = await until(pilot, "1/5")
    assert "1/5 · 1 kept" in progress(screen)
    assert "survey" in cursor_line(screen)


async def test_the_source_of_tex_is_one_key_away(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        assert "Counting to n² in" in shown(app)
        assert "Counting to $n^2$ in" in await press(pilot, "t")
        assert "Counting to $n^2$ in" not in await press(pilot, "t")


async def test_hostile_titles_are_shown_literally(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "down", "down")
        assert "Brackets [/INST] [@click=app.quit] and [red]colour[/red]" in screen
        await pilot.click("#reader", offset=(20, 1))
        await pilot.pause()
        assert app.is_running
        assert "0/5" in progress(shown(app))


async def test_a_click_selects_a_row_and_folds_by_the_heading(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.click("#papers", offset=(10, 3))
        await pilot.pause()
        assert "Brackets" in cursor_line(shown(app))
        await pilot.click("#papers", offset=(2, 0))
        await pilot.pause()
        assert "New 5 ›" in shown(app)


@pytest.mark.parametrize("size", SIZES)
async def test_no_size_ends_the_app(tmp_path: Path, size: tuple[int, int]) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "k", "down", "z", "z", "z", "space", "n", "a", "escape", "slash", "o", "enter")
        await pilot.resize_terminal(90, 20)
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert app.is_running


@pytest.mark.parametrize("width", range(40, 130))
def test_the_count_is_whole_at_every_width_from_40(width: int) -> None:
    facts = Facts("Fri 20 Nov 2026", ("cs.CL", "cs.LG"), "complete", True, (2, 310), Counts(212, 87, 5), 11)
    text = "".join(piece for piece, _ in line(facts, width))
    assert len(text) == width
    assert "87/212 · 5 kept" in text
    assert "complete" in text


async def test_the_first_run_leads_to_the_main_screen_with_the_keys_that_were_chosen(tmp_path: Path) -> None:
    chosen = Written()
    app = TriageApp(replace(world_in(tmp_path, written=chosen), memory=Remembers()), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, "Which categories do you read?")
        screen = await press(pilot, "escape")
        assert chosen.settings is not None
        assert "0/5 · 0 kept" in progress(screen)
        assert "1/5 · 1 kept" in progress(await press(pilot, "k"))


async def test_what_is_added_is_in_the_haul_at_once_and_its_note_is_open(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "a")
        await typed(pilot, "https://example.org/page\nwhat it is about")
        screen = await press(pilot, "escape")
        assert "0/5 · 0 kept" in progress(screen), "a web page is in no listing"
        record = app.world.library.paper("https://example.org/page")
        assert record is not None
        assert record["note"] == "what it is about"
        assert "Counting" in cursor_line(screen)
        screen = await press(pilot, "u", "u")
        assert app.world.library.verdict("https://example.org/page") is None


async def test_a_theme_is_remembered(tmp_path: Path) -> None:
    world = opened(tmp_path)
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        app.theme = "textual-light"
        await press(pilot, "down")
    again = TriageApp(world, LATER)
    async with again.run_test(size=WIDE):
        assert again.theme == "textual-light"
        assert not again.current_theme.dark


async def test_the_palette_knows_the_keys(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "ctrl+p", *"reopen")
        await until(pilot, "make the paper open again (x)")
        await press(pilot, "escape")
        assert "1/5" in progress(await press(pilot, "k"))


async def test_a_damaged_listing_is_told_of(tmp_path: Path) -> None:
    world = with_other_days(opened(tmp_path))
    [file] = (tmp_path / "data" / "archive").rglob("*2026-11-23*")
    file.write_bytes(b"\x00" * 200)
    app = TriageApp(replace(world, archive=open_archive(tmp_path / "data" / "archive")), LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await until(pilot, "2026-11-23")
        assert "Thu 19 Nov 2026" in progress(screen)
        assert "Help" in (await press(pilot, "down")).splitlines()[-1]


async def test_why_an_abstract_is_missing_is_shown_and_kept_nowhere(tmp_path: Path) -> None:
    world = opened(tmp_path)
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        [file] = (tmp_path / "data" / "archive").rglob("2026-*")
        head = file.read_bytes().partition(b"\n")[0]
        file.write_bytes(head + b"\n" + b"x" * (len(head) * 20))
        screen = await press(pilot, "down")
        assert "cannot be read" in screen
        assert "1/5 · 1 kept" in progress(await press(pilot, "k"))
    [record] = world.library.in_haul("current")
    assert record["title"]
    assert "abstract" not in record

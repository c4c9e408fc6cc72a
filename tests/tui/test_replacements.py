"""One paper, once, as a reader sees it: replacements, what changed in them, and cross-lists."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.tui.screens.stage import NOW, OPENED, paper, shown, typed, world_in
from tests.tui.screens_at_once import LATER
from tests.tui.test_main_screen import STACKED, WIDE, Remembers, cursor_line, press, progress, until
from triage.actions import decide, note
from triage.actions.haul import publish
from triage.desktop.posts import PostFiles
from triage.ledger import Completeness, ListingState, Sections
from triage.library import open_library
from triage.paper import Kind, Paper, Row, Verdict
from triage.ports import World
from triage.settings import ListingSettings, Settings
from triage.tui.app import TriageApp

FIRST_DAY, LATER_DAY = date(2026, 11, 12), date(2026, 11, 24)
KEY, IN_HAND = "2611.00901", "2611.00902"
OLD = "We adapt the classical estimator to run in place. It needs 12 GB on all tasks."
NEW = "We adapt the zeroth-order estimator to run in place. It needs 9 GB on all tasks."
PUBLISHED = replace(
    paper(901, "Erd\\H{o}s graphs as teachers", OLD), listed=FIRST_DAY.isoformat(), arxiv_comments="18 pages"
)
CURRENT = replace(paper(902, "On what stayed", "Nothing  changed\nhere."), listed=FIRST_DAY.isoformat())


def listed(day: date, *papers: Paper) -> list[Paper]:
    """Papers as a listing of a day has them."""
    return [replace(one, listed=day.isoformat()) for one in papers]


def store(world: World, day: date, papers: Sequence[Paper]) -> None:
    """Put a whole listing into the archive."""
    kinds = [one.kind for one in papers]
    replaced = sum(kind in (Kind.REPLACE, Kind.REPLACE_CROSS) for kind in kinds)
    sections = Sections(kinds.count(Kind.NEW), kinds.count(Kind.CROSS), replaced)
    state = ListingState("math.NT", Completeness.COMPLETE, day.isoformat(), sections=sections, source="list")
    world.archive.store(day, listed(day, *papers), {"math.NT": state})


def rows_of(world: World, day: date) -> Sequence[Row]:
    """The rows of a listing day."""
    listing = world.archive.listing(day)
    assert listing is not None
    return listing.rows


def later(one: Paper, version: int, title: str = "", abstract: str = "", comments: str = "") -> Paper:
    """A replacement of a paper."""
    return replace(
        one,
        kind=Kind.REPLACE,
        version=version,
        title=title or one.title,
        abstract=abstract or one.abstract,
        arxiv_comments=comments or one.arxiv_comments,
    )


@pytest.fixture
def world(tmp_path: Path) -> World:
    """One paper published in haul 20, one in the current haul; a day that replaces both among others."""
    made = replace(world_in(tmp_path, settings=Settings(categories=("math.NT",))), memory=Remembers())
    store(made, FIRST_DAY, [PUBLISHED, CURRENT])
    note.write(made.library, PUBLISHED, "The old note.", NOW)
    publish(made.library, PostFiles(tmp_path / "posts"), made.settings, NOW, number=20)
    decide.keep(made.library, [CURRENT], NOW)
    decide.skip(made.library, [paper(number) for number in range(1, 6)], NOW)
    store(
        made,
        LATER_DAY,
        [
            paper(911),
            paper(912),
            replace(paper(921), kind=Kind.CROSS),
            later(paper(931), 2),
            later(PUBLISHED, 3, "Erdős graphs as good teachers", NEW, comments="21 pages"),
            later(paper(932), 5),
            later(CURRENT, 2, abstract="Nothing changed here."),
        ],
    )
    return made


def headings(screen: str) -> list[str]:
    """The list's headings as they stand, with their counts."""
    lines = [line.split("│")[0].strip() for line in screen.splitlines()]
    return [line for line in lines if re.fullmatch(r"(New|Cross-lists|Replacements.*?) \d+( ›)?", line)]


async def test_replacements_of_kept_papers_have_their_section_and_the_others_are_a_count(
    world: World,
) -> None:
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        assert headings(shown(app)) == [
            "New 2",
            "Cross-lists 1",
            "Replacements of kept papers 2",
            "Replacements 2 ›",
        ]
        assert "0/7 · 0 kept" in progress(shown(app)), "folded rows count"
        assert "On the number 931" not in shown(app)
        screen = await press(pilot, "right")
        assert "v2  On the number 931" in screen
        assert "v5  On the number 932" in screen
        assert "On the number 911" in cursor_line(screen), "the cursor stays"


@pytest.mark.parametrize("size", [WIDE, STACKED])
async def test_the_reader_says_what_changed_word_by_word(world: World, size: tuple[int, int]) -> None:
    app = TriageApp(world, LATER)
    async with app.run_test(size=size) as pilot:
        screen = " ".join((await press(pilot, "tab", "tab")).replace("│", " ").split())
        assert "Erdős graphs as [+good+] teachers" in screen, "another way to write ő is no change"
        assert "v1 → v3 · title, abstract and comments changed" in screen
        assert "[-18-] [+21+] pages" in screen
        assert "adapt the [-classical-] [+zeroth-order+] estimator" in screen
        assert "needs [-12-] [+9+] GB" in screen
        looks = {}
        for strip in app.screen._compositor.render_strips():
            looks.update({segment.text: segment.style for segment in strip})
        gone, new, same = looks["classical"], looks["zeroth-order"], looks["Ada Example"]
        assert gone is not None
        assert new is not None
        assert same is not None
        assert gone.strike
        assert new.bold
        assert (same.strike, same.bold) == (None, None)


async def test_a_text_that_was_only_wrapped_anew_is_unchanged(world: World) -> None:
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "tab", "tab", "down")
        assert "v1 → v2 · the text is unchanged" in screen
        assert "Nothing changed here." in screen
        assert "[+" not in screen


async def test_the_source_of_tex_is_compared_as_it_was_received(world: World) -> None:
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "tab", "tab", "t")
        assert "[-Erd\\H{o}s-] [+Erdős+] graphs as [+good+] teachers" in screen


async def test_skip_means_seen_and_x_unseen_and_undo_takes_it_back(world: World) -> None:
    before = world.library.paper(KEY)
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "tab", "tab", "s")
        assert "1/7 · 0 kept" in progress(screen)
        assert "On what stayed" in cursor_line(screen), "on to the next open one"
        screen = await press(pilot, "up")
        assert cursor_line(screen).startswith("▌· v3  Erdős")
        assert "· seen   ✓ kept in haul 20, " in screen
        assert {**(world.library.paper(KEY) or {}), "seen": None} == {**(before or {}), "seen": None}
        screen = await press(pilot, "x")
        assert cursor_line(screen).startswith("▌  v3  Erdős")
        assert "0/7 · 0 kept" in progress(screen)
        screen = await press(pilot, "u", "u")
        assert "Undone: seen of “Erdős graphs as good teachers”." in screen
        assert "0/7 · 0 kept" in progress(screen)
        assert world.library.paper(KEY) == before
        assert cursor_line(await press(pilot, "U")).startswith("▌· v3")


async def test_a_decision_leads_to_the_replacement_that_was_seen(world: World) -> None:
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "tab", "tab", "s", "left_square_bracket")
        screen = await press(pilot, "apostrophe", "enter")
        assert "Tue 24 Nov 2026" in progress(screen)
        assert cursor_line(screen).startswith("▌· v3")
        screen = await press(pilot, "N")
        assert "── note, haul 20 ──" in screen, "the paper decided last"


async def test_taking_the_new_entry_out_of_the_haul_says_which_one_has_it_still(world: World) -> None:
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "tab", "tab", "k", "h")
        await until(pilot, "Erdős graphs as good teachers")
        screen = await press(pilot, "s")
        assert "Taken out; haul 20 has it still: Erdős graphs as good teachers" in screen
        screen = await press(pilot, "q", "home", "tab", "tab")
        assert cursor_line(screen).startswith("▌· v3")


async def test_finishing_sees_what_was_kept_skips_the_rest_and_says_both(world: World) -> None:
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "k", "F")
        assert "4 skipped, 2 seen, u undoes. Every day is done." in screen
        assert "7/7 · 1 kept" in progress(screen)
        assert {world.library.verdict(key) for key in (KEY, IN_HAND)} == {Verdict.KEEP}
        assert world.library.verdict("2611.00931") is Verdict.SKIP
        screen = await press(pilot, "u")
        assert "1/7 · 1 kept" in progress(screen)


async def test_finishing_with_a_filter_says_how_many_were_seen(world: World) -> None:
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "slash", *"teachers", "enter", "F")
        assert "1 of 7: 1 seen, u undoes." in screen


async def test_keep_makes_a_new_entry_and_says_where_and_the_old_note_stands_above_the_new(
    world: World,
) -> None:
    old = world.library.hauls()
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "tab", "tab", "k")
        assert "A new entry in haul 21; that in haul 20 stays." in screen
        assert "1/7 · 1 kept" in progress(screen)
        screen = await press(pilot, "up")
        assert cursor_line(screen).startswith("▌✓ v3")
        assert "✓ haul 21" in screen
        assert "[-classical-] [+zeroth-order+]" in screen, "what changed can still be read"
        assert world.library.hauls() == old
        screen = await press(pilot, "n", *"again", "escape")
        assert screen.index("── note, haul 20 ─") < screen.index("The old note.") < screen.index("── note ──")
        assert screen.index("── note ──") < screen.index("again")
        screen = await press(pilot, "x")
        assert cursor_line(screen).startswith("▌  v3"), "open again as a replacement"
        assert "✓ kept in haul 20, " in screen


async def test_an_entry_in_the_haul_is_brought_to_the_later_version_and_that_is_said(world: World) -> None:
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "tab", "tab", "down", "k")
        assert "Its entry in haul 21 is now v2." in screen
        assert [entry["version"] for entry in world.library.in_haul("current")] == [2]
        screen = await press(pilot, "u", "greater_than_sign")
        assert "Its entry in the next haul is now v2." in screen
        assert [entry["version"] for entry in world.library.in_haul("next")] == [2]


async def test_n_writes_a_new_note_beneath_the_old_one_and_keeps(world: World) -> None:
    app = TriageApp(world, LATER)
    async with app.run_test(size=STACKED) as pilot:
        screen = await press(pilot, "tab", "tab", "n")
        assert "── note, haul 20 ──" in screen
        assert screen.index("The old note.") < screen.index("── note ──"), "read while one writes"
        assert "Erdős" in await press(pilot, "pageup", "pageup"), "and the abstract is a key away"
        await typed(pilot, "A new thought.")
        screen = await press(pilot, "escape")
        assert "A new entry in haul 21" in screen
        assert "On what stayed" in cursor_line(screen), "and on, as keep does"
    (haul,) = world.library.hauls()
    assert haul["entries"][KEY]["note"] == "The old note."
    assert {entry["id"]: entry.get("note") for entry in world.library.in_haul("current")} == {
        KEY: "A new thought.",
        IN_HAND: None,
    }


async def test_a_note_that_is_left_empty_leaves_the_replacement_open(world: World) -> None:
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "tab", "tab", "n", "escape")
        assert cursor_line(screen).startswith("▌  v3")
        assert "0/7 · 0 kept" in progress(screen)


async def test_when_only_folded_papers_are_open_it_says_so_and_finish_takes_them_in(world: World) -> None:
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "s", "s", "s", "s", "s")
        assert "2 open papers are folded away" in screen
        assert "5/7 · 0 kept" in progress(screen)
        assert "▌" in screen
    again = TriageApp(world, LATER)
    async with again.run_test(size=WIDE) as pilot:
        assert "Tue 24 Nov 2026" in progress(shown(again)), "the day is not done"
        assert "2 skipped, u undoes. Every day is done." in await press(pilot, "F")


async def test_folds_that_the_user_changed_are_remembered(world: World) -> None:
    async with TriageApp(world, LATER).run_test(size=WIDE) as pilot:
        await press(pilot, "right", "left")
    again = TriageApp(world, LATER)
    async with again.run_test(size=WIDE):
        assert headings(shown(again)) == [
            "New 2 ›",
            "Cross-lists 1",
            "Replacements of kept papers 2",
            "Replacements 2",
        ]


async def test_all_open_papers_hold_the_folded_ones_at_their_end(world: World) -> None:
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "A")
        assert "Tue 24 Nov 2026 5" in screen
        assert headings(screen) == ["Replacements 2 ›"]
        assert "0/7" in progress(screen)
        screen = await press(pilot, "F")
        assert "5 skipped, 2 seen, u undoes. Every day is done." in screen


async def test_two_replacements_of_a_kept_paper_are_one_among_all_and_the_latest(world: World) -> None:
    store(world, date(2026, 11, 25), [later(PUBLISHED, 4, title="The fourth")])
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "A")
        assert "Wed 25 Nov 2026 1" in screen
        assert screen.count("v4  The fourth") == 1
        assert "v3  " not in screen
        await press(pilot, "end", "s")
        screen = await press(pilot, "A", "tab", "tab")
        assert cursor_line(screen).startswith("▌· v3"), "a later one was seen"


async def test_what_another_process_saw_or_kept_is_shown(world: World, tmp_path: Path) -> None:
    other = open_library(tmp_path / "data", state=tmp_path / "state")
    OPENED.append(other)
    (row,) = (row for row in rows_of(world, LATER_DAY) if row.id == KEY)
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "tab", "tab")
        decide.skip(other, [world.archive.paper(row)], NOW)
        screen = await until(pilot, "1/7")
        assert cursor_line(screen).startswith("▌· v3")
        decide.keep(other, [world.archive.paper(row)], NOW)
        screen = await until(pilot, "1/7 · 1 kept")
        assert cursor_line(screen).startswith("▌✓ v3")


async def test_an_old_keep_made_elsewhere_brings_its_replacement_up_from_the_folded_ones(
    world: World, tmp_path: Path
) -> None:
    other = open_library(tmp_path / "data", state=tmp_path / "state")
    OPENED.append(other)
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        assert "On the number 931" not in shown(app)
        decide.keep(other, listed(FIRST_DAY, paper(931)), NOW)
        screen = await until(pilot, "Replacements of kept papers 3")
        assert "Replacements 1 ›" in screen
        assert "v2  On the number 931" in screen
        assert "On the number 911" in cursor_line(screen)


async def test_of_a_version_that_nobody_has_any_more_it_is_said_so(world: World) -> None:
    decide.keep(world.library, [Paper("2611.00932", "", listed=FIRST_DAY.isoformat())], NOW)
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = " ".join((await press(pilot, "tab", "tab", "down")).replace("│", " ").split())
        assert "v5 · what it said when it was kept is not here to compare with" in screen


@pytest.mark.parametrize("title", ["", "An older title"])
async def test_hostile_texts_are_compared_within_bounds_and_shown_literally(world: World, title: str) -> None:
    many = "a [red]b[/] " * 400_000
    kept = replace(paper(932, title or "T", many), listed=FIRST_DAY.isoformat())
    decide.keep(world.library, [kept], NOW)
    store(
        world, LATER_DAY, [later(paper(932), 6, title="[b]Brackets[/b] \x1b[2J", abstract="b a " * 600_000)]
    )
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "tab", "tab", "down")
        assert "abstract changed" in " ".join(screen.split())
        assert "[b]Brackets[/b]" in screen
        assert "\x1b" not in screen
        assert app.is_running


async def test_x_shows_folds_and_leaves_out_cross_lists_and_the_next_start_does_as_the_last(
    world: World,
) -> None:
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "tab", "X")
        assert "Cross-lists are folded away" in screen
        assert "Cross-lists 1 ›" in screen
        assert "0/7" in progress(screen)
        assert "Erdős" in cursor_line(screen), "the cursor stands on no folded row"
        screen = await press(pilot, "X")
        assert "Open cross-lists are left out; they do not count: 1 here." in screen
        assert headings(screen) == ["New 2", "Replacements of kept papers 2", "Replacements 2 ›"]
        assert "0/6" in progress(screen)
        assert "On the number 921" not in await press(pilot, "A")
        await press(pilot, "A")
    again = TriageApp(world, LATER)
    async with again.run_test(size=WIDE) as pilot:
        assert "0/6" in progress(shown(again))
        screen = await press(pilot, "F")
        assert "Every day is done." in screen
        assert world.library.verdict("2611.00921") is None, "what is left out is not finished"
        screen = await press(pilot, "X")
        assert "Cross-lists are shown" in screen
        assert "6/7" in progress(screen)
        assert "On the number 921" in screen


@pytest.mark.parametrize(("choice", "count", "heading"), [("fold", "0/7", True), ("leave out", "0/6", False)])
async def test_the_config_says_what_becomes_of_cross_lists_until_a_key_does(
    world: World, choice: str, count: str, heading: bool
) -> None:
    chosen = replace(world, settings=world.settings._replace(listing=ListingSettings(choice)))
    app = TriageApp(chosen, LATER)
    async with app.run_test(size=WIDE) as pilot:
        assert count in progress(shown(app))
        assert ("Cross-lists 1 ›" in shown(app)) is heading
        await press(pilot, "X")
    back = TriageApp(world, LATER)
    async with back.run_test(size=WIDE):
        assert "Cross-lists 1" in shown(back), "a config that was changed since counts again"
        assert "›" not in next(line for line in shown(back).splitlines() if "Cross-lists" in line)


async def test_a_paper_on_two_days_is_decided_on_both_and_the_header_counts_it_once(world: World) -> None:
    store(world, date(2026, 11, 25), [replace(paper(911), kind=Kind.CROSS), paper(951)])
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        assert "+1 day, 2 open" in progress(await until(pilot, "+1 day, 2 open"))
        await press(pilot, "s")
        assert "+1 day, 1 open" in progress(await until(pilot, "+1 day, 1 open"))
        screen = await press(pilot, "right_square_bracket")
        assert "– On the number 911" in screen
        assert "1/2" in progress(screen)
        await press(pilot, "left_square_bracket", "u")
        assert "+1 day, 2 open" in progress(await until(pilot, "+1 day, 2 open"))


async def test_what_is_left_out_is_not_open_on_other_days_either(world: World) -> None:
    store(world, date(2026, 11, 25), [replace(paper(960), kind=Kind.CROSS), paper(951)])
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, "+1 day, 2 open")
        await press(pilot, "X", "X")
        await until(pilot, "+1 day, 1 open")


async def test_a_day_of_cross_lists_alone_says_what_became_of_them(world: World) -> None:
    store(world, date(2026, 11, 25), [replace(paper(960), kind=Kind.CROSS)])
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "right_square_bracket", "X", "X")
        assert "Only cross-lists on Wed 25 Nov 2026, and those are left out." in screen
        assert "0/1" not in progress(screen)
        await until(pilot, "+1 day, 6 open")
        assert "On the number 960" in cursor_line(await press(pilot, "X"))


async def test_an_old_note_that_another_process_mends_is_shown_so(world: World, tmp_path: Path) -> None:
    other = open_library(tmp_path / "data", state=tmp_path / "state")
    OPENED.append(other)
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "tab", "tab")
        assert "The old note." in screen
        assert "✎" in cursor_line(screen)
        (haul,) = other.hauls()
        note.write_in_haul(other, haul["id"], KEY, "Mended.", over="The old note.")
        assert "The old note." not in await until(pilot, "Mended.")


async def test_keeping_what_cannot_be_compared_says_no_more_that_it_replaces_what_was_kept(
    world: World,
) -> None:
    decide.keep(world.library, [Paper("2611.00932", "", listed=FIRST_DAY.isoformat())], NOW)
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        assert "to compare with" in await press(pilot, "tab", "tab", "down")
        assert "to compare with" in await press(pilot, "s", "up")
        assert "to compare with" not in await press(pilot, "k"), "at once, while the cursor stays"


async def test_undoing_what_was_seen_on_another_day_leads_to_that_day(world: World) -> None:
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "tab", "tab", "s", "left_square_bracket")
        screen = await press(pilot, "u")
        assert "Tue 24 Nov 2026" in progress(screen)
        assert cursor_line(screen).startswith("▌  v3")


async def test_the_note_of_the_last_decided_paper_is_that_of_its_keep_whatever_was_listed_since(
    world: World,
) -> None:
    decide.keep(world.library, [replace(CURRENT, listed=None, kind=None)], NOW)
    decide.reopen(world.library, [CURRENT])
    decide.keep(world.library, [replace(CURRENT, listed="2026-11-11")], NOW)
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "left_square_bracket", "N", *"mine", "escape")
    record = world.library.paper(IN_HAND) or {}
    assert (record["note"], record["version"], record["listed"]) == ("mine", 1, "2026-11-11")


async def test_of_an_imported_paper_only_title_and_excerpt_are_there_to_compare(world: World) -> None:
    posted = Paper("2611.00932", "Of a post", abstract="It begins…")
    decide.keep(world.library, [posted], datetime(2026, 11, 1, tzinfo=UTC))
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = " ".join((await press(pilot, "tab", "tab", "down")).replace("│", " ").split())
        assert "[-Of a post-] [+On the number 932+]" in screen
        assert "v5 · title changed · the abstract it had is not here" in screen
        assert "[-It" not in screen


async def test_the_old_note_is_at_hand_at_any_size_while_one_writes(world: World) -> None:
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "tab", "tab", "n")
        for size in ((80, 24), (100, 16), (40, 20)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert "The old note." in shown(app), size

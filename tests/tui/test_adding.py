"""Adding from the main screen: the note is written under its own paper, and what was found is told."""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.tui.screens.stage import NOW, typed
from tests.tui.screens_at_once import LATER
from tests.tui.test_main_screen import (
    STACKED,
    WIDE,
    cursor_line,
    opened,
    press,
    progress,
    until,
    with_other_days,
)
from triage.actions import add, decide, note
from triage.actions import haul as hauls
from triage.actions.known import known
from triage.tui.app import TriageApp

PAGE = "https://example.org/page"


def child(*events: object) -> Sequence[str]:
    """A look-up that says these events."""
    return [sys.executable, "-c", f"for line in {[json.dumps(event) for event in events]!r}: print(line)"]


def title(screen: str) -> str:
    """The first line of the reader, beside the list."""
    return screen.splitlines()[2].partition("│")[2].strip()


async def test_the_note_of_a_paper_that_is_added_stands_under_that_paper_and_leads_back(
    tmp_path: Path,
) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "a")
        await typed(pilot, "2611.00004\n")
        screen = await press(pilot)
        assert title(screen) == "Dimensions of a haul"
        assert "Dimensions" in cursor_line(screen)
        await typed(pilot, "mine")
        screen = await press(pilot, "escape")
        assert "Counting" in cursor_line(screen), "back where one was"
        assert "1/5 · 1 kept" in progress(screen)
    assert (app.world.library.paper("2611.00004") or {})["note"] == "mine"


async def test_a_paper_of_another_day_is_shown_while_its_note_is_written(tmp_path: Path) -> None:
    app = TriageApp(with_other_days(opened(tmp_path)), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "a")
        await typed(pilot, "2611.00202\n")
        screen = await press(pilot)
        assert "On the number 202" in cursor_line(screen)
        assert title(screen) == "On the number 202"
        assert "Thu 19 Nov 2026" in progress(await press(pilot, "escape"))


@pytest.mark.parametrize("size", [WIDE, STACKED])
async def test_what_is_in_no_listing_is_shown_alone_while_its_note_is_written(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    found = {"id": PAGE, "title": "A page on counting", "abstract": "It counts."}
    world = replace(opened(tmp_path), look_up=child({"event": "paper", "record": found}))
    app = TriageApp(world, LATER)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "a")
        await typed(pilot, PAGE + "\n")
        await until(pilot, "Found: A page on counting · F2 corrects the card")
        screen = await until(pilot, "It counts.")
        assert "Counting is slow." not in screen
        assert "Esc Save" in screen.splitlines()[-1], "the editor's keys stay in sight"
        await typed(pilot, "good")
        screen = await press(pilot, "escape")
        assert "Counting is slow." in screen
        screen = await press(pilot, "N")
        assert "It counts." in screen, "so does the note of the paper decided last"
        screen = await press(pilot, "escape", "'")
        screen = await press(pilot, "n")
        assert "It counts." in screen, "and a note from the decisions"
        assert "good" in screen


async def test_a_look_up_that_fails_is_told_beside_the_editor(tmp_path: Path) -> None:
    failed = {"event": "error", "keys": [PAGE], "sentence": "example.org answered 404: it is not there."}
    app = TriageApp(replace(opened(tmp_path), look_up=child(failed)), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "a")
        await typed(pilot, PAGE + "\n")
        screen = await until(pilot, "example.org answered 404")
    assert "Esc Save" in screen.splitlines()[-1]


async def test_what_was_found_is_corrected_while_the_note_is_written(tmp_path: Path) -> None:
    found = {"id": PAGE, "title": "A PAGE", "authors": ["Ann"], "site": "Example", "published": "2025-09-03"}
    world = replace(opened(tmp_path), look_up=child({"event": "paper", "record": found}))
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "a")
        await typed(pilot, PAGE + "\n")
        screen = await until(pilot, "F2 corrects the card")
        assert "Example   3 Sep 2025   https://example.org/page" in screen
        await typed(pilot, "so far")
        await press(pilot, "f2", "end", *["backspace"] * len("A PAGE"))
        await typed(pilot, "A page on counting")
        await press(pilot, "down", "end")
        await typed(pilot, " Author, Bo Writer\n")
        screen = await until(pilot, "Corrected for the haul.")
        assert title(screen) == "A page on counting"
        assert "Ann Author, Bo Writer" in screen
        assert "so far" in screen, "the note goes on"
        await typed(pilot, ", so good")
        await press(pilot, "escape")
    record = app.world.library.paper(PAGE) or {}
    assert (record["title"], record["authors"], record["note"]) == (
        "A page on counting",
        ["Ann Author", "Bo Writer"],
        "so far, so good",
    )


async def test_what_comes_after_a_correction_fills_in_the_rest_alone(tmp_path: Path) -> None:
    go = tmp_path / "go"
    found = json.dumps({"event": "paper", "record": {"id": PAGE, "title": "Its", "abstract": "It counts."}})
    wait = f"import os, time\nwhile not os.path.exists({str(go)!r}): time.sleep(0.02)\nprint({found!r})"
    app = TriageApp(replace(opened(tmp_path), look_up=[sys.executable, "-c", wait]), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "a")
        await typed(pilot, PAGE + "\n")
        await press(pilot, "f2")
        await typed(pilot, "Mine\n")
        await until(pilot, "Corrected for the haul.")
        go.touch()
        screen = await until(pilot, "It counts.")
        assert title(screen) == "Mine"
        await press(pilot, "escape")
    assert (app.world.library.paper(PAGE) or {})["title"] == "Mine"


async def test_several_are_looked_up_and_the_first_ones_note_is_written(tmp_path: Path) -> None:
    pages = [f"{PAGE}/{number}" for number in range(5)]
    events = [
        {"event": "paper", "record": {"id": page, "title": f"Page {page[-1]}", "abstract": "x"}}
        for page in pages
    ]
    app = TriageApp(replace(opened(tmp_path), look_up=child(*events)), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "a")
        await typed(pilot, " ".join(pages) + "\n")
        screen = await until(pilot, "Found 5 of 5: Page ")
        assert title(screen) == "Page 0"
        assert "Added" not in screen, "of what was added more is known by now"
        await app.workers.wait_for_complete()
        await press(pilot, "escape", "u")
        assert app.world.library.in_haul("current") == [], "one step"
        await press(pilot, "U")
    kept = {record["title"] for record in app.world.library.in_haul("current")}
    assert kept == {f"Page {number}" for number in range(5)}


async def test_offline_it_is_in_the_haul_at_once(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "a")
        await typed(pilot, f"{PAGE} 2306.07899\n")
        screen = await press(pilot)
        assert f"Added 2: {PAGE}, … · nothing is looked up here, F2 writes its title" in screen
        await typed(pilot, "mine")
        await press(pilot, "escape")
    assert {record["id"] for record in app.world.library.in_haul("current")} == {PAGE, "2306.07899"}


def publish(app: TriageApp, key: str) -> None:
    """A haul 17 that has this, and nothing else."""
    world = app.world
    decide.keep(world.library, [known(world.library, world.archive, key)], NOW)
    note.write(world.library, known(world.library, world.archive, key), "As it was.", NOW)
    hauls.publish(world.library, world.posts, world.settings, NOW, number=17)


async def test_a_listed_paper_of_a_published_haul_is_gone_to_and_kept_anew_by_its_key(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    publish(app, "2611.00004")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "a")
        await typed(pilot, "2611.00004\n")
        screen = await press(pilot)
        assert "Kept in haul 17, 20 Nov 2026: Dimensions of a haul · k keeps it anew" in screen
        assert "Dimensions" in cursor_line(screen)
        assert app.world.library.in_haul("current") == []
        await press(pilot, "k")
    assert [record["id"] for record in app.world.library.in_haul("current")] == ["2611.00004"]


async def test_a_page_of_a_published_haul_is_gone_to_in_that_haul(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    publish(app, PAGE)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "a")
        await typed(pilot, f"{PAGE}?utm_source=x\n")
        screen = await until(pilot, "published 2026-11-20")
        assert "Haul 17" in screen
        assert "As it was." in screen
        await press(pilot, "escape")
        assert "Counting" in cursor_line(await press(pilot))
    assert app.world.library.in_haul("current") == []


async def test_only_what_is_in_the_haul_is_corrected(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        assert "Only what is in the haul has a card to correct." in await press(pilot, "i")
        await press(pilot, "k", "up", "i")
        await typed(pilot, "X ")
        await press(pilot, "enter")
    assert (app.world.library.paper("2611.00001") or {})["title"].endswith("X")


async def test_a_look_up_says_that_it_runs_and_what_it_did_not_find(tmp_path: Path) -> None:
    go = tmp_path / "go"
    failed = json.dumps({"event": "error", "keys": [PAGE], "sentence": "example.org answered 404."})
    wait = f"import os, time\nwhile not os.path.exists({str(go)!r}): time.sleep(0.02)\nprint({failed!r})"
    app = TriageApp(replace(opened(tmp_path), look_up=[sys.executable, "-c", wait]), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "a")
        await typed(pilot, PAGE + "\n")
        await until(pilot, f"Added: {PAGE} Looking it up …")
        go.touch()
        screen = await until(pilot, "example.org answered 404.")
        assert "Looking it up" not in screen


async def test_what_many_links_lack_is_counted(tmp_path: Path) -> None:
    script = "import json, sys\nfor key in sys.argv[1:]: print(json.dumps("
    script += "{'event': 'error', 'keys': [key], 'sentence': f'{key} answered 404.'}))"
    world = replace(opened(tmp_path), look_up=[sys.executable, "-c", script])
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "a")
        await typed(pilot, " ".join(f"https://example.org/{number}" for number in range(6)) + "\n")
        screen = await until(pilot, "6 were not found, the last: https://example.org/")
        assert screen.count("answered 404.") == 1


def tells(folder: Path, *events: object) -> Sequence[str]:
    """A look-up that notes for what it is asked, and says these events."""
    note = f"import sys\nopen({str(folder / 'asked')!r}, 'a').write(' '.join(sys.argv[1:]) + ';')\n"
    return [sys.executable, "-c", f"{note}for line in {[json.dumps(one) for one in events]!r}: print(line)"]


async def test_what_was_added_offline_is_looked_up_when_the_app_opens_again(tmp_path: Path) -> None:
    world = opened(tmp_path)
    add.add(world.library, world.archive, ["2306.07899", "2611.00004"], NOW)
    found = {"event": "paper", "record": {"id": "2306.07899", "title": "A found title"}}
    app = TriageApp(replace(world, look_up=tells(tmp_path, found)), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, "Found: A found title")
    assert (tmp_path / "asked").read_text() == "2306.07899;", "and nothing that has a title"


async def test_what_fails_again_is_told_when_one_asks(tmp_path: Path) -> None:
    world = opened(tmp_path)
    add.add(world.library, world.archive, [PAGE], NOW)
    failed = {"event": "error", "keys": [PAGE], "sentence": "example.org answered 404."}
    app = TriageApp(replace(world, look_up=tells(tmp_path, failed)), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot)
        await app.workers.wait_for_complete()
        assert "404" not in await press(pilot)
        await press(pilot, "r")
        await until(pilot, "example.org answered 404.")
    assert (tmp_path / "asked").read_text() == f"{PAGE};" * 2

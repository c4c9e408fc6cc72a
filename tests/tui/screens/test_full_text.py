"""The full text by its keys: reading, the outline, the place that is kept, columns, and errors."""

import os
from pathlib import Path

import pytest
from textual.events import MouseScrollDown

from tests.tui.full_text_child import ASKING, GATE, command, events, failure
from tests.tui.screens.stage import Hands, Stage, shown, through_all_sizes
from tests.tui.screens.text_stage import PARTS, all_there, header, reading, said, screen_of, text_world
from triage.full_text import Part
from triage.settings import Settings
from triage.tui.reading_places import ReadingPlaces

WIDE, NARROW = (120, 40), (80, 24)


def first_line(app: Stage) -> str:
    """The first line of the text in view."""
    pane = screen_of(app).text
    return pane.render_line(0).text.strip(" ▐")


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_text_is_read_from_top_to_bottom(tmp_path: Path, size: tuple[int, int]) -> None:
    app = reading(text_world(tmp_path))
    async with app.run_test(size=size) as pilot:
        await all_there(pilot)
        text = shown(app)
        assert "Full text · On the number 1" in text
        assert "Abstract. We count in vain to n²." in text
        assert "1 Introduction" in text
        seen = text
        while "100 %" not in header(app):
            await pilot.press("pagedown")
            seen += shown(app)
        for words in (
            "Attention = softmax(QKᵀ)V",
            "│ Theorem 1. It holds.",
            "Column 1 ",
            "[30] Author 30. A title.",
        ):
            assert words in seen
        assert "References" in header(app)
        await pilot.press("home")
        assert first_line(app) == "On the number 1"
    assert (tmp_path / "text" / "asked").read_text() == "2611.00001"


@pytest.mark.parametrize(
    ("preset", "down", "up", "first", "last"),
    [("mnemonic", "down", "up", "home", "end"), ("vim", "j", "k", "g g", "G")],
)
async def test_both_presets_scroll(
    tmp_path: Path, preset: str, down: str, up: str, first: str, last: str
) -> None:
    app = reading(text_world(tmp_path, settings=Settings(keys=preset)))
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        await pilot.press(down, down, down)
        assert first_line(app).startswith("Abstract")
        await pilot.press(up)
        assert first_line(app) == ""
        await pilot.press(*last.split())
        assert "100 %" in header(app)
        await pilot.press(*first.split())
        assert first_line(app) == "On the number 1"
        await pilot.press("space", "b")
        assert first_line(app) == "On the number 1"


async def test_the_header_says_which_section_one_is_in_and_how_far(tmp_path: Path) -> None:
    app = reading(text_world(tmp_path))
    async with app.run_test(size=WIDE) as pilot:
        await all_there(pilot)
        await pilot.press("]", "]")
        assert "1 Introduction · " in header(app)
        before = int(header(app).split()[-2])
        await pilot.press("]", "]", "down")
        assert "2.1 Data · " in header(app)
        assert int(header(app).split()[-2]) > before
        await pilot.press("[")
        assert first_line(app) == "2.1 Data"
        await pilot.press("[")
        assert first_line(app) == "2 Methods"


async def test_the_outline_stands_beside_the_text_and_follows_it(tmp_path: Path) -> None:
    app = reading(text_world(tmp_path))
    async with app.run_test(size=WIDE) as pilot:
        await all_there(pilot)
        assert "▏Beginning" in shown(app)
        await pilot.press("pagedown", "up", "up")
        assert "▏  2.1 Data" in shown(app)
        await pilot.press("tab")
        assert "▌  2.1 Data" in shown(app)
        assert "Enter Go there" in shown(app)
        await pilot.press("up", "up", "enter")
        assert first_line(app) == "1 Introduction"
        assert "▏1 Introduction" in shown(app)
        assert "Tab Outline" in shown(app)
        await pilot.press("tab", "end", "tab")
        assert first_line(app) == "1 Introduction"
        await pilot.click("#outline", offset=(5, 3))
        assert first_line(app) == "2 Methods"


async def test_where_it_is_narrow_the_outline_covers_the_text(tmp_path: Path) -> None:
    app = reading(text_world(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        assert "References" not in shown(app)
        await pilot.press("tab")
        assert "References" in shown(app)
        assert "Abstract" not in shown(app)
        await pilot.press("down", "down", "down", "enter")
        await pilot.pause()
        assert first_line(app) == "2.1 Data"
        await pilot.press("tab")
        await pilot.press("escape")
        await pilot.pause()
        assert first_line(app) == "2.1 Data"
        assert app.result == "not dismissed"


async def test_the_last_section_is_the_one_one_went_to_though_it_is_short(tmp_path: Path) -> None:
    app = reading(text_world(tmp_path, events([*PARTS, Part("A1", 1, "A Proofs", "None.")])))
    async with app.run_test(size=WIDE) as pilot:
        await all_there(pilot)
        await pilot.press("tab", "end", "enter")
        assert "A Proofs" in header(app)
        assert "▏A Proofs" in shown(app)


async def test_a_resize_keeps_the_place(tmp_path: Path) -> None:
    app = reading(text_world(tmp_path))
    async with app.run_test(size=WIDE) as pilot:
        await all_there(pilot)
        await pilot.press("]", "]", "down", "down", "down", "down")
        words = first_line(app).split()[:3]
        for size in (NARROW, (40, 12), (200, 60), WIDE):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert "".join(words) in "".join(shown(app).split("\n")[1:4]).replace(" ", "")


async def test_it_lives_through_every_size(tmp_path: Path) -> None:
    app = reading(text_world(tmp_path))
    async with app.run_test(size=WIDE) as pilot:
        await all_there(pilot)
        await pilot.press("]", "]", "]")
        await through_all_sizes(pilot)


async def test_the_place_is_kept_for_next_time_at_another_width(tmp_path: Path) -> None:
    world, places = text_world(tmp_path), ReadingPlaces()
    app = reading(world, places)
    async with app.run_test(size=WIDE) as pilot:
        await all_there(pilot)
        await pilot.press("]", "]", "]", "]", "]", "down", "down")
        place = screen_of(app).text.place
        await pilot.press("q")
    assert app.result == ""
    again = reading(world, ReadingPlaces(places.to_remember()))
    async with again.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        assert "3 Results" in header(again)
        pane = screen_of(again).text
        assert pane.place <= place <= pane.end


async def test_who_reads_on_at_once_is_not_moved_to_the_place_of_last_time(tmp_path: Path) -> None:
    told = events(PARTS)
    world = text_world(tmp_path, [*told[:4], GATE, *told[4:]])
    places = ReadingPlaces({"2611.00001": ["S3", 4, 0]})
    app = reading(world, places)
    async with app.run_test(size=NARROW) as pilot:
        while not first_line(app).startswith("On the number"):
            await pilot.pause(0.02)
        await pilot.press("down", "up")
        (tmp_path / "text" / "gate").touch()
        await all_there(pilot)
        assert first_line(app) == "On the number 1"


async def test_one_is_told_what_goes_on_before_anything_came(tmp_path: Path) -> None:
    told = events(PARTS)
    app = reading(text_world(tmp_path, [told[0], GATE, *told[1:]]))
    async with app.run_test(size=NARROW) as pilot:
        while "Asking arxiv.org" not in shown(app):
            await pilot.pause(0.02)
        assert "fetching …" in header(app)
        (tmp_path / "text" / "gate").touch()
        await all_there(pilot)


async def test_the_parts_that_came_are_read_while_others_come(tmp_path: Path) -> None:
    told = events(PARTS)
    app = reading(text_world(tmp_path, [*told[:4], GATE, *told[4:]]))
    async with app.run_test(size=NARROW) as pilot:
        while "part 2" not in header(app):
            await pilot.pause(0.02)
        assert "1 Introduction" in shown(app)
        await pilot.press("end")
        assert "Sentence 12 is about things." in shown(app)
        assert "3 Results" not in shown(app)
        (tmp_path / "text" / "gate").touch()
        await all_there(pilot)
        await pilot.press("end")
        assert "[30] Author 30." in shown(app)


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_leaving_ends_the_child_at_once(tmp_path: Path, key: str) -> None:
    app = reading(text_world(tmp_path, [ASKING, GATE]))
    async with app.run_test(size=NARROW) as pilot:
        while "Asking arxiv.org" not in shown(app):
            await pilot.pause(0.02)
        await pilot.press(key)
        assert app.result == ""
        child = int((tmp_path / "text" / "pid").read_text())
        while is_running(child):
            await pilot.pause(0.02)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_without_html_the_pdf_is_offered(tmp_path: Path) -> None:
    world = text_world(tmp_path, [ASKING, failure("arXiv has no HTML of 2611.00001.", pdf=True)])
    app = reading(world)
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        assert "arXiv has no HTML of 2611.00001." in shown(app)
        assert "p opens the PDF in the browser" in shown(app)
        assert "r tries again" not in shown(app)
        await pilot.press("p", "o")
        assert isinstance(world.browser, Hands)
        assert world.browser.opened == [
            "https://arxiv.org/pdf/2611.00001",
            "https://arxiv.org/abs/2611.00001",
        ]


async def test_what_has_failed_is_tried_again(tmp_path: Path) -> None:
    world = text_world(tmp_path, [ASKING, failure("arxiv.org cannot be reached.")])
    app = reading(world)
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        assert "arxiv.org cannot be reached." in shown(app)
        assert "r tries again" in shown(app)
        command(tmp_path / "text", events(PARTS))
        await pilot.press("r")
        await all_there(pilot)
        assert "Abstract. We count" in shown(app)
        await pilot.press("r")
        assert "The text is here" in said(app)


async def test_what_came_before_a_failure_stays_to_be_read(tmp_path: Path) -> None:
    app = reading(text_world(tmp_path, [*events(PARTS)[:4], failure("The page broke off.")]))
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        assert "1 Introduction" in shown(app)
        assert said(app) == "The page broke off. r tries again."


@pytest.mark.parametrize(
    "told",
    [[], [ASKING], [{"event": "part"}], [{"event": "page", "id": 1}], [{"event": "part", "level": "x"}]],
)
async def test_a_child_that_ends_without_a_text_is_named(
    tmp_path: Path, told: list[dict[str, object]]
) -> None:
    app = reading(text_world(tmp_path, told))
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        assert "r tries again" in shown(app)


async def test_what_the_child_has_to_say_of_the_page_is_shown_beside_the_text(tmp_path: Path) -> None:
    told = events(PARTS)
    notice = {"event": "notice", "sentence": "This is v1, read on 3 Sep; arXiv cannot be reached."}
    app = reading(text_world(tmp_path, [*told[:2], notice, *told[2:]]))
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        assert said(app) == notice["sentence"]
        assert "Abstract. We count" in shown(app)


async def test_a_table_that_is_too_wide_shows_its_other_columns(tmp_path: Path) -> None:
    app = reading(text_world(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        await pilot.press("right")
        assert said(app) == "No table here has further columns."
        await pilot.press("]", "]", "]")
        assert "Column 1 " in shown(app)
        assert "Column 19" not in shown(app)
        await pilot.press(*["right"] * 20)
        assert "Column 19" in shown(app)
        assert "Column 1 " in shown(app)
        await pilot.press(*["left"] * 20)
        assert "Column 2 " in shown(app)


async def test_the_wheel_scrolls_and_the_bar_goes_where_it_is_pulled(tmp_path: Path) -> None:
    app = reading(text_world(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        pane = screen_of(app).text
        pane.post_message(MouseScrollDown(pane, 5, 5, 0, 1, 0, False, False, False))
        await pilot.pause()
        assert pane.place > 0
        await pilot.mouse_down("#text", offset=(79, 20))
        await pilot.mouse_up("#text", offset=(79, 20))
        await pilot.pause()
        assert pane.place > pane.body.end / 2
        assert pane.mark is None

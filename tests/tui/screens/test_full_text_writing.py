"""Writing on a full text: the note beneath it, quotes as shown, links, and what is saved."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.tui.full_text_child import events
from tests.tui.screens.stage import NOW, PAPERS, Clip, Hands, shown, typed
from tests.tui.screens.text_stage import PARTS, all_there, header, reading, said, screen_of, text_world
from triage.actions import note
from triage.full_text import Part
from triage.library import open_library
from triage.paper import Verdict
from triage.settings import Settings

WIDE, NARROW = (120, 40), (80, 24)
PAPER = PAPERS[0]


@pytest.mark.parametrize("size", [WIDE, NARROW, (40, 12)])
async def test_the_note_is_written_beneath_the_text_and_keeps_the_paper(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    world = text_world(tmp_path)
    app = reading(world)
    async with app.run_test(size=size) as pilot:
        await all_there(pilot)
        await pilot.press("n")
        await typed(pilot, "Fine work")
        text = shown(app)
        if size == WIDE:
            before = header(app)
            await pilot.press("pagedown")
            await pilot.pause()
            assert header(app) != before
            await pilot.press("pageup")
        assert "Fine work" in text
        assert "Abstract. We count in" in text
        assert world.library.verdict(PAPER.id) is None
        await pilot.press("escape")
        await pilot.pause()
        assert note.note_of(world.library, PAPER.id) == "Fine work"
        assert world.library.verdict(PAPER.id) is Verdict.KEEP
        assert said(app) == "Note saved; the paper is kept."
        assert "Fine work" not in shown(app)
        await pilot.press("n")
        await pilot.pause()
        assert "Fine work" in shown(app)
        await typed(pilot, "!")
        await pilot.press("escape")
        await pilot.pause()
        assert said(app) == "Note saved."
        world.library.undo()
        world.library.undo()
        assert world.library.verdict(PAPER.id) is None
        assert note.note_of(world.library, PAPER.id) == ""


@pytest.mark.parametrize(("preset", "down", "more"), [("mnemonic", "down", "shift+down"), ("vim", "j", "J")])
async def test_sentences_are_quoted_into_the_note_as_they_are_shown(
    tmp_path: Path, preset: str, down: str, more: str
) -> None:
    world = text_world(tmp_path, settings=Settings(keys=preset))
    note.write(world.library, PAPER, "Before.", NOW)
    app = reading(world)
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        await pilot.press("]", '"', down, more, "enter")
        await pilot.pause()
        await typed(pilot, "And mine.")
        await pilot.press("escape")
        await pilot.pause()
    assert note.note_of(world.library, PAPER.id) == (
        "Before.\n\n> We count in vain to n².\n>\n> 1 Introduction\n\nAnd mine."
    )


async def test_a_quote_goes_over_the_ends_of_lines_and_paragraphs(tmp_path: Path) -> None:
    world = text_world(tmp_path)
    app = reading(world)
    async with app.run_test(size=(40, 12)) as pilot:
        await all_there(pilot)
        await pilot.press("]", "]", '"', *["shift+down"] * 12, "enter", "escape")
        await pilot.pause()
    quoted = note.note_of(world.library, PAPER.id)
    sentences = " ".join(f"Sentence {at} is about things." for at in range(1, 13))
    assert quoted == f"> As in [3], {sentences}\n>\n> Sentence 1 is about things."


@pytest.mark.parametrize("key", ['"', "enter"])
async def test_what_the_mouse_marks_is_quoted_by_character(tmp_path: Path, key: str) -> None:
    world = text_world(tmp_path)
    app = reading(world)
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        row = next(at for at, line in enumerate(shown(app).split("\n")) if "We count" in line) - 1
        column = 2 + len("Abstract. We ")
        await pilot.mouse_down("#text", offset=(column, row))
        await pilot.hover("#text", offset=(column + len("count in vain") - 1, row))
        await pilot.mouse_up("#text", offset=(column + len("count in vain") - 1, row))
        assert screen_of(app).text.passage == "count in vain"
        await pilot.press(key)
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
    assert note.note_of(world.library, PAPER.id) == "> count in vain"


async def test_marking_begins_with_the_text_and_a_heading_can_be_marked_all_the_same(tmp_path: Path) -> None:
    app = reading(text_world(tmp_path))
    async with app.run_test(size=WIDE) as pilot:
        await all_there(pilot)
        pane = screen_of(app).text
        await pilot.press('"')
        assert pane.passage == "Abstract."
        await pilot.press("up", "up")
        assert pane.passage == "On the number 1"
        await pilot.press("escape", "]", "]", '"')
        assert pane.passage == "As in [3], Sentence 1 is about things."
        await pilot.press("up")
        assert pane.passage == "1 Introduction"


async def test_esc_drops_what_is_marked_and_quotes_nothing(tmp_path: Path) -> None:
    world = text_world(tmp_path)
    app = reading(world)
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        await pilot.press('"', "down", "escape")
        await pilot.pause()
        assert screen_of(app).text.mark is None
        assert "Tab Outline" in shown(app)
        assert app.result == "not dismissed"
    assert note.note_of(world.library, PAPER.id) == ""


async def test_from_within_the_note_a_sentence_is_quoted_at_the_caret(tmp_path: Path) -> None:
    world = text_world(tmp_path)
    app = reading(world)
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        await pilot.press("n")
        await typed(pilot, "One. ")
        await pilot.press("ctrl+r", "down", "enter")
        await pilot.pause()
        await typed(pilot, "Two.")
        await pilot.press("escape")
        await pilot.pause()
    assert note.note_of(world.library, PAPER.id) == "One. \n\n> We count in vain to n².\n\nTwo."


async def test_marking_goes_on_beyond_what_is_in_view(tmp_path: Path) -> None:
    world = text_world(tmp_path)
    app = reading(world)
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        pane = screen_of(app).text
        await pilot.press("]", "]", '"', *["down"] * 89)
        before = pane.place
        assert pane.passage == "Sentence 11 is about things."
        assert "2.1 Data" in header(app)
        await pilot.press("pagedown")
        assert pane.place > before
        await pilot.press("shift+down")
        assert pane.passage.count("is about things.") == 2
        assert pane.mark is not None
        assert pane.place <= pane.mark.start < pane.mark.end <= pane.end


async def test_what_is_being_typed_is_there_after_a_kill(tmp_path: Path) -> None:
    world = text_world(tmp_path)
    world.library.save_draft(PAPER.id, "half a thou")
    app = reading(world)
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        await pilot.press("n")
        await pilot.pause()
        assert "half a thou" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
    assert note.note_of(world.library, PAPER.id) == "half a thou"


async def test_where_nothing_can_be_written_that_is_said(tmp_path: Path) -> None:
    world = text_world(tmp_path)
    world.library.close()
    read_only = open_library(tmp_path / "data", state=tmp_path / "state", read_only=True)
    app = reading(replace(world, library=read_only))
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        for key in ("n", '"'):
            await pilot.press(key)
            assert "reading only" in said(app)
    read_only.close()


async def test_a_link_leads_to_its_place_and_backspace_back(tmp_path: Path) -> None:
    app = reading(text_world(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        await pilot.press("down")
        pane = screen_of(app).text
        before = pane.place
        row = next(at for at, line in enumerate(shown(app).split("\n")) if "As in [3]" in line) - 1
        await pilot.click("#text", offset=(2 + len("As in ["), row))
        await pilot.pause()
        assert pane.render_line(0).text.startswith("[3] Author 3.")
        assert "Backspace leads back" in said(app)
        await pilot.press("backspace")
        assert pane.place == before
        await pilot.press("backspace")
        assert said(app) == "No link was followed."


async def test_a_link_elsewhere_is_shown_and_not_opened(tmp_path: Path) -> None:
    world = text_world(tmp_path, events([Part("", 0, "", "See [there](https://example.org/x)."), *PARTS]))
    app = reading(world)
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        row = next(at for at, line in enumerate(shown(app).split("\n")) if "See there" in line) - 1
        await pilot.click("#text", offset=(2 + len("See "), row))
        await pilot.pause()
        assert said(app) == "The link leads to https://example.org/x"
        assert isinstance(world.browser, Hands)
        assert world.browser.opened == []
        await pilot.press("o", "p")
        assert world.browser.opened == [
            "https://arxiv.org/html/2611.00001v1",
            "https://arxiv.org/pdf/2611.00001",
        ]


async def test_the_help_names_the_keys_of_the_text_first(tmp_path: Path) -> None:
    app = reading(text_world(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        await pilot.press("?")
        await pilot.pause()
        assert "In the full text" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "Abstract. We count" in shown(app)


async def test_the_paper_is_copied_from_its_text(tmp_path: Path) -> None:
    clip = Clip()
    world = replace(text_world(tmp_path), clipboard=clip)
    note.write(world.library, PAPER, "Mine.", NOW)
    app = reading(world)
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        await pilot.press("y")
        await pilot.pause()
        assert "Copy Counting to n² in linear time" in shown(app)
        await pilot.press("n")
        await app.workers.wait_for_complete()
        assert said(app) == "Note copied by tool."
        await pilot.press("y", "m")
        await app.workers.wait_for_complete()
    assert clip.copied == ["Mine.", f"[Counting to n² in linear time]({PAPER.url})"]

"""The haul screen, by its keys: what it shows, what it changes, and what it publishes."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual import events

from tests.tui.screens.stage import NOW, PAPERS, Stage, keep, paper, shown, through_all_sizes, typed, world_in
from triage.actions import comment, decide, note
from triage.actions.haul import current
from triage.library import open_library
from triage.paper import Verdict
from triage.ports import NotSaved, World
from triage.settings import HaulSettings, Settings
from triage.steps import Step
from triage.tui.screens.haul import HaulScreen
from triage.tui.widgets.entry_list import EntryList
from triage.tui.widgets.field import Field
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.line_pane import LinePane
from triage.tui.widgets.note_editor import NoteEditor
from triage.tui.widgets.post_preview import PostPreview

WIDE = (120, 40)


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Three entries of which one has a note, one held paper, two comments."""
    made = world_in(tmp_path)
    keep(made, *PAPERS[:3])
    decide.keep(made.library, [PAPERS[4]], NOW, hold=True)
    note.write(made.library, PAPERS[0], "One line.<br/>Another *line*.", NOW)
    comment.add(made.library, "The first comment")
    comment.add(made.library, "The second comment")
    return made


def said(app: Stage) -> str:
    return app.screen.query_one(Footer).said


def under_cursor(app: Stage) -> str:
    item = app.screen.query_one(EntryList).item
    return item.text if item is not None else ""


def titles(world: World) -> list[str]:
    return [entry.title for entry in current(world.library, world.settings, NOW).entries]


async def test_it_lists_comments_entries_in_the_posts_order_and_what_is_held(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE):
        rows = [line[:46].strip(" ▌▏│") for line in shown(app).splitlines()[1:13]]
    assert rows[:11] == [
        "Comments 2",
        "• The first comment",
        "• The second comment",
        "",
        "Entries 3",
        "A survey of surveys",
        "Brackets [/INST] [@click=app.quit] and…",
        "Counting to n² in linear time            ✎",
        "",
        "Held 1",
        "> Estimating what nobody asked",
    ]


async def test_the_preview_draws_front_matter_comments_cards_and_notes(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE):
        text = app.screen.query_one(PostPreview).text
    assert "title         ML Arxiv Haul ~1\n" in text
    assert "snippet       3 more ML papers and comments\n" in text
    assert "• The first comment\n" in text
    assert "▎ Counting to n² in linear time\n▎ https://arxiv.org/abs/2611.00001\n" in text
    assert "\nOne line.\nAnother line.\n" in text + "\n"
    assert "Brackets [/INST] [@click=app.quit] and [red]colour[/red]" in text


async def test_the_preview_follows_the_cursor(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=(120, 12)) as pilot:
        await pilot.press("end")
        await pilot.press("up")
        await pilot.pause()
        assert under_cursor(app) == "Counting to n² in linear time"
        assert "▎ Counting to n²" in shown(app)
        await pilot.press("up")
        await pilot.pause()
        assert app.screen.query_one(PostPreview).part == PAPERS[2].id


async def test_at_80_columns_the_panes_stand_one_above_the_other_and_nothing_is_cut(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end", "up")
        await pilot.pause()
        words = " ".join(shown(app).replace("▎", "").split())
    assert "Counting is slow. " * 6 + "Counting is…" in words


async def test_n_edits_the_note_and_esc_saves_it(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("down", "down", "n")
        await typed(pilot, "Fine work")
        assert note.note_of(world.library, PAPERS[1].id) == ""
        await pilot.press("escape")
        await pilot.pause()
        assert note.note_of(world.library, PAPERS[1].id) == "Fine work"
        assert "Fine work" in app.screen.query_one(PostPreview).text
        assert said(app) == "Note saved."
        assert not app.screen.query_one(NoteEditor).display
        await pilot.press("n")
        assert said(app) == ""


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (120, 20)])
async def test_one_writes_below_the_abstract_of_the_very_paper(world: World, size: tuple[int, int]) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=size) as pilot:
        await pilot.press("end", "up", "n")
        await pilot.pause()
        text = shown(app)
        assert "── note · Counting to n²" in text
        assert "Counting is slow. Counting is slow" in text
        assert "A survey" not in text.replace("  A survey of surveys", "", 1)
        await pilot.press(*["pagedown"] * 9)
        await pilot.pause()
        above = shown(app).split("── note")[0].replace("│", " ")
        assert "slow." in above.rstrip(" ▏\n")[-200:]
        await pilot.press("escape")
        await pilot.pause()
        assert "Counting is…" in " ".join(shown(app).split())


async def test_the_part_that_is_looked_at_stays_in_view_when_the_terminal_changes(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("end", "up", "up")
        await pilot.pause()
        await pilot.resize_terminal(120, 14)
        await pilot.pause()
        assert app.screen.query_one(PostPreview).part == PAPERS[2].id


async def test_a_note_that_would_not_read_back_is_named_with_its_line(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("down", "down", "n")
        bad = (
            '<hr/>\n\n<blockquote>\n    <a href="https://x.example">\n    <h4>T</h4>\n    </a>\n</blockquote>'
        )
        app.screen.query_one(NoteEditor).insert("Fine.\n\n" + bad)
        await pilot.press("escape")
        await pilot.pause()
        assert "line 3" in said(app)


async def test_a_note_that_cannot_be_saved_stays_in_the_editor(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Step:
        raise NotSaved("The disk is full: nothing was saved; make room and press Esc again.")

    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("down", "down", "n")
        await typed(pilot, "precious")
        monkeypatch.setattr(type(world.library), "record", refuse)
        await pilot.press("escape")
        assert "disk is full" in said(app)
        assert app.screen.query_one(NoteEditor).text == "precious"
        monkeypatch.undo()
        await pilot.press("escape")
        assert note.note_of(world.library, PAPERS[1].id) == "precious"


async def test_what_is_typed_is_kept_as_a_draft_and_offered_again(world: World) -> None:
    world.library.save_draft(PAPERS[1].id, "half a thou")
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("down", "down", "n")
        assert app.screen.query_one(NoteEditor).text == "half a thou"
        await pilot.press("escape")
        await pilot.pause()
    assert note.note_of(world.library, PAPERS[1].id) == "half a thou"
    assert world.library.draft(PAPERS[1].id) is None


@pytest.mark.parametrize(("key", "verdict"), [("s", Verdict.SKIP), ("x", None)])
async def test_taking_out_and_undo(world: World, key: str, verdict: Verdict | None) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("down", "down", key)
        assert titles(world) == [
            "Brackets [/INST] [@click=app.quit] and [red]colour[/red]",
            "Counting to n² in linear time",
        ]
        assert world.library.verdict(PAPERS[1].id) is verdict
        assert "A survey of surveys" in said(app)
        await pilot.press("u")
        await pilot.pause()
        assert world.library.verdict(PAPERS[1].id) is Verdict.KEEP
        assert under_cursor(app) == "A survey of surveys"
        await pilot.press("U")
        assert world.library.verdict(PAPERS[1].id) is verdict


@pytest.mark.parametrize("key", ["s", "x", ">"])
async def test_after_an_entry_is_taken_out_the_cursor_stays_among_the_entries(world: World, key: str) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("down", "down", key)
        await pilot.pause()
        assert under_cursor(app).startswith("Brackets")
        await pilot.press("down", key)
        await pilot.pause()
        assert under_cursor(app).startswith("Brackets")


async def test_holding_and_back(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("down", "down", ">")
        assert "A survey of surveys" not in titles(world)
        await pilot.press("end")
        held = under_cursor(app)
        await pilot.press("<")
        assert held in titles(world)


async def test_comments_are_added_edited_moved_and_removed(world: World) -> None:
    def texts() -> list[str]:
        return [str(one["text"]) for one in world.library.comments("current")]

    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("c")
        await typed(pilot, "A third")
        await pilot.press("escape")
        await pilot.pause()
        assert texts() == ["The first comment", "The second comment", "A third"]
        assert under_cursor(app) == "A third"
        await pilot.press("home", "J")
        assert texts() == ["The second comment", "The first comment", "A third"]
        assert under_cursor(app) == "The first comment"
        await pilot.press("n", "!", "escape")
        await pilot.pause()
        assert texts() == ["The second comment", "The first comment!", "A third"]
        await pilot.press("delete")
        assert texts() == ["The second comment", "A third"]
        await pilot.press("u")
        assert texts() == ["The second comment", "The first comment!", "A third"]


async def test_the_next_entry_without_a_note(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        found = []
        for _ in range(3):
            await pilot.press("]")
            found.append(under_cursor(app)[:8])
    assert found == ["A survey", "Brackets", "A survey"]


async def test_t_shows_the_posts_exact_text_and_back(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t")
        await pilot.pause()
        text = app.screen.query_one("#haul-text", LinePane).text
        assert text.startswith("---\ntitle: ML Arxiv Haul ~1\n")
        assert "One line.<br/>Another *line*." in text
        assert text.endswith("<br/>\n<br/>\n<br/>\n")
        await pilot.press("t")
        await pilot.pause()
        assert "▎ A survey of surveys" in shown(app)


async def test_a_row_of_the_exact_text_that_goes_on_bears_a_mark(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        await pilot.pause()
        rows = app.screen.query_one("#haul-text", LinePane).text.split("\n")
    at = next(at for at, row in enumerate(rows) if "Counting is slow." in row)
    assert rows[at + 1].startswith("↳ ")
    assert rows[at + 2].strip().startswith("<")


async def test_a_comment_is_drawn_as_the_post_has_it(world: World) -> None:
    comment.add(world.library, "## A heading\n\nand words")
    comment.add(world.library, "Two lines\nof one")
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        text = app.screen.query_one(PostPreview).text
    assert "• The second comment\n\nA heading\n\nand words\n\n• Two lines of one\n" in text


async def test_tab_goes_to_the_preview_and_the_keys_scroll_it(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=(120, 12)) as pilot:
        await pilot.press("tab", "end")
        await pilot.pause()
        assert "Another line." in shown(app)
        assert under_cursor(app) == "The first comment"
        await pilot.press("home")
        await pilot.pause()
        assert "published_at" in shown(app)


async def test_correcting_a_title_changes_the_card(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("down", "down", "i")
        await typed(pilot, ", revised")
        await pilot.press("enter")
        await pilot.pause()
        assert "A survey of surveys, revised" in titles(world)
        assert "▎ A survey of surveys, revised" in shown(app)


async def test_publish_says_what_is_missing_and_enter_does_it(world: World, tmp_path: Path) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("P")
        await pilot.pause()
        assert "2 entries without a note: A survey of surveys · Brackets" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        post = tmp_path / "data" / "posts" / "haul-1.md"
        assert post.read_text().startswith("---\ntitle: ML Arxiv Haul ~1\n")
        assert str(post) in said(app)
        assert titles(world) == ["Estimating what nobody asked"]
        before = post.read_bytes()
        await pilot.press("u")
        await pilot.pause()
        assert len(titles(world)) == 3
        assert "current again" in said(app)
        assert post.read_bytes() == before


async def test_number_date_and_file_can_be_said(world: World, tmp_path: Path) -> None:
    path = str(tmp_path / "{date}-haul-{number}.md")
    told = replace(world, settings=Settings(haul=HaulSettings(path=path)))
    app = Stage(HaulScreen(told))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("P", "2")
        await pilot.press("down", *["backspace"] * 16)
        await typed(pilot, "2026-11-21 07:00")
        await pilot.press("enter")
        await pilot.pause()
    post = (tmp_path / "2026-11-21-haul-12.md").read_text()
    assert "title: ML Arxiv Haul ~12\npublished_at: 2026-11-21T07:00:00.000Z\n" in post


async def test_the_form_names_a_comment_that_would_not_read_back(world: World) -> None:
    comment.add(world.library, "# One\n\n## New Paper Content")
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("P")
        await pilot.pause()
        assert "# One ## New Paper Content: the comment's line 2: " in shown(app)


@pytest.mark.parametrize(("size", "missing"), [((40, 12), True), ((40, 7), False), ((80, 24), True)])
async def test_what_is_missing_gives_way_to_the_fields_and_the_error(
    world: World, size: tuple[int, int], missing: bool
) -> None:
    keep(world, *(paper(number, f"The paper with a long title that is number {number}") for number in (7, 8)))
    comment.add(world.library, "# One\n\n## New Paper Content")
    app = Stage(HaulScreen(world))
    async with app.run_test(size=size) as pilot:
        await pilot.press("P")
        await pilot.pause()
        assert "Enter Publish" in " ".join(shown(app).split())
        await typed(pilot, "x")
        await pilot.press("enter")
        await pilot.pause()
        text = " ".join(shown(app).split())
        for words in ("Publish haul 1", "Number", "Date and time", "File", "is no number for a haul;"):
            assert words in text, words
        assert ("without a note" in text) == missing
        await pilot.press("backspace")
        await pilot.pause()
        assert "Enter Publish" in " ".join(shown(app).split())


async def test_where_the_file_followed_the_number_the_cursor_is_at_its_end(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("P", "2", "2", "down", "down", "ctrl+u")
        await typed(pilot, "mine.md")
        await pilot.pause()
        assert app.screen.query_one("#publish-file", Field).value == "mine.md"


@pytest.mark.parametrize("wrong", ["x", "-", "²"])
async def test_a_number_that_is_none_is_refused_and_nothing_happens(world: World, wrong: str) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("P")
        await typed(pilot, wrong)
        await pilot.press("enter")
        assert "is no number for a haul" in said(app)
    assert len(titles(world)) == 3


async def test_a_file_that_is_not_ours_is_left_alone_until_ctrl_o(world: World, tmp_path: Path) -> None:
    post = tmp_path / "data" / "posts" / "haul-1.md"
    post.parent.mkdir()
    post.write_text("mine")
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("P", "ctrl+o", "enter")
        await pilot.pause()
        assert "press Ctrl+O to overwrite it" in said(app)
        assert post.read_text() == "mine"
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert post.read_text().startswith("---\n")


async def test_export_writes_and_leaves_the_haul_current(world: World, tmp_path: Path) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("e", "enter")
        await pilot.pause()
        assert said(app).startswith("Exported haul 1")
    assert (tmp_path / "data" / "posts" / "haul-1.md").exists()
    assert len(titles(world)) == 3


async def test_a_published_haul_is_reached_and_its_notes_are_edited(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("P", "enter")
        await pilot.pause()
        await pilot.press("{")
        await pilot.pause()
        assert "published 2026-11-20" in shown(app)
        await pilot.press("down", "down", "n")
        await typed(pilot, "Late.")
        await pilot.press("escape")
        await pilot.pause()
        (haul,) = world.library.hauls()
        assert haul["entries"][PAPERS[1].id]["note"] == "Late."
        decide.keep(world.library, [PAPERS[1]], NOW)
        note.write(world.library, PAPERS[1], "Anew.", NOW)
        await pilot.press("n", "!", "escape")
        await pilot.pause()
        (haul,) = world.library.hauls()
        assert haul["entries"][PAPERS[1].id]["note"] == "Late.!"
        assert note.note_of(world.library, PAPERS[1].id) == "Anew."
        await pilot.press("s")
        assert "published" in said(app)
        await pilot.press("}")
        await pilot.pause()
        assert "current" in shown(app)


async def test_an_empty_haul_says_so_and_takes_every_key(tmp_path: Path) -> None:
    app = Stage(HaulScreen(world_in(tmp_path)))
    async with app.run_test(size=WIDE) as pilot:
        assert "Nothing kept yet." in shown(app)
        await pilot.press(*"nsx><KJi]ut{}", "up", "down", "tab", "end", "home", "pagedown", "tab")
        await pilot.press("P", "enter")
        await pilot.pause()
        assert "Nothing to publish" in said(app)


async def test_what_another_process_did_shows(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        decide.keep(world.library, [PAPERS[3]], NOW)
        app.screen._take_in()  # type: ignore[attr-defined]  # the timer's turn comes after half a second
        await pilot.pause()
        assert "Dimensions of a haul" in shown(app)


@pytest.mark.parametrize("keys", [["end"], ["down", "n"], ["P"], ["c"], ["down", "down", "i"], ["t", "tab"]])
async def test_it_stands_at_any_size(world: World, keys: list[str]) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await through_all_sizes(pilot)


async def test_the_vim_keys_move_and_take_out(world: World) -> None:
    app = Stage(HaulScreen(replace(world, settings=Settings(keys="vim"))))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "j", "j", "k")
        assert under_cursor(app) == "A survey of surveys"
        await pilot.press("d", "G")
        assert world.library.verdict(PAPERS[1].id) is Verdict.SKIP
        assert under_cursor(app) == "Estimating what nobody asked"


async def test_a_library_open_for_reading_only_says_so_before_one_writes(
    tmp_path: Path, world: World
) -> None:
    world.library.close()
    closed = open_library(tmp_path / "data", state=tmp_path / "state", read_only=True)
    app = Stage(HaulScreen(replace(world, library=closed)))
    async with app.run_test(size=WIDE) as pilot:
        for keys in (["n"], ["c"], ["s"], [">"], ["u"]):
            await pilot.press("down", *keys)
            assert "read" in said(app), keys
        assert not app.screen.query_one(NoteEditor).display
    assert len(titles(world)) == 3


async def test_pasted_text_that_looks_like_keys_does_nothing(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        app.post_message(events.Paste("sssxP\n\nq"))
        await pilot.pause()
        assert len(titles(world)) == 3
        assert app.result == "not dismissed"

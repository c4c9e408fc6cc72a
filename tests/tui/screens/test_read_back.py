"""Reading a post back on the haul screen: the diff, taken over or left, a file that was moved."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.screens.haul_stage import WIDE, haul_world, said
from tests.tui.screens.stage import NOW, PAPERS, SIZES, Stage, shown, typed
from tests.tui.test_adding import child
from triage.actions import haul as hauls
from triage.actions import note
from triage.actions.haul import current
from triage.paper import Verdict
from triage.ports import World
from triage.tui.screens.decisions import DecisionsScreen
from triage.tui.screens.haul import HaulScreen
from triage.tui.screens.publish import PublishScreen
from triage.tui.screens.read_back import ReadBackScreen
from triage.tui.widgets.line_pane import LinePane


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Three entries of which one has a note, one held paper, two comments; exported."""
    made = haul_world(tmp_path)
    hauls.export_post(made.library, made.posts, made.settings, NOW, f"{made.posts.folder}/haul-1.md")
    return made


def post_of(world: World) -> Path:
    return Path(world.posts.folder) / "haul-1.md"


def edit(world: World, before: str, after: str) -> str:
    path = post_of(world)
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1))
    return path.read_text()


def exported(world: World) -> str:
    return hauls.post_of(world.library, world.settings, NOW).decode()


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), WIDE])
async def test_the_edits_are_shown_and_enter_takes_them_over_as_one_step(
    world: World, size: tuple[int, int]
) -> None:
    edit(world, "One line.<br/>", "One longer line.<br/>")
    edit(world, "tags: arxiv", "tags: arxiv, ml")
    edited = edit(world, "- The first comment", "- The first comment, edited")
    before = exported(world)
    app = Stage(HaulScreen(world))
    async with app.run_test(size=size) as pilot:
        await press(pilot, "R")
        text = shown(app)
        assert "Read back · haul 1 · haul-1.md · 3 edits" in text
        assert "~ tags  [-arxiv-] [+arxiv, ml+]" in text
        assert "One [+longer+] line.<br/>" in text
        assert "The first [-comment-] [+comment, edited+]" in text
        assert exported(world) == before
        await press(pilot, "enter")
        assert isinstance(app.screen, HaulScreen)
        assert said(app) == "Taken over, 3 edits in haul-1.md; u undoes."
        assert size[0] < 100 or "One longer line." in shown(app)
        assert exported(world) == edited
        await press(pilot, "u")
        assert exported(world) == before
        assert said(app).startswith("Undone: read back")
        await press(pilot, "U")
        assert exported(world) == edited


async def test_escape_leaves_everything_as_it_is(world: World) -> None:
    edited = edit(world, "One line.", "Another line.")
    before = exported(world)
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "R", "escape")
        assert isinstance(app.screen, HaulScreen)
        assert said(app) == ""
    assert exported(world) == before
    assert post_of(world).read_text() == edited


async def test_a_deleted_card_an_unknown_one_and_a_moved_one_are_told_in_words(world: World) -> None:
    head, one, two, _three = _parts(post_of(world).read_text())
    new = '<blockquote>\n    <a href="https://example.org/x">\n    <h4>A page</h4>\n    </a>\n</blockquote>'
    new += "\n\nMine.\n\n"
    post_of(world).write_text(head + "<hr/>\n\n".join([new, two, one]) + "<br/>\n<br/>\n<br/>\n")
    titles = [entry.title for entry in current(world.library, world.settings, NOW).entries]
    gone = current(world.library, world.settings, NOW).entries[2].key
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "R")
        text = " ".join(shown(app).split())
        assert "+ A page It joins the haul. Mine." in text
        assert f"– {titles[2]} It leaves the haul, and its paper is skipped." in text
        assert f"↕ {titles[1]} It stands first now." in text or f"↕ {titles[0]} It stands behind" in text
        await press(pilot, "enter")
    assert world.library.verdict(gone) is Verdict.SKIP
    assert [entry.title for entry in current(world.library, world.settings, NOW).entries] == [
        "A page",
        titles[1],
        titles[0],
    ]


def _parts(text: str) -> tuple[str, str, str, str]:
    head, _, rest = text.partition("<blockquote>")
    one, two, three = f"<blockquote>{rest}".split("<hr/>\n\n")
    return head, one, two, three.removesuffix("<br/>\n<br/>\n<br/>\n")


async def test_what_cannot_be_read_back_is_named_with_its_line_and_nothing_changes(world: World) -> None:
    edit(world, "<hr/>\n\n", "")
    before = exported(world)
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "R")
        assert isinstance(app.screen, HaulScreen)
        assert "haul-1.md, line " in said(app)
        assert "No `<hr/>` stands before this card" in said(app)
    assert exported(world) == before


async def test_text_around_the_parts_is_named_with_its_line_and_stays(world: World) -> None:
    edited = edit(world, "## Comments", "A word before.\n\n## Comments")
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "R")
        text = " ".join(shown(app).split())
        assert "Not read, and left as it stands" in text
        assert "line 8 Text before the headings is kept as it is. A word before." in text
        await press(pilot, "enter")
    assert exported(world) == edited


async def test_a_file_that_changed_while_one_looked_is_shown_anew(world: World) -> None:
    edit(world, "One line.", "Another line.")
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "R")
        edited = edit(world, "Another line.", "Yet another line.")
        await press(pilot, "enter")
        assert isinstance(app.screen, ReadBackScreen)
        assert "changed while you looked" in said(app)
        assert "Yet another" in shown(app)
        await press(pilot, "enter")
    assert exported(world) == edited


async def test_without_an_edit_one_is_told_so(world: World) -> None:
    note.write(world.library, PAPERS[1], "Noted since.", NOW)
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "R")
        assert "No edit is in " in said(app)
        assert "e writes the file anew" in said(app)


async def test_exporting_over_an_edited_file_offers_to_read_it_back(world: World) -> None:
    edited = edit(world, "One line.", "Another line.")
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "e", "enter")
        assert isinstance(app.screen, PublishScreen)
        assert "was edited since it was written. Ctrl+R reads the edits back" in said(app)
        assert post_of(world).read_text() == edited
        await press(pilot, "ctrl+r")
        assert isinstance(app.screen, ReadBackScreen)
        await press(pilot, "enter")
        assert isinstance(app.screen, HaulScreen)
        assert "Taken over, 1 edit in " in said(app)
        await press(pilot, "e", "enter")
        assert said(app).startswith("Exported haul 1")
    assert post_of(world).read_text() == edited


async def test_a_file_that_was_moved_is_asked_for_once(world: World, tmp_path: Path) -> None:
    edited = edit(world, "One line.", "Another line.")
    new = tmp_path / "blog.md"
    post_of(world).rename(new)
    app = Stage(HaulScreen(world))
    async with app.run_test(size=(160, 40)) as pilot:
        await press(pilot, "R")
        assert "haul-1.md is gone" in shown(app)
        await press(pilot, "enter")
        assert "No file is there" in said(app)
        await press(pilot, "ctrl+u")
        await typed(pilot, str(new))
        await press(pilot, "enter")
        assert isinstance(app.screen, ReadBackScreen)
        await press(pilot, "enter")
        assert exported(world) == edited
        edited = new.read_text().replace("Another", "Yet another")
        new.write_text(edited)
        await press(pilot, "R")
        assert isinstance(app.screen, ReadBackScreen)
        await press(pilot, "enter")
    assert exported(world) == edited


async def test_a_moved_file_is_asked_for_once_by_an_export_too(world: World, tmp_path: Path) -> None:
    new = tmp_path / "blog.md"
    post_of(world).rename(new)
    note.write(world.library, PAPERS[1], "Noted since.", NOW)
    app = Stage(HaulScreen(world))
    async with app.run_test(size=(160, 40)) as pilot:
        await press(pilot, "e")
        assert "is gone: say where it is now" in said(app)
        await press(pilot, "ctrl+u")
        await typed(pilot, str(new))
        await press(pilot, "enter")
        assert said(app).startswith("Exported haul 1")
        await press(pilot, "e", "enter")
        assert said(app) == f"Exported haul 1: {new}"
    assert "Noted since." in new.read_text()
    assert not post_of(world).exists()


async def test_only_what_left_or_joined_by_an_edit_is_among_the_decisions(world: World) -> None:
    edit(world, "One line.", "Another line.")
    head, one, two, _three = _parts(post_of(world).read_text())
    post_of(world).write_text(head + "<hr/>\n\n".join([one, two]) + "<br/>\n<br/>\n<br/>\n")
    gone = current(world.library, world.settings, NOW).entries[2]
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "R", "enter")
        await app.push_screen(DecisionsScreen(world))
        await pilot.pause()
        rows = [line for line in shown(app).split("\n") if "edited" in line]
    assert [gone.title in row for row in rows] == [True]


async def test_an_unknown_card_is_looked_up_behind_and_its_card_stays(world: World) -> None:
    link = "https://example.org/x"
    card = f'<blockquote>\n    <a href="{link}">\n    <h4>A page</h4>\n    </a>\n</blockquote>'
    edited = edit(world, "<blockquote>", f"{card}\n\nMine.\n\n<hr/>\n\n<blockquote>")
    found = {
        "id": link,
        "title": "What the page calls itself",
        "abstract": "What it says.",
        "site": "Example",
    }
    told = replace(world, look_up=child({"event": "paper", "record": found}))
    app = Stage(HaulScreen(told))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "R", "enter")
        await app.workers.wait_for_complete()
    assert (world.library.paper(link) or {})["site"] == "Example"
    assert exported(world) == edited


async def test_a_published_haul_is_read_back_too(world: World) -> None:
    hauls.publish(world.library, world.posts, world.settings, NOW, place=str(post_of(world)))
    edited = edit(world, "One line.", "Another line.")
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "{", "R")
        assert "[-One-] [+Another+] line." in shown(app)
        await press(pilot, "enter")
        assert said(app) == "Taken over, 1 edit in haul-1.md; u undoes."
    key = hauls.key_of_number(world.library, 1)
    assert hauls.post_of(world.library, world.settings, NOW, key=key).decode() == edited


async def test_the_form_that_publishes_says_that_a_file_was_edited(world: World) -> None:
    edit(world, "One line.", "Another line.")
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "P")
        assert "haul-1.md was edited since it was written: R on the haul takes its edits over." in shown(app)


async def test_hostile_text_is_shown_as_it_is_and_never_acted_on(world: World) -> None:
    hostile = "[red]x[/red] [@click=app.quit]y[/] \x1b[31mz \x9b2J \u202e back"
    edit(world, "One line.", f"One {hostile}")
    edit(world, "- The first comment", f"- {hostile}")
    edit(world, "A survey of surveys</h4>", f"{hostile}</h4>")
    edited = edit(world, "tags: arxiv", f'tags: "{hostile[:34]}"')
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "R")
        text = shown(app)
        assert text.count("[red]x[/red] [@click=app.quit]y[/]") == 4
        assert not {"\x1b", "\x9b", "\u202e"} & set(text)
        await press(pilot, "enter")
    assert exported(world) == edited


@pytest.mark.parametrize("size", SIZES)
async def test_the_diff_and_the_question_fit_any_size(world: World, size: tuple[int, int]) -> None:
    edit(world, "One line.", "Another line.")
    app = Stage(HaulScreen(world))
    async with app.run_test(size=size) as pilot:
        await press(pilot, "R", "pagedown", "end", "home")
        assert isinstance(app.screen, ReadBackScreen)
        await press(pilot, "escape")
        post_of(world).rename(post_of(world).with_name("moved.md"))
        await press(pilot, "R", "escape")
        assert isinstance(app.screen, HaulScreen)


async def test_the_vim_keys_scroll_too(world: World) -> None:
    edit(world, "One line.", "long words " * 60)
    edit(world, "A survey of surveys</h4>", "The survey</h4>")
    told = replace(world, settings=world.settings._replace(keys="vim"))
    app = Stage(HaulScreen(told))
    async with app.run_test(size=(60, 12)) as pilot:
        await press(pilot, "R", "j", "j")
        pane = app.screen.query_one(LinePane)
        assert pane.scroll_offset.y == 2
        await press(pilot, "k", "G")
        assert pane.scroll_offset.y == pane.max_scroll_y
        await press(pilot, "g")
        assert pane.scroll_offset.y == 0

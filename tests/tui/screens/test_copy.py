"""The copy menu: which form, by which way, and a sentence on which and how sure."""

import threading
from dataclasses import dataclass, field, replace

import pytest
from textual.app import App
from textual.pilot import Pilot

from tests.tui.screens.stage import PAPERS, Clip, Stage, shown, through_all_sizes
from triage.actions.copy import Copied
from triage.haul import Entry
from triage.ports import TMUX, NotSaved
from triage.tui.copying import Wanted, copy
from triage.tui.screens.copy import CopyScreen
from triage.tui.sheets import sheets
from triage.tui.widgets.footer import Footer

PAPER = replace(PAPERS[0], published="2026-11-19T00:00:00Z")
ENTRY = Entry(PAPER.id, PAPER.url, "Counting to n² in linear time", "Counting is slow…")
COPIED = Copied(PAPER, ENTRY, "My *note*.\nOn two lines.")


def menu(copied: Copied | None = COPIED) -> CopyScreen:
    return CopyScreen(copied, lambda: "---\ntitle: the post\n---\n", "haul 11")


@pytest.mark.parametrize(
    ("key", "what", "start"),
    [
        ("l", "link", "https://arxiv.org/abs/2611.00001"),
        ("m", "Markdown", "[Counting to n² in linear time](https://arxiv.org/abs/2611.00001)"),
        ("b", "BibTeX", "@"),
        (
            "c",
            "card",
            '<blockquote>\n    <a href="https://arxiv.org/abs/2611.00001">\n    <h4>Counting to n² in',
        ),
        ("n", "note", "My *note*.\nOn two lines."),
        ("p", "post", "---\ntitle: the post"),
    ],
)
async def test_each_key_is_for_a_form(key: str, what: str, start: str) -> None:
    app = Stage(menu())
    async with app.run_test() as pilot:
        assert f"{key} {what}" in shown(app)
        await pilot.press(key)
        await pilot.pause()
    assert app.result.what == what
    assert app.result.text.startswith(start)


async def test_the_cursor_and_enter_choose_too() -> None:
    app = Stage(menu())
    async with app.run_test() as pilot:
        await pilot.press("down", "enter")
        await pilot.pause()
    assert app.result.text == "[Counting to n² in linear time](https://arxiv.org/abs/2611.00001)"


async def test_a_note_that_is_not_there_is_said() -> None:
    app = Stage(menu(COPIED._replace(note="")))
    async with app.run_test() as pilot:
        assert "n note      none yet" in shown(app)
        await pilot.press("n")
        await pilot.pause()
        assert app.result == "not dismissed"
        assert app.screen.query_one(Footer).said == "There is no note yet to copy."


async def test_where_there_is_no_paper_there_is_the_post() -> None:
    app = Stage(menu(None))
    async with app.run_test() as pilot:
        assert "Copy haul 11" in shown(app)
        await pilot.press("l", "enter")
        await pilot.pause()
    assert app.result.what == "post"


async def test_a_post_that_cannot_be_stamped_is_said() -> None:
    def post() -> str:
        raise NotSaved("The disk is full.")

    app = Stage(CopyScreen(COPIED, post, "haul 11"))
    async with app.run_test() as pilot:
        await pilot.press("p")
        await pilot.pause()
        assert app.screen.query_one(Footer).said == "The disk is full."


async def test_esc_copies_nothing() -> None:
    app = Stage(menu())
    async with app.run_test() as pilot:
        await pilot.press("escape")
        await pilot.pause()
    assert app.result is None


async def test_a_hostile_title_shows_literally() -> None:
    hostile = PAPERS[2]
    app = Stage(menu(Copied(hostile, Entry(hostile.id, hostile.url, hostile.title))))
    async with app.run_test():
        assert "Copy Brackets [/INST] [@click=app.quit] and [red]colour[/red]" in shown(app)


async def test_the_menu_stands_at_any_size() -> None:
    app = Stage(menu())
    async with app.run_test() as pilot:
        await through_all_sizes(pilot)


class Host(App[None]):
    """Copies, and keeps what was said."""

    CSS_PATH = sheets("main", "panels")

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def copy_by(self, clip: Clip, text: str = "some text") -> None:
        copy(self.screen, clip, Wanted("link", text), self.said.append)


async def copied(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_a_tool_that_took_it_is_named() -> None:
    app, clip = Host(), Clip(tool="wl-copy")
    async with app.run_test() as pilot:
        app.copy_by(clip)
        await copied(pilot)
    assert (app.said, clip.copied) == (["Link copied by wl-copy."], ["some text"])


async def test_tmux_is_told_apart_for_what_the_terminal_did_is_not_known() -> None:
    app = Host()
    async with app.run_test() as pilot:
        app.copy_by(Clip(tool=TMUX))
        await copied(pilot)
    assert app.said == ["Link is in tmux's buffer; whether the terminal took it from there cannot be known."]


@pytest.mark.parametrize(("text", "sent"), [("some text", "some text"), ("a\udc80b", "a?b")])
async def test_without_a_tool_it_goes_to_the_terminal_and_says_that_this_cannot_be_verified(
    text: str, sent: str
) -> None:
    app = Host()
    async with app.run_test() as pilot:
        app.copy_by(Clip(tool=None), text)
        await copied(pilot)
        assert app.clipboard == sent
    assert app.said == ["Link sent to the terminal's clipboard (OSC 52); whether it took it cannot be known."]


@pytest.mark.parametrize(("text", "willing"), [("x" * 5_000_000, True), ("some text", False)])
async def test_what_nothing_takes_is_shown_to_select_and_left_in_a_file(text: str, willing: bool) -> None:
    app, clip = Host(), Clip(tool=None, is_terminal_willing=willing)
    async with app.run_test(size=(100, 24)) as pilot:
        app.copy_by(clip, text)
        await copied(pilot)
        screen = shown(app)
        assert "The link to copy · all of it is in /state/copied.txt" in screen
        assert screen.splitlines()[1].startswith(text[:50]), "with nothing before it that one would select"
        assert "select with Shift and the mouse" in screen
        assert app.clipboard == ""
        await pilot.press("pagedown", "up", "escape")
    assert app.said == ["Link not copied, for nothing here takes it; it is in /state/copied.txt."]
    assert clip.copied == [text]


async def test_where_not_even_a_file_can_be_written_it_is_shown() -> None:
    app = Host()
    async with app.run_test(size=(100, 24)) as pilot:
        app.copy_by(Clip(tool=None, is_terminal_willing=False, place=None), "a\x1b[31mb")
        await copied(pilot)
        assert "a[31mb" in shown(app)
        assert "\x1b" not in shown(app)
        await through_all_sizes(pilot)
    assert app.said == ["Link not copied, for nothing here takes it."]


@dataclass
class SlowClip(Clip):
    """A tool that does not answer before it may."""

    may: threading.Event = field(default_factory=threading.Event)

    def copy(self, text: str) -> str | None:
        self.may.wait(20)
        return super().copy(text)


async def test_a_slow_tool_holds_nothing_up_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triage.tui.copying._SOON", 0.01)
    app, clip = Host(), SlowClip()
    async with app.run_test() as pilot:
        app.copy_by(clip)
        await pilot.pause(0.1)
        assert app.said == ["Copying the link …"]
        clip.may.set()
        await copied(pilot)
    assert app.said == ["Copying the link …", "Link copied by tool."]


async def test_a_tool_that_never_answers_does_not_keep_the_app_from_ending() -> None:
    app, clip = Host(), SlowClip()
    async with app.run_test() as pilot:
        app.copy_by(clip)
        await pilot.pause()
        app.exit()
    clip.may.set()
    assert app.said == []

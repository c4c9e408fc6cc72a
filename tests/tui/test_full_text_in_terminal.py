"""The full text in a real pseudo-terminal: opened from the papers, read, searched, quoted, and left."""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.terminal import Terminal
from tests.tui.full_text_child import ASKING, GATE, command, events, failure
from tests.tui.screens.text_stage import PARTS
from triage.full_text import Part

HOUSE = Path(__file__).resolve().parents[2]
SIZES = ((80, 24), (120, 40))


def opened(
    folder: Path,
    told: Iterable[Mapping[str, Any]] | None = None,
    *,
    size: tuple[int, int] = (80, 24),
    preset: str = "mnemonic",
    env: Mapping[str, str] | None = None,
) -> Terminal:
    """The app over five papers, whose text is what is told."""
    command(folder / "text", events(PARTS) if told is None else told)
    argv: list[str | Path] = [sys.executable, "-m", "tests.tui.opened_full_text", folder, preset]
    terminal = Terminal(argv, cwd=HOUSE, size=size, env=env)
    terminal.wait_for(r"\d/5 · \d kept")
    return terminal


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("preset", "down", "more"), [("mnemonic", "<down>", "<shift+down>"), ("vim", "j", "J")]
)
def test_a_sentence_is_quoted_from_the_text_into_the_note(
    tmp_path: Path, size: tuple[int, int], preset: str, down: str, more: str
) -> None:
    with opened(tmp_path, size=size, preset=preset) as terminal:
        terminal.press("<enter>", r"Abstract\. We count")
        terminal.wait_for(r"Full text · On the number 1 .* \d+ %")
        terminal.press("]]", r"1 Introduction · \d+ %")
        terminal.press('"', "Enter Quote")
        terminal.send(down + more)
        terminal.press("<enter>", r"> Sentence 2 is about things\. Sentence 3 is about")
        terminal.press("So it is.", "So it is")
        terminal.press("<esc>", "Note saved; the paper is kept")
        terminal.press("q", "1/5 · 1 kept")
        terminal.press("<up>", "So it is")
        assert "> Sentence 2 is about things." in " ".join(terminal.screen().split())
        terminal.press("u", "0/5 · 0 kept")


@pytest.mark.parametrize("size", SIZES)
def test_a_word_is_searched_and_the_place_is_there_after_a_new_start(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    with opened(tmp_path, size=size) as terminal:
        terminal.press("<enter>", r"Abstract\. We count")
        terminal.wait_for(r" \d+ %$")
        terminal.press("/", "Enter To the text")
        terminal.press("author 17", r"/author 17 1/1 · References")
        terminal.press("<enter>", "n Next")
        terminal.press("<esc>", "Tab Outline")
        terminal.watch(1.2)
        terminal.kill()
    with opened(tmp_path, size=size[::1]) as terminal:
        terminal.press("<enter>", r"References · \d+ %")
        assert "Author 17" in terminal.screen()
        terminal.press("<tab>", "▌References")
        terminal.press("<home><enter>", r"Abstract\. We count")
        terminal.press("<esc>", r"0/5 · 0 kept")


def test_keys_that_come_in_one_read_are_taken_one_by_one(tmp_path: Path) -> None:
    with opened(tmp_path, size=(120, 40)) as terminal:
        terminal.press("<enter>", r" \d+ %$")
        terminal.press("]]/author 3<enter>n<esc>nfine words<esc>", "Note saved; the paper is kept")
        terminal.press("q", "1/5 · 1 kept")
        terminal.press("<up>", "fine words")


def test_leaving_while_the_text_comes_ends_the_child(tmp_path: Path) -> None:
    with opened(tmp_path, [ASKING, GATE]) as terminal:
        terminal.press("<enter>", "Asking arxiv.org")
        child = int((tmp_path / "text" / "pid").read_text())
        terminal.press("<esc>", "0/5 · 0 kept")
        terminal.wait_for(lambda: not _is_running(child))
        terminal.press("<enter>", "Asking arxiv.org")
        child = int((tmp_path / "text" / "pid").read_text())
        terminal.write(b"\x11")
        assert terminal.wait() == 0
        assert not _is_running(child)


def test_a_paper_without_html_offers_its_pdf_and_leaves_the_papers_as_they_were(tmp_path: Path) -> None:
    with opened(tmp_path, [ASKING, failure("arXiv has no HTML of 2611.00001.", pdf=True)]) as terminal:
        terminal.press("<enter>", "arXiv has no HTML of 2611.00001.")
        assert "p opens the PDF in the browser" in " ".join(terminal.screen().split())
        terminal.press("<esc>", "0/5 · 0 kept")


HOSTILE = [
    Part("", 0, "", "word " * 200_000),
    Part(
        "S1", 1, "1 Wide", "|" + "a|" * 200 + "\n|" + "---|" * 200 + "\n" + ("|" + "1.5|" * 200 + "\n") * 20
    ),
    Part("S2", 1, "\x1b]52;c;aGk=\x07 [red]x[/red] \u202e{{ 7*7 }}", "\x1b[31mred\x9b2J [/INST] `[` \\$5"),
    Part("S3", 1, "3 Long " + "word" * 500, "x" * 100_000),
    Part("S4", 99, "", "> " * 300 + "deep"),
    *(Part(f"T{at}", 1 + at % 7, f"Heading {at}", "") for at in range(3_000)),
    Part("S5", 1, "5 End", "The end."),
]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (30, 8)])
def test_a_hostile_text_is_read_to_its_end_and_steers_nothing(tmp_path: Path, size: tuple[int, int]) -> None:
    with opened(tmp_path, events(HOSTILE), size=size) as terminal:
        terminal.press("<enter>", r"(^|│) +On the number")
        terminal.wait_for(r" \d+ %$", timeout=60)
        terminal.press("]]", "Wide")
        terminal.send("<right><right><left>")
        terminal.press("]", r"\[red\]x\[/red\]")
        terminal.press("<end>", r"The end\.")
        terminal.press("<home>", r"(^|│) +On the number 1")
        terminal.press("/", "Enter To the text" if size[0] > 40 else "Enter")
        terminal.press("heading 2999<enter>", "Heading 2999")
        assert b"\x1b]52" not in terminal.raw
        assert b"\xc2\x9b" not in terminal.raw
        assert "\u202e".encode() not in terminal.raw
        terminal.send("qq")
        assert terminal.wait() == 0


def test_a_storm_of_sizes_ends_nothing_and_keeps_the_place(tmp_path: Path) -> None:
    with opened(tmp_path, size=(120, 40)) as terminal:
        terminal.press("<enter>", r" \d+ %$")
        terminal.press("]]]]", r"2\.1 Data · \d+ %")
        for step in range(40):
            terminal.resize(1 + step * 37 % 130, 1 + step * 17 % 50)
        terminal.resize(100, 30)
        terminal.wait_for(r"2\.1 Data · \d+ %")
        terminal.wait_for(r"^.*│ +2\.1 Data")


def test_without_colours_the_match_and_the_outline_are_still_to_be_seen(tmp_path: Path) -> None:
    with opened(tmp_path, size=(120, 40), env={"NO_COLOR": "1"}) as terminal:
        terminal.press("<enter>", r" \d+ %$")
        terminal.press("]]]", "▏2 Methods")
        terminal.press("/author 9<enter>", r"/author 9 1/1 · References")


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True

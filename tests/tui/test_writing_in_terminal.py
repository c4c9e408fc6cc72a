"""Quotes, links, the preview and the editor in a real pseudo-terminal: keys, mouse, the screen."""

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.hostile.payloads import OBEYED, SOUND, obeyed
from tests.scripts import script
from tests.terminal import Terminal
from tests.tui.screens.stage import DAY, NOW, PAPERS, keep, world_in
from triage.actions.haul import publish
from triage.actions.note import note_of, write
from triage.ledger import Completeness, ListingState, Sections
from triage.library import open_library
from triage.quote import as_quote
from triage.settings import Settings

HOUSE = Path(__file__).resolve().parents[2]
WHOLE = " ".join(SOUND[:22])
FIRST, SECOND = "It counts to n².", "It is slow (see Fig. 3)."


def app(folder: Path, size: tuple[int, int] = (100, 30), env: dict[str, str] | None = None) -> Terminal:
    """The app over six papers; the sixth, which the cursor goes to, has the abstract above."""
    command: list[str | Path] = [sys.executable, "-m", "tests.tui.opened", folder]
    terminal = Terminal(command, cwd=HOUSE, size=size, env=env)
    terminal.wait_for(r"\d/6 · \d kept")
    terminal.press("<end>", re.escape(FIRST))
    return terminal


ABSTRACT = "It counts to $n^2$. It is slow (see Fig. 3). End."


def made(
    folder: Path,
    *,
    title: str = "To quote",
    abstract: str = ABSTRACT,
    kept: str = "A survey of surveys",
    note: str = "",
) -> None:
    """Six papers, of which the second was kept for haul 17 under a title."""
    world = world_in(folder, settings=Settings(categories=("math.NT",)))
    keep(world, replace(PAPERS[1], title=kept))
    publish(world.library, world.posts, world.settings, NOW, number=17)
    state = ListingState("math.NT", Completeness.COMPLETE, DAY.isoformat(), sections=Sections(6))
    last = replace(PAPERS[0], id="2611.00042", title=title, abstract=abstract)
    world.archive.store(DAY, [last], {"math.NT": state})
    if note:
        write(world.library, last, note, NOW)
    world.library.close()


def noted(folder: Path) -> str:
    """The note on the sixth paper."""
    library = open_library(folder / "data", state=folder / "state")
    try:
        return note_of(library, "2611.00042")
    finally:
        library.close()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_sentence_is_quoted_a_link_set_and_the_note_finished_in_the_users_editor(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    made(tmp_path / "home")
    editor = script(tmp_path / "editor", 'echo "Finished outside." >> "$1"')
    with app(tmp_path / "home", size, env={"VISUAL": str(editor)}) as terminal:
        terminal.press('"', "Enter Quote")
        terminal.press("<down><shift+up><enter>", "── note")
        terminal.wait_for("> It counts")
        terminal.press("See <ctrl+l>", "another paper in the note")
        terminal.press("survey<enter>", re.escape("[A survey of surveys]"))
        terminal.press("<ctrl+r>", "Enter Quote")
        terminal.press("<down><down><enter>", "> End.")
        terminal.press("<f3>", "note, as it reads")
        terminal.wait_for("│ End.")
        terminal.press("<f3>", "> End.")
        terminal.press("<f4>", "Finished outside.")
        terminal.press("<esc>", r"\d/6 · 2 kept")
        terminal.send("q")
        assert terminal.wait() == 0
    expected = (
        f"{as_quote(f'{FIRST} {SECOND}')}\n\nSee [A survey of surveys](https://arxiv.org/abs/2611.00002)"
    )
    assert noted(tmp_path / "home") == f"{expected}\n\n> End.\n\nFinished outside."


def test_keys_of_marking_and_the_next_key_may_come_in_one_read(tmp_path: Path) -> None:
    made(tmp_path)
    with app(tmp_path) as terminal:
        terminal.press('"<down><enter>so<esc>', "2/6 · 2 kept")
        terminal.press('<home><end>"<esc>s', "2/6 · 1 kept")
        terminal.press('"', "Enter Quote")
        terminal.paste("kkk")
        terminal.press("<esc>x", "1/6 · 1 kept")
    assert noted(tmp_path) == f"{as_quote(SECOND)}\n\nso"


def test_the_mouse_marks_and_the_mark_is_seen_without_colours(tmp_path: Path) -> None:
    made(tmp_path)
    with app(tmp_path, env={"NO_COLOR": "1"}) as terminal:
        row = next(at for at, line in enumerate(terminal.text()) if FIRST in line)
        column = terminal.text()[row].index("counts")
        before = bytes(terminal.raw).count(b"\x1b[4")
        terminal.drag((column, row), (column + 8, row))
        terminal.wait_for(lambda: re.search(rb"\x1b\[[0-9;]*\b4\b[0-9;]*mcounts to", bytes(terminal.raw)))
        assert before < bytes(terminal.raw).count(b"\x1b[4")
        terminal.press('"', "> counts to")
        terminal.press("<esc>", "2/6 · 2 kept")
    assert noted(tmp_path) == "> counts to"


def test_hostile_text_is_quoted_listed_linked_and_previewed_as_text(tmp_path: Path) -> None:
    abstract = f"It counts to $n^2$. {WHOLE} ends."
    made(tmp_path, title=f"T {WHOLE}", abstract=abstract, kept=f"K {WHOLE}", note=WHOLE)
    with app(tmp_path, (160, 50)) as terminal:
        terminal.press('"<shift+down><shift+down><shift+down><enter>', "── note")
        terminal.press("<ctrl+l>", "another paper in the note")
        terminal.press("K<enter>", re.escape("[K "))
        terminal.press("<f3>", "note, as it reads")
        terminal.press("<esc>", "F3 Preview")
        row = next(at for at, line in enumerate(terminal.text()) if FIRST in line)
        terminal.drag((100, row), (140, row + 3))
        terminal.press("<ctrl+r>", "F3 Preview")
        terminal.press("<esc>", r"\d/6 · 2 kept")
        terminal.send("q")
        assert terminal.wait() == 0
        assert obeyed(bytes(terminal.raw)) == []
    note = noted(tmp_path)
    assert note.startswith(WHOLE), "what the user wrote is kept as it is"
    added = note.removeprefix(WHOLE)
    assert not any(mark in added for _, mark in OBEYED)
    assert "[@click=app.quit]" in added.replace("\\", "")


def test_a_storm_of_sizes_while_marking_linking_and_previewing_ends_nothing(tmp_path: Path) -> None:
    made(tmp_path)
    with app(tmp_path) as terminal:
        for keys in ('"<down>', "<enter>", "<ctrl+l>", "<esc><f3>", "<esc><ctrl+r>"):
            terminal.send(keys)
            for step in range(12):
                terminal.resize(1 + step * 37 % 130, 1 + step * 17 % 50)
        terminal.resize(90, 24)
        terminal.press("<enter>", "> It is slow")
        terminal.press("<esc>", "2/6 · 2 kept")


@pytest.mark.skipif(not Path("/usr/bin/vi").exists(), reason="no vi here")
def test_a_real_editor_takes_the_terminal_and_gives_it_back(tmp_path: Path) -> None:
    made(tmp_path / "home")
    with app(tmp_path / "home", env={"VISUAL": "/usr/bin/vi"}) as terminal:
        terminal.press("nfrom here", "from here")
        terminal.press("<f4>", "note.md")
        terminal.send("Aand from vi<esc>:wq\r")
        terminal.wait_for("Esc Save")
        terminal.wait_for("from hereand from vi")
        terminal.press("<esc>", "2/6 · 2 kept")

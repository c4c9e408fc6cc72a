"""Bytes that are no keys and pastes that look like keys, wherever text is taken: none decides or ends it."""

from pathlib import Path

import pytest

from tests.hostile import world
from tests.hostile.walking import HOUSE, argv, with_house
from tests.terminal import Terminal

ODD = (
    b"\xff\xfe",
    b"caf\xe9 ",
    b"\x1b[M\xff\xff\xff",
    b"\x1b[:01~",
    b"\x1b[1114112u",
    b"\0" * 50,
)
"""Latin-1, a mouse past column 95 (X10), keys of no number and no letter, NULs."""
PLACES = (
    ("the list", "", "k Keep"),
    ("a note", "n", "Esc Save "),
    ("the link picker", "<ctrl+l>", "Link to the paper"),
    ("the filter", "<esc><esc>/", "To the list"),
    ("the add form", "<esc>a", "write its note"),
    ("a comment", "<esc>c", "Comment · Markdown"),
    ("a correction", "<esc><home><down>i", "Correct https"),
    ("the decisions", "<esc>'", "Decisions"),
    ("the filter of the decisions", "/", "Clear|Esc"),
    ("the haul", "<esc><esc>h", "Haul 21"),
    ("a note in the haul", "<end>n", "Esc Save "),
    ("the form to publish", "<esc>P", "Publish haul 21"),
    ("the full text", "<esc><esc><home><enter>", "Body q"),
    ("its search", "/", "Enter|Esc"),
    ("a note beside it", "<esc>n", "Esc Save "),
)
"""Where text is taken or keys decide, the keys that lead there, and what is seen there."""
TEXTS = ["q14x[/]y14q", "q18x[b]y18q", "q19xTeay19q"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    world.build(tmp_path, TEXTS)
    return tmp_path


def test_no_byte_and_no_paste_ends_the_app_or_decides(home: Path) -> None:
    with Terminal(argv(["triage"]), env=with_house(world.env(home)), cwd=HOUSE, size=(120, 40)) as app:
        app.wait_for("4/4 · 4 kept")
        for name, keys, then in PLACES:
            app.press(keys, then)
            for piece in ODD:
                app.write(piece)
            # Half a letter in one read, the rest in the next.
            app.write(b"\xe2\x82")
            app.watch(0.02)
            app.write(b"\xac")
            app.paste("dddq\nkkxF\x1bq")
            app.watch(0.02)
            assert app.process.poll() is None, name
        app.press("<esc><esc><esc>", "4/4 · 4 kept")
        app.press("<home><down>", "▌✓ q14x")
        app.press("ncaf", "caf")
        app.write(b"\xe2\x82")
        app.watch(0.02)
        app.write(b"\xac")
        app.wait_for("caf€")
        app.press("<esc>", "4/4 · 4 kept")
        app.send("q")
        assert app.wait() == 0

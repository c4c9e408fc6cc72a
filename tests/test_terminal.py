"""The pseudo-terminal that the other tests trust: it shows, answers, resizes and kills as a real one."""

import os
import re
import select
import signal
import sys
from pathlib import Path

import pytest

from tests.emulator import Answers, Emulator
from tests.terminal import Terminal, key_bytes

ECHO = "import sys, tty; tty.setraw(0); print('ready', end='', flush=True)\n"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_keys_reach_the_program_and_its_screen_comes_back() -> None:
    with Terminal(python(ECHO + "print(repr(sys.stdin.buffer.raw.read(9)), end='', flush=True)")) as terminal:
        terminal.wait_for("ready")
        terminal.send("k<esc><down>")
        terminal.wait_for(re.escape(r"b'k\x1b\x1b[B'"))


def test_the_size_and_its_changes_reach_the_program() -> None:
    code = (
        "import os, signal\n"
        "tell = lambda *_: print('%d by %d;' % os.get_terminal_size(), end='', flush=True)\n"
        "signal.signal(signal.SIGWINCH, tell)\ntell()\nwhile True: signal.pause()"
    )
    with Terminal(python(code), size=(90, 20)) as terminal:
        terminal.wait_for("90 by 20")
        terminal.resize(41, 7)
        terminal.wait_for("41 by 7")
        assert len(terminal.text()) == 7


def test_the_exit_status_is_told_and_a_killed_program_tells_its_signal() -> None:
    with Terminal(python("raise SystemExit(3)")) as terminal:
        assert terminal.wait() == 3
    with Terminal(python("import signal; print('up', flush=True); signal.pause()")) as terminal:
        terminal.wait_for("up")
        terminal.signal(signal.SIGTERM)
        assert terminal.wait() == -signal.SIGTERM


def test_leaving_the_test_kills_the_program_and_its_children(tmp_path: Path) -> None:
    fifo = tmp_path / "held-open-by-the-child"
    os.mkfifo(fifo)
    held = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    child = f"import signal; held = open({str(fifo)!r}, 'w'); print('child up', flush=True); signal.pause()"
    code = (
        f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {child!r}], process_group=0).wait()"
    )
    with Terminal(python(code)) as terminal:
        terminal.wait_for("child up")
        assert not select.select([held], [], [], 0)[0]
    assert select.select([held], [], [], 20)[0], "the child outlived the test"
    assert os.read(held, 1) == b""
    os.close(held)


def test_a_condition_that_does_not_come_true_fails_with_the_screen() -> None:
    told = r"(?s)the program ended before 'something else'.*only this"
    with (
        Terminal(python("print('only this', flush=True)")) as terminal,
        pytest.raises(AssertionError, match=told),
    ):
        terminal.wait_for("something else")


def test_the_program_gets_answers_to_what_it_asks_of_a_terminal() -> None:
    answers = Answers()
    assert answers.to(b"text\x1b[c") == b"\x1b[?62;22c"
    assert answers.to(b"\x1b[?2026") == b""
    assert answers.to(b"$p") == b"\x1b[?2026;2$y"
    assert answers.to(b"\x1b[?2048$p") == b"\x1b[?2048;0$y"
    assert answers.to(b"and nothing twice") == b""


def test_a_synchronized_update_is_seen_only_when_it_ends() -> None:
    emulator = Emulator(20, 2)
    assert len(list(emulator.feed(b"\x1b[?2026hhalf"))) == 0
    assert len(list(emulator.feed(b" whole\x1b[?2026l"))) == 1
    assert emulator.lines()[0].rstrip() == "half whole"


def test_the_alternate_screen_gives_the_old_one_back() -> None:
    emulator = Emulator(20, 2)
    list(emulator.feed(b"before\x1b[?1049h\x1b[Hwhole screen\x1b[?1049l"))
    assert emulator.lines()[0].rstrip() == "before"


def test_named_keys_are_told_from_text_in_angle_brackets() -> None:
    assert key_bytes("<esc>a<br/>") == [b"\x1b", *(bytes([byte]) for byte in b"a<br/>")]


def test_no_descriptor_is_left_open() -> None:
    before = len(list(Path("/dev/fd").iterdir()))
    with Terminal(python("pass")) as terminal:
        terminal.wait()
    assert len(list(Path("/dev/fd").iterdir())) == before

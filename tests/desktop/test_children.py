"""Children of the commands report event by event, say why they failed, and never outlive whoever listens."""

import json
import os
import select
import sys
from pathlib import Path

import pytest

from triage.child_events import too_long
from triage.desktop.children import lines


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_every_event_comes_in_order_and_what_is_none_is_passed_over() -> None:
    code = "print('{\"event\": 1}'); print('noise'); print('[1]'); print(' ' * 200_000 + '{\"event\": 2}')"
    assert list(lines(python(code), 20.0)) == [{"event": 1}, {"event": 2}]


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (python("import sys; sys.exit(7)"), "status 7"),
        (python("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"), "status -11"),
        (["/nowhere/triage"], "/nowhere/triage could not be started"),
    ],
)
def test_a_child_that_fails_without_a_word_is_a_sentence(argv: list[str], sentence: str) -> None:
    (event,) = lines(argv, 20.0)
    assert event["event"] == "error"
    assert sentence in event["sentence"]


def test_a_child_that_said_why_it_failed_is_not_spoken_over() -> None:
    event = {"event": "error", "sentence": "arXiv is down."}
    assert list(lines(python(f"print({json.dumps(event)!r}); raise SystemExit(3)"), 20.0)) == [event]


def test_a_child_that_hangs_in_the_midst_of_c_is_ended() -> None:
    code = "import re; print('{\"event\": \"x\"}', flush=True); re.match('(a*)*b', 'a' * 60)"
    assert list(lines(python(code), 2.0)) == [
        {"event": "x"},
        {
            "event": "error",
            "sentence": "the helper process said nothing for 2 s and was ended; try again",
            "late": True,
        },
    ]


def test_a_child_nobody_listens_to_any_more_is_ended_though_it_does_not_want_to() -> None:
    code = (
        "import json, os, signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "print(json.dumps({'event': 'ready', 'pid': os.getpid()}), flush=True); signal.pause()"
    )
    events = lines(python(code), 20.0)
    pid = next(events)["pid"]
    events.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


GOES_AND_LEAVES = """
import os, subprocess, sys
held = os.open(sys.argv[1], os.O_WRONLY)
pause = [sys.executable, "-c", "import signal; signal.pause()"]
subprocess.Popen(pause, pass_fds=[held], stdout=subprocess.DEVNULL)
print("{}")
"""
"""Ends well, and leaves a child of its own behind, which holds a pipe open while it lives."""


def test_what_a_child_leaves_behind_when_it_ends_is_ended(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "lives")
    held = os.open(tmp_path / "lives", os.O_RDONLY | os.O_NONBLOCK)
    assert list(lines([*python(GOES_AND_LEAVES), str(tmp_path / "lives")], 20.0)) == [{}]
    assert select.select([held], [], [], 10)[0], "it is there still"
    os.close(held)


def test_a_line_without_an_end_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triage.desktop.children.LONGEST_LINE", 1000)
    assert list(lines(python("import sys\nwhile True: sys.stdout.write('x' * 1000)"), 20.0)) == [too_long()]

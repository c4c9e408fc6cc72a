"""Children of the commands report event by event, say why they failed, and never outlive whoever listens."""

import json
import os
import sys

import pytest

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

"""Children report event by event, say why they failed, and never outlive whoever listens."""

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from triage.child_events import silent, too_long
from triage.tui.children import lines


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


async def every(argv: list[str]) -> list[Mapping[str, Any]]:
    return [event async for event in lines(argv)]


async def test_every_event_comes_in_order_and_what_is_none_is_passed_over() -> None:
    code = (
        'print(\'{"event": "progress", "done": 1}\'); print("noise"); print("[1]"); print(\'{"event": "x"}\')'
    )
    assert await every(python(code)) == [{"event": "progress", "done": 1}, {"event": "x"}]


async def test_an_event_of_a_megabyte_is_one_event() -> None:
    events = await every(python("import json; print(json.dumps({'event': 'paper', 'text': 'x' * 10**6}))"))
    assert [len(event["text"]) for event in events] == [10**6]


async def test_a_child_that_ends_badly_without_a_word_is_a_sentence() -> None:
    (event,) = await every(python("import sys; sys.exit(7)"))
    assert event["event"] == "error"
    assert "status 7" in event["sentence"]


@pytest.mark.parametrize("kind", ["error", "category"])
async def test_a_child_that_said_why_it_failed_is_not_spoken_over(kind: str) -> None:
    event = json.dumps({"event": kind, "sentence": "arXiv is down."})
    code = f"import sys; print({event!r}); sys.exit(3)"
    assert [event["sentence"] for event in await every(python(code))] == ["arXiv is down."]


async def test_a_command_that_is_not_there_is_a_sentence() -> None:
    (event,) = await every(["/nowhere/triage"])
    assert event["sentence"].startswith("/nowhere/triage could not be started")


async def test_a_child_that_says_nothing_for_too_long_is_ended_however_busy_it_is() -> None:
    code = "import re; print('{\"event\": \"x\"}', flush=True); re.match('(a*)*b', 'a' * 60)"
    events = [event async for event in lines(python(code), patience=1.0)]
    assert [event.get("sentence") for event in events] == [None, silent(1.0)["sentence"]]


STUBBORN = """
import json, os, signal, subprocess, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
held = os.open(sys.argv[1], os.O_WRONLY)
subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"], pass_fds=[held])
print(json.dumps({"event": "ready"}), flush=True)
signal.pause()
"""
"""Does not end when asked to, and has a child of its own; both hold a pipe open while they live."""


class Lives:
    """A pipe that ends when the last of those who hold it is gone."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "lives"
        os.mkfifo(self.path)
        self._reader = os.open(self.path, os.O_RDONLY | os.O_NONBLOCK)

    async def ended(self) -> bool:
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_reader(self._reader, ended.set)
        try:
            await asyncio.wait_for(ended.wait(), 10)
        finally:
            loop.remove_reader(self._reader)
        return os.read(self._reader, 1) == b""


async def test_whoever_stops_listening_ends_the_child_and_what_it_started(tmp_path: Path) -> None:
    lives = Lives(tmp_path)
    async with aclosing(lines([*python(STUBBORN), str(lives.path)])) as events:
        assert await anext(events) == {"event": "ready"}
    assert await lives.ended()


async def test_cancelling_the_listener_ends_the_child_and_what_it_started(tmp_path: Path) -> None:
    lives = Lives(tmp_path)
    told = asyncio.Event()

    async def listen() -> None:
        async for _ in lines([*python(STUBBORN), str(lives.path)]):
            told.set()

    task = asyncio.create_task(listen())
    await told.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await lives.ended()


GOES_AND_LEAVES = """
import json, os, subprocess, sys
held = os.open(sys.argv[1], os.O_WRONLY)
nowhere = subprocess.DEVNULL
pause = [sys.executable, "-c", "import signal; signal.pause()"]
subprocess.Popen(pause, pass_fds=[held], stdin=nowhere, stdout=nowhere)
print(json.dumps({"event": "done"}), flush=True)
"""
"""Ends well, and leaves a child of its own behind, which holds a pipe open while it lives."""


async def test_what_a_child_leaves_behind_when_it_ends_is_ended(tmp_path: Path) -> None:
    lives = Lives(tmp_path)
    assert await every([*python(GOES_AND_LEAVES), str(lives.path)]) == [{"event": "done"}]
    assert await lives.ended()


async def test_a_line_without_an_end_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triage.tui.children.LONGEST_LINE", 1000)
    code = "import sys\nwhile True: sys.stdout.write('x' * 1000)"
    assert await every(python(code)) == [too_long()]

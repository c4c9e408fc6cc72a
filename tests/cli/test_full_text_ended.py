"""Whoever ends `triage full-text` ends its converter with it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.arxiv_server import ArxivServer, body
from tests.sources.full_text.pages import page, section

HOUSE = Path(__file__).parents[2]
HEAVY = page(section("<p>x</p>" * 300_000))
"""One part, over which the converter sits until its time is up."""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL])
def test_no_converter_stays_behind(server: ArxivServer, tmp_path: Path, how: signal.Signals) -> None:
    server.misbehave("/html/", body(HEAVY, "text/html"))
    config = tmp_path / "config.toml"
    config.write_text(f'[arxiv]\nsite = "{server.url}"\ndelay_seconds = 0\n')
    argv = [sys.executable, "-m", "triage", "--data", str(tmp_path / "data"), "--config", str(config)]
    env = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    argv += ["full-text", "--json", "2611.00001"]
    with subprocess.Popen(
        argv, env=env, cwd=HOUSE, stdout=subprocess.PIPE, start_new_session=True
    ) as command:
        assert command.stdout is not None
        assert [b'"page"' in command.stdout.readline() for _ in range(2)] == [False, True]
        (converter,) = children_of(command.pid)
        if how is signal.SIGKILL:
            os.killpg(command.pid, how)  # as the app does when it ends
        else:
            command.send_signal(how)
        command.wait(5)
    deadline = time.monotonic() + 2
    while is_running(converter) and time.monotonic() < deadline:
        os.sched_yield()
    assert not is_running(converter)


def children_of(number: int) -> list[int]:
    """The processes that one has started."""
    told = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    return [int(pid) for pid, parent in map(str.split, told.splitlines()) if int(parent) == number]


def is_running(number: int) -> bool:
    """Tell whether a process is there, and not only waits to be counted."""
    told = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True, check=False
    )
    return bool(told.stdout.strip()) and not told.stdout.startswith("Z")

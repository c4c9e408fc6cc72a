"""Two apps and a command on one library: nobody waits, nobody loses a step, both screens show it all."""

import os
import subprocess
from pathlib import Path

from tinydb import TinyDB

from tests.bench import worlds
from tests.terminal import Terminal
from triage.steps import decode

PAPERS = 30


def test_two_apps_and_a_command_see_each_other_and_lose_nothing(tmp_path: Path) -> None:
    world = worlds.make(tmp_path, papers=PAPERS, decisions=0)
    first_app = Terminal(world.argv, env=world.env, cwd=tmp_path, size=(110, 40))
    second_app = Terminal(world.argv, env=world.env, cwd=tmp_path, size=(80, 24))
    with first_app as first, second_app as second:
        for app in (first, second):
            app.wait_for(rf"\b0/{PAPERS} · 0 kept")
        first.press("k", rf"\b1/{PAPERS} · 1 kept")
        second.wait_for(rf"\b1/{PAPERS} · 1 kept")
        second.press("<down>s", rf"\b2/{PAPERS} · 1 kept")
        first.wait_for(rf"\b2/{PAPERS} · 1 kept")
        added = subprocess.run(
            [*world.argv, "add", "2611.00020", "--note", "From the next pane."],
            env={**os.environ, **world.env},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert added.returncode == 0, added.stderr
        for app in (first, second):
            app.wait_for(rf"\b3/{PAPERS} · 2 kept")
        first.send("<down>s")
        second.wait_for(rf"\b4/{PAPERS} · 2 kept")
        first.send("q")
        second.send("q")
        assert (first.wait(), second.wait()) == (0, 0)
    assert steps(world.data) == ["keep", "skip", "add", "skip"]
    with TinyDB(world.data / "library.json", access_mode="r") as stock:
        verdicts = [paper["verdict"] for paper in stock.all()]
    assert sorted(verdicts) == ["keep", "keep", "skip", "skip"]


def steps(data: Path) -> list[str]:
    """What was done, in its order, as the journals tell."""
    lines = [
        line for journal in (data / "journal").glob("*.jsonl") for line in journal.read_bytes().splitlines()
    ]
    return [step.what for step in sorted(map(decode, lines), key=lambda step: step.order)]

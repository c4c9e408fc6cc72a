"""The edge of the process: the version, the line that leaves the demo, Ctrl+C, and who collects garbage."""

import json
import subprocess
import sys
import time
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import triage
from tests.arxiv_forms import Reply, Written
from tests.arxiv_server import redirect, serving
from tests.terminal import Terminal
from triage import INSTALL
from triage.__main__ import main
from triage.archive.request_clock import MachineTime
from triage.paper import Kind, Paper

HOUSE = Path(__file__).resolve().parents[1]


def environment(home: Path) -> dict[str, str]:
    return {
        "HOME": str(home),
        "TMPDIR": str(home),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "share"),
    }


def test_version_and_homepage_are_the_distributions(capsys: pytest.CaptureFixture[str]) -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text())["project"]
    assert project["version"] == triage.__version__
    assert project["urls"]["Homepage"] == triage.HOMEPAGE
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"triage {project['version']}\n"


def test_a_page_is_looked_up_at_once_and_within_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, place in environment(tmp_path).items():
        monkeypatch.setenv(name, place)
    slept: list[float] = []
    limited: list[bool] = []
    monkeypatch.setattr(MachineTime, "sleep", lambda _time, seconds: slept.append(seconds))
    monkeypatch.setattr("triage.desktop.interpreter.limit_memory", lambda: limited.append(True))
    page = Reply(b"<title>The essay</title>")
    with serving(Written({}, date(2026, 11, 20), {"essay": page})) as server:
        server.misbehave("/web/old", redirect("/web/essay"))
        assert main(["look-up", "--json", f"{server.url}/web/old"]) == 0
    told = capsys.readouterr().out.splitlines()[-1]
    assert json.loads(told)["record"]["title"] == "The essay"
    assert slept == []
    assert limited == [True]


def test_the_current_haul_follows_a_paper_to_the_version_fetched_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, place in environment(tmp_path).items():
        monkeypatch.setenv(name, place)
    first, second = date(2026, 11, 19), date(2026, 11, 20)
    paper = Paper("2611.00001", "Before", ("Ann Author",), "Long.", 1, Kind.NEW, ("cs.CL",), primary="cs.CL")
    content = Written({first: [paper]}, first)
    with serving(content) as server:
        config = tmp_path / "config" / "triage" / "config.toml"
        config.parent.mkdir(parents=True)
        config.write_text(server.config())
        assert main(["fetch", "cs.CL"]) == 0
        assert main(["keep", paper.id]) == 0
        content.days[second] = [replace(paper, title="After", version=2, kind=Kind.REPLACE)]
        content.today = second
        assert main(["fetch", "cs.CL"]) == 0
    capsys.readouterr()
    assert main(["list", "--haul", "current"]) == 0
    assert capsys.readouterr().out == "✓ 2611.00001  After\n"


def test_the_demo_leaves_with_the_readmes_line() -> None:
    readme = (HOUSE / "README.md").read_text(encoding="utf-8")
    for command in ("pipx install .", "uv tool install ."):
        assert command in INSTALL
        assert command in readme


def test_the_demo_leaves_nothing_behind(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    argv = [sys.executable, "-m", "triage", "--demo"]
    with Terminal(argv, env=environment(home), cwd=HOUSE, size=(100, 30)) as terminal:
        terminal.wait_for(r"\b0/\d+ · 0 kept")
        terminal.press("k", r"\b1/\d+ · 1 kept")
        terminal.send("q")
        assert terminal.wait() == 0
        assert INSTALL in terminal.screen()
    assert list(home.iterdir()) == []


def test_a_terminal_that_cannot_move_its_cursor_is_told_so(tmp_path: Path) -> None:
    env = {**environment(tmp_path), "TERM": "dumb"}
    with Terminal([sys.executable, "-m", "triage"], env=env, cwd=HOUSE, size=(100, 10)) as terminal:
        assert terminal.wait() == 2
        assert "TERM is dumb" in terminal.screen()


def test_a_fault_in_the_config_does_not_keep_the_app_from_opening(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('categories = ["cs.CL"]\nkeys = "vi"\n[arxiv]\nrss = "nowhere"\n')
    argv = [sys.executable, "-m", "triage", "--config", str(config), "--data", str(tmp_path / "data")]
    with Terminal(argv, env=environment(tmp_path), cwd=HOUSE, size=(200, 30)) as terminal:
        terminal.wait_for("line 2: keys must be")
        terminal.send("q")
        assert terminal.wait() == 0
    assert not (tmp_path / "state" / "triage" / "requests.json").exists()


def test_an_interrupt_ends_a_command_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("triage.cli.arguments.parse", interrupted)
    assert main(["list"]) == 130


def test_the_version_is_told_at_once(tmp_path: Path) -> None:
    """Within twice a bare Python that reads arguments, and some room for a busy machine."""

    def took(*words: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, *words], cwd=HOUSE, capture_output=True, check=True, timeout=60)
        return time.perf_counter() - start

    bare = min(took("-c", "import argparse, dataclasses, json") for _ in range(3))
    assert min(took("-m", "triage", "--version") for _ in range(3)) < 2 * bare + 0.2

"""Options of the test run, what keeps it short, and the figures it can tell."""

import gc
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import settings

from tests.zones import machine_in

Count: TypeAlias = Callable[[str, int], None]
"""Counts what a test tried, or what it lost: what, and how many."""
_FIGURE = "figure"
_OBJECTS_BETWEEN_COLLECTIONS = 20_000
"""Thirty times Python's own: an app leaves thousands of objects in cycles, all of them at its end."""

_LONGEST_EXAMPLE = timedelta(seconds=5)
"""Hypothesis allows 200 ms, which an example may wait for its turn."""


def pytest_configure() -> None:
    """Keep what is compiled, whatever the environment says: hundreds of interpreters run the same code.

    Nor does a busy machine fail an example that had to wait for its turn.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    settings.register_profile("busy machine", deadline=_LONGEST_EXAMPLE)
    settings.load_profile("busy machine")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Leave what was collected out of the garbage collector's rounds: thousands of tests live to the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
        gc.enable()


def pytest_addoption(parser: pytest.Parser) -> None:
    """How long the long tests are, and whether their figures are told."""
    parser.addoption(
        "--kills", type=int, default=200, help="kills with SIGKILL at random moments (default 200)"
    )
    parser.addoption(
        "--every-bit",
        action="store_true",
        help="cut at every byte and flip every bit, where a sample is taken",
    )
    parser.addoption(
        "--hostile", action="store_true", help="walk through the places with each hostile text alone as well"
    )
    parser.addoption("--figures", action="store_true", help="tell how much was tried, and what was lost")
    parser.addoption(
        "--merges",
        type=int,
        default=12,
        help="how often machines are used apart and synced in tests/test_two_machines.py (default 12)",
    )


@pytest.fixture(scope="session", autouse=True)
def _utc() -> Iterator[None]:
    """Tests that do not say where the machine stands find the times they expect on any machine."""
    with machine_in("UTC"):
        yield


@pytest.fixture
def quick_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where the machine has one (Linux), for tests that sync thousands of times."""
    memory = Path("/dev/shm")  # noqa: S108  # a folder of its own is made there
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory, prefix="triage-test-") as folder:
        yield Path(folder)


@pytest.fixture
def counted(record_property: Callable[[str, object], None]) -> Count:
    """Counts for the table of figures."""
    return lambda what, number: record_property(_FIGURE, [what, number])


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config
) -> None:
    """Tell the figures of all tests together: a line for each thing counted."""
    if not config.getoption("--figures"):
        return
    figures: Counter[str] = Counter()
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, value in report.user_properties:
                if name == _FIGURE:
                    what, number = value
                    figures[what] += number
    terminalreporter.section("figures")
    for what, number in figures.items():
        terminalreporter.write_line(f"{number:>12,}  {what}")

"""`python -m tests.proof [--kills 5000]`: the tests of what may never be lost, large, and their figures."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PROOF = (
    "library/test_kill.py",
    "library/test_power.py",
    "library/test_journal.py",
    "library/test_merging.py",
    "test_failing_disk.py",
    "test_disk_in_terminal.py",
    "test_kills.py",
    "test_three_weeks.py::test_killed_at_any_moment_a_catch_up_asks_for_nothing_that_it_holds_and_counts_nothing_twice",
)


def main() -> int:
    """Run them one after the other, with every bit and 5,000 kills unless told otherwise."""
    kills = [] if any(word.startswith("--kills") for word in sys.argv[1:]) else ["--kills=5000"]
    tests = [str(HERE / name) for name in PROOF]
    return pytest.main([*tests, "-n0", "-q", "--every-bit", "--figures", *kills, *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())

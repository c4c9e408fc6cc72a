"""Options of the test run."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--kills N`: how often the library's process is killed in tests/library/test_kill.py."""
    parser.addoption(
        "--kills", type=int, default=30, help="kills with SIGKILL at random moments (default 30)"
    )

"""Options of the test run."""

from collections.abc import Iterator

import pytest

from tests.zones import machine_in


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--kills N`: how often the library's process is killed in tests/library/test_kill.py."""
    parser.addoption(
        "--kills", type=int, default=30, help="kills with SIGKILL at random moments (default 30)"
    )


@pytest.fixture(scope="session", autouse=True)
def _utc() -> Iterator[None]:
    """Tests that do not say where the machine stands find the times they expect on any machine."""
    with machine_in("UTC"):
        yield

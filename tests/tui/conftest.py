"""Lets go of the libraries that the screens were shown over."""

from collections.abc import Iterator

import pytest

from tests.tui.screens import stage


@pytest.fixture(autouse=True)
def _libraries_are_closed() -> Iterator[None]:
    yield
    while stage.OPENED:
        stage.OPENED.pop().close()

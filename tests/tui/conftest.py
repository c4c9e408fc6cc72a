"""Drives the app by its own pace, and lets go of the libraries that the screens were shown over."""

from collections.abc import Iterator

import pytest
from textual.pilot import Pilot

from tests.tui import pilot
from tests.tui.parsed_once import parsed_once
from tests.tui.screens import stage


@pytest.fixture(autouse=True, scope="session")
def _apps_are_driven_by_their_own_pace() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch, parsed_once():
        patch.setattr(Pilot, "press", pilot.press)
        patch.setattr(Pilot, "pause", pilot.pause)
        yield


@pytest.fixture(autouse=True)
def _libraries_are_closed() -> Iterator[None]:
    yield
    while stage.OPENED:
        stage.OPENED.pop().close()

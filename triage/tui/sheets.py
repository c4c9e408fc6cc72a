"""Where the style sheets lie: in the package once installed, beside it in a checkout.

The app reads what its first screen needs; every other screen names its own, which is read when it is first
shown.
"""

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App

_PACKAGE = Path(__file__).resolve().parents[1]
_FOLDER = next(folder for folder in (_PACKAGE / "styles", _PACKAGE.parent / "styles") if folder.is_dir())


def sheets(*names: str) -> list[str | PurePath]:
    """The sheets of these names, for a `CSS_PATH`: the later wins."""
    return [_FOLDER / f"{name}.tcss" for name in names]


def bring(app: "App[Any]", *names: str) -> None:
    """Have an app read further sheets, for what is mounted next: its first screen waits for its own alone."""
    for sheet in sheets(*names):
        if not app.stylesheet.has_source(str(sheet)):
            app.stylesheet.read(sheet)

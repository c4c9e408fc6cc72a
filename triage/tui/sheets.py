"""Where the style sheets lie: in the package once installed, beside it in a checkout."""

from pathlib import Path, PurePath

_PACKAGE = Path(__file__).resolve().parents[1]
_FOLDER = next(folder for folder in (_PACKAGE / "styles", _PACKAGE.parent / "styles") if folder.is_dir())

SHEETS: list[str | PurePath] = [*sorted(_FOLDER.glob("*.tcss"))]
"""Loaded in this order: the later wins."""

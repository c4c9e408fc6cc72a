"""Where the user's things are when nobody says otherwise: the folders of data, state and config."""

from collections.abc import Callable
from pathlib import Path

from platformdirs import user_data_path
from platformdirs.unix import Unix

_XDG = Unix("triage", appauthor=False)
"""On macOS too: there platformdirs has one folder for data and state, and the state must lie outside."""


class HomeUnknown(Exception):
    """Nobody knows where the user's home folder is; the message is a sentence fit to show."""


def data_folder() -> Path:
    """The library's folder. Raises HomeUnknown."""
    return _found(lambda: user_data_path("triage", appauthor=False))


def state_folder() -> Path:
    """What belongs to this machine alone: its id, the request clock, what the app remembers.

    Raises HomeUnknown.
    """
    return _found(lambda: _XDG.user_state_path)


def config_file() -> Path:
    """The config. Raises HomeUnknown."""
    return _found(lambda: _XDG.user_config_path) / "config.toml"


def _found(folder: Callable[[], Path]) -> Path:
    try:
        return folder()
    except RuntimeError:  # no HOME, and the user is in no list of users, as in many a container
        raise HomeUnknown(
            "it is not known where your home folder is: export HOME=/path/of/it, and try again"
        ) from None


def whole(text: str) -> Path:
    """The whole path that a person means; a `~user` nobody knows is a name like any other."""
    try:
        path = Path(text).expanduser()
    except RuntimeError:
        path = Path(text)
    try:
        return path.absolute()
    except OSError:  # the working folder was removed
        return path

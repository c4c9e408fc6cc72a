"""Where the user's things are when nobody says otherwise: the folders of data, state and config."""

from pathlib import Path

from platformdirs import user_data_path
from platformdirs.unix import Unix

_XDG = Unix("triage", appauthor=False)
"""On macOS too: there platformdirs has one folder for data and state, and the state must lie outside."""


def data_folder() -> Path:
    """The library's folder."""
    return user_data_path("triage", appauthor=False)


def state_folder() -> Path:
    """What belongs to this machine alone: its id, the request clock, what the app remembers."""
    return _XDG.user_state_path


def config_file() -> Path:
    """The config."""
    return _XDG.user_config_path / "config.toml"


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

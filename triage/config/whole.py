"""The config and the templates beside it as a whole: what goes into a backup, and comes back out of it."""

import os
from collections.abc import Iterator
from pathlib import Path

from triage import clean
from triage.backup import Came
from triage.ports import Unreachable

FOLDER = "config"
_CONFIG = "config.toml"
_TEMPLATES = "templates"


def config_files(config: Path) -> Iterator[tuple[str, Path]]:
    """The config and the templates that are there, each with its place in a backup."""
    if config.is_file():
        yield f"{FOLDER}/{_CONFIG}", config
    try:
        names = sorted(path.name for path in (config.parent / _TEMPLATES).iterdir() if path.is_file())
    except OSError:
        names = []
    for name in names:
        if not name.startswith(".") and not name.endswith("~"):
            yield f"{FOLDER}/{_TEMPLATES}/{name}", config.parent / _TEMPLATES / name


class ConfigPlaces:
    """`backup.ConfigFiles` on the file system."""

    def __init__(self, config: Path) -> None:
        self._config = config

    def put(self, name: str, data: bytes) -> Came:
        """Put a file where there is none, whole or not at all. Raises Unreachable when the disk refuses."""
        place = self._place(name)
        if place is None:
            return Came.LEFT
        try:
            if os.path.lexists(place):
                return Came.SAME if place.is_file() and place.read_bytes() == data else Came.LEFT
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside = place.with_name(f".{place.name}.new")
            with beside.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(place)
        except OSError as refusal:
            raise Unreachable(
                f"{clean.name(str(place))} cannot be written: {refusal.strerror or refusal}"
            ) from refusal
        return Came.PUT

    def _place(self, name: str) -> Path | None:
        """Where a file of a backup belongs; None for one that is none of ours."""
        if name == _CONFIG:
            return self._config
        folder, _, rest = name.partition("/")
        is_template = folder == _TEMPLATES and rest and "/" not in rest
        return self._config.parent / _TEMPLATES / rest if is_template else None

"""The first run's choices, written into config.toml."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from triage.config.reading import load, parse
from triage.config.text import with_choices
from triage.ports import Unreachable
from triage.settings import Settings


def write_choices(config: Path, chosen: Settings) -> Settings:
    """Put categories and key preset into the config, keep the rest; the settings as they are then.

    A config that is a link is written where the link leads: it is a file of the user's own. Raises
    Unreachable when it cannot be written, and for a config that cannot be read.
    """
    try:
        place = config.resolve()
        there = place.read_text(encoding="utf-8-sig") if place.exists() else ""
    except (OSError, ValueError, RuntimeError) as refusal:
        raise Unreachable(f"{config} cannot be read: {refusal}") from refusal
    text = with_choices(there, chosen.categories, chosen.keys)
    if any(not fault.key for fault in parse(text, config)[1]):
        raise Unreachable(f"{config} is not TOML; mend it, or move it away, and choose again")
    beside = place.with_name(f".{place.name}.new")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
        _sync_folder(place.parent)
    except OSError as refusal:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise Unreachable(f"{config} cannot be written: {refusal.strerror or refusal}") from refusal
    return load(config)[0]


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a file system that knows no such thing
            raise
    finally:
        os.close(handle)

"""What keeps the library: its backups, and where what they hold goes when they are brought back.

A part of the composition root: no command that needs none of it brings it in.
"""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from triage.actions.restore import Places
    from triage.backup import Backups
    from triage.ports import Archive


def backups(data: Path, config: Path | None, now: "Callable[[], datetime]") -> "Backups":
    """The backups of a library; one file for everything takes in its archive, and the config."""
    from triage.archive.whole import archive_files
    from triage.config.whole import config_files
    from triage.library.backup_unpacked import RestorableBackups

    def further() -> "Iterator[tuple[str, Path]]":
        yield from archive_files(data)
        yield from config_files(config) if config is not None else ()

    return RestorableBackups(data, now, further)


def places(data: Path, config: Path | None, archive: "Archive") -> "Places":
    """Where what a backup holds beside the library goes."""
    from triage.actions.restore import Places
    from triage.archive import open_archive
    from triage.archive.whole import lay
    from triage.config.whole import ConfigPlaces

    return Places(
        archive,
        lambda folder: open_archive(Path(folder), set_aside=False),
        lambda folder: lay(Path(folder), data),
        ConfigPlaces(config or data / "config.toml"),
    )


def is_due(data: Path, today: date) -> bool:
    """Tell whether the day's backup is still to be made, and did not fail today."""
    from triage.library.backup_names import failed_on, has_daily

    return not has_daily(data, today) and not failed_on(data, today)

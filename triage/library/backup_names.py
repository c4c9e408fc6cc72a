"""What backups are called: by the moment and the reason, so that a day's is found without opening any."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

from triage.backup import Reason

FOLDER = "backups"
SUFFIX = ".zip"
FAILED = "failed"
"""An empty file beside them: when the day's could not be made last. It is tried, and told of, once a day."""
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{6}Z)-([a-z-]+?)(?:-\d+)?\.zip\Z", re.ASCII)
_STAMP = "%Y-%m-%dT%H%M%SZ"


def stem(moment: datetime, reason: Reason) -> str:
    """A name without its end, to which a number may be added."""
    return f"{moment.astimezone(UTC):{_STAMP}}-{reason.replace(' ', '-')}"


def has_daily(data: Path, day: date) -> bool:
    """Tell whether a library has its daily backup of a day, as the clock of this machine counts days."""
    try:
        names = [path.name for path in (data / FOLDER).iterdir()]
    except OSError:
        return False
    found = [_NAME.match(name) for name in names]
    return any(one[2] == Reason.DAILY and _day(one[1]) == day for one in found if one)


def failed_on(data: Path, day: date) -> bool:
    """Tell whether making the day's backup failed already."""
    try:
        moment = (data / FOLDER / FAILED).stat().st_mtime
        return datetime.fromtimestamp(moment, UTC).astimezone().date() == day
    except (OSError, OverflowError, ValueError):
        return False


def _day(stamp: str) -> date | None:
    try:
        return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC).astimezone().date()
    except (ValueError, OverflowError):
        return None

"""A report of a crash for us: where it failed, without the values it failed on."""

import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path


def write(crash: Exception, folder: Path, version: str) -> str:
    """Write a report into the state folder; the sentence for the user, which says where it is."""
    now = datetime.now(UTC)
    stack = "".join(traceback.format_tb(crash.__traceback__))
    what = f"{type(crash).__name__}: {crash}"
    report = f"triage {version}, Python {sys.version}\n{now.isoformat()}\n\n{stack}{what}\n"
    place = folder / f"crash-{now:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        place.write_text(report, encoding="utf-8", errors="replace")
    except OSError:
        return f"this is our fault: {what}"
    return f"this is our fault ({type(crash).__name__}); what is saved is safe, and the report is {place}"

"""The report of a repair: a plain text in the library's folder."""

import os
import time
from pathlib import Path

from triage.library.durable import reason, replace_file, shown
from triage.ports import NotSaved


def write(folder: Path, text: str) -> str:
    """Keep a report under a name that bears the time; its path. Raises NotSaved."""
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    path = folder / f"repair-{stamp}.txt"
    for count in range(1, 1000):
        if not os.path.lexists(path):
            break
        path = folder / f"repair-{stamp}-{count}.txt"
    try:
        data = text.encode("utf-8", "surrogateescape")
        replace_file(path, path.with_name(f"{path.name}.{os.getpid()}.tmp"), [data])
    except OSError as error:
        raise NotSaved(
            f"The report could not be written to {shown(path)} ({reason(error)}); what was repaired stays so."
        ) from error
    return str(path)

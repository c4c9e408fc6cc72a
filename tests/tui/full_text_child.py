"""A paper's full text without a network, as the app's child: `python -m tests.tui.full_text_child DIR ID`.

Writes what DIR/events.jsonl holds. At `{"event": "gate"}` it waits until the file DIR/gate is there, and at
`{"event": "pause"}` for a hundredth of a second. Tells beside it what it was asked for, and its process.
"""

import json
import os
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from triage.full_text import Page, Part

GATE: Mapping[str, Any] = {"event": "gate"}
PAUSE: Mapping[str, Any] = {"event": "pause"}
ASKING: Mapping[str, Any] = {"event": "asking", "sentence": "Asking arxiv.org for the page of 2611.00001 …"}


def command(folder: Path, events: Iterable[Mapping[str, Any]]) -> list[str]:
    """The command of a child that tells these events."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "events.jsonl").write_text("".join(json.dumps(event) + "\n" for event in events))
    return [sys.executable, "-m", "tests.tui.full_text_child", str(folder)]


def events(parts: Sequence[Part], title: str = "On the number 1") -> list[Mapping[str, Any]]:
    """What a child tells of a page of these parts."""
    page = Page("2611.00001", 1, title, "https://arxiv.org/html/2611.00001v1", "2026-11-20T08:00:00Z")
    told: list[Mapping[str, Any]] = [ASKING, {"event": "page", **page.as_record()}]
    return [*told, *({"event": "part", **part.as_record()} for part in parts), {"event": "end"}]


def failure(sentence: str, *, pdf: bool = False) -> Mapping[str, Any]:
    """What a child tells when there is no more."""
    return {"event": "error", "sentence": sentence, "pdf": pdf}


def main(folder: Path, key: str) -> int:
    """Tell the events; 3 when one is a failure."""
    (folder / "asked").write_text(key)
    (folder / "pid").write_text(str(os.getpid()))
    failed = False
    for line in (folder / "events.jsonl").read_text().splitlines():
        if json.loads(line) == GATE:
            while not (folder / "gate").exists():
                time.sleep(0.01)
            continue
        if json.loads(line) == PAUSE:
            time.sleep(0.01)
            continue
        failed = failed or json.loads(line)["event"] == "error"
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    return 3 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))

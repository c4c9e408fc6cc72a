"""A fetch without a network, as the app's child: `python -m tests.tui.fetching_child DIR GATE`.

Says how far it is, waits until the file GATE is there, stores what it holds, and says so.
"""

import json
import os
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.tui.screens.stage import paper
from triage.archive import open_archive
from triage.ledger import Completeness, ListingState, Sections


def tell(**event: object) -> None:
    """Write one event."""
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


def main(folder: Path, gate: Path, *more: str) -> int:
    """Fetch; GATE holds the day to store, or a sentence to fail with. Tells beside it what was asked for."""
    gate.with_suffix(".pid").write_text(str(os.getpid()))
    gate.with_suffix(".asked").write_text(" ".join(more))
    tell(event="progress", done=1, total=2, doing="math.NT")
    while not (said := gate.read_text() if gate.exists() else ""):
        time.sleep(0.01)
    try:
        day = date.fromisoformat(said)
    except ValueError:
        tell(event="category", category="math.NT", day=None, state="failed", papers=0, sentence=said)
        return 3
    papers = [replace(paper(900 + at), listed=day.isoformat()) for at in range(3)]
    state = ListingState(
        "math.NT", Completeness.COMPLETE, day.isoformat(), sections=Sections(3), source="rss"
    )
    open_archive(folder / "data" / "archive").store(day, papers, {"math.NT": state})
    tell(event="category", category="math.NT", day=day.isoformat(), state="complete", papers=3, sentence="")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]))

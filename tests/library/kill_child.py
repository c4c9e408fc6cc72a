"""What test_kill.py kills: `python -m tests.library.kill_child WHICH FOLDER STATE SEED SNAPSHOT_EVERY`.

WHICH is `ours` or `stock`. It tells on standard output of every Step once it is saved: its number and a
checksum of its line. It ends never.
"""

import os
import random
import sys
from itertools import count
from pathlib import Path
from zlib import crc32

from tinydb import TinyDB

from tests.library.made import decide, finish, note
from triage.library.library import JournaledLibrary
from triage.library.opening import open_library
from triage.steps import Step, encode

PAPERS = [f"2611.{number:05}" for number in range(1, 301)]
LONG = "A long note. " * 300


def told(step: Step) -> str:
    """A saved Step as it is told of."""
    return f"{step.number} {crc32(encode(step)):08x}"


def _tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def _act(library: JournaledLibrary, chance: random.Random) -> Step | None:
    """Do one of the things a person does."""
    key = chance.choice(PAPERS)
    kind = chance.random()
    if kind < 0.5:
        now = library.verdict(key)
        return decide(library, key, chance.choice([one for one in ("keep", "skip", None) if one != now]))
    if kind < 0.65:
        return note(library, key, LONG if not (library.paper(key) or {}).get("note") else None)
    if kind < 0.8:
        undone = library.undo()
        return undone.step if undone else None
    if kind < 0.85:
        redone = library.redo()
        return redone.step if redone else None
    start = chance.randrange(len(PAPERS) - 60)
    return finish(library, PAPERS[start : start + 60])


def ours(folder: Path, state: Path, seed: int, snapshot_every: int) -> None:
    """Work on our library: open, act, write snapshots, close, and again."""
    chance = random.Random(seed)
    while True:
        library = open_library(folder, state=state)
        for number in range(1, chance.randrange(5, 200)):
            step = _act(library, chance)
            if step is not None and step.number:
                _tell(told(step))
            if number % snapshot_every == 0:
                library.snapshot()
        library.close()


def stock(folder: Path) -> None:
    """Work on TinyDB as it comes: one note long and short by turns."""
    with TinyDB(folder / "stock.json") as database:
        if not len(database):
            database.insert_multiple({"id": key, "note": ""} for key in PAPERS[:50])
        for number in count(1):
            database.update({"note": LONG if number % 2 else ""}, doc_ids=[7])
            _tell(f"{number} ok")


if __name__ == "__main__":
    _, which, where, state, seed, snapshot_every = sys.argv
    _tell("ready")
    if which == "ours":
        ours(Path(where), Path(state), int(seed), int(snapshot_every))
    else:
        stock(Path(where))

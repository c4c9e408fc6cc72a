"""Steps and libraries for the tests of this folder."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from triage.library.library import JournaledLibrary
from triage.library.opening import open_library
from triage.library.tables import Tables
from triage.steps import CURRENT, PAPERS, TABLES, Change, Step, change


def opened(tmp_path: Path, machine: str = "a", folder: str = "library") -> JournaledLibrary:
    """The library of a folder, as the given machine sees it."""
    return open_library(tmp_path / folder, state=tmp_path / f"state-{machine}")


def decide(library: JournaledLibrary, key: str, verdict: str | None) -> Step:
    """Keep, skip or reopen a paper."""
    haul = CURRENT if verdict == "keep" else None
    return library.record(
        verdict or "reopen", change(PAPERS, key, library.paper(key), verdict=verdict, haul=haul)
    )


def note(library: JournaledLibrary, key: str, text: str | None) -> Step:
    """Write a paper's note over the one that is there."""
    before = (library.paper(key) or {}).get("note")
    return library.record("note", [Change(PAPERS, key, ("note",), before, text)])


def finish(library: JournaledLibrary, keys: Iterable[str]) -> Step:
    """Skip many papers as one Step."""
    return library.record(
        "finish", [one for key in keys for one in change(PAPERS, key, library.paper(key), verdict="skip")]
    )


def seen(library: JournaledLibrary) -> dict[str, dict[str, Any]]:
    """Every document by table and id."""
    return {name: {one["id"]: dict(one) for one in library.db.table(name)} for name in TABLES}


def folded(steps: Iterable[Step]) -> dict[str, dict[str, Any]]:
    """What Steps make, in the shape of `seen`."""
    tables = Tables()
    for step in sorted(steps, key=lambda step: step.order):
        tables.apply(step)
    return {name: {one["id"]: one for one in tables.all(name)} for name in TABLES}

"""The commands that read everything, and set aside what is damaged."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

from triage.actions.check import CONFIG
from triage.actions.repair import Repaired
from triage.backup import Backup
from triage.cli import request as ask
from triage.cli.console import Console
from triage.cli.lines import WIDTH
from triage.cli.progress_bar import ProgressBar
from triage.cli.status import DISK, DONE, USAGE
from triage.findings import Finding, Mended, Part, Progress

_PATIENCE = 1.0
"""Seconds: what takes longer shows how far it is."""


def check(console: Console, request: ask.Check, parts: Callable[[Progress], Iterable[Part]]) -> int:
    """`check`: one line for each thing that was read, then what is wrong; or JSON Lines."""
    watched = _Watched(console)
    found: list[Part] = []
    for part in parts(watched.progress):
        found.append(part)
        if request.json:
            watched.clear()
            for record in records(part):
                console.record(record)
    watched.clear()
    if not request.json:
        for line in lines(found):
            console.say(line)
    damaged = {part.name for part in found if any(finding.is_damage for finding in part.findings)}
    if damaged - {CONFIG}:
        return DISK
    return USAGE if damaged else DONE


def repair(console: Console, mend: Callable[[Callable[[Mended | Backup], None], Progress], Repaired]) -> int:
    """`repair`: a sentence for each thing, as soon as it is done; then where the report is."""
    watched = _Watched(console)

    def tell(one: Mended | Backup) -> None:
        watched.clear()
        sentence = one.sentence if isinstance(one, Mended) else f"A backup was made first: {one.path}"
        for line in _wrapped(sentence, ""):
            console.say(line)

    try:
        done = mend(tell, watched.progress)
    finally:
        watched.clear()
    if done.report:
        console.say()
        console.say(f"The report: {done.report}")
    if not done.left:
        console.say("What was damaged is mended." if done.mended else "Nothing is damaged.")
        return DONE
    console.say("")
    console.say("Damaged still:")
    for line in _findings(done.left):
        console.say(line)
    return DISK


def lines(parts: Sequence[Part]) -> Iterator[str]:
    """What was found, for people."""
    width = max(len(part.name) for part in parts) + 2
    for part in parts:
        first, *more = wrap(part.told, WIDTH - width, break_on_hyphens=False) or [""]
        yield f"{part.name:<{width}}{first}".rstrip()
        yield from (" " * width + line for line in more)
    every = [finding for part in parts for finding in part.findings]
    damaged = [finding for finding in every if finding.is_damage]
    remarks = [finding for finding in every if not finding.is_damage]
    for heading, findings in (("Worth knowing:", remarks), ("Damaged:", damaged)):
        if findings:
            yield ""
            yield heading
            yield from _findings(findings)
    if not damaged:
        yield ""
        yield "All is well."


def records(part: Part) -> Iterator[Mapping[str, Any]]:
    """A part, and each of its findings, as `--json` has them."""
    whole = not any(finding.is_damage for finding in part.findings)
    yield {"part": part.name, "ok": whole, "told": part.told, **part.counts}
    for finding in part.findings:
        yield {
            "part": part.name,
            "finding": finding.kind,
            "weight": str(finding.weight),
            "sentence": finding.sentence,
            "remedy": finding.remedy,
            "file": finding.file,
            "line": finding.line,
            "bytes": finding.size,
        }


def _findings(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        yield from _wrapped(" ".join(filter(None, (finding.sentence, finding.remedy))), "  ")


def _wrapped(sentence: str, indent: str) -> Sequence[str]:
    return wrap(
        sentence,
        WIDTH,
        initial_indent=indent and "- ",
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


class _Watched:
    """A bar that comes when something takes a while."""

    def __init__(self, console: Console) -> None:
        self._bar = ProgressBar(console)
        self._begun = time.monotonic()

    def progress(self, doing: str, done: int, total: int) -> None:
        """Show how far it is."""
        if time.monotonic() - self._begun < _PATIENCE:
            return
        if total > 1:
            self._bar.show(done, total, doing)
        else:
            self._bar.tell(f"{doing} …")

    def clear(self) -> None:
        """Make room for what is said."""
        self._bar.clear()

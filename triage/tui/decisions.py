"""What was decided on this machine, as rows to show: the Steps that stand, a row per paper."""

from collections.abc import Iterator
from dataclasses import dataclass

from triage.clean import line
from triage.replacement import SEEN
from triage.steps import COMMENTS, PAPERS, Step

_NO_DECISION = ("undo", "redo", "details", "export", "correct")
_CHANGING_MUCH = {"read back": "edited", "restore": "restored"}
"""A post that was edited by hand, and a backup that was brought back: what of them changed a verdict
is decided, the rest is written."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One row: one paper in one Step, or a Step that is about no paper."""

    at: str
    """When, ISO 8601, UTC."""
    what: str
    """The Step's verb."""
    key: str
    """The paper's id; empty when it is about none."""
    text: str = ""
    """What it is about when it is about no paper."""
    seen: str = ""
    """The listing day, ISO, of the replacement that was seen or unseen; empty for any other decision."""


def decisions(history: Iterator[Step]) -> Iterator[Decision]:
    """The rows of the Steps that stand, newest first."""
    gone: set[int] = set()
    for step in history:
        if step.undoes is not None:
            # An undo that was done again does not count, and its number comes up before its own Step does.
            if step.number not in gone:
                gone.add(step.undoes)
            continue
        if step.number in gone or step.what in _NO_DECISION:
            continue
        papers = dict.fromkeys(change.key for change in step.changes if change.table == PAPERS)
        if step.what in _CHANGING_MUCH:
            yield from (Decision(step.at, _CHANGING_MUCH[step.what], key) for key in _decided(step))
            continue
        comments = [change for change in step.changes if change.table == COMMENTS]
        if step.what == "publish" or step.what.startswith("import") or (comments and not papers):
            texts = (change.after or change.before for change in comments if change.path == ("text",))
            yield Decision(step.at, step.what, "", line(str(next(texts, ""))))
        else:
            seen = dict(_seen(step))
            for key in papers:
                yield Decision(step.at, step.what, key, seen=seen.get(key, ""))


def _decided(step: Step) -> Iterator[str]:
    """The papers whose verdict a Step changed."""
    for one in step.changes:
        if one.table == PAPERS and one.path == ("verdict",) and one.before != one.after:
            yield one.key


def _seen(step: Step) -> Iterator[tuple[str, str]]:
    """The papers of a Step of which only a replacement was seen, with its listing day."""
    papers = [change for change in step.changes if change.table == PAPERS]
    decided = set(_decided(step))
    yield from ((one.key, one.path[1]) for one in papers if one.path[0] == SEEN and one.key not in decided)

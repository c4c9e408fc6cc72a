"""Keep, skip, reopen, hold, finish, take out: the decisions, each one Step.

What is decided on is an announcement. On the replacement of a paper that was kept before, skip and finish
mean that it was seen, reopen that it is unseen again, and the earlier keep stays as it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from triage.paper import Kind, Paper, Row, Verdict
from triage.ports import Library, Record
from triage.replacement import (
    BEFORE,
    EARLIER,
    SEEN,
    Announced,
    Relation,
    is_later,
    is_of_kept,
    is_passed,
    is_seen,
    relation,
    text_of,
)
from triage.steps import CURRENT, NEXT, PAPERS, Change, Step, change, stamp

_OWN = ("verdict", "at", "note", "haul", "listed", "id", SEEN)
"""A paper document's fields that outlive its being kept; the others describe a kept paper."""
_AS_DECIDED = ("at", "kind", "listed")
"""What tells of the announcement that was decided on."""


def keep(library: Library, papers: Sequence[Paper], now: datetime, *, hold: bool = False) -> Step | None:
    """Keep papers for the current haul, or for the next one; None when they are there. Raises NotSaved."""
    haul = NEXT if hold else CURRENT
    changes = [made for paper in papers for made in keeping(library.paper(paper.id), paper, now, haul)]
    return library.record("hold" if hold else "keep", changes) if changes else None


def skip(library: Library, papers: Sequence[Paper], now: datetime) -> Step | None:
    """Skip papers, or see the replacements among them; None when that is so already. Raises NotSaved."""
    at = stamp(now)
    changes = [made for paper in papers for made in _skipping(library.paper(paper.id), paper, at)]
    return library.record(_skip_or_seen(changes), changes) if changes else None


def finish(library: Library, rows: Sequence[Row], now: datetime) -> Step | None:
    """Skip or see the open rest of a day as one Step; None when there is no rest. Raises NotSaved."""
    at = stamp(now)
    changes: list[Change] = []
    for row in {row.id: row for row in rows}.values():
        record = library.paper(row.id)
        if (record or {}).get("verdict") is None or is_of_kept(row, record):
            changes += _skipping(record, row, at)
    return library.record("finish", changes) if changes else None


def reopen(library: Library, announced: Sequence[Announced]) -> Step | None:
    """Make papers open again, or replacements unseen; notes stay. None when they are. Raises NotSaved."""
    changes = [made for one in announced for made in _reopening(library.paper(one.id), one)]
    return library.record("reopen", changes) if changes else None


def take_out(library: Library, papers: Sequence[Paper], now: datetime, *, skipped: bool) -> Step | None:
    """Take papers out of the haul they are in, skipped or open again; None when they are in none.

    One that was kept for an earlier haul before goes back to it: the replacement it was kept anew at is then
    seen, or unseen again. Raises NotSaved.
    """
    at = stamp(now)
    changes = [
        made for paper in papers for made in taking_out(library.paper(paper.id), paper, at, skipped=skipped)
    ]
    what = _skip_or_seen(changes) if skipped else "reopen"
    return library.record(what, changes) if changes else None


def taking_out(record: Record | None, paper: Paper, at: str, *, skipped: bool) -> Iterator[Change]:
    """The changes that take one paper out of the haul it is in; `at` is when, as the library writes it."""
    back = _back_to_earlier_haul(record, paper.id)
    if record is not None and back:
        yield from back
        announced = as_decided(paper, record)
        if is_later(announced, record):
            yield from _seeing(record, announced, at) if skipped else _unseeing(record, announced)
    elif skipped:
        yield from _skipping_for_good(record, paper, at)
    else:
        yield from _out_of_haul(record, paper.id, verdict=None, at=None)


def as_decided(paper: Paper, record: Record | None) -> Paper:
    """A kept paper as the announcement that it was kept at: to change that, whatever was announced since."""
    if record is None or record.get("verdict") != Verdict.KEEP:
        return paper
    kind = record.get("kind")
    return replace(paper, kind=Kind(kind) if kind else None, listed=record.get("listed"))


def keeping(record: Record | None, paper: Paper, now: datetime, haul: str = CURRENT) -> Iterator[Change]:
    """The changes that keep one paper, with its metadata, for a haul; none when it is there already.

    From one haul being made to the other it goes as it is, with the time of its decision. The replacement of
    a paper kept before brings its later version: to a new entry, or to the one in a haul being made, which
    a keep for the current haul leaves where it is; one older than what was kept brings nothing. What is in a
    published haul gets a new entry, and remembers the keep before.
    """
    known = record or {}
    if is_of_kept(paper, record):
        yield from _keeping_anew(known, paper, now, haul)
    elif known.get("haul") in (CURRENT, NEXT):
        yield from change(PAPERS, paper.id, known, haul=haul)
    elif haul not in (CURRENT, NEXT) or not is_passed(paper, record):
        again = known.get("verdict") == Verdict.KEEP and haul in (CURRENT, NEXT)
        earlier = _as_kept(known) | {"haul": known.get("haul")} if again else None
        made = {"verdict": Verdict.KEEP.value, "at": stamp(now), "haul": haul, EARLIER: earlier}
        yield from change(PAPERS, paper.id, known, **(_metadata(paper) | made))


def _keeping_anew(known: Record, paper: Paper, now: datetime, haul: str) -> Iterator[Change]:
    in_hand = known.get("haul") in (CURRENT, NEXT)
    told = _metadata(paper)
    before = known.get(BEFORE)
    if paper.version is None or paper.version > (known.get("version") or 0):
        before = text_of(known)
    else:
        told = {name: value for name, value in told.items() if name in _AS_DECIDED}
    earlier = _as_kept(known)
    if not in_hand:
        earlier["haul"] = known.get("haul")
    # It is a verdict though it was the same before: where two machines decide apart, the later one stands.
    yield Change(PAPERS, paper.id, ("verdict",), Verdict.KEEP.value, Verdict.KEEP.value)
    place = known["haul"] if in_hand and haul == CURRENT else haul
    made = {"at": stamp(now), "haul": place, EARLIER: earlier, BEFORE: before}
    yield from change(PAPERS, paper.id, known, **(told | made))


def _as_kept(known: Record) -> dict[str, Any]:
    """What tells of the keep that another one takes the place of."""
    return {name: known[name] for name in (*_AS_DECIDED, EARLIER) if known.get(name)}


def _skipping(record: Record | None, announced: Announced, at: str) -> Iterator[Change]:
    known = record or {}
    match relation(announced, record):
        case Relation.OF_KEPT:
            yield from _seeing(known, announced, at)
        case Relation.KEPT_ANEW:
            yield from _back_to_earlier_keep(known, announced.id)
            yield from _seeing(known, announced, at)
        case Relation.OTHER:
            yield from _skipping_for_good(record, announced, at)


def _reopening(record: Record | None, announced: Announced) -> Iterator[Change]:
    known = record or {}
    match relation(announced, record):
        case Relation.OF_KEPT:
            yield from _unseeing(known, announced)
        case Relation.KEPT_ANEW:
            yield from _back_to_earlier_keep(known, announced.id)
            yield from _unseeing(known, announced)
        case Relation.OTHER:
            yield from _out_of_haul(record, announced.id, verdict=None, at=None)


def _skipping_for_good(record: Record | None, announced: Announced, at: str) -> Iterator[Change]:
    if (record or {}).get("verdict") != Verdict.SKIP:
        day = {"listed": announced.listed} if announced.listed else {}
        yield from _out_of_haul(record, announced.id, verdict=Verdict.SKIP.value, at=at, **day)


def _seeing(record: Record, announced: Announced, at: str) -> Iterator[Change]:
    if announced.listed and not is_seen(announced, record):
        yield Change(PAPERS, announced.id, (SEEN, announced.listed), None, at)


def _unseeing(record: Record, announced: Announced) -> Iterator[Change]:
    for day, at in (record.get(SEEN) or {}).items():
        if day >= (announced.listed or ""):
            yield Change(PAPERS, announced.id, (SEEN, day), at, None)


def _back_to_earlier_keep(record: Record, key: str) -> Iterator[Change]:
    """The changes that take a keep at a replacement back; a post that it was published in stays as it is."""
    earlier = record[EARLIER]
    places = {"haul": earlier["haul"]} if "haul" in earlier and record.get("haul") in (CURRENT, NEXT) else {}
    yield Change(PAPERS, key, ("verdict",), Verdict.KEEP.value, Verdict.KEEP.value)
    fields = {name: earlier.get(name) for name in (*_AS_DECIDED, EARLIER)}
    yield from change(PAPERS, key, record, **fields, **places)


def _back_to_earlier_haul(record: Record | None, key: str) -> Sequence[Change]:
    """The changes that bring a paper of a haul being made back to the haul before; none if there is none."""
    earlier = (record or {}).get(EARLIER)
    while earlier and "haul" not in earlier:
        earlier = earlier.get(EARLIER)
    if record is None or not earlier:
        return ()
    return list(_back_to_earlier_keep({**record, EARLIER: earlier}, key))


def _out_of_haul(record: Record | None, key: str, **after: str | None) -> Iterator[Change]:
    """The changes that take a paper out of its haul and bring the given fields.

    What the archive can tell again is dropped with the entry; a paper that no listing holds keeps it.
    """
    known = record or {}
    listed = known.get("listed") or after.get("listed")
    dropped = [name for name in known if name not in _OWN] if listed else []
    yield from change(PAPERS, key, known, **dict.fromkeys(["haul", EARLIER, *dropped]), **after)


def _metadata(paper: Paper) -> dict[str, object]:
    return {name: value for name, value in paper.as_record().items() if name != "id"}


def _skip_or_seen(changes: Sequence[Change]) -> str:
    """The verb of a Step: `seen` when nothing of it is skipped."""
    skipped = any(made.path == ("verdict",) and made.after == Verdict.SKIP for made in changes)
    return "skip" if skipped else "seen"

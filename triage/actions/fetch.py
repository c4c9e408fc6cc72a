"""Fetch today's listings into the archive, category by category, then what only the API tells."""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import ClassVar, TypeAlias

from triage import clean
from triage.announcement import with_details
from triage.ledger import Completeness, ListingState
from triage.listing_day import eastern, expected, has_listing, next_listing
from triage.network import Announced, Details, Feeds
from triage.pace import BATCH
from triage.paper import Paper, Row
from triage.ports import Archive, Unreachable

_CATEGORY = re.compile(r"[A-Za-z][A-Za-z-]*(?:\.[A-Za-z-]+)?", re.ASCII)


class _Event:
    """A report as the line of JSON that the app reads from its child."""

    event: ClassVar[str]

    def as_record(self) -> dict[str, object]:
        """The event's name under `event`, and its fields."""
        return {"event": self.event, **asdict(self)}  # type: ignore[call-overload]  # subclasses are dataclasses


@dataclass(frozen=True)
class Progress(_Event):
    """What is being asked for now."""

    event = "progress"
    done: int
    """Categories that have ended."""
    total: int
    doing: str
    """What is asked for, fit to show: "the feed of cs.CL"."""


@dataclass(frozen=True)
class CategoryDone(_Event):
    """How a category ended."""

    event = "category"
    category: str
    day: str | None
    """ISO date of the listing day that was stored; None when none was."""
    state: Completeness
    sentence: str
    """What the user should know besides; empty for a plain complete listing."""
    papers: int
    """Papers of the category in the listing that was stored."""


@dataclass(frozen=True)
class DetailsDone(_Event):
    """How far the API's details are."""

    event = "details"
    done: int
    """Papers that have been asked for."""
    total: int
    sentence: str = ""
    """Why some are missing; they are asked for again by the next fetch."""


Report: TypeAlias = Progress | CategoryDone | DetailsDone


def fetch(
    archive: Archive, feeds: Feeds, details: Details, *, now: datetime, categories: Sequence[str]
) -> Iterator[Report]:
    """Fetch each category's listing and store it as it lands, then the details of papers that lack them.

    A failure of one category or of the API ends nothing else. `now` needs a zone; times in sentences are in
    the machine's own. Raises ArchiveUnusable when the archive cannot be written: what it held stays.
    """
    names = tuple(dict.fromkeys(categories))
    stored: dict[date, dict[str, ListingState]] = {}
    for done, name in enumerate(names):
        yield Progress(done, len(names), f"the feed of {name}")
        page = Progress(done, len(names), f"the listing page of {name}")
        outcome = yield from _category(archive, feeds, name, now, page)
        if outcome.announced is not None and outcome.announced.listed is not None:
            day = outcome.announced.listed
            archive.store(day, outcome.announced.papers, {name: outcome.state})
            stored.setdefault(day, {})[name] = outcome.state
            papers = len(outcome.announced.papers)
            yield CategoryDone(
                name, day.isoformat(), outcome.state.completeness, outcome.state.sentence, papers
            )
        else:
            archive.remember({name: outcome.state})
            yield CategoryDone(name, None, outcome.state.completeness, outcome.state.sentence, 0)
    yield Progress(len(names), len(names), "the details of papers")
    yield from _details(archive, details, stored)


@dataclass(frozen=True)
class _Outcome:
    state: ListingState
    announced: Announced | None = None
    """What is to be stored; None when there is nothing."""


def _category(
    archive: Archive, feeds: Feeds, name: str, now: datetime, page: Progress
) -> Generator[Progress, None, _Outcome]:
    stamp = now.astimezone(UTC).isoformat(timespec="seconds")

    def state(completeness: Completeness, sentence: str, found: Announced | None = None) -> ListingState:
        listed = found.listed.isoformat() if found and found.listed else None
        announced, source = (found.announced, found.source) if found else (0, "")
        return ListingState(name, completeness, listed, announced, source, sentence, stamp)

    if _CATEGORY.fullmatch(name) is None:
        return _Outcome(
            state(Completeness.FAILED, f"{clean.line(name)!r} is not a category; they look like cs.CL.")
        )
    try:
        found = feeds.today(name)
    except Unreachable as error:
        return _Outcome(state(Completeness.FAILED, str(error)))
    if found.papers:
        return _Outcome(state(*_judged(found, now), found), found)
    late = found.listed is not None and found.listed < now.astimezone(eastern()).date()
    rests = Completeness.STALE if late else Completeness.RESTS
    sentence = _late(found.listed) if late and found.listed else _rests(now)
    if _has(archive, expected(now), name):
        return _Outcome(state(rests, sentence, found))
    # The feeds hold one day only; the listing page stays up until the next one.
    yield page
    try:
        shown = feeds.latest(name)
    except Unreachable as error:
        return _Outcome(state(rests, f"{sentence} {error}", found))
    if not shown.papers or shown.listed is None:
        return _Outcome(state(rests, sentence, found))
    completeness, more = _judged(shown, now)
    sentences = [f"This is the listing of {_day(shown.listed)}.", sentence]
    if completeness is not Completeness.STALE:
        sentences.append(more)
    return _Outcome(state(completeness, " ".join(sentences).strip(), shown), shown)


def _judged(found: Announced, now: datetime) -> tuple[Completeness, str]:
    """How complete a listing with papers is, and what to say of it."""
    flagged = f"{found.flagged} entries could not be read whole." if found.flagged else ""
    if found.cut_off:
        cut = (
            f"arXiv sent {len(found.papers):,} papers and left others out, new ones first: "
            f"name narrower categories than {found.category}."
        )
        return Completeness.CUT_OFF, f"{cut} {flagged}".strip()
    if found.listed is not None and found.listed < expected(now):
        return Completeness.STALE, f"{_late(found.listed)} {flagged}".strip()
    return Completeness.COMPLETE, flagged


def _has(archive: Archive, day: date, category: str) -> bool:
    listing = archive.listing(day)
    return listing is not None and category in listing.states


def _details(
    archive: Archive, details: Details, stored: dict[date, dict[str, ListingState]]
) -> Iterator[Report]:
    wanted: list[tuple[date, Paper]] = []
    for day in stored:
        listing = archive.listing(day)
        papers = (_read(archive, row) for row in listing.rows) if listing else ()
        wanted += [(day, paper) for paper in papers if paper is not None and paper.published is None]
    missing = 0
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        try:
            told = {paper.id: paper for paper in details.details([paper.id for _, paper in batch])}
        except Unreachable as error:
            yield DetailsDone(start, len(wanted), f"{error} Comments and dates come with the next fetch.")
            return
        missing += sum(paper.id not in told for _, paper in batch)
        for day in stored:
            known = [(paper, told[paper.id]) for on, paper in batch if on == day and paper.id in told]
            if known:
                archive.store(day, [with_details(paper, found) for paper, found in known], {})
        yield DetailsDone(start + len(batch), len(wanted))
    if missing:
        sentence = f"arXiv's API does not know {missing} of these papers yet; the next fetch asks again."
        yield DetailsDone(len(wanted), len(wanted), sentence)
    else:
        for day, states in stored.items():
            archive.store(day, (), {name: state._replace(details=True) for name, state in states.items()})


def _read(archive: Archive, row: Row) -> Paper | None:
    try:
        return archive.paper(row)
    except Unreachable:
        return None


def _late(listed: date) -> str:
    return f"arXiv has not updated its feed: it still is that of {_day(listed)}. Fetch again in an hour."


def _rests(now: datetime) -> str:
    today, following = now.astimezone(eastern()).date(), next_listing(now).astimezone()
    why = "" if has_listing(today) else ", arXiv rests"
    comes = f"the next listing comes {_day(following)} at {following:%H:%M}"
    return f"No new papers for {_day(today)}{why}; {comes}."


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"

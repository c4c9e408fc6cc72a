"""Whether an answer of arXiv is the listing it should be: of its day, whole, and newer than the last."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from triage.day_words import day_name
from triage.ledger import Completeness, ListingState
from triage.network import Announced
from triage.paper import Kind, Paper
from triage.pattern import pattern

_NUMBERED = pattern(r"(\d{4})\.(\d{4,6})\Z", re.ASCII)


class Fault(NamedTuple):
    """Why an answer is not the listing that was asked for."""

    completeness: Completeness
    sentence: str


def fault(found: Announced, day: date, before: ListingState | None) -> Fault | None:
    """What keeps a feed or page from being the whole listing of a day; None when nothing does.

    `before` is the last listing known of an earlier day. An empty answer that bears the day has no fault.
    """
    what = "listing page" if found.source == "list" else "feed"
    if found.unchanged or (found.listed is not None and found.listed < day):
        return Fault(Completeness.STALE, f"arXiv has not updated its {what}{_since(found, before)}.")
    if found.listed is None or found.listed > day:
        of = (
            "does not say its day" if found.listed is None else f"is that of {day_name(found.listed)} already"
        )
        return Fault(Completeness.STALE, f"arXiv's {what} {of}.")
    if found.page:
        return Fault(Completeness.CUT_OFF, f"Page {found.page} is still to come.")
    if found.cut_off:
        return Fault(
            Completeness.CUT_OFF,
            f"arXiv's feed holds {len(found.papers):,} papers and leaves others out, new ones first.",
        )
    if found.unread:
        return Fault(Completeness.CUT_OFF, unread(found))
    if found.source == "rss" and before is not None and _is_stuck(highest(found.papers), before.highest):
        since = f"which was listed on {_listed(before)}"
        return Fault(
            Completeness.STALE,
            f"arXiv's {what} bears today's date and holds nothing newer than {before.highest}, {since}.",
        )
    return None


def unread(found: Announced) -> str:
    """What is to be said of entries that could not be kept; empty when there is none."""
    if found.unread < 2:
        return "One entry has no id that can be read: its paper is not here." if found.unread else ""
    return f"{found.unread} entries have no id that can be read: their papers are not here."


def _since(found: Announced, before: ListingState | None) -> str:
    if found.listed is not None:
        return f": it still is that of {day_name(found.listed)}"
    return f" since {_listed(before)}" if before is not None else ""


def _listed(state: ListingState) -> str:
    return day_name(date.fromisoformat(state.listed or ""))


def highest(papers: Iterable[Paper]) -> str:
    """The highest id among the new papers; empty when there is none. Ids rise with every announcement."""
    new = [paper.id for paper in papers if paper.kind in (None, Kind.NEW) and _NUMBERED.match(paper.id)]
    return max(new, key=_number, default="")


def last_before(states: Mapping[date, ListingState], day: date) -> ListingState | None:
    """The last listing that came before a day."""
    known = [other for other, state in states.items() if other < day and state.has_listing]
    return states[max(known)] if known else None


def _is_stuck(now: str, before: str) -> bool:
    # A lower one may be right too: what moderation held back is announced under the id it was given before.
    # A feed alone does not tell that from an old one made anew; the listing page has a date of its own.
    return bool(now) and _number(now) <= _number(before)


def _number(key: str) -> tuple[int, int]:
    found = _NUMBERED.match(key)
    return (int(found[1]), int(found[2])) if found else (0, 0)

"""Ask for the newest listing of a category: the day's feed, and the listing page where that will not do."""

import re
from dataclasses import replace
from datetime import date

from triage import clean
from triage.actions.ask_day import ask_day
from triage.actions.asking import Asking, Doing, Reports
from triage.actions.reports import CategoryDone
from triage.day_words import day_name, next_listing
from triage.freshness import Fault, fault, last_before
from triage.ledger import RE_POLLS, Completeness, newest
from triage.network import Announced
from triage.ports import Unreachable

_CATEGORY = re.compile(r"[A-Za-z][A-Za-z-]*(?:\.[A-Za-z-]+)?", re.ASCII)
_WORKDAYS = 5


def ask_today(asking: Asking, name: str, doing: Doing) -> Reports:
    """Ask for what a category has not yet of today's listing, or of the latest while arXiv rests.

    A listing that is here is not asked for again. Raises ArchiveUnusable.
    """
    today, latest = asking.today, asking.newest
    if _CATEGORY.fullmatch(name) is None:
        sentence = f"{clean.line(name)!r} is not a category; they look like cs.CL."
        yield asking.keep(latest, (), asking.state(name, latest, Completeness.FAILED, sentence))
        return
    if asking.holds(name, today):
        yield _known(asking, name, today)
    elif today.weekday() < _WORKDAYS:
        # On a holiday too: arXiv's own word is worth one request, for nobody knows all of its holidays.
        yield from _from_feed(asking, name, doing)
    if latest != today:
        if asking.holds(name, latest):
            yield _known(asking, name, latest)
        elif _is_exhausted(asking, name, latest):
            yield _known(asking, name, latest, "arXiv was asked for it often enough.")
        else:
            # The feeds hold one day only; the listing page stays up until the next one.
            for report in _from_page(asking, name, latest, None, doing):
                if isinstance(report, CategoryDone) and report.state is Completeness.COMPLETE:
                    said = f"{report.sentence} {_coming(asking)}".strip()
                    yield replace(report, sentence=said)
                else:
                    yield report


def _known(asking: Asking, name: str, day: date, more: str = "") -> CategoryDone:
    state = asking.known(name, day)
    assert state is not None  # noqa: S101  only what the archive knows is asked for here
    return asking.ended(state, day, asked=False, more=f"{more} {_coming(asking)}".strip())


def _is_exhausted(asking: Asking, name: str, day: date) -> bool:
    """Tell whether a listing was found stale on its day as often as it may be asked for."""
    known = asking.known(name, day)
    return known is not None and known.polls > RE_POLLS


def _coming(asking: Asking) -> str:
    """When the next listing comes, while there is none today."""
    if asking.newest == asking.today:
        return ""
    return f"arXiv rests; the next listing comes {next_listing(asking.calendar, asking.now)}."


def _from_feed(asking: Asking, name: str, doing: Doing) -> Reports:
    today = asking.today
    known = asking.known(name, today)
    if known is not None and known.completeness is Completeness.CUT_OFF:
        yield from ask_day(asking, name, today, doing)
        return
    if _is_exhausted(asking, name, today):
        yield _known(asking, name, today, "arXiv is asked for it again tomorrow.")
        return
    states = asking.archive.states(name)
    yield doing(f"the feed of {name}")
    try:
        last = newest(states)
        found = asking.feeds.today(name, last.etag if last is not None else "")
    except Unreachable as refusal:
        yield from _from_page(asking, name, today, Fault(Completeness.FAILED, str(refusal)), doing)
        return
    wrong = fault(found, today, last_before(states, today))
    if wrong is not None:
        yield from _other_day(asking, found, today)
        yield from _from_page(asking, name, today, wrong, doing, found)
    elif found.papers:
        yield asking.keep(today, found.papers, asking.of(found, today, Completeness.COMPLETE))
    elif asking.calendar.has_listing(today):
        # A feed can be empty by mistake, or before the papers are in: the page must say so too.
        nothing = Fault(Completeness.STALE, f"arXiv's feed of {name} is empty.")
        yield from _from_page(asking, name, today, nothing, doing, found)
    else:
        yield asking.keep(today, (), asking.of(found, today, Completeness.RESTS, _no_papers(asking, today)))


def _from_page(
    asking: Asking, name: str, day: date, wrong: Fault | None, doing: Doing, feed: Announced | None = None
) -> Reports:
    """Ask for the latest listing page; `wrong` is what was wrong with the feed, if that was asked for."""
    yield doing(f"the listing page of {name}")
    failed = Fault(Completeness.FAILED, "")
    try:
        page = asking.feeds.latest(name)
    except Unreachable as refusal:
        is_said = wrong is not None and wrong.completeness is Completeness.FAILED
        yield _as_it_is(asking, name, day, wrong or failed, feed, "" if is_said else str(refusal))
        return
    worse = fault(page, day, last_before(asking.archive.states(name), day))
    is_cut_off = wrong is not None and wrong.completeness is Completeness.CUT_OFF
    if worse is None and page.papers:
        yield asking.keep(day, page.papers, asking.of(page, day, Completeness.COMPLETE))
        return
    # Feed and page that both stand at the last listing there should be: today is a holiday.
    at_rest = not asking.calendar.has_listing(day) and page.listed == asking.newest
    if at_rest or (worse is None and not is_cut_off):
        yield asking.keep(day, (), asking.of(page, day, Completeness.RESTS, _no_papers(asking, day)))
        return
    yield from _other_day(asking, page, day)
    if page.papers and page.listed is not None and (page.listed > day or _goes_on(page, day)):
        if wrong is not None and is_cut_off and feed is not None:
            asking.keep(day, feed.papers, asking.of(feed, day, *wrong))
        yield from ask_day(asking, name, day, doing)
    else:
        older = "Its listing page is no newer." if worse is not None and wrong is not None else ""
        yield _as_it_is(asking, name, day, wrong or worse or failed, feed, older)


def _goes_on(page: Announced, day: date) -> bool:
    return page.listed == day and (page.cut_off or page.page > 0)


def _as_it_is(
    asking: Asking, name: str, day: date, wrong: Fault, feed: Announced | None, more: str
) -> CategoryDone:
    """Keep what there is of a listing that could not be had whole, and why."""
    found = feed or Announced(name, "", None)
    completeness, sentence = wrong
    known = asking.known(name, day)
    polls = known.polls if known is not None else 0
    polls += completeness is Completeness.STALE
    said = f"{sentence} {more}".strip()
    if completeness is Completeness.CUT_OFF and found.papers:
        return asking.keep(day, found.papers, asking.of(found, day, completeness, said))
    state = asking.state(name, day, completeness, said, polls=polls, source=found.source, etag=found.etag)
    return asking.keep(day, (), state)


def _other_day(asking: Asking, found: Announced, day: date) -> Reports:
    """Keep a whole listing of another day than the one asked for, if nothing as late is here."""
    listed = found.listed
    if listed is None or listed == day or not found.papers or found.cut_off or found.page:
        return
    later = [known for known, state in asking.archive.states(found.category).items() if state.has_listing]
    if listed > max(later, default=date.min):
        state = asking.of(found, listed, Completeness.COMPLETE, unasked=listed < day)
        yield asking.keep(listed, found.papers, state)


def _no_papers(asking: Asking, day: date) -> str:
    coming = next_listing(asking.calendar, asking.now)
    why = "" if asking.calendar.has_listing(day) else ", arXiv rests"
    return f"No new papers for {day_name(day)}{why}; the next listing comes {coming}."

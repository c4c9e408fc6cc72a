"""Ask for the newest listing of a category: the day's feed, and the listing page where that will not do."""

from dataclasses import replace
from datetime import date

from triage.actions.ask_day import ask_day
from triage.actions.asking import Asking, Doing, Reports, nothing_listed
from triage.actions.reports import CategoryDone
from triage.day_words import next_listing
from triage.freshness import Fault, fault, last_before
from triage.ledger import Completeness
from triage.listing_day import is_weekend
from triage.network import Announced
from triage.ports import Unreachable


def ask_today(asking: Asking, name: str, doing: Doing) -> Reports:
    """Ask for what a category has not yet of today's listing, or of the latest while arXiv rests.

    A listing that is here is not asked for again. Raises ArchiveUnusable.
    """
    told: set[str | None] = set()
    is_coming_told = False
    for report in _newest(asking, name, doing):
        if not isinstance(report, CategoryDone):
            yield report
        elif report.asked or report.day not in told:
            told.add(report.day)
            coming = "" if is_coming_told else _coming(asking, report)
            is_coming_told = is_coming_told or bool(coming)
            yield replace(report, sentence=f"{report.sentence} {coming}".strip())


def _newest(asking: Asking, name: str, doing: Doing) -> Reports:
    today, latest = asking.today, asking.newest
    if not asking.may_ask(name, today):
        yield asking.as_known(name, today)
    elif not is_weekend(today):
        # On a holiday too: arXiv's own word is worth one request, for nobody knows all of its holidays.
        yield from _from_feed(asking, name, doing)
    if latest == today:
        return
    if not asking.may_ask(name, latest):
        yield asking.as_known(name, latest)
    else:
        # The feeds hold one day only; the listing page stays up until the next one.
        yield from _from_page(asking, name, latest, None, doing)


def _coming(asking: Asking, ended: CategoryDone) -> str:
    """When the next listing comes, if that is what there is to say of how a category ended."""
    coming = f"next listing comes {next_listing(asking.calendar, asking.now)}."
    if ended.state is Completeness.RESTS:
        return f"The {coming}"
    is_latest = ended.day == asking.newest.isoformat() and ended.state is Completeness.COMPLETE
    if not is_latest or asking.newest == asking.today:
        return ""
    today = asking.known(ended.category, asking.today)
    return "" if today is not None and today.has_listing else f"arXiv rests; the {coming}"


def _from_feed(asking: Asking, name: str, doing: Doing) -> Reports:
    today = asking.today
    known = asking.known(name, today)
    if known is not None and known.completeness is Completeness.CUT_OFF:
        yield from ask_day(asking, name, today, doing)
        return
    states = asking.archive.states(name)
    yield doing(f"the feed of {name}")
    try:
        # That it is still the last listing's is what an unchanged feed says; of no other answer is it asked.
        last = last_before(states, today)
        found = asking.feeds.today(name, last.etag if last is not None else "")
    except Unreachable as refusal:
        yield from _from_page(asking, name, today, Fault(Completeness.FAILED, str(refusal)), doing)
        return
    wrong = fault(found, today, last)
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
        yield _rests(asking, found, today)


def _from_page(
    asking: Asking, name: str, day: date, wrong: Fault | None, doing: Doing, feed: Announced | None = None
) -> Reports:
    """Ask for the latest listing page; `wrong` is what was wrong with the feed, if that was asked for."""
    yield doing(f"the listing page of {name}")
    if feed is not None and wrong is not None and wrong.completeness is Completeness.CUT_OFF:
        asking.keep(day, feed.papers, asking.of(feed, day, *wrong))
    try:
        page = asking.feeds.latest(name)
    except Unreachable as refusal:
        yield _refused(asking, name, day, wrong, str(refusal), feed)
        return
    worse = fault(page, day, last_before(asking.archive.states(name), day))
    if worse is None and page.papers:
        yield asking.keep(day, page.papers, asking.of(page, day, Completeness.COMPLETE))
        return
    # Feed and page that both stand at the last listing there should be: today is a holiday.
    at_rest = not asking.calendar.has_listing(day) and page.listed == asking.newest
    yield from _other_day(asking, page, day)
    if at_rest or (worse is None and _is_nothing(asking, feed, day)):
        yield _rests(asking, page, day)
    elif page.papers and page.listed is not None and (page.listed > day or _goes_on(page, day)):
        yield from ask_day(asking, name, day, doing)
    else:
        completeness, sentence = wrong or worse or Fault(Completeness.STALE, "")
        if wrong is not None:
            sentence += " Its listing page is " + ("empty." if worse is None else "no newer.")
        yield _as_it_is(asking, name, day, Fault(completeness, sentence), feed)


def _is_nothing(asking: Asking, feed: Announced | None, day: date) -> bool:
    """Tell whether an empty listing page is believed: the feed must be empty too, or the day be over."""
    return day < asking.today if feed is None else feed.listed == day and not feed.papers


def _goes_on(page: Announced, day: date) -> bool:
    return page.listed == day and (page.lacks_papers or page.page > 0)


def _refused(
    asking: Asking, name: str, day: date, wrong: Fault | None, refusal: str, feed: Announced | None
) -> CategoryDone:
    """Keep why there is no listing page; what the feed brought stays, and so does that it was stale."""
    is_stale = wrong is not None and wrong.completeness is Completeness.STALE
    completeness = Completeness.STALE if is_stale else Completeness.FAILED
    if wrong is None:
        sentence = refusal
    elif wrong.completeness is Completeness.FAILED:
        sentence = wrong.sentence  # whatever kept the feed keeps the page: once said is enough
    else:
        sentence = f"{wrong.sentence} {refusal}"
    return _as_it_is(asking, name, day, Fault(completeness, sentence), feed)


def _as_it_is(asking: Asking, name: str, day: date, wrong: Fault, feed: Announced | None) -> CategoryDone:
    """Keep why a listing could not be had whole."""
    polls = asking.polls(name, day) + (wrong.completeness is not Completeness.FAILED)
    if feed is not None and wrong.completeness is Completeness.CUT_OFF:
        return asking.keep(day, (), asking.of(feed, day, *wrong, polls=polls))
    source = feed.source if feed is not None else ""
    return asking.keep(day, (), asking.state(name, day, *wrong, polls=polls, source=source))


def _rests(asking: Asking, found: Announced, day: date) -> CategoryDone:
    # The answer may be of another day: nothing but that there is none of this one is taken from it.
    sentence = nothing_listed(found.category, day)
    return asking.keep(
        day, (), asking.state(found.category, day, Completeness.RESTS, sentence, source=found.source)
    )


def _other_day(asking: Asking, found: Announced, day: date) -> Reports:
    """Keep a whole listing of another day than the one asked for, if nothing as late is here."""
    listed = found.listed
    if listed is None or listed == day or not found.papers or found.lacks_papers or found.page:
        return
    if not asking.calendar.may_list(listed, asking.now):
        return
    later = [known for known, state in asking.archive.states(found.category).items() if state.has_listing]
    if listed > max(later, default=date.min):
        state = asking.of(found, listed, Completeness.COMPLETE, unasked=listed < asking.newest)
        yield asking.keep(listed, found.papers, state)

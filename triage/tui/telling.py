"""What the main screen tells of a session: the header's facts, the reader's leaf, words for an empty list."""

from collections.abc import Callable, Mapping
from datetime import date

from triage.day_words import day_name, next_listing, short_day
from triage.ledger import WORST_FIRST, Completeness, newest
from triage.paper import Paper, Verdict
from triage.ports import World
from triage.replacement import Mark, mark_on
from triage.steps import CURRENT, NEXT
from triage.tui.fetching import Fetch, countdown
from triage.tui.session import Session
from triage.tui.widgets.header import Facts
from triage.tui.widgets.leaf import Leaf

_ENDED = {
    Completeness.FAILED: "fetch failed",
    Completeness.STALE: "feed stale",
    Completeness.RESTS: "arXiv rests",
}
"""How a fetch ended, in the header; what is not here needs no word."""
_MOST_DAYS = 3
"""Days that are told of one by one when they have come."""


def facts(session: Session, fetch: Fetch | None, held: float = 0.0) -> Facts:
    """The header's facts; `held` is how many seconds arXiv still wants to be left alone."""
    inbox, settings = session.inbox, session.world.settings
    state, sound = _state(session)
    last, last_sound = _last(session)
    if session.day is not None:
        day = day_name(session.day)
    else:
        day = "All open papers" if inbox.rows else "No listing"
    if held > 0:
        state, sound = countdown(held), False
    elif fetch is not None:
        state, sound = fetch.state, True
    return Facts(
        day=day,
        categories=settings.categories
        or tuple(session.listing.states if session.listing is not None else ()),
        state=state,
        sound=sound,
        last=last if fetch is None and held <= 0 else "",
        last_sound=last_sound,
        others=session.days.others(session.day) if session.day is not None else (0, 0),
        counts=inbox.counts,
        haul=session.number,
        query=inbox.query,
        matching=len(inbox.hits) if inbox.query else 0,
    )


def leaf(session: Session, noted: Paper | None, *, source: bool, fetching: bool) -> Leaf:
    """What the reader shows: the paper being noted, else the one under the cursor."""
    paper = noted if noted is not None else session.paper
    if paper is None:
        return Leaf(words=tuple(_words(session, fetching)))
    beside = session.beside(paper)
    return Leaf(
        paper,
        session.note(paper),
        source,
        noting=noted is not None,
        status=_status(session, paper, beside.kept),
        missing=session.unreadable if paper is session.paper else "",
        replaces_kept=beside.replaces_kept,
        before=beside.before,
        older_notes=beside.notes,
    )


def _state(session: Session) -> tuple[str, bool]:
    """How complete the listing shown is, by its worst category, and whether that is as it should be."""
    known = session.ledger.day if session.ledger is not None else {}
    states = known or (session.listing.states if session.listing is not None else {})
    return _worst({name: state.completeness for name, state in states.items()}, str)


def _last(session: Session) -> tuple[str, bool]:
    """What the listing shown does not tell: how the last fetch ended, or how many days are owed."""
    if session.fetch_failed:
        return _ENDED[Completeness.FAILED], False
    known = session.ledger
    if known is None:
        return "", True
    ends = {name: state.completeness for name, state in known.last.items()}
    if session.day is not None and session.day != session.days.newest():
        # That arXiv rests today is no word on another day; what went wrong is.
        ends = {name: end for name, end in ends.items() if end is not Completeness.RESTS}
    said, sound = _worst(ends, lambda end: _ENDED.get(end, ""))
    here = {state.completeness for state in known.day.values()}
    if min(ends.values(), key=WORST_FIRST.index, default=None) in here:
        said, sound = "", True  # the state of the day shown says so
    if sound and known.owed:
        return f"{known.owed} day{'' if known.owed == 1 else 's'} owed", False
    if not said and known.rests and session.day == session.days.newest():
        return _ENDED[Completeness.RESTS], True
    return said, sound


def _worst(states: Mapping[str, Completeness], word: Callable[[Completeness], str]) -> tuple[str, bool]:
    """The worst of some categories' states in a word, with the category when it is not that of all."""
    if not states:
        return "", True
    worst = min(states.values(), key=WORST_FIRST.index)
    sound = worst.is_settled
    bad = [name for name, state in states.items() if state is worst]
    if len(bad) == len(states) or worst is Completeness.COMPLETE or not word(worst):
        return word(worst), sound
    return f"{bad[0] if len(bad) == 1 else len(bad)} {word(worst)}", sound


def fetched(session: Session, fetch: Fetch) -> tuple[str, bool]:
    """What is to be said when a fetch has ended, what came and what was told; whether it is an error."""
    said, error = fetch.outcome
    came = {
        day: len(listing.rows)
        for iso in fetch.days
        if (day := session.days.of(iso)) is not None
        and (listing := session.world.archive.listing(day)) is not None
    }
    if len(came) > _MOST_DAYS:
        first, last = short_day(min(came)), short_day(max(came))
        sentences = [f"Fetched: {len(came)} listing days from {first} to {last}; D shows them."]
    else:
        sentences = [_came(session, day, papers) for day, papers in came.items()]
    if not sentences and not said:
        sentences = ["Fetched: nothing new."]
    return " ".join([*sentences, said]).strip(), error


def _came(session: Session, day: date, papers: int) -> str:
    count = f"{papers} paper{'' if papers == 1 else 's'}"
    if day == session.day:
        return f"Fetched: {count}."
    return f"{short_day(day)}: {count}; {_way(session, day)} goes there."


def _way(session: Session, day: date) -> str:
    """The key that leads from the day shown to another."""
    known = session.days.known()
    if session.day not in known:
        return "D"
    return {1: "]", -1: "["}.get(known.index(day) - known.index(session.day), "D")


def _status(session: Session, paper: Paper, before: str) -> str:
    """What is decided on a paper: `✓ haul 11`; on a replacement of a kept one first whether it was seen.

    `before` is what a published haul tells of it: `kept in haul 9, 3 Sep 2025`.
    """
    record = session.world.library.paper(paper.id) or {}
    haul = record.get("haul")
    if record.get("verdict") == Verdict.SKIP:
        said = ["skipped", before]
    elif record.get("verdict") != Verdict.KEEP:
        said = [before]
    elif haul in (CURRENT, NEXT):
        said = [f"✓ haul {session.number}" if haul == CURRENT else "✓ the next haul", before]
    else:
        said = [f"✓ {before or 'kept'}"]
    if mark_on(paper, record) is Mark.SEEN:
        said.insert(0, "· seen")
    return "   ".join(filter(None, said))


def _words(session: Session, fetching: bool) -> list[str]:
    """Paragraphs for the reader when no paper is under the cursor."""
    world, inbox = session.world, session.inbox
    if inbox.query:
        return [f"Nothing matches “{inbox.query}”.", "Esc clears the filter."]
    if inbox.rows:
        return ["Everything is folded away.", "↑ and ↓ choose a section, → unfolds it."]
    if session.day is None and session.days.known():
        return ["No open papers.", "Every listing day in the archive is done.", _coming(world)]
    if session.day is not None and session.listing is not None and session.listing.rows:
        only = f"Only cross-lists on {day_name(session.day)}, and those are left out."
        return [only, "X shows them.", _coming(world)]
    if session.day is not None:
        return [f"No papers on {day_name(session.day)}.", _coming(world)]
    if not world.settings.categories:
        return ["No categories are chosen.", 'Name some in the config: categories = ["cs.CL", "cs.LG"]']
    words = ["Fetching the first listing." if fetching else "No listing is in the archive yet."]
    for category in world.settings.categories:
        state = newest(world.archive.states(category))
        if state is not None:
            words.append(f"{category}: {state.sentence or state.completeness.value}")
    if not fetching:
        words.append("r fetches." if world.fetch is not None else "Nothing can be fetched here.")
    return [*words, _coming(world)]


def _coming(world: World) -> str:
    return "" if world.demo else f"The next listing comes {next_listing(world.calendar, world.now())}."

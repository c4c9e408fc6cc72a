"""What the main screen tells of a session: the header's facts, the reader's leaf, words for an empty list."""

from collections.abc import Callable, Mapping
from datetime import date

from triage.ledger import Completeness, ListingState, newest
from triage.paper import Paper, Verdict
from triage.ports import World
from triage.steps import CURRENT, NEXT
from triage.tui.days import day_name
from triage.tui.fetching import Fetch, next_listing
from triage.tui.session import Session
from triage.tui.widgets.header import Facts
from triage.tui.widgets.reader import Leaf

_ENDED = {
    Completeness.FAILED: "fetch failed",
    Completeness.STALE: "feed stale",
    Completeness.RESTS: "arXiv rests",
}
"""How a fetch ended, in the header; what is not here needs no word."""
_WORST = (
    Completeness.FAILED,
    Completeness.CUT_OFF,
    Completeness.STALE,
    Completeness.RESTS,
    Completeness.COMPLETE,
)


def facts(session: Session, fetch: Fetch | None) -> Facts:
    """The header's facts."""
    inbox, settings = session.inbox, session.world.settings
    state, sound = _state(session)
    last, last_sound = _last(session)
    if session.day is not None:
        day = day_name(session.day.isoformat())
    else:
        day = "All open papers" if inbox.rows else "No listing"
    return Facts(
        day=day,
        categories=settings.categories
        or tuple(session.listing.states if session.listing is not None else ()),
        state=fetch.state if fetch is not None else state,
        sound=sound or fetch is not None,
        last=last if fetch is None else "",
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
    status = _status(session, paper.id)
    missing = session.unreadable if paper is session.paper else ""
    return Leaf(
        paper, session.note(paper.id), source, noting=noted is not None, status=status, missing=missing
    )


def _state(session: Session) -> tuple[str, bool]:
    """How complete the listing shown is, by its worst category, and whether that is as it should be."""
    states = {} if session.listing is None else session.listing.states
    return _worst({name: _settled(session, state) for name, state in states.items()}, str)


def _settled(session: Session, state: ListingState) -> Completeness:
    """What a state says of its day by now: a listing that was the newest too long is whole all the same."""
    last = session.last_states.get(state.category)
    followed = last is not None and (last.listed or "") > (state.listed or "")
    return (
        Completeness.COMPLETE if state.completeness is Completeness.STALE and followed else state.completeness
    )


def _last(session: Session) -> tuple[str, bool]:
    """How the last fetch ended where the listing shown does not tell, and whether that is as it should be."""
    if session.fetch_failed:
        return _ENDED[Completeness.FAILED], False
    ends = {
        name: state.completeness
        for name in session.world.settings.categories
        if (state := session.last_states.get(name)) is not None
    }
    if session.day is not None and session.day != session.days.newest():
        ends = {name: end for name, end in ends.items() if end is Completeness.FAILED}
    shown = (
        [] if session.listing is None else [state.completeness for state in session.listing.states.values()]
    )
    return _worst(
        {name: end for name, end in ends.items() if end not in shown}, lambda end: _ENDED.get(end, "")
    )


def _worst(states: Mapping[str, Completeness], word: Callable[[Completeness], str]) -> tuple[str, bool]:
    """The worst of some categories' states in a word, with the category when it is not that of all."""
    if not states:
        return "", True
    worst = min(states.values(), key=_WORST.index)
    sound = worst in (Completeness.COMPLETE, Completeness.RESTS)
    bad = [name for name, state in states.items() if state is worst]
    if len(bad) == len(states) or worst is Completeness.COMPLETE or not word(worst):
        return word(worst), sound
    return f"{bad[0] if len(bad) == 1 else len(bad)} {word(worst)}", sound


def fetched(session: Session, fetch: Fetch) -> tuple[str, bool]:
    """What is to be said when a fetch has ended, what came and what was told; whether it is an error."""
    said, error = fetch.outcome
    came = []
    for iso in fetch.days:
        day = session.days.of(iso)
        listing = session.world.archive.listing(day) if day is not None else None
        if day is None or listing is None:
            continue
        papers = f"{len(listing.rows)} paper{'' if len(listing.rows) == 1 else 's'}"
        if day == session.day:
            came.append(f"Fetched: {papers}.")
        else:
            came.append(f"{day_name(iso)[:-5]}: {papers}; {_way(session, day)} goes there.")
    if not came and not said:
        came = ["Fetched: nothing new."]
    return " ".join([*came, said]).strip(), error


def _way(session: Session, day: date) -> str:
    """The key that leads from the day shown to another."""
    known = session.days.known()
    if session.day not in known:
        return "D"
    return {1: "]", -1: "["}.get(known.index(day) - known.index(session.day), "D")


def _status(session: Session, key: str) -> str:
    """What is decided on a paper: `kept for haul 11`."""
    record = session.world.library.paper(key) or {}
    haul = record.get("haul")
    if record.get("verdict") == Verdict.SKIP:
        return "skipped"
    if record.get("verdict") != Verdict.KEEP:
        return ""
    if haul == CURRENT:
        return f"✓ haul {session.number}"
    if haul == NEXT:
        return "✓ the next haul"
    published = session.world.library.haul(str(haul)) if haul else None
    return f"✓ haul {published['number']}" if published and published.get("number") else "✓ kept"


def _words(session: Session, fetching: bool) -> list[str]:
    """Paragraphs for the reader when no paper is under the cursor."""
    world, inbox = session.world, session.inbox
    if inbox.query:
        return [f"Nothing matches “{inbox.query}”.", "Esc clears the filter."]
    if inbox.rows:
        return ["Everything is folded away.", "↑ and ↓ choose a section, → unfolds it."]
    if session.day is None and session.days.known():
        return ["No open papers.", "Every listing day in the archive is done.", _coming(world)]
    if session.day is not None:
        return [f"No papers on {day_name(session.day.isoformat())}.", _coming(world)]
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

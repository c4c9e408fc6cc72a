"""What the main screen tells of a session: the header's facts, the reader's leaf, words for an empty list."""

from triage.ledger import Completeness, Listing
from triage.paper import Verdict
from triage.ports import World
from triage.steps import CURRENT, NEXT
from triage.tui.days import day_name
from triage.tui.fetching import Fetch, next_listing
from triage.tui.session import Session
from triage.tui.widgets.header import Facts
from triage.tui.widgets.reader import Leaf

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
    state, sound = _state(session.listing)
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
        others=session.days.others(session.day) if session.day is not None else (0, 0),
        counts=inbox.counts,
        haul=session.number,
        query=inbox.query,
        matching=len(inbox.hits) if inbox.query else 0,
    )


def leaf(session: Session, *, source: bool, noting: bool, fetching: bool) -> Leaf:
    """What the reader shows."""
    paper = session.paper
    if paper is None:
        return Leaf(words=tuple(_words(session, fetching)))
    return Leaf(paper, session.note(paper.id), source, noting=noting, status=_status(session, paper.id))


def _state(listing: Listing | None) -> tuple[str, bool]:
    """How complete a listing is, by its worst category, and whether that is as it should be."""
    states = [] if listing is None else list(listing.states.values())
    if not states:
        return "", True
    worst = min((state.completeness for state in states), key=_WORST.index)
    sound = worst in (Completeness.COMPLETE, Completeness.RESTS)
    bad = [state.category for state in states if state.completeness is worst]
    if len(bad) == len(states) or worst is Completeness.COMPLETE:
        return worst.value, sound
    return f"{bad[0] if len(bad) == 1 else len(bad)} {worst.value}", sound


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
        return ["Everything is folded away.", "The right arrow unfolds a section."]
    if session.day is None and session.days.known():
        return ["No open papers.", "Every listing day in the archive is done.", _coming(world)]
    if session.day is not None:
        return [f"No papers on {day_name(session.day.isoformat())}.", _coming(world)]
    if not world.settings.categories:
        return ["No categories are chosen.", 'Name some in the config: categories = ["cs.CL", "cs.LG"]']
    words = ["Fetching the first listing." if fetching else "No listing is in the archive yet."]
    for category in world.settings.categories:
        state = world.archive.last_state(category)
        if state is not None:
            words.append(f"{category}: {state.sentence or state.completeness.value}")
    if not fetching:
        words.append("r fetches." if world.fetch is not None else "Nothing can be fetched here.")
    return [*words, _coming(world)]


def _coming(world: World) -> str:
    return "" if world.demo else f"The next listing comes {next_listing(world.now())}."

"""The commands that only tell: list and show."""

from triage import clean, shown
from triage.actions import known, listing, note
from triage.actions.kept import haul_of, kept_in
from triage.cli import lines
from triage.cli import request as ask
from triage.cli.console import text
from triage.cli.deciding import key_of
from triage.cli.desk import Desk
from triage.cli.status import DONE, USAGE
from triage.cli.which_haul import tell_which
from triage.steps import CURRENT, NEXT


def list_papers(desk: Desk, request: ask.List) -> int:
    """`list`: mark, id and title, or JSON Lines."""
    tell_which(desk, request.haul)
    found = listing.select(
        desk.library,
        desk.archive,
        day=request.day,
        verdict=request.verdict.value,
        haul=request.haul,
        query=text(request.query),
        cross_lists=desk.settings.listing.cross_lists,
    )
    if request.json:
        for listed in found:
            desk.console.record(listing.as_record(desk.library, desk.archive, listed))
        return DONE
    empty = True
    for line in lines.of_list(found, lambda listed: _kept_before(desk, listed)):
        empty = False
        desk.console.say(line)
    if empty and not desk.archive.days():
        desk.console.tell("no listing is in the archive yet; `triage fetch` fetches today's")
    elif empty:
        desk.console.tell("no paper fits")
    return DONE


def show_papers(desk: Desk, request: ask.Show) -> int:
    """`show`: papers whole; those that nobody knows are named."""
    status, first = DONE, True
    for key in dict.fromkeys(key_of(word) for word in request.ids):
        paper = known.find(desk.library, desk.archive, key)
        if paper is None:
            name = clean.line(key)
            desk.console.tell(
                f"{name} is in no listing here and not in the library; `triage add {name}` adds it"
            )
            status = USAGE
            continue
        verdict = desk.library.verdict(key)
        if request.json:
            listed = listing.Listed(key, shown.title(paper), verdict)
            desk.console.record(listing.as_record(desk.library, desk.archive, listed))
            continue
        if not first:
            desk.console.say("\n" + "─" * lines.WIDTH + "\n")
        first = False
        record = desk.library.paper(key) or {}
        notes = [(_haul(desk, haul), said) for haul, said in note.notes_by_haul(desk.library, key) if said]
        made = _haul(desk, record["haul"]) if record.get("haul") in (CURRENT, NEXT) else ""
        where = " · ".join(filter(None, (made, kept_in(desk.library, key))))
        for line in lines.of_paper(paper, verdict, record.get("at"), where, notes):
            desk.console.say(line)
    desk.tell_notices()
    return status


def _kept_before(desk: Desk, listed: listing.Listed) -> str:
    """Of a paper that a listing announces: in which published haul it was kept, with its note."""
    if listed.row is None or not (kept := kept_in(desk.library, listed.id)):
        return ""
    haul = haul_of(desk.library, listed.id) or {}
    noted = clean.line((haul.get("entries") or {}).get(listed.id, {}).get("note") or "")
    return f"{kept}: {noted}" if noted else kept


def _haul(desk: Desk, key: str) -> str:
    name = listing.haul_name(desk.library, key)
    return f"{name} haul" if isinstance(name, str) else f"haul {name}"

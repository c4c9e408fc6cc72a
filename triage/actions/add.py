"""Add an arXiv paper or a web page to the current haul: at once, its details later."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from triage import shown, web_link
from triage.actions.decide import keeping
from triage.actions.kept import kept_in
from triage.actions.known import known
from triage.paper import Paper, is_arxiv
from triage.pasted import named_in
from triage.ports import Archive, Library, Record
from triage.steps import CURRENT, HAULS, NEXT, PAPERS, Change, Step, change

_ON_CARD = {"title": "title", "abstract": "excerpt"}
"""What of a paper its card says, and as which part of the card."""


class Candidate(NamedTuple):
    """A paper or page that a text names."""

    key: str
    """Its id; that which the library has it under."""
    title: str = ""
    """As shown; empty while nothing here knows it."""
    known: str = ""
    """Where it is in a haul already: `in this haul`, `kept in haul 17, 3 Sep 2025`; empty when in none."""
    is_published: bool = False
    """Whether that is a published haul, and no haul being made."""


def key_of(text: str) -> str:
    """The paper's id for what the user typed or pasted: an arXiv id or link, or a web link.

    Raises ValueError with a sentence fit to show for anything else, and for links that are not followed.
    """
    bare = text.strip()
    found = named_in(bare) if len(bare.split()) == 1 else ()
    if len(found) != 1 or not found[0].key:
        raise ValueError(nothing_in(bare))
    return found[0].key


def nothing_in(text: str) -> str:
    """The sentence for a text that names nothing that can be added."""
    short = text if len(text) <= 60 else text[:59] + "…"
    return f"{short!r} is neither an arXiv id nor a web link; give 2306.07899 or https://…"


def key_in(library: Library, key: str) -> str:
    """The id under which the library has a paper or page: a web page may be there under another link to it.

    A page that is not there gets the link without what only tells whence one came.
    """
    if is_arxiv(key) or library.paper(key) is not None:
        return key
    there = (other for other in web_link.same_page(key) if library.paper(other) is not None)
    return next(there, web_link.untracked(key))


def candidate(library: Library, archive: Archive, key: str) -> Candidate:
    """What is known of a paper or page that is to be added."""
    key = key_in(library, key)
    haul = (library.paper(key) or {}).get("haul")
    in_hand = {CURRENT: "in this haul", NEXT: "in the next haul"}.get(haul or "", "")
    published = "" if in_hand else kept_in(library, key)
    title = shown.title(known(library, archive, key))
    return Candidate(key, title, in_hand or published, is_published=bool(published))


def add(
    library: Library,
    archive: Archive,
    keys: Iterable[str],
    now: datetime,
    note: str = "",
    *,
    anew: bool = False,
) -> Step | None:
    """Keep papers and pages for the current haul as one Step, with what is known of them already.

    Those in the current or the next haul already are left as they are, and so are those of published hauls
    unless `anew`; None when that is all of them. A note goes to every paper added. Raises NotSaved.
    """
    changes: list[Change] = []
    for key in dict.fromkeys(key_in(library, key) for key in keys):
        record = library.paper(key)
        if (record or {}).get("haul") in (CURRENT, NEXT) or (kept_in(library, key) and not anew):
            continue
        changes += keeping(record, known(library, archive, key), now)
        if note:
            changes.append(Change(PAPERS, key, ("note",), (record or {}).get("note"), note))
    return library.record("add", changes) if changes else None


def fill_in(library: Library, paper: Paper) -> Step | None:
    """Bring looked-up details to a paper in the library; what the user corrected meanwhile stays.

    None when nothing is new. Raises NotSaved.
    """
    record = library.paper(paper.id)
    if record is None:
        return None
    missing = {name: value for name, value in paper.as_record().items() if not record.get(name)}
    return library.record("details", change(PAPERS, paper.id, record, **missing)) if missing else None


def correct(library: Library, key: str, **fields: str | Sequence[str]) -> Step | None:
    """Correct title, authors, abstract, site or published of a paper in the haul; None when nothing changes.

    What was corrected takes the place of what a hand wrote into the card. Raises NotSaved.
    """
    told = {name: value if isinstance(value, str) else list(value) for name, value in fields.items()}
    after = {name: value or None for name, value in told.items()}
    changes = list(change(PAPERS, key, library.paper(key), **after))
    own = _own_parts(library, key)
    for name, part in _ON_CARD.items():
        if name in fields and own.get(part) is not None:
            changes.append(Change(HAULS, CURRENT, ("entries", key, part), own[part], None))
    return library.record("correct", changes) if changes else None


def to_correct(library: Library, key: str) -> Paper:
    """A paper of the haul as it is offered for correction: under the title that its card has."""
    record = library.paper(key)
    paper = Paper.from_record(record) if record is not None else Paper(id=key, title="")
    return replace(paper, title=_own_parts(library, key).get("title") or paper.title)


def _own_parts(library: Library, key: str) -> Record:
    """What a hand wrote into the card of a paper in the current haul."""
    own: Record = ((library.haul(CURRENT) or {}).get("entries") or {}).get(key) or {}
    return own

"""Add an arXiv paper or a web page to the current haul: at once, its details later."""

from collections.abc import Iterable
from datetime import datetime

from triage import web_link
from triage.actions.decide import keeping
from triage.actions.known import known
from triage.paper import Paper, PaperId
from triage.ports import Archive, Library
from triage.steps import CURRENT, NEXT, PAPERS, Change, Step, change


def key_of(text: str) -> str:
    """The paper's id for what the user typed or pasted: an arXiv id or link, or a web link.

    Raises ValueError with a sentence fit to show for anything else, and for links that are not followed.
    """
    bare = text.strip()
    try:
        return PaperId.parse(bare).key
    except ValueError:
        pass
    if not web_link.is_safe(bare):
        shown = bare if len(bare) <= 60 else bare[:59] + "…"
        raise ValueError(f"{shown!r} is neither an arXiv id nor a web link; give 2306.07899 or https://…")
    return bare


def add(
    library: Library, archive: Archive, keys: Iterable[str], now: datetime, note: str = ""
) -> Step | None:
    """Keep papers and pages for the current haul as one Step, with what is known of them already.

    Those in the current or the next haul already are left as they are; None when that is all of them.
    A note goes to every paper added. Raises NotSaved.
    """
    changes: list[Change] = []
    for key in dict.fromkeys(keys):
        record = library.paper(key)
        if (record or {}).get("haul") in (CURRENT, NEXT):
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


def correct(library: Library, key: str, **fields: str) -> Step | None:
    """Correct title, abstract, site or published of a paper in the haul; None when nothing changes.

    Raises NotSaved.
    """
    record = library.paper(key)
    changes = list(change(PAPERS, key, record, **{name: value or None for name, value in fields.items()}))
    return library.record("correct", changes) if changes else None

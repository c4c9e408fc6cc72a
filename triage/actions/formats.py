"""A haul in the formats beside the post: its papers with their notes, in the post's order."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from triage import clean
from triage.actions import listing
from triage.export.bibtex import bibtex
from triage.export.csl_json import csl_json
from triage.export.kept import Kept
from triage.export.markdown import markdown_list
from triage.export.ris import ris
from triage.paper import is_arxiv
from triage.ports import Archive, Library

HAUL = "haul"
"""The post."""
JSON = "json"
PAPERS = "papers"
"""One Markdown file per paper, in a folder."""
_WRITERS: Mapping[str, Callable[[Iterable[Kept]], str]] = {
    "bibtex": lambda kept: bibtex(one.paper for one in kept),
    "ris": ris,
    "csl-json": csl_json,
    "markdown": markdown_list,
}
FORMATS = (HAUL, *_WRITERS, JSON, PAPERS)
"""Every format, in the order in which they are told."""


def text_of(library: Library, archive: Archive, haul: int | str, name: str) -> str:
    """A haul, by its number or `current`, in one of the formats that make one text and are not the post.

    Raises Refused when there is no such haul, and Unreachable when a listing cannot be read.
    """
    if name == JSON:
        papers = listing.select(library, archive, haul=haul)
        records = (listing.as_record(library, archive, one) for one in papers)
        return "".join(clean.escaped(json.dumps(one, ensure_ascii=False)) + "\n" for one in records)
    return _WRITERS[name](kept(library, archive, haul))


def kept(library: Library, archive: Archive, haul: int | str) -> list[Kept]:
    """The papers of a haul, by its number or `current`, each once, with its notes there.

    Raises as `text_of` does.
    """
    found: dict[str, Kept] = {}
    for one in listing.select(library, archive, haul=haul):
        paper, note = listing.paper_of(library, archive, one), listing.note_in(library, one)
        key = _without_number(paper.id)
        if key in found:
            notes = filter(None, (found[key].note, note))
            found[key] = found[key]._replace(note="\n\n".join(notes))
        else:
            found[key] = Kept(replace(paper, id=key, title=paper.title or one.title), note)
    return list(found.values())


def _without_number(key: str) -> str:
    """A paper's id, of an entry that is the second with its link (`2306.00001#2`)."""
    bare, _, number = key.rpartition("#")
    return bare if number.isdigit() and is_arxiv(bare) else key

"""Links from a note to another paper, or to the haul that praised it: what can be linked, and how."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from triage import clean, shown
from triage.actions.haul import published
from triage.actions.kept import haul_of, haul_on
from triage.actions.post_files import slug
from triage.export.links import markdown_link
from triage.haul import fill
from triage.paper import Paper
from triage.ports import Library
from triage.settings import HaulSettings
from triage.steps import CURRENT, NEXT
from triage.web_link import is_safe

_NO_ADDRESS = 'No address of hauls is known: set url = "https://…/haul-{number}" under [haul] in the config.'


class NoHaul(Exception):
    """No link can lead to a haul; the message is a sentence fit to show: why, what to do."""


class Linkable(NamedTuple):
    """A paper that a note can link to."""

    key: str
    """The paper's id."""
    title: str
    """As shown."""
    link: str
    where: str
    """The haul it is in: `haul 17, 3 Sep 2025`, `this haul`."""
    sought: str
    """What a filter looks through, casefolded."""


def linkables(library: Library) -> Iterator[Linkable]:
    """The kept papers, each once: those of this haul and the next, then those of the latest haul, and so on.

    They are made one by one as they are asked for.
    """
    told: set[str] = set()
    own = (library.haul(CURRENT) or {}).get("entries") or {}
    for haul, where in ((CURRENT, "this haul"), (NEXT, "the next haul")):
        for record in library.in_haul(haul):
            paper = Paper.from_record(record)
            mine = (own.get(paper.id) or {}).get("title") if haul == CURRENT else None
            title = clean.line(mine) if mine else shown.title(paper)
            told.add(paper.id)
            yield _linkable(paper.id, title or paper.id, paper.url, where, paper.title)
    for haul_document in reversed(library.hauls()):
        where = haul_on(haul_document)
        entries: Mapping[str, Any] = haul_document.get("entries") or {}
        for key, entry in sorted(entries.items(), key=lambda one: str(one[1].get("title")).casefold()):
            if key not in told:
                told.add(key)
                title = clean.line(str(entry.get("title") or key))
                yield _linkable(key, title, str(entry.get("link") or ""), where)


def link_to_paper(linkable: Linkable) -> str:
    """`[title](link)`; the title alone where the link is none that may be followed."""
    if is_safe(linkable.link):
        return markdown_link(linkable.title, linkable.link)
    return linkable.title


def link_to_haul(library: Library, settings: HaulSettings, key: str) -> str:
    """`[haul 17](where it is read)`: the latest published haul that has a paper. Raises NoHaul."""
    if settings.url is None:
        raise NoHaul(_NO_ADDRESS)
    document = haul_of(library, key)
    if document is None:
        raise NoHaul("No published haul has this paper yet.")
    number = document.get("number")
    if not number and "{number}" in settings.url:
        raise NoHaul("The haul that has this paper has no number, which its address would need.")
    haul = published(library, document["id"])
    day = str(document.get("published_at") or "")[:10]
    url = fill(settings.url, number=number, date=day, slug=slug(haul.title))
    return markdown_link(f"haul {number}" if number else haul.title, url)


def _linkable(key: str, title: str, link: str, where: str, source: str = "") -> Linkable:
    return Linkable(key, title, link, where, f"{title} {source} {key} {where}".casefold())

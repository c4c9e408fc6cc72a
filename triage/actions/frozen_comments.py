"""The comments of a published haul as they were published: the haul's own, whatever takes a comment after.

Where two machines publish the same comments apart, each comment is in the later haul. What the earlier one
was published with stands in its own document, and so in its post.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from triage.ports import Library, Record
from triage.steps import HAULS, Change

FIELD = "comments"
"""In the haul's document, by the comment's id: place, text and whether it is verbatim."""


def freezing(haul: str, comments: Iterable[Record]) -> Iterator[Change]:
    """The changes that keep comments in the document of the haul that is published with them."""
    for one in comments:
        kept = {name: one[name] for name in ("place", "text", "verbatim") if one.get(name) is not None}
        yield Change(HAULS, haul, (FIELD, one["id"]), None, kept)


def comments_of(library: Library, haul: str) -> Sequence[Record]:
    """The comments of a haul, in no order, with those that are in a later one now."""
    here = library.comments(haul)
    kept = ((library.haul(haul) or {}).get(FIELD) or {}).items()
    there = {one["id"] for one in here}
    return [*here, *({"id": key, "haul": haul, **one} for key, one in kept if key not in there)]


def following(library: Library, haul: str, texts: Mapping[str, str | None]) -> Iterator[Change]:
    """The changes by which a published haul follows its user: by comment the text, None for removed."""
    kept = (library.haul(haul) or {}).get(FIELD) or {}
    for key in kept.keys() & texts.keys():
        text = texts[key]
        if text is None:
            yield Change(HAULS, haul, (FIELD, key), kept[key], None)
        elif text != kept[key].get("text"):
            yield Change(HAULS, haul, (FIELD, key, "text"), kept[key].get("text"), text)

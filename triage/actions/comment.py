"""Comments: the user's Markdown that belongs to a haul and to no paper."""

from collections.abc import Sequence
from uuid import uuid4

from triage.actions.frozen_comments import following
from triage.ports import Library, Record
from triage.steps import COMMENTS, CURRENT, Change, Step, change
from triage.user_text import user_text


def add(library: Library, text: str, *, haul: str = CURRENT) -> Step | None:
    """Add a comment at the end of a haul's; None for an empty text. Raises NotSaved."""
    written = user_text(text)
    if not written:
        return None
    place = 1 + max((comment["place"] for comment in library.comments(haul)), default=0)
    key = uuid4().hex[:12]
    return library.record("comment", change(COMMENTS, key, None, haul=haul, place=place, text=written))


def edit(library: Library, comment: Record, text: str) -> Step | None:
    """Replace a comment's text as the user saw it; an empty text removes it. Raises NotSaved."""
    written = user_text(text)
    if written == comment["text"]:
        return None
    if not written:
        return remove(library, comment)
    edited = Change(COMMENTS, comment["id"], ("text",), comment["text"], written)
    return library.record("comment", [edited, *following(library, comment["haul"], {comment["id"]: written})])


def remove(library: Library, comment: Record) -> Step:
    """Remove a comment. Raises NotSaved."""
    fields = {name: None for name in comment if name != "id"}
    kept = following(library, comment["haul"], {comment["id"]: None})
    return library.record("remove comment", [*change(COMMENTS, comment["id"], comment, **fields), *kept])


def move(library: Library, comment: Record, by: int) -> Step | None:
    """Move a comment up (-1) or down (1) among its haul's; None at the end. Raises NotSaved."""
    comments: Sequence[Record] = library.comments(comment["haul"])
    here = next(at for at, other in enumerate(comments) if other["id"] == comment["id"])
    there = here + by
    if not 0 <= there < len(comments):
        return None
    order = list(comments)
    order.insert(there, order.pop(here))
    changes = [
        made
        for place, other in enumerate(order, start=1)
        for made in change(COMMENTS, other["id"], other, place=place)
    ]
    return library.record("move comment", changes)

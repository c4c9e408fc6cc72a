"""A post that was edited by hand, and the library: the haul that holds what both say."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from triage.hand_edits import comments, entries, front
from triage.hand_edits.base import Base, of_verbatim
from triage.hand_edits.edit import Edit, What, Where
from triage.haul import Haul, Verbatim

_AROUND = {
    "newline": "The ends of the lines",
    "start": "A byte order mark",
    "opening": "What stands before the headings",
    "headless": "The headings",
    "before_comments": "The white space before the comments",
    "after_comments": "The white space after the comments",
    "without_comments": "A comments heading with nothing under it",
    "content": "What stands before the first card",
    "end": "What stands at the end",
}


@dataclass(frozen=True, slots=True)
class Merged:
    """A haul with a hand's edits."""

    haul: Haul
    """What the library is to hold."""
    there: Haul
    """What the file says, its comments under the ids that they have here."""
    front: front.Front
    added: tuple[str, ...]
    """The papers of cards that the haul did not have."""
    removed: tuple[str, ...]
    """The papers whose cards were deleted."""
    edits: tuple[Edit, ...]
    """In the post's order."""


def merged(
    base: Base | None,
    ours: Haul,
    theirs: Haul,
    by: entries.By,
    *,
    notes: Mapping[str, str],
    new_id: Callable[[], str],
) -> Merged:
    """The library's haul with the edits that a hand made in its file.

    `base`: what the file said when it was written; None where that is not known, and then the library is
    taken to say it still. `theirs` is keyed as `ours` is. `notes`: those that the library has on papers which
    are not in the haul. `new_id` gives new comments their ids.
    """
    was = base if base is not None else Base.of(ours)
    head = front.merged(was, ours.front, theirs.front)
    said = comments.merged(was.comments, ours.comments, theirs.comments, new_id)
    cards = entries.merged(was.entries, ours.entries, theirs.entries, by, notes)
    around, form = ours.verbatim, list[Edit]()
    if of_verbatim(theirs.verbatim) not in (was.around, of_verbatim(ours.verbatim)):
        around = theirs.verbatim
        form = [*_form(ours.verbatim, theirs.verbatim)]
    haul = replace(ours, front=head.fields, comments=said.placed, entries=cards.placed, verbatim=around)
    every = [*head.edits, *said.edits, *cards.edits, *form]
    there = replace(theirs, comments=said.there)
    return Merged(haul, there, head, cards.added, cards.removed, tuple(_in_order(every)))


def _form(ours: Verbatim, theirs: Verbatim) -> Sequence[Edit]:
    return [
        Edit(Where.FORM, What.CHANGED, words)
        for name, words in _AROUND.items()
        if getattr(ours, name) != getattr(theirs, name)
    ]


def _in_order(edits: Sequence[Edit]) -> Sequence[Edit]:
    places = list(Where)
    return sorted(edits, key=lambda edit: places.index(edit.where))

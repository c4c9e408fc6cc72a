"""What was added and is still without a title: the network was away, or the look-up was not waited for."""

from collections.abc import Sequence

from triage.ports import Library
from triage.steps import CURRENT, NEXT


def untitled(library: Library) -> Sequence[str]:
    """The ids of papers and pages in the haul being made and the next one that have no title yet."""
    records = (*library.in_haul(CURRENT), *library.in_haul(NEXT))
    return [record["id"] for record in records if not record.get("title")]

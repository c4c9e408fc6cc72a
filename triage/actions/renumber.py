"""Another number for a published haul: where two machines published apart, both hauls have the same one."""

import re
from dataclasses import replace
from datetime import datetime

from triage import clean, front_matter
from triage.actions import haul as hauls
from triage.actions import post_files
from triage.actions.haul import Published, Refused
from triage.actions.numbering import of_number
from triage.haul import Haul, number_of
from triage.ports import Library, Posts, Unreachable
from triage.settings import HaulSettings, Settings
from triage.steps import HAULS, change

WHAT = "number"


def renumbered(haul: Haul, settings: HaulSettings, number: int) -> Haul:
    """A published haul with another number: in its title, and wherever the config had put the old one."""
    old = haul.number or 0
    before, after = (
        {one.key: one.value for one in front_matter.new(settings, its, len(haul.entries), haul.published_at)}
        for its in (old, number)
    )
    front = tuple(
        replace(one, value=after[one.key], source="") if before.get(one.key) == one.value else one
        for one in haul.front
    )
    now = replace(haul, number=number, front=front)
    if number_of(now.title, settings.title) == old != number:
        # A title of the user's own: its last number is what an import would read.
        now = now.with_value("title", re.sub(r"[0-9]+(?=[^0-9]*\Z)", str(number), now.title))
    return now


def place_of(posts: Posts, settings: Settings, haul: Haul, now: datetime) -> str:
    """Where the post of a published haul goes, by the config and the day it was published."""
    try:
        return post_files.place_of(posts, settings, haul, datetime.fromisoformat(haul.published_at))
    except ValueError:
        return post_files.place_of(posts, settings, haul, now)


def later_of(library: Library, number: int) -> str:
    """The id of the haul that is to get another number. Raises Refused when only one, or none, has it."""
    found = of_number(library, number)
    if not found:
        raise Refused(f"There is no haul {number}.")
    if len(found) == 1:
        raise Refused(
            f"Haul {number} is published, and no other has its number; it keeps it. "
            "Without --haul the current haul is published."
        )
    return str(found[-1]["id"])


def renumber(
    library: Library,
    posts: Posts,
    settings: Settings,
    now: datetime,
    key: str,
    number: int,
    *,
    place: str | None = None,
    overwrite: bool = False,
) -> Published:
    """Give a published haul another number, in one Step, and write its post; the file it had stays.

    Raises Refused for a number in use, Foreign or Edited for a file in the way, Unreachable, NotSaved.
    """
    hauls.refuse_used(library, number)
    old = hauls.published(library, key)
    new = renumbered(old, settings.haul, number)
    target = post_files.target(posts, place or place_of(posts, settings, new, now))
    hauls.refuse_foreign(library, posts, key, target, hauls.encoded(new), overwrite=overwrite)
    front = new.as_document(key)["front"]
    library.record(WHAT, change(HAULS, key, library.haul(key), number=number, front=front))
    try:
        hauls.export_post(library, posts, settings, now, target, key=key, overwrite=overwrite)
    except Unreachable as refusal:
        raise Unreachable(
            f"the haul is {number} now, but its post did not come to {clean.name(target)}: {refusal}; "
            f"write it again with `triage export --haul {number} -o FILE`"
        ) from refusal
    return Published(number, target, len(new.entries))

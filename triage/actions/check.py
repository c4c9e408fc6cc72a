"""Read everything there is and say what was found; nothing is changed."""

from collections.abc import Iterable, Iterator, Sequence

from triage import clean
from triage.actions import post_files
from triage.actions.post_files import Standing
from triage.findings import Checking, Finding, Part, Progress, Weight, counted
from triage.ports import Library, Posts, Unreachable
from triage.steps import CURRENT

CONFIG = "config"
"""The part that tells of the config."""


def check(
    rooms: Iterable[Checking],
    library: Library | None,
    posts: Posts,
    faults: Sequence[str],
    progress: Progress,
) -> Iterator[Part]:
    """What is in each room, then the posts that were exported, and the config with its `faults`.

    `library` is open for reading; None where it cannot be opened.
    """
    for room in rooms:
        yield from room.parts(progress)
    yield _posts(library, posts, progress)
    yield Part(
        CONFIG,
        "in order" if not faults else counted(len(faults), "fault"),
        {"faults": len(faults)},
        [Finding("fault", fault, file=CONFIG) for fault in faults],
    )


def _posts(library: Library | None, posts: Posts, progress: Progress) -> Part:
    if library is None:
        return Part("posts", "not looked for: the library cannot be opened")
    keys = [CURRENT, *(str(haul["id"]) for haul in library.hauls())]
    as_written = others = 0
    findings: list[Finding] = []
    for done, key in enumerate(keys):
        progress("reading posts", done, len(keys))
        for place in post_files.places(library, posts, key):
            found = _of_post(library, posts, key, place)
            others += found is not None
            as_written += found is None
            findings += [found] if found is not None else []
    total = as_written + others
    told = "none exported"
    if total:
        told = f"{total:,}, as written" if not others else f"{total:,}, {as_written:,} of them as written"
    return Part("posts", told, {"posts": total, "as_written": as_written}, findings)


def _of_post(library: Library, posts: Posts, key: str, place: str) -> Finding | None:
    """What is to be said of a post's file; None when it is as it was written."""
    where = clean.name(place)
    try:
        if posts.hash(place) is None:
            return _remark("post gone", f"{where} is not there any more.", place)
        if post_files.standing(library, posts, key, place) is Standing.OURS:
            return None
    except Unreachable as refusal:
        return _remark("post unreadable", str(refusal), place)
    return _remark(
        "post edited",
        f"{where} was edited since it was written; `triage export --read-back` takes that over.",
        place,
    )


def _remark(kind: str, sentence: str, place: str) -> Finding:
    return Finding(kind, sentence, weight=Weight.REMARK, file=place)

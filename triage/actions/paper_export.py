"""A haul as one Markdown file per paper, in a folder that may hold the user's own files and edits."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

from triage import clean
from triage.actions.haul import Refused
from triage.digest import sha256
from triage.export.kept import Kept
from triage.export.paper_files import paper_files
from triage.ports import Library, Posts
from triage.steps import CURRENT, FILES, HAULS, Change


class Laid(NamedTuple):
    """What an export into a folder did."""

    folder: str
    """Its whole path."""
    papers: int
    """Files that hold now what was exported."""
    left: Sequence[str]
    """A sentence on each file that was left alone."""


def export_papers(
    library: Library,
    posts: Posts,
    papers: Iterable[Kept],
    tags: Sequence[str],
    folder: str,
    *,
    key: str = CURRENT,
    overwrite: bool = False,
) -> Laid:
    """Write the file of each paper of a haul into a folder, and note that it is ours.

    A file that no haul was written to, and one that was edited since, is left alone unless `overwrite`.
    Raises Refused when the folder is a file; Unreachable; NotSaved, and then the file in hand is as it was.
    """
    whole = posts.whole(folder)
    if posts.hash(whole):
        raise Refused(f"{clean.name(whole)} is a file; name a folder for one file per paper")
    left: list[str] = []
    written = 0
    for name, text in paper_files(papers, tags):
        target, data = f"{whole.rstrip('/')}/{name}", text.encode("utf-8", "replace")
        why = None if overwrite else _refusal(library, posts, target, data)
        if why is not None:
            left.append(f"{clean.name(target)} {why}; it is left alone, and --overwrite replaces it")
            continue
        note = partial(_note_written, library, key, target, data)
        if posts.hash(target) == sha256(data):
            note()
        else:
            posts.write(target, data, note)
        written += 1
    return Laid(whole, written, left)


def _refusal(library: Library, posts: Posts, target: str, data: bytes) -> str | None:
    """Why a file may not be written over; None when it may."""
    there = posts.hash(target)
    if there in (None, sha256(data)):
        return None
    hauls = [library.haul(CURRENT) or {}, *library.hauls()]
    ours = {files[target] for haul in hauls if target in (files := haul.get(FILES) or {})}
    if there in ours:
        return None
    return "was edited since it was written" if ours and there else "is there already and not ours"


def _note_written(library: Library, key: str, target: str, data: bytes) -> None:
    before, now = ((library.haul(key) or {}).get(FILES) or {}).get(target), sha256(data)
    if before != now:
        library.record("export", [Change(HAULS, key, (FILES, target), before, now)])

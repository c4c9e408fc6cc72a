"""Results to lines that people read: plain, without colours, the same on a terminal and on a pipe."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from textwrap import shorten, wrap

from triage import clean, shown
from triage.actions.listing import Listed
from triage.paper import Paper, Verdict
from triage.ports import Undone
from triage.steps import COMMENTS, FILES, HAULS, PAPERS, Change, Step

WIDTH = 80
_WIDEST_ID = 20
"""Columns of the ids; a web page's URL may stand out."""
MARK = {Verdict.KEEP: "✓", Verdict.SKIP: "–", None: " "}
SEEN = "·"
"""The mark of a replacement of a kept paper that was seen."""


def of_list(papers: Iterable[Listed], beneath: Callable[[Listed], str]) -> Iterator[str]:
    """Mark, id, title; the titles stand below each other, and `beneath` a paper what else is to be told."""
    found = list(papers)
    width = max((len(one.id) for one in found if len(one.id) <= _WIDEST_ID), default=0)
    for one in found:
        yield f"{SEEN if one.seen else MARK[one.verdict]} {clean.line(one.id):<{width}}  {one.title}".rstrip()
        told = beneath(one)
        if told:
            yield " " * (width + 4) + shorten(told, WIDTH - width - 4, placeholder=" …")


def of_paper(
    paper: Paper,
    verdict: Verdict | None,
    decided_at: str | None,
    haul: str | None,
    notes: Sequence[tuple[str, str]],
) -> Iterator[str]:
    """A paper whole: what it is, its abstract, what was decided, its notes with the haul of each."""
    yield from _wrapped(shown.title(paper) or clean.line(paper.url))
    yield from _wrapped(", ".join(shown.authors(paper)))
    yield from _wrapped(" · ".join(_facts(paper)))
    yield clean.line(paper.url)
    for fact in (paper.arxiv_comments, paper.journal_ref, paper.doi and f"doi:{paper.doi}"):
        yield from _wrapped(shown.text(paper.id, fact or ""))
    if paper.abstract:
        yield ""
        yield from _wrapped(shown.abstract(paper))
    yield ""
    yield " · ".join(
        part for part in (verdict or "open", decided_at and f"decided {decided_at}", haul) if part
    )
    for where, note in notes:
        yield ""
        yield f"note, {where}:"
        yield from clean.shown(note).split("\n")


def _facts(paper: Paper) -> Iterator[str]:
    if paper.categories:
        yield " ".join(paper.categories)
    if paper.kind is not None or paper.version is not None:
        yield f"{paper.id}v{paper.version}" if paper.version else paper.id
    if paper.kind is not None:
        yield str(paper.kind)
    if paper.listed:
        yield f"listed {paper.listed}"
    if paper.site:
        yield paper.site
    if paper.published:
        yield f"published {paper.published[:10]}"


def _wrapped(text: str) -> Sequence[str]:
    return wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def of_undone(undone: Undone, how: str) -> Iterator[str]:
    """What an undo (`how`: undone) or a redo did, and what stayed as it was."""
    yield f"{how}: {of_step(undone.target)}"
    if undone.target.what == "publish" and how == "undone":
        yield "the haul is current again; its file stays where it is"
    if undone.stayed:
        names = ", ".join(dict.fromkeys(_name(change) for change in undone.stayed))
        yield f"left as it is, for it was changed since: {names}"


def of_step(step: Step) -> str:
    """A step in words: `keep of 2306.07899`, `skip of 12 papers (finish)`, `publish of haul 21`."""
    keys = list(dict.fromkeys(change.key for change in step.changes if change.table == PAPERS))
    number = next(
        (made.after for made in step.changes if made.table == HAULS and made.path == ("number",)), None
    )
    if step.what in ("publish", "import", "number") and number is not None:
        return f"{step.what} of haul {number}"
    file = next((made.path[1] for made in step.changes if made.path[0] == FILES and made.path[1:]), "")
    if step.what == "read back" and file:
        return f"{step.what} of {clean.name(file)}"
    verb, more = ("skip", " (finish)") if step.what == "finish" else (step.what, "")
    if not keys:
        notes = [change.path[1] for change in step.changes if change.path[0] == "entries" and change.path[1:]]
        return f"{verb} on {notes[0]}" if notes else verb
    return (
        f"{verb} of {clean.line(keys[0])}{more}" if len(keys) == 1 else f"{verb} of {len(keys)} papers{more}"
    )


def _name(change: Change) -> str:
    if change.table == PAPERS:
        return f"{change.path[0]} of {clean.line(change.key)}"
    if change.table == COMMENTS:
        return "a comment"
    return f"{' '.join(clean.line(part) for part in change.path)} of a haul"

"""The commands that decide and write: keep, skip, reopen, note, comment, undo, redo."""

from collections.abc import Callable, Iterable

from triage import clean, shown
from triage.actions import add, comment, decide, known, note, replaced
from triage.actions.haul import Refused
from triage.actions.numbering import haul_said
from triage.cli import lines
from triage.cli import request as ask
from triage.cli.console import text
from triage.cli.desk import Desk
from triage.cli.status import DONE, USAGE
from triage.paper import Paper
from triage.ports import Record, Undone
from triage.post import faults_in_comment, faults_in_note
from triage.replacement import Mark, is_of_kept, mark_on
from triage.user_text import user_text


def known_papers(desk: Desk, words: Iterable[str]) -> list[Paper]:
    """The papers that ids or links name, each once. Raises Refused for one that nobody knows here."""
    papers = {}
    for word in words:
        key = add.key_in(desk.library, key_of(word))
        paper = known.find(desk.library, desk.archive, key)
        if paper is None:
            raise Refused(
                f"{key} is in no listing here and not in the library; `triage add {key}` puts it in the haul."
            )
        papers[key] = paper
    desk.tell_notices()
    return list(papers.values())


def key_of(word: str) -> str:
    """The paper's id that a word names. Raises Refused."""
    try:
        return add.key_of(text(word))
    except ValueError as wrong:
        raise Refused(str(wrong)) from wrong


def decide_on(desk: Desk, request: ask.Decide) -> int:
    """`keep`, `skip`, `reopen`: all of the papers or none, as one Step."""
    papers = known_papers(desk, request.ids)
    before = {paper.id: desk.library.paper(paper.id) for paper in papers}
    match request.decision:
        case ask.Decision.KEEP | ask.Decision.HOLD:
            decide.keep(desk.library, papers, desk.now(), hold=request.decision is ask.Decision.HOLD)
        case ask.Decision.SKIP:
            decide.skip(desk.library, papers, desk.now())
        case ask.Decision.REOPEN:
            decide.reopen(desk.library, [_to_reopen(paper, before[paper.id]) for paper in papers])
    for paper in papers:
        desk.console.say(f"{_decided(desk, request.decision, paper)}: {name_of(paper)}")
        if request.decision in (ask.Decision.KEEP, ask.Decision.HOLD):
            anew = replaced.keep_said(desk.library, paper, before[paper.id])
            if anew:
                desk.console.say(anew)
    return DONE


def _to_reopen(paper: Paper, record: Record | None) -> Paper:
    """What to reopen of a paper: its replacement if anything was done to that, else what was kept before."""
    is_open = is_of_kept(paper, record) and mark_on(paper, record) is Mark.OPEN
    return decide.as_decided(paper, record) if is_open else paper


def _decided(desk: Desk, decision: ask.Decision, paper: Paper) -> str:
    """What was decided on a paper, or on its replacement while the paper stays kept."""
    record = desk.library.paper(paper.id)
    if record is not None and decision in (ask.Decision.SKIP, ask.Decision.REOPEN):
        verb = {Mark.SEEN: "seen", Mark.OPEN: "unseen again"}.get(mark_on(paper, record))
        if verb is not None and is_of_kept(paper, record):
            return f"{verb}, and kept in {haul_said(desk.library, record.get('haul'))} as before"
    said = {"keep": "kept", "hold": "held for the next haul", "skip": "skipped", "reopen": "open again"}
    return said[decision]


def write_note(desk: Desk, request: ask.Note) -> int:
    """`note`: empty input never replaces a note, `--clear` takes it away."""
    (paper,) = known_papers(desk, [request.id])
    record = desk.library.paper(paper.id)
    before = note.note_on(desk.library, paper)
    if request.writing is ask.Writing.CLEAR:
        note.write(desk.library, paper, "", desk.now())
        desk.console.say(
            f"note cleared: {name_of(paper)}" if before else f"no note to clear: {name_of(paper)}"
        )
        return DONE
    appending = request.writing is ask.Writing.APPEND
    written = text_given(desk, request.text, "note ID", "" if appending else before)
    if written is None:
        return USAGE
    if not written.strip():
        stays = "the note stays as it is; --clear takes it away" if before else "nothing was written"
        desk.console.tell(f"the text is empty: {stays}")
        return USAGE
    whole = f"{before}\n\n{user_text(written)}" if appending and before else written
    step = note.write(desk.library, paper, whole, desk.now(), over=before)
    desk.console.say(f"noted: {name_of(paper)}" if step else f"the note says so already: {name_of(paper)}")
    anew = replaced.keep_said(desk.library, paper, record) if step else ""
    if anew:
        desk.console.say(anew)
    warn(desk, "note", faults_in_note(user_text(whole)))
    return DONE


def write_comment(desk: Desk, request: ask.Comment) -> int:
    """`comment`: one more comment in the current haul."""
    written = text_given(desk, request.text, "comment", "")
    if written is None:
        return USAGE
    if comment.add(desk.library, written) is None:
        desk.console.tell("the comment is empty: nothing was added")
        return USAGE
    desk.console.say("comment added to the current haul")
    warn(desk, "comment", faults_in_comment(user_text(written)))
    return DONE


def undo(desk: Desk, request: ask.Undo) -> int:
    """`undo`: so many steps, each in words."""
    return _take_back(desk, request.times, desk.library.undo, "undone", "undo")


def redo(desk: Desk, request: ask.Redo) -> int:
    """`redo`: likewise."""
    return _take_back(desk, request.times, desk.library.redo, "done again", "redo")


def _take_back(desk: Desk, times: int, one: Callable[[], Undone | None], how: str, verb: str) -> int:
    for _ in range(times):
        undone = one()
        if undone is None:
            desk.console.tell(f"nothing is left to {verb}")
            break
        for line in lines.of_undone(undone, how):
            desk.console.say(line)
    return DONE


def text_given(desk: Desk, given: str | None, command: str, now: str) -> str | None:
    """The text that was given, came on standard input, or was written in the editor; None for none."""
    if given == "-":
        return desk.console.read()
    if given is not None:
        return text(given)
    if not desk.console.interactive:
        desk.console.tell(
            f"no text: give it as in `triage {command} 'some words'`, or - to read standard input"
        )
        return None
    edited = desk.editor.edit(now)
    if edited.said:
        desk.console.tell(edited.said)
    return edited.text


def warn(desk: Desk, what: str, fault: tuple[int, str] | None) -> None:
    if fault is not None:
        desk.console.tell(f"saved, but line {fault[0]} of the {what} would not read back: {fault[1]}")


def name_of(paper: Paper) -> str:
    title = shown.title(paper)
    return f"{clean.line(paper.id)}  {title}" if title else clean.line(paper.id)

"""`export --read-back`: the edits of a post, shown as a diff, taken over, and the post written again."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from triage import clean
from triage.actions import haul as hauls
from triage.actions import post_files, read_back
from triage.actions.read_back import ReadBack
from triage.cli.adding import fill_in
from triage.cli.desk import Desk
from triage.cli.lines import WIDTH
from triage.cli.status import DONE
from triage.hand_edits.edit import Edit
from triage.hand_edits.telling import Told, counted, told
from triage.word_diff import BRACKETS, Run


def read_back_and_export(desk: Desk, key: str, place: str | None) -> int:
    """Show what a hand did to a haul's file, take it over, and write the file again if the library has more.

    On a terminal one is asked first. Raises Refused, Unreachable, NotSaved.
    """
    looked = read_back.prepare(
        desk.library, desk.archive, desk.posts, desk.settings, desk.now(), key=key, place=place
    )
    name = clean.name(looked.place)
    for line in _diff(looked):
        desk.console.say(line)
    for piece in looked.unread:
        desk.console.tell(f"{name}:{piece.line}: {piece.why}")
    if looked.edits and not _agreed(desk):
        desk.console.tell("nothing was taken over, and the file is as it was")
        return DONE
    read_back.take_over(desk.library, looked)
    if looked.edits:
        desk.console.say("taken over as one step; `triage undo` takes it back")
    if not looked.is_exact:
        hauls.export_post(desk.library, desk.posts, desk.settings, desk.now(), looked.place, key=key)
        desk.console.say(f"written, with what the library has since: {name}")
    for other in post_files.edited(desk.library, desk.posts, key):
        desk.console.tell(f"{clean.name(other)} was edited too: read it back with -o and its name")
    fill_in(desk, [key for key in looked.added if not (desk.library.paper(key) or {}).get("abstract")])
    return DONE


def _agreed(desk: Desk) -> bool:
    """Whether the edits are to be taken over: asked of a person, and so anyway where none is there."""
    if not desk.console.interactive:
        return True
    desk.console.put("Take these edits over? [y/N] ")
    desk.console.flush()
    answer = desk.console.input.readline() if desk.console.input is not None else ""
    return answer.strip().casefold() in ("y", "yes")


def _diff(looked: ReadBack) -> Iterator[str]:
    name = clean.name(looked.place)
    if not looked.edits:
        yield f"haul {looked.number}: {name} was not edited"
        return
    yield f"haul {looked.number}: {counted(looked.edits)} in {name}"
    yield from of_edits(looked.edits)


def of_edits(edits: Iterable[Edit]) -> Iterator[str]:
    """The edits, part by part of the post and entry by entry, with the words that changed."""
    where, name = None, ""
    for one in map(told, edits):
        if one.where is not where:
            where, name = one.where, ""
            yield ""
            yield f"{where}:"
        if one.part:
            if one.name != name:
                yield from _wrapped(f"  {one.name}", 4)
            yield from _wrapped(f"  {one.mark} {one.part}: {_said(one)}", 4)
        else:
            yield from _wrapped(f"  {one.mark} {_named(one)}", 4)
        name = one.name
    yield ""


def _named(one: Told) -> str:
    return ": ".join(filter(None, (one.name, _said(one))))


def _said(one: Told) -> str:
    """The words, in brackets where some went and others came, and the sentence."""
    words = " ".join(_run(run) if one.mark == "~" else " ".join(run.words) for run in one.runs)
    return "  ".join(filter(None, (words, one.remark and f"({one.remark})")))


def _run(run: Run) -> str:
    opening, closing = BRACKETS[run.how]
    return f"{opening}{' '.join(run.words)}{closing}"


def _wrapped(text: str, indent: int) -> list[str]:
    return wrap(
        text, WIDTH, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
    ) or [""]

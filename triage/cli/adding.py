"""The command `add`: papers and pages from its words, from standard input, or from the clipboard."""

from collections.abc import Sequence

from triage.actions import add
from triage.actions.haul import Refused
from triage.actions.look_up import Found
from triage.cli import request as ask
from triage.cli.console import text
from triage.cli.deciding import key_of, name_of, text_given, warn
from triage.cli.desk import Desk
from triage.cli.progress_bar import ProgressBar
from triage.cli.status import DONE, USAGE
from triage.cli.values import Usage
from triage.paper import Paper
from triage.pasted import Named, named_in
from triage.post import faults_in_note
from triage.user_text import user_text


def add_papers(desk: Desk, request: ask.Add) -> int:
    """`add`: saved at once, as one step; what is known of the papers is looked up after."""
    keys = _keys(desk, request)
    written = text_given(desk, request.note, "add", "") if request.note is not None else ""
    if written is None:
        return USAGE
    found = {one.key: one for one in (add.candidate(desk.library, desk.archive, key) for key in keys)}
    add.add(desk.library, desk.archive, found, desk.now(), user_text(written))
    stays = "; its note stays, see `triage note`" if written.strip() else ""
    for one in found.values():
        if one.is_published:
            desk.console.tell(f"{_name(one)} was {one.known}; `triage keep {one.key}` keeps it anew{stays}")
        elif one.known:
            desk.console.tell(f"{_name(one)} is {one.known} already{stays}")
        else:
            desk.console.say(f"added: {_name(one)}")
    if written.strip() and not all(one.known for one in found.values()):
        warn(desk, "note", faults_in_note(user_text(written)))
    in_hand = [one.key for one in found.values() if not one.is_published]
    fill_in(desk, [key for key in in_hand if not (desk.library.paper(key) or {}).get("title")])
    return DONE


def _keys(desk: Desk, request: ask.Add) -> Sequence[str]:
    """What is to be added: what the words name, and standard input for `-`.

    Without a word it is standard input when that is no terminal, else the clipboard. Raises Refused for a
    word that names nothing, and where nothing at all is named.
    """
    keys = [key for word in request.ids if word != "-" for key in _named(desk, text(word))]
    if "-" in request.ids or (not request.ids and desk.console.is_fed):
        if request.note == "-":
            raise Usage("standard input is either what to add or its note; give one of them in quotes")
        keys += _found(desk, desk.console.read(), "on standard input")
    elif not request.ids:
        held = desk.clipboard.paste()
        if held is None:
            raise Usage("the clipboard cannot be read here; give ids or links, or - to read standard input")
        keys += _found(desk, held, "in the clipboard")
    return keys


def _named(desk: Desk, word: str) -> Sequence[str]:
    """What a word names; one in quotes may hold several, but no link with a space in it."""
    if len(word.split()) < 2:
        return [key_of(word)]
    named = named_in(word)
    if not named or (len(named) == 1 and word.lstrip().startswith(named[0].text)):
        raise Refused(add.nothing_in(word))
    return _followed(desk, named)


def _found(desk: Desk, pasted: str, where: str) -> Sequence[str]:
    keys = _followed(desk, named_in(pasted))
    if not keys:
        raise Refused(f"no arXiv id and no web link is {where}; give 2306.07899 or https://…")
    return keys


def _followed(desk: Desk, named: Sequence[Named]) -> Sequence[str]:
    for one in named:
        if not one.key:
            desk.console.tell(f"left out: {add.nothing_in(one.text)}")
    return [one.key for one in named if one.key]


def fill_in(desk: Desk, keys: Sequence[str]) -> None:
    """Look papers and pages of the haul up, and say what was found."""
    bar, done = ProgressBar(desk.console), 0
    desk.console.flush()
    try:
        for told in desk.look_up(keys) if keys else ():
            bar.clear()
            if isinstance(told, Found):
                add.fill_in(desk.library, told.paper)
                desk.console.say(f"found{f' at {told.host}' if told.host else ''}: {name_of(told.paper)}")
                done += 1
            else:
                titled = all((desk.library.paper(key) or {}).get("title") for key in told.keys)
                desk.console.tell(f"saved without {'details' if titled else 'title'}: {told.sentence}")
                done += len(told.keys)
            if done < len(keys):
                bar.show(done, len(keys), "looked up")
    finally:
        bar.clear()


def _name(one: add.Candidate) -> str:
    return name_of(Paper(one.key, one.title))

"""Reading an edited post against the haul that it was written from: what would lose something is refused."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from triage import comment, front_matter, post
from triage.hand_edits.entries import by_our_keys
from triage.haul import Haul, is_web_link, key_of
from triage.post import Reading, Unread

_OURS, _THEIRS = re.compile("^<{7}(?: .*)?$", re.MULTILINE), re.compile("^>{7}(?: .*)?$", re.MULTILINE)

_LIKE_CONTENT = re.compile("^[ \\t]*#{0,6}[ \\t]*New Paper Content[ \\t:#]*$", re.MULTILINE | re.IGNORECASE)
_FORM = "Give it the form of the other cards, to the space"
_MEND = {post.NO_RULE: "Put one there", post.NO_CARD: _FORM, post.NO_FIRST_CARD: _FORM}
"""What one does about what could not be read, where an entry would be lost."""


class Unreadable(ValueError):
    """A post that cannot be read back; nothing of it is to be taken over."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")
        self.line = line
        """Counted from 1."""
        self.why = why
        """A sentence fit to show, which says what to do."""


def reading(data: bytes, ours: Haul, template: str) -> Reading:
    """The haul of an edited file, keyed as ours is; of what could not be read only what our post had not.

    That much stands in the file where it stood, and is kept. Raises Unreadable for what is half saved, is
    another haul's post, or would lose an entry or a comment.
    """
    text = _text(data, post.write(ours))
    our_own = post.read(post.write(ours), template)
    _refuse_what_we_cannot_read(our_own.haul, ours)
    found = post.read(text, template)
    known = Counter((one.text, one.why) for one in our_own.unread)
    news = []
    for one in found.unread:
        known[one.text, one.why] -= 1
        if known[one.text, one.why] < 0:
            news.append(one)
    for fault in _faults(ours, found, tuple(news), text):
        raise fault
    if twice := _said_twice(text, found.haul):
        raise Unreadable(twice[1], f"the front matter says `{twice[0]}` twice; keep one of the two.")
    theirs = found.haul
    entries = by_our_keys(ours.entries, theirs.entries)
    lines = {entry.key: found.lines[raw.key] for entry, raw in zip(entries, theirs.entries, strict=True)}
    copies = [key for key, times in Counter(entry.key for entry in entries).items() if times > 1]
    if copies:
        raise Unreadable(lines[copies[0]], "this card stands here twice; keep one of the two.")
    if _is_anothers(ours, replace(theirs, entries=entries)):
        raise Unreadable(1, "none of this haul's cards stands here: it is the post of another haul.")
    return Reading(replace(theirs, entries=entries), tuple(news), lines)


def _text(data: bytes, ours: str) -> str:
    """The text of a file. Raises Unreadable for what no editor leaves behind that saved it whole."""
    if not data.strip():
        raise Unreadable(1, "the file is empty; put the post back, or export it to another file.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        raise Unreadable(line, "not UTF-8; save the post as UTF-8.") from None
    if "\0" in text and "\0" not in ours:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Unreadable(line, "a NUL character, as UTF-16 has them; save the post as UTF-8.")
    whole = text.count("\r\n")
    if "\r" in text and "\r" not in ours and not whole == text.count("\r") == text.count("\n"):
        odd = re.search("(?<!\r)\n" if 2 * whole > text.count("\n") else "\r", text)
        line = text.count("\n", 0, odd.start() if odd else 0) + 1
        raise Unreadable(line, "the line ends otherwise than the others (LF or CRLF); save all alike.")
    start, end = _OURS.search(text), _THEIRS.search(text)
    if start and end and start.start() < end.start() and not _OURS.search(ours):
        line = text.count("\n", 0, start.start()) + 1
        raise Unreadable(line, "the mark of a merge conflict; settle it first.")
    return text


def _refuse_what_we_cannot_read(read: Haul, ours: Haul) -> None:
    """Raise Unreadable where our own post does not read back as its parts: then no edit can be told apart."""
    why = "our own post would not read back here; P on the haul screen names what to mend."
    if [comment.write(one) for one in read.comments] != [comment.write(one) for one in ours.comments]:
        raise Unreadable(1, f"A comment of {why}")
    notes = [entry.note for entry in read.entries]
    for at, entry in enumerate(ours.entries):
        if at >= len(notes) or notes[at] != entry.note:
            raise Unreadable(1, f"“{entry.title}”: the note of {why}")


def _faults(ours: Haul, found: Reading, news: tuple[Unread, ...], text: str) -> Iterator[Unreadable]:
    """What of a post that could be read would lose something, the first first."""
    theirs = found.haul
    last = text.count("\n", 0, len(text.rstrip("\n"))) + 1
    if ours.front and not theirs.front:
        yield Unreadable(
            1, f"the front matter between its two lines `{front_matter.FENCE}` is gone or broken."
        )
    if theirs.verbatim.headless and not ours.verbatim.headless:
        yield _without_heading(text, last)
    for one in news:
        if one.why in _MEND:
            yield Unreadable(one.line, f"{one.why} {_MEND[one.why]}, so that its entry is not lost.")
    if ours.comments and not theirs.comments and theirs.verbatim.opening.strip() and news:
        why = f"the line `{post.COMMENTS}` is gone, but text stands where the comments stood; put it back."
        yield Unreadable(news[0].line, why)
    if post.END.rstrip() in ours.verbatim.end and post.END.rstrip() not in theirs.verbatim.end:
        yield Unreadable(
            last, "the post is cut off here: its end, three lines `<br/>`, is gone; put it back."
        )
    known = {entry.key for entry in ours.entries}
    for entry in theirs.entries:
        if entry.key in known:
            continue
        if entry.key != key_of(entry.link) and is_web_link(entry.link):
            why = "a card of this link stands further up already; keep one of the two."
            yield Unreadable(found.lines[entry.key], why)
        elif not is_web_link(entry.link):
            why = "this card leads nowhere: give its link as https://… and read it back again."
            yield Unreadable(found.lines[entry.key], why)


def _without_heading(text: str, last: int) -> Unreadable:
    """The heading above the cards is gone, or is no longer exactly itself."""
    if like := _LIKE_CONTENT.search(text):
        line = text.count("\n", 0, like.start()) + 1
        return Unreadable(line, f"this heading is not exactly `{post.CONTENT}`, without a space behind it.")
    return Unreadable(last, f"the line `{post.CONTENT}` is gone: put it back above the cards.")


def _said_twice(text: str, theirs: Haul) -> tuple[str, int] | None:
    """The first key that stands twice in the front matter, and the line where it does so again."""
    times = Counter(item.key for item in theirs.front if item.key is not None)
    key = next((key for key, count in times.items() if count > 1), None)
    if key is None:
        return None
    stands = [line for line, one in enumerate(text.split("\n"), start=1) if one.startswith(f"{key}:")]
    return key, stands[1] if len(stands) > 1 else 1


def _is_anothers(ours: Haul, theirs: Haul) -> bool:
    """Tell whether no card is of this haul, nor anything else that could tell that it is."""
    if not ours.entries or not theirs.entries or any(ours.entry(entry.key) for entry in theirs.entries):
        return False
    return len(ours.entries) > 1 or theirs.number != ours.number

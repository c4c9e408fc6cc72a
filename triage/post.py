"""The post, whole: a haul written to the byte, and read back so that writing it gives the same bytes."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from triage import card, comment, front_matter
from triage.haul import GAPS, Comment, Entry, Field, Haul, Verbatim, key_of, number_of
from triage.settings import TITLE
from triage.user_text import trimmed

COMMENTS = "## Comments / Criticism"
CONTENT = "## New Paper Content"
END = "<br/>\n<br/>\n<br/>\n"
NO_RULE = "No `<hr/>` stands before this card; it is part of the note above it."
NO_CARD = "This looks like a card but has not its exact form; it is part of the note above it."
NO_FIRST_CARD = "This looks like a card but has not its exact form; it is kept as it stands."


@dataclass(frozen=True, slots=True)
class Unread:
    """Lines of a post that are kept as they stand, but could not be read."""

    line: int
    """Counted from 1."""
    text: str
    """The first of the lines."""
    why: str
    """A sentence fit to show."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A post as it was read."""

    haul: Haul
    unread: tuple[Unread, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    """The line, counted from 1, on which the card of each entry starts."""


def write(haul: Haul) -> str:
    """The post of a haul."""
    kept = haul.verbatim
    parts = [kept.start, front_matter.write(haul.front)]
    comments = [one for one in haul.comments if one.verbatim or one.text.strip(" \t\n")]
    if kept.headless and not comments and not haul.entries:
        parts.append(kept.opening)
    else:
        parts.append(kept.opening.rstrip("\n") + "\n\n" if kept.headless else kept.opening)
        if comments:
            section = "\n\n".join(comment.write(one) for one in comments)
            parts += [COMMENTS, kept.before_comments, section, kept.after_comments]
        else:
            parts.append(kept.without_comments)
        parts += [CONTENT, kept.content, _entries(haul.entries), kept.end]
    return "".join(parts).replace("\n", kept.newline)


def read(text: str, template: str = TITLE) -> Reading:
    """The haul of a post, whoever wrote it; `write` gives the text back.

    `template` is the user's title, by which the number is known. Never raises.
    """
    reading = _Reader(text, template).reading()
    if write(reading.haul) == text:
        return reading
    first = text.partition("\n")[0]
    why = "This post would not be written back as it is; all of it is kept as it stands."
    return Reading(Haul(verbatim=Verbatim(opening=text, headless=True)), (Unread(1, first, why),))


def faults_in_note(text: str) -> tuple[int, str] | None:
    """The line (from 1) and a sentence on a note that would not read back equal; None when it would."""
    if (fault := _fault_at_the_ends(text, "note")) or not text:
        return fault
    probe = Entry("a", "https://a.example", "a", note="a")
    noted = replace(probe, note=text)
    for entries in ((probe, noted, probe), (probe, noted)):
        back = read(write(Haul(entries=entries))).haul.entries
        if [entry.note for entry in back] != [entry.note for entry in entries]:
            kept = len(back[1].note.split("\n")) if len(back) > 1 and back[1].note else 0
            rest = text.split("\n")[kept:]
            line = next((place for place, one in enumerate(rest) if one.startswith(card.SEPARATOR)), 0)
            return (
                kept + line + 1,
                f"A card behind `{card.SEPARATOR}` would be read as the next entry, not as this note.",
            )
    return None


def faults_in_comment(text: str) -> tuple[int, str] | None:
    """The line (from 1) and a sentence on a comment that would not read back as one; None when it would."""
    if (fault := _fault_at_the_ends(text, "comment")) or not text:
        return fault
    probe = Comment("", "a")
    written = [comment.write(one) for one in (probe, Comment("", text), probe)]
    back = read(write(Haul(comments=(probe, Comment("", text), probe)))).haul.comments
    if [comment.write(one) for one in back] != written:
        kept = len(comment.write(back[1]).split("\n")) if len(back) > 1 else 0
        return kept + 1, "From this line on the comment would be read as another part of the post."
    return None


def _fault_at_the_ends(text: str, what: str) -> tuple[int, str] | None:
    before, core, after = trimmed(text)
    if before:
        return 1, f"The {what} begins with a blank line, which the post does not keep."
    if after:
        return core.count("\n") + 2, f"The {what} ends with a blank line, which the post does not keep."
    surrogate = re.search("[\ud800-\udfff]", text)
    if surrogate:
        return text.count(
            "\n", 0, surrogate.start()
        ) + 1, f"The {what} holds half a character, which no file can keep."
    return None


def _entries(entries: Sequence[Entry]) -> str:
    parts: list[str] = []
    for place, entry in enumerate(entries):
        before, between, after = entry.gaps
        if place:
            parts += [card.SEPARATOR, before]
        parts += [card.write(entry), between + entry.note if entry.note else "", after]
    return "".join(parts)


class _Reader:
    """One reading of one post: a text, how far it was read, and what could not be."""

    def __init__(self, text: str, template: str) -> None:
        self._template = template
        crlf = text.count("\r\n")
        self._newline = "\r\n" if crlf and crlf == text.count("\n") else "\n"
        self._text = text.replace("\r\n", "\n") if crlf and self._newline == "\r\n" else text
        self._line_starts = [0, *(found.end() for found in re.finditer("\n", self._text))]
        self._unread: list[Unread] = []
        self._lines: dict[str, int] = {}

    def reading(self) -> Reading:
        start, front, body = self._front()
        comments_at, content_at = self._headings(body)
        verbatim = Verbatim(newline=self._newline, start=start)
        if content_at < 0:
            haul = Haul(front=front, verbatim=replace(verbatim, opening=self._text[body:], headless=True))
            self._name(
                body, len(self._text), f"There is no `{CONTENT}` line; what stands here is kept as it is."
            )
        else:
            opening_end = comments_at if comments_at >= 0 else content_at
            verbatim = replace(verbatim, opening=self._text[body:opening_end])
            self._name(body, opening_end, "Text before the headings is kept as it is.")
            comments, verbatim = self._comments(comments_at, content_at, verbatim)
            entries, verbatim = self._content(content_at + len(CONTENT), verbatim)
            haul = Haul(None, front, comments, entries, verbatim)
        haul = replace(haul, number=number_of(haul.title, self._template))
        return Reading(haul, tuple(sorted(self._unread, key=lambda one: one.line)), self._lines)

    def _name(self, start: int, stop: int, why: str) -> None:
        before, core, _ = trimmed(self._text[start:stop])
        if core:
            self._unread.append(self._unread_at(start + len(before), why))

    def _unread_at(self, place: int, why: str) -> Unread:
        line = bisect_right(self._line_starts, place)
        return Unread(line, self._text[place:].partition("\n")[0], why)

    def _front(self) -> tuple[str, tuple[Field, ...], int]:
        """What stands before the front matter, its fields, and where the body starts."""
        start = "\ufeff" if self._text.startswith("\ufeff") else ""
        opening = len(start) + len(front_matter.FENCE) + 1
        fence_end = self._text.find(f"\n{front_matter.FENCE}\n", opening - 1)
        if not self._text.startswith(f"{front_matter.FENCE}\n", len(start)) or fence_end < opening:
            return start, (), len(start)
        front, unread = front_matter.read(self._text[opening:fence_end].split("\n"))
        first_line = self._text.count("\n", 0, opening) + 1
        lines = self._text[opening:fence_end].split("\n")
        why = "This line of the front matter is no key with a text; it is kept as it is."
        self._unread += [Unread(first_line + place, lines[place], why) for place in unread]
        return start, front, fence_end + len(front_matter.FENCE) + 2

    def _headings(self, body: int) -> tuple[int, int]:
        content_at = self._line(CONTENT, body, len(self._text))
        return (self._line(COMMENTS, body, content_at) if content_at >= 0 else -1), content_at

    def _line(self, line: str, start: int, stop: int) -> int:
        """Where a line stands that reads exactly so; -1 when there is none."""
        if self._text.startswith(f"{line}\n", start, stop):
            return start
        found = (self._text[start:stop] + "\n").find(f"\n{line}\n")
        return found if found < 0 else start + found + 1

    def _comments(self, start: int, stop: int, verbatim: Verbatim) -> tuple[tuple[Comment, ...], Verbatim]:
        if start < 0:
            return (), verbatim
        inside = start + len(COMMENTS)
        before, core, after = trimmed(self._text[inside:stop])
        if not core or not before:
            self._name(inside, stop, "What stands behind the comments heading is kept as it is.")
            return (), replace(verbatim, without_comments=self._text[start:stop])
        return comment.read(core), replace(verbatim, before_comments=before, after_comments=after)

    def _content(self, start: int, verbatim: Verbatim) -> tuple[tuple[Entry, ...], Verbatim]:
        """The cards and notes from `start` on, and the verbatim text around them."""
        cards = self._cards(start)
        last = cards[-1].end if cards else start
        found = (self._text[last:] + "\n").rfind(f"\n{END}")
        end = len(self._text) if found < 0 else last + found + 1
        content_end = cards[0].start if cards else end
        self._name(start, content_end, "Text before the first card is kept as it is.")
        self._name(end + len(END), len(self._text), "Text after the end is kept as it is.")
        verbatim = replace(verbatim, content=self._text[start:content_end], end=self._text[end:])
        entries: list[Entry] = []
        taken: dict[str, int] = {}
        stops = [*(later.separator for later in cards[1:]), end]
        for this, stop in zip(cards, stops, strict=False):
            lead = self._text[this.separator + len(card.SEPARATOR) : this.start] if entries else GAPS[0]
            before, note, after = trimmed(self._text[this.end : stop])
            key = _free(key_of(this.entry.link), taken)
            self._lines[key] = bisect_right(self._line_starts, this.start)
            entries.append(
                replace(
                    this.entry,
                    key=key,
                    note=note,
                    gaps=(lead, before if note else GAPS[1], after),
                )
            )
        return tuple(entries), verbatim

    def _cards(self, start: int) -> list["_Card"]:
        """The cards that are entries: the first behind the heading, then those behind an `<hr/>`."""
        cards: list[_Card] = []
        body = self._text[start:]
        exact: set[int] = set()
        for card_start, card_end, entry in card.find(body):
            exact.add(start + card_start)
            separator = self._separator(start + card_start, start)
            if cards and separator < 0:
                self._unread.append(self._unread_at(start + card_start, NO_RULE))
            else:
                cards.append(_Card(separator, start + card_start, start + card_end, entry))
        first = cards[0].start if cards else len(self._text)
        for like in (start + found for found in card.find_like(body)):
            if like < first and like not in exact:
                self._unread.append(self._unread_at(like, NO_FIRST_CARD))
            elif like not in exact and self._separator(like, start) >= 0:
                self._unread.append(self._unread_at(like, NO_CARD))
        return cards

    def _separator(self, card_start: int, start: int) -> int:
        """Where the `<hr/>` stands that comes directly before a card; -1 when there is none."""
        end = card_start
        while end > start and self._text[end - 1] in " \t\n":
            end -= 1
        separator = end - len(card.SEPARATOR)
        stands = separator > start and self._text.startswith(f"\n{card.SEPARATOR}", separator - 1)
        return separator if stands else -1


def _free(key: str, taken: dict[str, int]) -> str:
    """The key, or with the first number behind it that makes it new; `taken` counts the uses of each."""
    free = key
    while free in taken:
        taken[key] += 1
        free = f"{key}#{taken[key]}"
    taken[free] = 1
    return free


@dataclass(frozen=True, slots=True)
class _Card:
    separator: int
    """Where the `<hr/>` before it stands; -1 for none."""
    start: int
    end: int
    entry: Entry

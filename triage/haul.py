"""The haul: entries, comments and front matter as values, and the rules by which they stand together.

The form of the post is known to `post` (the whole), `card`, `comment` and `front_matter` (its pieces) alone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self
from urllib.parse import urlsplit

from triage.paper import PaperId

EXCERPT_LENGTH = 120
"""Characters, the ellipsis included."""
GAPS = ("\n\n", "\n\n", "\n\n")


@dataclass(frozen=True, slots=True)
class Field:
    """One key of the front matter, or lines of it that are no key and a value."""

    key: str | None
    """None for what is kept verbatim."""
    value: str
    """As YAML reads it, always a string; a list is joined by `, `. The lines themselves if `key` is None."""
    source: str = ""
    """The lines as the user wrote them, where our form differs; they stand while they still say `value`."""


@dataclass(frozen=True, slots=True)
class Comment:
    """The user's Markdown that belongs to the haul and to no paper."""

    key: str
    """The comment's id in the library; empty when it was read from a post."""
    text: str
    """As the user wrote it, without the `- ` of the post."""
    verbatim: bool = False
    """True for text of a hand-edited post that stands in the post exactly as it is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper's place in one haul."""

    key: str
    """The paper's id; a second card with the same link has a number behind it (`...#2`)."""
    link: str
    title: str
    """As shown, one line."""
    excerpt: str = ""
    """As shown, one line."""
    note: str = ""
    """The user's Markdown, exactly."""
    card: str = ""
    """The card as a hand-edited post has it, where our form differs; it stands while it says the same."""
    gaps: tuple[str, str, str] = GAPS
    """The white space before the card, between card and note, and after the note."""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """What a hand-edited post holds around the parts; the defaults are our own form."""

    newline: str = "\n"
    """`\\r\\n` when every line of the post ends so."""
    start: str = ""
    """Before the front matter: a byte order mark."""
    opening: str = "\n"
    """Between the front matter and the first heading."""
    headless: bool = False
    """True when there is no `## New Paper Content`: then `opening` is all that follows the front matter."""
    before_comments: str = "\n\n"
    after_comments: str = "\n\n"
    without_comments: str = ""
    """A comments heading with nothing under it."""
    content: str = "\n\n"
    """Between `## New Paper Content` and the first card."""
    end: str = "<br/>\n<br/>\n<br/>\n"
    """From the last three `<br/>` on."""


@dataclass(frozen=True, slots=True)
class Haul:
    """The kept papers, notes and comments that make one post."""

    number: int | None = None
    front: tuple[Field, ...] = ()
    comments: tuple[Comment, ...] = ()
    entries: tuple[Entry, ...] = ()
    """In the post's order."""
    verbatim: Verbatim = field(default_factory=Verbatim)

    def value(self, key: str) -> str | None:
        """What the front matter says under a key; None when it is not there."""
        return next((field.value for field in self.front if field.key == key), None)

    @property
    def title(self) -> str:
        """The post's title."""
        return self.value("title") or ""

    @property
    def published_at(self) -> str:
        """When the post was published, as the front matter says it (ISO 8601); most sites name it `date`."""
        return self.value("published_at") or self.value("date") or ""

    def entry(self, key: str) -> Entry | None:
        """The entry of a paper, else None."""
        return next((entry for entry in self.entries if entry.key == key), None)

    def with_value(self, key: str, value: str) -> Self:
        """The haul with another value in its front matter; a new key goes to the end."""
        new = Field(key, value)
        if self.value(key) is None:
            return replace(self, front=(*self.front, new))
        return replace(self, front=tuple(new if old.key == key else old for old in self.front))

    def as_document(self, key: str) -> dict[str, Any]:
        """The haul as the library's table `hauls` holds it, under an id; its comments lie elsewhere."""
        document: dict[str, Any] = {
            "id": key,
            "number": self.number,
            "front": [_field_record(field) for field in self.front],
            "published_at": self.published_at,
            "entries": {entry.key: _entry_record(entry, place) for place, entry in enumerate(self.entries)},
        }
        ours = Verbatim()
        verbatim = {name.name: getattr(self.verbatim, name.name) for name in fields(Verbatim)
                    if getattr(self.verbatim, name.name) != getattr(ours, name.name)}  # fmt: skip
        return document | ({"verbatim": verbatim} if verbatim else {})

    def comment_documents(self, key: str) -> list[dict[str, Any]]:
        """The comments as the library's table `comments` holds them, for the haul with this id."""
        return [
            {"id": comment.key or f"{key}/comment-{place}", "haul": key, "place": place, "text": comment.text,
             "verbatim": comment.verbatim}
            for place, comment in enumerate(self.comments)
        ]  # fmt: skip

    @classmethod
    def from_document(cls, document: Mapping[str, Any], comments: Iterable[Mapping[str, Any]] = ()) -> Self:
        """The haul of a document and of its comments' documents, put in the order of their places."""
        entries = [
            (record.get("place", 0), Entry(
                key, record.get("link", ""), record.get("title", ""), record.get("excerpt", ""),
                record.get("note") or "", record.get("card", ""), _gaps(record.get("gaps", GAPS)),
            ))
            for key, record in document.get("entries", {}).items()
        ]  # fmt: skip
        entries.sort(key=lambda placed: (placed[0], sort_key(placed[1].title, placed[1].link)))
        ordered = sorted(comments, key=lambda record: (record.get("place", 0), record["id"]))
        return cls(
            document.get("number"),
            tuple(Field(*item) for item in document.get("front", ())),
            tuple(Comment(record["id"], record["text"], bool(record.get("verbatim"))) for record in ordered),
            tuple(entry for _, entry in entries),
            Verbatim(**document.get("verbatim", {})),
        )


def _field_record(item: Field) -> list[str | None]:
    return [item.key, item.value, item.source] if item.source else [item.key, item.value]


def _entry_record(entry: Entry, place: int) -> dict[str, Any]:
    record: dict[str, Any] = {
        "link": entry.link,
        "title": entry.title,
        "excerpt": entry.excerpt,
        "note": entry.note,
        "place": place,
    }
    if entry.card:
        record["card"] = entry.card
    if entry.gaps != GAPS:
        record["gaps"] = list(entry.gaps)
    return record


def _gaps(values: Sequence[str]) -> tuple[str, str, str]:
    before, between, after = values
    return before, between, after


_PLACEHOLDERS = {"{number}": "([0-9]{1,9})", "{count}": "[0-9]{1,9}", "{date}": "[0-9-]{1,10}"}


def key_of(link: str) -> str:
    """The id of the paper a card links to: arXiv's, for a link to arXiv, else the link itself."""
    if re.match(r"https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/", link, re.IGNORECASE):
        try:
            return PaperId.parse(link).key
        except ValueError:
            return link
    return link


def is_web_link(link: str) -> bool:
    """Tell whether a link may stand in a card: http or https, a host, no white space, no controls."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return False
    return re.search(r"[\x00-\x20\x7f]", link) is None


def sort_key(title: str, link: str) -> tuple[str, str]:
    """What orders the entries of a haul: the title as shown, casefolded, then the link."""
    return title.casefold(), link


def place_new(entries: Iterable[Entry], new: Iterable[Entry]) -> tuple[Entry, ...]:
    """Put new entries into a haul: each before the first later title; the order of the others stays."""
    placed = list(entries)
    for entry in sorted(new, key=lambda one: sort_key(one.title, one.link)):
        mine = sort_key(entry.title, entry.link)
        later = (place for place, old in enumerate(placed) if sort_key(old.title, old.link) > mine)
        placed.insert(next(later, len(placed)), entry)
    return tuple(placed)


def excerpt(abstract_shown: str) -> str:
    """The start of an abstract, cut at a word's end so that with the `…` it has at most 120 characters.

    Punctuation before the `…` is dropped; an abstract that fits is given whole, without it.
    """
    text = " ".join(abstract_shown.split())
    if len(text) <= EXCERPT_LENGTH:
        return text
    best = ""
    for space in re.finditer(" ", text[: EXCERPT_LENGTH + 20]):
        cut = text[: space.start()].rstrip(" .,;:!?…‚-–—([{<“‘/&")
        if len(cut) < EXCERPT_LENGTH:
            best = cut
    return (best or text[: EXCERPT_LENGTH - 1]) + "…"


def fill(template: str, **values: object) -> str:
    """Fill `{name}`s of a template; braces around anything else stay as they are."""
    return re.sub(r"\{(\w+)\}", lambda found: str(values.get(found[1], found[0])), template)


def number_of(title: str, template: str) -> int | None:
    """The number of a post, from its title: by the user's own template, else the last integer, else None."""
    said = number_said(title, template)
    if said is not None:
        return said
    numbers = re.findall(r"[0-9]+", title)
    return int(numbers[-1]) if numbers and len(numbers[-1]) <= 9 else None


def number_said(title: str, template: str) -> int | None:
    """The number that a title says, if it is one that the user's template makes; else None."""
    pieces = re.split(r"(\{\w+\})", template)
    pattern = "".join(_PLACEHOLDERS.get(piece, re.escape(piece)) for piece in pieces)
    # Several open-ended pieces make matching polynomial: nobody's title is that long.
    if pieces.count("{number}") == 1 and len(title) <= 300 and (found := re.fullmatch(pattern, title)):
        return int(found[1])
    return None

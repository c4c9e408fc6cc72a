"""A card of the post: the link, the title in `h4`, the excerpt in `p` on its own line; written and read."""

import re
from collections.abc import Iterator
from html import unescape

from triage.haul import Entry, is_web_link
from triage.pattern import pattern

_CARD = pattern(
    r'^<blockquote>\n    <a(?: href="([^"\n]*)")?>\n    <h4>([^\n]*)</h4>\n'
    r"(?:    <p>\n([^\n]*)\n    </p>\n)?    </a>\n</blockquote>$",
    re.MULTILINE,
)
_LIKE_A_CARD = pattern(r"^[ \t]*<blockquote[^>\n]*>\s*<(?:a|h[1-6])[\s>]", re.MULTILINE | re.IGNORECASE)
_ENTITY = pattern(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
SEPARATOR = "<hr/>"


def write(entry: Entry) -> str:
    """The card of an entry, without a line end behind it; only http and https links become an `href`."""
    if entry.card and _says(entry.card, entry):
        return entry.card
    href = f' href="{as_attribute(entry.link)}"' if is_web_link(entry.link) else ""
    lines = ["<blockquote>", f"    <a{href}>", f"    <h4>{as_text(entry.title)}</h4>"]
    if entry.excerpt:
        lines += ["    <p>", as_text(entry.excerpt), "    </p>"]
    return "\n".join([*lines, "    </a>", "</blockquote>"])


def find(text: str) -> Iterator[tuple[int, int, Entry]]:
    """Every card of a text: where it starts and ends, and an entry of it whose key is still its link."""
    for found in _CARD.finditer(text):
        link, title, excerpt = (_unescaped(part or "") for part in found.groups())
        entry = Entry(link, link, title, excerpt)
        if write(entry) != found[0]:
            entry = Entry(link, link, title, excerpt, card=found[0])
        yield found.start(), found.end(), entry


def find_like(text: str) -> Iterator[int]:
    """Where something starts that a reader of the post would take for a card."""
    return (found.start() for found in _LIKE_A_CARD.finditer(text))


def _says(card: str, entry: Entry) -> bool:
    return any(
        (read.link, read.title, read.excerpt) == (entry.link, entry.title, entry.excerpt)
        and (start, end) == (0, len(card))
        for start, end, read in find(card)
    )


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda found: unescape(found[0]), text)


def as_text(text: str) -> str:
    """Text between the tags of a card, on one line."""
    line = re.sub(r"[\r\n]+", " ", text)
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_attribute(link: str) -> str:
    """Text within the quotes of a card's `href`."""
    return as_text(link).replace('"', "&quot;")

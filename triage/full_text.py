"""The full text of a paper as it is read: arXiv's HTML page, cut at its headings into parts of Markdown.

A child reports it in JSON Lines (`triage full-text --json ID`), each as soon as it is known:

- {"event": "asking", "sentence": ...}: before the network is asked
- {"event": "waiting", "sentence": ...}: before a longer wait for arXiv's pace
- {"event": "page", ...}: the `Page`'s record
- {"event": "notice", "sentence": ...}: something to know of this page that is no failure: it was kept from an
  earlier version and arXiv cannot be reached, or it could not be kept for reading offline
- {"event": "part", ...}: a `Part`'s record; all of them in the order of the page
- {"event": "end"}
- {"event": "error", "sentence": ..., "pdf": true|false}: in place of all that would follow; `pdf` tells that
  there is no HTML of this paper, so that its PDF is what can be read
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, Self

from triage.ports import Unreachable


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of a paper's HTML page."""

    id: str
    """The paper's id, without version."""
    version: int | None
    """The version that the page says it is of."""
    title: str
    """As shown."""
    url: str
    """Where the page was read."""
    fetched: str
    """ISO 8601: when."""

    def as_record(self) -> dict[str, Any]:
        """The page as JSON knows it."""
        return {
            "id": self.id,
            "version": self.version,
            "title": self.title,
            "url": self.url,
            "fetched": self.fetched,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """The page of a record. Raises KeyError and ValueError."""
        version = record["version"]
        return cls(
            str(record["id"]),
            None if version is None else int(version),
            str(record["title"]),
            str(record["url"]),
            str(record["fetched"]),
        )


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands below it, up to the next heading."""

    anchor: str
    """What links within the page call it (`S3.SS1`); empty for what stands before the first heading."""
    level: int
    """1 for a section, 2 for one within it, and so on; 0 for what stands before the first heading."""
    heading: str
    """As shown, with its number: "3.1 Data"; empty at level 0."""
    markdown: str
    """The text below the heading in CommonMark with tables and strikethrough, without the parts within."""
    targets: tuple[tuple[str, int], ...] = ()
    """Anchors that links lead to within the text, each with its line in `markdown`, from 0 on."""

    def as_record(self) -> dict[str, Any]:
        """The part as JSON knows it."""
        return {
            "anchor": self.anchor,
            "level": self.level,
            "heading": self.heading,
            "markdown": self.markdown,
            "targets": [list(target) for target in self.targets],
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """The part of a record. Raises KeyError and ValueError."""
        return cls(
            str(record["anchor"]),
            int(record["level"]),
            str(record["heading"]),
            str(record["markdown"]),
            tuple((str(anchor), int(line)) for anchor, line in record.get("targets", ())),
        )


class NoPage(Unreachable):
    """There is no HTML of a paper; the message is a sentence fit to show."""

    def __init__(self, sentence: str, *, pdf: bool = True) -> None:
        """`pdf`: whether its PDF may be there instead."""
        super().__init__(sentence)
        self.pdf = pdf


class Fetched(NamedTuple):
    """A page as it came."""

    key: str
    """The id of the paper it was asked for."""
    url: str
    """Where it was read in the end."""
    html: bytes
    charset: str = ""
    """What the server says of its text; empty when it says nothing."""


class Head(NamedTuple):
    """What a page says of its paper, before the parts."""

    title: str
    """As shown."""
    version: int | None


class Kept(NamedTuple):
    """A page that was kept for reading without a network."""

    page: Page
    listed: int | None
    """The latest version that was listed when it was fetched."""
    fetched: Fetched


class Pages(Protocol):
    """Where the HTML pages of papers come from."""

    def get(self, key: str) -> Fetched:
        """The page of a paper's latest version. Raises NoPage and Unreachable."""


class Converter(Protocol):
    """Makes the parts of a page, in a process that has an end."""

    version: int
    """A later one makes better parts of the same page."""

    def convert(self, fetched: Fetched) -> Iterator[Head | Part]:
        """The head of a page first, then its parts, each as soon as it is made.

        Raises NoPage and Unreachable, before the head for a page that holds no paper.
        """


class Shelf(Protocol):
    """Where pages are kept for reading without a network."""

    def find(self, key: str) -> Kept | None:
        """The page that is kept of a paper; one that is damaged is set aside, and None."""

    def parts(self, kept: Kept, converter: int) -> Sequence[Part] | None:
        """The parts that this version of the converter made of a page; None when they are not kept."""

    def keep(self, kept: Kept) -> None:
        """Keep a page in place of what was kept of its paper. Raises ArchiveUnusable."""

    def keep_parts(self, kept: Kept, converter: int, parts: Sequence[Part]) -> None:
        """Keep the parts of a page that is kept. Raises ArchiveUnusable."""

    @property
    def notices(self) -> Sequence[str]:
        """Sentences on pages that were found damaged, each once."""

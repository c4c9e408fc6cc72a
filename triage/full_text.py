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

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


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

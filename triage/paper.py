"""Papers, the ids people paste for them, how a listing announces them, and what is decided on them."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, NamedTuple, Self

from triage.pattern import pattern


class Kind(StrEnum):
    """How a listing announces a paper; the strongest first (arXiv's `announce_type`)."""

    NEW = "new"
    CROSS = "cross"
    REPLACE = "replace"
    REPLACE_CROSS = "replace-cross"

    @property
    def rank(self) -> int:
        """0 for the strongest kind: the one that stands when several feeds announce one paper."""
        return list(Kind).index(self)


class Verdict(StrEnum):
    """What the user decided on a paper; a paper without one is open."""

    KEEP = "keep"
    SKIP = "skip"


# help/arxiv_identifier: YYMM.NNNN to 1412, YYMM.NNNNN since 1501 (arXiv itself takes any four digits
# before the point); archive/YYMMNNN from 9107 to 0703,
# with a subject class (math.GT/0309136) that is not part of the id.
_NEW_SCHEME = r"(?P<new>\d{4}\.\d{4,6})"
_OLD_SCHEME = r"(?P<archive>[a-z]+(?:-[a-z]+)*)(?:\.[A-Za-z]{2,})?/(?P<number>\d{2}(?:0[1-9]|1[0-2])\d{3})"
_ID = pattern(rf"(?:{_NEW_SCHEME}|{_OLD_SCHEME})(?:v(?P<version>[1-9]\d{{0,3}}))?\Z", re.ASCII)
_PREFIX = r"""(?: arxiv: \s*
          | (?:https?://)? (?:(?:[a-z]+\.)?arxiv\.org|ar5iv\.org|ar5iv\.labs\.arxiv\.org)
            / (?:abs|pdf|html|format|src|e-print|ps|tex|list/[a-z.-]+)/
          | (?:https?://)? (?:dx\.|www\.)? doi\.org/10\.48550/arxiv\.
          | (?:doi:\s*)? 10\.48550/arxiv\.
          | (?:https?://)? (?:www\.)? (?:alphaxiv\.org/(?:[a-z-]+/)?|scirate\.com/arxiv/|papers\.cool/arxiv/
            |(?:huggingface\.co|hf\.co|arxiv-vanity\.com|emergentmind\.com)/papers/
            |(?:api\.)?semanticscholar\.org/arxiv[/:])
        )"""
"""Compiled when the first id is pasted: that takes a millisecond."""


class PaperId(NamedTuple):
    """An arXiv id: the key without its version, and the version if one was named."""

    key: str
    """`2306.07899` or `hep-th/9901001`: what stands for the paper everywhere."""
    version: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read any form a person pastes: bare, `arXiv:`, a DOI, an abs, pdf or html link.

        Raises ValueError when the text names no arXiv paper.
        """
        bare = text.strip().strip("<>[]()").strip()
        prefix = re.match(_PREFIX, bare, re.VERBOSE | re.IGNORECASE)
        rest = bare[prefix.end() :] if prefix else bare
        if prefix:
            rest = re.split(r"[?#]", rest, maxsplit=1)[0].rstrip("/")
            rest = re.sub(r"\.(?:pdf|html?|ps(?:\.gz)?)\Z", "", rest, flags=re.IGNORECASE)
        found = _ID.match(rest) or _ID.match(rest.lower())
        if found is None:
            raise ValueError(f"{text!r} is not an arXiv id or link")
        key = found["new"] or f"{found['archive']}/{found['number']}"
        return cls(key, int(found["version"]) if found["version"] else None)

    def __str__(self) -> str:
        return self.key if self.version is None else f"{self.key}v{self.version}"


def is_arxiv(key: str) -> bool:
    """Tell whether a paper's id is arXiv's, and not the URL of a web page."""
    return _ID.match(key) is not None


def file_part(key: str, sign: str) -> str:
    """A paper's id as a part of a file's name, in which a sign stands for what no name may hold.

    Every name that is made of an id comes from here, or is a digest of it.
    """
    return re.sub(r"[^A-Za-z0-9.-]", sign, key)


def abs_url(key: str) -> str:
    """The page a paper is read at: arXiv's abs page, or the web page itself."""
    return f"https://arxiv.org/abs/{key}" if is_arxiv(key) else key


def pdf_url(key: str) -> str:
    """Where arXiv has a paper as a PDF, in its latest version."""
    return f"https://arxiv.org/pdf/{key}"


@dataclass(frozen=True, slots=True)
class Paper:
    """One arXiv paper in the latest version seen, or one web page; text as received, after `clean`."""

    id: str
    """The arXiv id without version, or the page's URL."""
    title: str
    authors: tuple[str, ...] = ()
    abstract: str = ""
    version: int | None = None
    kind: Kind | None = None
    categories: tuple[str, ...] = ()
    """As received: the order and the aliases are arXiv's."""
    primary: str | None = None
    arxiv_comments: str | None = None
    """What the authors tell arXiv ("18 pages")."""
    doi: str | None = None
    journal_ref: str | None = None
    published: str | None = None
    """ISO 8601; of version 1."""
    updated: str | None = None
    """ISO 8601; of this version."""
    listed: str | None = None
    """ISO date of the listing day."""
    site: str | None = None
    """Who publishes a web page."""

    @classmethod
    def of_row(cls, row: "Row") -> Self:
        """What a listing's row tells of a paper."""
        return cls(row.id, row.title, version=row.version, kind=row.kind, listed=row.listed)

    @property
    def url(self) -> str:
        """Where the paper is read."""
        return abs_url(self.id)

    @property
    def is_bare(self) -> bool:
        """Whether nothing is known of it but what a listing's row tells."""
        return not (self.abstract or self.authors)

    def as_record(self) -> dict[str, Any]:
        """The fields that are set, as JSON knows them."""
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in asdict(self).items()
            if value not in (None, (), "")
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """The paper of a record; fields that are not a paper's own are passed over."""
        names = (field.name for field in fields(cls))
        values = {name: record[name] for name in names if record.get(name) is not None}
        for name in ("authors", "categories"):
            values[name] = tuple(values.get(name, ()))
        if "kind" in values:
            values["kind"] = Kind(values["kind"])
        values.setdefault("title", "")
        return cls(**values)


class Row(NamedTuple):
    """A paper's line in a listing: what the list shows, and where the rest lies in the archive."""

    id: str
    title: str
    """As received; shown through `tex`."""
    kind: Kind
    version: int | None = None
    listed: str = ""
    """ISO date of the listing day the row belongs to."""
    offset: int = 0
    """Where the paper's record starts in the archive's file, in bytes."""
    length: int = 0
    """How long that record is, in bytes."""

"""arXiv's API, through the `arxiv` package: single papers by their ids (`network.Details`), and searches.

The package takes whatever comes for a feed, waits for ever and loses a page for one bad date. So its
session is ours: every answer is checked and mended before the package sees it.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import arxiv  # type: ignore[import-untyped]  # the package ships no types
import requests
from lxml import etree

from triage import clean
from triage.pace import BATCH
from triage.paper import Paper
from triage.ports import Unreachable
from triage.settings import ArxivSettings
from triage.sources.arxiv_text import MISSING, abstract, paper_id
from triage.sources.arxiv_xml import not_a_listing, parse_xml
from triage.sources.http import Http

_NO_DATE = "0001-01-01T00:00:00Z"
"""Put in place of a date that cannot be read, which the package would refuse the whole page for."""
_NS = {
    "atom": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
    "opensearch": "http://a9.com/-/spec/opensearch/1.1/",
}
_SUBJECT = "the details of papers"


class Found(NamedTuple):
    """One page of the papers that fit a search."""

    papers: tuple[Paper, ...]
    """As they came, a paper that came twice twice."""
    total: int
    """How many papers fit in all, as arXiv states it."""
    unread: int
    """Entries of the page that name no paper."""
    host: str
    """Who answered."""


class ArxivApi:
    """`network.Details` over HTTP."""

    def __init__(self, http: Http, settings: ArxivSettings) -> None:
        self._http = http
        self._settings = settings

    def details(self, keys: Sequence[str]) -> Sequence[Paper]:
        """What arXiv tells of these papers, in no promised order; absent ones are left out.

        Raises ValueError for more than `BATCH` keys, Unreachable for anything that is not an answer.
        """
        if not keys:
            return ()
        if len(keys) > BATCH:
            raise ValueError(f"{len(keys)} ids are more than the {BATCH} of one request")
        found = self._ask(
            arxiv.Search(id_list=list(keys), max_results=len(keys)), start=0, most=len(keys), subject=_SUBJECT
        )
        asked = set(keys)
        return list({paper.id: paper for paper in found.papers if paper.id in asked}.values())

    def search(self, query: str, start: int, most: int, subject: str) -> Found:
        """The papers that fit a search, earliest submitted first, from the one with number `start` on.

        The first has the number 0. `subject` says in sentences what is searched for. Raises Unreachable.
        """
        search = arxiv.Search(
            query,
            max_results=start + most,
            sort_by=arxiv.SortCriterion.SubmittedDate,
            sort_order=arxiv.SortOrder.Ascending,
        )
        return self._ask(search, start, most, subject)

    def _ask(self, search: arxiv.Search, start: int, most: int, subject: str) -> Found:
        # The clock spaces the requests and `Http` tries again, so the package does neither.
        client = arxiv.Client(page_size=most, delay_seconds=0, num_retries=0)
        client.query_url_format = self._settings.api.replace("{", "{{").replace("}", "}}") + "?{}"
        client._session = session = _CheckedSession(self._http, subject, start)
        host = urlsplit(self._settings.api).hostname or ""
        try:
            papers = [_paper(result) for result in client.results(search, start)]
        except (arxiv.ArxivError, ValueError, OverflowError) as error:
            raise Unreachable(f"The answer of {host} for {subject} cannot be read ({error}).") from error
        known = tuple(paper for paper in papers if paper is not None)
        return Found(known, session.total, session.left_out + len(papers) - len(known), host)


class _CheckedSession(requests.Session):
    """What the package asks of a session: `get`, through our own door."""

    def __init__(self, http: Http, subject: str, start: int) -> None:
        super().__init__()
        self._http = http
        self._subject = subject
        self._start = start
        self.total = 0
        self.left_out = 0

    def get(self, url: str | bytes, **_options: Any) -> requests.Response:
        """The answer to a request of the package, checked and mended. Raises Unreachable."""
        answer = self._http.get(str(url), self._subject, accept=(400,))
        whole = mended(answer.body, answer.host, self._start)
        answer.must_be_right(self._subject)
        self.total, self.left_out = whole.total, whole.left_out
        response = requests.Response()
        response.status_code = requests.codes.ok
        response.url = answer.url
        response._content = whole.body
        return response


class Mended(NamedTuple):
    """An answer of the API as the package can read it, and what had to be changed for that."""

    body: bytes
    total: int
    """How many papers there are in all, as arXiv stated it."""
    left_out: int
    """Entries that name no paper."""


def mended(body: bytes, where: str, start: int = 0) -> Mended:
    """An answer of the API with whole texts, readable dates, and a total that ends with this page.

    `start` is the number of the page's first paper. Raises Unreachable when it is not an answer of the API,
    or tells of an error.
    """
    root = parse_xml(body, "papers", where)
    total = root.find("opensearch:totalResults", _NS)
    if root.tag != f"{{{_NS['atom']}}}feed" or total is None:
        raise not_a_listing(body, "papers", where)
    entries = root.findall("atom:entry", _NS)
    kept = 0
    for entry in entries:
        name = entry.findtext("atom:id", "", _NS)
        if "/api/errors" in name:
            raise Unreachable(f"{where} says: {clean.line(entry.findtext('atom:summary', '', _NS))}.")
        if paper_id(name) is None:
            root.remove(entry)
            continue
        _mend(entry)
        kept += 1
    stated = re.fullmatch(r"\s*(\d{1,12})\s*", total.text or "")
    if stated is None:
        raise not_a_listing(body, "papers", where)
    # One call asks for one page: a total that goes beyond, or lies, would have the package ask for more.
    total.text = str(start + kept)
    return Mended(etree.tostring(root), int(stated[1]), len(entries) - kept)


def _mend(entry: etree._Element) -> None:
    # Of a text with elements or comments in it the package takes what stands before the first.
    for path in ("atom:title", "atom:summary", "arxiv:comment", "arxiv:journal_ref", "arxiv:doi"):
        for element in entry.findall(path, _NS):
            whole = "".join(str(piece) for piece in element.itertext())
            for child in list(element):
                element.remove(child)
            element.text = whole
    for name in ("published", "updated"):
        found = entry.find(f"atom:{name}", _NS)
        dated = etree.SubElement(entry, f"{{{_NS['atom']}}}{name}") if found is None else found
        if not _is_date(dated.text):
            dated.text = _NO_DATE


def _is_date(text: str | None) -> bool:
    try:
        datetime.fromisoformat((text or "").strip()).astimezone(UTC)
    except (ValueError, OverflowError):
        return False
    return True


def _paper(result: arxiv.Result) -> Paper | None:
    named = paper_id(result.entry_id)
    if named is None:
        return None
    categories = tuple(clean.line(category) for category in result.categories)
    return Paper(
        named.key,
        clean.line(result.title) or MISSING,
        tuple(name for author in result.authors if (name := clean.line(author.name))),
        abstract(clean.clean(result.summary)),
        named.version,
        categories=categories,
        primary=clean.line(result.primary_category) or (categories[0] if categories else None),
        arxiv_comments=clean.line(result.comment or "") or None,
        doi=clean.line(result.doi or "") or None,
        journal_ref=clean.line(result.journal_ref or "") or None,
        published=_iso(result.published),
        updated=_iso(result.updated),
    )


def _iso(moment: datetime) -> str | None:
    return None if moment.year == 1 else moment.astimezone(UTC).isoformat()

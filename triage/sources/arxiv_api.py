"""Single papers by their ids from arXiv's API, through the `arxiv` package: `network.Details`.

The package takes whatever comes for a feed, waits for ever and loses a page for one bad date. So its
session is ours: every answer is checked and mended before the package sees it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
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
        # The clock spaces the requests and `Http` tries again, so the package does neither.
        client = arxiv.Client(page_size=len(keys), delay_seconds=0, num_retries=0)
        client.query_url_format = self._settings.api.replace("{", "{{").replace("}", "}}") + "?{}"
        client._session = _CheckedSession(self._http)
        search = arxiv.Search(id_list=list(keys), max_results=len(keys))
        try:
            papers = [_paper(result) for result in client.results(search)]
        except (arxiv.ArxivError, ValueError, OverflowError) as error:
            host = urlsplit(self._settings.api).hostname
            raise Unreachable(f"The answer of {host} for {_SUBJECT} cannot be read ({error}).") from error
        asked = set(keys)
        return list({paper.id: paper for paper in papers if paper is not None and paper.id in asked}.values())


class _CheckedSession(requests.Session):
    """What the package asks of a session: `get`, through our own door."""

    def __init__(self, http: Http) -> None:
        super().__init__()
        self._http = http

    def get(self, url: str | bytes, **_options: Any) -> requests.Response:
        """The answer to a request of the package, checked and mended. Raises Unreachable."""
        answer = self._http.get(str(url), _SUBJECT, accept=(400,))
        response = requests.Response()
        response.status_code = requests.codes.ok
        response.url = answer.url
        response._content = mended(answer.body, answer.host)
        return response


def mended(body: bytes, where: str) -> bytes:
    """An answer of the API as the package can read it: whole texts, readable dates, an honest total.

    Raises Unreachable when it is not an answer of the API, or tells of an error.
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
    # One request asks for all of its papers: a total that lies would have the package page for ever.
    total.text = str(kept)
    return etree.tostring(root)


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

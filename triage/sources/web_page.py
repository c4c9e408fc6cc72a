"""What a web page, or another file on the web, says of itself: title, description, site, authors, date."""

import re

from triage.network import YOURSELF, Told
from triage.paper import Paper
from triage.ports import Unreachable
from triage.sources import other_file, page_title
from triage.sources.http import Answer, Http, Limits
from triage.sources.page_date import day_in_link, published_of
from triage.sources.page_parts import Parts, host_of
from triage.sources.page_people import authors_of
from triage.sources.page_text import description_of

LIMITS = Limits(connect=5.0, read=8.0, total=10.0, size=5 * 1024 * 1024, cuts=True, tries=2)
_HTML = ("text/html", "application/xhtml+xml", "application/xml", "text/xml")

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]{1,200}\Z")


def look_up(http: Http, url: str) -> Told:
    """What the page at a link says of itself; the link stays its id. Raises Unreachable."""
    answer = http.get(url, url, advice=f"Check the link, or {YOURSELF}")
    host = host_of(answer.url)
    return Told(parse(answer, url), host if host != host_of(url) else "")


def parse(answer: Answer, url: str) -> Paper:
    """The page as a paper: as much as it says, and its link for a title where it says none.

    Raises Unreachable when the site shows something else in its place, or a file that says nothing of itself.
    """
    kind = _kind(answer)
    if kind not in _HTML:
        return _file(answer, url, kind)
    parts = Parts(answer)
    instead = page_title.shown_instead(parts, url)
    if instead:
        raise Unreachable(f"{parts.host} does not show {url} but “{instead}”; {YOURSELF}")
    title = page_title.title_of(parts)
    return Paper(
        url,
        title or url,
        authors_of(parts),
        description_of(parts, title),
        published=published_of(parts),
        doi=_doi_of(parts),
        site=page_title.site_of(parts),
    )


def _doi_of(parts: Parts) -> str | None:
    """The DOI that a paper's page tells, in whichever form."""
    told = parts.all(
        "citation_doi", "dc.identifier", "dc.identifier.doi", "prism.doi", "bepress_citation_doi"
    )
    return next((found[0] for one in told if (found := _DOI.search(one))), None)


def _file(answer: Answer, url: str, kind: str) -> Paper:
    title = other_file.title_of(answer, url, kind)
    if not title:
        raise Unreachable(f"{url} is not a web page but {kind}, and says nothing of itself; {YOURSELF}")
    return Paper(url, title, published=day_in_link(answer.url), site=host_of(answer.url))


def _kind(answer: Answer) -> str:
    """What was sent, by its first bytes where they tell, else as the server says."""
    start = answer.body[:1024].lstrip()
    if start.startswith(b"%PDF-"):
        return "application/pdf"
    said = answer.headers.get("content-type", "").split(";", 1)[0].strip().lower()
    if said and not (said == "text/plain" and start[:15].lower().startswith((b"<!doctype html", b"<html"))):
        return said
    return (
        "application/octet-stream"
        if b"\0" in start[:512] and not start.startswith((b"\xff\xfe", b"\xfe\xff"))
        else "text/html"
    )

"""Listings of a category, as arXiv's hosts or a mirror give them: `network.Feeds`."""

from datetime import date, datetime
from urllib.parse import quote

from triage.network import Announced
from triage.settings import ArxivSettings
from triage.sources import arxiv_listing, arxiv_rss, arxiv_submitted
from triage.sources.arxiv_api import ArxivApi
from triage.sources.http import Answer, Http


class ArxivFeeds:
    """`network.Feeds` over HTTP."""

    def __init__(self, http: Http, settings: ArxivSettings) -> None:
        self._http = http
        self._settings = settings
        self._api = ArxivApi(http, settings)

    def today(self, category: str, etag: str = "") -> Announced:
        """What the feed of the day announces; `etag` names the feed that is known, from an earlier answer.

        Raises Unreachable for anything that is not a listing.
        """
        url = f"{self._settings.rss.rstrip('/')}/{_segment(category)}"
        # An unknown category is answered with status 400 and a feed that gives the reason.
        subject = f"the feed of {category}"
        answer = self._http.get(url, subject, accept=(400,), etag=etag)
        if answer.is_unchanged:
            return Announced(category, "rss", None, etag=etag, unchanged=True)
        found = arxiv_rss.parse(answer.body, category, answer.host)
        answer.must_be_right(subject)
        return found._replace(etag=answer.etag)

    def latest(self, category: str) -> Announced:
        """The latest listing, which stays up while arXiv rests. Raises Unreachable likewise."""
        answer = self._page(f"list/{_segment(category)}/new", f"the listing page of {category}")
        return arxiv_listing.parse(answer.body, category, answer.host)

    def on(self, category: str, day: date, page: int = 1) -> Announced:
        """One page of a day's listing, the first is 1. Raises Unreachable likewise, ValueError for page 0."""
        if page < 1:
            raise ValueError(f"there is no page {page}")
        path = f"catchup/{_segment(category)}/{day.isoformat()}?abs=True&page={page}"
        answer = self._page(path, f"the listing of {category} of {day.isoformat()}")
        return arxiv_listing.parse_day(answer.body, category, day, page, answer.host)

    def submitted(
        self, category: str, day: date, since: datetime, until: datetime, page: int = 1
    ) -> Announced:
        """The papers submitted from `since` on and before `until`, whole minutes, from the API.

        Raises Unreachable likewise, ValueError for page 0, for times without a zone and for no time at all.
        """
        return arxiv_submitted.ask(self._api, category, day, since, until, page)

    def _page(self, path: str, subject: str) -> Answer:
        # An unknown category and a day out of reach are answered with status 400 and a page with the reason.
        answer = self._http.get(f"{self._settings.site.rstrip('/')}/{path}", subject, accept=(400,))
        if answer.status == 400:
            raise arxiv_listing.refused(answer.body, subject, answer.host)
        return answer


def _segment(category: str) -> str:
    return quote(category, safe="")

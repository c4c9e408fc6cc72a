"""Today's and the latest listing of a category, as arXiv's hosts or a mirror give them: `network.Feeds`."""

from urllib.parse import quote

from triage.network import Announced
from triage.settings import ArxivSettings
from triage.sources import arxiv_listing, arxiv_rss
from triage.sources.http import Http


class ArxivFeeds:
    """`network.Feeds` over HTTP."""

    def __init__(self, http: Http, settings: ArxivSettings) -> None:
        self._http = http
        self._settings = settings

    def today(self, category: str) -> Announced:
        """What the feed of the day announces. Raises Unreachable for anything that is not a listing."""
        url = f"{self._settings.rss.rstrip('/')}/{_segment(category)}"
        # An unknown category is answered with status 400 and a feed that gives the reason.
        answer = self._http.get(url, f"the feed of {category}", accept=(400,))
        return arxiv_rss.parse(answer.body, category, answer.host)

    def latest(self, category: str) -> Announced:
        """The latest listing, which stays up while arXiv rests. Raises Unreachable likewise."""
        url = f"{self._settings.site.rstrip('/')}/list/{_segment(category)}/new"
        answer = self._http.get(url, f"the listing page of {category}")
        return arxiv_listing.parse(answer.body, category, answer.host)


def _segment(category: str) -> str:
    return quote(category, safe="")

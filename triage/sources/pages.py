"""Single papers and web pages by id or link: `network.Pages`, from the API and from the pages themselves."""

from collections.abc import Iterator, Sequence

from triage.network import PAGE_SECONDS, YOURSELF, Told
from triage.pace import BATCH
from triage.paper import is_arxiv
from triage.ports import Unreachable
from triage.sources import web_page
from triage.sources.arxiv_api import ArxivApi
from triage.sources.deadline import within
from triage.sources.http import Http


class WebAndArxiv:
    """`network.Pages` over HTTP; `http` should have the limits of `web_page.LIMITS`."""

    def __init__(self, api: ArxivApi, http: Http) -> None:
        self._api = api
        self._http = http

    def look_up(self, keys: Sequence[str]) -> Iterator[Told]:
        """The papers and pages that could be read; Unreachable, raised after them, says what could not."""
        refused: list[str] = []
        ids = [key for key in keys if is_arxiv(key)]
        for start in range(0, len(ids), BATCH):
            try:
                yield from map(Told, self._api.details(ids[start : start + BATCH]))
            except Unreachable as error:
                refused.append(str(error))
        for key in keys:
            if not is_arxiv(key):
                try:
                    yield self._page(key)
                except Unreachable as error:
                    refused.append(str(error))
        if refused:
            raise Unreachable("\n".join(dict.fromkeys(refused)))

    def _page(self, url: str) -> Told:
        try:
            with within(PAGE_SECONDS, f"{url} took longer than {PAGE_SECONDS:g} s; {YOURSELF}"):
                return web_page.look_up(self._http, url)
        except MemoryError:
            raise Unreachable(f"{url} is too much for the memory there is; {YOURSELF}") from None

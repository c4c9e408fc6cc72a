"""The HTML page of a paper, from `<site>/html/<id>` (info.arxiv.org/about/accessible_HTML.html)."""

from triage.full_text import Fetched, NoPage
from triage.settings import ArxivSettings
from triage.sources.http import Http, Limits

LIMITS = Limits(size=20 * 1024 * 1024)
_MISSING = frozenset((404, 410))


class ArxivPages:
    """`full_text.Pages` over HTTP; `http` should have these `LIMITS`."""

    def __init__(self, http: Http, arxiv: ArxivSettings) -> None:
        self._http = http
        self._site = arxiv.site.rstrip("/")

    def get(self, key: str) -> Fetched:
        """The page of a paper's latest version. Raises NoPage and Unreachable."""
        answer = self._http.get(
            f"{self._site}/html/{key}", f"the text of {key}", accept=_MISSING, advice="Try again later."
        )
        if answer.status in _MISSING:
            raise NoPage(f"{answer.host} has no HTML of {key}.")
        if answer.body[:1024].lstrip().startswith(b"%PDF-"):
            raise NoPage(f"{answer.host} has no HTML of {key} but a PDF.")
        return Fetched(key, answer.url, answer.body, _charset(answer.headers.get("content-type", "")))


def _charset(kind: str) -> str:
    for parameter in kind.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'")[:40]
    return ""

"""Serve a folder of captures: feeds by category, API entries by id, pages by name."""

import json
import re
from pathlib import Path

from lxml import etree

from tests.arxiv_forms import Reply, api_entry, api_error, api_feed
from triage.paper import Paper, PaperId

_ATOM = "{http://www.w3.org/2005/Atom}"


class Captures:
    """`arxiv_server.Content` from `rss/`, `api/`, `html_listing/`, `html_abs/`, `html_fulltext/`, `web/`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._entries = self._api_entries()

    def categories(self) -> list[str]:
        """The categories there are feeds with papers of."""
        names = [path.stem.split("_")[2] for path in sorted(self._folder.glob("rss/serialized_rss_*.xml"))]
        return [name for name in names if name not in ("empty", "error")]

    def feed(self, categories: str, form: str) -> Reply:
        """The feed that bears the category in its name, else its archive's, else the error feed."""
        paths = [path for path in sorted(self._folder.glob("rss/*.xml")) if form in path.stem.split("_")]
        names = {name for one in categories.split("+") for name in (one, one.partition(".")[0])}
        for wanted in sorted(names, key=len, reverse=True):
            named = [path for path in paths if wanted in path.stem.split("_") and "error" not in path.stem]
            if named:
                fullest = max(named, key=lambda path: path.stat().st_size)
                return Reply(fullest.read_bytes(), "application/xml")
        error = [path for path in paths if "error" in path.stem]
        return Reply(error[0].read_bytes() if error else b"", "application/xml", 400)

    def query(self, ids: list[str], search: str, start: int, most: int) -> Reply:
        """The captured entries of these ids; a search gives all of them, page by page."""
        found: list[str] = []
        for one in ids:
            try:
                key = PaperId.parse(one).key
            except ValueError:
                return Reply(api_error(f"incorrect id format for {one}"), "application/atom+xml", 400)
            found += [self._entries[key]] if key in self._entries else []
        if search:
            found = list(self._entries.values())
        return Reply(api_feed(found[start : start + most], len(found), start), "application/atom+xml")

    def latest(self, category: str, skip: int, show: int) -> Reply:  # noqa: ARG002 - the captures are whole
        """The listing page that bears the category, or its archive, in its name."""
        for name in (category, category.partition(".")[0]):
            for path in sorted(self._folder.glob("html_listing/*list_*_new.html")):
                if path.stem.split("_")[-2] == name:
                    return Reply(path.read_bytes())
        return _missing()

    def catchup(self, category: str, day: str, page: int, *, abstracts: bool) -> Reply:  # noqa: ARG002 - none
        """No day's page was captured."""
        return _missing()

    def page(self, kind: str, name: str) -> Reply:
        """A page by the end of its name; any HTML paper for one that was not captured."""
        if kind == "pdf":
            return Reply(b"%PDF-1.4\n%%EOF\n", "application/pdf")
        folder = {"abs": "html_abs", "html": "html_fulltext", "web": "web"}[kind]
        safe = re.sub(r"v\d+\Z", "", name).replace("/", "_")
        paths = sorted((self._folder / folder).glob("*.html"))
        named = [
            path for path in paths if path.name == name or path.stem == name or path.stem.endswith(f"_{safe}")
        ]
        if not named and kind == "html":
            named = paths
        return Reply(named[0].read_bytes()) if named else _missing()

    def _api_entries(self) -> dict[str, str]:
        entries: dict[str, str] = {}
        metadata = self._folder / "metadata.jsonl"
        for line in metadata.read_text(encoding="utf-8").splitlines() if metadata.exists() else ():
            record = json.loads(line)
            if record.get("form") == "api-unicode":
                paper = Paper.from_record(record | {"arxiv_comments": record["comments"]})
                entries[paper.id] = api_entry(paper)
        for path in sorted(self._folder.glob("api/*__http200.xml")):
            for entry in etree.parse(path).iter(f"{_ATOM}entry"):
                name = (entry.findtext(f"{_ATOM}id") or "").rpartition("/abs/")[2]
                entries[PaperId.parse(name).key] = etree.tostring(entry, encoding="unicode", with_tail=False)
        return entries


def _missing() -> Reply:
    return Reply(b"<html><head><title>Not found</title></head></html>", status=404)

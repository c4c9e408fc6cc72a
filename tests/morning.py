"""A morning's material: a listing in which the papers of a published haul stand among others, and web pages.

The haul is the seed's where `../shared` is beside the checkout, else one of our own in the same form.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from tests.arxiv_forms import Reply, Written
from tests.arxiv_server import ArxivServer, serving
from tests.bench.worlds import environment
from triage import post
from triage.haul import Comment, Entry, Field, Haul
from triage.listing_day import Calendar
from triage.paper import Kind, Paper, abs_url, is_arxiv

SEED = Path(__file__).resolve().parents[2] / "shared" / "seed" / "000_19ccb1c8a3744eca.txt"
CATEGORY = "cs.CL"
_LONG = "and-more-words-of-the-abstract-than-an-excerpt-has-room-for-in-any-case"
"""A word that fits behind no excerpt, so that the excerpt of an abstract made with it ends before it."""


@dataclass(frozen=True)
class Morning:
    """What arXiv and the web serve, and the post that comes of it."""

    haul: Haul
    """The post's parts, with the links as they were published."""
    listed: tuple[Paper, ...]
    """In the listing's order: the haul's papers among others."""

    @property
    def pages(self) -> tuple[Entry, ...]:
        """The haul's web pages."""
        return tuple(entry for entry in self.haul.entries if not is_arxiv(entry.key))

    def expected(self, links: Mapping[str, str]) -> str:
        """The post, with the web pages at the links they are served from."""
        entries = tuple(replace(entry, link=links.get(entry.link, entry.link)) for entry in self.haul.entries)
        return post.write(replace(self.haul, entries=entries))


@dataclass(frozen=True)
class Desk:
    """Somebody's machine: arXiv and the web on loopback, a config that names them, and no library yet."""

    server: ArxivServer
    home: Path
    links: Mapping[str, str]
    """Where each web page is served, by its published link."""

    @property
    def env(self) -> dict[str, str]:
        """The environment in which `triage` finds all that and nothing of the user's."""
        return environment(self.home)


@contextmanager
def desk(material: Morning, home: Path) -> Iterator[Desk]:
    """Serve the material, and lay a config for it into an empty home folder."""
    today = Calendar().newest(datetime.now(UTC))
    pages = {f"{place}": Reply(page(entry).encode()) for place, entry in enumerate(material.pages)}
    with serving(Written({today: list(material.listed)}, today, pages)) as server:
        config = home / "config" / "triage" / "config.toml"
        config.parent.mkdir(parents=True)
        config.write_text(server.config(), encoding="utf-8")
        links = {entry.link: f"{server.url}/web/{place}" for place, entry in enumerate(material.pages)}
        yield Desk(server, home, links)


def morning() -> Morning:
    """The seed's morning, or an invented one."""
    haul = post.read(SEED.read_text(encoding="utf-8")).haul if SEED.is_file() else invented()
    papers = [
        listed(entry.key, entry.title, whole(entry.excerpt)) for entry in haul.entries if is_arxiv(entry.key)
    ]
    around: list[Paper] = []
    # Neither the post's order nor the alphabet's: the listing is arXiv's.
    for number, paper in enumerate(papers[1::2] + papers[::2]):
        around += [other(2 * number), paper, other(2 * number + 1)]
    around += [replace(other(900 + number), kind=Kind.REPLACE, version=2) for number in range(3)]
    return Morning(haul, tuple(around))


def listed(key: str, title: str, abstract: str) -> Paper:
    """A new paper as the listing announces it."""
    authors = ("Ada Author", "Ben Writer")
    return Paper(key, title, authors, abstract, 1, Kind.NEW, (CATEGORY, "cs.LG"), primary=CATEGORY)


def other(number: int) -> Paper:
    """A paper that nobody keeps."""
    title = f"An unremarkable paper, number {number}"
    return listed(f"2611.{number + 10:05d}", title, f"Nothing in {number} stands out.")


def whole(excerpt: str) -> str:
    """An abstract that has this excerpt."""
    return f"{excerpt[:-1]} {_LONG}" if excerpt.endswith("…") else excerpt


def invented() -> Haul:
    """A haul in the seed's form, with what is difficult about the seed's notes."""
    notes = (
        "One line, with “curly” and 'straight' quotes, 50% & <b>more</b>.",
        "A first paragraph.  Two spaces, and a hair\N{HAIR SPACE}space.\n\n> A quotation\n\nAnd a last one",
        "Broken<br/>\nby hand.\n<br/>\nTwice.",
        "",
    )
    entries = [
        Entry(
            f"2306.{number:05d}",
            abs_url(f"2306.{number:05d}"),
            f"{letter}: An Invented Paper on {letter.lower() * 3}",
            f"We present {letter}, which is invented. Its abstract goes on and on beyond what any excerpt…",
            notes[number % len(notes)],
        )
        for number, letter in enumerate("ABDEFGHI")
    ]
    for letter in "CJ":
        link = f"https://example.org/{letter.lower()}"
        entries.append(Entry(link, link, f"{letter} & a Web Page", "What the page says of itself.", notes[0]))
    entries.sort(key=lambda entry: entry.title.casefold())
    front = (
        Field("title", "ML Arxiv Haul ~20"),
        Field("published_at", "2023-06-30T03:06:00.000Z"),
        Field("snippet", f"{len(entries)} more ML papers and comments"),
        Field("tags", "arxiv"),
    )
    comments = (
        Comment("", "A first comment."),
        Comment("", "A second one, with a link: https://example.org/"),
    )
    return Haul(20, front, comments, tuple(entries))


def page(entry: Entry) -> str:
    """A web page whose meta tags say what the entry's card says."""
    return f"""<!doctype html>
<html><head><meta charset="utf-8"><title>Home</title>
<meta property="og:title" content="{escape(entry.title)}">
<meta property="og:description" content="{escape(whole(entry.excerpt))}">
<meta property="og:site_name" content="Example">
</head><body><p>Text.</p></body></html>
"""

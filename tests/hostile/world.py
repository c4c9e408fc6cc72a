"""`python -m tests.hostile.world HOME < texts.json`: a home in which every text from outside is hostile.

Papers, pages and sentences come in through the doors of the program, as they would from arXiv and the web;
what a user writes, and what other machines and hands leave in the folders, is written there.
"""

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.arxiv_forms import api, feed
from tests.bench.worlds import environment
from tests.fuzz.sources import Answering
from triage import clean, post
from triage.actions import add, comment, decide, haul, note
from triage.actions.import_post import bring_in, read_post
from triage.archive import open_archive
from triage.archive.listings import DiskArchive
from triage.archive.pages import open_shelf
from triage.desktop.posts import PostFiles
from triage.full_text import Fetched, Kept, Page
from triage.haul import Comment, Entry, Field, Haul
from triage.ledger import Completeness, ListingState, Sections
from triage.library import open_library
from triage.listing_day import Calendar
from triage.paper import Kind, Paper, abs_url
from triage.ports import Library, Unreachable
from triage.settings import ArxivSettings, Settings
from triage.sources import arxiv_rss, web_page
from triage.sources.arxiv_api import ArxivApi
from triage.sources.full_text.conversion import Conversion
from triage.sources.full_text.page import read
from triage.sources.http import Answer
from triage.steps import PAPERS, Change, Step, encode

ODD = "q00x\x1b[77;7m\x1b]0;HOSTILE\x07 \x9b77;7m \u202e \x7f"
"""A part of the names of folders, which is in every path that is told."""
NOWHERE = "http://127.0.0.1:9"
"""An address where nobody listens: what asks it asks no network."""
CONFIG = f'[arxiv]\nrss = "{NOWHERE}"\napi = "{NOWHERE}"\nsite = "{NOWHERE}"\n'
PAGE = "https://page.example/x"
_NOW = datetime.now(UTC)
_DAY = Calendar().newest(_NOW)
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\uffff]")
_STANDING = re.compile("[\U000f0000-\U000fffff]")
_WORDS = "word " * 16_000
"""More than a terminal's clipboard is given."""


def env(home: Path) -> dict[str, str]:
    """The environment that leads to such a home."""
    folders = {f"XDG_{name}_HOME": str(home / f"{name} {ODD}") for name in ("STATE", "CONFIG", "DATA")}
    return {**environment(home), **folders, "TRIAGE_DATA": str(home / f"library {ODD}")}


def key(place: int) -> str:
    """The id of a paper by its place."""
    return f"2611.{place + 1:05}"


def standing(text: str) -> str:
    """A text in which private characters stand for what no XML may hold."""
    return _FORBIDDEN.sub(lambda one: chr(0xF0000 + ord(one[0])), text)


def referring(body: bytes) -> bytes:
    """What they stand for as numeric references: so it comes all the same."""
    return _STANDING.sub(lambda one: f"&#{ord(one[0]) - 0xF0000};", body.decode()).encode()


def papers(texts: Sequence[str]) -> list[Paper]:
    """A paper of each text, in which every part says it, as the API tells it."""
    made = [
        Paper(
            key(place),
            text,
            (f"Ada {text}".replace(",", ""), "Ben"),
            f"Abstract {text} ends.",
            1,
            categories=("cs.CL", f"c{text}"[:40].split(" ")[0]),
            primary="cs.CL",
            arxiv_comments=f"18 pages {text}",
            doi=text,
            journal_ref=text,
        )
        for place, text in enumerate(map(standing, texts))
    ]
    told = ArxivApi(Answering(referring(api(made))), ArxivSettings()).details([one.id for one in made])
    return [replace(one, kind=Kind.NEW) for one in told]


def build(home: Path, texts: Sequence[str]) -> None:
    """Make the home: a paper with all of the texts and one with each, kept and noted; and the rest."""
    whole = " ".join(texts)
    every, said = papers([whole, *texts]), [whole, *texts]
    folder = Path(env(home)["TRIAGE_DATA"])
    config = Path(env(home)["XDG_CONFIG_HOME"]) / "triage" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'categories = ["cs.CL"]\n{CONFIG}')
    archive = open_archive(folder)
    state = ListingState("cs.CL", Completeness.COMPLETE, _DAY.isoformat(), Sections(len(every)), details=True)
    archive.store(_DAY, every, {"cs.CL": state})
    _say(archive, said)
    library = open_library(folder, state=Path(env(home)["XDG_STATE_HOME"]) / "triage")
    decide.keep(library, every, _NOW)
    for one, text in zip(every, said, strict=True):
        note.write(library, one, f"Note {text} ends.", _NOW)
    decide.keep(library, every[-2:], _NOW, hold=True)
    for text in said[:4]:
        comment.add(library, f"Comment {text} ends.")
    add.add(library, archive, [PAGE], _NOW, f"Page {whole}\n\n{_WORDS}")
    add.fill_in(library, _page(texts))
    posts = PostFiles(folder / "posts")
    _import(library, archive, posts, home / f"post {ODD}.md", said)
    _edit_by_hand(library, posts, folder / "posts" / "haul-21.md", whole)
    library.save_draft(key(0), f"Draft {whole}")
    library.close()
    _keep_page(folder, whole)
    _other_machine(folder / "journal" / "foreign-2026.jsonl", whole)


def listing(home: Path, every: Sequence[Paper]) -> DiskArchive:
    """A home with a listing of these papers, and nothing else."""
    config = Path(env(home)["XDG_CONFIG_HOME"]) / "triage" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'categories = ["cs.CL"]\n{CONFIG}')
    archive = open_archive(Path(env(home)["TRIAGE_DATA"]))
    counted = Sections(len(every))
    state = ListingState("cs.CL", Completeness.COMPLETE, _DAY.isoformat(), counted, details=True)
    archive.store(_DAY, every, {"cs.CL": state})
    return archive


def _say(archive: DiskArchive, texts: Sequence[str]) -> None:
    """Days of which arXiv said why there is no listing, as it says that it knows no such category."""
    day = _DAY
    for text in texts:
        day = max(Calendar().days(day - timedelta(days=9), day - timedelta(days=1)))
        try:
            arxiv_rss.parse(referring(feed((), day, "cs.CL", error=standing(text))), "cs.CL", "host")
        except Unreachable as refusal:
            failed = ListingState("cs.CL", Completeness.FAILED, day.isoformat(), sentence=str(refusal))
            archive.remember(day, {"cs.CL": failed})


def _page(texts: Sequence[str]) -> Paper:
    """What a web page says of itself."""
    told = f"<title>Web {' '.join(texts)}</title><meta name=author content='{texts[0]}'>"
    return web_page.parse(Answer(PAGE, 200, told.encode("utf-8", "replace")), PAGE)


def _import(
    library: Library, archive: DiskArchive, posts: PostFiles, place: Path, texts: Sequence[str]
) -> None:
    """An old post, in a file of an odd name."""
    keys = [key(900 + at) for at in range(len(texts))]
    entries = tuple(
        Entry(one, abs_url(one), text, text[:80], text) for one, text in zip(keys, texts, strict=True)
    )
    front = (
        Field("title", "Haul 20"), Field("published_at", "2023-06-30T03:06:00.000Z"), Field("x", texts[0])
    )  # fmt: skip
    written = post.write(Haul(20, front, (Comment("", texts[0]),), entries))
    place.write_bytes(written.encode("utf-8", "replace"))
    bring_in(library, archive.find, Settings(), read_post(posts, Settings(), str(place)), _NOW)


def _edit_by_hand(library: Library, posts: PostFiles, place: Path, text: str) -> None:
    """The current haul's post, which a hand has edited."""
    haul.export_post(library, posts, Settings(), _NOW, str(place))
    edited = place.read_bytes().replace(b"Comment ", f"Hand {text} ".encode("utf-8", "replace"), 1)
    place.write_bytes(edited)


def _keep_page(folder: Path, text: str) -> None:
    """The full text of the first paper, kept for reading offline."""
    if clean.clean("\x1b"):
        # Where nothing cleans, no tree takes these at all.
        text = re.sub(r"&#[x0-9a-f]+;", "", _FORBIDDEN.sub("", text))
    text = standing(text)
    body = (
        f'<h2 class="ltx_title">1 Heading {text}</h2><p>Body {text} ends.</p>'
        f'<span class="ltx_note"><span class="ltx_note_content">Foot {text}</span></span>'
        f'<table class="ltx_tabular"><tr><td>Cell {text}</td><td>b</td></tr><tr><td>c</td></tr></table>'
        f'<a href="http://a.example/{"".join(text.split())[:100]}">Link {text}</a>'
    )
    html = referring(
        f'<html><title>{text}</title><body><article class="ltx_document">'
        f'<h1 class="ltx_title ltx_title_document">Text {text}</h1>'
        f'<section class="ltx_section" id="S1">{body}</section></article></body></html>'.encode()
    )
    url = f"{NOWHERE}/html/{key(0)}v1"
    title = Conversion(read(html, "", url, key(0)), url).title
    fetched = Fetched(key(0), url, html, "utf-8")
    open_shelf(folder).keep(Kept(Page(key(0), 1, title, url, _NOW.isoformat()), 1, fetched))


def _other_machine(journal: Path, name: str) -> None:
    """What a machine of an odd name wrote, with a gap in it."""
    there = Step(f"m{name}", 1, 1, name, "note", (Change(PAPERS, key(1), ("note",), None, "Theirs."),))
    late = Step(f"m{name}", 3, 9, "2026-11-20T08:00:00Z", "skip", ())
    journal.write_bytes(encode(there) + b"\n" + encode(late) + b"\n")


if __name__ == "__main__":
    build(Path(sys.argv[1]), json.loads(sys.stdin.read()))

"""newsboat (Debian's package) on the same papers: what it takes for a reader's steps, beside what we take."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from tests.bench import worlds
from tests.bench.figures import NONE, Figure, against
from tests.bench.ptybench import Program
from tests.bench.screens import LISTED, at_cursor, decided

NEWSBOAT = shutil.which("newsboat")
_FEEDS = r"\(1 unread, 1 total\)"
_ARTICLES = r"Articles in feed"
_COUNT = re.compile(r"\((\d+) unread, (\d+) total\)")
_ROW = re.compile(r"^▌ *\d+ .*#(\d{6})", re.MULTILINE)
_ARTICLE = re.compile(r"Title: #(\d{6})(?s:.*)Abstract (\d{6})")
_BAR = 5
"""A column within newsboat's highlighted row."""
_CONFIG = """\
auto-reload no
confirm-exit no
max-items 0
article-sort-order guid-asc
toggleitemread-jumps-to-next-unread yes
bind-key j down
bind-key g home
color listfocus black white
color listfocus_unread black white
"""


@dataclass
class Taken:
    """What a reader's steps took in one program, in milliseconds; and its memory, in MB."""

    opened: list[float] = field(default_factory=list)
    """From exec to the list of papers."""
    down: list[float] = field(default_factory=list)
    """To the next paper in the list; in ours its abstract is painted with it."""
    abstract: list[float] = field(default_factory=list)
    """To the next paper's abstract."""
    saved: list[float] = field(default_factory=list)
    """To a decision, saved, and the next paper."""
    saving: list[float] = field(default_factory=list)
    """Processor time of one of these."""
    memory: list[float] = field(default_factory=list)


def beside(scratch: Path, sizes: Sequence[int], starts: int, presses: int) -> Iterator[Figure]:
    """Each step in both, taking turns."""
    for rows in sizes:
        world = worlds.make(scratch / f"ours-{rows}", papers=rows, decisions=0)
        home = _fed(scratch / f"newsboat-{rows}", rows)
        ours, theirs = Taken(), Taken()
        for turn in range(starts):
            _read(_again(world.home, turn), presses, ours)
            _read_in_newsboat(_again(home, turn), presses, theirs)
        told = f"{rows:,} papers, ours : newsboat"
        yield against(f"open, {told}", ours.opened, theirs.opened, NONE)
        yield against(f"next paper in the list, {told}", ours.down, theirs.down, NONE)
        yield against(f"next paper's abstract, {told}", ours.abstract, theirs.abstract, NONE)
        yield against(f"decide, saved, {told}", ours.saved, theirs.saved, NONE)
        yield against(f"processor time of a decision, {told}", ours.saving, theirs.saving, NONE)
        yield against(f"memory, {told}", ours.memory, theirs.memory, NONE, "MB")


def _read(home: Path, presses: int, taken: Taken) -> None:
    world = worlds.World(home / "library", home)
    with Program(world.argv, world.env) as program:
        taken.opened.append((program.painted(LISTED) - program.started_ns) / 1e6)
        program.settle(2.0)
        taken.memory.append(program.memory())
        pressed = program.measure("<down>", presses, at_cursor).milliseconds
        taken.down += pressed
        taken.abstract += pressed
        program.press("<home>")
        _decide(program, "k", presses, decided, taken)


def _read_in_newsboat(home: Path, presses: int, taken: Taken) -> None:
    with Program(_newsboat(home), worlds.environment(home), bar=_BAR) as program:
        program.painted(_FEEDS)
        program.press("<enter>")
        taken.opened.append((program.painted(_ARTICLES) - program.started_ns) / 1e6)
        program.settle(1.0)
        taken.memory.append(program.memory())
        taken.down += program.measure("j", presses, _row).milliseconds
        program.press("g")
        _decide(program, "N", presses, _marked_read, taken)
        program.press("<enter>")
        taken.abstract += program.measure("J", presses, _article).milliseconds


def _decide(
    program: Program, key: str, presses: int, position: Callable[[str], int | None], taken: Taken
) -> None:
    program.settle()
    before = program.cpu()
    taken.saved += program.measure(key, presses, position).milliseconds
    taken.saving.append((program.cpu() - before) / presses)


def _row(screen: str) -> int | None:
    """The paper under newsboat's cursor."""
    found = _ROW.search(screen)
    return int(found[1]) if found else None


def _marked_read(screen: str) -> int | None:
    """How many papers are read, when the count and the cursor agree on it."""
    count, row = _COUNT.search(screen), _row(screen)
    return row if count and row is not None and int(count[2]) - int(count[1]) == row else None


def _article(screen: str) -> int | None:
    """The paper that newsboat shows, with its abstract."""
    found = _ARTICLE.search(screen)
    return int(found[1]) if found and found[1] == found[2] else None


def _fed(home: Path, rows: int) -> Path:
    """A home in which newsboat has read a feed of the papers, none of which is read."""
    home.mkdir()
    begun = datetime(2026, 11, 20, tzinfo=UTC)
    with (home / "feed.xml").open("w", encoding="utf-8") as feed:
        feed.write('<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">')
        feed.write(f"<title>Listing</title><id>urn:listing</id><updated>{begun.isoformat()}</updated>")
        for number in range(rows):
            paper = worlds.paper(number)
            link, at = f"https://arxiv.org/abs/{paper.id}", (begun + timedelta(seconds=number)).isoformat()
            feed.write(
                f'<entry><title>{escape(paper.title)}</title><id>{link}</id><link href="{link}"/>'
                f'<updated>{at}</updated><content type="text">{escape(paper.abstract)}</content></entry>'
            )
        feed.write("</feed>")
    (home / "urls").write_text(f"file://{home / 'feed.xml'}\n")
    (home / "config").write_text(_CONFIG)
    subprocess.run([*_newsboat(home), "-x", "reload"], env=worlds.environment(home), check=True)
    return home


def _newsboat(home: Path) -> list[str]:
    options = [
        word
        for name, of in (("-C", "config"), ("-u", "urls"), ("-c", "cache.db"))
        for word in (name, home / of)
    ]
    return [str(NEWSBOAT), *map(str, options)]


def _again(home: Path, turn: int) -> Path:
    """A copy of a home, as nobody has read in it yet."""
    copy = home.with_name(f"{home.name}-{turn}")
    shutil.copytree(home, copy)
    return copy

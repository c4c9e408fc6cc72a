"""What `doctor` looks at, joined: a part of the composition root, imported on demand."""

import os
import platform
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from triage import __version__, clean
from triage.archive import open_archive
from triage.archive.request_clock import FileRequestClock
from triage.config.reading import Fault
from triage.day_words import day_name
from triage.desktop import tried
from triage.desktop.interpreter import command
from triage.ledger import newest
from triage.library import open_library
from triage.library.whereabouts import network_of, synced_by
from triage.looked_at import Breaks, Look, Looked
from triage.ports import LibraryUnusable
from triage.settings import Settings

_PACKAGES = (
    "textual",
    "rich",
    "arxiv",
    "tinydb",
    "requests",
    "lxml",
    "beautifulsoup4",
    "markdownify",
    "pyperclip",
)
_CHECK = "`triage check` says what is damaged, and `triage repair` mends it."
_MOST = 4
"""Sentences on what is damaged in one place; `check` has them all."""
_LITTLE = 100 * 1024 * 1024
"""Bytes free, of which there should be more."""


def looks(
    data: Path, state: Path, config: Path, settings: Settings, faults: tuple[Fault, ...], now: datetime
) -> dict[str, Look]:
    """What is looked at side by side, by a word on it while it lasts, in the order in which it is told."""
    return {
        "the versions": _versions,
        "the terminal": _terminal,
        "the clipboard": lambda: tried.clipboard(command("triage.desktop.clipboard")),
        "the browser": tried.browser,
        "the editor": tried.editor,
        "the config": lambda: _config(config, faults),
        "the library": lambda: _library(data, state),
        "the archive": lambda: _archive(data),
        "the backups": lambda: _backups(data, config, now),
        "arXiv": lambda: _arxiv(state, settings, faults),
    }


def _versions() -> Iterator[Looked]:
    yield Looked(
        "triage",
        f"{__version__} · Python {platform.python_version()} · {platform.system()} {platform.release()}",
    )
    found = []
    for package in _PACKAGES:
        with suppress(PackageNotFoundError):
            found.append(f"{package} {version(package)}")
    yield Looked("packages", " · ".join(found))


def _terminal() -> Iterator[Looked]:
    from triage.tui.colours import colours

    yield from tried.terminal()
    yield Looked("colours", colours())


def _config(config: Path, faults: tuple[Fault, ...]) -> Iterator[Looked]:
    place = shown(config)
    if not faults:
        yield Looked("config", place if config.exists() else f"{place} is not there: the defaults hold")
    for fault in faults:
        yield Looked("config", fault.sentence, False, "Mend it in an editor.", Breaks.CONFIG)


def _library(data: Path, state: Path) -> Iterator[Looked]:
    place = shown(data)
    if not os.path.lexists(data):
        yield Looked("library", f"{place} is not there: it is made when something is decided")
        return
    try:
        library = open_library(data, state=state, read_only=True)
    except LibraryUnusable as refusal:
        yield Looked("library", str(refusal), is_well=False, breaks=Breaks.LIBRARY)
        return
    kept, hauls = len(library.in_haul("current")), len(library.hauls())
    parts = [
        place,
        f"{_size(data)} in all",
        f"{kept:,} kept for the current haul",
        f"{hauls:,} haul{'' if hauls == 1 else 's'} before",
        f"machine {library.machine}",
    ]
    notices = list(library.notices)
    library.close()
    yield Looked("library", " · ".join(parts))
    yield from _damaged("library", notices)
    folders = [data, *filter(os.path.lexists, [data / "journal"])]
    if not all(os.access(folder, os.W_OK | os.X_OK) for folder in folders):
        remedy = "Nothing can be decided: see to its permissions, and to those of what is in it."
        yield Looked("library", f"{place} cannot be written", False, remedy, Breaks.LIBRARY)
    yield from _disk(data)


def _disk(data: Path) -> Iterator[Looked]:
    program, network = synced_by(data), network_of(data)
    if program:
        yield Looked(
            "disk", f"the folder seems to be synced by {program}: each machine writes a journal of its own"
        )
    if network:
        remedy = (
            "Locks may not hold there: use it on one machine at a time, or lay it on a disk and sync that."
        )
        yield Looked("disk", f"the folder lies on a network ({clean.name(network)})", False, remedy)
    with suppress(OSError):
        disk = os.statvfs(data)
        free = disk.f_bavail * disk.f_frsize
        if free < _LITTLE:
            yield Looked(
                "disk", f"{_bytes(free)} are free", False, "Make room: nothing is saved on a full disk."
            )


def _archive(data: Path) -> Iterator[Looked]:
    archive = open_archive(data, set_aside=False)
    days = archive.days()
    if not days:
        yield Looked("archive", "no listing yet: `triage fetch` fetches one")
        return
    known = [state for name in archive.categories() if (state := newest(archive.states(name))) is not None]
    last = max((state.fetched_at for state in known), default="")
    parts = [f"{len(days):,} listing day{'' if len(days) == 1 else 's'} to {day_name(max(days))}"]
    parts += [_size(data / "archive")]
    with suppress(ValueError):
        parts.append(f"fetched last {datetime.fromisoformat(last).astimezone():%d %b %H:%M}")
    yield Looked("archive", " · ".join(parts))
    yield from _damaged("archive", archive.notices)


def _damaged(thing: str, notices: Sequence[str]) -> Iterator[Looked]:
    """What is damaged in it: the first sentences, and what to do beneath the last."""
    more = len(notices) - _MOST
    told = [*notices[:_MOST], f"and {more:,} more of such damages"] if more > 1 else notices
    for number, notice in enumerate(told, start=1):
        yield Looked(thing, notice, False, _CHECK if number == len(told) else "", Breaks.LIBRARY)


def _backups(data: Path, config: Path, now: datetime) -> Iterator[Looked]:
    from triage.keeping import backups

    if not os.path.lexists(data):
        return
    listed = backups(data, config, lambda: now).list()
    if listed.backups:
        last = listed.backups[0]
        count = len(listed.backups)
        yield Looked("backups", f"{count} · the last {_ago(last.moment.astimezone().date(), now.date())}")
    else:
        yield Looked("backups", "none yet: the app makes one a day, `triage backup` makes one now")
    for notice in listed.notices:
        yield Looked("backups", notice, False, _CHECK)


def _arxiv(state: Path, settings: Settings, faults: tuple[Fault, ...]) -> Iterator[Looked]:
    from triage.sources.reach import reach

    if any(fault.touches_arxiv for fault in faults):
        remedy = "Mend the config: it is not known which addresses are meant."
        yield Looked("arXiv", "not asked", False, remedy, Breaks.NETWORK)
        return
    clock = FileRequestClock(state / "requests.json", settings.arxiv.delay_seconds)
    category = next(iter(settings.categories), "cs.CL")
    yield from reach(clock, clock.held, settings.arxiv, category)


def _ago(day: date, today: date) -> str:
    days = (today - day).days
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"


def shown(path: Path) -> str:
    """A path in a sentence, the user's home as `~`."""
    text = str(path)
    with suppress(RuntimeError):  # nobody knows where it is
        home = str(Path.home())
        if len(home) > 1 and (text == home or text.startswith(f"{home}/")):
            text = f"~{text[len(home) :]}"
    return clean.name(text)


def _size(folder: Path) -> str:
    """How much a folder holds."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += (Path(place) / name).lstat().st_size
    return _bytes(total)


def _bytes(count: float) -> str:
    for unit in ("B", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"

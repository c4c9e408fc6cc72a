"""Read the full text of a paper: the page that is kept, else arXiv's, part by part as they come."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from triage.full_text import Converter, Fetched, Head, Kept, NoPage, Page, Pages, Part, Shelf
from triage.ports import ArchiveUnusable, Unreachable

_AGAIN = timedelta(hours=20)
"""After that a page is asked for again whose HTML lags behind the version that is listed."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence on what is going on."""

    event: str
    """`asking`, `waiting` or `notice`."""
    sentence: str

    def as_record(self) -> dict[str, Any]:
        """The event as the line of JSON that the app reads from its child."""
        return {"event": self.event, "sentence": self.sentence}


@dataclass(frozen=True, slots=True)
class PageCame:
    """It is known which page it is; its parts follow."""

    page: Page

    def as_record(self) -> dict[str, Any]:
        """The event as the line of JSON that the app reads from its child."""
        return {"event": "page", **self.page.as_record()}


@dataclass(frozen=True, slots=True)
class PartCame:
    """One more part can be read."""

    part: Part

    def as_record(self) -> dict[str, Any]:
        """The event as the line of JSON that the app reads from its child."""
        return {"event": "part", **self.part.as_record()}


@dataclass(frozen=True, slots=True)
class Ended:
    """All parts have come."""

    def as_record(self) -> dict[str, Any]:
        """The event as the line of JSON that the app reads from its child."""
        return {"event": "end"}


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing more will come."""

    sentence: str
    pdf: bool
    """Whether there is no HTML of the paper, so that its PDF is what can be read."""

    def as_record(self) -> dict[str, Any]:
        """The event as the line of JSON that the app reads from its child."""
        return {"event": "error", "sentence": self.sentence, "pdf": self.pdf}


Event: TypeAlias = Said | PageCame | PartCame | Ended | Failed


@dataclass(frozen=True, slots=True)
class Desk:
    """What reading a full text takes."""

    site: str
    """Whose pages they are, as an address."""
    pages: Callable[[], Pages]
    """What asks for them, made when it is needed: for a page that is kept it is not."""
    shelf: Shelf
    converter: Converter
    now: Callable[[], datetime]


def full_text(desk: Desk, key: str, listed: int | None) -> Iterator[Event]:
    """What can be told of a paper's full text, in order; `listed` is the latest version that is known of.

    A page that is kept is read without asking anybody, unless a later version is listed; it is read too when
    that one cannot be had, and then it is said which it is.
    """
    kept = desk.shelf.find(key)
    yield from (Said("notice", notice) for notice in desk.shelf.notices)
    if kept is not None and not _is_behind(kept, listed, desk.now()):
        yield from _from_shelf(desk, kept)
        return
    yield Said("asking", f"Asking {urlsplit(desk.site).hostname or desk.site} for the text of {key} …")
    try:
        fetched = desk.pages().get(key)
    except Unreachable as refusal:
        if kept is None:
            yield Failed(str(refusal), isinstance(refusal, NoPage) and refusal.pdf)
            return
        yield from _from_shelf(desk, kept, f"{_which(kept, listed)} {refusal}")
        return
    yield from _converted(desk, key, fetched, listed, kept)


def _is_behind(kept: Kept, listed: int | None, now: datetime) -> bool:
    """Tell whether a later version than that of a kept page may be had."""
    version = kept.page.version or kept.listed
    if listed is None or (version is not None and version >= listed):
        return False
    if kept.listed is None or kept.listed < listed:
        return True
    try:
        return now - datetime.fromisoformat(kept.page.fetched) > _AGAIN
    except (ValueError, TypeError):
        return True


def _which(kept: Kept, listed: int | None) -> str:
    version = f"version {kept.page.version}" if kept.page.version else "an earlier version"
    return f"This is {version}, kept on {kept.page.fetched[:10]}; version {listed} is listed."


def _from_shelf(desk: Desk, kept: Kept, notice: str = "") -> Iterator[Event]:
    """What is told of a page that is kept."""
    parts = desk.shelf.parts(kept, desk.converter.version)
    if parts is None:
        yield from _made(desk, kept.fetched, lambda _: kept, notice, is_new=False)
        return
    yield PageCame(kept.page)
    if notice:
        yield Said("notice", notice)
    yield from map(PartCame, parts)
    yield Ended()


def _converted(
    desk: Desk, key: str, fetched: Fetched, listed: int | None, before: Kept | None
) -> Iterator[Event]:
    """What is told of a page that was fetched, or of what was kept before where that is no paper's."""

    def as_kept(head: Head) -> Kept:
        moment = desk.now().isoformat(timespec="seconds")
        return Kept(Page(key, head.version, head.title, fetched.url, moment), listed, fetched)

    begun = False
    for event in _made(desk, fetched, as_kept, "", is_new=True):
        if isinstance(event, Failed) and not begun and before is not None:
            yield from _from_shelf(desk, before, f"{_which(before, listed)} {event.sentence}")
            return
        begun = begun or isinstance(event, PageCame)
        yield event


def _made(
    desk: Desk, fetched: Fetched, as_kept: Callable[[Head], Kept], notice: str, *, is_new: bool
) -> Iterator[Event]:
    """What is told of a page while its parts are made; it is kept meanwhile, and its parts at the end."""
    parts: list[Part] = []
    kept: Kept | None = None
    is_kept = not is_new
    try:
        for made in desk.converter.convert(fetched):
            if isinstance(made, Head):
                kept = as_kept(made)
                yield PageCame(kept.page)
                if notice:
                    yield Said("notice", notice)
                continue
            parts.append(made)
            yield PartCame(made)
            if is_new and len(parts) == 1 and kept is not None:
                # The first part is on the screen already, and the next ones are being made.
                is_kept = yield from _put_on(partial(desk.shelf.keep, kept))
    except Unreachable as refusal:
        yield Failed(str(refusal), isinstance(refusal, NoPage) and refusal.pdf)
        return
    if kept is not None and is_kept:
        yield from _put_on(partial(desk.shelf.keep_parts, kept, desk.converter.version, parts))
    yield Ended()


def _put_on(keep: Callable[[], None]) -> Generator[Event, None, bool]:
    """Keep something, or say that it cannot be kept; whether it is."""
    try:
        keep()
    except ArchiveUnusable as refusal:
        yield Said("notice", str(refusal))
        return False
    return True

"""The HTML pages of papers, kept for reading without a network: as they came, and the parts made of them.

`<id>.html.gz` holds a line of JSON on the page and then its bytes; `<id>.parts.gz` a line of JSON on what
made the parts, a line for each, and a line that ends them. Each is written whole or not at all, and gzip's
own checksum tells damage. The parts are only there for speed: what is wrong with them is passed over.
"""

import gzip
import json
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from triage import clean
from triage.archive import files
from triage.archive.files import named
from triage.full_text import Fetched, Kept, Page, Part
from triage.paper import file_part
from triage.ports import ArchiveUnusable

_FORM = 1
_MOST = 64 * 1024 * 1024
"""Bytes that a file of ours unfolds to at most."""
_LEVEL = 6
_PAGE, _PARTS = ".html.gz", ".parts.gz"
_DAMAGED = (ValueError, KeyError, TypeError, EOFError, zlib.error, RecursionError, OverflowError)
"""What comes of reading a file that is not as it was written."""


class PageShelf:
    """`full_text.Shelf` on a folder; nothing is made before something is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._notices: list[str] = []

    @property
    def notices(self) -> Sequence[str]:
        """Sentences on pages that were found damaged, each once."""
        return tuple(self._notices)

    def find(self, key: str) -> Kept | None:
        """The page that is kept of a paper; one that is damaged is set aside, and None."""
        path = self._path(key, "html")
        try:
            head, html = _unfolded(path)
            about = json.loads(head)
            if int(about["form"]) > _FORM:
                # Of a newer version of ours, which shall find it as it was.
                return None
            page = Page.from_record(about["page"])
            if page.id != key:
                raise ValueError(page.id)
            listed = about["listed"]
            fetched = Fetched(key, page.url, html, str(about["charset"]))
            return Kept(page, None if listed is None else int(listed), fetched)
        except FileNotFoundError:
            return None
        except OSError as error:
            if not isinstance(error, gzip.BadGzipFile):
                self._notices.append(f"{named(path)} cannot be read ({error.strerror or error}).")
                return None
        except _DAMAGED:
            pass
        self._set_aside(path)
        return None

    def parts(self, kept: Kept, converter: int) -> Sequence[Part] | None:
        """The parts that this version of the converter made of a page; None when they are not kept."""
        try:
            head, rest = _unfolded(self._path(kept.page.id, "parts"))
            if json.loads(head) != _about_parts(kept, converter):
                return None
            *lines, end = rest.rstrip(b"\n").split(b"\n")
            parts = [Part.from_record(json.loads(line)) for line in lines]
            return parts if json.loads(end) == {"parts": len(parts)} else None
        except (OSError, *_DAMAGED):
            return None

    def keep(self, kept: Kept) -> None:
        """Keep a page in place of what was kept of its paper. Raises ArchiveUnusable."""
        about = {
            "form": _FORM,
            "page": kept.page.as_record(),
            "listed": kept.listed,
            "charset": kept.fetched.charset,
        }
        self._write(self._path(kept.page.id, "html"), _line(about) + kept.fetched.html)

    def keep_parts(self, kept: Kept, converter: int, parts: Sequence[Part]) -> None:
        """Keep the parts of a page that is kept. Raises ArchiveUnusable."""
        lines = [_about_parts(kept, converter), *(part.as_record() for part in parts), {"parts": len(parts)}]
        self._write(self._path(kept.page.id, "parts"), b"".join(map(_line, lines)))

    def files(self) -> Sequence[Path]:
        """Every file that is kept: pages, and what was made of them. Raises OSError."""
        try:
            return sorted(path for path in self._folder.iterdir() if path.name.endswith((_PAGE, _PARTS)))
        except FileNotFoundError:
            return ()

    def is_whole(self, path: Path) -> bool:
        """Tell whether a file of those can be read from beginning to end. Raises OSError."""
        try:
            head, rest = _unfolded(path)
            about = json.loads(head)
            if int(about["form"]) <= _FORM and self.is_page(path):
                Page.from_record(about["page"])
            elif int(about["form"]) <= _FORM:
                *lines, end = rest.rstrip(b"\n").split(b"\n")
                return bool(json.loads(end) == {"parts": len(lines)})
        except (gzip.BadGzipFile, AttributeError, *_DAMAGED):
            return False
        return True

    def is_page(self, path: Path) -> bool:
        """Tell whether a file is a page, and not what was made of one."""
        return path.name.endswith(_PAGE)

    def set_aside(self, path: Path) -> Path | None:
        """Give a damaged file another name; None when that fails."""
        return files.set_aside(path)

    def _path(self, key: str, what: str) -> Path:
        return self._folder / f"{file_part(key, '_')}.{what}.gz"

    def _write(self, path: Path, content: bytes) -> None:
        try:
            with files.locked(self._folder):
                files.replace_file(path, gzip.compress(content, _LEVEL, mtime=0))
        except OSError as error:
            raise ArchiveUnusable(
                f"The page could not be kept for reading offline: {named(self._folder)} cannot be written "
                f"({error.strerror or error})."
            ) from error

    def _set_aside(self, path: Path) -> None:
        aside = files.set_aside(path)
        place = f"set aside as {clean.name(aside.name)}" if aside is not None else "left where it is"
        self._notices.append(f"The page kept in {named(path)} is damaged; it was {place}.")


def _about_parts(kept: Kept, converter: int) -> dict[str, Any]:
    """What parts were made of, and by what."""
    return {"form": _FORM, "converter": converter, "page": zlib.crc32(kept.fetched.html)}


def _unfolded(path: Path) -> tuple[bytes, bytes]:
    """The first line of a file, and the rest. Raises OSError, EOFError, zlib.error, ValueError."""
    with gzip.open(path) as file:
        head = file.readline(1 << 16)
        rest = file.read(_MOST)
        if file.read(1):
            raise ValueError(path.name)
    return head, rest


def _line(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def open_shelf(data: Path) -> PageShelf:
    """The pages kept in a data folder (`DIR`), in `DIR/archive/pages`."""
    return PageShelf(data / "archive" / "pages")

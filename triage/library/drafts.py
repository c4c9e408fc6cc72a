"""Notes being typed, one file each, so that a killed process costs at most the last second of typing."""

import contextlib
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from triage.digest import sha256
from triage.library.durable import aside_name, make_folder, reason, replace_file, shown, sync_folder
from triage.library.slots import Slots
from triage.pattern import pattern
from triage.ports import NotSaved
from triage.user_text import from_file

FOLDER = "drafts"
LOCK = "lock"
"""A file beside them: who writes which."""
_FILE = pattern(r"[0-9a-f]{32}(-\d)?\.json\Z", re.ASCII)


class Drafts:
    """The drafts of a library. A file is named by its key's hash, for a key may be a link of any length.

    What another process is writing just now is none: it is not offered, and nothing is written over it.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FOLDER
        self._slots = Slots(self._path / LOCK)

    def get(self, key: str) -> str | None:
        """A draft's text; None where there is none, or none that can be read."""
        found = self._found(key)
        return found.text if found is not None else None

    def over(self, key: str) -> str | None:
        """The text that a draft is to take the place of; None where there is no draft, or it does not say."""
        found = self._found(key)
        return found.over if found is not None else None

    def file_of(self, key: str) -> Path:
        """A file for the user's own editor, in a folder of its own: what is saved there is the draft.

        What an editor keeps beside it, to recover by, is found there again, too.
        """
        name = _name(key)
        return _outside(self._file(name, self._slots.held(name)))

    def put(self, key: str, text: str | None, over: str | None = None) -> None:
        """Keep a text that is to take the place of another, or drop the draft. Raises NotSaved."""
        name = _name(key)
        try:
            if text is None:
                if self._path.is_dir():
                    path = self._file(name, self._slots.take(name))
                    path.unlink(missing_ok=True)
                    _drop_outside(path)
                    self._slots.let_go(name)
                return
            make_folder(self._path)
            path = self._file(name, self._slots.take(name))
            replace_file(path, path.with_suffix(f".{os.getpid()}.tmp"), [_Draft(key, text, over).encoded()])
            _drop_outside(path)
        except OSError as error:
            raise NotSaved(
                f"The draft could not be kept in {shown(self._path)} ({reason(error)})."
            ) from error

    def all(self) -> dict[str, str]:
        """Every draft that can be read, by its key."""
        kept: list[_Draft] = []
        with contextlib.suppress(OSError):
            kept += filter(None, map(_read, sorted(self._path.glob("*.json"))))
        found = ((draft.key, self.get(draft.key)) for draft in kept)
        return {key: text for key, text in found if text is not None}

    def close(self) -> None:
        """Leave what was being typed to whoever opens the library next."""
        self._slots.close()

    def files(self) -> Sequence[Path]:
        """The file of every draft, whether it can be read or not. Raises OSError."""
        return sorted(path for path in self._path.glob("*.json") if _FILE.match(path.name))

    def is_whole(self, path: Path) -> bool:
        """Tell whether a draft's file is as it was written. Raises OSError."""
        draft = _decoded(path.read_bytes())
        return draft is not None and _name(draft.key) == _name_of(path) and draft.fits

    def set_aside(self, path: Path) -> Path | None:
        """Keep a damaged draft's file under another name; None where somebody is writing it just now.

        What can be read of it is the draft from then on. Raises OSError.
        """
        name = _name_of(path)
        if not any(self._file(name, place) == path for place in self._slots.readable(name)):
            return None
        data = path.read_bytes()
        aside = aside_name(path)
        draft = _decoded(data)
        replace_file(aside, aside.with_name(f"{aside.name}.{os.getpid()}.tmp"), [data])
        if draft is not None and _name(draft.key) == name:
            replace_file(path, path.with_suffix(f".{os.getpid()}.tmp"), [draft.encoded()])
        else:
            path.unlink()
            sync_folder(self._path)
        return aside

    def _found(self, key: str) -> "_Draft | None":
        """The first draft of a key that nobody else is writing."""
        name = _name(key)
        for place in self._slots.readable(name):
            path = self._file(name, place)
            draft, saved = _read(path), _saved_outside(path)
            kept = draft if draft is not None and draft.key == key else None
            if saved is not None:
                return _Draft(key, saved, kept.over if kept is not None else None)
            if kept is not None:
                return kept
        return None

    def _file(self, name: str, place: int) -> Path:
        return self._path / (f"{name}-{place}.json" if place else f"{name}.json")


def _name(key: str) -> str:
    return sha256(key.encode("utf-8", "surrogatepass"))[:32]


def _name_of(path: Path) -> str:
    """The hash of the key that a draft's file is named by."""
    return path.stem.partition("-")[0]


def _outside(path: Path) -> Path:
    return path.with_suffix("") / "note.md"


def _saved_outside(path: Path) -> str | None:
    """What the user's own editor saved and nobody took, for the app was killed meanwhile."""
    try:
        return from_file(_outside(path).read_bytes()) or None
    except OSError:
        return None


def _drop_outside(path: Path) -> None:
    """Remove the editor's file, for its text was taken; what the editor recovers by stays."""
    outside = _outside(path)
    with contextlib.suppress(OSError):
        for left in (outside, outside.with_name(f"{outside.name}~"), outside.with_name(f"#{outside.name}#")):
            left.unlink(missing_ok=True)
        outside.parent.rmdir()


class _Draft(NamedTuple):
    key: str
    text: str
    over: str | None
    fits: bool = True
    """Whether the file is as it was written; a draft is offered all the same, for most of it is right."""

    def encoded(self) -> bytes:
        """The file's bytes: JSON with a CRC-32, in eight hex digits, over what stands behind the sum."""
        rest = json.dumps({"key": self.key, "text": self.text, "over": self.over})[1:].encode()
        return b'{"sum": "%08x", %b' % (crc32(rest), rest)


def _read(path: Path) -> _Draft | None:
    try:
        return _decoded(path.read_bytes())
    except OSError:
        return None


def _decoded(data: bytes) -> _Draft | None:
    try:
        draft = json.loads(data)
        key, text, over, check = draft["key"], draft["text"], draft.get("over"), draft.get("sum")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if not isinstance(key, str) or not isinstance(text, str):
        return None
    read = _Draft(key, text, over if isinstance(over, str) else None)
    if check is None:  # an earlier version wrote no sum
        return read._replace(
            fits=draft.keys() <= {"key", "text", "over"} and data == json.dumps(draft).encode()
        )
    return read._replace(fits=data == read.encoded())

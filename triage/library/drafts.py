"""Notes being typed, one file each, so that a killed process costs at most the last second of typing."""

import contextlib
import json
import os
from pathlib import Path
from typing import NamedTuple

from triage.digest import sha256
from triage.library.durable import reason, replace_file, shown
from triage.ports import NotSaved
from triage.user_text import from_file

FOLDER = "drafts"


class Drafts:
    """The drafts of a library. A file is named by its key's hash, for a key may be a link of any length."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FOLDER

    def get(self, key: str) -> str | None:
        """A draft's text; None where there is none, or none that can be read."""
        saved = self._saved_outside(key)
        kept = self._kept(key)
        return saved if saved is not None else kept.text if kept is not None else None

    def over(self, key: str) -> str | None:
        """The text that a draft is to take the place of; None where there is no draft, or it does not say."""
        kept = self._kept(key)
        return kept.over if kept is not None else None

    def file_of(self, key: str) -> Path:
        """A file for the user's own editor, in a folder of its own: what is saved there is the draft.

        What an editor keeps beside it, to recover by, is found there again, too.
        """
        return self._file(key).with_suffix("") / "note.md"

    def put(self, key: str, text: str | None, over: str | None = None) -> None:
        """Keep a text that is to take the place of another, or drop the draft. Raises NotSaved."""
        path = self._file(key)
        try:
            if text is None:
                path.unlink(missing_ok=True)
                self._drop_outside(key)
                return
            self._path.mkdir(mode=0o700, exist_ok=True)
            content = json.dumps({"key": key, "text": text, "over": over}).encode()
            replace_file(path, path.with_suffix(f".{os.getpid()}.tmp"), [content])
            self._drop_outside(key)
        except OSError as error:
            raise NotSaved(
                f"The draft could not be kept in {shown(self._path)} ({reason(error)})."
            ) from error

    def all(self) -> dict[str, str]:
        """Every draft that can be read, by its key."""
        found = {}
        with contextlib.suppress(OSError):
            for path in sorted(self._path.glob("*.json")):
                if (draft := _read(path)) is not None:
                    saved = self._saved_outside(draft.key)
                    found[draft.key] = draft.text if saved is None else saved
        return found

    def _kept(self, key: str) -> "_Draft | None":
        draft = _read(self._file(key))
        return draft if draft is not None and draft.key == key else None

    def _saved_outside(self, key: str) -> str | None:
        """What the user's own editor saved and nobody took, for the app was killed meanwhile."""
        try:
            return from_file(self.file_of(key).read_bytes()) or None
        except OSError:
            return None

    def _drop_outside(self, key: str) -> None:
        """Remove the editor's file, for its text was taken; what the editor recovers by stays."""
        path = self.file_of(key)
        with contextlib.suppress(OSError):
            for left in (path, path.with_name(f"{path.name}~"), path.with_name(f"#{path.name}#")):
                left.unlink(missing_ok=True)
            path.parent.rmdir()

    def _file(self, key: str) -> Path:
        return self._path / f"{sha256(key.encode('utf-8', 'surrogatepass'))[:32]}.json"


class _Draft(NamedTuple):
    key: str
    text: str
    over: str | None


def _read(path: Path) -> _Draft | None:
    try:
        draft = json.loads(path.read_bytes())
        key, text, over = draft["key"], draft["text"], draft.get("over")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if not isinstance(key, str) or not isinstance(text, str):
        return None
    return _Draft(key, text, over if isinstance(over, str) else None)

"""Notes being typed, one file each, so that a killed process costs at most the last second of typing."""

import contextlib
import json
import os
from pathlib import Path

from triage.digest import sha256
from triage.library.durable import reason, replace_file, shown
from triage.ports import NotSaved

FOLDER = "drafts"


class Drafts:
    """The drafts of a library. A file is named by its key's hash, for a key may be a link of any length."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FOLDER

    def get(self, key: str) -> str | None:
        """A draft's text; None where there is none, or none that can be read."""
        found = _read(self._file(key))
        return found[1] if found is not None and found[0] == key else None

    def put(self, key: str, text: str | None) -> None:
        """Keep a text, or drop the draft. Raises NotSaved."""
        path = self._file(key)
        try:
            if text is None:
                path.unlink(missing_ok=True)
                return
            self._path.mkdir(mode=0o700, exist_ok=True)
            content = json.dumps({"key": key, "text": text}).encode()
            replace_file(path, path.with_suffix(f".{os.getpid()}.tmp"), [content])
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
                    found[draft[0]] = draft[1]
        return found

    def _file(self, key: str) -> Path:
        return self._path / f"{sha256(key.encode('utf-8', 'surrogatepass'))[:32]}.json"


def _read(path: Path) -> tuple[str, str] | None:
    try:
        draft = json.loads(path.read_bytes())
        key, text = draft["key"], draft["text"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return (key, text) if isinstance(key, str) and isinstance(text, str) else None

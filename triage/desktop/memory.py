"""What the app remembers from one start to the next, in one small file of the user's state folder."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from triage.desktop.posts import replace_file

MOST_BYTES = 1_000_000


class StateFile:
    """`ports.Memory` in a JSON file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def recall(self) -> Mapping[str, Any]:
        """What was remembered last; empty the first time, and when it cannot be read."""
        try:
            with self._path.open("rb") as file:
                state = json.loads(file.read(MOST_BYTES))
        except (OSError, ValueError, RecursionError):
            return {}
        return state if isinstance(state, dict) else {}

    def remember(self, state: Mapping[str, Any]) -> None:
        """Remember this instead; what cannot be written is passed over."""
        with suppress(OSError, ValueError, TypeError):
            replace_file(self._path, json.dumps(dict(state)).encode())

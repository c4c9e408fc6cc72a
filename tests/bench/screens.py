"""What the measured screens show, as numbers that a key changes."""

import re

LISTED = r"\d+/\d+ · \d+ kept"
_POSITION = re.compile(r"▌.*?#(\d{6})")
_ABSTRACT = re.compile(r"Abstract (\d{6})")
_DECIDED = re.compile(r"(\d+)/\d+ · \d+ kept")


def at_cursor(screen: str) -> int | None:
    """The paper under the cursor, when list and abstract agree on it."""
    row, abstract = _POSITION.search(screen), _ABSTRACT.search(screen)
    return int(row[1]) if row and abstract and row[1] == abstract[1] else None


def decided(screen: str) -> int | None:
    """How many papers are decided, when progress, cursor and abstract agree on it."""
    progress, cursor = _DECIDED.search(screen), at_cursor(screen)
    return cursor if progress and cursor is not None and int(progress[1]) == cursor else None

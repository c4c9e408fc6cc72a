"""What a child of ours reports, one JSON object a line, and what is told in its place where it does not."""

import json
from collections.abc import Mapping
from typing import Any, TypeAlias

Event: TypeAlias = Mapping[str, Any]

LONGEST_LINE = 32 * 1024 * 1024
"""Bytes of one event; a page of details is one."""


def event_in(line: bytes) -> Event | None:
    """The event that a line holds; None for a line that holds none."""
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) else None


def not_started(command: str, error: OSError) -> Event:
    """Told of a child that cannot be started."""
    return {"event": "error", "sentence": f"{command} could not be started: {error.strerror}"}


def ended_badly(status: int) -> Event:
    """Told of a child that ended with a status, negative for a signal, and did not say why."""
    sentence = f"the helper process ended with status {status}; try again"
    return {"event": "error", "sentence": sentence, "status": status}


def too_long() -> Event:
    """Told of a child that goes on and on without an end of line, and is ended."""
    return {"event": "error", "sentence": "the helper process said more than anybody reads and was ended"}


def silent(seconds: float) -> Event:
    """Told of a child that said nothing for so many seconds, and is ended."""
    sentence = f"the helper process said nothing for {seconds:g} s and was ended; try again"
    return {"event": "error", "sentence": sentence, "late": True}

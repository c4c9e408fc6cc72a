"""A paper of a haul as the exporters take it."""

from typing import NamedTuple

from triage.paper import Paper


class Kept(NamedTuple):
    """A paper, and what the user wrote on it."""

    paper: Paper
    note: str = ""
    """The user's Markdown, exactly."""

"""What `doctor` has looked at: one thing, how it stands, and what to do when it does not stand well."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple, TypeAlias


class Breaks(StrEnum):
    """What does not work because of something that is not well."""

    LIBRARY = "library"
    CONFIG = "config"
    NETWORK = "network"


class Looked(NamedTuple):
    """One thing that was looked at."""

    thing: str
    says: str
    """What it is and how it stands, in a line."""
    is_well: bool = True
    remedy: str = ""
    """What to do about it, a sentence; empty when nothing is to be done."""
    breaks: Breaks | None = None
    """None: the work can be done all the same."""


Look: TypeAlias = Callable[[], Iterable[Looked]]
"""Looks at things that belong together, one after the other; it may take seconds, and raises nothing."""

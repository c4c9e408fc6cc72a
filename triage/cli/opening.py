"""The request to open the app, and the arguments that make it most mornings, read without a parser.

argparse and the table of all commands would be a fortieth of the time until the app's first paint.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from triage.cli.request import Request

_FOLDERS = ("--data", "--config")


class OpenApp(NamedTuple):
    """Open the full-screen app."""

    words: tuple[str, ...] = ()
    """Categories as typed; empty: those of the config."""
    demo: bool = False
    read_only: bool = False


class Invocation(NamedTuple):
    """A request, and where the user's things are."""

    request: "Request"
    data: str | None = None
    """`--data`: the library's folder."""
    config: str | None = None
    """`--config`: the config's file."""


def opening(argv: Sequence[str]) -> Invocation | None:
    """What `parse` makes of arguments without a word; None for most others, and for all that it refuses."""
    found: dict[str, str] = {}
    words = iter(argv)
    for word in words:
        value = next(words, "") if word in _FOLDERS else word
        if word in found or not value or "\0" in value or (word in _FOLDERS and value.startswith("-")):
            return None
        found[word] = value
    switches = found.keys() - set(_FOLDERS)
    if switches not in (set(), {"--demo"}, {"--read-only"}):
        return None
    request = OpenApp(demo="--demo" in switches, read_only="--read-only" in switches)
    return Invocation(request, found.get("--data"), found.get("--config"))

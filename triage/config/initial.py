"""A config to begin with: every key with what it is for, and its default."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from triage.config.checks import CHECKS
from triage.config.text import toml
from triage.ports import Unreachable
from triage.settings import Settings

_HEAD = """\
# The config of triage. Every key is optional; what stands here is what holds without it.
# `triage config show` prints what takes effect."""
_TOLD: Mapping[str, str] = {
    "categories": 'The arXiv categories you read: ["cs.CL", "cs.LG"].',
    "keys": 'The keys: "mnemonic" or "vim"; `triage keys` prints both.',
    "arxiv.rss": "Listings. These three addresses can be pointed at a mirror.",
    "arxiv.api": "Details of papers, and listing days that lie far back.",
    "arxiv.site": "Listing pages, abs pages, full texts.",
    "arxiv.delay_seconds": "Between two requests; never less for arXiv's own hosts.",
    "arxiv.holidays": "More evenings without an announcement, as [2027-02-15]: no listing on the day after.",
    "listing.cross_lists": 'Papers that are listed elsewhere first: "show", "fold" away, or "leave out".',
    "haul.title": "A post's title; {number} and {count} are filled in.",
    "haul.tags": "A post's tags.",
    "haul.snippet": "A post's summary; {number} and {count} are filled in.",
    "haul.path": "Where posts are written: {number}, {date}, {slug}, {count}.\n"
    "Without it: posts/haul-{number}.md beside the library.",
    "haul.url": "Where a post will be read: {number}, {date}, {slug}.",
    "haul.front_matter": "More lines for the front matter of posts, added as they stand.",
}
_EXAMPLES: Mapping[str, str] = {
    "haul.path": 'path = "~/blog/posts/{date}-haul-{number}.md"',
    "haul.url": 'url = "https://example.org/haul-{number}"',
    "haul.front_matter": 'author = "Your Name"',
}
"""For keys that have no default: a line that says nothing until its `#` is taken away."""


def initial() -> str:
    """The config's text; read back, it is the defaults."""
    return f"{_HEAD}\n\n" + "\n".join(_lines()) + "\n"


def write_initial(config: Path) -> None:
    """Write it where no config is. Raises Unreachable where one is, or it cannot be written."""
    try:
        config.parent.mkdir(parents=True, exist_ok=True)
        # Never over anything, not even what a link leads to.
        handle = os.open(config, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        raise Unreachable(f"{config} is there already, and was left as it is; move it away first") from None
    except OSError as refusal:
        raise _unwritable(config, refusal) from refusal
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(initial())
            file.flush()
            os.fsync(file.fileno())
    except OSError as refusal:
        # Half of it would hold, and be in the way of the next try.
        with suppress(OSError):
            config.unlink()
        raise _unwritable(config, refusal) from refusal


def _unwritable(config: Path, refusal: OSError) -> Unreachable:
    return Unreachable(f"{config} cannot be written: {refusal.strerror or refusal}")


def _lines() -> Iterator[str]:
    table = ""
    for key in CHECKS:
        above, _, name = key.rpartition(".")
        if key == "haul.front_matter":
            above, name = key, ""
        if above != table:
            table = above
            yield from ("", f"[{table}]")
        yield from (f"# {line}" for line in _TOLD[key].splitlines())
        yield f"# {_EXAMPLES[key]}" if key in _EXAMPLES else f"{name} = {toml(_default(key))}"


def _default(key: str) -> Any:
    value: Any = Settings()
    for name in key.split("."):
        value = getattr(value, name)
    return value

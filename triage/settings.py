"""What the user may set: a frozen value with a default for every key."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from triage.pace import ARXIV_DELAY

MNEMONIC, VIM = "mnemonic", "vim"
PRESETS = (MNEMONIC, VIM)
"""The key presets."""
TITLE = "ML Arxiv Haul ~{number}"
SNIPPET = "{count} more ML papers and comments"


class ArxivSettings(NamedTuple):
    """Where arXiv is, and how slowly it is asked."""

    rss: str = "https://rss.arxiv.org/rss"
    api: str = "https://export.arxiv.org/api/query"
    site: str = "https://arxiv.org"
    delay_seconds: float = ARXIV_DELAY
    """Between two requests, in seconds, over everything that runs under the account."""


class HaulSettings(NamedTuple):
    """What a post's front matter says, and where the post is written and read."""

    title: str = TITLE
    """`{number}` and `{count}` are filled in."""
    tags: tuple[str, ...] = ("arxiv",)
    snippet: str = SNIPPET
    path: str | None = None
    """`{number}`, `{date}`, `{slug}` and `{count}` are filled in; without it, DIR/posts/haul-{number}.md."""
    url: str | None = None
    """Where the post will be read; `{number}`, `{date}` and `{slug}` are filled in."""
    front_matter: Mapping[str, Any] = MappingProxyType({})
    """Further keys of the front matter, added as they stand."""


class Settings(NamedTuple):
    """Everything config.toml can say."""

    categories: tuple[str, ...] = ()
    keys: str = MNEMONIC
    """One of `PRESETS`."""
    arxiv: ArxivSettings = ArxivSettings()
    haul: HaulSettings = HaulSettings()

"""What the user may set: a frozen value with a default for every key."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from triage.pace import ARXIV_DELAY

MNEMONIC, VIM = "mnemonic", "vim"
PRESETS = (MNEMONIC, VIM)
"""The key presets."""
SHOW, FOLD, LEAVE_OUT = "show", "fold", "leave out"
CROSS_LISTS = (SHOW, FOLD, LEAVE_OUT)
"""What becomes of the papers that are listed under another category first."""
TITLE = "ML Arxiv Haul ~{number}"
SNIPPET = "{count} more ML papers and comments"


class ArxivSettings(NamedTuple):
    """Where arXiv is, and how slowly it is asked."""

    rss: str = "https://rss.arxiv.org/rss"
    api: str = "https://export.arxiv.org/api/query"
    site: str = "https://arxiv.org"
    delay_seconds: float = ARXIV_DELAY
    """Between two requests, in seconds, over everything that runs under the account."""
    holidays: tuple[date, ...] = ()
    """Days on which arXiv's staff rests, beside those that are known: the day after each has no listing."""


class ListingSettings(NamedTuple):
    """How a listing is shown."""

    cross_lists: str = SHOW
    """One of `CROSS_LISTS`."""


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
    listing: ListingSettings = ListingSettings()
    haul: HaulSettings = HaulSettings()

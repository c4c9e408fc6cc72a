"""Links to web pages: which are followed, what of them only tells whence one came, which lead to one page."""

import re
from collections.abc import Iterator
from itertools import product
from urllib.parse import urlsplit, urlunsplit

# Parameters that mailers, advertisers and share buttons add, and that no page looks at to know what to show:
# what several browsers take away (Firefox's query stripping, Brave's). What may mean something (`ref`,
# `source`, `t`, `id`) is none.
_TRACKING = (
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|gad_source|msclkid|yclid|twclid|ttclid|igshid|igsh"
    r"|mc_[ce]id|mkt_tok|oly_(?:anon|enc)_id|_hs(?:enc|mi)|vero_id|__s|srsltid"
)
"""Compiled when the first link is looked at."""


def is_safe(link: str) -> bool:
    """Tell whether a link may be followed: http or https, a host, no user name, nothing that hides."""
    try:
        parts = urlsplit(link)
        sound = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    web = sound and parts.scheme in ("http", "https") and "@" not in parts.netloc
    return web and all(char.isprintable() and not char.isspace() for char in link)


def untracked(link: str) -> str:
    """The link without what only tells whence one came (`utm_source`); every other part as it stands."""
    head, question, rest = link.partition("?")
    if not question or "#" in head:
        return link
    query, mark, fragment = rest.partition("#")
    kept = [
        pair
        for pair in query.split("&")
        if not re.fullmatch(_TRACKING, pair.partition("=")[0], re.IGNORECASE)
    ]
    if len(kept) == query.count("&") + 1:
        return link
    return head + ("?" + "&".join(kept) if kept else "") + mark + fragment


def same_page(link: str) -> Iterator[str]:
    """Other links that lead to the same page on every server one meets, the likeliest first.

    With and without what tells whence one came, `www.`, TLS, and a slash at the end. What stands behind `#`
    may be a place of the page that is meant, and makes it another.
    """
    bare = urlsplit(untracked(link))
    host = bare.netloc.lower().removesuffix(":443" if bare.scheme == "https" else ":80")
    name, path = host.removeprefix("www."), bare.path.rstrip("/")
    hosts = dict.fromkeys((host, f"www.{name}") if name[:1] in ("", ":") else (host, name, f"www.{name}"))
    for scheme, place, where in product(("https", "http"), hosts, (path, f"{path}/")):
        yield urlunsplit((scheme, place, where, bare.query, bare.fragment))

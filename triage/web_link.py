"""Links to web pages: which of them are followed."""

from urllib.parse import urlsplit


def is_safe(link: str) -> bool:
    """Tell whether a link may be followed: http or https, a host, no user name, nothing that hides."""
    try:
        parts = urlsplit(link)
        sound = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    web = sound and parts.scheme in ("http", "https") and "@" not in parts.netloc
    return web and all(char.isprintable() and not char.isspace() for char in link)

"""Which links may be asked for, and where a redirection may lead; whose machine that is, `peers` knows."""

import re
from urllib.parse import SplitResult, urljoin, urlsplit

from triage import clean
from triage.ports import Unreachable


def checked(url: str, subject: str) -> SplitResult:
    """The parts of a link that may be asked for. Raises Unreachable, naming what is wrong with it."""
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise Unreachable(f"{url!r} is not a link ({clean.name(str(error))}).") from error
    if parts.scheme not in ("http", "https"):
        raise Unreachable(f"{url!r} is not a web link: it must begin with http:// or https://.")
    if not host or not url.strip().isprintable() or re.search(r"[\s\\]", url.strip()):
        raise Unreachable(f"{url!r} is not a link: it names no host, or holds a space.")
    if parts.username is not None or parts.password is not None:
        raise Unreachable(
            f"The link for {subject} carries a user name before its host {host}; it was refused."
        )
    return parts


def redirected(where: SplitResult, location: str, subject: str) -> SplitResult:
    """Where a redirection leads from `where`, which answered. Raises Unreachable likewise."""
    try:
        link = urljoin(where.geturl(), location)
    except ValueError as error:
        raise Unreachable(f"{location!r} is not a link ({clean.name(str(error))}).") from error
    target = checked(link, subject)
    if where.scheme == "https" and target.scheme == "http":
        raise Unreachable(f"{where.hostname} redirects {subject} to an unencrypted address; it was refused.")
    return target

"""Markdown links to papers."""

import re

# Whatever CommonMark would take for markup inside a link's text (spec 0.31.2, 2.4 and 6).
_MARKUP = re.compile(r"([\\`*_\[\]<>&~])")
# What ends or breaks a link's destination: white space, controls, and the characters that bracket it.
_BREAKS_A_LINK = re.compile(r"[\x00-\x20\x7f()<>\[\]\\\"`]")
_ENTITY = re.compile(r"&(?=#?\w{1,32};)")


def markdown_link(title: str, url: str) -> str:
    """`[title](url)`, in which the title shows as it is and the url leads where it led."""
    shown = _MARKUP.sub(r"\\\1", " ".join(title.split()))
    encoded = _BREAKS_A_LINK.sub(lambda found: f"%{ord(found[0]):02X}", url)
    return f"[{shown}]({_ENTITY.sub('&amp;', encoded)})"

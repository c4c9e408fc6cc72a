"""How arXiv wants to be asked: how slowly, and for how much at once."""

ARXIV_DELAY = 3.0
"""Seconds between two requests, over API, feeds and pages together (info.arxiv.org/help/api/tou.html)."""
LONGEST_HOLD = 3600.0
"""Seconds: who asks to be left alone for longer is taken to be mistaken."""
BATCH = 100
"""Ids in one request: more make a link longer than servers take."""


def is_arxiv_host(host: str) -> bool:
    """Tell whether a host is arXiv's own, and no mirror."""
    return host == "arxiv.org" or host.endswith(".arxiv.org")

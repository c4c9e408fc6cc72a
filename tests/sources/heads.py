"""What stands in the head of a page that tests make up."""

import json


def meta(name: str, *contents: str) -> str:
    """Meta tags of a name, one for each content."""
    return "".join(f'<meta name="{name}" content="{content}">' for content in contents)


def ld(thing: object) -> str:
    """A thing, or several, in JSON-LD."""
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'

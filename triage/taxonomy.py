"""arXiv's categories and archives, with their names, as taxonomy.txt beside this module lists them.

A line is `id<TAB>name`, or `id<TAB>name<TAB>id it is another name of` (cs.SY is eess.SY). Source:
arxiv-base, arxiv/taxonomy/definitions.py; inactive categories and the test archive are left out.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from triage.nearest import nearest


@cache
def categories() -> Mapping[str, str]:
    """Every category and archive that is announced today, and its name."""
    return MappingProxyType({key: name for key, name, alias in _lines() if not alias})


@cache
def aliases() -> Mapping[str, str]:
    """Other names that arXiv knows for categories: `cs.SY` for `eess.SY`, `cmp-lg` for `cs.CL`."""
    return MappingProxyType({key: alias for key, _, alias in _lines() if alias})


def category(text: str) -> str:
    """The category a person means: in any case, by an alias too.

    Raises ValueError with a sentence that names the nearest categories.
    """
    key = _by_folded_id().get(text.strip().casefold())
    if key is None:
        raise ValueError(unknown(text))
    return key


def unknown(text: str) -> str:
    """The sentence for a word that is no category."""
    near = suggestions(text)
    hint = f"did you mean {' or '.join(near)}?" if near else "see https://arxiv.org/category_taxonomy"
    return f"{text!r} is not an arXiv category; {hint}"


def suggestions(text: str, limit: int = 3) -> tuple[str, ...]:
    """Categories near a misspelt id, else those whose name holds every word of the text."""
    folded = text.strip().casefold()
    ids = _by_folded_id()
    near = tuple(dict.fromkeys(ids[key] for key in nearest(folded, ids, limit)))
    words = folded.split()
    names = ((key, name.casefold()) for key, name in categories().items())
    named = (key for key, name in names if words and all(word in name for word in words))
    return tuple(dict.fromkeys((*near, *named)))[:limit]


@cache
def _by_folded_id() -> Mapping[str, str]:
    own = {key.casefold(): key for key in categories()}
    return {key.casefold(): alias for key, alias in aliases().items()} | own


@cache
def _lines() -> tuple[tuple[str, str, str], ...]:
    text = Path(__file__).with_name("taxonomy.txt").read_text(encoding="utf-8")
    cells = (line.split("\t") for line in text.splitlines())
    return tuple((key, name, alias[0] if alias else "") for key, name, *alias in cells)

"""Names of people in the parts that bibliographies want: family, given, suffix."""

import re
from typing import NamedTuple

_SUFFIX = re.compile(r"(?:jr|sr)\.?|II|III|IV", re.IGNORECASE)
# A name with one of these is that of many, or is in an order of its own: it is taken whole.
_WHOLE = re.compile(
    r"[,&()\d]|\b(?:and|others|collaborations?|team|consortium|group|project|organization|institute|network"
    r"|university|laboratory|foundation|inc|ltd)\b",
    re.IGNORECASE,
)


class Name(NamedTuple):
    """A name in its parts; one of no person, or of one word, has only a family name."""

    family: str
    given: str = ""
    suffix: str = ""


def parted(name: str) -> Name:
    """The parts of a name written `Given von Family Jr.`; particles in lower case belong to the family."""
    words = name.split()
    if len(words) < 2 or _WHOLE.search(name):
        return Name(" ".join(words))
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    particle = (place for place, word in enumerate(words[1:-1], 1) if word[0].islower())
    family = next(particle, len(words) - 1)
    return Name(" ".join(words[family:]), " ".join(words[:family]), suffix)

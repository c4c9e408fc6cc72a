"""Text in the letters and digits of ASCII, for keys and names of files."""

import re
import unicodedata

# Letters that Unicode does not decompose into an ASCII letter and a mark.
_LETTERS = str.maketrans({
    "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d",
    "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h", "Ħ": "H",
})  # fmt: skip


def folded(word: str) -> str:
    """The letters and digits of a word, in ASCII and lower case: `Łukasz` is `lukasz`; nothing of `中文`."""
    return re.sub(r"[^a-z0-9]", "", _ascii(word))


def slug(title: str, longest: int) -> str:
    """A title as part of a file's name: lower case, letters and digits of ASCII, hyphens between.

    A long one is cut at the end of a word.
    """
    words = re.sub(r"[^a-z0-9]+", "-", _ascii(title)).strip("-")
    if len(words) <= longest:
        return words
    cut = words[: longest + 1]
    return (cut.rpartition("-")[0] or cut[:longest]).strip("-")


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode().lower()

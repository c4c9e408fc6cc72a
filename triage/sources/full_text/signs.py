"""Signs that travel in the text while it is converted: where emphasis and links' targets begin and end.

They are noncharacters, which no page may hold (Unicode 23.7); what one holds of them all the same is replaced
before ours are put in.
"""

import re

from triage.sources.full_text.tree import Element

EMPHASIS, EMPHASIS_END = "\ufdd0", "\ufdd1"
STRONG, STRONG_END = "\ufdd2", "\ufdd3"
TARGET, TARGET_END = "\ufdd4", "\ufdd5"
"""Around the number of an anchor."""
ANCHOR = f"{TARGET}[0-9]+{TARGET_END}"
"""The pattern of all three."""
CELL = "\ufdd6"
"""Behind a cell of a table."""
_FOREIGN = re.compile("[\ufdd0-\ufdef]")


_REFERENCE = re.compile(r"&#(?:0*6(?:49[78]\d|50\d\d)|[xX]0*[fF][dD][dDeE])")


def expel(page: str, root: Element) -> None:
    """Replace what a page itself holds of these characters; `page` is its source."""
    if _FOREIGN.search(page) is None and _REFERENCE.search(page) is None:
        return
    for element in root.iter():
        for name in ("alttext", "href", "id"):
            value = element.get(name)
            if value:
                element.set(name, _without(value))
        element.text = _without(element.text or "")
        element.tail = _without(element.tail or "")


def _without(text: str) -> str:
    return _FOREIGN.sub("\N{REPLACEMENT CHARACTER}", text)

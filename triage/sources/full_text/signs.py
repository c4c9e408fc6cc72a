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
CELL = "\ufdd6"
"""Behind a cell of a table."""
_FOREIGN = re.compile("[\ufdd0-\ufdef]")


def expel(root: Element) -> None:
    """Replace what a page itself holds of these characters."""
    for element in root.iter():
        for name in ("alttext", "href", "id"):
            value = element.get(name)
            if value and _FOREIGN.search(value):
                element.set(name, _FOREIGN.sub("\N{REPLACEMENT CHARACTER}", value))
        if element.text and _FOREIGN.search(element.text):
            element.text = _FOREIGN.sub("\N{REPLACEMENT CHARACTER}", element.text)
        if element.tail and _FOREIGN.search(element.tail):
            element.tail = _FOREIGN.sub("\N{REPLACEMENT CHARACTER}", element.tail)

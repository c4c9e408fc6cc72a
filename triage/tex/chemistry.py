"""Chemical formulas as chemists type them into mhchem's `\\ce{...}`: `SO4^2-` is SO₄²⁻."""

import re

from triage.pattern import pattern
from triage.tex import marks

_ARROWS = {"<=>": "⇌", "<->": "↔", "->": "→", "<-": "←"}
_PART = pattern(
    r"""(?P<arrow><=>|<->|->|<-)
    | (?P<up>\^)(?:\{(?P<a>[^{}]*)\}|(?P<b>[\d+\-]+|\w)) | (?P<down>_)(?:\{(?P<c>[^{}]*)\}|(?P<d>\w+))
    | (?<=[A-Za-z)\]])(?P<count>\d+) | (?<=[A-Za-z\d)\]])(?P<charge>[+-])(?=$|[\s)\]])""",
    re.VERBOSE,
)  # fmt: skip


def chemical(source: str) -> str:
    """Write a chemical formula in Unicode; what is none of mhchem's signs stays."""
    return _PART.sub(_part, source)


def _part(found: re.Match[str]) -> str:
    if found["arrow"]:
        return _ARROWS[found["arrow"]]
    if found["count"]:
        return marks.script(found["count"], up=False, word=False)[0]
    if found["charge"]:
        return marks.script(found["charge"], up=True, word=False)[0]
    up = found["up"] is not None
    inner = next(piece for piece in (found["a"], found["b"], found["c"], found["d"], "") if piece is not None)
    return marks.script(inner, up=up, word=True)[1] if inner else ""

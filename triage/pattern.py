"""Regular expressions that are compiled when they are first used: start-up pays for none it does not need.

Compiling one takes as long as importing a small module, and what the app opens with names eighty.
"""

import re
from typing import Any, AnyStr, cast


class _Uncompiled:
    """Stands for a pattern, and has its methods once one of them is asked for."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled: re.Pattern[Any] = re.compile(self._source, self._flags)
        for method in ("search", "match", "fullmatch", "sub", "split", "finditer", "findall"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A pattern as `re.compile` makes it, but for its faults: those are raised at its first use.

    It has the methods of a pattern, and is none that `re.search` or `re.sub` would take.
    """
    return cast("re.Pattern[AnyStr]", _Uncompiled(source, flags))

"""How well and how fast the converter does on many texts."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tests.tex import cleanliness


@dataclass(frozen=True)
class Converted:
    """One text, what became of it, and how long that took."""

    id: str
    source: str
    shown: str
    microseconds: float
    faults: tuple[str, ...]
    """What is wrong; an exception is the one fault of its text."""
    raised: bool = False

    @property
    def has_tex(self) -> bool:
        """Tell whether the source wanted converting."""
        return cleanliness.has_tex(self.source)


def converted(texts: Iterable[tuple[str, str]], convert: Callable[[str], str]) -> list[Converted]:
    """Convert each text of `(id, source)` and judge it."""
    return [_one(key, source, convert) for key, source in texts]


def _one(key: str, source: str, convert: Callable[[str], str]) -> Converted:
    start = time.thread_time()
    try:
        shown = convert(source)
    except Exception as error:  # noqa: BLE001 - whatever is raised is what is looked for
        return Converted(key, source, "", 0.0, (f"raised {type(error).__name__}: {error}",), raised=True)
    seconds = time.thread_time() - start
    return Converted(key, source, shown, seconds * 1e6, tuple(cleanliness.faults(source, shown)))


def clean_share(results: Sequence[Converted]) -> float:
    """The share of the texts that are clean, in per cent; all of none."""
    return 100 * sum(not one.faults for one in results) / len(results) if results else 100.0


def with_tex(results: Iterable[Converted]) -> list[Converted]:
    """The texts that have TeX in them."""
    return [one for one in results if one.has_tex]


def mean_and_tail(results: Sequence[Converted]) -> tuple[float, float]:
    """Microseconds of a text: the mean, and what 99 of 100 do not reach."""
    times = sorted(one.microseconds for one in results) or [0.0]
    return sum(times) / len(times), times[min(len(times) - 1, int(0.99 * len(times)))]

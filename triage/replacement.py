"""What a listing's row means for somebody who may have decided on its paper before: one paper, one verdict.

A replacement of a paper that was kept is the one announcement of a decided paper that is to be looked at. It
is open until it is seen or kept anew; whether it is seen is a field of its own, and the earlier keep stays.
"""

from collections.abc import Callable, Mapping
from typing import Any

from triage.paper import Kind, Row, Verdict
from triage.settings import LEAVE_OUT

SEEN = "seen"
"""The field of a paper's document that holds the listing day, ISO, of the last replacement that was seen."""
_REPLACED = (Kind.REPLACE, Kind.REPLACE_CROSS)


def is_left_out(row: Row, cross_lists: str) -> bool:
    """Tell whether the config keeps a row out of sight; `cross_lists` is one of `settings.CROSS_LISTS`."""
    return cross_lists == LEAVE_OUT and row.kind is Kind.CROSS


def is_of_kept(row: Row, record: Mapping[str, Any] | None) -> bool:
    """Tell whether a row announces a later version of a paper that was kept before that day's listing."""
    return (
        row.kind in _REPLACED
        and record is not None
        and record.get("verdict") == Verdict.KEEP
        and decided_on(record) < row.listed
    )


def decided_on(record: Mapping[str, Any]) -> str:
    """The listing day, ISO, of the announcement that a paper was decided on.

    A paper that came from no listing (added, or of an imported post) counts from the day it was kept.
    """
    return str(record.get("listed") or str(record.get("at") or "")[:10])


def verdict_on(row: Row, record: Mapping[str, Any] | None) -> Verdict | None:
    """What is decided on a row: its paper's verdict; on a replacement of a kept one, whether it was seen."""
    verdict = (record or {}).get("verdict")
    if record is not None and is_of_kept(row, record):
        return Verdict.SKIP if str(record.get(SEEN) or "") >= row.listed else None
    return Verdict(verdict) if verdict else None


def verdicts(
    verdict: Callable[[str], Verdict | None], record: Callable[[str], Mapping[str, Any] | None]
) -> Callable[[Row], Verdict | None]:
    """`verdict_on` for any row of a library; documents are looked into only where it takes one."""

    def on(row: Row) -> Verdict | None:
        found = verdict(row.id)
        if found is Verdict.KEEP and row.kind in _REPLACED:
            return verdict_on(row, record(row.id))
        return found

    return on

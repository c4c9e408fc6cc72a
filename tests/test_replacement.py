"""One paper, one verdict: what a listing's row means for who decided on its paper before."""

from typing import Any

import pytest

from triage.paper import Kind, Row, Verdict
from triage.replacement import is_of_kept, verdict_on, verdicts

KEPT = {"id": "2611.00001", "verdict": "keep", "listed": "2026-11-10", "at": "2026-11-10T09:00:00Z"}


def row(kind: Kind = Kind.REPLACE, listed: str = "2026-11-20") -> Row:
    return Row("2611.00001", "A title", kind, 2, listed)


@pytest.mark.parametrize(
    ("record", "kind", "listed", "verdict"),
    [
        (None, Kind.REPLACE, "2026-11-20", None),
        ({**KEPT, "verdict": "skip"}, Kind.REPLACE, "2026-11-20", Verdict.SKIP),
        (KEPT, Kind.NEW, "2026-11-20", Verdict.KEEP),
        (KEPT, Kind.CROSS, "2026-11-20", Verdict.KEEP),
        (KEPT, Kind.REPLACE, "2026-11-20", None),
        (KEPT, Kind.REPLACE_CROSS, "2026-11-20", None),
        (KEPT, Kind.REPLACE, "2026-11-10", Verdict.KEEP),
        (KEPT, Kind.REPLACE, "2026-11-09", Verdict.KEEP),
        ({**KEPT, "seen": "2026-11-20"}, Kind.REPLACE, "2026-11-20", Verdict.SKIP),
        ({**KEPT, "seen": "2026-11-19"}, Kind.REPLACE, "2026-11-20", None),
    ],
)
def test_only_a_later_replacement_of_a_kept_paper_is_open_until_it_is_seen(
    record: dict[str, Any] | None, kind: Kind, listed: str, verdict: Verdict | None
) -> None:
    assert verdict_on(row(kind, listed), record) is verdict


def test_a_paper_that_came_from_no_listing_counts_from_the_day_it_was_kept() -> None:
    added = {"id": "2611.00001", "verdict": "keep", "at": "2026-11-19T09:00:00Z"}
    assert is_of_kept(row(listed="2026-11-20"), added)
    assert not is_of_kept(row(listed="2026-11-19"), added)


def test_documents_are_looked_into_only_for_replacements_of_kept_papers() -> None:
    asked: list[str] = []

    def record(key: str) -> dict[str, Any]:
        asked.append(key)
        return KEPT

    on = verdicts({"2611.00001": Verdict.KEEP}.get, record)
    assert on(row(Kind.NEW)) is Verdict.KEEP
    assert on(Row("2611.00002", "Another", Kind.REPLACE, 2, "2026-11-20")) is None
    assert asked == []
    assert on(row()) is None
    assert asked == ["2611.00001"]

"""One paper, one verdict: what a listing's row means for who decided on its paper before."""

from typing import Any

import pytest

from triage.paper import Kind, Paper, Row, Verdict
from triage.replacement import (
    BEFORE,
    EARLIER,
    Mark,
    Relation,
    is_of_kept,
    mark_on,
    marks,
    relation,
    text_of,
    version_before,
)

KEPT = {"id": "2611.00001", "verdict": "keep", "listed": "2026-11-10", "at": "2026-11-10T09:00:00Z"}
ANEW = {**KEPT, "listed": "2026-11-20", "kind": "replace", EARLIER: {"listed": "2026-11-10"}}


def row(kind: Kind = Kind.REPLACE, listed: str = "2026-11-20") -> Row:
    return Row("2611.00001", "A title", kind, 2, listed)


def seen(*days: str) -> dict[str, Any]:
    return {**KEPT, "seen": dict.fromkeys(days, "2026-11-21T09:00:00Z")}


@pytest.mark.parametrize(
    ("record", "kind", "listed", "mark"),
    [
        (None, Kind.REPLACE, "2026-11-20", Mark.OPEN),
        ({"id": "2611.00001", "note": "only"}, Kind.REPLACE, "2026-11-20", Mark.OPEN),
        ({**KEPT, "verdict": "skip"}, Kind.REPLACE, "2026-11-20", Mark.SKIPPED),
        (KEPT, Kind.NEW, "2026-11-20", Mark.KEPT),
        (KEPT, Kind.CROSS, "2026-11-20", Mark.KEPT),
        ({**KEPT, "version": 2}, Kind.CROSS, "2026-11-20", Mark.KEPT),
        ({**KEPT, "version": 1}, Kind.CROSS, "2026-11-20", Mark.OPEN),
        ({**KEPT, "version": 1}, Kind.CROSS, "2026-11-10", Mark.KEPT),
        ({**seen("2026-11-20"), "version": 1}, Kind.CROSS, "2026-11-20", Mark.SEEN),
        (
            {**KEPT, "version": 2, BEFORE: {"version": 1, "listed": "2026-11-10"}},
            Kind.CROSS,
            "2026-11-20",
            Mark.OPEN,
        ),
        (
            {**ANEW, "version": 2, BEFORE: {"version": 1, "listed": "2026-11-10"}},
            Kind.CROSS,
            "2026-11-25",
            Mark.KEPT,
        ),
        (KEPT, Kind.REPLACE, "2026-11-20", Mark.OPEN),
        (KEPT, Kind.REPLACE_CROSS, "2026-11-20", Mark.OPEN),
        (KEPT, Kind.REPLACE, "2026-11-10", Mark.KEPT),
        (KEPT, Kind.REPLACE, "2026-11-09", Mark.KEPT),
        (seen("2026-11-20"), Kind.REPLACE, "2026-11-20", Mark.SEEN),
        (seen("2026-11-20"), Kind.REPLACE, "2026-11-15", Mark.SEEN),
        (seen("2026-11-15", "2026-11-19"), Kind.REPLACE, "2026-11-20", Mark.OPEN),
        (seen("2026-11-20"), Kind.NEW, "2026-11-20", Mark.KEPT),
        ({**seen("2026-11-20"), "verdict": "skip"}, Kind.REPLACE, "2026-11-20", Mark.SKIPPED),
    ],
)
def test_only_a_later_replacement_of_a_kept_paper_is_open_until_it_is_seen(
    record: dict[str, Any] | None, kind: Kind, listed: str, mark: Mark
) -> None:
    assert mark_on(row(kind, listed), record) is mark


def test_a_paper_that_came_from_no_listing_counts_from_the_day_it_was_kept() -> None:
    added = {"id": "2611.00001", "verdict": "keep", "at": "2026-11-19T09:00:00Z"}
    assert is_of_kept(row(listed="2026-11-20"), added)
    assert not is_of_kept(row(listed="2026-11-19"), added)


def test_the_replacement_that_was_kept_is_told_from_those_before_and_after() -> None:
    told = {day: relation(row(listed=day), ANEW) for day in ("2026-11-15", "2026-11-20", "2026-11-25")}
    assert told == {
        "2026-11-15": Relation.PASSED,
        "2026-11-20": Relation.KEPT_ANEW,
        "2026-11-25": Relation.OF_KEPT,
    }
    first_met = {**ANEW, EARLIER: None}
    assert relation(row(), first_met) is Relation.OTHER, "a paper met as a replacement was not kept before"


def test_documents_are_looked_into_only_for_replacements_of_kept_papers() -> None:
    asked: list[str] = []

    def record(key: str) -> dict[str, Any]:
        asked.append(key)
        return KEPT

    on = marks({"2611.00001": Verdict.KEEP}.get, record)
    assert on(row(Kind.NEW)) is Mark.KEPT
    assert on(Row("2611.00002", "Another", Kind.REPLACE, 2, "2026-11-20")) is Mark.OPEN
    assert asked == []
    assert on(row()) is Mark.OPEN
    assert asked == ["2611.00001"]


V3 = Paper("2611.00001", "New title", version=3, kind=Kind.REPLACE, abstract="New.", listed="2026-11-20")


@pytest.mark.parametrize(
    ("record", "before"),
    [
        (None, None),
        (KEPT, None),
        ({**KEPT, "version": 3, "title": "New title"}, None),
        ({**KEPT, "version": 1, "title": "Old", "abstract": "Old."}, (1, "Old", "Old.")),
        ({**KEPT, "title": "Of a post", "abstract": "The beginning…"}, (None, "Of a post", "The beginning…")),
        ({**KEPT, "version": 3, "title": "N", BEFORE: {"version": 2, "title": "Two"}}, (2, "Two", "")),
        ({**KEPT, "version": 4, "title": "N", BEFORE: {"version": 3, "title": "Three"}}, None),
    ],
)
def test_the_version_before_is_the_kept_one_or_the_one_that_it_took_the_place_of(
    record: dict[str, Any] | None, before: tuple[int | None, str, str] | None
) -> None:
    found = version_before(V3, record)
    assert (None if found is None else (found.version, found.title, found.abstract)) == before


def test_a_replacement_without_a_version_is_compared_with_what_was_kept() -> None:
    found = version_before(
        Paper("2611.00001", "New", kind=Kind.REPLACE), {**KEPT, "version": 2, "title": "Old"}
    )
    assert found is not None
    assert found.version == 2


def test_the_text_that_is_put_by_is_what_can_change() -> None:
    record = {**KEPT, "version": 1, "title": "Old", "authors": ["A"], "note": "mine"}
    assert text_of(record) == {"version": 1, "title": "Old", "listed": "2026-11-10"}

"""The ledger as a calendar: what stands in a row for a week, and what is said of a day."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from triage import weeks
from triage.ledger import Account, Completeness, Sections, Tally
from triage.weeks import Cell, Day, Role

TODAY = date(2026, 11, 23)
"""A Monday."""


def day(number: int, month: int = 11, year: int = 2026) -> date:
    return date(year, month, number)


def made(
    on: date,
    *words: Completeness,
    papers: Tally | None = Tally(4, 0),  # noqa: B008  a frozen value
    source: str = "list",
) -> Day:
    """A day of the ledger with a category for each word."""
    accounts = [Account(f"cs.{at}", on, word, Sections(4), Tally(4), source) for at, word in enumerate(words)]
    return Day(on, accounts, papers)


def complete(*days: date) -> list[Day]:
    return [made(on, Completeness.COMPLETE) for on in days]


def text(line: weeks.Line) -> str:
    return "".join(piece.text for piece in line)


def calendar(days: Sequence[Day], width: int = 15) -> list[str]:
    """The lines of a calendar, without the blanks at their ends."""
    rows = weeks.weeks(days, TODAY)
    lines = [weeks.heading(len(rows[0].cells), width), *(weeks.week_line(row, width) for row in rows)]
    return [text(line).rstrip() for line in lines]


def test_a_row_is_a_week_and_a_cell_a_day_with_its_mark_and_counts() -> None:
    days = [
        made(day(18), Completeness.COMPLETE, papers=Tally(120, 0)),
        made(day(19), Completeness.COMPLETE, papers=Tally(30, 390)),
        made(day(20), Completeness.CUT_OFF, papers=Tally(12, 1988)),
        made(day(23), Completeness.COMPLETE, papers=Tally(0, 415)),
        made(day(24), Completeness.NOT_OUT, papers=Tally()),
    ]
    assert calendar(days) == [
        "      Mon            Tue            Wed            Thu            Fri",
        "Nov                                 18 ✓ 120       19 ✓ 30/420    20 … 12/2000",
        "2026 [23]✓ 0/415     24 · not out",
    ]


def test_a_day_without_papers_says_its_state_in_words() -> None:
    states = (Completeness.RESTS, Completeness.FAILED, Completeness.MISSING, Completeness.STALE)
    days = [made(day(9 + at), state, papers=Tally()) for at, state in enumerate(states)]
    assert calendar(days)[1] == "Nov    9 – rests     10 ! failed    11 ○ missing   12 = stale"


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ((Completeness.COMPLETE, Completeness.COMPLETE), "✓"),
        ((Completeness.COMPLETE, Completeness.RESTS), "✓"),
        ((Completeness.RESTS,), "–"),
        ((Completeness.COMPLETE, Completeness.NOT_OUT), "·"),
        ((Completeness.NOT_OUT, Completeness.STALE), "="),
        ((Completeness.STALE, Completeness.CUT_OFF), "…"),
        ((Completeness.CUT_OFF, Completeness.MISSING), "○"),
        ((Completeness.MISSING, Completeness.FAILED, Completeness.COMPLETE), "!"),
    ],
)
def test_the_worst_of_a_days_categories_gives_its_mark(words: tuple[Completeness, ...], mark: str) -> None:
    cell = weeks.cell_of(made(day(9), *words), TODAY)
    assert cell is not None
    assert cell.mark == mark


def test_a_day_that_was_reconstructed_is_not_called_complete() -> None:
    cell = weeks.cell_of(made(day(9), Completeness.COMPLETE, source="api"), TODAY)
    assert cell is not None
    assert (cell.mark, cell.word, cell.role) == ("≈", "reconstructed", Role.DONE)
    assert weeks.cell_of(made(day(9)), TODAY) is None


def test_what_is_not_in_order_stands_out_before_what_is_open() -> None:
    trouble = Cell(day(9), Completeness.CUT_OFF, Tally(0, 9))
    assert trouble.role is Role.TROUBLE
    assert trouble._replace(word=Completeness.COMPLETE).role is Role.OPEN
    assert trouble._replace(word=Completeness.COMPLETE, papers=Tally(9, 0)).role is Role.DONE
    assert trouble._replace(word=Completeness.RESTS, papers=None).role is Role.QUIET


@pytest.mark.parametrize(
    ("papers", "room", "told"),
    [
        (Tally(87, 125), 8, "87/212"),
        (Tally(1200, 800), 9, "1200/2000"),
        (Tally(1200, 800), 8, "1k/2k"),
        (Tally(1200, 800), 6, "1k/2k"),
        (Tally(1200, 800), 5, "800"),
        (Tally(0, 1800), 2, "2k"),
        (Tally(0, 800), 2, ""),
        (Tally(2000, 0), 8, "2000"),
        (Tally(20000, 0), 6, "20000"),
        (Tally(2000, 0), 5, ""),
        (Tally(0, 5, left_out=7), 8, "0/5"),
        (None, 8, ""),
    ],
)
def test_counts_fit_their_room(papers: Tally | None, room: int, told: str) -> None:
    assert Cell(day(9), Completeness.COMPLETE, papers).told(room) == told


@pytest.mark.parametrize("width", range(1, 30))
@pytest.mark.parametrize("papers", [None, Tally(), Tally(1200, 800), Tally(5, 0), Tally(0, 125)])
def test_a_cell_has_as_many_columns_as_it_is_given(width: int, papers: Tally | None) -> None:
    for word in Completeness:
        for is_today in (False, True):
            line = Cell(day(9), word, papers, is_today).pieces(width)
            assert len(text(line)) == width


def test_a_narrow_cell_tells_the_open_papers_and_today() -> None:
    cell = Cell(day(9), Completeness.COMPLETE, Tally(87, 125))
    assert text(cell.pieces(7)) == "  9✓125"
    assert text(cell._replace(is_today=True).pieces(7)) == "› 9✓125"
    assert text(cell._replace(papers=Tally(0, 2000)).pieces(7)) == "  9✓2k "
    assert text(cell._replace(papers=Tally(212, 0)).pieces(7)) == "  9✓   "
    assert text(cell.pieces(5)) == "  9✓ "


def every_week(first: date, last: date) -> list[Day]:
    return complete(*(first + at * timedelta(weeks=1) for at in range((last - first).days // 7 + 1)), last)


def labels(days: Sequence[Day]) -> list[str]:
    return [row.label for row in weeks.weeks(days, TODAY)]


def test_months_are_named_where_they_begin_and_years_in_the_row_behind() -> None:
    # 1 Nov 2026 is a Sunday: its month begins with the Monday after it.
    assert labels(every_week(day(27, 10), day(12, 2, 2027))) == (
        ["Oct", "Nov", "2026", "", "", "Dec", "", "", "", "Jan", "2027", "", "", "", "Feb", ""]
    )
    assert labels(complete(day(2, 1, 2026))) == ["Jan"]


def test_the_week_in_which_a_month_begins_has_its_name_once_a_day_of_it_is_there() -> None:
    assert labels(complete(day(23), day(30))) == ["Nov", "2026"]
    assert labels(complete(day(23), day(30), day(1, 12))) == ["Nov", "Dec"]
    assert labels(complete(day(30))) == ["Nov"]


def test_every_week_between_two_days_has_its_row() -> None:
    rows = weeks.weeks(complete(day(2), day(24)), TODAY)
    assert [row.monday for row in rows] == [day(2), day(9), day(16), day(23)]
    assert [[cell is not None for cell in row.cells].count(True) for row in rows] == [1, 0, 0, 1]
    assert not weeks.weeks([], TODAY)


def test_many_weeks_of_which_nothing_is_known_are_one_row() -> None:
    assert calendar(complete(day(20, 11, 2019), day(6, 12, 2019), day(30), day(2, 12))) == [
        "      Mon            Tue            Wed            Thu            Fri",
        "Nov                                 20 ✓ 4",
        "2019",
        "Dec                                                                6 ✓ 4",
        "       ⋮ nothing until Mon 30 Nov 2026",
        "Dec   30 ✓ 4                         2 ✓ 4",
    ]
    assert calendar(complete(day(30, 11, 2020), day(20), day(25)))[1:] == [
        "Nov   30 ✓ 4",
        "2020   ⋮ nothing until Fri 20 Nov 2026",
        "Nov                                                               20 ✓ 4",
        "2026                                25 ✓ 4",
    ]


@pytest.mark.parametrize(("last", "rows"), [(day(6), 5), (day(9), 3)])
def test_a_few_weeks_are_rows_as_they_are(last: date, rows: int) -> None:
    assert len(weeks.weeks(complete(day(9, 10), last), TODAY)) == rows


def test_weekends_are_shown_only_when_they_have_something_to_tell() -> None:
    saturday = day(21)
    rests = [*complete(day(20)), made(saturday, Completeness.RESTS, papers=Tally())]
    assert [len(row.cells) for row in weeks.weeks(rests, TODAY)] == [5]
    listed = [*complete(day(20)), made(saturday, Completeness.COMPLETE, papers=Tally(3, 4))]
    assert calendar(listed, width=10) == [
        "      Mon       Tue       Wed       Thu       Fri       Sat       Sun",
        "Nov                                           20 ✓      21 ✓ 4",
    ]
    only = [made(saturday, Completeness.RESTS, papers=Tally())]
    assert not weeks.weeks(only, TODAY)


def test_the_legend_tells_the_marks_that_occur_the_best_first() -> None:
    days = [
        *complete(day(18)),
        made(day(19), Completeness.FAILED, papers=Tally(1, 1)),
        made(day(23), Completeness.COMPLETE),
    ]
    legend = weeks.explained(weeks.weeks(days, TODAY), 15)
    assert [piece.text for piece in legend] == ["✓ complete", "! failed", "3/9 decided of all", "[ ] today"]
    assert weeks.explained(weeks.weeks(days, TODAY), 10)[2].text == "9 open papers"
    assert [piece.role for piece in legend] == [Role.DONE, Role.TROUBLE, Role.OPEN, Role.TODAY]
    assert [piece.text for piece in weeks.explained(weeks.weeks(complete(day(18)), TODAY), 15)] == [
        "✓ complete"
    ]


def test_every_state_has_a_mark_and_a_word_in_the_legend() -> None:
    days = [made(day(9) + at * timedelta(days=1), word) for at, word in enumerate(Completeness)]
    legend = weeks.explained(weeks.weeks(days, TODAY), 15)
    marks = [piece.text.split()[0] for piece in legend]
    assert len(set(marks)) == len(marks) == len(Completeness)
    assert all(len(piece.text) > len("✓ ") for piece in legend)

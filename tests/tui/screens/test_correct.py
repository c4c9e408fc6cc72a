"""Correcting what a card says: the fields, what is a date, and who wrote it."""

from dataclasses import replace

import pytest

from tests.tui.screens.stage import PAPERS, Stage, shown, through_all_sizes
from triage.paper import Paper
from triage.tui.screens.correct import Correction, CorrectScreen
from triage.tui.widgets.field import Field
from triage.tui.widgets.footer import Footer

PAGE = Paper(
    "https://a.example/x",
    "Its title",
    ("Ann Author", "Bo Writer"),
    "What it says.",
    published="2022",
    site="Site",
)


async def corrected(paper: Paper, **fields: str) -> Correction | None:
    """What comes of writing these into the form."""
    app = Stage(CorrectScreen(paper))
    async with app.run_test(size=(100, 24)) as pilot:
        for name, text in fields.items():
            app.screen.query_one(f"#correct-{name}", Field).value = text
        await pilot.press("enter")
        await pilot.pause()
    result: Correction | None = app.result
    return result


async def test_every_field_of_a_page_can_be_corrected() -> None:
    app = Stage(CorrectScreen(PAGE))
    async with app.run_test(size=(100, 24)):
        rows = [row.split("  ")[0].strip() for row in shown(app).splitlines()[-6:-1]]
        assert rows == ["Title", "Authors", "Description", "Site", "Date"]
        assert "Ann Author, Bo Writer" in shown(app)


async def test_only_what_changed_is_told() -> None:
    assert await corrected(PAGE, title="Mine") == Correction({"title": "Mine"})
    assert await corrected(PAGE) is None
    assert await corrected(PAGE, authors="Ann Author; King, Jr.") == Correction(
        {"authors": ["Ann Author", "King, Jr."]}
    )
    assert await corrected(PAGE, authors="") == Correction({"authors": []})


@pytest.mark.parametrize("day", ["2026-11-20", "2026-11", "2026", ""])
async def test_a_date_may_be_a_day_a_month_or_a_year(day: str) -> None:
    assert await corrected(PAGE, published=day) == Correction({"published": day})


@pytest.mark.parametrize("day", ["yesterday", "2026-13", "20261120", "2026-1-1", "2026-11-20T10"])
async def test_what_is_no_date_is_said_and_nothing_is_lost(day: str) -> None:
    app = Stage(CorrectScreen(PAGE))
    async with app.run_test(size=(100, 24)) as pilot:
        app.screen.query_one("#correct-title", Field).value = "Mine"
        app.screen.query_one("#correct-published", Field).value = day
        await pilot.press("enter")
        await pilot.pause()
        assert "is not a date; write it as 2026-11-20, 2026-11 or 2026" in app.screen.query_one(Footer).said
        assert app.screen.query_one("#correct-title", Field).value == "Mine"


async def test_a_page_without_a_title_is_not_called_by_its_link() -> None:
    app = Stage(CorrectScreen(replace(PAGE, title=PAGE.id)))
    async with app.run_test(size=(100, 24)):
        assert app.screen.query_one("#correct-title", Field).value == ""


async def test_what_does_not_fit_into_a_line_is_not_offered() -> None:
    many = replace(PAPERS[0], authors=tuple(f"Ann Author {number}" for number in range(500)))
    app = Stage(CorrectScreen(many))
    async with app.run_test(size=(100, 24)):
        assert len(app.screen.query(Field)) == 2


async def test_it_stands_at_any_size() -> None:
    app = Stage(CorrectScreen(PAGE))
    async with app.run_test() as pilot:
        await through_all_sizes(pilot)

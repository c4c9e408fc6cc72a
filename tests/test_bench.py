"""The benchmark's table in the README: it has the rows that the benchmark prints."""

from pathlib import Path

from tests.bench.__main__ import MEASUREMENTS
from tests.bench.figures import HEAD, NONE, Figure
from tests.bench.rows import FULL, QUICK, ROWS

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")


def table() -> list[list[str]]:
    """The cells of the rows beneath the table's head."""
    rows = README.partition(HEAD)[2].strip().partition("\n\n")[0].splitlines()
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_the_table_has_the_rows_that_the_benchmark_prints() -> None:
    printed = [row for name in MEASUREMENTS for row in ROWS[name](FULL)]
    assert [row for row, *_ in table()] == printed


def test_no_two_rows_have_one_name() -> None:
    for plan in (QUICK, FULL):
        names = [row for name in ROWS for row in ROWS[name](plan)]
        assert len(set(names)) == len(names)


def test_a_figure_is_a_row_of_it() -> None:
    assert (
        Figure("open : bare", "2.00 : 1.00 ms", 2.0, 1.25).markdown
        == "| open : bare | 2.00 : 1.00 ms | 2.00 | 1.25 |"
    )
    assert Figure("open", "2.00 ms", 2.0, NONE).markdown.endswith("| 2.00 | – |")

"""`triage list QUERY` finds a paper by what is shown and by what was received, in a listing and out of it."""

from pathlib import Path

import pytest

from tests.cli.conftest import DAY, Triage, paper
from triage.archive import open_archive
from triage.ledger import Completeness, ListingState, Sections


@pytest.fixture
def wanted(home: Path) -> None:
    """Two papers, of which one has TeX in its title, its authors' names and its abstract."""
    found = paper(
        1,
        r"Primes in $\mathbb{F}_p[x]$",
        authors=(r"P\'al Erd\H{o}s",),
        abstract=r"We bound $\sum_{n\le x} \mu(n)$ by ``sieves''.",
    )
    state = ListingState("cs.CL", Completeness.COMPLETE, DAY.isoformat(), sections=Sections(2), source="rss")
    open_archive(home / "data").store(DAY, [found, paper(2, "Another")], {"cs.CL": state})


@pytest.mark.usefixtures("wanted")
@pytest.mark.parametrize("decided", [False, True])
@pytest.mark.parametrize(
    "query",
    ["𝔽ₚ[x]", r"\mathbb{F}_p", "PÁL ERDŐS", r"Erd\H{o}s", "∑_(n≤x)", r"\sum_{n\le", "“sieves”", "``sieves''",
     "μ(n) note"],
)  # fmt: skip
def test_a_query_finds_what_is_shown_and_what_was_received(query: str, decided: bool, triage: Triage) -> None:
    if decided or "note" in query:
        triage("keep", "2611.00001")
        triage("note", "2611.00001", "My note.")
    mark = "✓" if decided or "note" in query else " "
    assert triage("list", query).lines == [f"{mark} 2611.00001  Primes in 𝔽ₚ[x]"]

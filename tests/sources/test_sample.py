"""The sample shows a new user every sort of paper, and never passes for real."""

from datetime import date

from triage import clean
from triage.ledger import Completeness
from triage.paper import Kind, is_arxiv
from triage.sources import sample

DAY = date(2026, 11, 20)


def test_it_holds_every_sort_of_paper() -> None:
    papers, states = sample.listing(DAY)
    assert len(papers) == len({paper.id for paper in papers}) == 60
    assert {paper.kind for paper in papers} == set(Kind)
    assert set(states) == set(sample.CATEGORIES)
    assert any(paper.title.startswith("[Re] ") for paper in papers)
    assert any("[@click=app.quit]" in paper.title for paper in papers)
    assert any("{{ 7*7 }}" in paper.title for paper in papers)
    assert max(len(paper.authors) for paper in papers) > 50
    assert any("$" in paper.title for paper in papers)
    assert any("\n\n" in paper.abstract for paper in papers)


def test_it_is_plainly_a_sample() -> None:
    papers, states = sample.listing(DAY)
    assert all(paper.site == "sample" for paper in papers)
    assert all((paper.arxiv_comments or "").startswith("Sample paper, invented.") for paper in papers)
    # Ids of December 2099 and before: no reader lands on somebody's real paper.
    assert all(is_arxiv(paper.id) and paper.id.startswith("99") for paper in papers)
    assert all("invented" in state.sentence for state in states.values())


def test_it_is_a_complete_listing_of_the_day_asked_for() -> None:
    papers, states = sample.listing(DAY)
    assert {paper.listed for paper in papers} == {"2026-11-20"}
    for name, state in states.items():
        assert state.completeness is Completeness.COMPLETE
        assert state.announced == sum(name in paper.categories for paper in papers)
    kinds = [paper.kind for paper in papers]
    assert kinds.index(Kind.CROSS) > max(place for place, kind in enumerate(kinds) if kind is Kind.NEW)


def test_its_texts_are_clean_and_of_a_length_to_read() -> None:
    for paper in sample.listing(DAY)[0]:
        assert clean.line(paper.title) == paper.title
        assert clean.clean(paper.abstract) == paper.abstract
        assert 80 <= len(paper.abstract.split()) <= 200

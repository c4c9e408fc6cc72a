"""The bundled sample: one listing day of invented papers, to try the app without a network."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from importlib import resources

from triage.announcement import in_order
from triage.ledger import Completeness, ListingState, Sections
from triage.paper import Kind, Paper

CATEGORIES = ("cs.CL", "cs.LG", "math.NT", "astro-ph.GA", "stat.ML")
"""The categories the sample's papers are listed in."""
_SENTENCE = "This is the sample: its papers, people and results are invented."


def listing(day: date) -> tuple[Sequence[Paper], Mapping[str, ListingState]]:
    """The sample as if it had been listed on this day: the papers in arXiv's order, and the states.

    A category announces the papers that name it.
    """
    file = resources.files("triage.sources").joinpath("sample.jsonl")
    lines = file.read_text(encoding="utf-8").splitlines()
    papers = in_order(_dated(Paper.from_record(json.loads(line)), day) for line in lines)
    states = {
        name: ListingState(
            name,
            Completeness.COMPLETE,
            day.isoformat(),
            sections=_sections(name, papers),
            source="sample",
            sentence=_SENTENCE,
            fetched_at=f"{day.isoformat()}T04:00:00+00:00",
            details=True,
        )
        for name in CATEGORIES
    }
    return papers, states


def _sections(category: str, papers: Sequence[Paper]) -> Sections:
    """How many papers each section of a category's listing has; elsewhere a new paper is a cross-list."""
    counted = Sections()
    for paper in papers:
        if category in paper.categories:
            elsewhere = paper.kind in (None, Kind.NEW) and paper.primary != category
            counted = counted.plus(Kind.CROSS if elsewhere else paper.kind or Kind.NEW)
    return counted


def _dated(paper: Paper, day: date) -> Paper:
    """The paper with dates that fit the day; a replaced one was first submitted a month before."""
    replaced = paper.kind in (Kind.REPLACE, Kind.REPLACE_CROSS)
    submitted = f"{day - timedelta(days=2)}T15:30:00+00:00"
    first = f"{day - timedelta(days=33)}T09:12:00+00:00" if replaced else submitted
    return replace(paper, listed=day.isoformat(), published=first, updated=submitted)

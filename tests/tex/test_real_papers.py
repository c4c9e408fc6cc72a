"""Real papers are shown clean, and at once: no source left over, no word lost."""

import re
import time

import pytest

from tests.tex import cleanliness, real
from tests.tex.figures import clean_share, converted, with_tex
from triage import tex


@pytest.mark.parametrize("part", ["title", "abstract"])
def test_real_papers_are_shown_clean(part: str) -> None:
    results = converted(((paper["id"], paper[part]) for paper in real.papers()), tex.to_unicode)
    unclean = {one.id: one.faults for one in results if one.faults}
    assert not any(one.raised for one in results), unclean
    assert clean_share(results) >= 99.9, unclean
    assert clean_share(with_tex(results)) >= 99.5, unclean


def test_author_lines_are_shown_clean() -> None:
    names = [(paper["id"], name) for paper in real.papers() for name in paper.get("authors") or ()]
    assert [one for one in converted(names, tex.to_unicode) if one.faults] == []


def test_real_abstracts_are_converted_in_a_third_of_a_millisecond_each() -> None:
    abstracts = [paper["abstract"] for paper in real.papers()]
    began = time.thread_time()
    for abstract in abstracts:
        tex.to_unicode(abstract)
    assert (time.thread_time() - began) / len(abstracts) < 0.000_3


def test_what_other_converters_do_badly_is_done_at_least_as_well() -> None:
    worse = {
        name: (ours, tex.to_unicode(source))
        for name, source, trial in real.hard_cases()
        if len(ours := cleanliness.faults(source, tex.to_unicode(source)))
        > len(cleanliness.faults(source, trial))
    }
    assert worse == {}


@pytest.mark.parametrize("page", ["arxiv-view-as-html_sample_paper.html", "html_feedback_test.html"])
def test_the_formulas_of_a_page_leave_no_tex(page: str) -> None:
    formulas = real.formulas(page)
    assert len(formulas) > 100
    left = {
        source: shown
        for source in formulas
        if re.search(r"[\\{}$]|[\^_]\{|%\s", shown := tex.formula(source)) and "\\{" not in source
    }
    assert left == {}

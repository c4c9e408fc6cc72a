"""A paper's text as it is shown."""

from triage import shown
from triage.paper import Paper


def test_a_paper_of_arxiv_is_shown_on_one_line_without_tex() -> None:
    paper = Paper("2306.00001", "On  $O(n^2)$\n time", ('M\\"uller',), "``So''\nit is.")
    assert shown.title(paper) == "On O(n²) time"
    assert shown.authors(paper) == ("Müller",)
    assert shown.abstract(paper) == "“So” it is."


def test_a_web_page_is_no_tex() -> None:
    page = Paper("https://example.org/", "Use $x^2$ and ``y''\n\x1b[31m")
    assert shown.title(page) == "Use $x^2$ and ``y'' [31m"

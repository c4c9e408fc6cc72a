"""Looking up single papers and pages: what is found, and one sentence on what is not."""

from collections.abc import Iterator, Sequence

from triage.actions.look_up import Found, NotFound, look_up
from triage.paper import Paper
from triage.ports import Unreachable


class Pages:
    """`network.Pages` that knows two papers."""

    def __init__(self, refusal: str = "") -> None:
        self.refusal = refusal
        self.asked: list[str] = []

    def look_up(self, keys: Sequence[str]) -> Iterator[Paper]:
        """What is known."""
        self.asked += keys
        yield from (
            Paper(key, f"Title of {key}") for key in keys if key in ("2611.00001", "http://a.example/")
        )
        if self.refusal:
            raise Unreachable(self.refusal)


def test_what_is_found_comes_as_it_is() -> None:
    pages = Pages()
    found = list(look_up(pages, ["2611.00001", "http://a.example/", "2611.00001"]))
    assert [one.paper.title for one in found if isinstance(one, Found)] == [
        "Title of 2611.00001",
        "Title of http://a.example/",
    ]
    assert len(found) == len(pages.asked) == 2


def test_an_id_that_nobody_knows_is_named() -> None:
    (missing,) = look_up(Pages(), ["2611.99999"])
    assert missing == NotFound(("2611.99999",), "arXiv knows no paper 2611.99999; check the id.")


def test_a_refusal_says_why_and_costs_nothing_that_was_found() -> None:
    found, missing = look_up(Pages("No reply from b.example in 8 s."), ["2611.00001", "http://b.example/"])
    assert isinstance(found, Found)
    assert missing == NotFound(("http://b.example/",), "No reply from b.example in 8 s.")


def test_reports_are_lines_of_json() -> None:
    assert Found(Paper("2611.00001", "T")).as_record() == {
        "event": "paper",
        "record": {"id": "2611.00001", "title": "T"},
    }
    assert NotFound(("x",), "Why.").as_record() == {"event": "error", "keys": ["x"], "sentence": "Why."}

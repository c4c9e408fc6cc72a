"""Looking up single papers and pages: what is found, one sentence on what is not, and children apart."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from triage.actions.look_up import Begun, Errand, Found, NotFound, errands, look_up, look_up_apart
from triage.child_events import ended_badly, silent
from triage.network import Told
from triage.paper import Paper
from triage.ports import Unreachable

A, B = "http://a.example/", "http://b.example/"


class Pages:
    """`network.Pages` that knows one paper and one page."""

    def __init__(self, refusal: str = "") -> None:
        self.refusal = refusal
        self.asked: list[str] = []

    def look_up(self, keys: Sequence[str]) -> Iterator[Told]:
        """What is known."""
        self.asked += keys
        yield from (
            Told(Paper(key, f"Title of {key}"), "c.example") for key in keys if key in ("2611.00001", A)
        )
        if self.refusal:
            raise Unreachable(self.refusal)


def test_what_is_found_comes_as_it_is_with_who_answered() -> None:
    pages = Pages()
    told = list(look_up(pages, ["2611.00001", A, "2611.00001"]))
    assert told == [
        Begun(("2611.00001",)),
        Found(Paper("2611.00001", "Title of 2611.00001"), "c.example"),
        Begun((A,)),
        Found(Paper(A, f"Title of {A}"), "c.example"),
    ]
    assert len(pages.asked) == 2


def test_an_id_that_nobody_knows_is_named() -> None:
    _, missing = look_up(Pages(), ["2611.99999"])
    assert missing == NotFound(("2611.99999",), "arXiv knows no paper 2611.99999; check the id.")


def test_a_refusal_says_why_and_costs_nothing_that_was_found() -> None:
    _, found, _, missing = look_up(Pages("No reply from b.example in 8 s."), ["2611.00001", B])
    assert isinstance(found, Found)
    assert missing == NotFound((B,), "No reply from b.example in 8 s.")


def test_a_page_is_an_errand_of_its_own_and_papers_go_together() -> None:
    ids = [f"2611.{number:05}" for number in range(150)]
    assert errands([A, *ids, B, A]) == [
        Errand(tuple(ids[:100])),
        Errand(tuple(ids[100:])),
        Errand((A,)),
        Errand((B,)),
    ]
    assert Errand((A,)).patience == 11.0, "ten seconds for the page, and one for its word"
    assert Errand(("2611.00001",)).patience > 60


def test_what_is_told_comes_back_from_json_as_it_was() -> None:
    found, missing = Found(Paper(A, "T", site="S"), "c.example"), NotFound((A,), "Why.")
    assert Errand((A,)).answer(found.as_record()) == found
    assert Errand((A,)).answer(missing.as_record()) == missing
    assert Errand((A,)).answer(Begun((A,)).as_record()) is None
    assert Errand((B,)).answer(found.as_record()) is None, "a child tells only of what it was asked for"
    assert Errand((A,)).answer({"event": "paper", "record": "x"}) is None


@pytest.mark.parametrize("key", [A, "2611.00001"])
def test_what_befell_a_child_is_told_of_its_page(key: str) -> None:
    def run(keys: Sequence[str], patience: float) -> Iterator[Mapping[str, Any]]:
        yield silent(patience)

    (told,) = look_up_apart(run, [key])
    assert isinstance(told, NotFound)
    said = silent(errands([key])[0].patience)["sentence"]
    page = f"{A} could not be read ({said}); write its title and description yourself."
    assert told.sentence == (page if key == A else said)


def test_a_child_that_fails_costs_nothing_of_the_others() -> None:
    def run(keys: Sequence[str], patience: float) -> Iterator[Mapping[str, Any]]:
        if keys == (A,):
            yield ended_badly(-9)
        else:
            yield Found(Paper(keys[0], "T")).as_record()

    assert [type(told) for told in look_up_apart(run, [A, B])] == [NotFound, Found]

"""Searching a text: by words as shown, in either case, a little at a time, while it grows."""

from tests.tui.test_text_body import taken_in
from triage.full_text import Part
from triage.tui.text_body import TextBody
from triage.tui.text_search import TextSearch

TEXT = Part("S1", 1, "1 Loss", "The loss ‖θ‖₁ is *low*. The  LOSS\n\nis x₁ + y², a lossy (loss)")


def found(query: str, *parts: Part) -> list[str]:
    body = taken_in(TextBody(), *(parts or (TEXT,)))
    search = TextSearch(query)
    while search.look_on(body, 10):
        pass
    return [body.passage(start, end) for start, end in search.hits]


def test_matches_are_found_in_either_case_whatever_the_look() -> None:
    assert found("loss") == ["Loss", "loss", "LOSS", "loss", "loss"]
    assert found("is low") == ["is low"]
    assert found(" the   loss ") == ["The loss", "The  LOSS"]
    assert found("(loss)") == ["(loss)"]
    assert found("nobody") == found("   ") == []


def test_tex_finds_what_it_is_shown_as() -> None:
    assert found("x_1") == ["x₁"]
    assert found("y^2") == ["y²"]
    assert found("\\theta") == ["θ"]


def test_a_search_goes_on_in_what_came_later() -> None:
    body = taken_in(TextBody(), TEXT)
    search = TextSearch("loss")
    assert not search.look_on(body, 1_000)
    taken_in(body, Part("S2", 1, "2 More", "No loss."))
    assert len(search.hits) == 5
    assert not search.look_on(body, 1_000)
    assert len(search.hits) == 6


def test_it_is_looked_through_a_little_at_a_time() -> None:
    body = taken_in(TextBody(), Part("S1", 1, "1", "word.\n\n" * 1000))
    search = TextSearch("word")
    steps = 1
    while search.look_on(body, 100):
        steps += 1
    assert steps > 20
    assert len(search.hits) == 1000


def test_one_goes_from_match_to_match_and_round() -> None:
    body = taken_in(TextBody(), TEXT)
    search = TextSearch("loss")
    search.look_on(body, 1_000)
    hits = search.hits
    assert search.here is None
    assert search.go_from(hits[1][0]) == hits[1]
    assert [search.step(1, 0) for _ in range(4)] == [hits[2], hits[3], hits[4], hits[0]]
    assert search.step(-1, 0) == hits[4]
    assert search.go_from(body.end) == hits[0]


def test_one_begins_where_one_is() -> None:
    body = taken_in(TextBody(), TEXT)
    for place, after, before in ((0, 0, -1), (10, 1, 0)):
        for by, wanted in ((1, after), (-1, before)):
            search = TextSearch("loss")
            search.look_on(body, 1_000)
            assert search.step(by, place) == search.hits[wanted]


def test_matches_on_a_line_are_found_by_their_places() -> None:
    body = taken_in(TextBody(), TEXT)
    search = TextSearch("loss")
    search.look_on(body, 1_000)
    assert search.within(0, body.end) == search.hits
    assert search.within(search.hits[1][0], search.hits[2][0]) == [search.hits[1]]

"""A mark in a text: what is marked after steps, extensions and a mouse that is drawn."""

from triage.sentences import spans
from triage.tui.marking import Mark, first_from, sentence_at

TEXT = "One is here. Two is next. Three ends it."
SENTENCES = spans(TEXT)


def marked(mark: Mark) -> str:
    return TEXT[mark.start : mark.end]


def test_a_step_marks_the_next_sentence_alone_and_stops_at_the_ends() -> None:
    mark = first_from(SENTENCES, 0, len(TEXT))
    assert marked(mark) == "One is here."
    assert marked(mark.step(SENTENCES, -1)) == "One is here."
    assert marked(mark.step(SENTENCES, 1)) == "Two is next."
    assert marked(mark.step(SENTENCES, 9)) == "Three ends it."


def test_extending_draws_the_mark_on_either_side_of_where_it_began() -> None:
    mark = first_from(SENTENCES, 0, len(TEXT)).step(SENTENCES, 1).extend(SENTENCES, 1)
    assert marked(mark) == "Two is next. Three ends it."
    mark = mark.extend(SENTENCES, -1)
    assert marked(mark) == "Two is next."
    mark = mark.extend(SENTENCES, -1)
    assert marked(mark) == "One is here. Two is next."
    assert marked(mark.step(SENTENCES, 1)) == "Two is next."


def test_the_first_sentence_that_starts_in_view_is_marked() -> None:
    assert marked(first_from(SENTENCES, 5, len(TEXT))) == "Two is next."
    assert marked(first_from(SENTENCES, 5, 9)) == "One is here.", "none starts in view"
    assert marked(first_from(SENTENCES, 30, 35)) == "Three ends it."


def test_the_mouse_marks_characters_both_ways_and_the_keys_go_on_from_there() -> None:
    mark = Mark((4, 5), (4, 5)).drawn_to((8, 9))
    assert marked(mark) == "is he"
    mark = mark.drawn_to((0, 1))
    assert marked(mark) == "One i"
    assert marked(mark.step(SENTENCES, 1)) == "Two is next."
    assert marked(sentence_at(SENTENCES, 20)) == "Two is next."

"""The text as it grows: sections, places that are found again, sentences, and passages as shown."""

from itertools import pairwise

import pytest

from triage.full_text import Part
from triage.tui.reading_places import MOST, Bookmark, ReadingPlaces
from triage.tui.text_body import TextBody

PARTS = (
    Part("", 0, "", "**Abstract.** We count. Counting is slow."),
    Part("S1", 1, "1 Introduction", "First *paragraph* [3](#bib.bib3).\n\n> **Theorem 1.** It counts.\n"),
    Part("S1.SS1", 2, "1.1 Data", "| a | b |\n|---|---|\n| c | d |\n\n```\nx = 1\n\ny = 2\n```"),
    Part("S2", 1, "2 Empty", ""),
    Part("bib", 1, "References", "[1] One.\n\n[2] Two.\n\n[3] Three.", (("bib.bib1", 0), ("bib.bib3", 4))),
)


def taken_in(body: TextBody, *parts: Part) -> TextBody:
    for part in parts:
        for _ in body.taken_in(part):
            pass
    return body


@pytest.fixture
def body() -> TextBody:
    body = TextBody()
    body.begin("A title", "2611.00001v1")
    return taken_in(body, *PARTS)


def text_at(body: TextBody, place: int | None) -> str:
    assert place is not None
    block = body.block_at(place)
    return body.blocks[block].text.plain[place - body.starts[block] :]


def test_every_part_is_a_section_that_begins_with_its_heading(body: TextBody) -> None:
    assert [section.heading for section in body.sections] == [part.heading for part in PARTS]
    assert [text_at(body, body.section_start(at)) for at in (1, 2, 3)] == [
        "1 Introduction",
        "1.1 Data",
        "2 Empty",
    ]
    introduction = body.section_start(1)
    assert body.section_at(introduction) == 1
    assert body.section_at(introduction - 3) == 0
    assert body.section_at(0) == -1
    assert body.section_at(body.end) == 4


def test_links_lead_to_sections_and_to_what_stands_in_them(body: TextBody) -> None:
    assert text_at(body, body.anchored("S1.SS1")) == "1.1 Data"
    assert text_at(body, body.anchored("bib.bib1")).startswith("[1] One")
    assert text_at(body, body.anchored("bib.bib3")) == "[3] Three."
    assert body.anchored("nowhere") is None
    paragraph = next(at for at, block in enumerate(body.blocks) if block.text.plain.startswith("First"))
    assert body.link_at(body.starts[paragraph] + len("First paragraph ")) == "#bib.bib3"
    assert body.link_at(body.starts[paragraph]) == ""


def test_a_bookmark_finds_the_place_again_in_a_text_that_is_another_before_it(body: TextBody) -> None:
    changed = TextBody()
    changed.begin("A title", "2611.00001v2")
    taken_in(changed, Part("", 0, "", "Much longer.\n\nNow in two paragraphs."), *PARTS[1:])
    for place in range(body.section_start(1), body.end):
        found = changed.marked_by(body.bookmark(place))
        if place - body.starts[body.block_at(place)] < len(body.blocks[body.block_at(place)].text.plain):
            assert text_at(changed, found) == text_at(body, place)
    assert body.marked_by(body.bookmark(3)) == 3


def test_a_bookmark_of_what_has_not_come_or_is_gone_finds_nothing() -> None:
    body = taken_in(TextBody(), *PARTS[:2])
    assert body.marked_by(Bookmark("S1.SS1", 0, 0)) is None
    assert body.marked_by(Bookmark("S1", 99, 0)) is None
    assert body.marked_by(Bookmark("S1", -99, 0)) is None
    found = body.marked_by(Bookmark("S1", 2, 9_999))
    assert found is not None
    assert body.block_at(found) == body.sections[1].block + 2


def test_what_is_appended_moves_no_place() -> None:
    body = taken_in(TextBody(), *PARTS[:1])
    before = [text_at(body, place) for place in range(body.end)]
    taken_in(body, *PARTS[1:])
    assert [text_at(body, place) for place in range(len(before))] == before


def test_sentences_end_with_paragraphs_lines_of_code_and_rows(body: TextBody) -> None:
    found = [body.passage(start, end) for start, end in body.sentences(0, len(body.blocks))]
    assert found == [
        "A title",
        "2611.00001v1",
        "Abstract.",
        "We count.",
        "Counting is slow.",
        "1 Introduction",
        "First paragraph 3.",
        "Theorem 1.",
        "It counts.",
        "1.1 Data",
        "a │ b",
        "c │ d",
        "x = 1",
        "y = 2",
        "2 Empty",
        "References",
        "[1] One.",
        "[2] Two.",
        "[3] Three.",
    ]


def test_a_sentence_of_the_text_is_told_from_headings_and_names(body: TextBody) -> None:
    spans = [span for span in body.sentences(0, len(body.blocks)) if not body.is_text(*span)]
    assert [body.passage(*span) for span in spans] == [
        "A title",
        "2611.00001v1",
        "1 Introduction",
        "1.1 Data",
        "2 Empty",
        "References",
    ]


def test_a_passage_is_as_shown_with_its_paragraphs_apart(body: TextBody) -> None:
    start = body.section_start(1) + len("1 ")
    end = body.section_start(2) - 3
    assert body.passage(start, end) == "Introduction\n\nFirst paragraph 3.\n\nTheorem 1. It counts"
    assert body.passage(0, 0) == ""


def test_a_long_part_is_taken_in_by_small_steps() -> None:
    body = TextBody()
    sizes = [len(body.blocks) for _ in body.taken_in(Part("S1", 1, "1 Long", "A paragraph.\n\n" * 500))]
    assert len(body.blocks) >= 1000
    assert max(after - before for before, after in pairwise(sizes)) <= 2


def test_places_are_remembered_for_the_papers_read_last() -> None:
    places = ReadingPlaces()
    for number in range(MOST + 10):
        places.keep(f"2611.{number:05}", Bookmark("S1", number, 2))
    places.keep("2611.00011", Bookmark("S2", 1, 1))
    again = ReadingPlaces(places.to_remember())
    assert again.of("2611.00011") == Bookmark("S2", 1, 1)
    assert again.of("2611.00009") is None
    assert again.of(f"2611.{MOST:05}") == Bookmark("S1", MOST, 2)


@pytest.mark.parametrize(
    "remembered", [None, [], "x", {"a": 1}, {"a": ["S1", -1, 0]}, {"a": ["S1", "2", 0]}, {"a": ["S1", 1]}]
)
def test_what_was_not_remembered_by_us_counts_as_nothing(remembered: object) -> None:
    assert ReadingPlaces(remembered).of("a") is None

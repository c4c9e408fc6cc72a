"""What the haul being made has of its own, and what is made anew around it."""

from triage import front_matter, own_parts
from triage.haul import Entry, Field
from triage.own_parts import Item
from triage.settings import HaulSettings


def entry(key: str, title: str) -> Entry:
    return Entry(key, f"https://arxiv.org/abs/{key}", title, "It begins…")


A, B, C = entry("1", "A"), entry("2", "B"), entry("3", "C")


def made(count: int) -> tuple[Field, ...]:
    return front_matter.new(HaulSettings(), 7, count, "2026-11-20T08:30:00.000Z")


def said(fields: tuple[Field, ...]) -> list[tuple[str | None, str]]:
    return [(one.key, one.value) for one in fields]


def test_without_a_document_of_its_own_everything_is_made() -> None:
    assert own_parts.entries({}, [C, A, B]) == (A, B, C)
    assert own_parts.front((), made(3)) == made(3)


def test_own_titles_and_places_stand_and_what_is_new_goes_before_the_first_later_title() -> None:
    own = {"entries": {"3": {"place": 0}, "1": {"title": "Z", "place": 1}}}
    stand = own_parts.entries(own, [A, B, C])
    assert [(one.key, one.title) for one in stand] == [("2", "B"), ("3", "C"), ("1", "Z")]


def test_an_empty_excerpt_of_ones_own_is_none_on_the_card() -> None:
    (one,) = own_parts.entries({"entries": {"1": {"excerpt": ""}}}, [A])
    assert one.excerpt == ""


def test_what_was_left_standing_goes_when_another_value_would_be_made() -> None:
    items = [
        Item("title"),
        Item("snippet", "17 more", "", made(3)[2].value),
        Item("published_at"),
        Item("tags"),
    ]
    assert ("snippet", "17 more") in said(own_parts.front(items, made(3)))
    assert ("snippet", "17 more") not in said(own_parts.front(items, made(4)))
    assert ("snippet", "17 more") not in said(own_parts.front(items, made(3), publishing=True))


def test_a_key_that_was_taken_out_stays_out_and_a_new_one_of_the_config_comes_last() -> None:
    items = [Item("tags"), Item(None, "# mine"), Item("title", "Mine"), Item("snippet", is_gone=True)]
    stand = own_parts.front(items, [*made(3), Field("layout", "post")])
    assert said(stand) == [
        ("tags", "arxiv"),
        (None, "# mine"),
        ("title", "Mine"),
        ("published_at", "2026-11-20T08:30:00.000Z"),
        ("layout", "post"),
    ]


def test_an_item_comes_back_from_its_record() -> None:
    for item in (
        Item("tags"),
        Item("title", "T", "'T'"),
        Item(None, "# x"),
        Item("a", is_gone=True),
        Item("b", "c", "", "d"),
    ):
        assert own_parts.items({"front": own_parts.item_records([item])}) == [item]
    assert Item("tags").as_record() == ["tags"]


def test_held_papers_take_along_what_they_say_and_no_place() -> None:
    own = {"1": {"title": "Mine", "place": 4, "gaps": ["", "", ""]}, "2": {"place": 1}, "3": {"title": "X"}}
    assert own_parts.of_next({"entries": own}, {"1", "2"}) == {"1": {"title": "Mine"}}

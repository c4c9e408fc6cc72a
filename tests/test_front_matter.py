"""Front matter that YAML reads back as the same strings, whatever they hold."""

import datetime as dt
import string
from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from triage import front_matter
from triage.haul import Field
from triage.settings import HaulSettings

PLAIN = [
    "ML Arxiv Haul ~20",
    "17 more ML papers and comments",
    "arxiv",
    "arxiv, ml",
    "a{b}",
    "C# and F#",
    "it's",
    "a:b",
    'say "hi"',
    "50% [sic]",
    "x - y",
    "naïve 𝔽ₚ",
    "👩‍🔬 at work",
    "9 kg\u200aof apples",
    "---",
    "...",
    "yes and no",
    "<b> & c",
]
QUOTED = [
    "",
    " ",
    " a",
    "a ",
    "20",
    "1_000",
    "0x1F",
    "0o17",
    "1e3",
    "1.5",
    ".inf",
    "-.INF",
    ".nan",
    "yes",
    "No",
    "on",
    "OFF",
    "true",
    "False",
    "null",
    "Null",
    "~",
    "y",
    "N",
    "2023-06-30",
    "2023-06-30T03:06:00.000Z",
    "12:30:45",
    "=",
    "<<",
    "a: b",
    "a #b",
    "# a",
    "- a",
    "-",
    "? a",
    "?",
    ": a",
    ":",
    "a:",
    "{a}",
    "[a]",
    "{{ 7*7 }}",
    "[/INST] [@click=app.quit]",
    "]",
    "}",
    ",a",
    "&a b",
    "*a",
    "!a",
    "!!str a",
    "|",
    ">",
    "> a",
    "'a",
    "'a' b",
    '"a',
    '"a" b',
    "%a",
    "@a",
    "`a`",
    "a\tb",
    "a\nb",
    "a\r",
    "\x00",
    "\x1b]52;c;x\x07",
    "\x85",
    "\u2028",
    "\ufeff",
    "\udc80",
    "\x7f",
    "a\\n: b",
    "\x9b31m",
    "\uffff",
]


@pytest.mark.parametrize("text", PLAIN)
def test_what_yaml_reads_as_it_is_stands_plain(text: str) -> None:
    assert front_matter.scalar("title", text) == text


@pytest.mark.parametrize("text", QUOTED)
def test_what_yaml_would_read_otherwise_stands_in_quotes(text: str) -> None:
    written = front_matter.scalar("title", text)
    assert written[0] == written[-1] == '"'
    assert len(written.splitlines()) == 1
    assert all(character.isprintable() for character in written)


@given(
    st.text()
    | st.text(st.sampled_from(string.punctuation + " \t\n0a\x85\u2028"))
    | st.sampled_from(PLAIN + QUOTED)
)
def test_every_reader_of_yaml_and_our_own_read_the_string_that_was_written(text: str) -> None:
    post = front_matter.write([Field("title", text), Field("tags", "arxiv")])
    inside = post.removeprefix("---\n").removesuffix("\n---\n")
    for loader in (yaml.SafeLoader, yaml.BaseLoader):
        assert yaml.load(inside, Loader=loader) == {"title": text, "tags": "arxiv"}  # noqa: S506 - both are safe
    front, unread = front_matter.read(inside.split("\n"))
    assert front == (Field("title", text), Field("tags", "arxiv"))
    assert unread == ()


@given(
    st.lists(
        st.text()
        | st.sampled_from(["a: b", "- x", "  y", "k:", "#", "z: [", "q: |", "r: {a: b}", "s: !!x y"])
    )
)
def test_front_matter_of_any_form_is_written_as_it_was_read(texts: list[str]) -> None:
    lines = "\n".join(texts).split("\n")
    front, unread = front_matter.read(lines)
    assert front_matter.write(front) == "\n".join(["---", *lines, "---", ""])
    assert all(0 <= place < len(lines) for place in unread)


def test_forms_of_the_users_own_are_read_and_kept() -> None:
    lines = [
        "# my post",
        'title: "ML Haul ~3"',
        "tags:",
        "  - arxiv",
        "  - ml",
        "",
        "draft: false",
        "note: 'x' # y",
        "seo: {a: 1}",
        "text: >",
        "  one",
        "  two",
    ]
    front, unread = front_matter.read(lines)
    assert {field.key: field.value for field in front if field.key} == {
        "title": "ML Haul ~3",
        "tags": "arxiv, ml",
        "draft": "false",
        "note": "x",
        "text": "one two",
    }
    assert unread == (8,)
    assert front_matter.write(front) == "\n".join(["---", *lines, "---", ""])
    changed = tuple(Field("tags", "new", field.source) if field.key == "tags" else field for field in front)
    assert 'title: "ML Haul ~3"\ntags: new\n\ndraft: false\n' in front_matter.write(changed)


@pytest.mark.parametrize(
    "line",
    ["a: " + "[" * 15_000, "a: " + "{a: " * 5000, "a: " + "x" * 3_000_000, "a: *b", 'a: "\\U00110000"'],
)
def test_hostile_front_matter_is_kept_and_named(line: str) -> None:
    front, unread = front_matter.read([line])
    assert front == (Field(None, line),)
    assert unread == (0,)


def lines_of(further: Mapping[str, Any]) -> list[str]:
    settings = HaulSettings(tags=("arxiv", "ml"), front_matter=further)
    return front_matter.write(front_matter.new(settings, 21, 3, "2023-07-01T00:00:00.000Z")).split("\n")


def test_a_new_post_says_title_time_snippet_tags_and_the_users_keys_in_their_order() -> None:
    further = {
        "layout": "post",
        "draft": False,
        "weight": 3,
        "authors": ["A: b", "c"],
        "seo": {"a": [1.5]},
        "day": dt.date(2023, 7, 1),
        "my key": "x",
        "cover": "true",
    }
    assert lines_of(further) == [
        "---",
        "title: ML Arxiv Haul ~21",
        "published_at: 2023-07-01T00:00:00.000Z",
        "snippet: 3 more ML papers and comments",
        "tags: arxiv, ml",
        "layout: post",
        "draft: false",
        "weight: 3",
        'authors: ["A: b", "c"]',
        'seo: {"a": [1.5]}',
        "day: 2023-07-01",
        '"my key": "x"',
        'cover: "true"',
        "---",
        "",
    ]


def test_a_key_of_the_users_own_takes_the_place_of_ours() -> None:
    assert lines_of({"snippet": "Mine"})[3:5] == ["snippet: Mine", "tags: arxiv, ml"]


def test_the_time_stamp_is_utc_with_milliseconds() -> None:
    moment = dt.datetime(2023, 6, 30, 5, 6, 0, 999_999, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    assert front_matter.stamp(moment) == "2023-06-30T03:06:00.999Z"

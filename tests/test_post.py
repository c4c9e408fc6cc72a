"""The post to the byte: written from the parts, read back, and kept whatever a hand made of it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from triage import front_matter, post
from triage.haul import Comment, Entry, Haul
from triage.settings import HaulSettings

POST = """---
title: ML Arxiv Haul ~3
published_at: 2023-06-30T03:06:00.000Z
snippet: 3 more ML papers and comments
tags: arxiv, ml
---

## Comments / Criticism

- A first comment.

- A second one
  on two lines.

## New Paper Content

<blockquote>
    <a href="https://arxiv.org/abs/2306.00001">
    <h4>Attention &amp; "Quotes": a &lt;b&gt; test</h4>
    <p>
An excerpt that ends here…
    </p>
    </a>
</blockquote>

A note.<br/>
Its second line, 9\u200akg.

<br/>
> quoted

<hr/>

A rule of the note's own.

<hr/>

<blockquote>
    <a href="https://example.org/?a=1&amp;b=&quot;2&quot;">
    <h4>Bare</h4>
    </a>
</blockquote>

<hr/>

<blockquote>
    <a href="https://arxiv.org/abs/2306.00001">
    <h4>The same again</h4>
    </a>
</blockquote>

Last.

<br/>
<br/>
<br/>
<br/>
"""
FRONT = front_matter.new(HaulSettings(tags=("arxiv", "ml")), 3, 3, "2023-06-30T03:06:00.000Z")
HAUL = Haul(
    3,
    FRONT,
    (Comment("", "A first comment."), Comment("", "A second one\non two lines.")),
    (
        Entry(
            "2306.00001",
            "https://arxiv.org/abs/2306.00001",
            'Attention & "Quotes": a <b> test',
            "An excerpt that ends here…",
            "A note.<br/>\nIts second line, 9\u200akg.\n\n<br/>\n> quoted\n\n<hr/>\n\n"
            "A rule of the note's own.",
        ),
        Entry('https://example.org/?a=1&b="2"', 'https://example.org/?a=1&b="2"', "Bare"),
        Entry("2306.00001#2", "https://arxiv.org/abs/2306.00001", "The same again", "", "Last.\n\n<br/>"),
    ),
)


def test_a_haul_makes_the_post() -> None:
    written = replace(HAUL, entries=(*HAUL.entries[:2], replace(HAUL.entries[2], note="Last.\n\n<br/>")))
    assert post.write(written) == POST.replace("Last.\n\n<br/>\n<br/>", "Last.\n\n<br/>\n\n<br/>")


def test_the_post_is_read_back_as_its_parts() -> None:
    tight_end = replace(HAUL.entries[2], gaps=("\n\n", "\n\n", "\n"))
    assert post.read(POST) == post.Reading(replace(HAUL, entries=(*HAUL.entries[:2], tight_end)))


def seed() -> str:
    path = Path(__file__).parents[2] / "shared" / "seed" / "000_19ccb1c8a3744eca.txt"
    if not path.exists():
        pytest.skip("the seed is not beside this checkout (../shared)")
    return path.read_bytes().decode()


def test_the_seed_comes_back_to_the_byte_from_its_parts_alone() -> None:
    text = seed()
    haul, unread = post.read(text).haul, post.read(text).unread
    assert len(text.encode()) == 11_423
    assert unread == ()
    assert (haul.number, len(haul.entries), len(haul.comments), haul.value("tags")) == (20, 17, 2, "arxiv")
    own = HaulSettings()
    parts = Haul(
        20,
        front_matter.new(own, 20, len(haul.entries), haul.published_at),
        tuple(Comment("", one.text) for one in haul.comments),
        tuple(Entry(one.key, one.link, one.title, one.excerpt, one.note) for one in haul.entries),
    )
    assert post.write(parts) == text


def test_one_changed_note_changes_the_post_there_and_nowhere_else() -> None:
    haul = post.read(POST).haul
    noted = (
        replace(entry, note="New.") if entry.key == 'https://example.org/?a=1&b="2"' else entry
        for entry in haul.entries
    )
    changed = post.write(replace(haul, entries=tuple(noted)))
    bare = "<h4>Bare</h4>\n    </a>\n</blockquote>\n"
    assert changed == POST.replace(bare, f"{bare}\nNew.\n")


def test_a_haul_of_nothing_is_its_front_matter_and_an_empty_section() -> None:
    written = post.write(Haul(3, FRONT))
    assert written == POST[: POST.index("## Comments")] + "## New Paper Content\n\n<br/>\n<br/>\n<br/>\n"
    assert post.read(written) == post.Reading(Haul(3, FRONT))


def test_every_card_has_a_key_of_its_own() -> None:
    links = ["https://a.b", "https://a.b#2", "https://a.b", "https://a.b#2", "https://a.b"]
    written = post.write(Haul(entries=tuple(Entry(link, link, "t") for link in links)))
    haul = post.read(written).haul
    assert len({entry.key for entry in haul.entries}) == len(links)
    assert post.write(Haul.from_document(haul.as_document("h"))) == written


BARE = POST[: POST.index('<blockquote>\n    <a href="https://example')].count("\n") + 1

# What a hand makes of a post: each still comes back to the byte, with its entries where they can be read.
BY_HAND = {
    "crlf": (POST.replace("\n", "\r\n"), 3, []),
    "byte order mark": ("\ufeff" + POST, 3, []),
    "no front matter": (POST[POST.index("## Comments") :], 3, []),
    "empty front matter": (POST.replace(POST[4 : POST.index("---\n\n##")], ""), 3, [1]),
    "text before the headings": (POST.replace("---\n\n", "---\n\nHello.\n\nWorld.\n\n"), 3, [8]),
    "text before the first card": (POST.replace("Content\n", "Content\n\nThis week:\n"), 3, [17]),
    "text after the end": (POST + "\nFooter.\n", 3, [POST.count("\n") + 2]),
    "no end": (POST[: POST.index("\n<br/>\n<br/>\n<br/>\n<br/>")], 3, []),
    "no last line end": (POST.rstrip("\n"), 3, []),
    "no comments": (re.sub(r"\n- A first(.|\n)*lines\.\n", "", POST), 3, []),
    "no headings": (POST.replace("## ", "### "), 0, [8]),
    "more blank lines": (POST.replace("\n\n", "\n\n\n"), 3, []),
    "no blank lines": (POST.replace("\n\n", "\n"), 3, []),
    "another indent": (POST.replace("    <h4>Bare", "  <h4>Bare"), 2, [BARE]),
    "no rule between": (POST.replace("own.\n\n<hr/>", "own."), 2, [BARE - 2]),
    "own escapes": (POST.replace('"Quotes"', "&quot;Quotes&quot;").replace("?a=1&amp;", "?a=1&"), 3, []),
    "cut off": (POST[: POST.index("<h4>Bare")], 1, [BARE]),
    "no text": ("", 0, []),
    "some text": ("Hello", 0, [1]),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_a_post_made_by_hand_comes_back_to_the_byte_and_what_was_not_read_is_named(name: str) -> None:
    text, entries, lines = BY_HAND[name]
    reading = post.read(text)
    assert post.write(reading.haul) == text
    assert len(reading.haul.entries) == entries
    assert [one.line for one in reading.unread] == lines
    for one in reading.unread:
        assert text.replace("\r\n", "\n").split("\n")[one.line - 1] == one.text or name == "byte order mark"


def test_a_card_with_escapes_of_its_own_stands_until_the_user_changes_it() -> None:
    haul = post.read(BY_HAND["own escapes"][0]).haul
    assert haul.entries[0].title == HAUL.entries[0].title
    renamed = replace(haul, entries=(replace(haul.entries[0], title='"New"'), *haul.entries[1:]))
    assert '<h4>"New"</h4>' in post.write(renamed)

"""Long Markdown is drawn bit by bit, and reads as if it had been drawn at once."""

from time import perf_counter

import pytest

from triage.tui.widgets.blocks import Block
from triage.tui.widgets.markdown_blocks import drawn, markdown
from triage.tui.widgets.markdown_chunks import chunks

PARAGRAPH = "We study *how* models **learn** [12](#bib.bib12) when labels are `noisy`. " * 4
PARTS = {
    "paragraphs": f"{PARAGRAPH}\n\n" * 40,
    "tight list": "".join(f"- item {at}, {PARAGRAPH}\n" for at in range(40)),
    "loose list": "".join(f"- item {at}\n\n  {PARAGRAPH}\n\n" for at in range(40)),
    "numbered": "".join(f"{at}. item {PARAGRAPH}\n" for at in range(1, 41)),
    "code": "```\n" + "x = 1\n\n- y\n" * 2000 + "```\n\nafter\n",
    "quotes": f"> **Theorem 1.** {PARAGRAPH}\n>\n> more\n\n" * 40,
    "tables": ("| a | b |\n|---|---|\n| **c** | d |\n\n" + PARAGRAPH + "\n\n") * 40,
    "mixed": f"# A\n\n{PARAGRAPH}\n\n1. one\n2. two\n\n| a |\n|---|\n| b |\n\n---\n\n```\ncode\n```\n\n" * 20,
}


def shown(blocks: list[Block], width: int = 60) -> list[str]:
    return [line.plain for block in blocks for line in block.lines(width)]


def in_bits(text: str) -> list[Block]:
    return [block for block in drawn(text) if block is not None]


@pytest.mark.parametrize("name", PARTS)
def test_it_reads_as_if_drawn_at_once(name: str) -> None:
    text = PARTS[name]
    assert len([*chunks(text)]) > (name != "code")
    assert "".join(chunk.text for chunk in chunks(text)) == text
    at_once = [markdown(text[:40_000])] if len(text) <= 40_000 else []
    for blocks in at_once:
        assert shown(in_bits(text)) == shown([*blocks])


@pytest.mark.parametrize("name", PARTS)
def test_a_block_knows_the_line_it_was_written_in(name: str) -> None:
    source = PARTS[name].split("\n")
    for block in in_bits(PARTS[name]):
        words = block.text.plain.replace("*", "").split()
        if words and block.line >= 0 and not block.code:
            plain = source[block.line].replace("*", "").replace("`", "")
            assert words[0] in plain


def test_links_are_known_by_their_place_in_the_text() -> None:
    [block] = in_bits("As in [*Some* title](#bib.bib1) and [(3)](#S3.E3), not [this](https://example.org).")
    assert [(block.text.plain[start:end], to) for start, end, to in block.links] == [
        ("Some title", "#bib.bib1"),
        ("(3)", "#S3.E3"),
        ("this", "https://example.org"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        "x" * 1_000_000,
        "[" * 60_000,
        "*a **b " * 20_000,
        "> " * 5_000 + "x",
        "|" + "a|" * 200 + "\n|" + "---|" * 200 + "\n" + ("|" + "1.5|" * 200 + "\n") * 30,
        "".join(f"# heading {at}\n\n" for at in range(10_000)),
        "- " * 3_000,
    ],
    ids=["words", "one word", "brackets", "stars", "quotes", "wide table", "headings", "nested lists"],
)
def test_hostile_text_is_drawn_whole_and_soon(text: str) -> None:
    begun = perf_counter()
    blocks = in_bits(text)
    lines = [line for block in blocks for line in block.laid_out(80, 0).lines]
    assert perf_counter() - begun < 10
    assert lines
    letters = set(text) - set(" \n*>|-#[")
    assert letters <= {letter for block in blocks for letter in block.text.plain}


def test_no_step_draws_more_than_a_little() -> None:
    """Counted in blocks and characters and not in time, which other work on the machine would spoil."""
    for name, text in PARTS.items():
        longest = max((len(block.text.plain) for block in in_bits(text)), default=0)
        assert longest <= 4_000, name
    pauses = [block for block in drawn(PARTS["tables"]) if block is None]
    assert len(pauses) >= 40

"""How Markdown looks while it is written."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.tui.widgets.markdown_signs import fenced, looks


def seen(line: str) -> list[tuple[str, str]]:
    return [(line[one.start : one.end], one.name) for one in looks(line)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("plain words", []),
        ("## A heading", [("## A heading", "heading")]),
        ("#no heading", []),
        ("> quoted *so*", [("> quoted *so*", "dim"), (">", "mark"), ("*so*", "emphasis")]),
        ("- item", [("-", "mark")]),
        ("  12. item", [("  12.", "mark")]),
        ("* * *", [("* * *", "rule")]),
        (
            "a **b** and *c* and ***d***",
            [("**b**", "strong"), ("*c*", "emphasis"), ("***d***", "strong"), ("***d***", "emphasis")],
        ),
        ("snake_case_name and _so_", [("_so_", "emphasis")]),
        ("2 * 3 * 4", []),
        ("~~gone~~", [("~~gone~~", "struck")]),
        ("`a *b* c` *d*", [("`a *b* c`", "code"), ("*d*", "emphasis")]),
        ("``a ` b``", [("``a ` b``", "code")]),
        ("a ` b", []),
        ("[t](https://a.example/x) and ![i](y)", [("[t](https://a.example/x)", "link"), ("![i](y)", "link")]),
        ("[t] (x)", []),
        ("see https://a.example/x.", [("https://a.example/x", "link")]),
        ("one<br/>two <https://a.example>", [("<br/>", "html"), ("<https://a.example>", "link")]),
        ("a < b > c", []),
        (r"\*no\* and \`no\`", []),
    ],
)
def test_signs_are_seen_for_what_they_are(line: str, expected: list[tuple[str, str]]) -> None:
    assert seen(line) == expected


def test_fenced_code_goes_from_fence_to_fence_or_to_the_end() -> None:
    assert fenced(["a", "```py", "# x", "```", "b", "~~~", "```", "c"]) == {1, 2, 3, 5, 6, 7}
    assert fenced(["a `` b", "``"]) == set()


@given(st.text(alphabet=st.sampled_from("ab *_`~[]()<>!#-\\/h\n"), max_size=50))
def test_every_look_lies_within_its_line(line: str) -> None:
    assert all(0 <= one.start < one.end <= len(line) for one in looks(line))


@pytest.mark.parametrize(
    "text",
    [
        "`" * 5000,
        "[" * 5000,
        "](" * 2500,
        "<a" * 2500,
        "*a" * 2500,
        "https://" * 600,
        "> " * 2500,
        "- " * 2500,
        "x" * 100_000,
    ],
)
def test_a_line_of_any_form_is_looked_at_within_a_frame(text: str) -> None:
    begin = time.perf_counter()
    [*looks(text)]
    assert time.perf_counter() - begin < 1

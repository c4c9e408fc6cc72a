"""`triage add`: what is named, in words, on standard input or in the clipboard, becomes one step."""

from pathlib import Path

import pytest

from tests.cli.conftest import Triage
from triage.cli.console import Console
from triage.desktop.clipboard import PyperclipClipboard
from triage.paper import Paper

PAGE = "https://example.org/page"
MAIL = f"""Hi, have you seen {PAGE}?utm_source=mail and arXiv:2306.07899v2,
or the old hep-th/9901001? It is better than https://me:pw@example.org/.
"""

POST = """---
title: ML Arxiv Haul ~17
published_at: 2025-09-03T03:06:00.000Z
---

## New Paper Content

<blockquote>
    <a href="https://arxiv.org/abs/2306.07899">
    <h4>A paper of old</h4>
    <p>
It begins…
    </p>
    </a>
</blockquote>

A note.

<br/>
<br/>
<br/>
"""


@pytest.fixture(autouse=True)
def _papers(listing: list[Paper]) -> None:
    """Every test has the listing."""


def held(monkeypatch: pytest.MonkeyPatch, text: str | None) -> None:
    """A person at a terminal, with this in the clipboard."""
    monkeypatch.setattr(PyperclipClipboard, "paste", lambda _self: text)
    monkeypatch.setattr(Console, "is_fed", False)


def kept(triage: Triage) -> list[str]:
    return [line.split()[1] for line in triage("list", "--haul", "current").lines]


def test_a_mail_in_quotes_is_searched_and_what_it_names_is_one_step(triage: Triage) -> None:
    ran = triage("add", MAIL)
    assert ran.lines == [f"added: {PAGE}", "added: 2306.07899", "added: hep-th/9901001"]
    assert "left out: 'https://me:pw@example.org/' is neither an arXiv id nor a web link" in ran.err
    assert len(kept(triage)) == 3
    assert triage("undo").status == 0
    assert kept(triage) == []


@pytest.mark.parametrize("words", [("-",), ()])
def test_what_is_piped_in_is_searched(words: tuple[str, ...], triage: Triage) -> None:
    assert triage("add", *words, typed=MAIL.encode()).lines[0] == f"added: {PAGE}"
    assert len(kept(triage)) == 3


def test_words_and_standard_input_go_together(triage: Triage) -> None:
    triage("add", "2611.00001", "-", typed=b"2306.07899")
    assert sorted(kept(triage)) == ["2306.07899", "2611.00001"]


def test_at_a_terminal_the_clipboard_is_added(triage: Triage, monkeypatch: pytest.MonkeyPatch) -> None:
    held(monkeypatch, "2611.00002\n2306.07899")
    ran = triage("add")
    assert ran.lines == ["added: 2611.00002  [red]Brackets[/red] & <tags>", "added: 2306.07899"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "the clipboard cannot be read here; give ids or links, or - to read standard input"),
        ("nothing of the kind", "no arXiv id and no web link is in the clipboard; give 2306.07899 or"),
    ],
)
def test_a_clipboard_without_any_says_so(
    text: str | None, sentence: str, triage: Triage, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(monkeypatch, text)
    ran = triage("add")
    assert (ran.status, ran.out) == (2, "")
    assert sentence in ran.err


def test_standard_input_without_any_says_so(triage: Triage) -> None:
    ran = triage("add", "-", typed=b"nothing")
    assert (ran.status, ran.err) == (
        2,
        "triage: no arXiv id and no web link is on standard input; give 2306.07899 or https://…\n",
    )


def test_standard_input_is_not_both_links_and_note(triage: Triage) -> None:
    ran = triage("add", "-", "--note", "-", typed=b"2306.07899")
    assert ran.status == 2
    assert "standard input is either what to add or its note" in ran.err
    assert kept(triage) == []


def test_a_paper_of_a_published_haul_is_told_and_stays_there(triage: Triage, home: Path) -> None:
    (home / "post.md").write_text(POST, encoding="utf-8")
    assert triage("import", "post.md").status == 0
    ran = triage("add", "https://arxiv.org/abs/2306.07899v3", "2611.00001", "--note", "Mine.")
    assert ran.lines == ["added: 2611.00001  Gauß and O(n²) growth"]
    told = (
        "2306.07899  A paper of old was kept in haul 17, 3 Sep 2025; `triage keep 2306.07899` keeps it anew"
    )
    assert told in ran.err
    assert kept(triage) == ["2611.00001"]
    assert triage("keep", "2306.07899").status == 0
    assert len(kept(triage)) == 2
    assert "2306.07899  A paper of old is in this haul already" in triage("add", "2306.07899").err


def test_a_page_is_one_whatever_leads_to_it(triage: Triage) -> None:
    triage("add", f"{PAGE}?utm_source=a&fbclid=b")
    assert kept(triage) == [PAGE], "without what only tells whence one came"
    for other in (f"{PAGE}/", PAGE.replace("https", "http"), PAGE.replace("//", "//www."), f"{PAGE}?gclid=c"):
        assert f"{PAGE} is in this haul already" in triage("add", other).err
    assert "noted" in triage("note", f"{PAGE}/", "One note.").out
    triage("add", f"{PAGE}?id=2")
    assert len(kept(triage)) == 2, "what may mean another page is another"


def test_a_publish_names_what_was_never_looked_up(triage: Triage) -> None:
    triage("add", "2306.07899", PAGE)
    ran = triage("publish")
    assert ran.status == 0
    assert f"without a title: 2306.07899, {PAGE}; `triage undo` makes the haul current again" in ran.err

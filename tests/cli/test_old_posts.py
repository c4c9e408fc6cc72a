"""Old posts on the command line: a folder of them imported, and their papers seen again."""

from pathlib import Path

import pytest

from tests.cli.conftest import Triage

A, B, C = "2611.00001", "2611.00002", "2611.00003"


def post(number: int, day: str, **notes: str) -> str:
    """A post of some papers with their notes."""
    cards = [
        f'<blockquote>\n    <a href="https://arxiv.org/abs/{key.replace("_", ".")[1:]}">\n'
        f"    <h4>The paper {key}</h4>\n    </a>\n</blockquote>\n\n{note}\n\n"
        for key, note in notes.items()
    ]
    front = f"---\ntitle: ML Arxiv Haul ~{number}\npublished_at: {day}T03:06:00.000Z\n---\n\n"
    return f"{front}## New Paper Content\n\n" + "<hr/>\n\n".join(cards) + "<br/>\n<br/>\n<br/>\n"


@pytest.fixture
def folder(home: Path, listing: object) -> Path:
    """Two old posts of papers that are listed now, the later one first in the alphabet."""
    made = home / "old"
    made.mkdir()
    (made / "a-later.md").write_text(post(17, "2025-09-03", k2611_00001="The word of September."))
    (made / "b-earlier.md").write_text(
        post(9, "2025-01-05", k2611_00001="The first word.", k2611_00002="On brackets.")
    )
    return made


def test_the_papers_of_old_posts_are_known_again_in_a_listing(triage: Triage, folder: Path) -> None:
    assert triage("import", str(folder)).status == 0
    assert triage("list").lines == [
        f"✓ {A}  Gauß and O(n²) growth",
        "              kept in haul 17, 3 Sep 2025: The word of September.",
        f"✓ {B}  [red]Brackets[/red] & <tags>",
        "              kept in haul 9, 5 Jan 2025: On brackets.",
        f"  {C}  Third",
    ]
    assert triage("list", "--haul", "17").lines == [f"✓ {A}  The paper k2611_00001"]


def test_show_tells_in_which_haul_and_what_was_noted_there(triage: Triage, folder: Path) -> None:
    triage("import", str(folder))
    shown = triage("show", A)
    assert "keep · decided 2025-" in shown.out
    assert " · kept in haul 17, 3 Sep 2025\n" in shown.out
    assert shown.lines[-5:] == [
        "note, haul 9:",
        "The first word.",
        "",
        "note, haul 17:",
        "The word of September.",
    ]
    triage("keep", A)
    assert " · current haul · kept in haul 17, 3 Sep 2025\n" in triage("show", A).out


def test_a_long_note_is_cut_to_a_line(triage: Triage, folder: Path) -> None:
    (folder / "a-later.md").write_text(post(17, "2025-09-03", k2611_00001="word " * 100))
    triage("import", str(folder))
    line = triage("list").lines[1]
    assert len(line) <= 80
    assert line.endswith("word …")


def test_each_post_has_a_line_by_number_and_all_have_a_sum(triage: Triage, folder: Path) -> None:
    ran = triage("import", str(folder))
    assert ran.lines == [
        "haul 9 imported: 2 entries, 0 comments",
        "haul 17 imported: 1 entry, 0 comments",
        "2 posts: 2 imported",
    ]
    again = triage("import", str(folder))
    assert again.status == 0
    assert again.lines[-1] == "2 posts: 0 imported, 2 in the library already"


def test_one_faulty_file_does_not_stop_the_others_and_is_in_the_status(triage: Triage, folder: Path) -> None:
    (folder / "empty.md").write_text("")
    (folder / "latin.md").write_bytes(post(12, "2025-02-02", k2611_00003="Caf\xe9").encode("latin-1"))
    (folder / "same.md").write_text(post(9, "2025-01-05", k2611_00003="Another nine."))
    ran = triage("import", str(folder))
    assert ran.status == 2
    assert ran.lines[-1] == "5 posts: 2 imported, 3 not imported"
    assert f"{folder / 'empty.md'} is no post of a haul" in ran.err
    assert f"{folder / 'latin.md'}, line 14: not UTF-8" in ran.err
    assert f"{folder / 'same.md'} is haul 9, but the library has another haul 9" in ran.err
    assert "--read-back --haul 9 -o FILE" in ran.err


def test_a_paper_is_in_the_latest_haul_with_the_day_of_that(triage: Triage, folder: Path) -> None:
    triage("import", str(folder / "a-later.md"))
    triage("import", str(folder / "b-earlier.md"))
    assert "keep · decided 2025-09-03T03:06:00Z · kept in haul 17, 3 Sep 2025" in triage("show", A).out


def test_a_paper_that_is_added_again_is_told_to_be_in_a_haul_already(triage: Triage, folder: Path) -> None:
    triage("import", str(folder))
    ran = triage("add", f"https://arxiv.org/abs/{A}")
    assert "kept in haul 17, 3 Sep 2025" in ran.err


@pytest.mark.parametrize(
    ("line", "decided"),
    [
        ("published_at: 2025-09-03", "2025-09-03T00:00:00Z"),
        ("published_at: 2025-09-03 05:06:07", "2025-09-03T05:06:07Z"),
        ("date: 2025-09-03T05:06:07+02:00", "2025-09-03T03:06:07Z"),
        ('date: "2025-09-03"', "2025-09-03T00:00:00Z"),
    ],
)
def test_a_post_may_say_its_day_as_other_sites_do(
    triage: Triage, folder: Path, line: str, decided: str
) -> None:
    text = post(17, "2025-09-03", k2611_00001="One.")
    (folder / "a-later.md").write_text(text.replace("published_at: 2025-09-03T03:06:00.000Z", line))
    triage("import", str(folder))
    assert f"keep · decided {decided} · kept in haul 17, 3 Sep 2025" in triage("show", A).out
    assert line in triage("export", "--haul", "17").out


def test_every_card_of_another_form_is_named_with_its_line(triage: Triage, folder: Path) -> None:
    text = post(17, "2025-09-03", k2611_00001="One.", k2611_00002="Two.").replace("    <", "  <")
    text = text.replace("## New", "## Comments / Criticism\n\n- A comment.\n\n## New")
    (folder / "a-later.md").write_text(text)
    ran = triage("import", str(folder / "a-later.md"))
    assert ran.lines == ["haul 17 imported: 0 entries, 1 comment"]
    lines = [place for place, one in enumerate(text.split("\n"), start=1) if one == "<blockquote>"]
    named = [one for one in ran.err.splitlines() if "looks like a card but has not its exact form" in one]
    assert [int(one.split(":")[2]) for one in named] == lines
    assert triage("export", "--haul", "17").out == text


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("    <", "  <", "line 8 looks like a card but has not its exact form"),
        ("## New", "### New", "no line in it is exactly `## New Paper Content`"),
    ],
)
def test_a_post_of_which_nothing_could_be_read_is_refused_with_the_reason(
    triage: Triage, folder: Path, before: str, after: str, why: str
) -> None:
    text = post(17, "2025-09-03", k2611_00001="One.")
    (folder / "a-later.md").write_text(text.replace(before, after))
    ran = triage("import", str(folder / "a-later.md"))
    assert ran.status == 2
    assert why in ran.err

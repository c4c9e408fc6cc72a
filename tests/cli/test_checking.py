"""`triage check` and `triage repair`, as a person uses them."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Triage

pytestmark = pytest.mark.usefixtures("listing")


def hit(data: Path, number: int) -> None:
    """Damage a line of the journal past mending."""
    (path,) = (data / "journal").glob("*.jsonl")
    lines = path.read_bytes().split(b"\n")
    lines[number - 1] = b"\0" * len(lines[number - 1])
    path.write_bytes(b"\n".join(lines))


def test_all_is_well(triage: Triage, home: Path) -> None:
    triage("keep", "2611.00001")
    triage("note", "2611.00001", "A note.")
    triage("export", "-o", "post.md")
    ran = triage("check")
    (path,) = (home / "data" / "journal").iterdir()
    machine = path.name.rpartition("-")[0]
    assert ran.status == 0
    assert ran.err == ""
    assert ran.lines[0] == f"journal       5 steps of {machine}", "the export is two of them"
    assert ran.lines[1] == "library.json  1 paper decided on, 1 kept, 1 note, 0 hauls"
    assert ran.lines[2:5] == [
        "drafts        no note being typed",
        "archive       2 listing days, 4 papers",
        "full texts    none kept",
    ]
    assert ran.lines[5].startswith("backups       1 backup opened, the newest of ")
    assert ran.lines[6:] == ["posts         1, as written", "config        in order", "", "All is well."]


def test_what_is_damaged_is_said_repaired_and_well_again(triage: Triage, home: Path) -> None:
    triage("keep", "2611.00001")
    triage("note", "2611.00001", "A note.")
    triage("skip", "2611.00002")
    hit(home / "data", 2)
    ran = triage("check")
    assert ran.status == 4
    assert "Damaged:" in ran.lines
    assert "- Line 2 of " in " ".join(ran.out.split())
    assert all(len(line) <= 80 or len(line.strip("- ").split()) == 1 for line in ran.lines)
    mended = triage("repair")
    assert mended.status == 0
    assert mended.lines[-1] == "What was damaged is mended."
    (report,) = (home / "data").glob("repair-*.txt")
    assert f"The report: {report}" in mended.lines
    again = triage("check")
    assert again.status == 0
    assert "Worth knowing:" in again.lines
    assert "A note." in triage("show", "2611.00001").out
    assert triage("repair").lines == ["Nothing is damaged."]


def test_json_has_an_object_for_each_thing_and_each_finding(triage: Triage, home: Path) -> None:
    triage("keep", "2611.00001")
    triage("skip", "2611.00002")
    hit(home / "data", 1)
    ran = triage("check", "--json")
    records = [json.loads(line) for line in ran.lines]
    assert ran.status == 4
    assert [record["part"] for record in records if "finding" not in record] == [
        "journal", "library.json", "drafts", "archive", "full texts", "backups", "posts", "config",
    ]  # fmt: skip
    assert records[0] == {"part": "journal", "ok": False, "told": records[0]["told"], "steps": 1, "files": 1,
                          "machines": 1, "leftovers": 0}  # fmt: skip
    found = next(record for record in records if record.get("finding") == "line")
    assert (found["line"], found["weight"], found["part"]) == (1, "damage", "journal")
    assert found["file"].startswith("journal/")
    assert found["bytes"] > 100


def test_a_post_that_was_edited_or_is_gone_is_told_and_no_fault(triage: Triage, home: Path) -> None:
    triage("keep", "2611.00001")
    triage("export", "-o", "post.md")
    (home / "post.md").write_text((home / "post.md").read_text().replace("Gau", "GAU"))
    ran = triage("check")
    assert ran.status == 0
    assert "posts         1, 0 of them as written" in ran.lines
    assert f"{home / 'post.md'} was edited since it was written" in " ".join(ran.out.split())
    (home / "post.md").unlink()
    assert f"{home / 'post.md'} is not there any more." in " ".join(triage("check").out.split())


def test_a_fault_in_the_config_is_told_among_the_rest(triage: Triage, home: Path) -> None:
    triage("keep", "2611.00001")
    with (home / "config" / "triage" / "config.toml").open("a") as file:
        file.write("colour = 1\n")
    ran = triage("check")
    assert ran.status == 2
    assert "config        1 fault" in ran.lines
    assert "colour" in ran.out
    hit(home / "data", 1)
    assert triage("check").status == 4
    assert triage("repair").status in (0, 4)


def test_a_library_that_cannot_be_opened_is_checked_all_the_same(triage: Triage, home: Path) -> None:
    triage("keep", "2611.00001")
    (home / "data" / "library.json").write_text('{"_default": {}, "meta": {"1": {"schema": 99}}}')
    ran = triage("check")
    assert ran.status == 4
    assert "newer triage" in ran.out
    assert "posts         not looked for: the library cannot be opened" in ran.lines
    refused = triage("repair")
    assert (refused.status, refused.out) == (4, "")
    assert "newer triage" in refused.err


@pytest.mark.parametrize("command", ["check", "repair"])
def test_where_there_is_no_library_it_says_so(triage: Triage, home: Path, command: str) -> None:
    ran = triage("--data", str(home / "nowhere"), command)
    assert (ran.status, ran.out) == (2, "")
    assert "does not exist" in ran.err
    assert not (home / "nowhere").exists()
    assert triage(command, "journal").status == 2


def test_a_note_in_a_published_haul_is_counted_as_the_backups_count_it(triage: Triage) -> None:
    triage("keep", "2611.00001")
    triage("note", "2611.00001", "A note.")
    triage("publish", "-o", "post.md")
    assert triage("check").lines[1] == "library.json  1 paper decided on, 1 kept, 1 note, 1 haul"
    assert "1 note, 1 haul" in triage("backup").out

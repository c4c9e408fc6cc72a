"""`triage backup` and `triage restore`, for those whose disk is gone, or who did something wrong."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Triage
from tests.conftest import Count
from tests.library.killing import Tell, killed_at
from triage.__main__ import main
from triage.archive import open_archive
from triage.archive.pages import open_shelf
from triage.full_text import Fetched, Kept, Page
from triage.ledger import Completeness, ListingState
from triage.library import backup_making, open_library

pytestmark = pytest.mark.usefixtures("listing")
HOUSE = Path(__file__).resolve().parents[2]
TEMPLATE = "{% for entry in haul.entries %}- {{ entry.title }}\n{% endfor %}"


def post(triage: Triage, home: Path) -> str:
    """A published post, of another library."""
    second, path = ("--data", str(home / "second")), str(home / "post.md")
    triage(*second, "comment", "A comment of the third haul.")
    triage(*second, "publish", "--number", "3", "-o", path)
    return path


@pytest.fixture
def used(triage: Triage, home: Path) -> Triage:
    """A library that was used: a haul published, one being made, notes, a note being typed, a config."""
    (home / "config/triage/templates").mkdir()
    (home / "config/triage/templates/links.md").write_text(TEMPLATE)
    triage("keep", "2611.00001")
    triage("note", "2611.00001", "Kept <b>for</b> $O(n^2)$ growth.")
    triage("comment", "A comment of its own.")
    triage("publish", "--number", "7", "--date", "2026-11-20T08:00", "-o", str(home / "seven.md"))
    triage("keep", "2611.00003")
    triage("note", "2611.00003", "For the next one.")
    triage("skip", "2611.00002")
    triage("export", "-o", str(home / "current.md"))
    failed = ListingState("cs.CL", Completeness.FAILED, sentence="The feed was no feed.")
    open_archive(home / "data").remember(date(2026, 11, 23), {"cs.CL": failed})
    with_draft = open_library(home / "data", state=home / "state/triage")
    with_draft.save_draft("2611.00009", "half a no", "")
    with_draft.close()
    page = Page("2611.00001", 1, "Growth", "https://arxiv.org/html/2611.00001v1", "2026-11-20T08:00:00Z")
    open_shelf(home / "data").keep(Kept(page, 1, Fetched("2611.00001", page.url, b"<html>kept</html>")))
    return triage


def on_another_machine(home: Path, *words: str) -> Ran:
    """`triage` as a process on a machine on which it has never run."""
    bare = home / "bare"
    bare.mkdir(exist_ok=True)
    env = {"HOME": str(bare), "PATH": os.environ["PATH"], "TZ": "UTC"}
    command = [sys.executable, "-m", "triage", *words]
    done = subprocess.run(
        command, env=env, cwd=HOUSE, capture_output=True, text=True, timeout=60, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr)


SHOWN = (
    ("export", "--haul", "7"),
    ("export", "--haul", "current"),
    ("export", "bibtex", "--haul", "7"),
    ("export", "links", "--haul", "7"),
    ("list", "--day", "all", "--json"),
    ("list", "--day", "2026-11-19", "--json"),
    ("days", "--json", "cs.CL"),
    ("config", "show"),
)
"""What together shows hauls, notes, verdicts, listings, config and templates."""


def test_one_file_brings_everything_back_on_an_empty_machine(
    used: Triage, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = used("backup", "-o", "all.zip")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"backed up: {home}/all.zip (3 decided, 2 kept, 2 notes, 1 haul, ")
    before = [used(*words) for words in SHOWN]
    assert [words for words, one in zip(SHOWN, before, strict=True) if one.status or not one.out] == []
    back = on_another_machine(home, "restore", str(home / "all.zip"))
    assert (back.status, back.err) == (0, "")
    assert "1 note being typed; config.toml, templates/links.md" in back.out
    assert "2 listing days" in back.out
    with monkeypatch.context() as there_now:
        there_now.setenv("HOME", str(home / "bare"))
        for name in ("CONFIG", "STATE", "DATA"):
            there_now.delenv(f"XDG_{name}_HOME")
        data = ("--data", str(home / "bare/.local/share/triage"))
        assert [used(*data, *words).out for words in SHOWN] == [one.out for one in before]
    folder = home / "bare/.local/share/triage"
    assert {path.name for path in (folder / "archive/pages").glob("*.gz")} == {"2611.00001.html.gz"}
    there = open_library(folder, state=home / "bare/.local/state/triage")
    here = open_library(home / "data", state=home / "state/triage")
    assert there.draft("2611.00009") == "half a no"
    assert there.machine != here.machine
    assert there.notices == ()
    here.close()
    there.close()
    # What is done there is done by another machine, and undone there alone.
    assert on_another_machine(home, "skip", "2611.00003").status == 0
    assert on_another_machine(home, "undo").out == "undone: skip of 2611.00003\n"
    assert (
        on_another_machine(home, "undo").out == ""
        or "nothing is left" in on_another_machine(home, "undo").err
    )


def test_on_the_same_machine_even_the_undo_goes_on_as_before(used: Triage, home: Path) -> None:
    used("backup", "-o", "all.zip")
    shutil.rmtree(home / "data")
    ran = used("restore", "all.zip")
    assert (ran.status, ran.err) == (0, "")
    assert used("undo").out == "undone: skip of 2611.00002\n"
    assert used("keep", "2611.00002").status == 0
    assert used("restore", "all.zip").err == ""


def test_a_backup_is_brought_back_as_one_step_that_an_undo_takes_back(used: Triage, home: Path) -> None:
    name = used("backup").out.split("/")[-1].split(" ")[0]
    then = [used(*words).out for words in SHOWN]
    used("note", "2611.00003", "Written over.")
    used("reopen", "2611.00001")
    used("keep", "2611.00002")
    used("add", "2306.07899", "--note", "New since.")
    used("comment", "New since, too.")
    used("publish", "--number", "8", "-o", str(home / "eight.md"))
    used("comment", "For the ninth.")
    used("export", "-o", str(home / "nine.md"))
    now = [used(*words).out for words in SHOWN]
    ran = used("restore", name)
    assert (ran.status, ran.err) == (0, "")
    assert ran.lines[0].startswith("restored the backup of ")
    assert ran.lines[0].endswith(": 4 papers, 1 note, 2 comments, 2 hauls as then")
    assert ran.lines[1].startswith("`triage undo` takes it back; what was here is in ")
    assert [used(*words).out for words in SHOWN] == then
    assert used("export", "--haul", "8").status == 2
    assert used("undo").out.startswith("undone: restore of 4 papers")
    assert [used(*words).out for words in SHOWN] == now
    assert used("redo").status == 0
    assert [used(*words).out for words in SHOWN] == then
    again = used("restore", name)
    assert again.out.startswith("nothing to restore: all is as in the backup of ")
    # And what was here before it was brought back is a backup, too.
    before = next(line.split()[-1] for line in used("restore").lines[::-1] if "before restore" in line)
    assert used("restore", before).status == 0
    assert [used(*words).out for words in SHOWN] == now


def test_what_a_synced_machine_did_since_is_not_lost_by_a_restore(used: Triage, home: Path) -> None:
    name = used("backup").out.split("/")[-1].split(" ")[0]
    other = open_library(home / "data", state=home / "state-b")
    other.db.table("_default").insert({"id": "2611.00077", "verdict": "keep", "note": "By another."})
    other.close()
    used("restore", name)
    assert used("show", "2611.00077").status == 2
    used("undo")
    assert "By another." in used("show", "2611.00077").out


def test_the_backups_are_listed_newest_first_in_even_columns(used: Triage) -> None:
    used("backup")
    used("merge", "nowhere")
    lines = used("restore").lines
    assert len(lines) == 3
    assert [line[18:32].rstrip() for line in lines] == ["before merge", "asked for", "daily"]
    assert len({line.index(" decided") for line in lines}) == 1
    assert len({line.rindex("2026-") for line in lines}) == 1
    records = [json.loads(line) for line in used("restore", "--json").lines]
    assert [one["reason"] for one in records] == ["before merge", "asked for", "daily"]
    assert records[1] | {"moment": "", "name": "", "path": "", "size": 0} == {
        "moment": "",
        "name": "",
        "path": "",
        "reason": "asked for",
        "decided": 3,
        "kept": 2,
        "notes": 2,
        "hauls": 1,
        "steps": records[1]["steps"],
        "drafts": 1,
        "size": 0,
    }


def test_the_first_command_of_a_day_that_changes_something_makes_its_backup(
    triage: Triage, home: Path
) -> None:
    triage("list")
    assert not (home / "data/backups").exists()
    ran = triage("keep", "2611.00001")
    assert (ran.status, ran.err) == (0, "")
    (made,) = (home / "data/backups").iterdir()
    assert made.name.endswith("-daily.zip")
    triage("keep", "2611.00002")
    assert list((home / "data/backups").iterdir()) == [made]


def test_the_app_asks_for_the_days_backup_in_json_lines(triage: Triage, home: Path) -> None:
    triage("keep", "2611.00001")
    (made,) = (home / "data/backups").iterdir()
    assert triage("backup", "--daily", "--json") == Ran(0, "", "")
    made.unlink()
    (home / "config/triage/config.toml").write_text("[arxiv]\ndelay_seconds = -1\n")
    ran = triage("backup", "--daily", "--json")
    assert (ran.status, ran.err) == (0, "")
    assert json.loads(ran.out)["reason"] == "daily"
    shutil.rmtree(home / "data/backups")
    (home / "data/backups").write_text("in the way")
    ran = triage("backup", "--daily", "--json")
    assert ran.status == 4
    event = json.loads(ran.out)
    assert event["event"] == "error"
    assert event["sentence"].startswith("No backup was made: ")


def test_where_no_backup_can_be_made_a_decision_stands_and_an_import_does_not_begin(
    triage: Triage, home: Path
) -> None:
    published = post(triage, home)
    (home / "data/backups").write_text("in the way")
    ran = triage("keep", "2611.00001")
    assert ran.status == 0
    assert ran.out.startswith("kept: 2611.00001")
    assert "No backup was made" in ran.err
    ran = triage("import", published)
    assert ran.status == 4
    assert "No backup was made" in ran.err
    assert triage("list", "--haul", "3").out == ""
    (home / "data/backups").unlink()
    assert triage("import", published).out.startswith("haul 3 imported")
    assert any(one.name.endswith("-before-import.zip") for one in (home / "data/backups").iterdir())


def test_an_import_into_an_empty_library_needs_no_backup(triage: Triage, home: Path) -> None:
    assert triage("import", post(triage, home)).status == 0
    assert [one.name[-9:] for one in (home / "data/backups").iterdir()] == ["daily.zip"]


def test_a_word_is_said_of_a_backup_that_takes_longer_than_a_second(
    used: Triage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("triage.cli.waiting._SECONDS", 0.0)
    assert "making a backup" in used("backup").err


def test_a_file_that_is_no_backup_or_holds_more_is_left_alone(used: Triage, home: Path) -> None:
    (home / "mine.zip").write_text("mine")
    (home / "link.zip").symlink_to(home / "mine.zip")
    for name in ("mine.zip", "link.zip", "config"):
        ran = used("backup", "-o", name)
        assert ran.status == 2, ran
        assert "no backup of triage's" in ran.err
    assert (home / "mine.zip").read_text() == "mine"
    assert used("backup", "-o", "mine.zip", "--overwrite").status == 0
    assert zipfile.is_zipfile(home / "mine.zip")
    assert used("backup", "-o", "mine.zip").status == 0, (
        "a backup of ours is replaced by one that holds it all"
    )
    whole = (home / "mine.zip").read_bytes()
    ran = used("--data", str(home / "second"), "backup", "-o", "mine.zip")
    assert ran.status == 2
    assert "holds steps which this library has not" in ran.err
    assert (home / "mine.zip").read_bytes() == whole
    assert used("backup", "-o", "-").status == 2
    ran = used("backup", "-o", "no/folder/all.zip")
    assert ran.status == 4
    assert "there is no folder" in ran.err
    assert sorted(path.name for path in home.iterdir() if path.name.startswith(".")) == []


@pytest.mark.parametrize(
    ("spoil", "status", "says"),
    [
        (lambda data: data[: len(data) // 2], 4, "is damaged"),
        (lambda data: data[:200] + bytes([data[200] ^ 1]) + data[201:], 4, "is damaged"),
        (lambda _data: b"", 2, "no backup of triage's"),
        (lambda data: b"GIF89a" + data, 2, "no backup of triage's"),
    ],
)
def test_a_file_that_is_damaged_or_none_of_ours_changes_nothing(
    used: Triage, home: Path, spoil: Callable[[bytes], bytes], status: int, says: str
) -> None:
    used("backup", "-o", "all.zip")
    used("keep", "2611.00002")
    (home / "all.zip").write_bytes(spoil((home / "all.zip").read_bytes()))
    before = [used(*words).out for words in SHOWN]
    ran = used("restore", "all.zip")
    assert (ran.status, says in ran.err, ran.out) == (status, True, "")
    assert [used(*words).out for words in SHOWN] == before


def test_a_newer_backup_is_refused(used: Triage, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as later:
        later.setattr("triage.library.backup_form.FORM", 2)
        later.setattr(backup_making, "__version__", "9.9")
        assert used("backup", "-o", "all.zip").status == 0
    ran = used("restore", "all.zip")
    assert (ran.status, ran.out) == (4, "")
    assert "was written by a newer triage (9.9): install that. Nothing was changed." in ran.err


def test_config_and_templates_of_ones_own_stay_and_are_named(used: Triage, home: Path) -> None:
    used("backup", "-o", "all.zip")
    config = home / "config/triage/config.toml"
    (home / "config/triage/templates/links.md").unlink()
    mine = config.read_text() + "# mine\n"
    config.write_text(mine)
    ran = used("restore", "all.zip")
    assert ran.status == 0
    assert ran.out.endswith(": templates/links.md\n")
    assert ran.err == "triage: config.toml here is another one than in the backup, and stays as it is\n"
    assert config.read_text() == mine
    assert (home / "config/triage/templates/links.md").read_text() == TEMPLATE


def test_listings_that_are_here_are_kept_and_the_others_come(used: Triage, home: Path) -> None:
    used("backup", "-o", "all.zip")
    (home / "data/archive/2026-11-19.jsonl").unlink()
    (home / "data/archive/pages/2611.00001.html.gz").unlink()
    ran = used("restore", "all.zip")
    assert ran.out.endswith(": 1 listing day\n")
    archive = open_archive(home / "data")
    assert [f"{day}" for day in archive.days()] == ["2026-11-19", "2026-11-20"]
    assert open_shelf(home / "data").find("2611.00001") is not None


def test_killed_at_any_system_call_a_restore_is_done_by_doing_it_again(
    used: Triage, home: Path, request: pytest.FixtureRequest, counted: Count
) -> None:
    used("backup", "-o", "all.zip")
    before = [used(*words).out for words in SHOWN]
    shutil.move(home / "data", home / "data-before")
    shutil.move(home / "config", home / "config-before")

    def restore(_tell: Tell) -> None:
        with Path(os.devnull).open("w") as nowhere:
            sys.stdout = sys.stderr = nowhere
            status = main(["--data", str(home / "data"), "restore", str(home / "all.zip")])
        assert status == 0

    # Every call where there is time for it: `--kills 5000`.
    call, stride = 0, 1 if request.config.getoption("--kills") > 200 else 19
    while not killed_at(call, restore).ended:
        ran = used("restore", "all.zip")
        assert ran.status == 0, ran.err
        assert "damaged" not in ran.err
        assert [used(*words).out for words in SHOWN] == before
        left = [
            path
            for path in (home / "data").rglob("*")
            if path.name.startswith(".triage") or path.suffix == ".tmp"
        ]
        assert left == []
        shutil.rmtree(home / "data")
        shutil.rmtree(home / "config")
        call += stride
        counted("kills of a restore", 1)
    assert call > 50


def test_an_open_app_shows_what_was_brought_back(used: Triage, home: Path) -> None:
    name = used("backup").out.split("/")[-1].split(" ")[0]
    used("skip", "2611.00001")
    app = open_library(home / "data", state=home / "state/triage")
    assert app.verdict("2611.00001") == "skip"
    assert used("restore", name).status == 0
    assert [step.what for step in app.poll()] == ["restore"]
    assert app.verdict("2611.00001") == "keep"
    undone = app.undo()
    assert undone is not None
    assert undone.target.what == "restore"
    assert app.verdict("2611.00001") == "skip"
    app.close()


def test_an_app_that_is_open_on_an_empty_library_shows_what_was_brought_back(
    used: Triage, home: Path
) -> None:
    used("backup", "-o", "all.zip")
    app = open_library(home / "second", state=home / "state/triage")
    assert used("--data", str(home / "second"), "restore", "all.zip").status == 0
    assert app.poll()
    assert app.verdict("2611.00001") == "keep"
    assert app.notices == ()
    app.close()


def test_with_no_room_to_unpack_nothing_is_restored(
    used: Triage, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used("backup", "-o", "all.zip")
    used("skip", "2611.00001")
    before = [used(*words).out for words in SHOWN]

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("triage.library.backup_reading.put", full)
        ran = used("restore", "all.zip")
        assert ran.status == 4
        assert "cannot be unpacked" in ran.err
        assert "No space left on device" in ran.err
    with monkeypatch.context() as disk:
        disk.setattr("triage.library.backup_writing.sync_file", full)
        ran = used("restore", "all.zip")
        assert ran.status == 4
        assert "No backup was made" in ran.err
    assert [used(*words).out for words in SHOWN] == before


def test_the_backup_of_another_library_comes_with_its_steps_and_an_undo_leaves_both(
    used: Triage, home: Path
) -> None:
    used("backup", "-o", "all.zip")
    second = ("--data", str(home / "second"))
    used(*second, "add", "2306.07899", "--note", "Of the second.")
    ran = used(*second, "restore", "all.zip")
    assert ran.status == 0
    assert ": 1 paper, 1 note as then; " in ran.out
    assert " steps came; 2 listing days; 1 note being typed\n" in ran.out
    assert [used(*second, *words).out for words in SHOWN] == [used(*words).out for words in SHOWN]
    assert used(*second, "undo").out == "undone: restore of 2306.07899\n"
    assert "Of the second." in used(*second, "show", "2306.07899").out
    assert used(*second, "export", "--haul", "7").out == used("export", "--haul", "7").out


def test_a_posts_file_is_still_known_for_ours_after_a_restore(used: Triage, home: Path) -> None:
    name = used("backup").out.split("/")[-1].split(" ")[0]
    then = (home / "current.md").read_bytes()
    used("note", "2611.00003", "Written over.")
    assert used("export", "-o", "current.md").status == 0
    used("restore", name)
    ran = used("export", "-o", "current.md")
    assert (ran.status, ran.err) == (0, "")
    assert (home / "current.md").read_bytes() == then

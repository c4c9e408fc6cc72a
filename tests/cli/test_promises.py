"""What the library promises, one by one, each tried as the user meets it.

P1 to P13 are kept by the suites beside this one, with every crash, cut and flipped bit; here stands what is
promised, by the commands and in a real terminal. Where the notes that the promises come from know one writer
and a journal that is cut, the design's several processes and its journal that only grows stand instead.
"""

import hashlib
import resource
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import DAY, Triage, paper
from tests.library import made
from tests.library.earlier import to_schema_1
from tests.library.made import finish, opened
from tests.terminal import Terminal
from triage.actions import decide
from triage.archive import open_archive
from triage.keeping import backups
from triage.ledger import Completeness, ListingState, Sections
from triage.library import gathering, snapshot
from triage.paper import Paper

KEY = "2611.00001"
HOUSE = Path(__file__).resolve().parents[2]


@pytest.fixture
def app(home: Path, listing: list[Paper]) -> Callable[[], Terminal]:
    """Opens the app on the listing."""

    def opened_app() -> Terminal:
        argv = [sys.executable, "-m", "triage", "--data", str(home / "data"), "cs.CL"]
        return Terminal(argv, cwd=HOUSE, size=(80, 24))

    return opened_app


def bytes_of(folder: Path) -> dict[str, str]:
    """A checksum of every file."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_p1_what_is_shown_as_decided_outlives_a_kill(app: Callable[[], Terminal], triage: Triage) -> None:
    with app() as terminal:
        terminal.press("k", r"1/1 · 1 kept")
        terminal.kill()
    assert [line.split()[1] for line in triage("list", "--verdict", "keep").lines] == ["2611.00009"]


def test_p2_what_cannot_be_saved_fails_in_sight_and_moves_nothing(
    app: Callable[[], Terminal], home: Path, triage: Triage
) -> None:
    triage("keep", "2611.00003")
    (journal,) = (home / "data" / "journal").iterdir()
    before = journal.read_bytes()
    with app() as terminal:
        terminal.wait_for(r"0/1 · 0 kept")
        limit = (len(before), resource.RLIM_INFINITY)
        resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, limit)
        terminal.press("k", "Not saved")
        terminal.wait_for(r"0/1 · 0 kept")
        terminal.kill()
    assert journal.read_bytes().rstrip(b"\n").startswith(before.rstrip(b"\n"))
    assert [line.split()[1] for line in triage("list", "--verdict", "keep").lines] == ["2611.00003"]


def test_p3_a_decision_costs_the_same_in_a_large_library(tmp_path: Path) -> None:
    now = datetime(2026, 11, 20, 8, tzinfo=UTC)

    def calls(decisions: int) -> int:
        library = opened(tmp_path, folder=str(decisions))
        finish(library, [f"2501.{number:05}" for number in range(decisions)])
        library.close()
        library = opened(tmp_path, folder=str(decisions))
        decide.keep(library, [paper(1, "A first one")], now)
        total = 0

        def count(_frame: object, event: str, _what: object) -> None:
            nonlocal total
            total += event in ("call", "c_call")

        sys.setprofile(count)
        try:
            decide.keep(library, [paper(2, "A second one")], now)
        finally:
            sys.setprofile(None)
        return total

    few, many = calls(50), calls(5_000)
    assert many <= few * 1.1 + 20


def test_p4_damaged_bytes_are_set_aside_and_named(triage: Triage, home: Path, listing: list[Paper]) -> None:
    for key in (KEY, "2611.00002", "2611.00003"):
        triage("keep", key)
    (journal,) = (home / "data" / "journal").iterdir()
    lines = journal.read_bytes().splitlines(keepends=True)
    damaged = lines[1].replace(b"keep", b"kepp", 1)
    journal.write_bytes(lines[0] + damaged + lines[2])
    (home / "data" / "library.json").write_bytes(b"{ half a snapshot")
    told = triage("list", "--verdict", "keep")
    assert [line.split()[1] for line in told.lines] == ["2611.00003", KEY] or KEY in told.out
    kept = [*(home / "data").glob("*damaged-*"), *(home / "data").glob("*-damaged/*")]
    assert {damaged.rstrip(b"\n"), b"{ half a snapshot"} <= {path.read_bytes() for path in kept}
    assert all(path.name in told.err for path in kept)


def test_p5_two_apps_side_by_side_both_save_and_see_each_other(
    app: Callable[[], Terminal], triage: Triage
) -> None:
    with app() as one, app() as two:
        one.wait_for(r"0/1 · 0 kept")
        two.wait_for(r"0/1 · 0 kept")
        one.press("k", r"1/1 · 1 kept")
        two.wait_for(r"1/1 · 1 kept")
        two.press("u", r"0/1 · 0 kept")
        one.wait_for(r"0/1 · 0 kept")
    assert triage("check").status == 0


def test_p6_a_newer_schema_is_refused_and_every_byte_stays(
    triage: Triage, home: Path, listing: list[Paper], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        newer.setattr(gathering, "SCHEMA", snapshot.SCHEMA + 1)
        triage("keep", KEY)
    before = bytes_of(home / "data")
    told = triage("keep", "2611.00002")
    assert (told.status, "newer triage" in told.err) == (4, True)
    assert bytes_of(home / "data") == before


def test_p7_a_migration_is_backed_up_and_keeps_the_old_file(
    triage: Triage, home: Path, listing: list[Paper]
) -> None:
    triage("keep", KEY)
    old = to_schema_1(home / "data")
    triage("skip", "2611.00002")
    assert (home / "data" / "library.json.schema-1").read_bytes() == old
    assert b'"schema":2' in (home / "data" / "library.json").read_bytes()
    assert "before migrate" in triage("restore").out
    assert [line.split()[1] for line in triage("list", "--verdict", "keep").lines] == [KEY]


def test_p8_a_backup_a_day_is_kept_thinned_and_brought_back(
    triage: Triage, home: Path, listing: list[Paper]
) -> None:
    moment = datetime(2026, 1, 5, 9, tzinfo=UTC)
    library = opened(home, folder="data")
    for number in range(16):
        made.decide(library, KEY, "keep" if number % 2 else "skip")
        backups(home / "data", None, lambda: moment).daily()  # noqa: B023  called at once
        moment += timedelta(days=1)
    library.close()
    listed = triage("restore").lines
    days = [line.split()[0] for line in listed]
    assert days[:7] == [f"{moment - timedelta(days=back):%Y-%m-%d}" for back in range(1, 8)]
    assert 7 < len(days) <= 7 + 4 + 6
    first = listed[-1].split()[-1]
    assert triage("restore", first).status == 0
    assert "– 2611.00001" in triage("list", "--verdict", "skip").out
    triage("undo")
    assert KEY in triage("list", "--verdict", "keep").out


def test_p9_an_export_takes_no_place_that_is_not_its_own(
    triage: Triage, home: Path, listing: list[Paper]
) -> None:
    triage("keep", KEY)
    mine = home / "post.md"
    mine.write_text("mine")
    refused = triage("export", "-o", str(mine))
    assert (refused.status, mine.read_text()) == (2, "mine")
    assert "--overwrite" in refused.err
    assert triage("export", "-o", str(mine), "--overwrite").status == 0
    assert "Gauß" in mine.read_text()
    assert [path for path in home.iterdir() if path.suffix == ".tmp"] == []


def test_p10_check_and_repair_say_it_by_their_exit_status(
    triage: Triage, home: Path, listing: list[Paper]
) -> None:
    for key in (KEY, "2611.00002", "2611.00003"):
        triage("skip", key)
    assert triage("check").status == 0
    (journal,) = (home / "data" / "journal").iterdir()
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(lines[0] + b"x" + lines[1][1:-9] + b"?" * 8 + b"\n" + lines[2])
    before = bytes_of(home / "data")
    found = triage("check")
    assert (found.status, bytes_of(home / "data")) == (4, before)
    assert triage("repair").status == 0
    assert triage("check").status == 0


def test_p11_a_hostile_title_acts_nowhere(triage: Triage, home: Path) -> None:
    title = "\x1b]52;c;ZXZpbA==\x07 [@click=app.quit]x[/] </h4><script> \u202egnp.exe `$(id)` \x9b31m"
    archive = open_archive(home / "data")
    state = ListingState("cs.CL", Completeness.COMPLETE, DAY.isoformat(), sections=Sections(1), source="rss")
    archive.store(DAY, [paper(1, title)], {"cs.CL": state})
    argv = [sys.executable, "-m", "triage", "--data", str(home / "data"), "cs.CL"]
    with Terminal(argv, cwd=HOUSE, size=(80, 24)) as terminal:
        terminal.wait_for("app.quit")
        terminal.press("k", r"1/1 · 1 kept")
        terminal.send("q")
        assert terminal.wait() == 0
        assert b"ZXZpbA==\x07" not in terminal.raw
        assert not {b"\x1b]52", b"\xc2\x9b", "\u202e".encode()} & {
            part for part in (b"\x1b]52", b"\xc2\x9b", "\u202e".encode()) if part in terminal.raw
        }
    post = triage("export").out
    assert "<script>" not in post
    assert "\x1b" not in post


def test_p12_the_terminal_is_given_back_whatever_ends_the_app(app: Callable[[], Terminal]) -> None:
    with app() as terminal:
        terminal.wait_for(r"0/1 · 0 kept")
        terminal.signal(signal.SIGTERM)
        assert terminal.wait() == 143
        assert terminal.left_behind() == []


def test_p13_a_note_being_typed_is_there_after_a_kill(app: Callable[[], Terminal], home: Path) -> None:
    with app() as terminal:
        terminal.wait_for(r"0/1 · 0 kept")
        terminal.press("n", "── note")
        terminal.send("half a thought")
        drafts = home / "data" / "drafts"
        # A file that is still being written does not count: it has another name.
        terminal.wait_for(
            lambda: any(b"half a thought" in path.read_bytes() for path in drafts.glob("*.json")), timeout=5
        )
        terminal.kill()
    with app() as terminal:
        terminal.wait_for(lambda: "A note was being typed" in " ".join(terminal.screen().split()))
        terminal.press("n", "half a thought")

"""`triage doctor`: what is not well is said with what to do, and the status is that of what is broken."""

import json
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.arxiv_forms import Written
from tests.arxiv_server import ArxivServer, serving
from tests.cli.conftest import DAY, Ran, Triage, paper
from tests.sources.conftest import NotingClock
from triage.archive.request_clock import FileRequestClock
from triage.cli import doctor
from triage.library import gathering, snapshot
from triage.paper import Paper
from triage.sources.http import Http
from triage.sources.reach import reach

GET = Http.get


def told(ran: Ran) -> dict[str, Mapping[str, Any]]:
    """By thing what was told of it last."""
    return {(record := json.loads(line))["thing"]: record for line in ran.lines}


@pytest.fixture
def reachable(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ArxivServer]:
    """A machine on which all is well: arXiv is on loopback, and an editor and a browser are here."""
    monkeypatch.setattr(Http, "get", GET)
    monkeypatch.setenv("EDITOR", "sh -c")
    monkeypatch.setenv("BROWSER", "sh")
    with serving(Written({DAY: [paper(1, "Out today")]}, today=DAY)) as server:
        (home / "config" / "triage" / "config.toml").write_text(server.config())
        yield server


def test_all_is_well(reachable: ArxivServer, triage: Triage, home: Path, listing: list[Paper]) -> None:
    assert triage("keep", listing[1].id).status == 0
    ran = triage("doctor", "--json")
    found = told(ran)
    assert ran.status == 0, ran.out
    assert [found[f"arXiv {name}"]["well"] for name in ("rss", "api", "site")] == [True] * 3
    assert "1 kept for the current haul" in found["library"]["says"]
    assert found["library"]["says"].startswith("~/data · ")
    assert "2 listing days" in found["archive"]["says"]
    assert found["editor"]["says"] == "sh -c ($EDITOR)"
    assert all(found[name]["well"] for name in ("editor", "browser", "config", "triage", "packages"))
    plain = triage("doctor")
    assert str(home) not in plain.out
    assert "\x1b" not in plain.out
    assert max(map(len, plain.lines)) <= 80
    assert all(line[:2] in ("✓ ", "! ", "  ") for line in plain.lines)


def test_a_machine_of_which_nothing_is_known_yet_is_told_of_all_the_same(
    triage: Triage, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "LANG", "PATH"):
        monkeypatch.delenv(name, raising=False)
    ran = triage("doctor", "--json")
    found = told(ran)
    assert ran.status == 3
    assert found["arXiv rss"]["breaks"] == "network"
    assert "is made when something is decided" in found["library"]["says"]
    assert not (home / "data").exists()
    assert (found["editor"]["well"], found["clipboard"]["well"]) == (False, False)
    assert found["editor"]["remedy"]


def test_a_folder_in_which_nothing_was_decided_yet_is_well(triage: Triage, home: Path) -> None:
    (home / "data").mkdir()
    ran = triage("doctor", "--json")
    assert told(ran)["library"]["well"]
    assert list((home / "data").iterdir()) == []


def test_a_library_that_cannot_be_used_outweighs_the_rest(triage: Triage, home: Path) -> None:
    (home / "config" / "triage" / "config.toml").write_text("kyes = 1\n")
    assert told(ran := triage("doctor", "--json"))["config"]["breaks"] == "config"
    assert ran.status == 2
    assert "is an unknown key; did you mean keys?" in ran.out
    (home / "data").write_text("no folder")
    ran = triage("doctor", "--json")
    assert told(ran)["library"]["breaks"] == "library"
    assert ran.status == 4


def test_a_damaged_library_is_named_and_left_as_it_is(
    triage: Triage, home: Path, listing: list[Paper]
) -> None:
    triage("keep", listing[1].id)
    (journal,) = (home / "data" / "journal").glob("*.jsonl")
    journal.write_bytes(journal.read_bytes()[:-20] + b"x" * 19 + b"\n")
    with journal.open("ab") as file:
        file.write(b"no step\n" * 100)
    (home / "data" / "library.json").unlink()
    before = {path: path.read_bytes() for path in (home / "data").rglob("*") if path.is_file()}
    ran = triage("doctor")
    assert ran.status == 4
    assert ran.out.count("triage check") == 1
    assert "Line 1 of" in ran.out
    assert "it stays as it is." in " ".join(ran.out.split())
    assert "more of such damages" in ran.out
    assert len(ran.lines) < 60
    assert {path: path.read_bytes() for path in (home / "data").rglob("*") if path.is_file()} == before


def test_of_a_library_of_a_newer_triage_nothing_is_said_to_mend_it(
    triage: Triage, listing: list[Paper], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        newer.setattr(gathering, "SCHEMA", snapshot.SCHEMA + 1)
        triage("keep", listing[1].id)
    library = told(ran := triage("doctor", "--json"))["library"]
    assert (ran.status, library["breaks"]) == (4, "library")
    assert "install the newer triage" in library["says"]
    assert library["remedy"] == ""


def test_arxiv_is_not_asked_while_it_wants_to_be_left_alone(
    reachable: ArxivServer, triage: Triage, home: Path
) -> None:
    FileRequestClock(home / "state" / "triage" / "requests.json", 0.0).hold_back("127.0.0.1", 60)
    ran = triage("doctor", "--json")
    assert ran.status == 3
    assert "asked to be left alone" in told(ran)["arXiv site"]["remedy"]
    assert reachable.requests == []


def test_a_pause_no_longer_than_the_pace_is_waited_for(reachable: ArxivServer) -> None:
    looked = list(reach(NotingClock(), lambda _host: 2.0, reachable.settings, "cs.CL"))
    assert [one.is_well for one in looked] == [True] * 3


def test_what_never_answers_is_named_and_keeps_nobody(
    triage: Triage, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "PATIENCE", 0.1)
    monkeypatch.setattr(doctor, "_SOON", 0.05)
    monkeypatch.setattr("triage.doctor._library", lambda *_: threading.Event().wait())
    ran = triage("doctor", "--json")
    assert told(ran)["the library"]["says"] == "gave no answer within 0.1 s"


def test_doctor_takes_no_word(triage: Triage) -> None:
    assert triage("doctor", "clipboard").status == 2

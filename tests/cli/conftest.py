"""The command line as a person uses it, in this process: words in, status and text out."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NoReturn, Protocol

import pytest

from tests.arxiv_forms import Written
from tests.arxiv_server import ArxivServer, serving
from triage.__main__ import main
from triage.actions.look_up import Begun, LookedUp
from triage.archive import open_archive
from triage.command_home import CommandHome
from triage.ledger import Completeness, ListingState, Sections
from triage.paper import Kind, Paper
from triage.ports import Unreachable

DAY = date(2026, 11, 20)
BEFORE = date(2026, 11, 19)


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class Triage(Protocol):
    """Runs `triage` with words, and with text on its standard input."""

    def __call__(self, *words: str, typed: bytes = b"") -> Ran: ...


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of the test's own, in UTC, on which arXiv cannot be reached."""
    for name in ("TRIAGE_DATA", "TRIAGE_CONFIG", "VISUAL", "EDITOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config" / "triage").mkdir(parents=True)
    monkeypatch.setattr("triage.sources.http.Http.get", _unreachable)
    # A child would not know of it.
    monkeypatch.setattr("triage.command_home.CommandHome._look_up", _look_up_here)
    nowhere = "http://127.0.0.1:9"
    (tmp_path / "config" / "triage" / "config.toml").write_text(
        f'[arxiv]\nrss = "{nowhere}"\napi = "{nowhere}"\nsite = "{nowhere}"\ndelay_seconds = 0\n'
    )
    return tmp_path


def _look_up_here(home: CommandHome, keys: Sequence[str]) -> Iterator[LookedUp]:
    return (told for told in home._look_up_here(keys) if not isinstance(told, Begun))


def _unreachable(*_given: object, **_named: object) -> NoReturn:
    raise Unreachable("127.0.0.1 cannot be reached.")


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    """arXiv, and the rest of the web, on loopback, with nothing in it yet."""
    with serving(Written({}, today=DAY)) as running:
        yield running


@pytest.fixture
def triage(home: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Triage:
    def run(*words: str, typed: bytes = b"") -> Ran:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed)))
        capsysbinary.readouterr()
        status = main(["--data", str(home / "data"), *words])
        out, err = capsysbinary.readouterr()
        return Ran(status, out.decode("utf-8"), err.decode("utf-8"))

    return run


def paper(number: int, title: str, day: date = DAY, **more: object) -> Paper:
    """An invented paper of a listing."""
    fields = {
        "id": f"2611.{number:05}",
        "title": title,
        "authors": ("Ada Example", r"Jos\'e P\'erez"),
        "abstract": f"We study {title} with care.",
        "version": 1,
        "kind": Kind.NEW,
        "categories": ("cs.CL", "cs.LG"),
        "listed": day.isoformat(),
    }
    return Paper(**{**fields, **more})  # type: ignore[arg-type]  # a test's own fields


@pytest.fixture
def listing(home: Path) -> list[Paper]:
    """Two listing days in the archive: one paper on the older one, three on the newest."""
    archive = open_archive(home / "data")
    state = ListingState("cs.CL", Completeness.COMPLETE, DAY.isoformat(), sections=Sections(3), source="rss")
    older = paper(9, "An older paper", BEFORE)
    newest = [
        paper(1, r"Gauß and $O(n^2)$ growth"),
        paper(2, "[red]Brackets[/red] & <tags>"),
        paper(3, "Third"),
    ]
    of_older = state._replace(listed=BEFORE.isoformat(), sections=Sections(1))
    archive.store(BEFORE, [older], {"cs.CL": of_older})
    archive.store(DAY, newest, {"cs.CL": state})
    return [older, *newest]

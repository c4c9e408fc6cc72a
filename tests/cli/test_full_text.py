"""`triage full-text` through its own processes, against a server that behaves and misbehaves."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.arxiv_server import (
    ArxivServer,
    Fault,
    body,
    bomb,
    redirect,
    reset,
    short,
    status,
)
from tests.cli.processes import triage
from tests.sources.conftest import paper
from tests.sources.full_text.pages import page as written
from tests.sources.full_text.pages import para, section
from triage.archive import open_archive
from triage.cli.console import Console
from triage.cli.full_text import TextTeller
from triage.cli.request import FullText
from triage.paper import Kind

KEY = "2611.00001"
PAGE = written(
    para("Front.") + section(para("Zoë likes <b>tea</b>.") + section(para("Hot."), "S1.SS1", "Hot", "1.1"))
)


def events(folder: Path, site: str) -> list[Mapping[str, Any]]:
    ran = triage(folder, site, "full-text", "--json", KEY)
    assert ran.stderr == ""
    told: list[Mapping[str, Any]] = [json.loads(line) for line in ran.stdout.splitlines()]
    assert ran.returncode == (3 if told[-1]["event"] == "error" else 0)
    return told


def test_a_paper_is_read_kept_and_read_again_without_a_network(server: ArxivServer, tmp_path: Path) -> None:
    server.misbehave(f"/html/{KEY}", body(PAGE, "text/html; charset=utf-8"))
    first = events(tmp_path, server.url)
    assert [event["event"] for event in first] == ["asking", "page", "part", "part", "part", "end"]
    assert first[1]["title"] == "On Tea"
    assert [(event["level"], event["heading"], event["markdown"]) for event in first[2:5]] == [
        (0, "", "Front."),
        (1, "1 Brewing", "Zoë likes **tea**."),
        (2, "1.1 Hot", "Hot."),
    ]
    assert server.paths() == [f"/html/{KEY}"]
    assert events(tmp_path, "http://127.0.0.1:9") == first[1:]


def test_a_person_gets_markdown(server: ArxivServer, tmp_path: Path) -> None:
    server.misbehave("/html/", body(PAGE, "text/html"))
    ran = triage(tmp_path, server.url, "full-text", f"https://arxiv.org/abs/{KEY}v1")
    assert ran.stdout == (
        f"# On Tea\n\n{server.url}/html/{KEY}\n\nFront.\n\n"
        "## 1 Brewing\n\nZoë likes **tea**.\n\n### 1.1 Hot\n\nHot.\n"
    )
    assert ran.stderr == f"triage: Asking 127.0.0.1 for the text of {KEY} …\n"


def test_a_later_version_that_is_listed_is_asked_for(server: ArxivServer, tmp_path: Path) -> None:
    server.misbehave("/html/", body(PAGE.replace(b"2311.00001v2", b"2611.00001v1"), "text/html"), times=1)
    events(tmp_path, server.url)
    later = paper(1, Kind.REPLACE)
    open_archive(tmp_path / "data").store(date(2026, 11, 20), [replace(later, version=2)], {})
    offline = [event for event in events(tmp_path, "http://127.0.0.1:9") if event["event"] != "waiting"]
    assert [event["event"] for event in offline] == [
        "asking",
        "page",
        "notice",
        "part",
        "part",
        "part",
        "end",
    ]
    assert "version 2 is listed" in offline[2]["sentence"]
    server.misbehave("/html/", body(PAGE.replace(b"2311.00001v2", b"2611.00001v2"), "text/html"))
    assert events(tmp_path, server.url)[1]["version"] == 2
    assert events(tmp_path, server.url)[0]["event"] == "page"


PORTAL = b"<html><title>Sign in</title><p>Wi-Fi</p></html>"
HALF = PAGE[: len(PAGE) * 2 // 3]
NONE = (
    b"<html><body><h1>No HTML for '2611.00001'</h1><p>HTML is not available for the source.</p></body></html>"
)


@pytest.mark.parametrize(
    ("fault", "pdf", "says"),
    [
        pytest.param(status(404, b"<html>Not found</html>"), True, "has no HTML of 2611.00001", id="404"),
        pytest.param(body(NONE, "text/html"), True, "has no HTML of 2611.00001", id="no HTML, 200"),
        pytest.param(status(404, NONE), True, "has no HTML of 2611.00001", id="no HTML, 404"),
        pytest.param(body(b"%PDF-1.7 x", "application/pdf"), True, "but a PDF", id="a PDF"),
        pytest.param(status(403), False, "answered 403", id="403"),
        pytest.param(status(503, Retry_After="3600"), False, "asks to be left alone until", id="503"),
        pytest.param(body(b"Rate exceeded.", "text/plain"), False, "asked too often", id="rate exceeded"),
        pytest.param(body(b"", "text/html"), False, "empty page", id="an empty page"),
        pytest.param(body(PORTAL, "text/html"), False, "no paper (Sign in)", id="a portal"),
        pytest.param(body(HALF, "text/html"), False, "broke off", id="half as if whole"),
        pytest.param(short(), False, "broke off", id="short"),
        pytest.param(reset(), False, "broke off", id="reset"),
        pytest.param(body(PAGE + b" " * (21 << 20), "text/html"), False, "more than 20 MB", id="21 MB"),
        pytest.param(bomb(64), False, "more than 20 MB", id="a bomb"),
    ],
)  # fmt: skip
def test_what_is_no_page_is_a_sentence(
    server: ArxivServer, tmp_path: Path, fault: Fault, pdf: bool, says: str
) -> None:
    server.misbehave("/html/", fault)
    told = events(tmp_path, server.url)
    assert told[-1]["event"] == "error"
    assert says in told[-1]["sentence"]
    assert told[-1]["pdf"] is pdf
    assert not (tmp_path / "data" / "archive" / "pages").exists()


def test_the_charset_of_the_header_does_not_make_mojibake(server: ArxivServer, tmp_path: Path) -> None:
    server.misbehave("/html/", body(PAGE, "text/html; charset=iso-8859-1"))
    assert events(tmp_path, server.url)[3]["markdown"] == "Zoë likes **tea**."


def test_a_page_that_comes_compressed_is_read(server: ArxivServer, tmp_path: Path) -> None:
    server.misbehave("/html/", body(gzip.compress(PAGE), "text/html", Content_Encoding="gzip"))
    assert events(tmp_path, server.url)[-1] == {"event": "end"}


def test_a_redirect_is_followed_and_said(server: ArxivServer, tmp_path: Path) -> None:
    server.misbehave(f"/html/{KEY}v2", body(PAGE, "text/html"))
    server.misbehave("/html/", redirect(f"/html/{KEY}v2"))
    assert events(tmp_path, server.url)[1]["url"] == f"{server.url}/html/{KEY}v2"


@pytest.mark.parametrize(
    ("seconds", "sentences"), [(2.6, ["Waiting 3 s, for arxiv.org is asked slowly …"]), (0.4, [])]
)
def test_a_wait_for_the_pace_that_a_person_notices_is_told(
    seconds: float, sentences: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    TextTeller(Console.standard(), FullText(KEY, json=True)).pacing("arxiv.org", seconds)
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told == [{"event": "waiting", "sentence": sentence} for sentence in sentences]


@pytest.mark.parametrize("word", ["nonsense", "https://example.org/page"])
def test_what_is_no_arxiv_id_is_refused(server: ArxivServer, tmp_path: Path, word: str) -> None:
    ran = triage(tmp_path, server.url, "full-text", "--json", word)
    assert ran.returncode == 2
    assert json.loads(ran.stdout)["event"] == "error"
    assert server.paths() == []

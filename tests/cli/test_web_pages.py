"""Pages of every kind, over the wire and through the real child that can be killed (hazards E96, 1.5)."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from tests.arxiv_forms import Reply, Written
from tests.arxiv_server import ArxivServer, drip, redirect
from tests.bombs import gzip_bomb
from tests.cli.processes import triage

TITLE = b"<!DOCTYPE html><title>A page</title>"
SLOWEST = 25.0
"""Seconds: ten for the page, the rest for a busy machine to start a process."""


NOWHERE = "http://127.0.0.1:9"


def looked_up(folder: Path, url: str) -> Any:
    """The one event that the child tells of a page, and how long it took."""
    started = time.monotonic()
    ran = triage(folder, NOWHERE, "look-up", "--json", url)
    assert time.monotonic() - started < SLOWEST
    begun, told = (json.loads(line) for line in ran.stdout.splitlines())
    assert begun == {"event": "asking", "keys": [url]}
    assert ran.stderr == ""
    return told


def bomb(head: bytes) -> Reply:
    return Reply(gzip_bomb(head, 300), headers={"Content-Encoding": "gzip"})


@pytest.mark.parametrize(
    ("reply", "title"),
    [
        pytest.param(Reply(TITLE + b"<p>" + b"x" * 20_000_000), "A page", id="a body without end"),
        pytest.param(bomb(TITLE), "A page", id="a bomb"),
        pytest.param(Reply(TITLE + b"<div>" * 330 + b"x"), "A page", id="330 deep"),
        pytest.param(Reply(TITLE + b"<div>" * 5000 + b"x"), "A page", id="5000 deep"),
        pytest.param(Reply(TITLE + b"<p>" + b" " * 80_000 + b"</p>"), "A page", id="80k spaces"),
        pytest.param(Reply(TITLE + b"<a " * 20_000), "A page", id="tags that never end"),
        pytest.param(Reply(TITLE + b"<![" * 50_000), "A page", id="declarations that never end"),
        pytest.param(Reply(TITLE + b"<!--" * 100_000), "A page", id="comments that never end"),
        pytest.param(Reply("<title>Łódź</title>".encode(), "text/html"), "Łódź", id="no charset"),
        pytest.param(Reply(b"%PDF-1.4 \xff", "application/pdf"), "the page", id="a PDF"),
        pytest.param(Reply(b"\x89PNG", "image/png"), "the page", id="a picture"),
        pytest.param(Reply(b"# A text\n\nof words.", "text/plain"), "A text", id="a text"),
    ],
)
def test_a_page_of_any_kind_becomes_a_card(
    tmp_path: Path, server: ArxivServer, reply: Reply, title: str
) -> None:
    assert isinstance(server.content, Written)
    server.content.pages["the-page"] = reply
    told = looked_up(tmp_path, f"{server.url}/web/the-page")
    assert (told["event"], told["record"]["title"]) == ("paper", title)


def test_a_page_that_is_shown_instead_or_never_comes_is_told(tmp_path: Path, server: ArxivServer) -> None:
    assert isinstance(server.content, Written)
    server.content.pages["login"] = Reply(b"<title>Sign in</title><input type=password>")
    server.misbehave("/web/secret", redirect(f"{server.url}/web/login"))
    server.misbehave("/web/drip", drip())
    reasons = {"secret": "does not show", "drip": "took longer than 10 s", "none": "answered 404"}
    for name, why in reasons.items():
        told = looked_up(tmp_path, f"{server.url}/web/{name}")
        assert told["event"] == "error"
        assert why in told["sentence"]


def test_credentials_of_the_account_are_not_sent(tmp_path: Path, server: ArxivServer) -> None:
    assert isinstance(server.content, Written)
    server.content.pages["the-page"] = Reply(TITLE)
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    looked_up(tmp_path, f"{server.url}/web/the-page")
    assert "Authorization" not in server.requests[-1].headers


def test_the_command_asks_in_children_and_one_page_costs_nothing_of_the_others(
    tmp_path: Path, server: ArxivServer
) -> None:
    assert isinstance(server.content, Written)
    server.content.pages["good"] = Reply(TITLE)
    server.misbehave("/web/bad", redirect("file:///etc/passwd"))
    links = [f"{server.url}/web/{name}" for name in ("bad", "good")]
    ran = triage(tmp_path, NOWHERE, "add", *links)
    assert (ran.returncode, ran.stdout.splitlines()) == (
        0,
        [f"added: {links[0]}", f"added: {links[1]}", f"found: {links[1]}  A page"],
    )
    assert "saved without title: 'file:///etc/passwd' is not a web link" in ran.stderr
    assert "A page" in triage(tmp_path, NOWHERE, "list", "--haul", "current").stdout

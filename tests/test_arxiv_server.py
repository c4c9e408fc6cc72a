"""The loopback server starts by hand and prints the config that points at it."""

import subprocess
import sys
import tomllib
import urllib.request
from pathlib import Path

import pytest

REAL = Path(__file__).parents[2] / "shared" / "real"
HERE = Path(__file__).parents[1]


def start(*arguments: str) -> tuple["subprocess.Popen[str]", dict[str, object]]:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.arxiv_server", *arguments], stdout=subprocess.PIPE, text=True, cwd=HERE
    )
    assert child.stdout is not None
    lines = ""
    while "delay_seconds" not in lines:
        line = child.stdout.readline()
        assert line
        lines += line
    return child, tomllib.loads(lines)


def read(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - loopback
        content: bytes = answer.read()
        return content


def test_it_serves_the_sample_by_hand() -> None:
    child, config = start()
    try:
        arxiv = config["arxiv"]
        assert isinstance(arxiv, dict)
        assert arxiv["delay_seconds"] == 0
        assert "cs.CL" in str(config["categories"])
        assert b"<item>" in read(f"{arxiv['rss']}/cs.CL")
        assert b"<entry>" in read(f"{arxiv['api']}?id_list=9912.00001")
        assert b"New submissions" in read(f"{arxiv['site']}/list/cs.CL/new")
        assert b"ltx_document" in read(f"{arxiv['site']}/html/9912.00001v1")
    finally:
        child.terminate()
        child.wait(10)


@pytest.mark.skipif(not REAL.is_dir(), reason="the captures are not beside the checkout")
def test_it_serves_a_folder_of_captures_by_hand() -> None:
    child, config = start("--data", str(REAL))
    try:
        arxiv = config["arxiv"]
        assert isinstance(arxiv, dict)
        assert config["categories"] == ["cs", "math"]
        assert read(f"{arxiv['rss']}/cs").count(b"<item>") == 40
        assert b"Workshop AEW10" in read(f"{arxiv['api']}?id_list=1707.08567&max_results=10")
        assert b"ltx_" in read(f"{arxiv['site']}/html/2101.10016")
        assert b"3 March 2023" in read(f"{arxiv['site']}/list/astro-ph.GA/new")
        assert b"Obsidian" in read(f"{arxiv['site']}/web/general--wikipedia.html")
    finally:
        child.terminate()
        child.wait(10)

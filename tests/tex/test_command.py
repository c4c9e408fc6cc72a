"""`python -m tests.tex` prints the figures, and fails when one is missed."""

import json
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.tex", *words]
    return subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, timeout=60)


def _data(folder: Path, *abstracts: str) -> str:
    rows = [
        {"id": f"2611.0000{place}", "title": "On $x$", "abstract": abstract, "authors": ["P\\'al Erd\\H{o}s"]}
        for place, abstract in enumerate(abstracts)
    ]
    path = folder / "papers.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_the_figures_of_clean_papers_are_met(tmp_path: Path) -> None:
    told = _run("--data", _data(tmp_path, "Of $x^2$ it is.", "No TeX."), "--read", "1")
    assert told.returncode == 0, told.stderr
    assert "abstracts, all            100.00 %  0 of 2 unclean" in told.stdout
    assert "abstracts with TeX        100.00 %  0 of 1 unclean" in told.stdout
    assert "MISSED" not in told.stdout
    assert "Of x² it is." in told.stdout


def test_an_unclean_paper_is_counted_and_shown(tmp_path: Path) -> None:
    told = _run("--data", _data(tmp_path, r"It is \odd{strange} here."), "--show", "3")
    assert told.returncode == 1
    assert "abstracts, all              0.00 %  1 of 1 unclean  (at least 99 %)  MISSED" in told.stdout
    assert "2611.00000: backslash; brace {; brace }" in told.stdout


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    told = _run("--data", str(tmp_path / "none"))
    assert told.returncode == 2
    assert "none: No such file or directory" in told.stderr

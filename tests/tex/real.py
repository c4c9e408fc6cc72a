"""The real papers and pages outside of the tree, for the tests that look at them."""

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"


def _read(*parts: str) -> str:
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return path.read_text(encoding="utf-8")


def papers() -> list[dict[str, Any]]:
    """3,052 papers of arXiv: id, title, abstract, authors."""
    return [json.loads(row) for row in _read("real", "metadata.jsonl").splitlines()]


def hard_cases() -> list[tuple[str, str, str]]:
    """Sentences that converters do badly: a name, the source, what a trial made of it."""
    return re.findall(r"\*\*(.+?)\*\*\n- source: `(.*?)`\n- shown: (.*)", _read("field", "tex.md"))


def formulas(page: str) -> list[str]:
    """The formulas of a page of full text, as its `alttext`s give them."""
    text = _read("real", "html_fulltext", page)
    return [html.unescape(found) for found in re.findall(r'alttext="([^"]*)"', text)]

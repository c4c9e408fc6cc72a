"""Commands alone make the post of a morning: fetch, keep, skip, note, comment, add, publish."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.morning import desk, morning
from triage.paper import is_arxiv

HOUSE = Path(__file__).resolve().parents[1]


def test_commands_alone_turn_a_listing_and_two_pages_into_the_post(tmp_path: Path) -> None:
    material = morning()
    with desk(material, tmp_path) as at:

        def triage(*words: str, typed: str = "") -> str:
            done = subprocess.run(
                [sys.executable, "-m", "triage", *words],
                input=typed,
                env={**os.environ, **at.env},
                cwd=HOUSE,
                capture_output=True,
                text=True,
                encoding="utf-8",
                timeout=60,
            )
            assert done.returncode == 0, (words, done.stdout, done.stderr)
            return done.stdout

        triage("fetch")
        listed = [json.loads(line)["id"] for line in triage("list", "--json").splitlines()]
        assert listed == [paper.id for paper in material.listed]
        kept = [entry for entry in material.haul.entries if is_arxiv(entry.key)]
        triage("keep", *(entry.key for entry in kept))
        triage("skip", *(set(listed) - {entry.key for entry in kept}))
        assert triage("list", "--verdict", "open") == ""
        for entry in kept:
            if entry.note:
                triage("note", entry.key, "-", typed=entry.note)
        for comment in material.haul.comments:
            triage("comment", "-", typed=comment.text)
        for entry in material.pages:
            triage("add", at.links[entry.link], "--note", entry.note)
        written = tmp_path / "post.md"
        number, stamp = str(material.haul.number), material.haul.published_at
        triage("publish", "-o", str(written), "--number", number, "--date", stamp)
        assert written.read_text(encoding="utf-8") == material.expected(at.links)
        assert triage("export", "haul", "--haul", number) == material.expected(at.links)

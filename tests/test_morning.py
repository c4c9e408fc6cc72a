"""Keys alone, in a real terminal, make the post of a morning: from arXiv's listing to the published file."""

import re
import sys
from pathlib import Path

from tests.morning import desk, morning
from tests.terminal import Terminal

HOUSE = Path(__file__).resolve().parents[1]


def write(app: Terminal, text: str) -> None:
    """Type a text key by key; the characters that no key gives (a hair space) are pasted."""
    for part in re.split("([^ -~\n“”–’…]+)", text):
        if part.isprintable() or "\n" in part:
            app.send(part.replace("\n", "<enter>"))
        else:
            app.paste(part)


def test_keys_alone_turn_a_listing_and_two_pages_into_the_post(tmp_path: Path) -> None:
    material = morning()
    by_key = {entry.key: entry for entry in material.haul.entries}
    total = len(material.listed)
    kept_last = max(place for place, paper in enumerate(material.listed) if paper.id in by_key)
    written = tmp_path / "post.md"
    with (
        desk(material, tmp_path) as at,
        Terminal([sys.executable, "-m", "triage"], env=at.env, cwd=HOUSE, size=(120, 40)) as app,
    ):
        app.wait_for(rf"\b0/{total} · 0 kept")
        kept = 0
        for place, paper in enumerate(material.listed[: kept_last + 1]):
            entry = by_key.get(paper.id)
            kept += entry is not None
            if entry is not None and entry.note:
                app.send("n")
                write(app, entry.note)
                app.send("<esc>")
            else:
                app.send("k" if entry is not None else "s")
            app.wait_for(rf"\b{place + 1}/{total} · {kept} kept")
        app.press("F", rf"\b{total}/{total} · {kept} kept")
        for comment in material.haul.comments:
            app.press("c", "Comment")
            write(app, comment.text)
            app.press("<esc>", "Comment saved")
        for entry in material.pages:
            app.press("a", "Add arXiv ids")
            app.press(f"<ctrl+u>{at.links[entry.link]}<enter>", "Added")
            write(app, entry.note)
            app.send("<esc>")
        app.press("h", f"{len(material.haul.entries)} entries")
        for entry in material.pages:
            app.wait_for(re.escape(entry.title[:20]))
        app.press("P", "Publish haul")
        stamp = material.haul.published_at
        app.send(f"<ctrl+u>{material.haul.number}<down><ctrl+u>{stamp}<down><end><ctrl+u>{written}<enter>")
        app.wait_for(rf"Published haul {material.haul.number}")
        app.press("q", rf"\b{total}/{total} · {kept} kept")
        app.send("q")
        assert app.wait() == 0
        assert written.read_text(encoding="utf-8") == material.expected(at.links)

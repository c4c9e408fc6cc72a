"""In a real terminal: a full text read and quoted, its note ended in an editor, the post edited by hand."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.arxiv_forms import Reply, Written
from tests.arxiv_server import serving
from tests.bench.worlds import environment
from tests.morning import listed
from tests.scripts import script
from tests.terminal import Terminal
from triage.listing_day import Calendar

HOUSE = Path(__file__).resolve().parents[1]
PAPERS = [
    listed("2611.00001", "Counting Sheep", "We count sheep."),
    listed("2611.00002", "Sorting by Sleeping", "We sort by sleeping. It is slow."),
]
_MATH = '<math alttext="{}" class="ltx_Math" display="inline"><semantics><mi>O</mi></semantics></math>'
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Counting Sheep</title></head><body>
<nav class="ltx_page_navbar"><a href="#S1">1 Introduction</a></nav>
<div class="ltx_page_main"><div class="ltx_page_content"><article class="ltx_document">
<h1 class="ltx_title ltx_title_document">Counting Sheep</h1>
<div class="ltx_authors"><span class="ltx_creator ltx_role_author">
<span class="ltx_personname">Ada Author</span></span></div>
<div class="ltx_abstract"><h6 class="ltx_title ltx_title_abstract">Abstract</h6>
<p class="ltx_p">We count sheep.</p></div>
<section class="ltx_section" id="S1"><h2 class="ltx_title ltx_title_section">
<span class="ltx_tag ltx_tag_section">1 </span>Introduction</h2>
<div class="ltx_para" id="S1.p1"><p class="ltx_p">Sheep are many. Their number is
{_MATH.format("O(n^{2})")} in a flock of {_MATH.format("n")} farms.</p></div></section>
<section class="ltx_section" id="S2"><h2 class="ltx_title ltx_title_section">
<span class="ltx_tag ltx_tag_section">2 </span>Results</h2>
<div class="ltx_para" id="S2.p1"><p class="ltx_p">Nobody is awake at the end.</p></div></section>
</article></div></div></body></html>"""
QUOTE = "> Their number is O(n²) in a flock of n farms."


class WithPages(Written):
    """arXiv with the HTML of the first paper, and of no other."""

    def page(self, kind: str, name: str) -> Reply:
        """The page of one paper."""
        if kind == "html":
            found = name == PAPERS[0].id
            return Reply(PAGE.encode()) if found else Reply(b"<title>No HTML</title>", status=404)
        return super().page(kind, name)


def editor(folder: Path) -> Path:
    """An editor that adds a line to what it is given, as somebody does who ends a note in it."""
    lines = ('[ "$1" = --line ] || exit 3', 'echo "Ended in the editor." >> "$2"')
    return script(folder / "an editor", *lines)


@pytest.mark.parametrize(("size", "preset"), [((120, 40), "mnemonic"), ((80, 24), "vim")])
def test_from_the_full_text_to_a_post_that_keeps_its_edits(
    tmp_path: Path, size: tuple[int, int], preset: str
) -> None:
    today = Calendar().newest(datetime.now(UTC))
    config = tmp_path / "config" / "triage" / "config.toml"
    config.parent.mkdir(parents=True)
    written = tmp_path / "post.md"
    with serving(WithPages({today: PAPERS}, today)) as server:
        config.write_text(
            f'keys = "{preset}"\n{server.config()}[haul]\npath = "{written}"\n', encoding="utf-8"
        )
        env = environment(tmp_path) | {"VISUAL": f'"{editor(tmp_path)}" --line'}
        with Terminal([sys.executable, "-m", "triage"], env=env, cwd=HOUSE, size=size) as app:
            app.wait_for(r"\b0/2 · 0 kept")
            app.press("<enter>", "Their number is O")
            app.wait_for("Nobody is awake")
            app.press('"', "Enter Quote")
            app.press("<down>" * 3 + "<enter>", "> Their number is")
            app.press("<f4>", "Ended in the editor")
            app.press("<esc>", "Note saved; the paper is kept")
            app.press("q", r"\b1/2 · 1 kept")
            app.press("h", "1 entry")
            app.press("e", "Export haul")
            app.press("<enter>", "Exported haul 1")
            text = written.read_text(encoding="utf-8")
            assert f"{QUOTE}\n\nEnded in the editor.\n" in text
            edited = text.replace("Ended in the editor.", "Ended by hand.").replace("tags: ", "tags: sheep, ")
            written.write_text(edited, encoding="utf-8")
            app.press("R", "Ended by hand|ended by hand|by hand")
            app.press("<enter>", "Taken over")
            app.press("e", "Export haul")
            app.press("<enter>", "Exported haul 1")
            assert written.read_text(encoding="utf-8") == edited
            app.press("q", r"\b1/2 · 1 kept")
            app.send("q")
            assert app.wait() == 0
    # Nothing answers any more: the page that was kept is read.
    with Terminal([sys.executable, "-m", "triage"], env=env, cwd=HOUSE, size=size) as app:
        app.wait_for(r"\b1/2 · 1 kept")
        app.press("<home><enter>", "Their number is O")
        app.press("q", r"\b1/2 · 1 kept")
        app.send("q")
        assert app.wait() == 0

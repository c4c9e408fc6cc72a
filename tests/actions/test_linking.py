"""What a note can link to: this haul's papers first, then those of older hauls, each once."""

from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.hostile.payloads import SOUND
from tests.tui.screens.stage import NOW, PAPERS, keep, world_in
from triage.actions import decide
from triage.actions.haul import publish
from triage.actions.linking import Linkable, NoHaul, link_to_haul, link_to_paper, linkables
from triage.ports import World
from triage.settings import HaulSettings, Settings

URL = "https://example.org/haul-{number}"


def published(world: World, number: int) -> None:
    """Publish the current haul."""
    publish(world.library, world.posts, world.settings, NOW, number=number)


def test_this_hauls_papers_come_first_and_then_the_latest_hauls(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    keep(world, PAPERS[0], PAPERS[1])
    published(world, 16)
    keep(world, PAPERS[2])
    published(world, 17)
    keep(world, PAPERS[3])
    decide.keep(world.library, [PAPERS[4]], NOW, hold=True)
    found = list(linkables(world.library))
    assert [(one.title, one.where) for one in found] == [
        ("Dimensions of a haul", "this haul"),
        ("Estimating what nobody asked", "the next haul"),
        ("Brackets [/INST] [@click=app.quit] and [red]colour[/red]", "haul 17, 20 Nov 2026"),
        ("A survey of surveys", "haul 16, 20 Nov 2026"),
        ("Counting to n² in linear time", "haul 16, 20 Nov 2026"),
    ]
    assert found[-1].link == "https://arxiv.org/abs/2611.00001"


def test_the_link_leads_to_the_paper_or_to_the_haul_that_praised_it(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    keep(world, PAPERS[2])
    published(world, 17)
    keep(world, PAPERS[3])
    settings = HaulSettings(url=URL)
    here, there = islice(linkables(world.library), 2)
    assert link_to_paper(here) == "[Dimensions of a haul](https://arxiv.org/abs/2611.00004)"
    assert link_to_haul(world.library, settings, there.key) == "[haul 17](https://example.org/haul-17)"
    dated = HaulSettings(url="https://example.org/{date}/{slug}")
    assert link_to_haul(world.library, dated, there.key) == (
        "[haul 17](https://example.org/2026-11-20/ml-arxiv-haul-17)"
    )
    with pytest.raises(NoHaul, match=r"set url = .* under \[haul\]"):
        link_to_haul(world.library, HaulSettings(), there.key)
    with pytest.raises(NoHaul, match="No published haul has this paper yet"):
        link_to_haul(world.library, settings, here.key)


@pytest.mark.parametrize("text", [*SOUND, "a](https://evil.example) *b* `c` <i>d</i> &amp;"])
def test_a_hostile_title_is_the_text_of_its_link_and_nothing_else(text: str, tmp_path: Path) -> None:
    world = world_in(tmp_path, settings=Settings())
    keep(world, replace(PAPERS[0], title=f"T {text} ends"))
    (one,) = linkables(world.library)
    (token,) = MarkdownIt("commonmark").parseInline(link_to_paper(one))
    children = token.children or []
    kinds = {child.type for child in children}
    assert kinds <= {"link_open", "text", "text_special", "link_close"}
    assert children[0].attrGet("href") == "https://arxiv.org/abs/2611.00001"
    assert "".join(child.content for child in children) == one.title


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", ""])
def test_what_must_not_be_followed_is_no_link(link: str) -> None:
    assert link_to_paper(Linkable("x", "A title", link, "", "")) == "A title"

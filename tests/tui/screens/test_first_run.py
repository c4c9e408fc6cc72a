"""The first run: three questions, each answered by a key or two, or by Esc."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.screens.stage import (
    NOW,
    PAPERS,
    Stage,
    Written,
    keep,
    shown,
    through_all_sizes,
    typed,
    world_in,
)
from triage.actions.haul import current, publish
from triage.ports import Unreachable, World
from triage.settings import Settings
from triage.tui.screens.first_run import DEFAULTS, FirstRunScreen, Start
from triage.tui.widgets.category_picker import CategoryPicker
from triage.tui.widgets.footer import Footer


def settings_of(app: Stage) -> Settings:
    assert isinstance(app.result, Start)
    return app.result.settings


async def begun(pilot: Pilot[None]) -> None:
    """Wait for what Enter begins: posts are imported behind the screen."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_typing_filters_the_whole_taxonomy_by_id_and_by_name(tmp_path: Path) -> None:
    app = Stage(FirstRunScreen(world_in(tmp_path)))
    async with app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "computation lang")
        await pilot.pause()
        assert "cs.CL" in shown(app).splitlines()[4]
        await pilot.press(*["backspace"] * 20)
        await typed(pilot, "hep-ph")
        await pilot.pause()
        assert "hep-ph" in shown(app).splitlines()[4]


async def test_several_are_chosen_and_stand_on_top(tmp_path: Path) -> None:
    written = Written()
    app = Stage(FirstRunScreen(world_in(tmp_path, written=written)))
    async with app.run_test(size=(80, 24)) as pilot:
        for word in ("cs.lg", "math.nt", "quant-ph"):
            await typed(pilot, word)
            await pilot.press("enter")
        await begun(pilot)
        top = [line.replace("▏", "").split()[:2] for line in shown(app).splitlines()[4:7]]
        assert top == [["✓", "cs.LG"], ["✓", "math.NT"], ["✓", "quant-ph"]]
        assert app.screen.query_one(CategoryPicker).chosen == ["cs.LG", "math.NT", "quant-ph"]
        assert "3 chosen" in shown(app)
        await typed(pilot, "math.nt")
        await pilot.press("enter", "escape")
        await pilot.pause()
    assert settings_of(app).categories == ("cs.LG", "quant-ph")
    assert written.settings == settings_of(app)


async def test_both_presets_stand_side_by_side_and_an_arrow_chooses(tmp_path: Path) -> None:
    app = Stage(FirstRunScreen(world_in(tmp_path)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab")
        await pilot.pause()
        keep_line = next(line for line in shown(app).splitlines() if "Keep" in line)
        assert keep_line.split() == ["Keep", "k", "f"]
        await pilot.press("right", "escape")
        await pilot.pause()
    assert settings_of(app).keys == "vim"


async def test_esc_at_once_leaves_what_most_would_choose_and_says_what(tmp_path: Path) -> None:
    written = Written()
    app = Stage(FirstRunScreen(world_in(tmp_path, written=written)))
    async with app.run_test() as pilot:
        await pilot.press("escape")
        await pilot.pause()
    assert settings_of(app) == Settings(categories=DEFAULTS)
    assert app.result.sentence.startswith("Reading cs.CL cs.LG with the mnemonic keys.")


async def test_tab_takes_the_category_that_was_typed_and_never_drops_it(tmp_path: Path) -> None:
    app = Stage(FirstRunScreen(world_in(tmp_path)))
    async with app.run_test(size=(80, 24)) as pilot:
        picker = app.screen.query_one(CategoryPicker)
        await typed(pilot, "cs.cl")
        await pilot.press("tab")
        assert picker.chosen == ["cs.CL"]
        assert "2 of 3" in shown(app)
        await pilot.press("shift+tab")
        await typed(pilot, "computation lang")
        await pilot.press("tab", "shift+tab")
        assert picker.chosen == ["cs.CL"]
        await typed(pilot, "learn")
        await pilot.press("tab")
        assert "1 of 3" in shown(app)
        assert "“learn” is no category's id" in app.screen.query_one(Footer).said


async def test_tab_in_one_read_with_what_is_typed_takes_it(tmp_path: Path) -> None:
    app = Stage(FirstRunScreen(world_in(tmp_path)))
    async with app.run_test(size=(80, 24)) as pilot:
        for key in [*"hep-ph", "tab"]:
            app.simulate_key(key)
        await pilot.pause()
        assert app.screen.query_one(CategoryPicker).chosen == ["hep-ph"]


async def test_esc_clears_what_was_typed_before_it_starts(tmp_path: Path) -> None:
    app = Stage(FirstRunScreen(world_in(tmp_path)))
    async with app.run_test(size=(100, 24)) as pilot:
        assert "Esc Start with defaults" in shown(app)
        await typed(pilot, "cs.cl")
        await pilot.pause()
        assert "Esc Clear" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.result == "not dismissed"
        assert app.screen.query_one(CategoryPicker).typed == ""
        await typed(pilot, "cs.lg")
        await pilot.press("enter")
        await begun(pilot)
        assert "Esc Start" in shown(app)
        assert "defaults" not in shown(app)
        await pilot.press("escape")
        await pilot.pause()
    assert settings_of(app).categories == ("cs.LG",)


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    """A folder with one post that this product wrote: haul 7."""
    other = world_in(tmp_path / "other")
    keep(other, *PAPERS[:2])
    place = tmp_path / "old" / "seven.md"
    publish(other.library, other.posts, other.settings, NOW, number=7, place=str(place))
    return place.parent


def next_number(world: World) -> int | None:
    return current(world.library, world.settings, NOW).number


async def test_old_posts_are_counted_and_imported_and_the_numbering_goes_on(
    tmp_path: Path, posts: Path
) -> None:
    world = world_in(tmp_path / "own")
    app = Stage(FirstRunScreen(world))
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.press("tab", "tab")
        await typed(pilot, str(posts))
        await pilot.pause()
        assert "1 post found here." in shown(app)
        await pilot.press("enter")
        await begun(pilot)
    assert "1 post imported." in app.result.sentence
    assert next_number(world) == 8


async def test_many_posts_are_imported_before_ones_eyes(
    tmp_path: Path, posts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (posts / "seven.md").read_text()
    for number in range(8, 20):
        (posts / f"{number}.md").write_text(text.replace("~7", f"~{number}"))
    said: list[str] = []
    say = Footer.say

    def heard(self: Footer, sentence: str, *, error: bool = False) -> None:
        said.append(sentence)
        say(self, sentence, error=error)

    monkeypatch.setattr(Footer, "say", heard)
    monkeypatch.setattr("triage.tui.screens.first_run._PIECE", 0)
    app = Stage(FirstRunScreen(world_in(tmp_path / "own")))
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.press("tab", "tab")
        await typed(pilot, str(posts))
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
    assert "13 posts imported." in app.result.sentence
    assert "Reading 5 of 13 …" in said
    assert said.index("Reading 12 of 13 …") < said.index("Importing 12 of 13 …")


async def test_a_number_in_use_corrected_does_not_make_the_posts_known(tmp_path: Path, posts: Path) -> None:
    world = world_in(tmp_path / "own")
    app = Stage(FirstRunScreen(world))
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.press("tab", "tab")
        await typed(pilot, str(posts))
        await pilot.press("tab", "7", "enter")
        await begun(pilot)
        assert "Number 7 is in use" in app.screen.query_one(Footer).said
        await pilot.press("backspace", "9", "enter")
        await begun(pilot)
    assert "1 post imported." in app.result.sentence
    assert next_number(world) == 9


async def test_posts_that_cannot_be_imported_are_named_and_the_others_are(
    tmp_path: Path, posts: Path
) -> None:
    (posts / "a.md").write_bytes(b"no \xff post")
    (posts / "z.md").write_text("no post either")
    world = world_in(tmp_path / "own")
    app = Stage(FirstRunScreen(world))
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.press("tab", "tab")
        await typed(pilot, str(posts))
        await pilot.press("enter")
        await begun(pilot)
        # Where lines break depends on how long the path of this test's folder is.
        text = "".join(shown(app).split())
        for sentence in (
            "a.md, line 1: not UTF-8",
            "z.md is no post of a haul",
            "Enter starts without those",
        ):
            assert sentence.replace(" ", "") in text
        await pilot.press("enter")
        await begun(pilot)
    assert "1 post imported, 2 could not be imported." in app.result.sentence
    assert next_number(world) == 8


async def test_or_one_says_the_number(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    app = Stage(FirstRunScreen(world))
    async with app.run_test() as pilot:
        await pilot.press("tab", "tab", "tab", "2", "1", "enter")
        await begun(pilot)
    assert isinstance(app.result, Start)
    assert next_number(world) == 21


async def test_a_folder_that_is_not_there_and_a_number_that_is_none_are_sentences(tmp_path: Path) -> None:
    app = Stage(FirstRunScreen(world_in(tmp_path)))
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.press("tab", "tab")
        await typed(pilot, "/nowhere/at/all")
        await pilot.pause()
        assert "/nowhere/at/all is not there." in shown(app)
        await pilot.press("enter")
        await begun(pilot)
        assert "/nowhere/at/all" in app.screen.query_one(Footer).said
        await pilot.press(*["backspace"] * 20, "tab", "x", "enter")
        await begun(pilot)
        assert "'x' is no number for a haul" in app.screen.query_one(Footer).said
        assert app.result == "not dismissed"


async def test_a_config_that_cannot_be_written_is_said_and_the_choices_hold(tmp_path: Path) -> None:
    class Refusing(Written):
        def __call__(self, settings: Settings) -> Settings:
            raise Unreachable(f"the config for {settings.keys} cannot be written: the disk is full")

    app = Stage(FirstRunScreen(world_in(tmp_path, written=Refusing())))
    async with app.run_test() as pilot:
        await pilot.press("escape")
        await pilot.pause()
    assert settings_of(app).categories == DEFAULTS
    assert "the disk is full" in app.result.sentence


@pytest.mark.parametrize("keys", [[], ["tab"], ["tab", "tab"]])
async def test_it_stands_at_any_size(tmp_path: Path, keys: list[str]) -> None:
    app = Stage(FirstRunScreen(world_in(tmp_path)))
    async with app.run_test() as pilot:
        await pilot.press(*keys)
        await through_all_sizes(pilot)


async def test_a_library_with_hauls_in_it_is_not_asked_for_hauls(tmp_path: Path) -> None:
    world = world_in(tmp_path, written=Written())
    keep(world, PAPERS[0])
    publish(world.library, world.posts, world.settings, NOW, number=7, place=str(tmp_path / "seven.md"))
    app = Stage(FirstRunScreen(world))
    async with app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "cs.cl")
        await pilot.press("enter", "tab")
        await pilot.pause()
        assert "Which keys suit your hands? · 2 of 2" in shown(app)
        assert "Enter Start" in shown(app)
        await pilot.press("tab", "enter")
        await begun(pilot)
    assert settings_of(app).categories == ("cs.CL",)
    assert next_number(world) == 8

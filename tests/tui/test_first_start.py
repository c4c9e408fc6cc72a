"""The first start, in the whole app: the questions, then the papers, with the keys that were chosen."""

from pathlib import Path

from tests.tui.screens.stage import Written, shown, typed, world_in
from tests.tui.screens_at_once import LATER
from triage.tui.app import TriageApp
from triage.tui.screens.main import MainScreen


async def test_the_questions_lead_to_the_papers_with_the_keys_that_were_chosen(tmp_path: Path) -> None:
    written = Written()
    app = TriageApp(world_in(tmp_path, written=written), LATER)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        assert "Which categories do you read?" in shown(app)
        await typed(pilot, "math.nt\n")
        await pilot.press("tab", "right", "tab", "enter")
        await pilot.pause()
        assert isinstance(app.screen, MainScreen)
        assert "Reading math.NT with the vim keys." in shown(app)
        await pilot.press("f")
        await pilot.pause()
        assert "1/5 · 1 kept" in shown(app)
        await pilot.press("h")
        await pilot.pause()
        assert "Haul 1 · 1 entry" in shown(app)
        await pilot.press("q", "q")
        await pilot.pause()
    assert written.settings is not None
    assert (written.settings.categories, written.settings.keys) == (("math.NT",), "vim")
    assert app.return_code == 0


async def test_esc_at_once_leads_to_the_papers(tmp_path: Path) -> None:
    app = TriageApp(world_in(tmp_path, written=Written()), LATER)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("escape")
        await pilot.pause()
        assert "0/5 · 0 kept" in shown(app)

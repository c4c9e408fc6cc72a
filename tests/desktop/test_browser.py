"""Links in the browser: which are opened, and what is said of the others."""

from pathlib import Path

import pytest

from tests.scripts import script
from triage.desktop.browser import DesktopBrowser


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "--dump-all=x",
        "http://me@example.org/",
        "http://a b",
        "http://a/\nb",
        "http://[::1",
        "http://a:99999/",
        "http://",
        "http://a/\u202eb",
    ],
)
def test_only_plain_web_links_reach_a_browser(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "true")
    said = DesktopBrowser().open(url)
    assert said is not None
    assert "was not opened" in said


def test_the_users_browser_gets_the_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = script(tmp_path / "browser", f'printf %s "$1" > {tmp_path}/link')
    monkeypatch.setenv("BROWSER", str(browser))
    assert DesktopBrowser().open("https://arxiv.org/abs/2306.07899") is None
    assert (tmp_path / "link").read_text() == "https://arxiv.org/abs/2306.07899"


def test_without_a_browser_the_link_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "/no/such/browser")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("DISPLAY", raising=False)
    said = DesktopBrowser().open("https://arxiv.org/abs/2306.07899")
    assert said == "No browser could be started; the link is https://arxiv.org/abs/2306.07899"

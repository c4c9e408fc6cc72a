"""What `doctor` says of terminal, clipboard, browser and editor; what is in the clipboard stays."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.desktop.test_clipboard import OURS, WORKS, tools, xclip
from tests.scripts import script
from triage.desktop import tried
from triage.looked_at import Looked

__all__ = ["tools"]

OFFERS = 'case "$*" in *TARGETS*) echo "$OFFERED" | tr " " "\\n"; exit ;; esac\n'
TEXT = "TARGETS TIMESTAMP UTF8_STRING text/plain;charset=utf-8"


def offering(folder: Path, offered: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An xclip that tells in which forms it holds what is in it, and that counts the copies."""
    monkeypatch.setenv("OFFERED", offered)
    (folder / "tr").symlink_to("/usr/bin/tr")
    body = WORKS.removeprefix("#!/bin/sh\n").replace("cat >", 'echo >> "$CLIP.copies"; cat >')
    xclip(folder, f"#!/bin/sh\n{OFFERS}{body}")


def said(looked: Sequence[Looked]) -> str:
    return "; ".join(one.says for one in looked)


@pytest.mark.parametrize(
    ("offered", "held", "says", "copies"),
    [
        (TEXT, "what the user copied\n", "xclip: copies and pastes", 1),
        (TEXT, "", "xclip: copies and pastes", 2),
        (f"{TEXT} text/html", "what the user copied", "xclip: pastes; copying was not tried", 0),
        ("TARGETS image/png", "PNG", "xclip: pastes; copying was not tried", 0),
    ],
)
def test_a_tool_is_tried_and_what_the_user_copied_stays(
    offered: str,
    held: str,
    says: str,
    copies: int,
    tools: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    (tmp_path / "clip").write_text(held)
    offering(tools, offered, monkeypatch)
    looked = list(tried.clipboard(OURS))
    assert says in said(looked)
    assert all(one.is_well for one in looked)
    assert (tmp_path / "clip").read_text() == held
    counted = tmp_path / "clip.copies"
    assert (counted.read_text().count("\n") if counted.exists() else 0) == copies


@pytest.mark.parametrize(
    ("body", "fault"),
    [("exec sleep 60", "gave no answer within 0.2 s"), ("cat > /dev/null", "does not keep what is copied")],
)
def test_a_tool_that_does_not_work_is_named(
    body: str, fault: str, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tried, "PATIENCE", 0.2)
    monkeypatch.setattr("triage.desktop.clipboard.PATIENCE", 0.2)
    xclip(tools, f"#!/bin/sh\n{body}\n")
    looked = list(tried.clipboard(OURS))
    assert f"xclip: {fault}" in said(looked)
    assert not looked[0].is_well
    assert looked[0].remedy
    assert "nothing here takes a text" in said(looked)


def test_without_a_display_a_tool_is_not_tried(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY")
    xclip(tools, WORKS)
    assert "xclip: not tried, for there is no $DISPLAY here" in said(list(tried.clipboard(OURS)))


def test_tmux_is_tried_with_a_buffer_of_our_own(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMUX", "default,1,0")
    asked = 'case "$3" in triage-doctor) ;; *) exit 1 ;; esac'
    script(
        tools / "tmux", asked, 'case "$1" in load-buffer) cat > "$CLIP" ;; show-buffer) cat "$CLIP" ;; esac'
    )
    assert "tmux: copies and pastes" in said(list(tried.clipboard(OURS)))


def test_the_editor_is_found_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "nobody-has-this --wait")
    (looked,) = tried.editor()
    assert (looked.is_well, looked.says) == (False, "nobody-has-this --wait ($EDITOR)")
    assert "PATH" in looked.remedy
    monkeypatch.setenv("VISUAL", "sh")
    (looked,) = tried.editor()
    assert (looked.is_well, looked.says) == (True, "sh ($VISUAL)")


def test_a_locale_without_unicode_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMUX", "x")
    monkeypatch.setenv("SSH_CONNECTION", "x")
    monkeypatch.setattr("locale.getpreferredencoding", lambda _: "ANSI_X3.4-1968")
    terminal, characters = tried.terminal()
    assert "in tmux in ssh" in terminal.says
    assert (characters.is_well, characters.says) == (False, "ANSI_X3.4-1968")
    assert "LANG" in characters.remedy

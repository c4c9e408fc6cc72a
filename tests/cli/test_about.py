"""What is told of triage itself: its keys, and a config to begin with."""

import errno
import os
import pwd
import tempfile
from pathlib import Path

import pytest

from tests.cli.conftest import Triage
from triage.config.checks import CHECKS
from triage.config.initial import initial
from triage.config.reading import _lines_of_keys, load, parse
from triage.settings import PRESETS, Settings
from triage.tui.keys import KEYS


@pytest.mark.parametrize("preset", PRESETS)
def test_keys_are_those_of_the_table_in_the_preset_that_is_named(preset: str, triage: Triage) -> None:
    told = triage("keys", "--preset", preset).lines
    assert told[0] == f'keys = "{preset}"'
    assert len(max(told, key=len)) <= 80
    words = " ".join(" ".join(told).split())
    for key in KEYS:
        if key.text and key.keys(preset):
            assert f"{key.shown(preset)} {key.text}" in words
    assert "Esc Ctrl+S save and return" in words
    assert "The decisions:" in told


def test_keys_are_those_of_the_config_where_none_is_named(triage: Triage, home: Path) -> None:
    config = home / "config" / "triage" / "config.toml"
    config.write_text('keys = "vim"\n')
    assert triage("keys").lines[0] == 'keys = "vim"'
    assert triage("keys", "--preset", "emacs").status == 2


def test_a_config_to_begin_with_has_every_key_and_says_the_defaults(triage: Triage, home: Path) -> None:
    config = home / "elsewhere" / "config.toml"
    made = triage("--config", str(config), "config", "init")
    assert made.status == 0
    assert made.out == f"{config}\n"
    assert config.read_text() == initial()
    assert load(config) == (Settings(), ())


def test_every_example_in_it_is_a_line_that_may_be_said() -> None:
    said = "\n".join(
        line.removeprefix("# ") if " = " in line and line.startswith("# ") else line
        for line in initial().splitlines()
    )
    settings, faults = parse(said, Path("config.toml"))
    assert faults == ()
    assert settings.haul.path is not None
    assert settings.haul.front_matter
    assert {key for key, _ in _lines_of_keys(said)} >= set(CHECKS)


def test_a_config_that_is_there_is_left_alone_whatever_it_says(triage: Triage, home: Path) -> None:
    config = home / "config" / "triage" / "config.toml"
    for text in ('keys = "vim"\n', "no TOML at all [", ""):
        config.write_text(text)
        refused = triage("config", "init")
        assert refused.status == 2
        assert f"{config} is there already" in refused.err
        assert config.read_text() == text


def test_a_config_that_cannot_be_written_whole_is_not_in_the_way_of_the_next_try(
    triage: Triage, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    config = home / "elsewhere" / "config.toml"
    with monkeypatch.context() as here:
        here.setattr(os, "fsync", full)
        refused = triage("--config", str(config), "config", "init")
    assert (refused.status, refused.out) == (2, "")
    assert f"{config} cannot be written: No space left on device" in refused.err
    assert triage("--config", str(config), "config", "init").status == 0


def test_where_nobody_knows_the_home_folder_a_sentence_says_so(
    triage: Triage, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(_user: int) -> None:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    monkeypatch.delenv("HOME")
    assert triage("config", "path").status == 0
    monkeypatch.delenv("XDG_STATE_HOME")
    refused = triage("list")
    assert (refused.status, refused.out) == (2, "")
    assert refused.err.startswith("triage: it is not known where your home folder is: export HOME=")
    monkeypatch.setattr("triage.__main__._obey", lambda *_: 1 // 0)
    monkeypatch.setattr(tempfile, "tempdir", str(home))
    assert "this is our fault (ZeroDivisionError)" in triage().err

"""What the README says is what the code does."""

import re
import tomllib
from argparse import ArgumentParser
from html import unescape
from pathlib import Path

import pytest

from tests.readme import README, fences, with_parts
from triage import INSTALL
from triage.cli import arguments
from triage.config.checks import CHECKS
from triage.config.reading import _flat, parse
from triage.settings import MNEMONIC, Settings
from triage.tui.keys import Place, footer

HIDDEN = {"look-up"}
"""The app's own commands, which no person types."""
LONG_FORMS = {"--output", "--json"}
"""Named once for all commands, or by their short form."""
TEXT = README.read_text(encoding="utf-8")


def test_every_key_and_command_is_in_the_readme_as_the_code_has_it() -> None:
    assert with_parts(TEXT) == TEXT, "run python -m tests.readme"


@pytest.mark.parametrize("name", sorted(set(arguments._COMMANDS) - HIDDEN))
def test_the_readme_names_every_option_of_a_command_and_no_other(name: str) -> None:
    parser = ArgumentParser(add_help=False)
    arguments._COMMANDS[name].options(parser)
    known = {option for action in parser._actions for option in action.option_strings}
    told = next(line for line in TEXT.splitlines() if re.match(rf"- `triage {name}\b", line))
    named = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", told.partition("`: ")[0]))
    assert {option for option in known if option.startswith("--")} <= named | LONG_FORMS
    assert named <= known


def test_the_commands_to_install_and_to_test_are_one_line_each() -> None:
    first, second, third = fences("sh")
    assert first.count("\n") == second.count("\n") == third.count("\n") == 1
    assert first.rstrip().endswith("triage --demo")
    assert "'.[dev]'" in second
    assert second.rstrip().endswith("pytest")


def test_every_config_shown_is_a_config_without_faults() -> None:
    shown = list(fences("toml"))
    assert shown
    for text in shown:
        settings, faults = parse(text, Path("config.toml"))
        assert [fault.sentence for fault in faults] == []
        assert isinstance(settings, Settings)


def test_the_addresses_of_a_mirror_are_the_defaults_one_replaces() -> None:
    mirror = next(text for text in fences("toml") if "rss =" in text)
    assert parse(mirror, Path("config.toml"))[0] == Settings()


def test_every_file_the_readme_links_is_there() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", TEXT)
    assert "LICENSE" in targets
    assert [target for target in targets if not (README.parent / target).is_file()] == []


def test_the_picture_is_of_the_main_screen_as_it_is() -> None:
    shown = unescape((README.parent / "tests" / "pictures" / "main.svg").read_text(encoding="utf-8"))
    words = [word for _, word in footer(Place.MAIN, MNEMONIC)]
    assert [word for word in words if word not in shown] == [], "run python -m tests.picture"


def test_leaving_the_demo_says_what_the_readme_says() -> None:
    assert list(fences("sh"))[2].strip() in INSTALL


def test_the_readme_shows_every_key_of_the_config() -> None:
    shown = {key for text in fences("toml") for key, _ in _flat(tomllib.loads(text))}
    assert set(CHECKS) - shown == set()

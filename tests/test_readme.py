"""What the README says is what the code does."""

import re
from pathlib import Path

from tests.readme import README, fences, with_parts
from triage.config.reading import parse
from triage.settings import Settings

TEXT = README.read_text(encoding="utf-8")


def test_every_key_and_command_is_in_the_readme_as_the_code_has_it() -> None:
    assert with_parts(TEXT) == TEXT, "run python -m tests.readme"


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

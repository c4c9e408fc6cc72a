"""What the README says is what the code does."""

import re
import tomllib
from argparse import ArgumentParser
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest

from tests.readme import README, fences, with_parts
from triage import INSTALL, weeks
from triage.cli import commands
from triage.cli.lines import WIDTH
from triage.config.checks import CHECKS
from triage.config.reading import _flat, parse
from triage.day_words import day_name
from triage.ledger import Account, Completeness, Tally
from triage.listing_day import Calendar
from triage.settings import MNEMONIC, Settings
from triage.tui.keys import Place, footer
from triage.weeks import Day

HIDDEN = {"look-up"}
"""The app's own command, which no person types."""
LONG_FORMS = {"--output", "--json"}
"""Named once for all commands, or by their short form."""
TEXT = README.read_text(encoding="utf-8")


def test_every_key_and_command_is_in_the_readme_as_the_code_has_it() -> None:
    assert with_parts(TEXT) == TEXT, "run python -m tests.readme"


@pytest.mark.parametrize("name", sorted(set(commands.COMMANDS) - HIDDEN))
def test_the_readme_names_every_option_of_a_command_and_no_other(name: str) -> None:
    parser = ArgumentParser(add_help=False)
    commands.COMMANDS[name].options(parser)
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


def test_the_holiday_of_the_config_shown_is_an_evening_and_the_day_after_has_no_listing() -> None:
    shown = next(text for text in fences("toml") if "holidays =" in text)
    holidays = parse(shown, Path("config.toml"))[0].arxiv.holidays
    named = re.search(r"no listing, here (.+)", shown)
    assert named is not None
    [after] = [holiday + timedelta(days=1) for holiday in holidays]
    assert named[1] == day_name(after)
    assert Calendar().has_listing(after), "one that triage does not know"
    with_it = Calendar().with_holidays(holidays)
    assert [with_it.has_listing(day) for day in (*holidays, after)] == [True, False]


def test_the_calendar_shown_is_what_the_ledger_prints() -> None:
    def known(on: date, word: Completeness, decided: int = 0, open: int = 0) -> Day:
        return Day(on, [Account("cs.CL", on, word)], Tally(decided, open))

    monday = date(2026, 11, 16)
    days = [
        known(monday, Completeness.COMPLETE, 212),
        known(monday + timedelta(days=1), Completeness.MISSING),
        known(monday + timedelta(days=2), Completeness.COMPLETE, 120, 78),
        known(monday + timedelta(days=3), Completeness.FAILED),
        known(monday + timedelta(days=4), Completeness.COMPLETE, 0, 205),
        known(monday + timedelta(days=7), Completeness.COMPLETE, 0, 233),
        known(monday + timedelta(days=8), Completeness.NOT_OUT),
    ]
    rows = weeks.weeks(days, monday + timedelta(days=7))
    width = (WIDTH - weeks.LABEL) // weeks.WORKDAYS
    drawn = [weeks.heading(weeks.WORKDAYS, width), *(weeks.week_line(row, width) for row in rows)]
    shown = next(text for text in fences("text") if "Mon" in text)
    assert shown.splitlines() == ["".join(piece.text for piece in line).rstrip() for line in drawn]


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

"""config.toml: what it may say, and what the user is told when it says something else."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from triage.config.reading import load, parse
from triage.config.text import as_toml, with_choices
from triage.settings import ArxivSettings, HaulSettings, ListingSettings, Settings

WHOLE = """\
# my config
categories = ["cs.cl", "cs.LG", "cs.SY"]
keys = "vim"

[arxiv]
rss = "http://127.0.0.1:8000/rss/"
api = "http://127.0.0.1:8000/api/query"
site = "http://127.0.0.1:8000"
delay_seconds = 0
holidays = [2027-01-18, "2027-05-31", 2027-01-18]

[listing]
cross_lists = "leave out"

[haul]
title = "Haul {number} \\"quoted\\""
tags = ["arxiv", "ml"]
snippet = "{count} papers"
path = "~/blog/posts/{date}-haul-{number}.md"
url = "https://example.org/haul-{number}"

[haul.front_matter]
draft = true
layout = "post"
when = 2026-01-02
"""


def test_every_key_of_the_design_is_read() -> None:
    settings, faults = parse(WHOLE, Path("config.toml"))
    assert faults == ()
    assert settings == Settings(
        categories=("cs.CL", "cs.LG", "eess.SY"),
        keys="vim",
        arxiv=ArxivSettings(
            "http://127.0.0.1:8000/rss",
            "http://127.0.0.1:8000/api/query",
            "http://127.0.0.1:8000",
            0.0,
            (date(2027, 1, 18), date(2027, 5, 31)),
        ),
        listing=ListingSettings("leave out"),
        haul=HaulSettings(
            'Haul {number} "quoted"',
            ("arxiv", "ml"),
            "{count} papers",
            "~/blog/posts/{date}-haul-{number}.md",
            "https://example.org/haul-{number}",
            {"draft": True, "layout": "post", "when": date(2026, 1, 2)},
        ),
    )


def test_the_effective_config_reads_back_as_itself() -> None:
    settings, _ = parse(WHOLE, Path("config.toml"))
    assert parse(as_toml(settings), Path("shown")) == (settings, ())
    assert parse(as_toml(Settings()), Path("shown")) == (Settings(), ())


def test_a_config_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    assert load(tmp_path / "config.toml") == (Settings(), ())


@pytest.mark.parametrize(
    ("text", "line", "key", "says"),
    [
        ('keys = "mnemonic"\ncategorys = []\n', 2, "categorys", "unknown key; did you mean categories?"),
        ("[arxiv]\n\ndelay = 3\n", 3, "arxiv.delay", "known are arxiv.rss"),
        ("[arxiv]\ndelay_second = 3\n", 2, "arxiv.delay_second", "did you mean arxiv.delay_seconds?"),
        ('[arxvi]\nrss = "http://x"\n', 1, "arxvi", "unknown table; did you mean arxiv?"),
        ('rss = "http://x"\n', 1, "rss", "did you mean arxiv.rss?"),
        ('arxiv = "x"\n', 1, "arxiv", "write [arxiv]"),
        ('categories = ["cs.CL", "cs.CLL"]\n', 1, "categories", "did you mean cs.CL"),
        ('categories = "cs.CL"\n', 1, "categories", "must be a list of texts in quotes"),
        ("categories = [1]\n", 1, "categories", "must be a list of texts in quotes"),
        ('keys = "vi"\n', 1, "keys", 'must be "mnemonic" or "vim", not "vi"; did you mean vim?'),
        ("keys = true\n", 1, "keys", "must be a text in quotes, not true or false"),
        ('[arxiv]\nrss = "file:///etc/passwd"\n', 2, "arxiv.rss", "https://"),
        ('[arxiv]\napi = "http://[::1"\n', 2, "arxiv.api", "https://"),
        ('[arxiv]\nsite = "http://a:99999"\n', 2, "arxiv.site", "https://"),
        ('[arxiv]\nsite = "http://me@arxiv.org"\n', 2, "arxiv.site", "https://"),
        ('[arxiv]\nsite = "http://a b"\n', 2, "arxiv.site", "https://"),
        ('[arxiv]\ndelay_seconds = "3"\n', 2, "arxiv.delay_seconds", "number of seconds, not a text"),
        ("[arxiv]\ndelay_seconds = -1\n", 2, "arxiv.delay_seconds", "from 0"),
        ("[arxiv]\ndelay_seconds = nan\n", 2, "arxiv.delay_seconds", "from 0"),
        ("[arxiv]\ndelay_seconds = 1" + "0" * 400 + "\n", 2, "arxiv.delay_seconds", "from 0"),
        ("[arxiv]\nholidays = 2027-01-18\n", 2, "arxiv.holidays", "as [2027-01-18], not a date"),
        ('[arxiv]\nholidays = "2027-01-18"\n', 2, "arxiv.holidays",
         "must be a list of days with no announcement in the evening, as [2027-01-18], not a text"),
        ("[arxiv]\nholidays = [2027-01-18T00:00:00]\n", 2, "arxiv.holidays", "without a time"),
        ('[arxiv]\nholidays = ["18 Jan"]\n', 2, "arxiv.holidays", '"18 Jan" is no day'),
        ('[arxiv]\nholidays = ["2027-02-30"]\n', 2, "arxiv.holidays", '"2027-02-30" is no day'),
        ('[arxiv]\nholidays = ["20270118"]\n', 2, "arxiv.holidays", '"20270118" is no day'),
        ("[arxiv]\nholidays = [20270118]\n", 2, "arxiv.holidays", "there is a number in it"),
        ("[arxiv]\nholidays = [[2027-01-18]]\n", 2, "arxiv.holidays", "there is a list in it"),
        ("[arxiv]\nholiday = [2027-01-18]\n", 2, "arxiv.holiday", "did you mean arxiv.holidays?"),
        ('[listing]\ncross_lists = "hide"\n', 2, "listing.cross_lists",
         'must be "show", "fold" or "leave out", not "hide"'),
        ('[listing]\ncross_lists = "Leave Out"\n', 2, "listing.cross_lists", "did you mean leave out?"),
        ("[listing]\ncross_lists = false\n", 2, "listing.cross_lists", "text in quotes, not true or false"),
        ('[listing]\ncrosslists = "fold"\n', 2, "listing.crosslists", "did you mean listing.cross_lists?"),
        ('cross_lists = "fold"\n', 1, "cross_lists", "did you mean listing.cross_lists?"),
        ('listing = "fold"\n', 1, "listing", "write [listing]"),
        ('[haul]\npath = "~/{numbr}.md"\n', 2, "haul.path", "unknown field {numbr}; did you mean {number}?"),
        ('[haul]\npath = "posts/{number}.md"\n', 2, "haul.path", "from / or ~"),
        ('[haul]\nurl = "haul-{number}"\n', 2, "haul.url", "https://"),
        ('[haul]\ntitle = "one\\ntwo"\n', 2, "haul.title", "one line"),
        ('haul.title = 3\n', 1, "haul.title", "must be a text in quotes, not a number"),
        ("[haul.front_matter]\nx = {y = 1}\n", 1, "haul.front_matter", "must be a text, a number"),
    ],
)  # fmt: skip
def test_a_fault_names_file_line_and_key_and_costs_that_key_alone(
    text: str, line: int, key: str, says: str
) -> None:
    settings, (fault,) = parse(text, Path("/home/me/config.toml"))
    assert (fault.line, fault.key) == (line, key)
    assert fault.sentence.startswith(f"/home/me/config.toml, line {line}: {key} ")
    assert says in fault.sentence
    assert settings == Settings()


def test_one_fault_leaves_the_other_keys_as_the_user_set_them() -> None:
    settings, (fault,) = parse('keys = "vim"\n[arxiv]\ndelay = 9\ndelay_seconds = 5\n', Path("c"))
    assert fault.key == "arxiv.delay"
    assert (settings.keys, settings.arxiv.delay_seconds) == ("vim", 5.0)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"keys = \n", "line 1: is not TOML"),
        (b'keys = "vim"\n[arxiv\n', "line 2: is not TOML"),
        (b'categories = ["cs.CL",\n', "line 1: is not TOML"),
        (b'keys = "vim"\nkeys = "vim"\n', "line 2: is not TOML"),
        (b"keys = 'vim'\n# caf\xe9\n", "line 2: is not UTF-8"),
        (b"x = " + b"[" * 5000, "nested too deeply"),
        (b"#" * 10_000_000, "larger than 1 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_fault_and_nothing_may_be_fetched(
    data: bytes, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(data)
    settings, (fault,) = load(path)
    assert says in fault.sentence
    assert str(path) in fault.sentence
    assert fault.touches_arxiv
    assert settings == Settings()


def test_a_folder_in_the_place_of_the_config_is_a_fault(tmp_path: Path) -> None:
    _, (fault,) = load(tmp_path)
    assert fault.sentence == f"{tmp_path}: cannot be read: Is a directory"


@pytest.mark.parametrize(
    ("text", "touches"),
    [("[arxiv]\nx = 1", True), ("[arxvi]\nx = 1", True), ('keys = "x"', False), ("[haul]\nx = 1", False)],
)
def test_only_faults_that_may_hide_an_address_stop_fetching(text: str, touches: bool) -> None:
    _, (fault,) = parse(text, Path("c"))
    assert fault.touches_arxiv is touches


def test_arxivs_own_hosts_are_never_asked_faster_than_every_three_seconds() -> None:
    settings, faults = parse("[arxiv]\ndelay_seconds = 0.5\n", Path("c"))
    assert (settings.arxiv.delay_seconds, faults) == (3.0, ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# mine\n",
        '[haul]\ntitle = "A {number}"\n',
        'categories = [\n  "cs.AI",  # first\n]\nkeys = "mnemonic"\n\n[haul]\ntitle = "A {number}"\n',
    ],
)
def test_the_first_run_writes_its_choices_and_keeps_the_rest(text: str) -> None:
    written = with_choices(text, ("cs.CL", "math-ph"), "vim")
    settings, faults = parse(written, Path("c"))
    assert faults == ()
    assert (settings.categories, settings.keys) == (("cs.CL", "math-ph"), "vim")
    assert tomllib.loads(written).get("haul") == tomllib.loads(text).get("haul")
    assert ("# mine" in written) is ("# mine" in text)

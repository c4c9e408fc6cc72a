"""`triage days`: the ledger as a calendar, what is not in order, the sum; or a JSON object a line."""

import json
import re
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from tests import ledgers
from tests.cli.conftest import Triage
from tests.ledgers import CL, LG, NOW, day, put
from tests.terminal import Terminal
from triage.archive import day_file, open_archive
from triage.ledger import Completeness

HOUSE = Path(__file__).resolve().parents[2]


@pytest.fixture
def monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triage.home.now", lambda: NOW)


@pytest.fixture
def ledger(home: Path, monday: None) -> Path:
    """Four weeks in every state, and a config that names their categories."""
    ledgers.filled(home / "data")
    config = home / "config" / "triage" / "config.toml"
    config.write_text(f'categories = ["{CL}", "{LG}"]\n')
    return config


CALENDAR = """\
      Mon            Tue            Wed            Thu            Fri
Nov    2 ✓ 0/6        3 ✓ 6          4 ✓ 0/6        5 ✓ 0/10       6 ✓ 0/10
2026   9 … 0/10      10 ✓ 0/10      11 – rests     12 ! 0/6       13 ≈ 0/10
      16 ✓ 0/10      17 ○ 0/6       18 ✓ 0/10      19 = 0/6       20 ✓ 1/10
     [23]✓ 0/10      24 · not out

– arXiv rests  ✓ complete  ≈ reconstructed from submission dates
· not out yet  = stale, arXiv has not updated it
… cut off, papers are left out  ○ missing, not here  ! failed
3/9 decided of all  [ ] today

Mon 09 Nov 2026  cs.LG  cut off  triage fetch --date 2026-11-09 cs.LG
    2,000 papers were announced, 6 are here.
Thu 12 Nov 2026  cs.CL  failed   triage fetch --date 2026-11-12 cs.CL
    arXiv's site answered 503 (Service Unavailable).
Tue 17 Nov 2026  cs.LG  missing  triage fetch --date 2026-11-17 cs.LG
Thu 19 Nov 2026  cs.LG  stale    triage fetch --date 2026-11-19 cs.LG
    arXiv has not updated its feed: it still is that of Wed 18 Nov 2026.
All of these: triage fetch --since 2026-11-09

2,138 announced in 2 categories = 7 decided + 137 open + 1,994 not here
"""


def test_the_ledger_is_a_calendar_with_what_is_wrong_and_the_sum_beneath(
    ledger: Path, triage: Triage
) -> None:
    skipped = [paper.id for paper in ledgers.papers(day(3), CL)]
    triage("skip", *skipped, ledgers.papers(day(20), CL)[0].id)
    ran = triage("days")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == CALENDAR
    assert max(map(len, ran.lines)) <= 80


def test_today_is_the_date_at_arxiv(ledger: Path, triage: Triage, monkeypatch: pytest.MonkeyPatch) -> None:
    # In Berlin Tuesday has begun, and its listing comes at six.
    early = datetime(2026, 11, 24, 1, tzinfo=timezone(timedelta(hours=1)))
    monkeypatch.setattr("triage.home.now", lambda: early)
    assert "     [23]✓ 0/10      24 · not out" in triage("days").lines


def test_a_pipe_gets_no_colours_and_a_terminal_does(ledger: Path, home: Path) -> None:
    words = ["--data", str(home / "data"), "--config", str(ledger), "days", "--since", "2026-11-09"]
    for env, coloured in (({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)):
        command = [sys.executable, "-m", "triage", *words]
        with Terminal(command, cwd=HOUSE, env={"HOME": str(home), **env}) as terminal:
            assert terminal.wait() == 0
        assert (b"\x1b[" in terminal.raw) is coloured
        text = re.sub(rb"\x1b\[\d*m", b"", terminal.raw).decode()
        assert "9 … 0/10      10 ✓ 0/10      11 – rests     12 ! 0/6       13 ≈ 0/10" in text


def test_an_old_mailing_stands_apart_and_is_not_mended_by_fetching_all_years_since(
    ledger: Path, home: Path, triage: Triage
) -> None:
    old = date(2019, 11, 20)
    put(open_archive(home / "data"), old, CL, Completeness.CUT_OFF, announced=9, source="mail", unasked=True)
    ran = triage("days", CL, LG)
    assert ran.lines[:4] == [
        "      Mon            Tue            Wed            Thu            Fri",
        "Nov                                 20 … 0/6",
        "2019   ⋮ nothing until Mon 02 Nov 2026",
        "Nov    2 ✓ 0/6        3 ✓ 0/6        4 ✓ 0/6        5 ✓ 0/10       6 ✓ 0/10",
    ]
    assert "Wed 20 Nov 2019  cs.CL  cut off  triage fetch --date 2019-11-20 cs.CL" in ran.lines
    assert "All since Mon 09 Nov 2026: triage fetch --since 2026-11-09 cs.CL cs.LG" in ran.lines


NT, CO = "math.NT", "math.CO"


def test_the_command_for_many_days_names_whom_a_plain_fetch_does_not_ask_for(
    ledger: Path, home: Path, triage: Triage
) -> None:
    archive = open_archive(home / "data")
    put(archive, day(3), NT)
    put(archive, day(10), NT, Completeness.FAILED)
    assert "All of these: triage fetch --since 2026-11-09 cs.CL cs.LG math.NT" in triage("days").lines
    long = "cond-mat.mtrl-sci"
    put(archive, day(3), long)
    put(archive, day(10), long, Completeness.FAILED)
    ran = triage("days")
    at = ran.lines.index("All of these:")
    assert ran.lines[at + 1] == "    triage fetch --since 2026-11-09 cs.CL cs.LG cond-mat.mtrl-sci math.NT"


def test_the_command_for_many_days_makes_no_ledger_longer(ledger: Path, home: Path, triage: Triage) -> None:
    archive = open_archive(home / "data")
    put(archive, day(23), NT)
    ledger.write_text(f'categories = ["{CL}", "{LG}", "{NT}"]\n')
    assert "All of these: triage fetch --since 2026-11-09 cs.CL cs.LG" in triage("days").lines, "not math.NT"
    put(archive, day(19), NT)
    ran = triage("days")
    assert "Fri 20 Nov 2026  math.NT  missing  triage fetch --date 2026-11-20 math.NT" in ran.lines
    assert "4 of these: triage fetch --since 2026-11-09 cs.CL cs.LG" in ran.lines
    ledger.write_text(f'categories = ["{CL}", "{LG}", "{CO}"]\n')
    ran = triage("days")
    assert "All of these: triage fetch --since 2026-11-09 cs.CL cs.LG" in ran.lines, (
        "math.CO begins by itself"
    )


def test_days_without_weeks_that_nothing_is_known_of_before_them_are_cut_at_the_ledgers_beginning(
    ledger: Path, home: Path, triage: Triage
) -> None:
    put(open_archive(home / "data"), date(2026, 10, 20), CL, Completeness.CUT_OFF, announced=9, unasked=True)
    assert "All since Mon 09 Nov 2026: triage fetch --since 2026-11-09" in triage("days").lines


def test_the_first_listings_that_failed_are_asked_for_at_once(
    ledger: Path, home: Path, triage: Triage, tmp_path: Path
) -> None:
    data = tmp_path / "fresh"
    old = date(2019, 11, 20)
    put(open_archive(data), old, CL, Completeness.CUT_OFF, announced=9, source="mail", unasked=True)
    for name in (CL, LG):
        put(open_archive(data), day(23), name, Completeness.FAILED)
    all_since = "All since Mon 23 Nov 2026: triage fetch --since 2026-11-23"
    assert all_since in triage("--data", str(data), "days").lines


def test_since_leaves_out_what_is_before(ledger: Path, triage: Triage) -> None:
    ran = triage("days", "--since", "2026-11-18")
    assert ran.lines[1] == "Nov                                 18 ✓ 0/10      19 = 0/6       20 ✓ 0/10"
    assert "2026-11-17" not in ran.out
    assert "All of these" not in ran.out, "one is none to sum up"
    assert ran.lines[-1] == "42 announced in 2 categories = 0 decided + 42 open"
    assert "ledger has nothing since Tue 01 Dec 2026" in triage("days", "--since", "2026-12-01").err


def test_categories_can_be_named(ledger: Path, triage: Triage) -> None:
    ran = triage("days", "CS.lg")
    assert "cs.CL" not in ran.out
    assert "All of these: triage fetch --since 2026-11-09 cs.LG" in ran.lines
    assert ran.lines[-1] == "2,054 announced in cs.LG = 0 decided + 60 open + 1,994 not here"


def test_what_is_left_out_by_the_config_is_in_the_sum(ledger: Path, triage: Triage) -> None:
    ledger.write_text(f'categories = ["{CL}"]\n[listing]\ncross_lists = "leave out"\n')
    ran = triage("days", CL, "--since", "2026-11-23")
    assert ran.lines[-1] == "6 announced in cs.CL = 0 decided + 4 open + 2 left out"


def records(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_json_is_one_object_for_each_category_and_day(ledger: Path, triage: Triage) -> None:
    found = records(triage("days", "--json").out)
    assert len({(one["category"], one["day"]) for one in found}) == len(found)
    assert [one["day"] for one in found] == sorted((one["day"] for one in found), reverse=True)
    by_key = {(one["category"], one["day"]): one for one in found}
    assert by_key[CL, "2026-11-13"] == {
        "category": CL,
        "day": "2026-11-13",
        "state": "complete",
        "announced": {"new": 3, "cross": 2, "replaced": 1, "total": 6},
        "archived": 6,
        "decided": 0,
        "open": 6,
        "left_out": 0,
        "source": "api",
        "reconstructed": True,
        "sentence": "",
    }
    failed = by_key[CL, "2026-11-12"]
    assert (failed["state"], failed["archived"], failed["sentence"]) == ("failed", 0, ledgers.BUSY)
    assert {one["state"] for one in found} == {str(word) for word in Completeness}


def test_without_a_listing_it_says_what_to_do(home: Path, triage: Triage) -> None:
    ran = triage("days")
    assert (ran.status, ran.out) == (0, "")
    assert "nothing was fetched yet; `triage fetch cs.CL` fetches the newest listing" in ran.err
    assert "`triage fetch cs.IR`" in triage("days", "cs.IR").err
    assert triage("days", "--json").out == ""


def test_a_category_that_only_failed_is_told_of(home: Path, triage: Triage, monday: None) -> None:
    put(
        open_archive(home / "data"), day(23), "cond-mat.mtrl-sci", Completeness.FAILED, sentence="No network."
    )
    ran = triage("days")
    assert "Mon 23 Nov 2026  cond-mat.mtrl-sci  failed" in ran.lines
    assert "    triage fetch --date 2026-11-23 cond-mat.mtrl-sci" in ran.lines
    assert "    No network." in ran.lines
    assert max(map(len, ran.lines)) <= 80


def test_what_arxiv_said_brings_no_escapes(home: Path, triage: Triage, monday: None) -> None:
    hostile = "\x1b]52;c;aGk=\x07 [red]" + "long " * 40
    put(open_archive(home / "data"), day(23), CL, Completeness.FAILED, sentence=hostile)
    ran = triage("days")
    assert "\x1b" not in ran.out
    assert "[red]" in ran.out
    assert max(map(len, ran.lines)) <= 80


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--since", "friday"), "--since wants a date like 2026-11-20, not 'friday'"),
        (("cs.ZZ",), "cs.ZZ"),
        (("--sinse", "2026-11-20"), "did you mean --since?"),
    ],
)
def test_what_makes_no_sense_is_status_2(triage: Triage, words: tuple[str, ...], said: str) -> None:
    ran = triage("days", *words)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_a_damaged_listing_is_told_of_and_its_day_is_not_called_complete(
    ledger: Path, triage: Triage
) -> None:
    [file] = (ledger.parents[2] / "data").rglob("*2026-11-20.jsonl")
    file.write_bytes(b"\x00" * 200)
    ran = triage("days")
    assert ran.status == 0
    assert "2026-11-20.jsonl is damaged" in ran.err
    at = ran.lines.index("Fri 20 Nov 2026  cs.CL  missing  triage fetch --date 2026-11-20 cs.CL")
    assert ran.lines[at + 1] == "    Its file is gone."


def test_a_year_of_listings_is_read_once(
    ledger: Path, triage: Triage, monkeypatch: pytest.MonkeyPatch
) -> None:

    read: list[Path] = []
    read_head = day_file.read_head

    def counting(path: Path) -> tuple[bytes, day_file.Stamp]:
        read.append(path)
        return read_head(path)

    monkeypatch.setattr(day_file, "read_head", counting)
    triage("days")
    assert read
    assert len(set(read)) == len(read)

"""`triage fetch` as cron and a person at a terminal see it: lines, the bar, days, and exit statuses."""

import io
import itertools
import json
import os
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.arxiv_forms import Written
from tests.arxiv_server import serving, status
from tests.cli.conftest import Triage
from tests.terminal import Terminal
from tests.three_weeks import Home
from triage.actions.reports import CategoryDone, DetailsDone, Progress, Report, Stopped
from triage.archive import open_archive
from triage.cli.arguments import parse
from triage.cli.console import Console
from triage.cli.fetching import Teller
from triage.cli.values import Usage
from triage.cli.words import day_to_fetch
from triage.ledger import Completeness
from triage.listing_day import Calendar
from triage.paper import Kind, Paper

PACE = 0.3
"""Seconds between two requests, where a test looks at them."""
NOON = "2026-11-23T12:00:00+00:00"
DONE = CategoryDone("cs.CL", "2026-11-20", Completeness.COMPLETE, "", 212)
FAILED = CategoryDone("cs.LG", "2026-11-20", Completeness.FAILED, "arXiv is down.", 0)


class Tty(io.StringIO):
    """A stream that somebody sits at."""

    def isatty(self) -> bool:
        return True


def told(*reports: Report, errors: io.StringIO, json: bool = False) -> tuple[int, str]:
    output = io.StringIO()
    teller = Teller(Console(None, output, errors), json=json)
    return teller.follow(iter(reports), open_archive(Path("nowhere"))), output.getvalue()


def test_cron_sees_one_line_for_each_category_and_day_and_no_bar() -> None:
    errors = io.StringIO()
    stopped = Stopped("3 listings in a row failed.")
    ended = told(Progress(0, 2, "the feed of cs.CL"), DONE, FAILED, DetailsDone(5, 5), stopped, errors=errors)
    assert ended == (3, "cs.CL  2026-11-20  212 papers  complete\ncs.LG  2026-11-20  failed\n")
    assert errors.getvalue() == "triage: cs.LG: arXiv is down.\ntriage: 3 listings in a row failed.\n"


def test_at_a_terminal_a_bar_stands_below_the_lines_and_is_gone_at_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")
    errors = Tty()
    told(Progress(3, 12, "cs.CL of Fri 20 Nov 2026"), DONE, errors=errors)
    bar, cleared = errors.getvalue().split("\r\x1b[K")[1:]
    assert bar == "━━━━━━────────────────── 3/12 cs.CL of Fri 20 Nov 2026"
    assert cleared == ""


@pytest.mark.parametrize(("name", "value"), [("TERM", "dumb"), ("COLUMNS", "20")])
def test_the_bar_fits_its_terminal(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(name, value)
    errors = Tty()
    told(Progress(1, 2, "something long " * 9), errors=errors)
    assert all(len(part) < 20 for part in errors.getvalue().split("\r\x1b[K"))


def test_that_a_host_wants_to_be_left_alone_is_shown_and_told_to_the_app() -> None:
    errors, output = Tty(), io.StringIO()
    Teller(Console(None, output, errors), json=False).waiting("arxiv.org", 42.4)
    assert "arxiv.org asks to be left alone for 42 s" in errors.getvalue()
    Teller(Console(None, output, errors), json=True).waiting("arxiv.org", 42.4)
    assert json.loads(output.getvalue()) == {"event": "waiting", "host": "arxiv.org", "seconds": 42.4}


def paper(number: int, name: str = "cs.CL") -> Paper:
    return Paper(
        f"2611.{number:05}", f"Paper {number}", ("A. U. Thor",), "Words.", 1, Kind.NEW, (name,), name
    )


def test_a_week_is_fetched_and_exits_0_and_one_day_that_fails_3(tmp_path: Path) -> None:
    home = Home(tmp_path)
    days = {date(2026, 11, day): [paper(day)] for day in (18, 19, 20, 23)}
    with serving(Written(days, today=date(2026, 11, 23))) as server:
        home.points_at(server, "cs.CL")
        server.misbehave("/catchup/cs.CL/2026-11-19", status(404), times=1)
        first = home.run(NOON, "fetch", "--since", "2026-11-18")
        second = home.run(NOON, "fetch")
    assert (first.returncode, second.returncode) == (3, 0)
    assert first.stdout.splitlines() == [
        "cs.CL  2026-11-23  1 paper  complete",
        "cs.CL  2026-11-18  1 paper  complete",
        "cs.CL  2026-11-19  failed",
        "cs.CL  2026-11-20  1 paper  complete",
    ]
    assert first.stderr.startswith(
        "triage: cs.CL: 127.0.0.1 answered 404 for the listing of cs.CL of 2026-11-19"
    )
    assert second.stdout.splitlines() == [
        "cs.CL  2026-11-23  1 paper  complete",
        "cs.CL  2026-11-19  1 paper  complete",
    ]


def test_fetches_at_once_share_the_work_and_the_pace(tmp_path: Path) -> None:
    """The open app, cron, and a fetch into another library: one pace for all of the account's programs."""
    home, other = Home(tmp_path), tmp_path / "other"
    days = {date(2026, 11, day): [paper(day)] for day in (18, 19, 20, 23)}
    since = ("fetch", "--since", "2026-11-18")
    with serving(Written(days, today=date(2026, 11, 23))) as server:
        home.points_at(server, "cs.CL", delay=PACE)
        commands = [home.argv(NOON, *since), home.argv(NOON, "--data", str(other), *since)]
        with Terminal(home.argv(NOON), env=dict(home.env), size=(120, 30)) as app:
            both = [
                subprocess.Popen(command, env={**os.environ, **home.env}, stdout=subprocess.PIPE, text=True)
                for command in commands
            ]
            outputs = [child.communicate(timeout=60)[0] for child in both]
            app.wait_for(r"cs\.CL · complete · \+3 days, 3 open")
            app.send("q")
            assert app.wait() == 0
    assert [child.returncode for child in both] == [0, 0]
    assert all("2026-11-23" in output for output in outputs)
    asked = [one.path for one in server.requests if not one.path.startswith("/api")]
    assert sorted(asked) == sorted([*set(asked)] * 2), "each library asked for each listing once"
    assert len(asked) == 2 * 4
    times = [one.at for one in server.requests]
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert min(gaps) > PACE / 2, "a request is under way for some time, and that time varies"
    assert sum(gaps) > PACE * (len(gaps) - 0.5)


def test_an_abstract_that_is_damaged_is_told_of_owed_and_brought_back(tmp_path: Path) -> None:
    home, day = Home(tmp_path), tmp_path / "data" / "archive" / "2026-11-20.jsonl"
    listed = {date(2026, 11, 20): [paper(1), paper(2)], date(2026, 11, 23): [paper(3)]}
    with serving(Written(listed, today=date(2026, 11, 23))) as server:
        home.points_at(server, "cs.CL")
        home.run(NOON, "fetch", "--since", "2026-11-20")
        day.write_bytes(day.read_bytes().replace(b'"abstract":"Words', b'"abstract"#"Words', 1))
        shown = home.run(NOON, "show", "2611.00001")
        owing = home.run(NOON, "days")
        healed = home.run(NOON, "fetch")
        again = home.run(NOON, "show", "2611.00001")
    assert shown.returncode == 0
    assert "Paper 1" in shown.stdout
    assert f"The abstract of 2611.00001 cannot be read: {day} is damaged" in shown.stderr
    assert "Fri 20 Nov 2026  cs.CL  cut off" in owing.stdout
    assert "Its file is damaged: some abstracts are missing." in owing.stdout
    assert "cs.CL  2026-11-20  2 papers  complete" in healed.stdout.splitlines()
    assert "Words." in again.stdout
    assert again.stderr == ""


def test_what_an_earlier_version_fetched_of_several_categories_is_fetched_again(tmp_path: Path) -> None:
    home, friday = Home(tmp_path), date(2026, 11, 20)
    day = tmp_path / "data" / "archive" / "2026-11-20.jsonl"
    listed = {friday: [paper(1), paper(2, "cs.LG")], date(2026, 11, 23): [paper(3), paper(4, "cs.LG")]}
    complete = {"completeness": "complete", "listed": "2026-11-20", "announced": 1, "details": True}
    states = {name: {"category": name} | complete for name in ("cs.CL", "cs.LG")}
    records = [json.dumps(one.as_record()) for one in listed[friday]]
    first, second = (len(record) for record in records)
    rows = [
        ["2611.00001", 1, "new", "Paper 1", 0, first],
        ["2611.00002", 1, "new", "Paper 2", first + 1, second],
    ]
    head = {"form": 1, "day": "2026-11-20", "length": first + second + 2, "states": states, "rows": rows}
    day.parent.mkdir(parents=True)
    day.write_text("\n".join([json.dumps(head), *records, ""]))
    with serving(Written(listed, today=date(2026, 11, 23))) as server:
        home.points_at(server, "cs.CL", "cs.LG")
        before = home.run(NOON, "days")
        ran = home.run(NOON, "fetch")
        after = home.run(NOON, "fetch")
    assert (
        before.stdout.count("Fetched by an earlier version, which did not tell whose papers these are.") == 2
    )
    assert [line for line in ran.stdout.splitlines() if "2026-11-20" in line] == [
        "cs.CL  2026-11-20  1 paper  complete",
        "cs.LG  2026-11-20  1 paper  complete",
    ]
    assert "2026-11-20" not in after.stdout
    assert (ran.returncode, ran.stderr) == (0, "")


def fetched_beside_a_newer(path: Path, home: Home) -> subprocess.CompletedProcess[str]:
    """A fetch of Monday's listing with a file of a later form in the archive, which it leaves alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b'{"form":99,"day":"2026-11-23","magic":true}\n')
    before = path.read_bytes()
    with serving(Written({date(2026, 11, 23): [paper(1)]}, today=date(2026, 11, 23))) as server:
        home.points_at(server, "cs.CL")
        ran = home.run(NOON, "fetch")
    assert path.read_bytes() == before
    return ran


def test_a_day_that_a_newer_version_wrote_is_left_alone_and_exits_4(tmp_path: Path) -> None:
    day = tmp_path / "data" / "archive" / "2026-11-23.jsonl"
    ran = fetched_beside_a_newer(day, Home(tmp_path))
    assert (ran.returncode, ran.stdout) == (4, "")
    assert f"{day} was written by a newer triage" in ran.stderr
    assert "install the newer triage" in ran.stderr


def test_a_ledger_that_a_newer_version_wrote_is_left_alone_and_told_of(tmp_path: Path) -> None:
    index = tmp_path / "data" / "archive" / "ledger.json"
    ran = fetched_beside_a_newer(index, Home(tmp_path))
    assert (ran.returncode, ran.stdout) == (0, "cs.CL  2026-11-23  1 paper  complete\n")
    assert ran.stderr.count(f"{index} was written by a newer triage") == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("--date 2026-11-20 --since 2026-11-18", "one of --date, --since and --mail"),
        ("--date yesterday", "--date wants a date like 2026-11-20, not 'yesterday'"),
        ("--since 20.11.2026", "--since wants a date like 2026-11-20, not '20.11.2026'"),
        ("--mail a.txt cs.CL", "says itself what it lists"),
    ],
)
def test_what_cannot_be_meant_is_refused(words: str, says: str) -> None:
    with pytest.raises(Usage, match=says):
        parse(["fetch", *words.split()])


def test_a_day_that_is_not_out_yet_is_refused_with_the_time_it_comes(triage: Triage) -> None:
    calendar, now = Calendar(), datetime(2026, 11, 20, 17, tzinfo=UTC)
    with pytest.raises(Usage, match=r"Mon 23 Nov 2026 is not out yet; it comes Mon 23 Nov at 05:00"):
        day_to_fetch(date(2026, 11, 23), calendar, now)
    with pytest.raises(Usage, match=r"Sun 22 Nov 2026 is not out yet; it comes Mon 23 Nov at 05:00"):
        day_to_fetch(date(2026, 11, 22), calendar, now)
    with pytest.raises(Usage, match=r"Fri 31 Dec 9999 is not out yet$"):
        day_to_fetch(date(9999, 12, 31), calendar, now)
    with pytest.raises(Usage, match=r"it began on Wed 14 Aug 1991"):
        day_to_fetch(date(1970, 1, 1), calendar, now)
    assert day_to_fetch(date(2026, 11, 20), calendar, now) == date(2026, 11, 20)
    evening = datetime(2026, 11, 23, 4, 30, tzinfo=UTC)  # still Sunday at arXiv
    with pytest.raises(Usage, match=r"Mon 23 Nov 2026 is not out yet; it comes Mon 23 Nov at 05:00"):
        day_to_fetch(date(2026, 11, 23), calendar, evening)
    ran = triage("fetch", "--date", "2999-01-01", "cs.CL")
    assert (ran.status, ran.out) == (2, "")


@pytest.mark.parametrize("option", ["--date", "--since"])
@pytest.mark.parametrize(
    ("rests", "newest", "coming"),
    [("2026-11-21", "2026-11-20", "Mon 23 Nov"), ("2026-11-27", "2026-11-26", "Mon 30 Nov")],
)
def test_today_while_arxiv_rests_is_told_as_that(
    option: str, rests: str, newest: str, coming: str, tmp_path: Path
) -> None:
    home = Home(tmp_path)
    day = date.fromisoformat(newest)
    with serving(Written({day: [paper(1)]}, today=day)) as server:
        home.points_at(server, "cs.CL")
        ran = home.run(f"{rests}T17:00:00+00:00", "fetch", option, rests)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert f"cs.CL  {newest}  1 paper  complete" in ran.stdout
    assert f"the next listing comes {coming} at 05:00" in ran.stdout


MAILING = """\
Date: Fri, 20 Nov 26 01:31:14 GMT
Subject: q-fin daily 1 new + 0 crosses received

------------------------------------------------------------------------------
------------------------------------------------------------------------------
Send any comments regarding submissions directly to submitter.
------------------------------------------------------------------------------
Archives at http://arxiv.org/
To unsubscribe, e-mail To: q-fin@arXiv.org, Subject: cancel
------------------------------------------------------------------------------
received from  Wed 18 Nov 26 19:00:00 GMT  to  Thu 19 Nov 26 19:00:00 GMT
------------------------------------------------------------------------------
\\\\
arXiv:2611.00077
Date: Wed, 18 Nov 2026 19:34:08 GMT   (243kb,D)

Title: On the price of small things
Authors: A. U. Thor
Categories: q-fin.TR
\\\\
  We show that small things have small prices.
\\\\ ( https://arxiv.org/abs/2611.00077 ,  243kb)
%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---
"""


def test_a_mailing_is_a_listing_of_its_day(triage: Triage, home: Path) -> None:
    (home / "mail.txt").write_text(MAILING)
    ran = triage("fetch", "--mail", str(home / "mail.txt"))
    assert (ran.status, ran.lines, ran.err) == (0, ["q-fin  2026-11-20  1 paper  complete"], "")
    assert "On the price of small things" in triage("list", "--day", "2026-11-20").out
    again = triage("fetch", "--mail", "-", typed=MAILING.encode())
    assert (again.status, again.lines) == (0, ["q-fin  2026-11-20  1 paper  complete"])


@pytest.mark.parametrize(
    ("wrong", "day"),
    [("Nov 3026", "Tue 21 Nov 3026"), ("Nov 27", "Mon 22 Nov 2027"), ("Nov 1971", "Mon 22 Nov 1971")],
)
def test_a_mailing_of_a_day_that_cannot_be_is_told_and_not_kept(
    wrong: str, day: str, triage: Triage, home: Path
) -> None:
    (home / "mail.txt").write_text(MAILING.replace("Nov 26", wrong))
    ran = triage("fetch", "--mail", str(home / "mail.txt"))
    assert (ran.status, ran.lines[0].split("  ")[-1]) == (3, "failed")
    assert f"q-fin: The mailing is of {day}, under which arXiv cannot have listed papers" in ran.err
    assert "On the price" not in triage("list", "--day", "all").out
    assert triage("days", "q-fin", "--json").out == ""


def test_what_is_no_mailing_is_refused_by_name(triage: Triage, home: Path) -> None:
    (home / "note.txt").write_text("Buy milk.")
    ran = triage("fetch", "--mail", str(home / "note.txt"))
    assert (ran.status, ran.out) == (2, "")
    assert "note.txt is not a whole mailing of arXiv" in ran.err
    assert triage("fetch", "--mail", str(home / "nowhere")).status == 2


def test_what_a_host_asked_to_wait_is_obeyed_by_the_next_process_too(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with serving(Written({date(2026, 11, 23): [paper(1)]}, today=date(2026, 11, 23))) as server:
        home.points_at(server, "cs.CL")
        server.misbehave("/rss", status(429, Retry_After="3"), times=1)
        first = subprocess.Popen(
            home.argv(NOON, "fetch", "--json"),
            env={**os.environ, **home.env},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert first.stdout is not None
        events = iter(lambda: json.loads(first.stdout.readline() if first.stdout else "{}"), None)
        waiting = next(event for event in events if event["event"] == "waiting")
        first.kill()
        first.communicate()
        assert 0 < waiting["seconds"] <= 3
        second = home.run(NOON, "fetch", "--json")
        assert second.returncode == 0
        told = [json.loads(line) for line in second.stdout.splitlines()]
        assert any(event["event"] == "waiting" and event["seconds"] < 3 for event in told)
        refused, asked_again = [asked.at for asked in server.requests if asked.path.startswith("/rss")]
    assert asked_again - refused >= 2.9

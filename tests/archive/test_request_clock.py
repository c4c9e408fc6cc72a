"""How long arXiv is left alone between requests, whatever happens to the machine's clock (hazard A31)."""

import errno
import json
import multiprocessing
import os
import resource
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.library.test_full_disk import in_child
from triage.archive.request_clock import FileRequestClock
from triage.ports import Unreachable

HOUR = 3600.0
YEAR = 365 * 24 * HOUR


@dataclass
class StoodTime:
    """Time that passes only by sleeping."""

    now: float = 1_800_000_000.0
    up: float = 100.0
    slept: list[float] = field(default_factory=list)

    def wall(self) -> float:
        return self.now

    def monotonic(self) -> float:
        return self.up

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        self.up += seconds


@pytest.fixture
def stood() -> StoodTime:
    return StoodTime()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "requests.json"


def clock(path: Path, stood: StoodTime, delay: float = 3.0) -> FileRequestClock:
    return FileRequestClock(path, delay, machine=stood)


def test_all_of_arxivs_hosts_share_three_seconds(path: Path, stood: StoodTime) -> None:
    one = clock(path, stood)
    for host in ("rss.arxiv.org", "export.arxiv.org", "arxiv.org"):
        one.wait(host)
    assert stood.slept == [3.0, 3.0]


def test_never_less_than_three_seconds_for_arxiv_whatever_the_config_says(
    path: Path, stood: StoodTime
) -> None:
    one = clock(path, stood, delay=0.0)
    one.wait("rss.arxiv.org")
    one.wait("export.arxiv.org")
    assert stood.slept == [3.0]


def test_more_is_obeyed_and_a_look_alike_is_not_arxiv(path: Path, stood: StoodTime) -> None:
    one = clock(path, stood, delay=15.0)
    one.wait("rss.arxiv.org")
    one.wait("rss.arxiv.org")
    one.wait("notarxiv.org")
    assert stood.slept == [15.0]


def test_a_mirror_on_loopback_needs_no_delay(path: Path, stood: StoodTime) -> None:
    one = clock(path, stood, delay=0.0)
    for _ in range(5):
        one.wait("127.0.0.1")
    assert stood.slept == []


def test_it_is_kept_across_restarts(path: Path, stood: StoodTime) -> None:
    clock(path, stood).wait("rss.arxiv.org")
    stood.now += 1.0
    stood.up = 5.0
    clock(path, stood).wait("export.arxiv.org")
    assert stood.slept == [2.0]


@pytest.mark.parametrize("jump", [-HOUR, -YEAR, -1.0, HOUR, YEAR])
def test_a_clock_that_was_set_never_makes_it_wait_longer_nor_hurry(
    path: Path, stood: StoodTime, jump: float
) -> None:
    one = clock(path, stood)
    one.wait("rss.arxiv.org")
    stood.now += jump
    one.wait("rss.arxiv.org")
    assert stood.slept == [3.0]


@pytest.mark.parametrize("jump", [-HOUR, -YEAR])
def test_the_same_after_a_restart(path: Path, stood: StoodTime, jump: float) -> None:
    clock(path, stood).wait("rss.arxiv.org")
    stood.now += jump
    clock(path, stood).wait("rss.arxiv.org")
    assert stood.slept == [3.0]


def test_the_wait_for_the_pace_is_told_before_it_begins(path: Path, stood: StoodTime) -> None:
    told: list[tuple[str, float, int]] = []
    one = FileRequestClock(
        path, 3.0, paced=lambda host, seconds: told.append((host, seconds, len(stood.slept))), machine=stood
    )
    one.wait("arxiv.org")
    stood.up, stood.now = stood.up + 1, stood.now + 1
    one.wait("arxiv.org")
    assert told == [("arxiv.org", 2.0, 0)]
    assert stood.slept == [2.0]


def test_retry_after_holds_every_process_and_is_told(path: Path, stood: StoodTime) -> None:
    clock(path, stood).hold_back("export.arxiv.org", 30.0)
    told: list[tuple[str, float]] = []
    other = FileRequestClock(
        path, 3.0, machine=stood, told=lambda host, seconds: told.append((host, seconds))
    )
    other.wait("rss.arxiv.org")
    assert stood.slept == [30.0]
    assert told == [("rss.arxiv.org", 30.0)]
    other.hold_back("rss.arxiv.org", 2.0)
    other.wait("rss.arxiv.org")
    assert len(told) == 1, "what is no longer than the pace is no news"


def test_a_long_hold_is_said_and_not_waited_for(path: Path, stood: StoodTime) -> None:
    one = clock(path, stood)
    one.hold_back("export.arxiv.org", 1800.0)
    with pytest.raises(Unreachable, match=r"asks to be left alone until \d\d:\d\d; try again then"):
        one.wait("rss.arxiv.org")
    assert stood.slept == []
    stood.now += 1801
    one.wait("rss.arxiv.org")


def test_a_hold_is_at_most_an_hour(path: Path, stood: StoodTime) -> None:
    one = clock(path, stood)
    one.hold_back("export.arxiv.org", 10.0**9)
    stood.now += HOUR + 1
    one.wait("rss.arxiv.org")
    assert stood.slept == []


def test_a_hold_does_not_grow_when_the_clock_is_set_back(path: Path, stood: StoodTime) -> None:
    one = clock(path, stood)
    one.hold_back("export.arxiv.org", 20.0)
    stood.now -= YEAR
    one.wait("rss.arxiv.org")
    assert sum(stood.slept) <= 20.0


def test_a_shorter_hold_does_not_cut_a_longer_one(path: Path, stood: StoodTime) -> None:
    one = clock(path, stood)
    one.hold_back("export.arxiv.org", 60.0)
    one.hold_back("rss.arxiv.org", 1.0)
    one.wait("arxiv.org")
    assert sum(stood.slept) == pytest.approx(60.0)


def test_holds_of_one_host_do_not_touch_another(path: Path, stood: StoodTime) -> None:
    one = clock(path, stood)
    one.hold_back("blog.example", 60.0)
    one.wait("rss.arxiv.org")
    assert stood.slept == []


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff", b'{"arxiv.org": 3}', b'{"arxiv.org": {"last": "x"}}']
)
def test_a_damaged_file_counts_as_a_request_just_made(path: Path, stood: StoodTime, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    clock(path, stood).wait("rss.arxiv.org")
    assert stood.slept == [3.0]
    assert json.loads(path.read_bytes())["arxiv.org"]["last"] == stood.now


def test_without_a_place_to_write_the_process_keeps_its_own_pace(tmp_path: Path, stood: StoodTime) -> None:
    (tmp_path / "state").write_text("in the way")
    one = clock(tmp_path / "state" / "requests.json", stood)
    one.wait("rss.arxiv.org")
    one.wait("rss.arxiv.org")
    one.hold_back("rss.arxiv.org", 7.0)
    one.wait("rss.arxiv.org")
    assert stood.slept == [3.0, 7.0]


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full: nothing can be written, what is there can be cut."""

    def fails(descriptor: int, content: bytes, offset: int) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("triage.archive.request_clock.os.pwrite", fails)


def test_a_full_disk_wipes_neither_a_hold_nor_the_last_request(
    path: Path, stood: StoodTime, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    one = clock(path, stood)
    one.wait("rss.arxiv.org")
    one.hold_back("blog.example", 60.0)
    before = path.read_bytes()
    request.getfixturevalue("full")
    one.wait("rss.arxiv.org")
    one.wait("rss.arxiv.org")
    assert stood.slept == [3.0, 3.0]
    assert path.read_bytes() == before
    monkeypatch.undo()
    clock(path, stood).wait("blog.example")
    assert stood.slept == [3.0, 3.0, 54.0]


@pytest.mark.usefixtures("full")
def test_a_hold_that_cannot_be_written_is_obeyed_by_who_heard_it(path: Path, stood: StoodTime) -> None:
    one = clock(path, stood)
    one.hold_back("rss.arxiv.org", 7.0)
    one.wait("rss.arxiv.org")
    one.wait("rss.arxiv.org")
    # What stands in the file is empty: another process may have asked at this very moment.
    assert stood.slept == [7.0, 3.0, 3.0]


def test_what_could_not_be_written_is_written_once_there_is_room(
    path: Path, stood: StoodTime, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    one = clock(path, stood)
    one.wait("blog.example")
    request.getfixturevalue("full")
    one.hold_back("rss.arxiv.org", 60.0)
    monkeypatch.undo()
    clock(path, stood).hold_back("export.arxiv.org", 20.0)
    one.wait("blog.example")
    clock(path, stood).wait("arxiv.org")
    assert stood.slept == [3.0, 57.0]


def test_a_hold_that_could_not_be_written_does_not_grow_when_the_clock_is_set_back(
    path: Path, stood: StoodTime, request: pytest.FixtureRequest
) -> None:
    one = clock(path, stood)
    one.hold_back("rss.arxiv.org", 20.0)
    request.getfixturevalue("full")
    stood.now -= YEAR
    one.wait("rss.arxiv.org")
    assert stood.slept == [20.0]


@pytest.mark.parametrize("grown", [False, True])
def test_a_file_that_may_not_grow_keeps_its_hold(path: Path, grown: bool) -> None:
    stood = StoodTime()
    clock(path, stood).hold_back("rss.arxiv.org", 60.0)
    if not grown:
        path.write_bytes(path.read_bytes().rstrip())

    def work() -> None:
        most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, most))
        one = clock(path, stood)
        one.hold_back("blog.example", 7.0)
        one.wait("blog.example")
        assert stood.slept == [7.0]

    assert in_child(work) == 0
    clock(path, stood).wait("rss.arxiv.org")
    assert stood.slept == [60.0]
    clock(path, stood).wait("blog.example")
    assert len(stood.slept) == 1


def test_a_thousand_hosts_do_not_crowd_out_arxivs_hold(path: Path, stood: StoodTime) -> None:
    one = clock(path, stood)
    for number in range(1000):
        stood.now += 4.0
        one.wait(f"{number}.blog.example")
    one.hold_back("rss.arxiv.org", 60.0)
    clock(path, stood).wait("rss.arxiv.org")
    assert stood.slept == [60.0]


def test_a_file_that_asks_for_ever_is_believed_for_an_hour(path: Path, stood: StoodTime) -> None:
    path.parent.mkdir()
    path.write_text('{"arxiv.org": {"last": 0, "held_at": 1e999, "held_for": 1e999}}')
    with pytest.raises(Unreachable, match="asks to be left alone"):
        clock(path, stood).wait("rss.arxiv.org")
    stood.now += HOUR + 1
    clock(path, stood).wait("rss.arxiv.org")


def _ask(path: Path, times: int) -> None:
    one = FileRequestClock(path, 0.05)
    for _ in range(times):
        one.wait("127.0.0.1")
        with path.with_name("log").open("a") as log:
            log.write(f"{time.monotonic()}\n")


def test_processes_take_turns(path: Path) -> None:
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_ask, args=(path, 4)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    moments = sorted(map(float, path.with_name("log").read_text().split()))
    assert len(moments) == 12
    assert moments[-1] - moments[0] >= 11 * 0.05 - 0.02

"""Reading a full text: what is kept is read at once, what is later is fetched, and what fails is said."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from triage.actions.full_text import Desk, full_text
from triage.archive.pages import PageShelf
from triage.full_text import Fetched, Head, NoPage, Part
from triage.ports import ArchiveUnusable, Unreachable

KEY = "2311.00001"
URL = "https://arxiv.org/html/2311.00001"
NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
PARTS = [Part("", 0, "", "Abstract."), Part("S1", 1, "1 Tea", "Hot.")]


@dataclass
class Site:
    """`full_text.Pages` that counts how often it is asked."""

    answer: Fetched | Unreachable = field(default_factory=lambda: Fetched(KEY, URL, b"<html>1"))
    asked: int = 0

    def get(self, key: str) -> Fetched:
        assert key == KEY
        self.asked += 1
        if isinstance(self.answer, Unreachable):
            raise self.answer
        return self.answer


@dataclass
class Maker:
    """`full_text.Converter` that makes the same of every page, until it fails."""

    version: int = 1
    head: int | None = 2
    parts: list[Part] = field(default_factory=lambda: list(PARTS))
    failure: Unreachable | None = None
    fails_after: int = 0
    converted: list[bytes] = field(default_factory=list)

    def convert(self, fetched: Fetched) -> Iterator[Head | Part]:
        self.converted.append(fetched.html)
        made: list[Head | Part] = [Head("On Tea", self.head), *self.parts]
        if self.failure is not None:
            yield from made[: self.fails_after]
            raise self.failure
        yield from made


class Reading:
    """A desk, and what was told at it last."""

    def __init__(self, folder: Path) -> None:
        self.site, self.maker = Site(), Maker()
        self.folder = folder
        self.now = NOW

    def read(self, listed: int | None = None) -> list[dict[str, Any]]:
        desk = Desk(
            "https://arxiv.org", lambda: self.site, PageShelf(self.folder), self.maker, lambda: self.now
        )
        return [event.as_record() for event in full_text(desk, KEY, listed)]

    def kinds(self, listed: int | None = None) -> list[str]:
        return [event["event"] for event in self.read(listed)]


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    return Reading(tmp_path / "pages")


def test_a_page_is_asked_for_told_part_by_part_and_kept(reading: Reading) -> None:
    told = reading.read()
    assert [event["event"] for event in told] == ["asking", "page", "part", "part", "end"]
    assert told[0]["sentence"] == "Asking arxiv.org for the text of 2311.00001 …"
    assert told[1] == {
        "event": "page",
        "id": KEY,
        "version": 2,
        "title": "On Tea",
        "url": URL,
        "fetched": "2026-11-20T08:00:00+00:00",
    }
    assert told[2] == {"event": "part", **PARTS[0].as_record()}


def test_a_page_that_is_kept_is_read_without_asking_or_converting(reading: Reading) -> None:
    first = reading.read(2)
    reading.site.answer = Unreachable("offline")
    assert reading.read(2) == first[1:]
    assert (reading.site.asked, len(reading.maker.converted)) == (1, 1)


def test_a_later_version_that_is_listed_is_fetched_and_takes_its_place(reading: Reading) -> None:
    reading.read(2)
    reading.maker.head = 3
    told = reading.read(3)
    assert [event["event"] for event in told] == ["asking", "page", "part", "part", "end"]
    assert told[1]["version"] == 3
    assert reading.kinds(3) == ["page", "part", "part", "end"]


@pytest.mark.parametrize(
    "refusal", [Unreachable("arxiv.org cannot be reached."), NoPage("arXiv has no HTML of it.")]
)
def test_offline_the_kept_version_is_read_and_said_to_be_earlier(
    reading: Reading, refusal: Unreachable
) -> None:
    reading.read(2)
    reading.site.answer = refusal
    told = reading.read(3)
    assert [event["event"] for event in told] == ["asking", "page", "notice", "part", "part", "end"]
    assert told[2]["sentence"] == f"This is version 2, kept on 2026-11-20; version 3 is listed. {refusal}"


def test_a_page_that_turns_out_to_be_none_does_not_cost_the_kept_one(reading: Reading) -> None:
    reading.read(2)
    reading.maker.failure = Unreachable("arxiv.org sent a page that is no paper (Sign in).")
    told = reading.read(3)
    assert [event["event"] for event in told] == ["asking", "page", "notice", "part", "part", "end"]
    reading.maker.failure = None
    assert reading.read(2)[0]["version"] == 2


def test_html_that_lags_behind_the_listing_is_asked_for_once_a_day(reading: Reading) -> None:
    assert reading.kinds(3)[0] == "asking"
    assert reading.kinds(3)[0] == "page"
    reading.now += timedelta(days=1)
    assert reading.kinds(3)[0] == "asking"
    reading.now += timedelta(hours=1)
    assert reading.kinds(3)[0] == "page"
    assert reading.kinds(4)[0] == "asking"


def test_a_page_that_does_not_tell_its_version_is_of_the_one_listed_then(reading: Reading) -> None:
    reading.maker.head = None
    reading.read(2)
    assert reading.kinds(2)[0] == "page"
    assert reading.kinds(3)[0] == "asking"


@pytest.mark.parametrize(
    ("refusal", "pdf"),
    [
        (NoPage("There is none."), True),
        (NoPage("Withdrawn.", pdf=False), False),
        (Unreachable("Offline."), False),
    ],
)
def test_without_a_page_it_is_said_why_and_whether_the_pdf_is_left(
    reading: Reading, refusal: Unreachable, pdf: bool
) -> None:
    reading.site.answer = refusal
    assert reading.read()[1:] == [{"event": "error", "sentence": str(refusal), "pdf": pdf}]
    assert not reading.folder.exists()


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_conversion_that_fails_is_said_after_what_came(reading: Reading, after: int) -> None:
    reading.maker.failure, reading.maker.fails_after = Unreachable("It takes too long."), after
    told = reading.read()
    assert len(told) == 1 + after + 1
    assert told[-1] == {"event": "error", "sentence": "It takes too long.", "pdf": False}


def test_a_page_that_could_not_be_converted_to_its_end_is_converted_again_and_not_fetched(
    reading: Reading,
) -> None:
    reading.maker.failure, reading.maker.fails_after = Unreachable("It takes too long."), 2
    reading.read()
    reading.maker.failure = None
    assert reading.kinds() == ["page", "part", "part", "end"]
    assert reading.site.asked == 1


def test_a_better_converter_makes_the_parts_of_a_kept_page_anew(reading: Reading) -> None:
    reading.read()
    reading.maker.version, reading.maker.parts = 2, [Part("", 0, "", "Better.")]
    told = reading.read()
    assert [event["event"] for event in told] == ["page", "part", "end"]
    assert told[1]["markdown"] == "Better."
    assert reading.maker.converted == [b"<html>1", b"<html>1"]
    assert reading.read() == told
    assert len(reading.maker.converted) == 2
    assert reading.site.asked == 1


def test_a_damaged_page_is_said_and_fetched_anew(reading: Reading) -> None:
    reading.read()
    (path,) = reading.folder.glob("*.html.gz")
    path.write_bytes(b"damage")
    told = reading.read()
    assert [event["event"] for event in told] == ["notice", "asking", "page", "part", "part", "end"]
    assert "is damaged" in told[0]["sentence"]
    assert reading.kinds() == ["page", "part", "part", "end"]


def test_a_page_that_cannot_be_kept_is_read_all_the_same(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise ArchiveUnusable("The disk is full.")

    monkeypatch.setattr(PageShelf, "keep", full)
    monkeypatch.setattr(PageShelf, "keep_parts", full)
    told = reading.read()
    assert [event["event"] for event in told] == ["asking", "page", "part", "notice", "part", "end"]
    assert told[3]["sentence"] == "The disk is full."

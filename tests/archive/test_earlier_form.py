"""Listing days that the first version wrote: their papers stay, and what it did not tell is owed."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from triage.archive import open_archive
from triage.ledger import Completeness, ListingState, Sections
from triage.listing_day import Calendar
from triage.owing import owed
from triage.paper import Kind, Paper

DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)
NOT_TOLD = "Fetched by an earlier version, which did not tell whose papers these are."
KINDS = (Kind.NEW, Kind.NEW, Kind.CROSS, Kind.REPLACE, Kind.REPLACE_CROSS)


def told(completeness: str, announced: int, **fields: object) -> Mapping[str, object]:
    """What the first version knew of a category."""
    known = {"listed": DAY.isoformat(), "source": "rss", "sentence": "", "fetched_at": "", "details": True}
    return {"completeness": completeness, "announced": announced} | known | fields


def write(folder: Path, states: Mapping[str, Mapping[str, object]], kinds: Sequence[Kind] = KINDS) -> Path:
    """A file of the first form."""
    rows, records, offset = [], [], 0
    for number, kind in enumerate(kinds):
        paper: dict[str, object] = {
            "id": f"2611.{number:05}",
            "title": f"Title {number}",
            "abstract": f"Abstract {number}.",
        }
        paper |= {"kind": kind.value, "version": 1}
        record = json.dumps(paper).encode() + b"\n"
        rows.append([paper["id"], 1, kind.value, paper["title"], offset, len(record) - 1])
        records.append(record)
        offset += len(record)
    of_states = {name: {"category": name} | dict(state) for name, state in states.items()}
    head = {"form": 1, "day": DAY.isoformat(), "length": offset, "states": of_states, "rows": rows}
    path = folder / "archive" / f"{DAY}.jsonl"
    path.parent.mkdir()
    path.write_bytes(json.dumps(head).encode() + b"\n" + b"".join(records))
    return path


def test_all_papers_of_a_day_of_one_category_are_its_own(tmp_path: Path) -> None:
    write(tmp_path, {"cs.CL": told("complete", 5), "cs.LG": told("failed", 0, sentence="No answer.")})
    archive = open_archive(tmp_path)
    known = archive.states("cs.CL")[DAY]
    assert (known.completeness, known.sections, known.details) == (
        Completeness.COMPLETE,
        Sections(2, 1, 2),
        True,
    )
    listing = archive.listing(DAY)
    assert listing is not None
    assert dict(listing.members) == {"cs.CL": range(5)}
    assert [archive.paper(row).abstract for row in listing.rows] == [f"Abstract {at}." for at in range(5)]
    assert list(owed(archive.states("cs.CL"), Calendar(), NOW)) == []
    failed = archive.states("cs.LG")[DAY]
    assert (failed.completeness, failed.sentence) == (Completeness.FAILED, "No answer.")


def test_a_listing_that_was_cut_off_stays_so(tmp_path: Path) -> None:
    write(tmp_path, {"cs.CL": told("cut off", 5, sentence="Some are missing.")})
    known = open_archive(tmp_path).states("cs.CL")[DAY]
    assert (known.completeness, known.sentence) == (Completeness.CUT_OFF, "Some are missing.")


def test_a_day_of_several_categories_is_owed_by_each(tmp_path: Path) -> None:
    write(tmp_path, {"cs.CL": told("complete", 3), "cs.LG": told("complete", 4)})
    archive = open_archive(tmp_path)
    for name, announced in (("cs.CL", 3), ("cs.LG", 4)):
        known = archive.states(name)[DAY]
        assert (known.completeness, known.sentence) == (Completeness.CUT_OFF, NOT_TOLD)
        assert known.announced == announced
        assert list(owed(archive.states(name), Calendar(), NOW)) == [DAY]


def test_what_is_fetched_again_is_complete_and_the_rest_still_owed(tmp_path: Path) -> None:
    path = write(tmp_path, {"cs.CL": told("complete", 3), "cs.LG": told("complete", 4)})
    archive = open_archive(tmp_path)
    came = [
        Paper(f"2611.{at:05}", f"Title {at}", ("Ann Author",), f"Abstract {at}.", 1, KINDS[at])
        for at in range(3)
    ]
    whole = ListingState("cs.CL", Completeness.COMPLETE, DAY.isoformat(), Sections(2, 1), "catchup")
    archive.store(DAY, came, {"cs.CL": whole}, anew=True)
    for opened in (archive, open_archive(tmp_path)):
        assert opened.states("cs.CL")[DAY].completeness is Completeness.COMPLETE
        assert opened.states("cs.LG")[DAY].sentence == NOT_TOLD
        listing = opened.listing(DAY)
        assert listing is not None
        assert len(listing.rows) == len(KINDS)
        assert list(listing.members["cs.CL"]) == [0, 1, 2]
    assert json.loads(path.read_bytes().splitlines()[0])["form"] == 2


@pytest.mark.parametrize("completeness", ["arXiv rests", "failed"])
def test_what_brought_no_papers_stays_as_it_was(tmp_path: Path, completeness: str) -> None:
    write(tmp_path, {"cs.CL": told(completeness, 0, sentence="Nothing.")}, kinds=())
    known = open_archive(tmp_path).states("cs.CL")[DAY]
    assert (known.completeness, known.sentence, known.announced) == (completeness, "Nothing.", 0)

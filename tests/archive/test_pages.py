"""Kept pages: read back as they were, whole or not at all, and damage is set aside."""

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from triage.archive.pages import PageShelf, open_shelf
from triage.full_text import Fetched, Kept, Page, Part
from triage.ports import ArchiveUnusable

HTML = "<html>Zoë\0\xff".encode() * 50
PAGE = Page("2311.00001", 2, "On Tea", "https://arxiv.org/html/2311.00001v2", "2026-11-20T08:00:00+00:00")
KEPT = Kept(PAGE, 2, Fetched(PAGE.id, PAGE.url, HTML, "utf-8"))
PARTS = [
    Part("", 0, "", "Zoë"),
    Part("S1", 1, "1 Tea", "Hot\n\nand \N{LINE SEPARATOR} good", (("S1.E1", 2),)),
]


@pytest.fixture
def shelf(tmp_path: Path) -> PageShelf:
    return PageShelf(tmp_path / "pages")


def test_nothing_is_kept_and_nothing_made_before_something_is(shelf: PageShelf, tmp_path: Path) -> None:
    assert shelf.find("2311.00001") is None
    assert shelf.parts(KEPT, 1) is None
    assert list(tmp_path.iterdir()) == []


def test_a_page_and_its_parts_read_back_as_they_were(tmp_path: Path) -> None:
    writing = open_shelf(tmp_path)
    writing.keep(KEPT)
    writing.keep_parts(KEPT, 3, PARTS)
    reading = open_shelf(tmp_path)
    kept = reading.find("2311.00001")
    assert kept == KEPT
    assert reading.parts(KEPT, 3) == PARTS
    assert sorted(path.name for path in (tmp_path / "archive" / "pages").glob("2*")) == [
        "2311.00001.html.gz",
        "2311.00001.parts.gz",
    ]


def test_a_page_takes_the_place_of_the_one_before(shelf: PageShelf) -> None:
    shelf.keep(KEPT)
    shelf.keep_parts(KEPT, 1, PARTS)
    later = Kept(
        Page(PAGE.id, 3, "On Tea again", PAGE.url, PAGE.fetched), None, Fetched(PAGE.id, PAGE.url, b"new")
    )
    shelf.keep(later)
    assert shelf.find(PAGE.id) == later
    assert shelf.parts(later, 1) is None


def test_parts_of_another_version_of_the_converter_are_not_taken(shelf: PageShelf) -> None:
    shelf.keep_parts(KEPT, 1, PARTS)
    assert shelf.parts(KEPT, 2) is None
    assert shelf.parts(KEPT, 1) == PARTS


def test_an_old_id_has_a_name_of_its_own_within_the_folder(tmp_path: Path) -> None:
    shelf = PageShelf(tmp_path)
    old = Kept(Page("hep-th/9901001", None, "", "u", ""), None, Fetched("hep-th/9901001", "u", b"x"))
    shelf.keep(old)
    assert shelf.find("hep-th/9901001") == old
    assert (tmp_path / "hep-th_9901001.html.gz").exists()


def written(shelf: PageShelf) -> Path:
    shelf.keep(KEPT)
    (path,) = shelf._folder.glob("*.html.gz")
    return path


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: whole[: len(whole) // 2],
        lambda _: b"",
        lambda _: b"no gzip",
        lambda whole: whole[:-8] + b"\0" * 8,
        lambda whole: whole[:30] + b"\xff" * 8 + whole[38:],
        lambda _: gzip.compress(b"no json\nx"),
        lambda _: gzip.compress(b"[1]\nx"),
        lambda _: gzip.compress(b'{"form": 1}\nx'),
        lambda whole: gzip.compress(gzip.decompress(whole).replace(b"2311.00001", b"2311.00009")),
        lambda _: gzip.compress(b" " * (65 * 1024 * 1024)),
    ],
)
def test_a_damaged_page_is_set_aside_and_told_once(
    shelf: PageShelf, damage: Callable[[bytes], bytes]
) -> None:
    path = written(shelf)
    bad = damage(path.read_bytes())
    path.write_bytes(bad)
    assert shelf.find(PAGE.id) is None
    assert shelf.find(PAGE.id) is None
    (notice,) = shelf.notices
    assert str(path) in notice
    assert "2311.00001.html.gz.damaged-1" in notice
    assert (path.parent / "2311.00001.html.gz.damaged-1").read_bytes() == bad
    shelf.keep(KEPT)
    assert shelf.find(PAGE.id) == KEPT


def test_a_page_of_a_newer_form_is_left_alone(shelf: PageShelf) -> None:
    path = written(shelf)
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b'"form":1', b'"form":2')))
    assert shelf.find(PAGE.id) is None
    assert shelf.notices == ()
    assert path.exists()


@pytest.mark.parametrize(
    "damage",
    [b"", b"no gzip", gzip.compress(b"{}\n{}\n"), gzip.compress(b"x")],
    ids=["empty", "no gzip", "no parts", "no JSON"],
)
def test_damaged_parts_are_passed_over(shelf: PageShelf, damage: bytes) -> None:
    shelf.keep_parts(KEPT, 1, PARTS)
    (path,) = shelf._folder.glob("*.parts.gz")
    path.write_bytes(damage)
    assert shelf.parts(KEPT, 1) is None
    assert shelf.notices == ()


def test_parts_without_their_end_are_not_all(shelf: PageShelf) -> None:
    shelf.keep_parts(KEPT, 1, PARTS)
    (path,) = shelf._folder.glob("*.parts.gz")
    lines = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
    path.write_bytes(gzip.compress(b"".join(lines[:-1])))
    assert shelf.parts(KEPT, 1) is None


def test_what_cannot_be_written_is_said_and_leaves_no_half(tmp_path: Path) -> None:
    (tmp_path / "pages").write_text("a file in its place")
    with pytest.raises(ArchiveUnusable, match="could not be kept for reading offline"):
        PageShelf(tmp_path / "pages").keep(KEPT)


def test_a_writer_that_was_killed_leaves_the_old_page(shelf: PageShelf) -> None:
    path = written(shelf)
    (path.parent / f".writing-{os.getpid()}-{path.name}").write_bytes(b"half")
    assert shelf.find(PAGE.id) == KEPT
    shelf.keep(KEPT)
    assert list(path.parent.glob(".writing-*")) == []

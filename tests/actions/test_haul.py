"""Making, exporting and publishing hauls, over a real library and real files."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.actions.conftest import NOW, paper
from triage import post
from triage.actions import comment, decide, note, post_files
from triage.actions import haul as hauls
from triage.actions.haul import Refused
from triage.actions.numbering import next_number
from triage.desktop.posts import PostFiles
from triage.library import open_library
from triage.ports import Library, NotSaved, Unreachable
from triage.settings import HaulSettings, Settings
from triage.steps import CURRENT, NEXT, Change, Step

SETTINGS = Settings()


def published(library: Library, posts: PostFiles, number: int) -> hauls.Published:
    decide.keep(library, [paper(number)], NOW)
    return hauls.publish(library, posts, SETTINGS, NOW, number=number)


def test_entries_stand_in_the_order_of_their_titles_with_note_and_excerpt(library: Library) -> None:
    papers = [
        replace(paper(1), title="beta"),
        replace(paper(2), title=r"$\alpha$"),
        replace(paper(3), title="Alpha"),
    ]
    decide.keep(library, papers, NOW)
    note.write(library, papers[0], "Noted.", NOW)
    haul = hauls.current(library, SETTINGS, NOW)
    assert [entry.title for entry in haul.entries] == ["Alpha", "beta", "α"]
    assert haul.entries[1].note == "Noted."
    assert haul.entries[1].excerpt == "We count to 1."
    assert (haul.number, haul.title) == (1, "ML Arxiv Haul ~1")


def test_a_page_without_a_title_stands_under_its_link(library: Library) -> None:
    page = replace(paper(1), id="https://example.org/a", title="", abstract="")
    decide.keep(library, [page], NOW)
    (entry,) = hauls.current(library, SETTINGS, NOW).entries
    assert (entry.title, entry.link) == ("https://example.org/a", "https://example.org/a")


def test_the_first_export_sets_the_moment_and_later_ones_keep_it(library: Library) -> None:
    decide.keep(library, [paper(1)], NOW)
    first = hauls.post_of(library, SETTINGS, NOW)
    assert hauls.post_of(library, SETTINGS, NOW + timedelta(days=3)) == first
    assert b"published_at: 2026-11-20T08:30:00.000Z" in first
    undone = library.undo()
    assert undone is not None
    assert undone.target.what == "keep"


def test_an_empty_haul_is_exported_without_setting_a_moment(library: Library) -> None:
    assert b"snippet: 0 more" in hauls.post_of(library, SETTINGS, NOW)
    assert library.haul(CURRENT) is None


def test_publish_freezes_entries_moves_comments_and_brings_what_is_held(
    library: Library, posts: PostFiles
) -> None:
    decide.keep(library, [paper(1)], NOW)
    decide.keep(library, [paper(2)], NOW, hold=True)
    note.write(library, paper(1), "Noted.", NOW)
    comment.add(library, "A comment.")
    before = hauls.post_of(library, SETTINGS, NOW)
    done = hauls.publish(library, posts, SETTINGS, NOW)
    assert (done.number, done.entries, done.place) == (1, 1, f"{posts.folder}/haul-1.md")
    assert posts.read(done.place) == before
    (document,) = library.hauls()
    assert hauls.post_of(library, SETTINGS, NOW, key=document["id"]) == before
    assert [record["id"] for record in library.in_haul(CURRENT)] == ["2611.00002"]
    assert not library.in_haul(NEXT)
    assert not library.comments(CURRENT)
    assert "note" not in (library.paper("2611.00001") or {})
    later = Settings(haul=HaulSettings(title="Something else {number}"))
    assert hauls.post_of(library, later, NOW, key=document["id"]) == before


def test_a_published_haul_is_the_same_after_a_restart(tmp_path: Path, posts: PostFiles) -> None:
    library = open_library(tmp_path / "data", state=tmp_path / "state")
    place = published(library, posts, 7).place
    library.close()
    library = open_library(tmp_path / "data", state=tmp_path / "state")
    key = hauls.key_of_number(library, 7)
    assert hauls.post_of(library, SETTINGS, NOW, key=key) == posts.read(place)
    assert next_number(library) == 8
    library.close()


def test_undo_of_a_publish_makes_the_haul_current_and_leaves_its_file_ours(
    library: Library, posts: PostFiles
) -> None:
    decide.keep(library, [paper(1)], NOW)
    note.write(library, paper(1), "Noted.", NOW)
    decide.keep(library, [paper(2)], NOW, hold=True)
    comment.add(library, "A comment.")
    before = hauls.current(library, SETTINGS, NOW)
    place = hauls.publish(library, posts, SETTINGS, NOW).place
    library.undo()
    assert hauls.current(library, SETTINGS, NOW) == before
    assert not library.hauls()
    assert [record["id"] for record in library.in_haul(NEXT)] == ["2611.00002"]
    assert posts.hash(place)
    note.write(library, paper(1), "Noted better.", NOW)
    assert hauls.publish(library, posts, SETTINGS, NOW).place == place
    assert b"Noted better." in posts.read(place)


def test_numbers_follow_the_highest_or_what_the_user_said(library: Library, posts: PostFiles) -> None:
    published(library, posts, 20)
    published(library, posts, 5)
    assert next_number(library) == 21
    hauls.say_number(library, 30)
    assert hauls.current(library, SETTINGS, NOW).number == 30
    with pytest.raises(Refused, match="Number 20 is in use"):
        hauls.say_number(library, 20)
    decide.keep(library, [paper(3)], NOW)
    with pytest.raises(Refused, match="Number 5 is in use by a published haul; the next free one is 21"):
        hauls.publish(library, posts, SETTINGS, NOW, number=5)
    assert hauls.publish(library, posts, SETTINGS, NOW).number == 30
    assert hauls.current(library, SETTINGS, NOW).number == 31


class Full:
    """A library whose disk is full from the n-th Step on."""

    def __init__(self, library: Library, good: int) -> None:
        self._library = library
        self._good = good

    def __getattr__(self, name: str) -> object:
        return getattr(self._library, name)

    def record(self, what: str, changes: Iterable[Change]) -> Step:
        self._good -= 1
        if self._good < 0:
            raise NotSaved("the disk is full")
        return self._library.record(what, changes)


@pytest.mark.parametrize("good", [0, 1])
def test_a_publish_that_is_not_saved_writes_no_file(good: int, library: Library, posts: PostFiles) -> None:
    decide.keep(library, [paper(1)], NOW)
    with pytest.raises(NotSaved):
        hauls.publish(Full(library, good), posts, SETTINGS, NOW)  # type: ignore[arg-type]  # by __getattr__
    assert not library.hauls()
    assert len(library.in_haul(CURRENT)) == 1
    assert list(Path(posts.folder).iterdir()) == []


def test_a_place_that_cannot_be_written_leaves_the_haul_current(
    library: Library, posts: PostFiles, tmp_path: Path
) -> None:
    decide.keep(library, [paper(1)], NOW)
    (tmp_path / "file").write_text("")
    with pytest.raises(Unreachable, match="cannot be written"):
        hauls.publish(library, posts, SETTINGS, NOW, place=str(tmp_path / "file" / "post.md"))
    assert not library.hauls()


def foreign(posts: PostFiles, place: str) -> None:
    posts.write(place, b"mine\n")


def edited(posts: PostFiles, place: str) -> None:
    posts.write(place, posts.read(place) + b"mine\n")


@pytest.mark.parametrize(("spoil", "says"), [(foreign, "is there already"), (edited, "was edited since")])
def test_a_file_that_is_not_ours_or_was_edited_is_left_alone(
    spoil: Callable[[PostFiles, str], None], says: str, library: Library, posts: PostFiles, tmp_path: Path
) -> None:
    place = str(tmp_path / "post.md")
    decide.keep(library, [paper(1)], NOW)
    if spoil is edited:
        hauls.export(library, posts, hauls.post_of(library, SETTINGS, NOW), place)
    spoil(posts, place)
    spoilt = posts.read(place)
    decide.keep(library, [paper(2)], NOW)
    data = hauls.post_of(library, SETTINGS, NOW)
    with pytest.raises(Refused, match=says):
        hauls.export(library, posts, data, place)
    with pytest.raises(Refused, match=says):
        hauls.publish(library, posts, SETTINGS, NOW, place=place)
    assert posts.read(place) == spoilt
    assert hauls.export(library, posts, data, place, overwrite=True) == place
    assert posts.read(place) == data


def test_another_hauls_post_is_not_overwritten(library: Library, posts: PostFiles, tmp_path: Path) -> None:
    settings = Settings(haul=HaulSettings(path=str(tmp_path / "haul.md")))
    decide.keep(library, [paper(1)], NOW)
    hauls.publish(library, posts, settings, NOW)
    decide.keep(library, [paper(2)], NOW)
    with pytest.raises(Refused, match="no file of this haul"):
        hauls.publish(library, posts, settings, NOW)


def test_a_file_with_the_same_bytes_is_fine(library: Library, posts: PostFiles, tmp_path: Path) -> None:
    decide.keep(library, [paper(1)], NOW)
    data = hauls.post_of(library, SETTINGS, NOW)
    place = str(tmp_path / "post.md")
    posts.write(place, data)
    assert hauls.export(library, posts, data, place) == place
    decide.keep(library, [paper(2)], NOW)
    hauls.export(library, posts, hauls.post_of(library, SETTINGS, NOW), place)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("ML Arxiv Haul ~20", "ml-arxiv-haul-20"),
        ("../../etc/passwd", "etc-passwd"),
        ("Über Øl", "uber-ol"),
        ("論文", "haul"),
        ("", "haul"),
        ("x" * 300, "x" * 80),
    ],
)
def test_a_slug_is_a_safe_part_of_a_file_name(title: str, slug: str) -> None:
    assert post_files.slug(title) == slug


def test_what_a_publish_writes_reads_back_as_the_same_haul(library: Library, posts: PostFiles) -> None:
    decide.keep(library, [paper(1), paper(2)], NOW)
    note.write(library, paper(1), "- a list\n\n  with <br/> and & < > \u200a", NOW)
    comment.add(library, "1. one\n2. two")
    place = hauls.publish(library, posts, SETTINGS, NOW, number=9).place
    reading = post.read(posts.read(place).decode())
    assert reading.unread == ()
    assert reading.haul.number == 9
    key = hauls.key_of_number(library, 9)
    assert reading.haul.entries == hauls.published(library, key).entries

"""Posts read back: the same bytes out again, the same haul on every machine."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.actions.conftest import NOW, paper
from tests.importing import import_post
from triage.actions import decide, note
from triage.actions import haul as hauls
from triage.actions.haul import Refused
from triage.actions.numbering import next_number
from triage.desktop.posts import PostFiles
from triage.library import open_library
from triage.paper import Kind, Paper, Row, Verdict
from triage.ports import Archive, Library
from triage.replacement import Mark, marks
from triage.settings import Settings
from triage.steps import CURRENT

SETTINGS = Settings()
SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "000_19ccb1c8a3744eca.txt"


def card(link: str, title: str, note_: str) -> str:
    lines = ["<blockquote>", f'    <a href="{link}">', f"    <h4>{title}</h4>", "    <p>", "It begins…"]
    return "\n".join([*lines, "    </p>", "    </a>", "</blockquote>", "", note_, "", ""])


def post_text(number: int, *cards: str) -> str:
    front = f"---\ntitle: ML Arxiv Haul ~{number}\npublished_at: 2023-06-30T03:06:00.000Z\n---\n"
    entries = "<hr/>\n\n".join(cards)
    return f"{front}\n## New Paper Content\n\n{entries}<br/>\n<br/>\n<br/>\n"


OURS = "https://arxiv.org/abs/2611.00001"
TEXT = post_text(7, card(OURS, "On the number 1", "One."), card("https://example.org/x", "Page", "Two."))


def bring(library: Library, archive: Archive, posts: PostFiles, text: str, name: str = "post.md") -> int:
    posts.write(f"{posts.folder}/{name}", text.encode())
    return import_post(library, archive, posts, SETTINGS, f"{posts.folder}/{name}", NOW).number


def exported(library: Library, number: int) -> str:
    return hauls.post_of(library, SETTINGS, NOW, key=hauls.key_of_number(library, number)).decode()


def test_an_imported_post_is_exported_as_it_was(library: Library, archive: Archive, posts: PostFiles) -> None:
    assert bring(library, archive, posts, TEXT) == 7
    assert exported(library, 7) == TEXT
    assert library.verdict("2611.00001") is Verdict.KEEP
    record = library.paper("2611.00001") or {}
    assert record["abstract"] == "We count to 1."
    assert record["at"] == "2023-06-30T03:06:00Z"
    assert (library.paper("https://example.org/x") or {})["title"] == "Page"
    library.undo()
    assert not library.hauls()
    assert not list(library.papers())


def test_a_changed_note_changes_the_export_there_and_nowhere_else(
    library: Library, archive: Archive, posts: PostFiles
) -> None:
    bring(library, archive, posts, TEXT)
    note.write(library, paper(1), "Another  note.", NOW)
    assert exported(library, 7) == TEXT.replace("One.", "Another  note.")


def test_the_same_post_again_changes_nothing_and_another_of_its_number_is_refused(
    library: Library, archive: Archive, posts: PostFiles
) -> None:
    bring(library, archive, posts, TEXT)
    told = import_post(library, archive, posts, SETTINGS, f"{posts.folder}/post.md", NOW)
    assert told.known
    with pytest.raises(Refused, match="the library has another haul 7"):
        bring(library, archive, posts, TEXT.replace("One.", "Different."), "other.md")
    assert len(list(library.history())) == 1


def test_a_post_published_here_is_known_when_it_is_imported(
    library: Library, archive: Archive, posts: PostFiles
) -> None:
    decide.keep(library, [paper(1)], NOW)
    place = hauls.publish(library, posts, SETTINGS, NOW).place
    assert import_post(library, archive, posts, SETTINGS, place, NOW).known


def test_two_machines_that_import_one_post_have_one_haul(
    tmp_path: Path, archive: Archive, posts: PostFiles
) -> None:
    libraries = [open_library(tmp_path / name, state=tmp_path / f"{name}-state") for name in ("a", "b")]
    for library in libraries:
        bring(library, archive, posts, TEXT)
    keys = {haul["id"] for library in libraries for haul in library.hauls()}
    assert len(keys) == 1
    assert len({exported(library, 7) for library in libraries}) == 1
    for library in libraries:
        library.close()


def test_a_paper_of_the_current_haul_stays_in_it(
    library: Library, archive: Archive, posts: PostFiles
) -> None:
    decide.keep(library, [paper(1)], NOW)
    bring(library, archive, posts, TEXT)
    assert (library.paper("2611.00001") or {})["haul"] == CURRENT
    assert exported(library, 7) == TEXT


def test_a_paper_in_two_posts_is_in_the_later_one_whatever_the_order(
    library: Library, archive: Archive, posts: PostFiles
) -> None:
    for number in (8, 7, 9):
        text = post_text(number, card(OURS, "On the number 1", f"In {number}."))
        bring(library, archive, posts, text, f"{number}.md")
    assert note.note_of(library, "2611.00001") == "In 9."
    notes = [said for _, said in note.notes_by_haul(library, "2611.00001")]
    assert notes == ["In 7.", "In 8.", "In 9."]


def test_two_cards_of_one_paper_stay_two_cards(library: Library, archive: Archive, posts: PostFiles) -> None:
    text = post_text(7, card(OURS, "On the number 1", "One."), card(OURS, "On the number 1", "Again."))
    bring(library, archive, posts, text)
    assert exported(library, 7) == text
    assert [record["id"] for record in library.papers()] == ["2611.00001"]


@pytest.mark.skipif(not SEED.is_file(), reason="the seed lies beside the checkout, in ../shared")
def test_the_seed_comes_back_to_the_byte(library: Library, archive: Archive, posts: PostFiles) -> None:
    text = SEED.read_text(encoding="utf-8")
    assert bring(library, archive, posts, text) == 20
    assert exported(library, 20) == text
    assert len(text.encode()) == 11_423
    assert next_number(library) == 21


def test_a_replacement_that_was_announced_after_the_post_is_still_to_be_looked_at(
    library: Library, archive: Archive, posts: PostFiles
) -> None:
    later = replace(paper(1, Kind.REPLACE), version=2, listed="2026-11-23")
    archive.store(date(2026, 11, 23), [later], {})
    bring(library, archive, posts, TEXT)
    row = Row(later.id, later.title, Kind.REPLACE, 2, "2026-11-23")
    assert marks(library.verdict, library.paper)(row) is Mark.OPEN


def test_a_paper_whose_record_is_damaged_has_the_posts_excerpt(
    library: Library, archive: Archive, posts: PostFiles
) -> None:
    key = "2611.00009"
    archive.store(date(2023, 6, 29), [Paper(key, "On the number 9", version=1)], {})
    text = post_text(7, card(f"https://arxiv.org/abs/{key}", "On the number 9", "One."))
    bring(library, archive, posts, text)
    record = library.paper(key) or {}
    assert (record["abstract"], record["listed"], record["version"]) == ("It begins…", "2023-06-29", 1)

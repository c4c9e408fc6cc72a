"""The same haul published on two machines: both stand, and the later one gets another number."""

from pathlib import Path

import pytest

from tests.actions.conftest import NOW, paper
from tests.library.made import seen
from tests.published_twice import SETTINGS, Both, both_published, library_of, posts_of, sync
from triage.actions import comment, decide, note
from triage.actions import haul as hauls
from triage.actions.haul import Edited, Foreign, Refused
from triage.actions.numbering import current_number, next_number, of_number, twice
from triage.actions.renumber import later_of, renumber, renumbered
from triage.haul import Entry, Field, Haul
from triage.settings import HaulSettings
from triage.steps import CURRENT


@pytest.fixture
def both(tmp_path: Path) -> Both:
    return both_published(tmp_path)


def test_both_hauls_are_exported_as_they_were_published_on_either_machine(both: Both) -> None:
    assert seen(both.first) == seen(both.later)
    for library in (both.first, both.later):
        found = of_number(library, 1)
        told = [hauls.post_of(library, SETTINGS, NOW, key=haul["id"]) for haul in found]
        assert told == [both.first_post, both.later_post]
        assert hauls.key_of_number(library, 1) == found[0]["id"]
        assert [haul["id"] for haul in twice(library)] == [found[1]["id"]]
        assert library.in_haul(CURRENT) == library.comments(CURRENT) == []


def test_the_later_one_by_the_order_of_steps_gets_the_next_number_and_its_post_anew(
    both: Both, tmp_path: Path
) -> None:
    posts = posts_of(tmp_path, "first")
    done = renumber(both.first, posts, SETTINGS, NOW, later_of(both.first, 1), 2)
    assert done.place == str(tmp_path / "first" / "data" / "posts" / "haul-2.md")
    assert Path(done.place).read_bytes() == both.later_post.replace(b"Haul ~1\n", b"Haul ~2\n")
    # The file of the other haul is not touched.
    assert (tmp_path / "first" / "data" / "posts" / "haul-1.md").read_bytes() == both.first_post
    sync(tmp_path, both.first, both.later)
    for library in (both.first, both.later):
        assert twice(library) == []
        assert current_number(library) == 3
        assert [haul["number"] for haul in library.hauls()] == [1, 2]
        with pytest.raises(Refused, match="keeps it"):
            later_of(library, 1)
    # It is one step, and goes back as one.
    undone = both.first.undo()
    assert undone is not None
    assert undone.target.what == "number"
    assert len(twice(both.first)) == 1
    assert Path(done.place).exists()


def test_a_number_in_use_and_a_file_in_the_way_are_refused_and_nothing_changes(
    both: Both, tmp_path: Path
) -> None:
    posts, before = posts_of(tmp_path, "later"), seen(both.later)
    key = later_of(both.later, 1)
    with pytest.raises(Refused, match="in use"):
        renumber(both.later, posts, SETTINGS, NOW, key, 1)
    Path(posts.folder, "haul-2.md").write_text("mine")
    with pytest.raises(Foreign, match="no file of this haul"):
        renumber(both.later, posts, SETTINGS, NOW, key, 2)
    Path(posts.folder, "haul-1.md").write_text("edited")
    with pytest.raises(Edited):
        renumber(both.later, posts, SETTINGS, NOW, key, 2, place=f"{posts.folder}/haul-1.md")
    assert seen(both.later) == before


def test_a_comment_that_two_machines_published_is_in_both_posts_until_it_is_taken_out(both: Both) -> None:
    first, later = of_number(both.first, 1)
    ours = both.first.comments(later["id"])
    assert ours[0]["text"] == "Of both."
    comment.edit(both.first, ours[0], "Edited.")
    told = hauls.published(both.first, later["id"]).comments
    assert told[0].text == "Edited."
    assert hauls.post_of(both.first, SETTINGS, NOW, key=first["id"]) == both.first_post
    comment.remove(both.first, both.first.comments(later["id"])[0])
    assert "Edited." not in hauls.post_of(both.first, SETTINGS, NOW, key=later["id"]).decode()
    assert hauls.post_of(both.first, SETTINGS, NOW, key=first["id"]) == both.first_post


def test_what_is_edited_or_removed_after_publish_stays_so_when_the_other_publish_comes(
    tmp_path: Path,
) -> None:
    both = both_published(tmp_path)
    first = of_number(both.first, 1)[0]["id"]
    (own,) = [one for one in both.first.comments(first) if one["text"] == "Of the first."]
    comment.edit(both.first, own, "Corrected.")
    assert (both.first.haul(first) or {})["comments"][own["id"]]["text"] == "Corrected."
    comment.remove(both.first, both.first.comments(first)[0])
    assert own["id"] not in ((both.first.haul(first) or {}).get("comments") or {})


def test_undo_of_one_publish_leaves_the_other_as_it_is(both: Both) -> None:
    undone = both.later.undo()
    assert undone is not None
    assert undone.target.what == "publish"
    (left,) = of_number(both.later, 1)
    assert hauls.post_of(both.later, SETTINGS, NOW, key=left["id"]) == both.first_post
    assert both.later.comments(CURRENT)[0]["text"] == "Of both."
    assert "Noted on the later one." in repr(both.later.in_haul(CURRENT))


def test_a_number_that_no_haul_has_is_told_with_those_that_there_are(both: Both, tmp_path: Path) -> None:
    renumber(both.first, posts_of(tmp_path, "first"), SETTINGS, NOW, later_of(both.first, 1), 7)
    with pytest.raises(Refused, match=r"There is no haul 3; the library holds 1, 7\.$"):
        hauls.key_of_number(both.first, 3)


def test_undo_of_a_publish_that_another_machine_gave_a_number_leaves_no_haul(
    both: Both, tmp_path: Path
) -> None:
    renumber(both.first, posts_of(tmp_path, "first"), SETTINGS, NOW, later_of(both.first, 1), 7)
    sync(tmp_path, both.first, both.later)
    undone = both.later.undo()
    assert undone is not None
    assert undone.target.what == "publish"
    sync(tmp_path, both.first, both.later)
    for library in (both.first, both.later):
        assert list(library.haul_numbers().values()) == [1]
        assert [haul["number"] for haul in library.hauls()] == [1]
        assert next_number(library) == 2
    both.first.undo()  # its number is taken back: none has it, for there is no such haul
    assert [hauls.post_of(both.first, SETTINGS, NOW, key=one["id"]) for one in of_number(both.first, 1)] == [
        both.first_post
    ]
    sync(tmp_path, both.first, both.later)
    both.later.redo()
    assert len(of_number(both.later, 1)) == 2


def test_a_note_written_while_another_machine_published_is_shown_beside_that_of_the_post(
    tmp_path: Path,
) -> None:
    first, later = library_of(tmp_path, "first"), library_of(tmp_path, "later")
    note.write(first, paper(1), "As published.", NOW)
    sync(tmp_path, first, later)
    hauls.publish(first, posts_of(tmp_path, "first"), SETTINGS, NOW)
    note.write(later, paper(1), "Written on the other one.", NOW)
    sync(tmp_path, first, later)
    for library in (first, later):
        assert note.note_of(library, paper(1).id) == "As published."
        assert note.older_notes(library, paper(1)) == [(CURRENT, "Written on the other one.")]
    decide.keep(first, [paper(1)], NOW)
    assert hauls.current(first, SETTINGS, NOW).entries[0].note == "Written on the other one."


def test_two_current_hauls_merge_with_every_paper_and_comment_once_and_in_one_order(tmp_path: Path) -> None:
    both = both_published(tmp_path)
    for library, number in ((both.first, 5), (both.later, 6)):
        decide.keep(library, [paper(7), paper(number)], NOW)
        comment.add(library, f"Of {number}.")
        comment.add(library, "The same.")
    sync(tmp_path, both.first, both.later)
    one, two = (hauls.current(library, SETTINGS, NOW) for library in (both.first, both.later))
    assert one == two
    assert [entry.key for entry in one.entries] == ["2611.00005", "2611.00006", "2611.00007"]
    assert sorted(said.text for said in one.comments) == ["Of 5.", "Of 6.", "The same.", "The same."]
    comment.move(both.first, both.first.comments(CURRENT)[0], 1)
    assert [one["place"] for one in both.first.comments(CURRENT)] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("title", "template", "after"),
    [
        ("ML Arxiv Haul ~20", "ML Arxiv Haul ~{number}", "ML Arxiv Haul ~21"),
        ("20 papers, haul 20, of 1 day", "x {number}", "20 papers, haul 20, of 1 day"),
        ("Spring: haul 20!", "x {number}", "Spring: haul 21!"),
        ("20: the 3 best", "{number}: the {count} best", "21: the 3 best"),
        ("No number", "x {number}", "No number"),
    ],
)
def test_the_title_bears_the_new_number_where_it_bore_the_old_one(
    title: str, template: str, after: str
) -> None:
    entries = tuple(Entry(str(number), f"https://example.org/{number}", "T") for number in range(3))
    front = (Field("title", title), Field("snippet", "Of haul 20: mine"))
    haul = Haul(20, front, entries=entries)
    made = renumbered(haul, HaulSettings(title=template, snippet="{count} in {number}"), 21)
    assert (made.number, made.title) == (21, after)
    assert made.value("snippet") == "Of haul 20: mine"
    ours = renumbered(haul.with_value("snippet", "3 in 20"), HaulSettings(snippet="{count} in {number}"), 21)
    assert ours.value("snippet") == "3 in 21"

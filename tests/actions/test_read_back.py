"""A post that was exported, edited by hand and read back: nothing is lost, the next export is the same."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.actions.conftest import NOW, paper
from tests.actions.exported_haul import SETTINGS, A, B, Bench, C, card
from tests.importing import import_post
from triage.actions import add, comment, decide, note, read_back
from triage.actions import haul as hauls
from triage.actions.haul import Edited, Refused
from triage.library import open_library
from triage.paper import Paper, Verdict
from triage.ports import Archive, Library, Unreachable
from triage.steps import CURRENT, HAULS, NEXT, PAPERS, change


@pytest.fixture
def bench(tmp_path: Path, library: Library, archive: Archive) -> Bench:
    return Bench(tmp_path, library, archive)


@pytest.fixture(params=["current", "published"])
def either(request: pytest.FixtureRequest, bench: Bench) -> Bench:
    """The same haul being made, and published."""
    if request.param == "published":
        bench.publish()
    return bench


def test_notes_comments_title_and_excerpt_are_taken_over_as_one_step(either: Bench) -> None:
    before = either.exported()
    either.edit("One.<br/>", "One, edited.<br/>")
    either.edit("- The first comment.", "- The first comment, longer.")
    either.edit("<h4>On the number 2</h4>", "<h4>On the &quot;number&quot; two</h4>")
    either.edit("We count to 3.", "We count &amp; count…")
    either.edit("tags: arxiv", "tags: arxiv, maths")
    edited = either.text
    looked = either.take_over()
    assert [(one.what.value, one.part, one.after) for one in looked.edits] == [
        ("changed", "", "arxiv, maths"),
        ("changed", "", "The first comment, longer."),
        ("changed", "note", "One, edited.<br/>\n> quoted"),
        ("changed", "title", 'On the "number" two'),
        ("changed", "excerpt", "We count & count…"),
        ("changed", "", ""),
    ]
    assert looked.is_exact
    assert either.exported() == edited
    assert either.export() == either.place
    assert either.text == edited
    undone = either.library.undo()
    assert undone is not None
    assert undone.target.what == "read back"
    assert undone.stayed == ()
    assert either.exported() == before
    either.library.redo()
    assert either.exported() == edited


def test_a_title_and_an_excerpt_of_ones_own_outlive_a_later_version_and_details(
    bench: Bench, archive: Archive
) -> None:
    bench.edit("<h4>On the number 2</h4>", "<h4>On two</h4>")
    bench.edit("We count to 3.", "Counting.")
    bench.take_over()
    add.fill_in(bench.library, replace(paper(2), doi="10.1/x"))
    later = replace(paper(2), title="On the number II", abstract="Anew.", version=2)
    record = bench.library.paper(B) or {}
    bench.library.record("details", change(PAPERS, B, record, **later.as_record()))
    assert (bench.entry(B).title, bench.entry(B).excerpt) == ("On two", "Anew.")
    assert bench.entry(C).excerpt == "Counting."
    bench.publish()
    assert bench.entry(B).title == "On two"
    assert (bench.library.haul(CURRENT) or {}).get("entries") is None


def test_a_correction_takes_the_place_of_what_a_hand_wrote(bench: Bench) -> None:
    bench.edit("<h4>On the number 2</h4>", "<h4>On two</h4>")
    bench.edit("We count to 2.", "Counting.")
    bench.take_over()
    assert add.to_correct(bench.library, B).title == "On two"
    add.correct(bench.library, B, title="On II")
    assert (bench.entry(B).title, bench.entry(B).excerpt) == ("On II", "Counting.")
    add.correct(bench.library, B, abstract="We count on.")
    assert bench.entry(B).excerpt == "We count on."
    bench.library.undo()
    bench.library.undo()
    assert (bench.entry(B).title, bench.entry(B).excerpt) == ("On two", "Counting.")


def test_a_deleted_card_leaves_the_haul_and_its_paper_is_skipped(either: Bench) -> None:
    cards = either.text.split("<hr/>\n\n")
    either.write("<hr/>\n\n".join([cards[0], cards[2]]))
    edited = either.text
    assert either.said() == ["removed entries: On the number 2"]
    either.take_over()
    assert either.library.verdict(B) is Verdict.SKIP
    assert [entry.key for entry in either.haul.entries] == [A, C]
    assert either.exported() == edited
    either.library.undo()
    assert either.library.verdict(B) is Verdict.KEEP
    assert [entry.key for entry in either.haul.entries] == [A, B, C]


def test_what_nobody_wrote_is_left_standing_until_the_haul_changes_again(bench: Bench) -> None:
    cards = bench.text.split("<hr/>\n\n")
    bench.write("<hr/>\n\n".join([cards[0], cards[2]]))
    bench.take_over()
    assert bench.haul.value("snippet") == "3 more ML papers and comments"
    decide.keep(bench.library, [paper(4), paper(5)], NOW)
    assert bench.haul.value("snippet") == "4 more ML papers and comments"


def test_a_card_is_deleted_after_another_key_of_the_front_matter_was_written(bench: Bench) -> None:
    bench.edit("tags: arxiv", "tags: maths")
    bench.take_over()
    start = bench.text.index("<blockquote>")
    bench.write(bench.text[:start] + bench.text[bench.text.index("<blockquote>", start + 1) :])
    bench.take_over()
    assert bench.exported() == bench.text
    assert "snippet: 3 more" in bench.text, "nobody has written another yet"
    decide.keep(bench.library, [paper(4)], NOW)
    decide.keep(bench.library, [paper(5)], NOW)
    assert "snippet: 4 more" in bench.exported()
    assert "tags: maths" in bench.exported()


def test_a_snippet_of_ones_own_stays_and_a_publish_counts_anew_what_nobody_wrote(bench: Bench) -> None:
    bench.edit("snippet: 3 more ML papers and comments", "snippet: A few papers")
    cards = bench.text.split("<hr/>\n\n")
    bench.write("<hr/>\n\n".join([cards[0], cards[2]]))
    bench.take_over()
    decide.keep(bench.library, [paper(4)], NOW)
    assert bench.haul.value("snippet") == "A few papers"
    bench.publish()
    assert bench.haul.value("snippet") == "A few papers"


def test_a_publish_counts_anew_what_was_only_left_standing(bench: Bench) -> None:
    cards = bench.text.split("<hr/>\n\n")
    bench.write("<hr/>\n\n".join([cards[0], cards[2]]))
    bench.take_over()
    bench.publish()
    assert bench.haul.value("snippet") == "2 more ML papers and comments"


def test_an_unknown_card_joins_the_haul_as_it_is(either: Bench) -> None:
    page = card("https://example.org/page?a=1&amp;b=2", "A page", "It says…") + "Read it.\n\n<hr/>\n\n"
    old = card("https://arxiv.org/abs/2405.00001", "An older paper") + "Old.\n\n<hr/>\n\n"
    either.edit("<blockquote>", page + old + "<blockquote>")
    edited = either.text
    looked = either.take_over()
    assert looked.added == ("https://example.org/page?a=1&b=2", "2405.00001")
    assert either.exported() == edited
    record = either.library.paper("2405.00001") or {}
    assert (record["verdict"], record["title"]) == ("keep", "An older paper")
    # What is looked up behind does not change what the hand wrote.
    add.fill_in(either.library, Paper("2405.00001", "An Older Paper", ("Ada",), "A whole abstract."))
    assert either.exported() == edited
    either.library.undo()
    assert either.library.verdict("2405.00001") is None


def test_an_order_of_ones_own_stays_and_what_is_new_goes_before_the_first_later_title(
    bench: Bench,
) -> None:
    cards = bench.text.split("<hr/>\n\n")
    last, end = cards[2].split("<br/>\n<br/>\n<br/>\n")
    head, *_ = bench.text.partition("<blockquote>")
    one, two, three = (part.removeprefix(head) for part in (cards[0], cards[1], last))
    bench.write(head + "<hr/>\n\n".join([three, one, two]) + "<br/>\n<br/>\n<br/>\n" + end)
    edited = bench.text
    assert bench.said() == ["moved entries: On the number 3"]
    bench.take_over()
    assert bench.exported() == edited
    decide.keep(bench.library, [replace(paper(4), title="On the number 1a")], NOW)
    assert [entry.key for entry in bench.haul.entries] == ["2611.00004", C, A, B]


def test_an_entry_whose_link_was_changed_by_hand_is_the_same_entry(either: Bench) -> None:
    either.edit(f"https://arxiv.org/abs/{A}", "https://journal.example/one")
    edited = either.text
    assert either.said() == ["changed link: On the number 1"]
    either.take_over()
    assert either.exported() == edited
    assert either.library.verdict(A) is Verdict.KEEP
    either.edit("One.", "Once.")
    assert either.said() == ["changed note: On the number 1"]


def test_comments_are_added_removed_moved_and_changed_each_under_its_own_id(either: Bench) -> None:
    comment.add(either.library, "The third: a word on the future of counting.", haul=either.key)
    either.export()
    first, second, third = either.library.comments(either.key)
    either.edit("- The first comment.\n\n", "")
    either.edit(
        "- The second\n  on two lines.\n\n- The third: a word on the future of counting.",
        "- The third: a word on the past of counting.\n\n- The second\n  on two lines.\n\n* A new\n  one",
    )
    edited = either.text
    assert either.said() == [
        "changed comments: The third: a word on the past of counting.",
        "added comments: * A new\n  one",
        "removed comments: ",
        "moved comments: The third: a word on the future of counting.",
    ]
    either.take_over()
    assert either.exported() == edited
    stand = either.library.comments(either.key)
    assert [one["id"] for one in stand[:2]] == [third["id"], second["id"]]
    either.library.undo()
    assert list(either.library.comments(either.key)) == [first, second, third]


def test_the_front_matter_keeps_keys_order_lines_and_form_of_a_hand(either: Bench) -> None:
    either.edit("tags: arxiv\n", "tags: [arxiv, ml]\n# a remark\nauthor: 'Ada'\n")
    either.edit("snippet: 3 more ML papers and comments\n", "")
    edited = either.text
    either.take_over()
    assert either.exported() == edited
    assert either.haul.value("tags") == "arxiv, ml"
    either.edit("author: 'Ada'\n", "")
    either.edit("title: ML Arxiv Haul ~1", "title: Haul, the first")
    edited = either.text
    either.take_over()
    assert either.exported() == edited


def test_a_number_written_into_the_title_is_the_hauls_number(either: Bench) -> None:
    either.edit("title: ML Arxiv Haul ~1", "title: ML Arxiv Haul ~7")
    edited = either.text
    assert either.take_over().number == 7
    assert either.haul.number == 7
    assert either.exported() == edited
    assert "front" not in (either.library.haul(CURRENT) or {})


def test_a_number_of_another_haul_is_refused(bench: Bench) -> None:
    hauls.publish(bench.library, bench.posts, bench.settings, NOW, place=bench.place)
    decide.keep(bench.library, [paper(4)], NOW)
    bench.place = f"{bench.posts.folder}/two.md"
    hauls.export_post(bench.library, bench.posts, bench.settings, NOW, bench.place)
    bench.edit("~2", "~1")
    with pytest.raises(Refused, match="Number 1 is in use"):
        bench.look()


def test_what_stands_around_the_parts_stays_where_a_hand_put_it(either: Bench) -> None:
    text = either.text.replace("\n\n## Comments", "\n\nHello there.\n\n\n## Comments")
    text = text.replace("## New Paper Content\n", "## New Paper Content\n\nAn introduction.\n")
    text = text.replace("</blockquote>\n\nOne.", "</blockquote>\n\n\n\nOne.") + "\nThe end.\n"
    either.write(text)
    looked = either.take_over()
    assert either.exported() == text
    assert [(one.line, one.text) for one in looked.unread] == [
        (8, "Hello there."),
        (20, "An introduction."),
        (text.count("\n"), "The end."),
    ]


@pytest.mark.parametrize("form", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_line_ends_and_a_byte_order_mark_of_another_editor_stay(
    form: Callable[[str], str], either: Bench
) -> None:
    either.edit("One.", "Once.")
    either.write(form(either.text))
    edited = either.text
    either.take_over()
    assert either.exported() == edited
    assert either.entry(A).note == "Once.<br/>\n> quoted"


def test_a_published_post_with_one_paper_twice_is_read_back_as_it_is(bench: Bench) -> None:
    """What an imported post has of its own, odd as it is, is no fault of the hand that edits it now."""
    twice = card(f"https://arxiv.org/abs/{A}", "Once") + "a\n\n<hr/>\n\n"
    twice += card(f"https://arxiv.org/abs/{A}", "Again") + "b\n\n<br/>\n<br/>\n<br/>\n"
    bench.place = f"{bench.posts.folder}/old.md"
    bench.write(f"---\ntitle: ML Arxiv Haul ~5\n---\n\n## New Paper Content\n\n{twice}")
    import_post(bench.library, bench.archive, bench.posts, bench.settings, bench.place, NOW)
    bench.key = hauls.key_of_number(bench.library, 5)
    bench.edit("b\n\n<br/>", "c\n\n<br/>")
    edited = bench.text
    looked = bench.take_over(bench.place)
    assert [(one.part, one.before, one.after) for one in looked.edits] == [("note", "b", "c")]
    assert bench.exported() == edited


def test_what_was_written_in_file_and_library_stands_both_and_the_file_follows(either: Bench) -> None:
    either.edit("One.<br/>\n> quoted", "One by hand.")
    if either.key == CURRENT:
        note.write(either.library, paper(1), "One in the app.", NOW)
    else:
        note.write_in_haul(either.library, either.key, A, "One in the app.", over="One.<br/>\n> quoted")
    looked = either.take_over()
    both = "One in the app.\n\n---\n\n*haul.md, 2026-11-20:*\n\nOne by hand."
    assert [(one.after, one.remark) for one in looked.edits] == [
        (both, "The note was written in the library too: both stand.")
    ]
    assert not looked.is_exact
    assert either.entry(A).note == both
    either.export()
    assert both in either.text
    assert either.look().edits == ()
    either.library.undo()
    assert either.entry(A).note == "One in the app."


def test_what_the_library_has_since_stays_where_the_hand_changed_nothing(bench: Bench) -> None:
    note.write(bench.library, paper(2), "Two in the app.", NOW)
    decide.keep(bench.library, [paper(4)], NOW)
    decide.take_out(bench.library, [paper(3)], NOW, skipped=True)
    comment.add(bench.library, "A third, in the app.")
    bench.edit("One.", "Once.")
    bench.edit("tags: arxiv", "tags: arxiv, ml")
    looked = bench.take_over()
    assert [one.what.value for one in looked.edits] == ["changed", "changed", "stays"]
    haul = bench.haul
    assert [(entry.key, entry.note[:4]) for entry in haul.entries] == [
        (A, "Once"),
        (B, "Two "),
        ("2611.00004", ""),
    ]
    assert [one.text for one in haul.comments][2:] == ["A third, in the app."]
    assert (haul.value("tags"), haul.value("snippet")) == ("arxiv, ml", "3 more ML papers and comments")


def test_nobodys_words_are_lost_by_what_a_hand_deleted(bench: Bench) -> None:
    note.write(bench.library, paper(2), "Two in the app.", NOW)
    note.write(bench.library, paper(3), "Three in the app.", NOW)
    first, _ = bench.library.comments(CURRENT)
    comment.edit(bench.library, first, "The first comment, in the app.")
    cards = bench.text.split("<hr/>\n\n")
    text = "<hr/>\n\n".join([cards[0], cards[2]]).replace("- The first comment.\n\n", "")
    bench.write(text.replace("Three  *spaces*.\n\nAnd more.\n\n", ""))
    looked = bench.take_over()
    assert [one.remark for one in looked.edits if one.what.value == "stays"] == [
        "It is gone from the file, but was changed in the library since: it stays.",
        "The note is gone from the file, but was written in the library since: it stays.",
        "Its card is gone from the file, but its note was written since: it stays.",
    ]
    haul = bench.haul
    assert [entry.note[:9] for entry in haul.entries] == ["One.<br/>", "Two in th", "Three in "]
    assert haul.comments[0].text == "The first comment, in the app."


def test_a_card_that_was_edited_and_taken_out_comes_back_with_what_was_written(bench: Bench) -> None:
    bench.edit("Three  *spaces*.", "Three by hand.")
    decide.take_out(bench.library, [paper(3)], NOW, skipped=True)
    looked = bench.take_over()
    assert [(one.what.value, one.key) for one in looked.edits] == [("added", C)]
    assert bench.entry(C).note == (
        "Three  *spaces*.\n\nAnd more.\n\n---\n\n*haul.md, 2026-11-20:*\n\nThree by hand.\n\nAnd more."
    )


def test_two_machines_own_titles_of_two_entries_stand_both(bench: Bench) -> None:
    bench.edit("<h4>On the number 1</h4>", "<h4>On one</h4>")
    bench.take_over()
    paths = [one.path for one in next(bench.library.history()).changes if one.table == HAULS]
    assert ("entries", A, "title") in paths
    assert ("entries",) not in paths


def test_an_edited_file_is_not_written_over_and_one_says_the_way_out(either: Bench) -> None:
    either.edit("One.", "Once.")
    edited = either.text
    note.write(either.library, paper(2), "Two.", NOW)
    with pytest.raises(Edited, match="edited since it was written; take its edits over with") as refused:
        either.export()
    assert refused.value.place == either.place
    assert either.text == edited
    either.take_over()
    either.export()
    assert "Once." in either.text
    assert "Two." in either.text


def test_after_an_undo_of_the_reading_back_the_file_is_edited_still(bench: Bench) -> None:
    bench.edit("One.", "Once.")
    bench.take_over()
    bench.library.undo()
    with pytest.raises(Edited):
        bench.export()
    assert [one.part for one in bench.look().edits] == ["note"]


def test_a_file_that_was_not_edited_has_nothing_to_take_over(either: Bench) -> None:
    steps = len(list(either.library.history()))
    looked = either.take_over()
    assert (looked.edits, looked.changes, looked.is_exact) == ((), (), True)
    assert len(list(either.library.history())) == steps


def test_a_moved_file_is_asked_for_once(either: Bench, tmp_path: Path) -> None:
    new = tmp_path / "blog" / "post.md"
    new.parent.mkdir()
    Path(either.place).rename(new)
    with pytest.raises(read_back.Gone, match=r"haul\.md is gone; if you moved it, name its new place once"):
        either.look()
    assert either.take_over(str(new)).edits == ()
    either.place = str(new)
    either.edit("One.", "Once.")
    looked = either.look()
    assert looked.place == str(new)
    assert [one.after for one in looked.edits] == ["Once.<br/>\n> quoted"]


def test_a_moved_file_that_is_as_it_was_may_be_written(either: Bench, tmp_path: Path) -> None:
    new = tmp_path / "post.md"
    Path(either.place).rename(new)
    note.write(either.library, paper(2), "Two.", NOW)
    hauls.export_post(either.library, either.posts, either.settings, NOW, str(new), key=either.key)
    files = (either.library.haul(either.key) or {})["files"]
    assert list(files) == [str(new)]


def test_a_file_that_nobody_exported_and_one_that_is_not_there_are_named(
    bench: Bench, tmp_path: Path
) -> None:
    with pytest.raises(Unreachable, match=r"nowhere\.md cannot be read: there is no such file"):
        bench.look(str(tmp_path / "nowhere.md"))
    hauls.publish(bench.library, bench.posts, bench.settings, NOW, place=bench.place)
    decide.keep(bench.library, [paper(4)], NOW)
    with pytest.raises(Refused, match="was not exported yet"):
        bench.look()
    with pytest.raises(Refused, match="is the post of haul 1; name that haul: --haul 1"):
        bench.look(bench.place)


def test_a_held_paper_takes_its_own_title_along(bench: Bench) -> None:
    bench.edit("<h4>On the number 2</h4>", "<h4>On two</h4>")
    bench.take_over()
    decide.keep(bench.library, [paper(2)], NOW, hold=True)
    hauls.publish(bench.library, bench.posts, bench.settings, NOW, place=bench.place)
    assert [record["id"] for record in bench.library.in_haul(NEXT)] == []
    assert bench.entry(B).title == "On two"


def test_two_machines_that_read_back_apart_have_the_edits_of_both(tmp_path: Path, archive: Archive) -> None:
    here, there = (open_library(tmp_path / "data", state=tmp_path / name) for name in ("a", "b"))
    bench = Bench(tmp_path, here, archive)
    there.poll()
    text = bench.text
    other = Path(bench.posts.folder) / "there.md"
    bench.edit("<h4>On the number 1</h4>", "<h4>On one</h4>")
    other.write_text(text.replace("<h4>On the number 2</h4>", "<h4>On two</h4>").replace("One.", "Once."))
    looked = read_back.prepare(there, archive, bench.posts, SETTINGS, NOW, place=str(other))
    bench.take_over()
    read_back.take_over(there, looked)
    here.poll()
    for library in (here, there):
        entries = hauls.current(library, SETTINGS, NOW).entries
        assert [entry.title for entry in entries] == ["On one", "On two", "On the number 3"]
        assert entries[0].note.startswith("Once.")
        library.close()


def test_two_machines_that_read_back_apart_have_the_keys_of_both(tmp_path: Path, archive: Archive) -> None:
    here, there = (open_library(tmp_path / "data", state=tmp_path / name) for name in ("a", "b"))
    bench = Bench(tmp_path, here, archive)
    there.poll()
    text = bench.text
    other = Path(bench.posts.folder) / "there.md"
    bench.edit("tags: arxiv\n", "tags: arxiv\n# mine\n# mine\ndraft: true\n")
    other.write_text(text.replace("tags: arxiv\n", "tags: maths\nlayout: post\n"))
    looked = read_back.prepare(there, archive, bench.posts, SETTINGS, NOW, place=str(other))
    bench.take_over()
    read_back.take_over(there, looked)
    here.poll()
    heads = [hauls.post_of(one, SETTINGS, NOW).decode().split("---\n")[1] for one in (here, there)]
    assert heads[0] == heads[1]
    added = ["# mine", "# mine", "draft: true", "layout: post", "tags: maths"]
    assert sorted(heads[0].splitlines()[3:]) == added
    here.close()
    there.close()


def test_a_comment_that_the_hand_never_saw_is_not_what_it_changed(bench: Bench) -> None:
    comment.add(bench.library, "A third word on counting.")
    bench.edit("- The second\n  on two lines.", "- A third word on counting fast.")
    bench.take_over()
    assert {one.text for one in bench.haul.comments} == {
        "The first comment.",
        "A third word on counting fast.",
        "A third word on counting.",
    }

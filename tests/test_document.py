"""Fields take the last value written; two notes written apart both stand, once."""

from hypothesis import given
from hypothesis import strategies as st

from triage.document import Document, Heads, Text, apply_change, assign, rendered, value_at, written
from triage.steps import COMMENTS, HAULS, PAPERS, Change, Json, Step


def wrote(
    document: Document, heads: Heads, machine: str, before: Json, after: Json, table: str = PAPERS
) -> str | None:
    """Write a note over another; what then stands."""
    path = ("text",) if table == COMMENTS else ("note",)
    one = Change(table, "k", path, before, after)
    apply_change(document, one, Step(machine, 1, 1, "2026-11-20T08:00:00Z", "note", (one,)), heads)
    found = value_at(document, path)
    assert found is None or isinstance(found, str)
    return found


BOTH = "mine\n\n---\n\n*desk-2, 2026-11-20:*\n\ntheirs"


def test_a_note_replaces_the_one_it_was_written_over() -> None:
    document: Document = {"id": "k"}
    assert wrote(document, {}, "desk-1", None, "first") == "first"
    assert wrote(document, {}, "desk-1", "first", "second") == "second"
    assert wrote(document, {}, "desk-1", "second", None) is None
    assert document == {"id": "k"}


def test_two_notes_written_apart_both_stand_named_once() -> None:
    document: Document = {"id": "k"}
    heads: Heads = {}
    wrote(document, heads, "desk-1", None, "mine")
    assert wrote(document, heads, "desk-2", None, "theirs") == BOTH
    assert wrote(document, heads, "desk-3", None, "theirs") == BOTH
    assert wrote(document, heads, "desk-3", None, None) == BOTH


def test_a_note_written_over_both_replaces_both() -> None:
    document: Document = {"id": "k"}
    heads: Heads = {}
    wrote(document, heads, "desk-1", None, "mine")
    wrote(document, heads, "desk-2", None, "theirs")
    assert wrote(document, heads, "desk-1", BOTH, "ours") == "ours"
    assert heads == {}


def test_a_note_written_over_one_of_two_replaces_that_one() -> None:
    document: Document = {"id": "k"}
    heads: Heads = {}
    wrote(document, heads, "desk-1", None, "mine")
    wrote(document, heads, "desk-2", None, "theirs")
    assert wrote(document, heads, "desk-1", "mine", "mine again") == BOTH.replace("mine", "mine again")
    assert wrote(document, heads, "desk-2", "theirs", None) == "mine again"


def test_a_note_written_over_two_of_three_leaves_the_third() -> None:
    texts = (Text("a"), Text("b", "m", "d"), Text("c", "n", "d"))
    now = written(texts, rendered(texts[1:]), Text("bc", "m", "e"))
    assert [text.text for text in now] == ["a", "bc"]


def test_comments_and_the_notes_of_entries_are_texts_too_and_titles_are_not() -> None:
    document: Document = {"id": "k"}
    heads: Heads = {}
    wrote(document, heads, "desk-1", None, "mine", COMMENTS)
    assert wrote(document, heads, "desk-2", None, "theirs", COMMENTS) == BOTH
    for machine in ("desk-1", "desk-2"):
        for field in ("note", "title"):
            one = Change(HAULS, "20", ("entries", "2306.07899", field), None, machine)
            apply_change(document, one, Step(machine, 1, 1, "2026-11-20", "correct", (one,)), heads)
    assert document["entries"]["2306.07899"]["title"] == "desk-2"
    assert document["entries"]["2306.07899"]["note"].startswith("desk-1\n\n---\n\n*desk-2")


def test_a_field_set_anew_as_a_whole_forgets_the_texts_inside_it() -> None:
    document: Document = {"id": "k"}
    heads: Heads = {}
    place = ("entries", "a", "note")
    for machine in ("desk-1", "desk-2"):
        one = Change(HAULS, "k", place, None, machine)
        apply_change(document, one, Step(machine, 1, 1, "2026-11-20", "note", (one,)), heads)
    whole = Change(HAULS, "k", ("entries",), None, {"a": {"note": "new"}})
    apply_change(document, whole, Step("desk-1", 2, 2, "2026-11-20", "import", (whole,)), heads)
    assert heads == {}
    assert document["entries"] == {"a": {"note": "new"}}


def done(document: Document, heads: Heads, what: str, *changes: Change, machine: str = "desk-2") -> None:
    """Bring a Step of one verb in."""
    for one in changes:
        apply_change(document, one, Step(machine, 1, 1, "2026-11-20", what, changes), heads)


def test_what_was_made_of_a_post_since_stands_when_another_machine_has_imported_it_too() -> None:
    document: Document = {"id": "import-1"}
    heads: Heads = {}
    place = ("entries", "a")
    post = [
        Change(HAULS, "import-1", ("number",), None, 20),
        Change(HAULS, "import-1", place, None, {"title": "T", "note": "As it was."}),
    ]
    done(document, heads, "import", *post)
    done(document, heads, "note", Change(HAULS, "import-1", (*place, "note"), "As it was.", "Edited."))
    done(document, heads, "number", Change(HAULS, "import-1", ("number",), 20, 21))
    done(document, heads, "import", *post, machine="desk-1")
    # One that came while the post was being read knows what there was.
    edited = {"title": "T", "note": "Edited."}
    done(document, heads, "import", post[1]._replace(before=edited), machine="desk-1")
    assert document == {"id": "import-1", "number": 21, "entries": {"a": {"title": "T", "note": "Edited."}}}
    assert heads == {}
    comment: Document = {"id": "c"}
    text = Change(COMMENTS, "c", ("text",), None, "As it was.")
    done(comment, heads, "import", text)
    done(comment, heads, "comment", Change(COMMENTS, "c", ("text",), "As it was.", "Edited."))
    done(comment, heads, "import", text, machine="desk-1")
    assert comment["text"] == "Edited."


def test_the_notes_of_an_entry_that_two_machines_made_apart_both_stand() -> None:
    heads: Heads = {}
    for first, second, note in (
        ("one", "two", "one\n\n---\n\n*desk-1, 2026-11-20:*\n\ntwo"),
        ("one", "", "one"),
        ("", "two", "two"),
        ("one", "one", "one"),
    ):
        document: Document = {"id": "k"}
        for machine, text in (("desk-2", first), ("desk-1", second)):
            made = Change(HAULS, "k", ("entries", "a"), None, {"title": machine, "note": text})
            done(document, heads, "read back", made, machine=machine)
        assert document["entries"]["a"] == {"title": "desk-1", "note": note}
        done(document, heads, "note", Change(HAULS, "k", ("entries", "a", "note"), note, "over"))
        assert document["entries"]["a"]["note"] == "over"
        assert heads == {}


names = st.sampled_from(["a", "b", "c"])


@given(
    st.lists(
        st.tuples(st.lists(names, min_size=1, max_size=3).map(tuple), st.sampled_from([1, "x", [1]])),
        max_size=6,
    )
)
def test_what_is_taken_away_again_leaves_nothing_behind(fields: list[tuple[tuple[str, ...], Json]]) -> None:
    document: Document = {}
    for path, value in fields:
        assign(document, path, value)
        assert value_at(document, path) == value
    for path, _ in fields:
        assign(document, path, None)
        assert value_at(document, path) is None
    assert document == {}


def test_a_list_in_a_document_is_not_the_one_that_was_given() -> None:
    given_list = ["A"]
    document: Document = {}
    assign(document, ("authors",), given_list)
    given_list.append("B")
    assert document == {"authors": ["A"]}


def test_another_machines_name_and_day_are_no_markup() -> None:
    note: Document = {}
    heads: Heads = {}
    written_by = (("desk", "2026-11-20T08:00:00Z"), ("<b>\n---\x1b[31m" * 9, "x\x1b[0m"))
    for machine, at in written_by:
        change = Change(PAPERS, "k", ("note",), "seen by nobody", f"Text of {at[:1]}.")
        apply_change(note, change, Step(machine, 1, 1, at, "note", (change,)), heads)
    named = str(note["note"]).split("*")[1]
    assert named.isprintable()
    assert not set("<>") & set(named)
    assert len(named) < 80

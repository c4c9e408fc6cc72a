"""TinyDB's own calls on the library: each change is one Step, and costs what it touches."""

from pathlib import Path
from typing import Any

import pytest
from tinydb import Query, where
from tinydb.operations import delete, increment

from tests.library.made import decide, folded, opened, seen
from triage.library.table import CopiedDocument
from triage.steps import HAULS, PAPERS


def test_insert_update_search_and_remove_are_one_step_each(tmp_path: Path) -> None:
    library = opened(tmp_path)
    one, two = library.db.insert_multiple([{"id": "a", "n": 1}, {"id": "b", "n": 2}])
    library.db.update({"title": "T"}, where("n") == 2)
    library.db.update(increment("n"), doc_ids=[one])
    library.db.update(delete("title"), where("id") == "b")
    library.db.upsert({"id": "b", "n": 9}, Query().id == "b")
    library.db.upsert({"id": "c", "n": 5}, Query().id == "c")
    library.db.remove(doc_ids=[one])
    library.db.table(HAULS).insert({"id": "20", "entries": {"x": {"note": "n"}}})
    library.db.table(HAULS).update({"entries": {"x": {"note": "m"}, "y": {"note": "k"}}})
    steps = list(library.history())[::-1]
    assert len(steps) == 9
    assert [change.path for change in steps[-1].changes] == [("entries", "x", "note"), ("entries", "y")]
    assert {document["id"]: document["n"] for document in library.db} == {"b": 9, "c": 5}
    assert library.db.get(doc_id=two) == {"id": "b", "n": 9}
    assert len(library.db) == 2
    assert library.db.count(where("n") > 5) == 1
    assert library.db.contains(where("id") == "c")
    assert seen(library) == folded(steps)
    library.close()
    assert seen(opened(tmp_path)) == folded(steps)


def test_a_result_is_never_stale_and_never_a_way_in(tmp_path: Path) -> None:
    library, other = opened(tmp_path), opened(tmp_path)
    library.db.insert({"id": "a", "authors": ["A"]})
    (found,) = library.db.search(where("id") == "a")
    found["authors"].append("B")
    assert library.db.search(where("id") == "a") == [{"id": "a", "authors": ["A"]}]
    decide(other, "a", "keep")
    library.poll()
    assert library.db.search(where("id") == "a")[0]["verdict"] == "keep"


@pytest.mark.parametrize(
    "document",
    [
        {"n": 1},
        {"id": 7, "n": 1},
        {"id": "", "n": 1},
        {"id": "b"},
        {"id": "a", "n": 1},
        {"id": "b", "n": float("nan")},
        {"id": "b", "n": {1, 2}},
        {"id": "b", "n": b"x"},
        {"id": "b", "n": {1: 2}},
        {"id": "b", 3: 4},
        CopiedDocument({"id": "b", "n": 1}, doc_id="word"),  # type: ignore[arg-type]  # the wrong type is the test
    ],
)
def test_what_cannot_be_saved_is_refused_and_spoils_nothing(tmp_path: Path, document: Any) -> None:
    library = opened(tmp_path)
    library.db.insert({"id": "a", "n": 0})
    before = seen(library)
    with pytest.raises((ValueError, TypeError)):
        library.db.insert(document)
    assert seen(library) == before
    assert len(list(library.history())) == 1
    assert library.db.insert({"id": "z", "n": 1}) > 1


def test_an_id_cannot_be_changed_nor_given_twice(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.db.insert({"id": "a", "n": 0})
    with pytest.raises(ValueError, match="stays"):
        library.db.update({"id": "b"})
    with pytest.raises(ValueError, match="already"):
        library.db.insert_multiple([{"id": "b", "n": 1}, {"id": "b", "n": 2}])
    with pytest.raises(ValueError, match="no table"):
        library.db.table("other").insert({"id": "a", "n": 0})
    assert len(library.db) == 1


def test_dropping_everything_is_a_step_that_can_be_undone(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.db.insert({"id": "a", "n": 0})
    library.db.table(HAULS).insert({"id": "20", "number": 20})
    before = seen(library)
    library.db.truncate()
    assert len(library.db) == 0
    library.undo()
    library.db.drop_table(PAPERS)
    library.undo()
    library.db.drop_tables()
    assert seen(library) == {"_default": {}, "comments": {}, "hauls": {}}
    library.undo()
    assert seen(library) == before


def test_a_number_promised_to_an_insert_is_given_to_no_other(tmp_path: Path) -> None:
    library, other = opened(tmp_path), opened(tmp_path)
    library.db.insert({"id": "a", "n": 0})
    decide(other, "b", "keep")
    assert library.db.insert({"id": "c", "n": 1}) == 2
    assert {document.doc_id: document["id"] for document in library.db} == {1: "a", 2: "c", 3: "b"}

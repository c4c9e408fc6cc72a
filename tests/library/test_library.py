"""What the app asks of the library: undo without end, documents nobody can spoil, hauls, comments, drafts."""

import random
import time
from pathlib import Path

import pytest

from tests.library.made import decide, finish, folded, note, opened, seen
from triage.library.machine import machine_id
from triage.paper import Verdict
from triage.ports import Library
from triage.steps import COMMENTS, CURRENT, HAULS, PAPERS, change

KEYS = [f"2611.{number:05}" for number in range(1, 101)]


def test_three_hundred_decisions_are_undone_two_hundred_from_before_a_restart(tmp_path: Path) -> None:
    library = opened(tmp_path)
    chance = random.Random(1)

    def work(count: int) -> None:
        for _ in range(count):
            key = chance.choice(KEYS)
            if chance.random() < 0.2:
                note(library, key, chance.choice([None, "a note", "another"]))
            else:
                now = library.verdict(key)
                decide(library, key, chance.choice([one for one in ("keep", "skip", None) if one != now]))

    decide(library, KEYS[0], "keep")
    note(library, KEYS[0], "the start")
    start = seen(library)
    work(149)
    finish(library, KEYS[20:90])
    work(50)
    library.close()
    library = opened(tmp_path)
    work(100)
    end = seen(library)
    for _ in range(300):
        undone = library.undo()
        assert undone is not None
        assert undone.stayed == ()
    assert seen(library) == start
    library.close()
    library = opened(tmp_path)
    for _ in range(300):
        assert library.redo() is not None
    assert library.redo() is None
    assert seen(library) == end
    library.close()
    assert seen(opened(tmp_path)) == end == folded(opened(tmp_path).history())


def test_a_thousand_undos_and_redos_after_a_restart_take_no_quadratic_time(tmp_path: Path) -> None:
    library = opened(tmp_path)
    for number in range(1000):
        decide(library, f"2611.{number:05}", "keep")
    library.close()
    library = opened(tmp_path)

    def seconds(count: int) -> float:
        begun = time.process_time()
        for _ in range(count):
            assert library.undo() is not None
        return time.process_time() - begun

    seconds(10)
    first = seconds(300)
    seconds(390)
    last = seconds(300)
    assert library.undo() is None
    assert last < first * 3 + 0.05
    library.close()
    library = opened(tmp_path)
    for _ in range(1000):
        assert library.redo() is not None
    assert len(list(library.papers())) == 1000


def test_something_new_ends_what_could_be_redone(tmp_path: Path) -> None:
    library = opened(tmp_path)
    decide(library, KEYS[0], "keep")
    library.undo()
    decide(library, KEYS[1], "keep")
    assert library.redo() is None
    library.undo()
    library.undo()
    assert seen(library)[PAPERS] == {}


def test_documents_handed_out_are_nobodys_way_into_the_library(tmp_path: Path) -> None:
    library = opened(tmp_path)
    authors = ["A", "B"]
    step = library.record("add", change(PAPERS, KEYS[0], None, title="T", authors=authors, haul=CURRENT))
    authors.append("C")
    found = library.paper(KEYS[0])
    assert found is not None
    found["authors"].append("D")
    step.changes[1].after.append("E")
    for one in (*library.papers(), *library.in_haul(CURRENT), *library.db.all(), library.db.get(doc_id=1)):
        assert one["authors"] == ["A", "B"]
        one["authors"].append("F")
    assert (library.paper(KEYS[0]) or {})["authors"] == ["A", "B"]
    before = list(library.papers())
    library.close()
    assert list(opened(tmp_path).papers()) == before


def test_papers_by_verdict_and_haul(tmp_path: Path) -> None:
    library: Library = opened(tmp_path)
    for key in KEYS[:3]:
        library.record("keep", change(PAPERS, key, None, verdict="keep", haul=CURRENT))
    library.record("hold", change(PAPERS, KEYS[1], library.paper(KEYS[1]), haul="next"))
    library.record("skip", change(PAPERS, KEYS[2], library.paper(KEYS[2]), verdict="skip", haul=None))
    assert [one["id"] for one in library.in_haul(CURRENT)] == [KEYS[0]]
    assert [one["id"] for one in library.in_haul("next")] == [KEYS[1]]
    assert library.in_haul("20") == []
    assert library.verdict(KEYS[0]) is Verdict.KEEP
    assert library.verdict(KEYS[2]) is Verdict.SKIP
    assert library.verdict("2611.99999") is None
    assert library.paper("2611.99999") is None
    library.close()
    again = opened(tmp_path)
    assert [one["id"] for one in again.in_haul(CURRENT)] == [KEYS[0]]
    assert [one["id"] for one in again.in_haul("next")] == [KEYS[1]]


def test_hauls_by_number_and_comments_in_their_order(tmp_path: Path) -> None:
    library = opened(tmp_path)
    for number in (20, 9, 100):
        library.record(
            "import", change(HAULS, str(number), None, number=number, entries={"a": {"note": "n"}})
        )
    library.record("publish", change(HAULS, CURRENT, None, number=101))
    for key, place in (("x", 3), ("y", 1), ("z", 2)):
        library.record("comment", change(COMMENTS, key, None, haul=CURRENT, place=place, text=key))
    assert [one["number"] for one in library.hauls()] == [9, 20, 100]
    assert (library.haul(CURRENT) or {})["number"] == 101
    assert library.haul("7") is None
    assert [one["text"] for one in library.comments(CURRENT)] == ["y", "z", "x"]
    assert library.comments("20") == []


def test_a_document_is_gone_with_its_last_field(tmp_path: Path) -> None:
    library = opened(tmp_path)
    decide(library, KEYS[0], "keep")
    decide(library, KEYS[0], None)
    assert library.paper(KEYS[0]) is None
    assert list(library.papers()) == []
    assert library.in_haul(CURRENT) == []


def test_what_the_users_editor_saved_is_the_draft_until_it_is_taken(tmp_path: Path) -> None:
    library = opened(tmp_path)
    file = Path(library.draft_file(KEYS[0]))
    library.save_draft(KEYS[0], "typed")
    file.parent.mkdir()
    file.write_text("")
    assert library.draft(KEYS[0]) == "typed", "an editor that began to write lost nothing"
    file.write_bytes(b"saved outsid\xe9")
    (file.parent / ".note.md.swp").write_text("to recover by")
    again = opened(tmp_path)
    assert again.draft(KEYS[0]) == "saved outsidé"
    assert again.drafts() == {KEYS[0]: "saved outsidé"}
    again.save_draft(KEYS[0], "taken")
    assert again.draft(KEYS[0]) == "taken"
    assert [path.name for path in file.parent.iterdir()] == [".note.md.swp"]
    again.save_draft(KEYS[0], None)
    assert again.drafts() == {}


def test_a_draft_knows_the_text_it_was_written_over(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.save_draft(KEYS[0], "typed", "seen")
    library.save_draft(KEYS[1], "typed")
    again = opened(tmp_path)
    assert (again.draft_over(KEYS[0]), again.draft_over(KEYS[1]), again.draft_over("x")) == (
        "seen",
        None,
        None,
    )
    again.save_draft(KEYS[0], None)
    assert again.draft_over(KEYS[0]) is None


def test_drafts_outlive_a_kill_and_end_when_dropped(tmp_path: Path) -> None:
    link = f"https://example.org/{'x' * 5000}?ä=\ud800"
    library = opened(tmp_path)
    library.save_draft(link, "half a thou")
    library.save_draft(KEYS[0], "an")
    library.save_draft(KEYS[0], "and another\r\n")
    again = opened(tmp_path)
    assert again.draft(link) == "half a thou"
    assert again.drafts() == {link: "half a thou", KEYS[0]: "and another\r\n"}
    again.save_draft(KEYS[0], None)
    again.save_draft(KEYS[0], None)
    assert again.drafts() == {link: "half a thou"}
    assert again.draft(KEYS[0]) is None
    left = tmp_path / "library" / "drafts" / "half.999999999.tmp"
    left.write_bytes(b"half")
    opened(tmp_path).close()
    assert not left.exists()
    (path,) = (tmp_path / "library" / "drafts").glob("*.json")
    path.write_bytes(b"\0\0")
    assert again.drafts() == {}


def test_a_host_keeps_its_id_and_a_copied_state_folder_gives_another_host_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = machine_id(tmp_path)
    assert machine_id(tmp_path) == first
    monkeypatch.setattr("socket.gethostname", lambda: "Other Host.example.org")
    other = machine_id(tmp_path)
    assert other != first
    assert other.startswith("otherhost-")
    assert machine_id(tmp_path) == other
    monkeypatch.undo()
    assert machine_id(tmp_path) == first


@pytest.mark.parametrize("data", [b"", b"{}", b'{"machine": "../../etc"}', b'{"machine": 5}', b"[]"])
def test_a_damaged_id_is_kept_aside_and_a_new_one_taken(tmp_path: Path, data: bytes) -> None:
    machine_id(tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(data)
    made = machine_id(tmp_path)
    assert machine_id(tmp_path) == made
    assert data in [there.read_bytes() for there in tmp_path.iterdir()]


def test_where_no_id_can_be_kept_it_is_the_same_every_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert machine_id(tmp_path / "file") == machine_id(tmp_path / "file")

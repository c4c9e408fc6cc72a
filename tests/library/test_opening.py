"""Whatever lies where the library should be: it opens with everything the journals hold, or says why not."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.library.made import decide, finish, folded, note, opened, seen
from tests.library.newer import to_newer_schema
from triage.library.opening import open_library
from triage.ports import LibraryUnusable, NotSaved

KEYS = [f"2611.{number:05}" for number in range(1, 6)]


def made(folder: Path) -> dict[str, dict[str, object]]:
    """A closed library; what is in it."""
    library = opened(folder)
    decide(library, KEYS[0], "keep")
    note(library, KEYS[0], "naïve")
    finish(library, KEYS[1:4])
    library.close()
    return seen(library)


def bytes_of(folder: Path) -> dict[str, str]:
    """A checksum of every file."""
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.rglob("*") if path.is_file()}  # fmt: skip


DAMAGE: dict[str, bytes | None] = {
    "empty": b"",
    "zeros": bytes(4096),
    "blank": b" \n",
    "null": b"null",
    "list": b'[{"_default": {}}]',
    "list for a table": b'{"_default": [], "meta": {"1": {"schema": 1}}}',
    "other program": b'{"_default": {"1": {"id": "2611.00001", "verdict": "skip"}}}',
    "schema as text": b'{"_default": {}, "meta": {"1": {"schema": "1"}}}',
    "negative schema": b'{"_default": {}, "meta": {"1": {"schema": -1}}}',
    "true schema": b'{"_default": {}, "meta": {"1": {"schema": true}}}',
    "deep": b"[" * 200_000,
    "huge number": b'{"_default": {"1": {"id": "a", "n": ' + b"9" * 5000 + b"}}}",
    "latin-1": '{"_default": {"1": {"id": "a", "note": "naïve"}}}'.encode("latin-1"),
    "conflict": b"<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n",
}


@pytest.mark.parametrize("data", DAMAGE.values(), ids=list(DAMAGE))
def test_a_damaged_snapshot_is_set_aside_and_rebuilt(tmp_path: Path, data: bytes) -> None:
    before = made(tmp_path)
    path = tmp_path / "library" / "library.json"
    path.write_bytes(data)
    library = opened(tmp_path)
    assert seen(library) == before
    (kept,) = path.parent.glob("library.json.damaged-*")
    assert kept.read_bytes() == data
    (notice,) = library.notices
    assert kept.name in notice
    assert str(path) in notice
    assert not library.read_only
    library.close()
    assert opened(tmp_path).notices == ()


@pytest.mark.parametrize("how", ["cut", "behind", "bom", "bit", "twice", "stock"])
def test_a_snapshot_that_was_changed_is_not_trusted(tmp_path: Path, how: str) -> None:
    before = made(tmp_path)
    path = tmp_path / "library" / "library.json"
    data = path.read_bytes()
    if how == "stock":
        with TinyDB(path) as database:
            database.update({"verdict": "keep"})
    else:
        path.write_bytes({
            "cut": data[: len(data) // 2],
            "behind": data + b"x",
            "bom": b"\xef\xbb\xbf" + data,
            "bit": data.replace(b"2611.00001", b"2611.00009"),
            "twice": data.replace(b'"2": {', b'"1": {', 1),
        }[how])  # fmt: skip
    changed = path.read_bytes()
    library = opened(tmp_path)
    assert seen(library) == before
    (kept,) = path.parent.glob("library.json.damaged-*")
    assert kept.read_bytes() == changed
    assert len(library.notices) == 1


def test_a_snapshot_cut_at_any_byte_never_passes_for_the_library(tmp_path: Path) -> None:
    before = made(tmp_path)
    path = tmp_path / "library" / "library.json"
    data = path.read_bytes()
    for cut in range(0, len(data) - 1, 7):
        path.write_bytes(data[:cut])
        library = open_library(tmp_path / "library", state=tmp_path / "state-a", read_only=True)
        assert seen(library) == before


def test_a_missing_snapshot_is_rebuilt_and_said(tmp_path: Path) -> None:
    before = made(tmp_path)
    (tmp_path / "library" / "library.json").unlink()
    library = opened(tmp_path)
    assert seen(library) == before
    assert "was missing; it is rebuilt" in library.notices[0]
    library.close()
    assert (tmp_path / "library" / "library.json").exists()


def test_a_snapshot_that_holds_more_than_the_journals_is_set_aside(tmp_path: Path) -> None:
    made(tmp_path)
    (journal,) = (tmp_path / "library" / "journal").iterdir()
    data = journal.read_bytes()
    journal.write_bytes(data[: data.index(b"\n") + 1])
    library = opened(tmp_path)
    assert list(seen(library)["_default"]) == KEYS[:1]
    assert "does not fit the journals" in library.notices[0]
    assert len(list((tmp_path / "library").glob("library.json.damaged-*"))) == 1


def test_a_snapshot_of_another_library_is_set_aside(tmp_path: Path) -> None:
    before = made(tmp_path)
    other = opened(tmp_path, "b", "other")
    decide(other, "2611.00077", "keep")
    other.close()
    (tmp_path / "other" / "library.json").replace(tmp_path / "library" / "library.json")
    assert seen(opened(tmp_path)) == before


def test_without_journals_the_snapshot_is_shown_and_nothing_is_written(tmp_path: Path) -> None:
    before = made(tmp_path)
    (journal,) = (tmp_path / "library" / "journal").iterdir()
    journal.rename(tmp_path / "elsewhere")
    files = bytes_of(tmp_path / "library")
    library = opened(tmp_path)
    assert seen(library) == before
    assert library.read_only
    assert "no journal beside it" in library.notices[0]
    with pytest.raises(NotSaved, match="read-only"):
        decide(library, KEYS[0], "skip")
    library.close()
    assert bytes_of(tmp_path / "library") == files
    (tmp_path / "elsewhere").rename(journal)
    assert opened(tmp_path).notices == ()


@pytest.mark.parametrize("left", [b"\0" * 5000, b"<<<<<<< HEAD\n", b"half a li", b"[" * 200_000, b"\n" * 300])
def test_where_nothing_is_left_of_the_journals_the_whole_snapshot_is_still_shown(
    left: bytes, tmp_path: Path
) -> None:
    before = made(tmp_path)
    (journal,) = (tmp_path / "library" / "journal").iterdir()
    journal.write_bytes(left)
    files = bytes_of(tmp_path / "library")
    for _ in range(2):
        library = opened(tmp_path)
        assert seen(library) == before
        assert library.read_only
        assert "no journal beside it that holds a Step" in library.notices[0]
        library.close()
    assert bytes_of(tmp_path / "library") == files


def test_a_damaged_snapshot_without_journals_is_not_taken_for_an_empty_library(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    path = tmp_path / "library" / "library.json"
    path.write_bytes(b"")
    library = opened(tmp_path)
    assert library.read_only
    assert "start anew" in library.notices[0]
    assert path.read_bytes() == b""


@pytest.mark.parametrize(
    "name",
    ["library (conflicted copy 2026-11-20).json", "library.sync-conflict-20261120-1.json", "library 2.json"],
)
def test_a_conflict_copy_is_set_aside(tmp_path: Path, name: str) -> None:
    before = made(tmp_path)
    copy = tmp_path / "library" / name
    copy.write_bytes(b"anything")
    library = opened(tmp_path)
    assert seen(library) == before
    assert not copy.exists()
    (kept,) = (tmp_path / "library").glob(f"{name}.damaged-*")
    assert kept.read_bytes() == b"anything"
    assert name in library.notices[0]
    assert (tmp_path / "library" / "library.json").exists()


def test_a_copy_the_user_made_is_left_alone(tmp_path: Path) -> None:
    made(tmp_path)
    copy = tmp_path / "library" / "library-before-the-move.json"
    copy.write_bytes(b"mine")
    assert opened(tmp_path).notices == ()
    assert copy.read_bytes() == b"mine"


def test_a_newer_schema_is_refused_and_not_a_byte_is_changed(tmp_path: Path) -> None:
    made(tmp_path)
    to_newer_schema(tmp_path / "library")
    before = bytes_of(tmp_path)
    with pytest.raises(LibraryUnusable, match="newer triage"):
        opened(tmp_path, "b")
    assert bytes_of(tmp_path) == before


def test_a_schema_in_which_one_bit_was_hit_is_no_newer_one(tmp_path: Path) -> None:
    before = made(tmp_path)
    path = tmp_path / "library" / "library.json"
    path.write_bytes(path.read_bytes().replace(b'"schema":2', b'"schema":3'))
    library = opened(tmp_path)
    assert seen(library) == before
    assert "was changed by another program" in library.notices[0]


def test_what_a_killed_snapshot_left_is_removed_and_one_under_way_is_not(tmp_path: Path) -> None:
    made(tmp_path)
    folder = tmp_path / "library"
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    left, under_way = folder / f"library.json.{ended.pid}.tmp", folder / f"library.json.{os.getpid()}.tmp"
    for path in (left, under_way):
        path.write_bytes(b"half")
    assert opened(tmp_path).notices == ()
    assert not left.exists()
    assert under_way.exists()


def test_a_missing_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    library = open_library(tmp_path / "a" / "b c\nd", state=tmp_path / "state")
    decide(library, KEYS[0], "keep")
    library.close()
    assert (tmp_path / "a" / "b c\nd").stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS takes no names that are not UTF-8")
def test_a_folder_whose_name_is_not_utf_8_works_and_can_be_named(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\n"))
    library = open_library(folder, state=tmp_path / "state")
    decide(library, KEYS[0], "keep")
    library.close()
    (folder / "library.json").write_bytes(b"")
    again = open_library(folder, state=tmp_path / "state")
    assert again.verdict(KEYS[0]) == "keep"
    assert again.notices[0].encode().decode().isprintable()


@pytest.mark.parametrize("how", ["file", "dangling", "loop", "nul", "under a file"])
def test_what_is_no_folder_is_refused_in_one_sentence(tmp_path: Path, how: str) -> None:
    folder = tmp_path / "library"
    if how == "file":
        folder.write_text("mine")
    elif how == "dangling":
        folder.symlink_to(tmp_path / "nowhere")
    elif how == "loop":
        folder.symlink_to(folder)
    elif how == "nul":
        folder = Path(f"{folder}\0")
    else:
        folder.write_text("mine")
        folder = folder / "below"
    with pytest.raises(LibraryUnusable, match="--data") as refused:
        open_library(folder, state=tmp_path / "state")
    assert str(refused.value).isprintable()
    assert how not in ("file", "under a file") or (tmp_path / "library").read_text() == "mine"


def test_a_link_to_a_folder_is_that_folder(tmp_path: Path) -> None:
    made(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path / "library")
    library = opened(tmp_path, folder="link")
    assert library.verdict(KEYS[0]) == "keep"
    decide(library, KEYS[0], "skip")
    library.close()
    assert opened(tmp_path).verdict(KEYS[0]) == "skip"


def test_opened_read_only_it_changes_no_file_and_takes_nothing(tmp_path: Path) -> None:
    before = made(tmp_path)
    (tmp_path / "library" / "library.json").write_bytes(b"")
    files = bytes_of(tmp_path)
    library = open_library(tmp_path / "library", state=tmp_path / "state-a", read_only=True)
    assert seen(library) == before
    assert "left as it is" in library.notices[0]
    for work in (lambda: decide(library, KEYS[0], "skip"), library.undo, library.redo,
                 lambda: library.save_draft("a", "b")):  # fmt: skip
        with pytest.raises(NotSaved, match="read-only"):
            work()
    library.snapshot()
    library.close()
    assert bytes_of(tmp_path) == files


UNPRIVILEGED = """
import os, sys
from pathlib import Path
import triage.library.table  # which that somebody may not be allowed to read
from triage.library.opening import open_library
from triage.ports import LibraryUnusable, NotSaved
from triage.steps import Change
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
try:
    library = open_library(Path(sys.argv[1]), state=Path(sys.argv[2]))
except LibraryUnusable as error:
    print("unusable", error); sys.exit()
print(library.read_only, len(list(library.papers())), *library.notices)
try:
    library.record("keep", [Change("_default", "x", ("verdict",), None, "keep")])
except NotSaved as error:
    print(error)
library.close()
"""


def unprivileged(folder: Path, state: Path) -> str:
    """Open the library as somebody to whom permissions apply; what came of it."""
    for above in (folder, *folder.parents[:4]):  # pytest makes its folders for their owner alone
        above.chmod(above.stat().st_mode | 0o055)
    command = [sys.executable, "-c", UNPRIVILEGED, str(folder), str(state)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert ran.stderr == ""
    return ran.stdout


def test_a_folder_that_cannot_be_written_opens_read_only(tmp_path: Path) -> None:
    made(tmp_path)
    folder = tmp_path / "library"
    for path in folder.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = bytes_of(folder)
    folder.chmod(0o555)
    said = unprivileged(folder, tmp_path / "nowhere")
    folder.chmod(0o755)
    assert said.startswith("True 4 ")
    assert "cannot be written" in said
    assert re.search("Not saved: .* is open read-only", said)
    assert bytes_of(folder) == before


def test_a_folder_that_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path) -> None:
    made(tmp_path)
    folder = tmp_path / "library"
    (folder / "journal").chmod(0o000)
    (folder / "library.json").unlink()
    said = unprivileged(folder, tmp_path / "nowhere")
    (folder / "journal").chmod(0o700)
    assert said.startswith("unusable ")
    assert "permissions" in said


def test_the_snapshot_is_a_tinydb_file_with_a_document_a_line(tmp_path: Path) -> None:
    before = made(tmp_path)
    path = tmp_path / "library" / "library.json"
    with TinyDB(path) as database:
        assert len(database) == 4
        assert database.tables() == {"_default", "comments", "hauls", "meta"}
        assert len(database.table("meta")) == 1
    ids = [json.loads(found[1])["id"] for line in path.read_text().splitlines()
           if (found := re.match(r'"\d+": (\{"id.*\}),?\Z', line))]  # fmt: skip
    assert ids == KEYS[:4]
    library = opened(tmp_path)
    assert seen(library) == before == folded(library.history())
    assert library.notices == ()


def test_closing_twice_and_a_step_after_closing(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.close()
    library.close()
    with pytest.raises(NotSaved):
        decide(library, KEYS[0], "keep")


def test_a_kill_before_the_first_step_leaves_a_library_that_takes_steps(tmp_path: Path) -> None:
    opened(tmp_path).close()
    (tmp_path / "library" / "journal" / "a-2026.jsonl").touch()  # made, and nothing written to it yet
    for _ in range(3):
        library = opened(tmp_path)
        assert library.notices == ()
        library.close()
    assert decide(opened(tmp_path), KEYS[0], "keep").number == 1

"""What lies on the disk, and may have been damaged, or written by another program."""

import gzip
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile
from zlib import crc32

from tests.fuzz.sources import DAY, PAPERS
from tests.fuzz.target import Target, memory, text, texts
from tests.library.made import decide, finish, note, opened, seen
from triage import shown, steps
from triage.archive import day_file, open_archive
from triage.archive.pages import PageShelf
from triage.archive.request_clock import FileRequestClock
from triage.backup import NoBackup, UnreadableBackup
from triage.child_events import event_in
from triage.full_text import Fetched, Kept, Page, Part
from triage.ledger import Completeness, ListingState
from triage.library import journal, snapshot
from triage.library.backup_form import MANIFEST
from triage.library.backup_reading import BackupFile
from triage.library.backups import FolderBackups
from triage.library.drafts import Drafts
from triage.library.journal import Mark
from triage.paper import Paper
from triage.ports import ArchiveUnusable, LibraryUnusable, NotSaved, Unreachable
from triage.steps import HAULS, Change, Step
from triage.steps import PAPERS as DECIDED

_JSON = (
    b"null", b"true", b"-1", b"1e999", b"NaN", b"Infinity", b"1" * 400, b"[]", b"{}", b'"\\ud800"', b"[[[[",
    b"1.5", b'"x"', b"99999999999999999999", b'""', b"0",
)  # fmt: skip


def _in_folder(check: Callable[[Path, bytes], None]) -> Callable[[bytes], None]:
    def checked(data: bytes) -> None:
        with TemporaryDirectory(prefix="triage-fuzz-", dir=memory()) as folder:
            check(Path(folder), data)

    return checked


def _library() -> tuple[bytes, bytes]:
    """The bytes of a small library: library.json, and its journal."""
    with TemporaryDirectory(prefix="triage-fuzz-", dir=memory()) as folder:
        library = opened(Path(folder))
        decide(library, "2306.07899", "keep")
        note(library, "2306.07899", "A note.\n\nIts second line.")
        finish(library, ["2306.00001", "hep-th/9901001"])
        library.record("x", [Change(HAULS, "h", ("entries", "2306.07899", "note"), None, "n")])
        library.undo()
        library.close()
        (line,) = (Path(folder) / "library" / "journal").iterdir()
        return (Path(folder) / "library" / "library.json").read_bytes(), line.read_bytes()


SNAPSHOT, JOURNAL = _library()
_REST = [line[len(steps.MARK) + 10 :] for line in JOURNAL.split(b"\n") if line]


def summed(rest: bytes) -> bytes:
    """A line of a journal whose checksum is right, whatever it holds."""
    return b'%b%08x",%b' % (steps.MARK, crc32(rest), rest)


def _line(data: bytes) -> None:
    step = steps.decode(summed(data))
    again = steps.decode(steps.encode(step))
    assert steps.encode(again) == steps.encode(step)
    assert again.order == step.order


def _step(data: bytes) -> None:
    """Whatever the user wrote comes back from a journal as it was."""
    machine, what, key, before, after = texts(data, 5)
    values = [before, after, None, [after, {before: [1, True, None]}], "", {key: after}]
    changes = tuple(
        Change(DECIDED, key, (what or "note", before), values[at], values[-1 - at])
        for at in range(len(values))
    )
    step = Step(machine, 1 + len(data), 2, after, what, changes, None if len(data) % 2 else 3)
    line = steps.encode(step)
    assert b"\n" not in line
    assert steps.decode(line) == step
    assert journal.steps_of(b"torn" + line) == [step]
    assert journal.parse("n", b"bad\n" + line + b"\n" + line[:-1], Mark()).lines[1] == step


def _open(folder: Path, _: bytes) -> None:
    """A library opens, whatever its files hold, and writing goes on; nothing that lay there is deleted."""
    there = {path.read_bytes() for path in (folder / "library").rglob("*.json*") if path.stat().st_size}
    library = opened(folder)
    try:
        before = seen(library)
        if not library.read_only:
            note(library, "2306.07899", "New.")
            assert (library.paper("2306.07899") or {}).get("note") == "New."
            library.undo()
        assert all(isinstance(one, str) for one in library.notices)
        json.dumps(before)
    finally:
        library.close()
    kept = b"".join(path.read_bytes() for path in (folder / "library").rglob("*") if path.is_file())
    assert all(part in kept for content in there for part in content.split(b"\n") if len(part) > 80)
    again = opened(folder)
    assert seen(again)[DECIDED].keys() >= before[DECIDED].keys()
    again.close()


def _snapshot(folder: Path, data: bytes) -> None:
    (folder / "library" / "journal").mkdir(parents=True)
    (folder / "library" / "journal" / "other-2026.jsonl").write_bytes(JOURNAL)
    (folder / "library" / "library.json").write_bytes(data)
    _open(folder, data)


def _own_snapshot(folder: Path, data: bytes) -> None:
    """A snapshot whose sum is right, whatever it holds."""
    at = data.rfind(snapshot.META)
    if at >= 0 and data.endswith(snapshot.END):
        start = data.find(_SUM, at) + len(_SUM)
        rest = data[start + 10 : -len(snapshot.END)]
        data = b'%b%08x",%b%b' % (data[:start], crc32(rest, snapshot.SCHEMA), rest, snapshot.END)
    _snapshot(folder, data)


_SUM = b'"sum":"'


def _journals(folder: Path, data: bytes) -> None:
    (folder / "library" / "journal").mkdir(parents=True)
    lines = [summed(line) if at % 4 else line for at, line in enumerate(data.split(b"\n"))]
    (folder / "library" / "journal" / "other-2026.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    _open(folder, data)


def _draft(folder: Path, data: bytes) -> None:
    drafts = Drafts(folder)
    drafts.put("2306.07899", "x")
    for path in (folder / "drafts").glob("*.json"):
        path.write_bytes(data)
    drafts.close()
    drafts = Drafts(folder)
    for key in ("2306.07899", *drafts.all()):
        assert isinstance(drafts.get(key), str | None)
        assert isinstance(drafts.over(key), str | None)
    key, written = texts(data, 2)
    drafts.put(key, written, key)
    assert (drafts.get(key), drafts.over(key)) == (written, key)
    drafts.close()


_STATES = {"cs.CL": ListingState("cs.CL", Completeness.COMPLETE, DAY.isoformat())}


def _day_file(folder: Path, data: bytes) -> None:
    """A listing day in whose place any bytes are: rows or a notice, and fetching again mends it."""
    place = folder / "archive" / f"{DAY}.jsonl"
    place.parent.mkdir()
    place.write_bytes(data)
    archive = open_archive(folder)
    listing = archive.listing(DAY)
    assert listing is not None or archive.notices
    for row in listing.rows if listing is not None else ():
        with suppress(ArchiveUnusable):
            assert shown.abstract(archive.paper(row)) is not None
            assert archive.paper(row).id == row.id
    for name in archive.categories():
        archive.states(name)
    list(archive.texts(DAY))
    archive.find(PAPERS[0].id)
    if listing is not None:
        stored = archive.store(DAY, PAPERS, _STATES)
        assert {row.id for row in stored.rows} >= {paper.id for paper in PAPERS}
        assert archive.paper(next(row for row in stored.rows if row.id == PAPERS[0].id)).title


def _archived(data: bytes) -> None:
    """Whatever a paper says, the archive gives it back."""
    title, author, abstract, name = (one.encode("utf-8", "replace").decode() for one in texts(data, 4))
    paper = Paper("2611.00001", title, (author, abstract), abstract, 1, categories=(name,), doi=title or None)
    content = day_file.encoded(DAY, [paper], {name: _STATES["cs.CL"]}, {name: [0]})
    head = content[: content.index(b"\n") + 1]
    listing = day_file.decode_head(head, DAY, len(content))
    (row,) = listing.rows
    assert (row.title, listing.states, listing.is_whole) == (title, {name: _STATES["cs.CL"]}, True)
    assert day_file.decode_record(content[row.offset : row.offset + row.length], paper.id) == paper


def _ledger(folder: Path, data: bytes) -> None:
    place = folder / "archive" / "ledger.json"
    place.parent.mkdir()
    place.write_bytes(data)
    archive = open_archive(folder)
    for name in archive.categories():
        for day, state in archive.states(name).items():
            assert isinstance(day, date)
            assert state.completeness in Completeness
            assert state.announced >= state.sections.new or min(state.sections) < 0
    archive.remember(DAY, _STATES)
    assert archive.states("cs.CL")[DAY]


def _archive(check: Callable[[Path], bytes]) -> bytes:
    with TemporaryDirectory(prefix="triage-fuzz-", dir=memory()) as folder:
        archive = open_archive(Path(folder))
        archive.store(DAY, PAPERS, _STATES)
        archive.remember(
            date(2026, 11, 19), {"cs.CL": ListingState("cs.CL", Completeness.RESTS, "2026-11-19")}
        )
        return check(Path(folder))


class _Still:
    """A machine whose time stands still but for sleep."""

    now = 1.7e9

    def wall(self) -> float:
        """Seconds since 1970."""
        return self.now

    def monotonic(self) -> float:
        """The same."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """At most the hold of a host, and never back."""
        assert 0 <= seconds <= 3600, seconds
        self.now += seconds


def _clock(folder: Path, data: bytes) -> None:
    place = folder / "requests.json"
    place.write_bytes(data)
    time = _Still()
    clock = FileRequestClock(place, 0.0, machine=time)
    for host in ("export.arxiv.org", "a.example"):
        with suppress(Unreachable):
            clock.wait(host)
        clock.hold_back(host, 5.0)
    begun = time.now
    for _ in range(40):
        try:
            clock.wait("arxiv.org")
            break
        except Unreachable:
            time.now += 100
    else:
        raise AssertionError("asked never again")
    assert time.now - begun <= 3700


_PAGE = Page("2611.00001", 2, "On tea", "https://arxiv.org/html/2611.00001v2", "2026-11-20T08:00:00Z")
_KEPT = Kept(_PAGE, 2, Fetched(_PAGE.id, _PAGE.url, b"<html>tea</html>", "utf-8"))
_PARTS = [Part("S1", 1, "1 Tea", "Text.", (("S1.p1", 0),))]


def _shelf(folder: Path, data: bytes) -> None:
    shelf = PageShelf(folder)
    for name in ("html", "parts"):
        (folder / f"2611.00001.{name}.gz").write_bytes(gzip.compress(data, 1))
    kept = shelf.find("2611.00001")
    if kept is not None:
        assert kept.page.id == "2611.00001"
    shelf.parts(_KEPT, 1)
    (folder / "2611.00002.html.gz").write_bytes(data)
    shelf.find("2611.00002")
    shelf.keep(_KEPT)
    shelf.keep_parts(_KEPT, 1, _PARTS)
    assert shelf.find("2611.00001") == _KEPT
    assert shelf.parts(_KEPT, 1) == _PARTS
    assert all(shelf.notices)


def _pages(folder: Path, name: str) -> bytes:
    shelf = PageShelf(folder)
    shelf.keep(_KEPT)
    shelf.keep_parts(_KEPT, 1, _PARTS)
    return gzip.decompress((folder / f"2611.00001.{name}.gz").read_bytes())


def _page_bytes(name: str) -> bytes:
    with TemporaryDirectory(prefix="triage-fuzz-", dir=memory()) as folder:
        return _pages(Path(folder), name)


def _event(data: bytes) -> None:
    event = event_in(data)
    assert event is None or isinstance(event, dict)
    assert event_in(json.dumps({"event": text(data)}).encode()) == {"event": text(data)}


DAY_FILE = _archive(lambda at: (at / "archive" / f"{DAY}.jsonl").read_bytes())


def _backup() -> tuple[bytes, dict[str, bytes]]:
    """A backup of a small library, and what lies in it."""
    with TemporaryDirectory(prefix="triage-fuzz-", dir=memory()) as folder:
        library = opened(Path(folder))
        decide(library, "2306.07899", "keep")
        library.close()
        made = FolderBackups(Path(folder) / "library", lambda: datetime(2026, 11, 26, 12, tzinfo=UTC)).make()
        assert made is not None
        with ZipFile(made.path) as file:
            return Path(made.path).read_bytes(), {name: file.read(name) for name in file.namelist()}


BACKUP, _PACKED = _backup()


def _backup_file(folder: Path, data: bytes) -> None:
    """A backup that any bytes are found in the place of is refused, or all of it is read."""
    place = folder / "backup.zip"
    place.write_bytes(data)
    with BackupFile(place) as backup:
        backup.check()
        backup.unpack(folder / "unpacked")
    assert not [one for one in folder.rglob("*") if one.is_symlink()]
    assert {one.name for one in folder.iterdir()} == {"backup.zip", "unpacked"}


def _manifest(folder: Path, data: bytes) -> None:
    """The same of one whose manifest is any."""
    with ZipFile(folder / "made.zip", "w") as file:
        for name, content in _PACKED.items():
            file.writestr(name, data if name == MANIFEST else content)
    whole = (folder / "made.zip").read_bytes()
    (folder / "made.zip").unlink()
    _backup_file(folder, whole)


TARGETS = (
    Target("journal line", _line, _REST, (ValueError,), _JSON),
    Target("step", _step, (b"machine\xffkeep\xff2306.07899\xffold\xffnew",), ()),
    Target("library.json", _in_folder(_snapshot), (SNAPSHOT,), (LibraryUnusable,), (*_JSON, b'"meta": {')),
    Target("own library.json", _in_folder(_own_snapshot), (SNAPSHOT,), (LibraryUnusable,), _JSON),
    Target("journals", _in_folder(_journals), (b"\n".join(_REST),), (LibraryUnusable, NotSaved), _JSON),
    Target(
        "backup",
        _in_folder(_backup_file),
        (BACKUP,),
        (NoBackup, UnreadableBackup, OSError),
        (b"PK\x03\x04", b"../"),
        16384,
    ),
    Target(
        "manifest of a backup",
        _in_folder(_manifest),
        (_PACKED[MANIFEST],),
        (NoBackup, UnreadableBackup),
        (*_JSON, b"../", b"library/", b"\\u001b[31m", b"/etc/passwd", b'"form":2'),
    ),
    Target("draft", _in_folder(_draft), (b'{"key": "2306.07899", "text": "t", "over": null}',), (), _JSON),
    Target("day file", _in_folder(_day_file), (DAY_FILE,), (ArchiveUnusable,), _JSON),
    Target("archived paper", _archived, (b"On tea\xffAda\xffAbstract\xffcs.CL",), ()),
    Target(
        "ledger.json",
        _in_folder(_ledger),
        (_archive(lambda at: (at / "archive" / "ledger.json").read_bytes()),),
        (ArchiveUnusable,),
        _JSON,
    ),
    Target(
        "request clock",
        _in_folder(_clock),
        (b'{"arxiv.org": {"last": 1.7e9, "held_at": 1.6e9, "held_for": 30.0}}',),
        (),
        _JSON,
    ),
    Target("kept page", _in_folder(_shelf), (_page_bytes("html"), _page_bytes("parts")), (), _JSON),
    Target("a child's report", _event, (b'{"event": "part", "anchor": "S1"}',), (), _JSON),
)

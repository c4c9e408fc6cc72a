"""Backups beside a library: proved by opening them, told apart from damaged ones, and cheap to make again."""

import gzip
import json
import os
import resource
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zlib import crc32

import pytest

from tests.conftest import Count
from tests.library.killing import Tell, killed_at
from tests.library.made import decide, note, opened, seen
from tests.library.test_full_disk import in_child
from triage.backup import NoBackup, NotBackedUp, Reason, UnreadableBackup
from triage.digest import sha256
from triage.library import backup_proof, backup_writing
from triage.library.backup_form import Held
from triage.library.backup_proof import Contents
from triage.library.backup_reading import BackupFile
from triage.library.backup_unpacked import RestorableBackups
from triage.library.opening import open_library
from triage.steps import PAPERS, Change, encode

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
ABC = gzip.compress(b"abc")
NOTE = "A note that is worth more than all the rest. " * 20


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def backups(quick_disk: Path, clock: Clock) -> RestorableBackups:
    """The backups of a library with two papers decided on, a note, and a note being typed."""
    library = opened(quick_disk)
    decide(library, "2611.00001", "keep")
    note(library, "2611.00001", NOTE)
    decide(library, "2611.00002", "skip")
    library.save_draft("2611.00002", "half a no")
    library.close()
    return RestorableBackups(quick_disk / "library", clock)


def names(backups: RestorableBackups) -> list[str]:
    """What lies in the folder of backups, leftovers too."""
    return sorted(path.name for path in Path(backups.folder).iterdir())


def work(quick_disk: Path, key: str, verdict: str = "keep") -> None:
    """Decide on a paper."""
    library = opened(quick_disk)
    decide(library, key, verdict)
    library.close()


def test_a_backup_holds_what_it_says_and_opens_as_the_library_it_is_of(
    quick_disk: Path, backups: RestorableBackups
) -> None:
    made = backups.make()
    assert made is not None
    assert made.counts._asdict() == {"decided": 2, "kept": 1, "notes": 1, "hauls": 0, "steps": 3, "drafts": 1}
    assert names(backups) == ["2026-11-26T120000Z-asked-for.zip"]
    with backups.unpacked(made.name) as then:
        assert then.library is not None
        there = open_library(Path(then.library), state=quick_disk / "state-b", read_only=True)
        here = opened(quick_disk)
        assert seen(there) == seen(here)
        assert there.notices == ()
        assert [(one.key, one.text) for one in then.drafts] == [("2611.00002", "half a no")]
        assert list(then.changes()) == []
        there.close()
        here.close()
    assert names(backups) == [made.name]


def test_unzip_and_gunzip_give_the_folder_back(quick_disk: Path, backups: RestorableBackups) -> None:
    made = backups.make()
    assert made is not None
    out = quick_disk / "out"
    with zipfile.ZipFile(made.path) as file:
        assert file.testzip() is None
        file.extractall(out)
    for path in out.rglob("*.gz"):
        os.system(f"gunzip '{path}'")  # noqa: S605  as the README has it
    there = open_library(out / "library", state=quick_disk / "state-b")
    assert seen(there) == seen(opened(quick_disk))
    assert there.notices == ()


def test_before_anything_was_done_there_is_nothing_to_back_up(quick_disk: Path, clock: Clock) -> None:
    opened(quick_disk).close()
    none = RestorableBackups(quick_disk / "library", clock)
    assert none.make() is None
    assert none.before(Reason.MERGE) is None
    assert none.daily() is None
    assert not Path(none.folder).exists()


def test_the_day_has_one_backup_and_only_if_something_was_done(
    quick_disk: Path, backups: RestorableBackups, clock: Clock
) -> None:
    assert backups.daily() is not None
    work(quick_disk, "2611.00003")
    assert backups.daily() is None
    clock.now += timedelta(days=1)
    assert backups.daily() is not None
    clock.now += timedelta(days=1)
    assert backups.daily() is None
    assert names(backups) == ["2026-11-26T120000Z-daily.zip", "2026-11-27T120000Z-daily.zip"]


def test_years_that_did_not_change_are_copied_as_they_lie_packed(
    quick_disk: Path, backups: RestorableBackups, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = next((quick_disk / "library" / "journal").iterdir())
    older = journal.with_name("old-2020.jsonl")
    step = next(opened(quick_disk).history())
    lines = [encode(step._replace(machine="old", number=1 + at, lamport=1 + at)) for at in range(50)]
    older.write_bytes(b"\n".join(lines) + b"\n")
    opened(quick_disk).close()
    assert backups.daily() is not None
    packed: list[bytes] = []
    real = backup_writing._folded

    def heard(data: bytes) -> bytes:
        packed.append(data)
        return real(data)

    monkeypatch.setattr(backup_writing, "_folded", heard)
    before = journal.stat().st_size
    work(quick_disk, "2611.00003")
    made = backups.before(Reason.MERGE)
    assert made is not None
    assert made.counts.decided == 3
    assert made.counts.steps == 54
    assert older.read_bytes() not in packed
    assert journal.read_bytes()[before:] in packed
    with backups.unpacked(made.name) as then:
        assert then.library is not None
        assert (Path(then.library) / "journal" / journal.name).read_bytes() == journal.read_bytes()


def test_what_was_folded_this_week_is_folded_again_only_where_nobody_waits(
    quick_disk: Path, backups: RestorableBackups, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    folds: list[Path] = []
    real = backup_proof.folded

    def heard(folder: Path) -> tuple[Contents, Mapping[str, int]]:
        folds.append(folder)
        return real(folder)

    monkeypatch.setattr(backup_proof, "folded", heard)

    def folds_for(make: Callable[[], object]) -> bool:
        before = len(folds)
        assert make() is not None
        return len(folds) > before

    assert folds_for(backups.daily)
    work(quick_disk, "2611.00003")
    assert not folds_for(lambda: backups.before(Reason.MERGE))
    assert folds_for(lambda: backups.before(Reason.REPAIR))
    assert folds_for(backups.make)
    clock.now += timedelta(days=8)
    work(quick_disk, "2611.00004")
    assert folds_for(backups.daily)
    journal = next((quick_disk / "library" / "journal").iterdir())
    journal.write_bytes(journal.read_bytes().replace(b"worth more", b"worth less"))
    assert folds_for(lambda: backups.before(Reason.MERGE)), "what was folded is not what is there now"


def test_a_backup_that_does_not_make_what_the_library_shows_is_none(
    quick_disk: Path, backups: RestorableBackups
) -> None:
    journal = next((quick_disk / "library" / "journal").iterdir())
    whole = journal.read_bytes()
    # Far from the end, where nobody looks when the library is opened.
    library = opened(quick_disk)
    for number in range(100):
        note(library, "2611.00002", f"{NOTE} {number}")
    library.close()
    flipped = bytearray(journal.read_bytes())
    flipped[len(whole) // 2] ^= 1
    journal.write_bytes(flipped)
    with pytest.raises(NotBackedUp, match=r"2611\.00001 among them.*triage check"):
        backups.daily()
    assert [name for name in names(backups) if name.endswith(".zip")] == []
    # A repair and a restore must have theirs all the same: the bytes as they are.
    made = backups.before(Reason.REPAIR)
    assert made is not None
    with backups.unpacked(made.name) as then:
        assert then.library is not None
        assert (Path(then.library) / "journal" / journal.name).read_bytes() == bytes(flipped)


@pytest.mark.parametrize("where", ["journal", "library.json", "drafts"])
@pytest.mark.parametrize("is_gzip", [True, False])
def test_what_cannot_be_read_back_is_no_backup(
    backups: RestorableBackups, monkeypatch: pytest.MonkeyPatch, where: str, is_gzip: bool
) -> None:
    real = backup_writing.Writer.packed

    def bad(writer: backup_writing.Writer, held: Held) -> bytes:
        data = bytearray(real(writer, held))
        if where not in held.name:
            return bytes(data)
        if is_gzip:
            return gzip.compress(gzip.decompress(data).replace(b"a", b"b"))
        data[len(data) // 2] ^= 8
        return bytes(data)

    first = backups.daily()
    assert first is not None
    monkeypatch.setattr(backup_writing.Writer, "packed", bad)
    with pytest.raises(NotBackedUp, match="could not be read back"):
        backups.make()
    assert [name for name in names(backups) if name.endswith(".zip")] == [first.name]
    assert names(backups) == [first.name]


@pytest.mark.parametrize("room", [0, 100, 400, 900])
def test_on_a_full_disk_there_is_no_backup_and_nothing_is_left_behind(
    quick_disk: Path, backups: RestorableBackups, room: int
) -> None:
    first = backups.daily()
    assert first is not None

    def fill() -> None:
        most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, most))
        with pytest.raises(NotBackedUp, match="make room"):
            backups.make()

    assert in_child(fill) == 0
    assert names(backups) == [first.name]
    assert backups.make() is not None


def test_a_day_on_which_it_failed_is_told_of_once(
    quick_disk: Path, backups: RestorableBackups, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(backup_writing, "sync_file", full)
        with pytest.raises(NotBackedUp, match="No space left"):
            backups.daily()
        assert backups.daily() is None
    clock.now += timedelta(days=1)
    assert backups.daily() is not None
    assert names(backups) == ["2026-11-27T120000Z-daily.zip"]


@pytest.mark.parametrize("is_lost", [True, False])
def test_steps_that_were_lost_stay_in_the_last_backup_that_has_them(
    quick_disk: Path, backups: RestorableBackups, clock: Clock, is_lost: bool
) -> None:
    other = opened(quick_disk, "b")
    decide(other, "2611.00008", "keep")
    theirs = other.machine
    other.close()
    made = backups.daily()
    assert made is not None
    if is_lost:
        next((quick_disk / "library" / "journal").glob(f"{theirs}-*")).unlink()
    for number in range(10):
        clock.now += timedelta(days=40)
        work(quick_disk, f"2611.001{number:02}")
        assert backups.daily() is not None
    assert (made.name in names(backups)) is is_lost
    assert len(names(backups)) == 7 + is_lost


def damaged(path: Path, how: str) -> Path:
    """The backup, damaged in one way."""
    data = bytearray(path.read_bytes())
    if how == "cut":
        del data[len(data) * 2 // 3 :]
    elif how == "empty":
        data.clear()
    elif how == "zeros":
        data[len(data) // 3 :] = bytes(len(data) - len(data) // 3)
    elif how == "tail":
        data += b"more"
    else:
        data[len(data) // 3] ^= 1
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("how", ["cut", "zeros", "bit"])
def test_a_damaged_backup_is_named_and_the_others_stand(
    quick_disk: Path, backups: RestorableBackups, clock: Clock, how: str
) -> None:
    first = backups.daily()
    clock.now += timedelta(days=1)
    work(quick_disk, "2611.00003")
    second = backups.daily()
    assert first is not None
    assert second is not None
    damaged(Path(first.path), how)
    with pytest.raises(UnreadableBackup, match="is damaged"), backups.unpacked(first.name):
        pass
    with backups.unpacked(second.name) as then:
        assert then.backup.counts.decided == 3
    assert [one.name for one in backups.list().backups if one.name != first.name] == [second.name]
    clock.now += timedelta(days=1)
    work(quick_disk, "2611.00004")
    third = backups.daily()
    assert third is not None
    assert set(names(backups)) == {first.name, second.name, third.name}


def test_no_flipped_bit_of_a_backup_goes_unseen(
    quick_disk: Path, backups: RestorableBackups, counted: Count
) -> None:
    made = backups.make()
    assert made is not None
    whole = Path(made.path).read_bytes()
    bad = quick_disk / "bad.zip"
    harmless = 0
    with backups.unpacked(made.name) as then:
        right = read_all(Path(then.library or ""))
    for at in range(0, len(whole), 7):
        data = bytearray(whole)
        data[at] ^= 1 << at % 8
        bad.write_bytes(data)
        try:
            with backups.unpacked(str(bad)) as then:
                assert read_all(Path(then.library or "")) == right, f"bit {at % 8} of byte {at} was not seen"
            harmless += 1
        except (UnreadableBackup, NoBackup):
            pass
        counted("bits flipped in backups", 1)
    assert harmless < len(whole) // 7 // 3, "these are dates and versions in the zip's own heads"


def read_all(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


Manifest = dict[str, object]


def crafted(path: Path, files: Sequence[tuple[str, bytes]], change: Callable[[Manifest], None]) -> Path:
    """A backup as somebody makes it who means harm: other files, and another manifest."""
    with zipfile.ZipFile(path) as file:
        manifest = json.loads(file.read("manifest.json"))
        there = [(info, file.read(info)) for info in file.infolist() if info.filename != "manifest.json"]
    change(manifest)
    bad = path.with_name("crafted")
    with zipfile.ZipFile(bad, "w") as file:
        for info, data in there:
            file.writestr(info, data)
        for name, data in files:
            file.writestr(name, data)
        file.writestr("manifest.json", json.dumps(manifest))
    return bad


def _adding(name: str, size: int = 3) -> Callable[[Manifest], None]:
    def change(manifest: Manifest) -> None:
        manifest["files"].append([name, size, sha256(b"abc"), 1, 0])  # type: ignore[attr-defined]  # JSON is Any

    return change


def _with(**fields: object) -> Callable[[Manifest], None]:
    return lambda manifest: manifest.update(fields)


@pytest.mark.parametrize(
    ("files", "change", "refusal", "match"),
    [
        ([("../evil.gz", ABC)], _adding("../evil"), UnreadableBackup, "outside of itself"),
        ([("/etc/evil.gz", ABC)], _adding("/etc/evil"), UnreadableBackup, "outside of itself"),
        (
            [("library/../../evil.gz", ABC)],
            _adding("library/../../evil"),
            UnreadableBackup,
            "outside of itself",
        ),
        ([("library/a\\b.gz", ABC)], _adding("library/a\\b"), UnreadableBackup, "outside of itself"),
        ([("library/a\x1b[2J.gz", ABC)], _adding("library/a\x1b[2J"), UnreadableBackup, "outside of itself"),
        ([("elsewhere/a.gz", ABC)], _adding("elsewhere/a"), UnreadableBackup, "outside of itself"),
        ([("library/unlisted.gz", ABC)], _with(), NoBackup, "does not list"),
        ([], _adding("library/missing"), UnreadableBackup, "missing"),
        ([("library/big.gz", ABC)], _adding("library/big", 10**12), UnreadableBackup, "damaged"),
        ([("library/big.gz", ABC)], _adding("library/big", 4 * 10**9), NoBackup, "would unfold to 4 GB"),
        ([], _with(form=2), UnreadableBackup, "newer triage"),
        ([], _with(form="1"), UnreadableBackup, "damaged"),
        ([], _with(steps=[1]), UnreadableBackup, "damaged"),
        ([], _with(moment="yesterday"), UnreadableBackup, "damaged"),
        ([], _with(files=[["library/library.json", 1, "x", 1, 1]]), UnreadableBackup, "damaged"),
        ([], _with(counts={"decided": -1}), UnreadableBackup, "damaged"),
    ],
)
def test_a_backup_of_somebody_who_means_harm_is_refused_before_anything_is_written(
    quick_disk: Path,
    backups: RestorableBackups,
    files: Sequence[tuple[str, bytes]],
    change: Callable[[Manifest], None],
    refusal: type[Exception],
    match: str,
) -> None:
    made = backups.make()
    assert made is not None
    bad = crafted(Path(made.path), files, change)
    before = read_all(quick_disk)
    with pytest.raises(refusal, match=match) as refused, backups.unpacked(str(bad)):
        pass
    assert "\x1b" not in str(refused.value)
    assert read_all(quick_disk) == before


def test_links_bombs_and_other_zips_are_refused(quick_disk: Path, backups: RestorableBackups) -> None:
    made = backups.make()
    assert made is not None

    def refused(path: Path, kind: type[Exception], match: str) -> None:
        with pytest.raises(kind, match=match), backups.unpacked(str(path)):
            pass

    with zipfile.ZipFile(made.path) as file:
        members = [(info, file.read(info)) for info in file.infolist()]
    link, twice, deflated = (quick_disk / name for name in ("link.zip", "twice.zip", "deflated.zip"))
    with zipfile.ZipFile(link, "w") as file:
        for info, data in members:
            info.external_attr = 0o120777 << 16
            file.writestr(info, data)
    refused(link, NoBackup, "a link or a device")
    with zipfile.ZipFile(twice, "w") as file:
        for info, data in members:
            file.writestr(info.filename, data)
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr(members[0][0].filename, members[0][1])
    refused(twice, NoBackup, "two files of one name")
    with zipfile.ZipFile(deflated, "w", zipfile.ZIP_DEFLATED) as file:
        for info, data in members:
            file.writestr(info.filename, data)
    refused(deflated, NoBackup, "packed in another way")
    other = quick_disk / "other.zip"
    with zipfile.ZipFile(other, "w") as file:
        file.writestr("some.txt", "text")
    refused(other, NoBackup, "no backup of triage's")
    text = quick_disk / "text"
    text.write_text("no zip")
    refused(text, NoBackup, "no backup of triage's")
    refused(quick_disk, NoBackup, "is no file")
    refused(quick_disk / "nowhere", NoBackup, "no file")
    bomb = crafted(Path(made.path), [], _bomb)
    refused(bomb, UnreadableBackup, "more than it says|not as it was written")


def _bomb(manifest: Manifest) -> None:
    for one in manifest["files"]:  # type: ignore[attr-defined]  # JSON is Any
        one[1] = 10


def test_killed_at_any_system_call_a_backup_is_whole_or_not_there(quick_disk: Path, counted: Count) -> None:
    library = opened(quick_disk)
    decide(library, "2611.00001", "keep")
    note(library, "2611.00001", NOTE)
    library.close()

    def make(tell: Tell) -> None:
        made = RestorableBackups(quick_disk / "library", lambda: NOON).make()
        assert made is not None
        tell(made.name)

    before = read_all(quick_disk / "library")
    calls = 0
    while not killed_at(calls, make).ended:
        backups = RestorableBackups(quick_disk / "library", lambda: NOON)
        listed = backups.list()
        assert list(listed.notices) == []
        for one in listed.backups:
            with BackupFile(Path(one.path)) as file:
                file.check()
        assert backups.make() is not None
        assert [name for name in names(backups) if not name.endswith(".zip")] == []
        for path in Path(backups.folder).iterdir():
            path.unlink()
        Path(backups.folder).rmdir()
        assert read_all(quick_disk / "library") == before
        calls += 1
        counted("kills of a backup", 1)
    assert calls > 10


def test_a_value_that_json_has_not_comes_from_no_backup(quick_disk: Path, backups: RestorableBackups) -> None:
    journal = next((quick_disk / "library" / "journal").iterdir())
    last = next(opened(quick_disk).history())
    strange = encode(last._replace(number=last.number + 1, lamport=last.lamport + 1, changes=(
        Change(PAPERS, "2611.00009", ("verdict",), None, 1.5),)))  # fmt: skip
    rest = strange.split(b'",', 1)[1].replace(b"1.5", b"NaN")
    with journal.open("ab") as file:
        file.write(b'{"sum":"%08x",' % crc32(rest) + rest + b"\n")
    made = backups.before(Reason.RESTORE)
    assert made is not None
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:3]))
    (quick_disk / "library" / "library.json").unlink()
    with backups.unpacked(made.name) as then:
        assert list(then.changes()) == []

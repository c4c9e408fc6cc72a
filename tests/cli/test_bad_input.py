"""What goes wrong around a command: one sentence, the exit status of the design, and nothing lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Triage
from tests.cli.test_commands import POST

pytestmark = pytest.mark.usefixtures("listing")
HOUSE = Path(__file__).resolve().parents[2]
FULL = Path("/dev/full")


def process(home: Path, *words: str, streams: str = "", **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run `python -m triage` as a process; `streams` is what a shell does with them."""
    argv = [sys.executable, "-P", "-m", "triage", "--data", str(home / "data"), *words]
    return subprocess.run(
        ["sh", "-c", f'exec "$0" "$@" {streams}', *argv],
        env={**os.environ, "PYTHONPATH": str(HOUSE), **env},
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "words",
    [["list"], ["list", "--json"], ["show", "2611.00001"], ["export"], ["--help"], ["config", "path"]],
)
def test_a_full_disk_behind_standard_output_is_a_sentence(words: list[str], home: Path) -> None:
    process(home, "keep", "2611.00001")
    ran = process(home, *words, streams=">/dev/full")
    said = b"triage: standard output cannot be written (No space left on device); what was decided is saved\n"
    assert (ran.returncode, ran.stderr) == (2, said)


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_a_note_is_saved_though_nobody_can_be_told(home: Path) -> None:
    assert process(home, "note", "2611.00001", "Kept.", streams=">/dev/full 2>/dev/full").returncode == 2
    assert b"Kept." in process(home, "show", "2611.00001").stdout


@pytest.mark.parametrize("shell", ["2>/dev/full", "2>&-", ">&- 2>&-"])
def test_a_refusal_that_nobody_hears_keeps_its_status(shell: str, home: Path) -> None:
    if "full" in shell and not FULL.exists():
        pytest.skip("this system has no /dev/full")
    ran = process(home, "show", "2611.99999", streams=shell)
    assert (ran.returncode, ran.stdout) == (2, b"")


def test_a_closed_standard_input_is_an_empty_text(home: Path) -> None:
    ran = process(home, "note", "2611.00001", "-", streams="<&-")
    assert (ran.returncode, ran.stderr) == (2, b"triage: the text is empty: nothing was written\n")


def test_a_note_of_a_megabyte_with_anything_in_it_comes_back(triage: Triage) -> None:
    text = "word\0 \x1b[31m é\n" * 70_000
    assert triage("note", "2611.00001", "-", typed=text.encode()).status == 0
    shown = triage("show", "2611.00001").out
    assert shown.count("word [31m é\n") == 70_000
    assert triage("export").out.count("word\0 \x1b[31m é\n") == 70_000


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2023-06-30T03:06:00.000Z", "9999-12-31T23:59:59-12:00"),
        ("2023-06-30T03:06:00.000Z", "0001-01-01T00:00:00+14:00"),
        ("2023-06-30T03:06:00.000Z", "never"),
        ("tags: arxiv", "tags: " + "[" * 10_000),
        ("tags: arxiv", "tags: !!python/object/apply:os.system [id]"),
        ("tags: arxiv", "a: &a [x,x]\nb: [*a,*a]"),
        ("One comment.", "One\0 comment. " + "word " * 1_000_000),
        ("A paper of old", "A \x1b]52;c;SE9T\x07 \x9b paper"),
        ("https://arxiv.org/abs/2306.07899", "javascript:alert(1)"),
        ("~7", "~0"),
        ("\n", "\r\n"),
    ],
)
def test_a_strange_post_comes_back_to_the_byte(before: str, after: str, triage: Triage, home: Path) -> None:
    data = POST.replace(before, after).encode()
    (home / "post.md").write_bytes(data)
    number = "0" if after == "~0" else "7"
    assert triage("import", "post.md").lines == [f"haul {number} imported: 2 entries, 1 comment"]
    assert triage("export", "--haul", number).out.encode() == data
    for words in (["list", "--haul", "all"], ["list", "--day", "all", "--json"]):
        assert "\x1b" not in triage(*words).out


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (POST.encode("utf-16"), "line 1: not UTF-8; save the post as UTF-8"),
        (POST.replace("…", "é").encode("latin-1"), "line 18: not UTF-8"),
        (POST.replace("~7", "~" + "9" * 5000).encode(), "bears no number in its title 'ML Arxiv Haul ~999"),
        (b"\0" * 1000, "is no post of a haul"),
        (b"", "is no post of a haul"),
    ],
)
def test_what_is_no_post_is_named_with_its_file(data: bytes, says: str, triage: Triage, home: Path) -> None:
    (home / "post.md").write_bytes(data)
    ran = triage("import", "post.md")
    assert (ran.status, ran.out) == (2, "")
    assert f"triage: {home / 'post.md'}" in ran.err
    assert says in ran.err
    assert len(ran.err) < 400


@pytest.mark.parametrize("said", ["0", "-1", "1" + "0" * 30, "٣", "1.5", "", "nan"])
@pytest.mark.parametrize("words", [["undo"], ["publish", "--number"]])
def test_a_number_that_is_none_is_refused(words: list[str], said: str, triage: Triage) -> None:
    triage("keep", "2611.00001")
    ran = triage(*words, said)
    assert (ran.status, ran.out) == (2, "")
    assert "a number from 1 on" in ran.err
    assert len(triage("list", "--haul", "current").lines) == 1


@pytest.mark.parametrize(
    "said", ["9999-12-31T23:59-12:00", "0001-01-01", "2026-11-20T25:00", "1e5", " 2026-11-20"]
)
def test_a_moment_no_clock_shows_is_refused(said: str, triage: Triage) -> None:
    triage("keep", "2611.00001")
    ran = triage("publish", "--date", said)
    assert (ran.status, ran.out) == (2, "")
    assert "--date wants a date like 2026-11-20" in ran.err
    assert triage("list", "--haul", "current").out


@pytest.mark.parametrize("kind", ["file", "dangling", "circle", "fifo", "long", "under a file"])
def test_a_library_in_an_odd_place_is_refused_with_its_name(kind: str, home: Path) -> None:
    place = home / kind
    match kind:
        case "file":
            place.write_text("")
        case "dangling":
            place.symlink_to(home / "nothing")
        case "circle":
            place.symlink_to(place)
        case "fifo":
            os.mkfifo(place)
        case "long":
            place = home / ("n" * 300)
        case _:
            place = home / "config" / "triage" / "config.toml" / "library"
    for words in (["list"], ["keep", "2611.00001"]):
        argv = [sys.executable, "-P", "-m", "triage", *words]
        env = {**os.environ, "PYTHONPATH": str(HOUSE), "TRIAGE_DATA": str(place)}
        ran = subprocess.run(argv, env=env, capture_output=True, timeout=60, check=False)
        assert (ran.returncode, ran.stdout) == (4, b"")
        assert ran.stderr.count(b"\n") == 1
        assert str(place).encode() in ran.stderr
        assert b"--data" in ran.stderr


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["list"], 0, ""),
        (["--data", "here", "list"], 4, "name another with --data"),
        (["export", "-o", "post.md"], 2, "post.md leads nowhere"),
    ],
)
def test_a_working_folder_that_was_removed_is_no_fault_of_ours(
    words: list[str], status: int, says: str, home: Path
) -> None:
    gone = home / "gone"
    gone.mkdir()
    argv = [sys.executable, "-P", "-m", "triage", *words]
    ran = subprocess.run(
        ["sh", "-c", 'cd "$0" && rmdir "$0" && exec "$@"', str(gone), *argv],
        env={**os.environ, "PYTHONPATH": str(HOUSE), "TRIAGE_DATA": str(home / "data")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == status, ran.stderr
    assert says in ran.stderr
    assert "our fault" not in ran.stderr


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://user:word@example.org/",
        "http://example.org/a\nb",
        "http://example.org/a b",
        "http://[::1",
        "http://example.org:99999/",
        "http://example.org:0/",
        "http://example.org/\x1b]52;c;SE9T\x07",
        "//example.org/",
        "ftp://example.org/",
        "http://",
    ],
)
def test_what_is_no_safe_link_is_never_added(link: str, triage: Triage) -> None:
    ran = triage("add", link)
    assert (ran.status, ran.out) == (2, "")
    assert "is neither an arXiv id nor a web link; give 2306.07899 or https://…" in ran.err
    assert triage("list", "--haul", "current").out == ""

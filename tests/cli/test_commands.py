"""The commands, each as a person uses it, over a real library and archive."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Triage
from tests.scripts import script
from tests.terminal import Terminal

pytestmark = pytest.mark.usefixtures("listing")
PAGE = "http://127.0.0.1:9/page"
"""A web page that nobody serves."""
KEYS = [
    *("id", "version", "title", "title_source", "authors", "abstract", "abstract_source", "categories"),
    *("primary", "arxiv_comments", "doi", "journal_ref", "url", "published", "updated", "listed", "kind"),
    *("verdict", "note", "haul", "decided_at"),
]
CARD = '<blockquote>\n    <a href="https://a.example">\n    <h4>x</h4>\n    </a>\n</blockquote>'
POST = """\
---
title: ML Arxiv Haul ~7
published_at: 2023-06-30T03:06:00.000Z
snippet: 2 more ML papers and comments
tags: arxiv
---

## Comments / Criticism

- One comment.

## New Paper Content

<blockquote>
    <a href="https://arxiv.org/abs/2306.07899">
    <h4>A paper of old</h4>
    <p>
An excerpt that was cut…
    </p>
    </a>
</blockquote>

The first note,<br/>
on two lines.

<hr/>

<blockquote>
    <a href="https://example.org/page?a=1&amp;b=2">
    <h4>Zebras &amp; others</h4>
    </a>
</blockquote>

<br/>
<br/>
<br/>
"""


def test_list_shows_the_newest_day_and_all_of_it(triage: Triage) -> None:
    triage("keep", "2611.00001")
    triage("skip", "arXiv:2611.00002v1")
    assert triage("list").lines == [
        "✓ 2611.00001  Gauß and O(n²) growth",
        "– 2611.00002  [red]Brackets[/red] & <tags>",
        "  2611.00003  Third",
    ]
    assert triage("list", "--verdict", "open").lines == ["  2611.00003  Third"]
    assert triage("list", "--verdict", "skip").lines == ["– 2611.00002  [red]Brackets[/red] & <tags>"]
    assert triage("list", "--day", "2026-11-19").lines == ["  2611.00009  An older paper"]


def test_list_all_takes_in_papers_that_no_listing_holds(triage: Triage) -> None:
    triage("add", PAGE, "2306.07899")
    listed = triage("list", "--day", "all").lines
    assert [line[2:].split()[0] for line in listed[:4]] == [f"2611.0000{number}" for number in (1, 2, 3, 9)]
    assert {line[2:].split()[0] for line in listed[4:]} == {PAGE, "2306.07899"}
    assert len(triage("list").lines) == 3
    assert len(triage("list", "--verdict", "keep").lines) == 2
    assert len(triage("list", "--haul", "current").lines) == 2
    assert triage("list", "--haul", "next").out == ""


@pytest.mark.parametrize(
    "query", ["older", "pérez older", "P\\'erez OLDER", "2611.00009", "with care older", "mark me"]
)
def test_a_query_looks_everywhere_on_all_days(query: str, triage: Triage) -> None:
    triage("note", "2611.00009", "Mark me.")
    triage("skip", "2611.00009")
    assert triage("list", query).lines == ["– 2611.00009  An older paper"]


def test_a_query_matches_titles_as_shown_and_as_received(triage: Triage) -> None:
    for query in ("O(n²)", "$O(n^2)$"):
        assert triage("list", query).lines == ["  2611.00001  Gauß and O(n²) growth"]


def test_json_has_the_keys_of_the_design_in_their_order(triage: Triage) -> None:
    triage("note", "2611.00001", "A note.")
    first, second, _ = (json.loads(line) for line in triage("list", "--json").lines)
    assert list(first) == KEYS
    assert first["title"] == "Gauß and O(n²) growth"
    assert first["title_source"] == "Gauß and $O(n^2)$ growth"
    assert first["authors"] == ["Ada Example", "José Pérez"]
    assert (first["verdict"], first["note"], first["haul"]) == ("keep", "A note.", "current")
    assert first["decided_at"].endswith("Z")
    assert (second["verdict"], second["note"], second["haul"], second["decided_at"]) == (None,) * 4
    assert (second["kind"], second["listed"], second["version"]) == ("new", "2026-11-20", 1)


def test_show_tells_all_of_a_paper(triage: Triage) -> None:
    triage("note", "2611.00001", "A note\nof two lines.")
    shown = triage("show", "https://arxiv.org/abs/2611.00001")
    assert shown.lines[:6] == [
        "Gauß and O(n²) growth",
        "Ada Example, José Pérez",
        "cs.CL cs.LG · 2611.00001v1 · new · listed 2026-11-20",
        "https://arxiv.org/abs/2611.00001",
        "",
        "We study Gauß and O(n²) growth with care.",
    ]
    assert shown.lines[-3:] == ["note, current haul:", "A note", "of two lines."]
    assert "keep · decided " in shown.out


@pytest.mark.parametrize("verb", ["keep", "skip", "reopen", "show"])
def test_an_id_nobody_knows_is_refused_and_add_is_named(verb: str, triage: Triage) -> None:
    ran = triage(verb, "2301.00001")
    assert ran.status == 2
    assert "`triage add 2301.00001`" in ran.err


def test_several_papers_are_decided_together_or_not_at_all(triage: Triage) -> None:
    assert triage("keep", "2611.00001", "2301.00001").status == 2
    assert triage("list", "--verdict", "keep").out == ""
    assert triage("keep", "2611.00001", "2611.00002").status == 0
    assert triage("undo").lines == ["undone: keep of 2 papers"]
    assert triage("list", "--verdict", "keep").out == ""


def test_hold_keeps_for_the_next_haul(triage: Triage) -> None:
    assert triage("keep", "--hold", "2611.00001").lines == [
        "held for the next haul: 2611.00001  Gauß and O(n²) growth"
    ]
    assert triage("list", "--haul", "next").lines == ["✓ 2611.00001  Gauß and O(n²) growth"]


def test_undo_and_redo_say_what_they_did(triage: Triage) -> None:
    triage("keep", "2611.00001")
    triage("note", "2611.00001", "text")
    triage("comment", "A comment")
    assert triage("undo", "2").lines == ["undone: comment", "undone: note of 2611.00001"]
    assert triage("redo").lines == ["done again: note of 2611.00001"]
    ran = triage("undo", "9")
    assert ran.lines == ["undone: note of 2611.00001", "undone: keep of 2611.00001"]
    assert (ran.status, ran.err) == (0, "triage: nothing is left to undo\n")


def test_a_note_comes_as_an_argument_or_on_standard_input(triage: Triage) -> None:
    triage("note", "2611.00001", "one")
    triage("note", "2611.00001", "--append", "-", typed="zwei – ü\r\n".encode())
    (told,) = triage("list", "--json", "--verdict", "keep").lines
    assert json.loads(told)["note"] == "one\n\nzwei – ü"


@pytest.mark.parametrize("words", [[""], ["-"], ["   "], []])
def test_empty_input_never_replaces_a_note(words: list[str], triage: Triage) -> None:
    triage("note", "2611.00001", "precious")
    ran = triage("note", "2611.00001", *words)
    assert ran.status == 2
    assert ran.err
    assert "precious" in triage("show", "2611.00001").out
    assert triage("note", "2611.00001", "--clear").status == 0
    assert "precious" not in triage("show", "2611.00001").out


def test_a_note_that_would_not_read_back_is_saved_and_named(triage: Triage) -> None:
    note = f"Fine.\n<hr/>\n\n{CARD}"
    ran = triage("note", "2611.00001", note)
    assert ran.status == 0
    assert "saved, but line 2 of the note would not read back" in ran.err


def test_input_that_is_no_text_is_refused(triage: Triage) -> None:
    ran = triage("note", "2611.00001", "-", typed=b"caf\xe9")
    assert (ran.status, ran.err) == (2, "triage: standard input is not UTF-8; convert it, and try again\n")


def test_add_saves_first_and_says_what_could_not_be_looked_up(triage: Triage) -> None:
    ran = triage("add", "2306.07899", "--note", "Because.")
    assert ran.status == 0
    assert ran.lines == ["added: 2306.07899"]
    assert ran.err == "triage: saved without title: 127.0.0.1 cannot be reached.\n"
    again = triage("add", "https://arxiv.org/pdf/2306.07899v2", "2611.00002")
    assert again.lines == ["added: 2611.00002  [red]Brackets[/red] & <tags>"]
    assert "2306.07899 is in this haul already" in again.err


@pytest.mark.parametrize(
    "word", ["file:///etc/passwd", "javascript:alert(1)", "http://me@x.org/", "no id", "http://[::1"]
)
def test_only_papers_and_web_pages_can_be_added(word: str, triage: Triage) -> None:
    ran = triage("add", word)
    assert ran.status == 2
    assert "neither an arXiv id nor a web link" in ran.err


def test_import_then_export_gives_the_same_bytes(triage: Triage, home: Path) -> None:
    (home / "posts").mkdir()
    (home / "posts" / "seven.md").write_text(POST, encoding="utf-8")
    assert triage("import", "posts").lines == ["haul 7 imported: 2 entries, 1 comment"]
    assert triage("export", "haul", "--haul", "7").out == POST
    assert triage("import", "posts/seven.md").lines == ["haul 7 is in the library already"]
    assert triage("list", "--haul", "7").lines == [
        "✓ 2306.07899  A paper of old",
        "✓ https://example.org/page?a=1&b=2  Zebras & others",
    ]
    assert "note, haul 7:" in triage("show", "2306.07899").out
    triage("note", "2306.07899", "Another note.")
    assert triage("export", "--haul", "7").out == POST.replace(
        "The first note,<br/>\non two lines.", "Another note."
    )
    assert triage("undo", "2").lines == ["undone: note on 2306.07899", "undone: import of haul 7"]
    assert triage("list", "--verdict", "keep").out == ""


def test_a_post_that_cannot_be_imported_is_named_and_the_others_are(triage: Triage, home: Path) -> None:
    (home / "a.md").write_text("# A readme\n")
    (home / "b.md").write_text(POST)
    (home / "c.md").write_text(POST.replace("One comment", "Another"))
    (home / "d.md").write_bytes(b"---\ntitle: caf\xe9 8\n---\n")
    (home / "e.md").write_text(POST.replace("~7", "").replace("One", "No number"))
    (home / "f.md").write_text(
        POST.replace("~7", "~8").replace("## Comments", "A stray line.\n\n## Comments")
    )
    ran = triage("import", "a.md", "b.md", "c.md", "d.md", "e.md", "f.md", "none.md")
    assert ran.status == 2
    assert ran.lines == [
        "haul 7 imported: 2 entries, 1 comment",
        "haul 8 imported: 2 entries, 1 comment",
        "7 posts: 2 imported, 5 not imported",
    ]
    refusals = ran.err.splitlines()
    for told, (name, says) in zip(
        refusals,
        [
            ("a.md", "no post of a haul"),
            ("d.md, line 2", "not UTF-8"),
            ("e.md", "no number"),
            ("none.md", "cannot be read: No such file"),
            ("c.md", "another haul 7"),
            ("f.md:8", "kept as it is"),
        ],
        strict=True,
    ):
        assert f"{home}/{name}" in told
        assert says in told


def test_publish_closes_the_haul_and_undo_opens_it_again(triage: Triage, home: Path) -> None:
    triage("note", "2611.00001", "Good.")
    triage("keep", "--hold", "2611.00003")
    ran = triage("publish", "--number", "21", "--date", "2026-11-21T09:00+01:00")
    post = home / "data" / "posts" / "haul-21.md"
    assert ran.lines == [f"haul 21 published, 1 entry: {post}"]
    text = post.read_text(encoding="utf-8")
    assert "title: ML Arxiv Haul ~21\npublished_at: 2026-11-21T08:00:00.000Z\nsnippet: 1 more" in text
    assert "<h4>Gauß and O(n²) growth</h4>" in text
    assert triage("export", "--haul", "21").out == text
    assert triage("list", "--haul", "current").lines == ["✓ 2611.00003  Third"]
    assert triage("undo").lines == [
        "undone: publish of haul 21",
        "the haul is current again; its file stays where it is",
    ]
    assert post.read_text(encoding="utf-8") == text
    assert triage("list", "--haul", "current").lines == ["✓ 2611.00001  Gauß and O(n²) growth"]
    assert triage("publish", "--number", "21").status == 0
    assert triage("keep", "2611.00002").status == 0
    refused = triage("publish", "--number", "21")
    assert (refused.status, refused.out) == (2, "")
    assert "Number 21 is in use by a published haul; the next free one is 22." in refused.err


def test_an_empty_haul_is_not_published(triage: Triage, home: Path) -> None:
    ran = triage("publish")
    assert ran.status == 2
    assert "the haul is empty" in ran.err
    assert not (home / "data" / "posts").exists()


@pytest.mark.parametrize("said", ["tomorrow", "2026-13-01", "20 Nov"])
def test_a_date_that_is_none_is_refused(said: str, triage: Triage) -> None:
    triage("keep", "2611.00001")
    ran = triage("publish", "--date", said)
    assert (ran.status, ran.out) == (2, "")
    assert f"--date wants a date like 2026-11-20, or 2026-11-20T08:30, not {said!r}" in ran.err


def test_exporting_twice_gives_the_same_bytes(triage: Triage) -> None:
    triage("keep", "2611.00001")
    assert triage("export").out == triage("export", "haul", "-o", "-").out


def test_a_paper_of_two_hauls_is_listed_once(triage: Triage, home: Path) -> None:
    for number in ("7", "8"):
        (home / f"{number}.md").write_text(POST.replace("~7", f"~{number}"))
        triage("import", f"{number}.md")
    triage("keep", "2611.00001")
    listed = [json.loads(line) for line in triage("list", "--haul", "all", "--json").lines]
    assert [(one["id"], one["haul"]) for one in listed] == [
        ("2611.00001", "current"),
        ("2306.07899", 8),
        ("https://example.org/page?a=1&b=2", 8),
    ]


def test_a_file_that_is_not_ours_or_was_edited_is_left_alone(triage: Triage, home: Path) -> None:
    triage("keep", "2611.00001")
    post = home / "post.md"
    post.write_text("mine\n")
    for command in (["export", "-o", "post.md"], ["publish", "-o", "post.md"]):
        ran = triage(*command)
        assert ran.status == 2
        assert f"{post} is there already" in ran.err
        assert "--overwrite" in ran.err
        assert post.read_text() == "mine\n"
    assert triage("export", "-o", "post.md", "--overwrite").lines == [f"written: {post}"]
    triage("comment", "More.")
    assert triage("export", "-o", "post.md").status == 0
    post.write_text(post.read_text() + "an edit\n")
    assert "was edited since" in triage("export", "-o", "post.md").err
    assert post.read_text().endswith("an edit\n")
    post.unlink()
    post.symlink_to(home / "precious")
    assert triage("export", "-o", "post.md").status == 2


def test_other_formats_hold_the_same_papers(triage: Triage) -> None:
    triage("note", "2611.00001", "Good.")
    triage("keep", "2611.00002")
    assert triage("export", "bibtex").out.count("@misc{") == 2
    papers = [json.loads(line) for line in triage("export", "json").lines]
    assert [(one["id"], one["note"], one["haul"]) for one in papers] == [
        ("2611.00002", None, "current"),
        ("2611.00001", "Good.", "current"),
    ]
    assert list(papers[0]) == KEYS


def test_a_haul_that_is_not_there_is_named(triage: Triage) -> None:
    assert triage("export", "--haul", "3").err == "triage: There is no haul 3; none is published yet.\n"
    assert triage("list", "--haul", "3").status == 2


def test_a_path_of_the_users_own_is_filled_in(triage: Triage, home: Path) -> None:
    with (home / "config" / "triage" / "config.toml").open("a") as config:
        config.write(
            '[haul]\ntitle = "The Räubers\' Haul: {number}/10"\n'
            'path = "~/blog/{date}-{slug}-{number}-{count}.md"\n'
        )
    triage("keep", "2611.00001")
    triage("publish", "--date", "2026-11-21", "--number", "5")
    assert (home / "blog" / "2026-11-21-the-raubers-haul-5-10-5-1.md").is_file()


def test_a_fault_in_the_config_stops_commands_but_not_the_way_to_it(triage: Triage, home: Path) -> None:
    config = home / "config" / "triage" / "config.toml"
    config.write_text('keys = "vi"\n')
    for words in (["list"], ["config", "show"], ["fetch", "cs.CL"]):
        ran = triage(*words)
        assert (ran.status, ran.out) == (2, "")
        assert f"{config}, line 1: keys must be" in ran.err
    assert triage("config", "path").out == f"{config}\n"


def test_config_show_prints_what_takes_effect(triage: Triage) -> None:
    shown = triage("config", "show").out
    assert 'keys = "mnemonic"' in shown
    assert 'rss = "http://127.0.0.1:9"' in shown


def test_a_library_that_cannot_be_used_is_status_4(triage: Triage, home: Path) -> None:
    (home / "file").write_text("")
    ran = triage("--data", str(home / "file"), "list")
    assert ran.status == 4
    assert "file is not a folder" in ran.err


def test_fetch_without_arxiv_is_status_3_and_keeps_what_was_there(triage: Triage) -> None:
    ran = triage("fetch", "cs.CL")
    assert ran.status == 3
    assert re.fullmatch(r"(cs\.CL  \d{4}-\d\d-\d\d  failed\n)+", ran.out)
    assert ran.err.startswith("triage: cs.CL: 127.0.0.1 cannot be reached.\n")
    assert len(triage("list").lines) == 3


def test_the_apps_own_fetch_reports_in_json_lines_whatever_else_the_config_says(
    triage: Triage, home: Path
) -> None:
    with (home / "config" / "triage" / "config.toml").open("a") as config:
        config.write("[haul]\ntitle = 3\n")
    ran = triage("fetch", "--json", "cs.CL")
    assert [json.loads(line)["event"] for line in ran.lines][:3] == ["progress", "progress", "category"]
    assert triage("fetch", "cs.CL").status == 2


def test_the_apps_own_fetch_says_why_it_cannot(triage: Triage, home: Path) -> None:
    (home / "data" / "archive").rename(home / "data" / "gone")
    (home / "data" / "archive").write_text("no folder")
    ran = triage("fetch", "--json", "cs.CL")
    assert ran.status == 4
    assert json.loads(ran.lines[-1])["event"] == "error"
    assert "archive" in json.loads(ran.lines[-1])["sentence"]


def test_fetch_refuses_a_category_before_it_asks_anybody(triage: Triage) -> None:
    ran = triage("fetch", "cs.CLL")
    assert (ran.status, ran.out) == (2, "")
    assert "did you mean cs.CL" in ran.err
    assert "no category" in triage("fetch").err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["lsit"], "did you mean `triage list`?"),
        (["help"], "did you mean `triage --help`?"),
        (["cs.CLL"], "did you mean cs.CL"),
        (["cs.CL"], "the app needs a terminal"),
        (["--demo"], "the app needs a terminal"),
    ],
)
def test_without_a_terminal_the_app_says_so_and_a_typo_is_named(
    words: list[str], says: str, triage: Triage
) -> None:
    ran = triage(*words)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err


def test_a_fault_of_ours_is_one_sentence_and_a_report(
    triage: Triage, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object, **_named: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("triage.cli.run.perform", broken)
    ran = triage("list")
    assert ran.status == 1
    assert len(ran.err.splitlines()) == 1
    (report,) = (home / "state" / "triage").glob("crash-*.txt")
    assert str(report) in ran.err
    assert "RuntimeError: boom" in report.read_text()


def test_a_closed_standard_output_is_no_crash(home: Path) -> None:
    program = [sys.executable, "-m", "triage", "--data", str(home / "data"), "list"]
    script = f"exec {shlex.join(program)} >&-"
    house = Path(__file__).resolve().parents[2]
    ran = subprocess.run(["sh", "-c", script], cwd=house, stderr=subprocess.PIPE, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_a_note_is_written_in_the_users_editor(home: Path) -> None:
    editor = script(home / "my editor", "printf 'from the editor' > \"$1\"")
    argv = [sys.executable, "-m", "triage", "--data", str(home / "data"), "note", "2611.00001"]
    env = {"VISUAL": f"'{editor}'", "HOME": str(home), "XDG_STATE_HOME": str(home / "state")}
    with Terminal(argv, env=env, cwd=Path(__file__).resolve().parents[2], size=(100, 10)) as terminal:
        assert terminal.wait() == 0
        assert "noted: 2611.00001" in terminal.screen()
    assert "from the editor" in real(home, "show", "2611.00001").stdout.decode()


def real(home: Path, *words: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run `python -m triage` as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "triage", "--data", str(home / "data"), *words],
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, **env},
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "env", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}]
)
def test_a_terminal_without_unicode_is_no_crash(env: dict[str, str], home: Path) -> None:
    ran = real(home, "list", **env)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"2611.00001" in ran.stdout
    as_json = real(home, "list", "--json", **env)
    assert json.loads(as_json.stdout.splitlines()[0])["title"] == "Gauß and O(n²) growth"


def test_bytes_that_are_no_text_are_no_crash(home: Path) -> None:
    kept = subprocess.run(
        [
            sys.executable,
            "-m",
            "triage",
            b"--data",
            os.fsencode(home / "data"),
            b"note",
            b"2611.00001",
            b"caf\xe9",
        ],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert kept.returncode == 0, kept.stderr
    assert "caf\ufffd" in real(home, "show", "2611.00001").stdout.decode()


def test_a_reader_who_has_had_enough_is_no_fault(home: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "triage", "--data", str(home / "data"), "list"],
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        assert child.stdout is not None
        child.stdout.close()
        assert child.stderr is not None
        assert child.stderr.read() == b""
        assert child.wait() == 0

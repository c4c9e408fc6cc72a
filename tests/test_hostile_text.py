"""Hostile text in every place text comes from, in a real terminal: it shows as text, and nothing obeys it."""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from tests.arxiv_forms import Reply, Written
from tests.arxiv_server import serving
from tests.bench.worlds import environment
from tests.library.made import note, opened
from tests.terminal import Terminal
from triage import post
from triage.config.text import toml
from triage.haul import Comment, Entry, Field, Haul
from triage.library import open_library
from triage.listing_day import Calendar
from triage.paper import Paper, abs_url
from triage.steps import PAPERS as DECIDED
from triage.steps import Change, Step, encode
from triage.user_text import user_text

HOUSE = Path(__file__).resolve().parents[1]
OBEYED = (
    "\x1b[77;7m",
    "\x1b[66;6H",
    "\x1b]52;c;SE9T\x07",
    "\x1b]0;HOSTILE\x07",
    "\x1b]8;;file:///HOSTILE\x1b\\",
    "\x1b]52;c;SE9TSE9T",
    "\x1bPHOSTILE\x1b\\",
    "\x1b_HOSTILE\x1b\\",
    "\x9b77;7m",
    "\x9d52;c;SE9T\x9c",
    "\0\x7f\x07\x08\r\x0b\x0c",
    "\u202eltr\u202d\u2066x\u2069\u200e\u061c",
    "\u200b\u2060\ufeff\u2028\x85",
)
"""What a terminal would obey: colours, cursor moves, clipboard, title, link, DCS, APC, C1, controls, bidi."""
MARKUP = (
    "[/] and [/b]",
    "[red]red[/red]",
    "[@click=app.quit]quit[/]",
    "[@click=app.simulate_key('s')]skip[/]",
    "[link=file:///etc/passwd]link[/link]",
    "[link='javascript:alert(1)']script[/link]",
    "$x x[0] [b + 1",
    "{{ 7*7 }} %s {0} `rm -rf` $(id)",
    "<b>bold</b> &lt; &#27;[31m &amp;#27;",
)
"""What widgets, templates, shells and browsers would obey."""
UNICODE = (
    "漢字かな 👩\u200d🔬 🇩🇪 naïve",
    "Z" + "\u0301" * 1000 + "algo",
    "$\\alpha_{i}^2$ and $unbalanced \\input{/etc/passwd}",
)
WHOLE = " ".join(OBEYED) + " ".join(MARKUP)
OURS = re.compile(
    r"\x1b\[[0-9:;<=>?$ ]*[A-Za-z`~]"  # CSI
    r"|\x1b[()][0AB]|\x1b[78=>M]"  # character sets, the cursor kept, the keypad
    r"|\x1b]22;[a-z]*\x07"  # the shape of the mouse pointer
)
"""What Textual and Rich write of their own."""


def obeyed(raw: bytes) -> list[str]:
    """What a terminal would obey in what a program wrote, beyond what Textual writes of its own."""
    text = raw.decode("utf-8")
    found = [mark for mark in OBEYED if len(mark) > 3 and mark in text]
    return (
        found
        + sorted(set(re.findall(r"[^ -~\n\r\t\xa0-\U0010ffff]", OURS.sub("", text))))
        + sorted(
            set(re.findall("[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]", text))
        )
    )


def paper(number: int, text: str) -> Paper:
    """A paper of which every part says the text."""
    return Paper(
        id=f"2611.{number:05d}",
        title=f"T{number} {text}",
        authors=(f"Ada {text.replace(',', '')}", "Ben"),
        abstract=f"Abstract {number} {text} ends.",
        version=1,
        categories=("cs.CL",),
        primary="cs.CL",
        arxiv_comments=f"18 pages {text}",
    )


PAPERS = [paper(number, text) for number, text in enumerate((*OBEYED, *MARKUP, *UNICODE), start=1)]


@dataclass
class Referring(Written):
    """As arXiv would send it: the controls that XML forbids come as numeric references."""

    def feed(self, categories: str, form: str) -> Reply:
        reply = super().feed(categories, form)
        text = re.sub("[\0-\x08\x0b\x0c\x0e-\x1f]", lambda one: f"&#{ord(one[0])};", reply.body.decode())
        return replace(reply, body=text.encode())


@contextmanager
def served(home: Path) -> Iterator[dict[str, str]]:
    """arXiv and one web page, all of it hostile; the environment that leads there."""
    today = Calendar().newest(datetime.now(UTC))
    page = f"<html><head><title>Page {WHOLE}</title><meta name=author content='{OBEYED[2]}'></head></html>"
    with serving(Referring({today: PAPERS}, today, {"hostile": Reply(page.encode())})) as server:
        config = home / "config" / "triage" / "config.toml"
        config.parent.mkdir(parents=True)
        config.write_text(server.config(), encoding="utf-8")
        yield {**environment(home), "HOSTILE_PAGE": f"{server.url}/web/hostile"}


def triage(
    env: dict[str, str], home: Path, *words: str, typed: str = ""
) -> subprocess.CompletedProcess[bytes]:
    """Run a command on a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "triage", *words],
        env={**os.environ, **env, "PYTHONPATH": str(HOUSE)},
        cwd=home,
        input=typed.encode("utf-8", "replace"),
        capture_output=True,
        timeout=60,
        check=False,
    )


def on_terminal(env: dict[str, str], home: Path, *words: str, status: int = 0) -> bytes:
    """Run a command on a terminal; what it wrote there."""
    argv = [sys.executable, "-m", "triage", *words]
    with Terminal(argv, env={**env, "PYTHONPATH": str(HOUSE)}, cwd=home, size=(100, 50)) as terminal:
        assert terminal.wait() == status, terminal.screen()
        return bytes(terminal.raw)


NOWHERE = "http://127.0.0.1:9"
"""An address where nobody listens: what asks it asks no network."""
ADDRESSES = f'[arxiv]\nrss = "{NOWHERE}"\napi = "{NOWHERE}"\nsite = "{NOWHERE}"\n'


def nobody_to_ask(home: Path) -> dict[str, str]:
    """An environment without arXiv."""
    config = home / "config" / "triage" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(ADDRESSES, encoding="utf-8")
    return environment(home)


def test_what_the_check_below_sees() -> None:
    for one in OBEYED:
        assert obeyed(one.encode()), repr(one)
    assert not obeyed("\x1b[31m plain ✓ naïve 漢字\r\n\x1b[2;3H".encode())


def fetched(env: dict[str, str], home: Path) -> None:
    """Fetch the hostile listing, and put a hostile note, comment and web page beside it."""
    for words, typed in (
        (["fetch"], ""),
        (["keep", "2611.00001"], ""),
        (["note", "2611.00003", "-"], WHOLE),
        (["comment", "-"], WHOLE),
        (["add", env["HOSTILE_PAGE"], "--note", "-"], WHOLE),
    ):
        ran = triage(env, home, *words, typed=typed)
        assert ran.returncode == 0, ran.stderr
        assert obeyed(ran.stdout + ran.stderr) == []


def test_commands_show_hostile_text_as_text_and_export_it_to_the_byte(tmp_path: Path) -> None:
    with served(tmp_path) as env:
        fetched(env, tmp_path)
    for words in (
        ["list", "--day", "all"],
        ["list", "--day", "all", "--json"],
        ["list", "HOSTILE"],
        ["show", "2611.00003", "2611.00014", env["HOSTILE_PAGE"]],
        ["show", "2611.00003", "--json"],
        ["export", "bibtex"],
        ["export", "json"],
        ["undo"],
        ["redo"],
    ):
        ran = triage(env, tmp_path, *words)
        assert (ran.returncode, ran.stderr) == (0, b"")
        assert obeyed(ran.stdout) == []
        assert obeyed(on_terminal(env, tmp_path, *words)) == []
    shown = triage(env, tmp_path, "show", "2611.00003").stdout.decode()
    assert "]52;c;SE9T" in shown
    assert "[@click=app.quit]quit[/]" in shown
    (record,) = map(json.loads, triage(env, tmp_path, "show", "2611.00003", "--json").stdout.splitlines())
    assert record["note"] == user_text(WHOLE)
    exact = triage(env, tmp_path, "export").stdout.decode()
    assert exact.count(user_text(WHOLE)) == 3, "the comment, the notes on the paper and on the page"
    seen = on_terminal(env, tmp_path, "export")
    assert obeyed(seen) == []
    assert b"-o FILE or a pipe gets every byte" in seen


def test_a_hostile_listing_is_read_and_decided_by_keys(tmp_path: Path) -> None:
    total = len(PAPERS)
    with served(tmp_path) as env:
        fetched(env, tmp_path)
        app = Terminal([sys.executable, "-m", "triage"], env=env, cwd=HOUSE, size=(120, 40))
        with app:
            app.wait_for(rf"\b2/{total} · 2 kept")
            app.press("<home>", r"Abstract 1\b")
            for number in range(2, total + 1):
                app.press("<down>", rf"Abstract {number}\b")
            app.press("s", rf"\b3/{total} · 2 kept")
            app.press("/click", "quit")
            app.press("<enter>y", "BibTeX")
            app.press("<esc>t", rf"\b3/{total}")
            app.press("<esc>'", "Decisions|decisions")
            app.press("<esc>D", "complete")
            app.press("<esc>h", r"3 entries")
            app.wait_for(r"Page \[77;7m")
            app.press("<end>", r"▌.*T3")
            app.press("n", "Esc Save ")
            app.send("typed <esc>")
            app.wait_for("Note saved|Esc Leave|P Publish")
            app.press("t", "New Paper Content")
            app.press("<end>t<home>", r"▌• ")
            app.press("P", "Publish haul")
            app.press("<esc>q", rf"\b3/{total} · 2 kept")
            app.send("q")
            assert app.wait() == 0
            assert obeyed(bytes(app.raw)) == []
        (record,) = map(json.loads, triage(env, tmp_path, "show", "2611.00003", "--json").stdout.splitlines())
        assert record["note"] == f"{WHOLE}typed "


def test_a_hostile_post_is_imported_shown_and_exported_to_the_byte(tmp_path: Path) -> None:
    spoken = tuple(Entry(one.id, abs_url(one.id), one.title, one.abstract[:80], WHOLE) for one in PAPERS)
    front = (Field("title", "Haul 20"), Field("published_at", "2023-06-30T03:06:00.000Z"), Field("x", WHOLE))
    text = post.write(Haul(20, front, (Comment("", WHOLE),), spoken))
    env = nobody_to_ask(tmp_path)
    # The \x1b in the file's name is a part of it.
    place = tmp_path / "post \x1b[77;7m.md"
    place.write_text(text, encoding="utf-8", newline="")
    imported = on_terminal(env, tmp_path, "import", str(place))
    assert b"haul 20 imported" in imported
    assert obeyed(imported) == []
    for words in (["list", "--haul", "20"], ["list", "--haul", "all", "--json"], ["show", spoken[2].key]):
        assert obeyed(triage(env, tmp_path, *words).stdout) == []
    assert triage(env, tmp_path, "export", "--haul", "20").stdout == place.read_bytes()
    assert obeyed(on_terminal(env, tmp_path, "export", "--haul", "20")) == []
    with Terminal([sys.executable, "-m", "triage"], env=env, cwd=HOUSE, size=(120, 40)) as app:
        app.wait_for("categor")
        app.press("<esc>", "haul 21")
        app.press("h", "Haul 21")
        app.press("{", f"Haul 20 · {len(spoken)} entries")
        for _ in spoken:
            app.send("<down>")
        app.press("t", "published_at")
        app.send("t<home>")
        app.press("q", "haul 21")
        app.send("q")
        assert app.wait() == 0
        assert obeyed(bytes(app.raw)) == []


def test_another_machines_name_is_no_markup_and_no_escape(tmp_path: Path) -> None:
    library = opened(tmp_path, folder="library")
    note(library, "2306.07899", "Ours.")
    library.close()
    for place, name in enumerate((f"m{WHOLE}", "</p><script>", "a\n\n---\nb", "x" * 5000)):
        step = Step(name, 1, 1, f"{WHOLE}", "note", (
            Change(DECIDED, "2306.07899", ("note",), None, f"Theirs {place}."),
        ))  # fmt: skip
        late = Step(name, 3, 9, "2026-11-20T08:00:00Z", "skip", ())
        file = tmp_path / "library" / "journal" / f"foreign{place}-2026.jsonl"
        file.write_bytes(encode(step) + b"\n" + encode(late) + b"\n")
    env = {**nobody_to_ask(tmp_path), "TRIAGE_DATA": str(tmp_path / "library")}
    told = on_terminal(env, tmp_path, "show", "2306.07899")
    assert b"lacks Steps" in told
    assert obeyed(told) == []
    (record,) = map(json.loads, triage(env, tmp_path, "show", "2306.07899", "--json").stdout.splitlines())
    for text in ("Ours.", "Theirs 0.", "Theirs 1.", "Theirs 2.", "Theirs 3."):
        assert text in record["note"]
    assert obeyed(record["note"].encode()) == []
    assert "<script>" not in record["note"]
    assert record["note"].count("\n---\n") == 4
    assert len(record["note"]) < 1000
    with Terminal([sys.executable, "-m", "triage"], env=env, cwd=HOUSE, size=(120, 40)) as app:
        app.wait_for("categor")
        app.press("<esc>", "haul 1")
        app.press("h", "Haul 1")
        app.send("qq")
        assert app.wait() == 0
        assert obeyed(bytes(app.raw)) == []


def test_a_hostile_draft_comes_back_as_text(tmp_path: Path) -> None:
    with served(tmp_path) as env:
        assert triage(env, tmp_path, "fetch").returncode == 0
        data, state = tmp_path / "data" / "triage", tmp_path / "state" / "triage"
        library = open_library(data, state=state)
        library.save_draft("2611.00001", WHOLE)
        library.close()
        with Terminal([sys.executable, "-m", "triage"], env=env, cwd=HOUSE, size=(120, 40)) as app:
            app.wait_for(rf"\b0/{len(PAPERS)} · 0 kept")
            app.press("<home>n", "what was being typed")
            app.press("<esc>", rf"\b1/{len(PAPERS)} · 1 kept")
            app.send("q")
            assert app.wait() == 0
            assert obeyed(bytes(app.raw)) == []
    (record,) = map(json.loads, triage(env, tmp_path, "show", "2611.00001", "--json").stdout.splitlines())
    # An editor has one kind of line end.
    assert record["note"].split() == user_text(WHOLE).split()


@pytest.mark.parametrize(
    ("keys", "tables", "says"),
    [
        (f"{toml(OBEYED[2])} = 1", "", "is an unknown key"),
        ("", f"[{toml(WHOLE)}]\nx = 1", "is an unknown table"),
        (f"keys = {toml(WHOLE)}", "", 'keys must be "mnemonic" or "vim"'),
        ("", f"[haul]\ntags = {toml(WHOLE)}", "haul.tags must be a list"),
        ("", f"[haul]\nurl = {toml(WHOLE)}", "haul.url has an unknown field"),
        ("", f"[haul.front_matter]\n{toml(WHOLE)} = [[1]]", "haul.front_matter has"),
        ("keys = '\x1b[77;7m'", "", "line 1: is not TOML"),
        ("\x9b77;7m", "", "line 1: is not TOML"),
        ("\0", "", "line 1: is not TOML"),
    ],
)
def test_a_hostile_config_is_named_and_not_obeyed(keys: str, tables: str, says: str, tmp_path: Path) -> None:
    place = tmp_path / "config \x1b[77;7m.toml"
    place.write_text(f'{keys}\ncategories = ["cs.CL"]\n{ADDRESSES}{tables}\n', encoding="utf-8")
    env = {**environment(tmp_path), "TRIAGE_CONFIG": str(place)}
    told = on_terminal(env, tmp_path, "list", status=2)
    assert says in told.decode()
    assert told.count(b"triage: ") == 1
    assert obeyed(told) == []
    with Terminal([sys.executable, "-m", "triage"], env=env, cwd=HOUSE, size=(300, 40)) as app:
        app.wait_for(lambda: "config \N{REPLACEMENT CHARACTER}[77;7m.toml".encode() in app.raw)
        app.send("q")
        assert app.wait() == 0
        assert obeyed(bytes(app.raw)) == []


def test_hostile_settings_are_shown_as_text_and_written_as_yaml(tmp_path: Path) -> None:
    place = tmp_path / "config.toml"
    line = toml(" ".join(f"{WHOLE} {{number}}".split()))
    text = toml(WHOLE)
    place.write_text(
        f"[haul]\ntitle = {line}\ntags = [{text}]\n[haul.front_matter]\nx = {text}\n", encoding="utf-8"
    )
    env = {**environment(tmp_path), "TRIAGE_CONFIG": str(place)}
    assert obeyed(on_terminal(env, tmp_path, "config", "show")) == []
    shown = triage(env, tmp_path, "config", "show").stdout.decode()
    assert tomllib.loads(shown)["haul"]["front_matter"]["x"] == WHOLE
    exported = triage(env, tmp_path, "export").stdout
    assert obeyed(exported) == []
    assert yaml.safe_load(exported.decode().split("---\n")[1])["x"] == WHOLE


@pytest.mark.parametrize(
    "words",
    [
        ["--" + OBEYED[2]],
        ["list", "--" + OBEYED[2]],
        ["list", "--verdict", WHOLE],
        ["list", "--day", WHOLE],
        ["list", "--haul", WHOLE],
        ["fetch", WHOLE],
        ["show", WHOLE],
        ["add", WHOLE],
        ["export", WHOLE],
        ["export", "-o", f"nowhere/{OBEYED[2]}/../{OBEYED[0]}"],
        ["import", OBEYED[2]],
        ["publish", WHOLE],
        ["publish", "--date", WHOLE],
        ["publish", "--number", WHOLE],
        ["undo", WHOLE],
        ["config", WHOLE],
    ],
)
def test_a_hostile_argument_is_refused_in_one_harmless_sentence(words: Sequence[str], tmp_path: Path) -> None:
    (tmp_path / "nowhere").write_text("a file, no folder")
    arguments = [word.replace("\0", "") for word in words]
    told = on_terminal(environment(tmp_path), tmp_path, *arguments, status=2)
    assert obeyed(told) == []
    assert told.count(b"triage: ") >= 1
    assert b"our fault" not in told

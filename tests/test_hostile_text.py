"""Hostile text wherever text from outside is shown, in a real terminal: it shows, and nothing obeys it.

The places are in `tests.hostile.places`, the texts in `tests.hostile.payloads`. One walk shows all of them in
every place; `--hostile` walks with each of them alone, so that none stands in another's shadow.
"""

import json
import os
import re
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from tests.arxiv_forms import Reply, Written
from tests.arxiv_server import serving
from tests.bench.worlds import environment
from tests.conftest import Count
from tests.hostile import places, world
from tests.hostile.payloads import HUGE, OBEYED, PAYLOADS, obeyed
from tests.hostile.walking import HOUSE, Shown, made, told, walk
from tests.scripts import script
from tests.terminal import Terminal
from triage import clean
from triage.config.text import toml
from triage.listing_day import Calendar
from triage.user_text import user_text

WHOLE = " ".join(one.text for one in PAYLOADS)
NAMED = WHOLE.replace("\0", "").encode("utf-8", "replace").decode()
"""As an argument of a command may hold it."""
SOUND = NAMED.replace("\ufffd", "")
"""As UTF-8 may hold it."""
ALL = [one.text for one in PAYLOADS]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """All of them together; with `--hostile` each of them alone as well."""
    if "texts" in metafunc.fixturenames:
        alone = PAYLOADS if metafunc.config.getoption("--hostile") else ()
        metafunc.parametrize(
            "texts", [ALL, *([one.text] * 3 for one in alone)], ids=["all", *(one.sign for one in alone)]
        )


def test_the_check_sees_whatever_a_terminal_obeys() -> None:
    for _, text in OBEYED:
        assert obeyed(f"plain {text} text".encode("utf-8", "surrogatepass")) or text == "\ud800 \udfff", text
    assert not obeyed("\x1b[31m plain ✓ naïve 漢字\r\n\x1b[2;3H\x1b]52;c;b3Vycw==\x07".encode())


def on_pipe(
    env: Mapping[str, str], folder: Path, *words: str, typed: str = ""
) -> subprocess.CompletedProcess[bytes]:
    """Run a command on a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "triage", *words],
        env={**os.environ, **env, "PYTHONPATH": str(HOUSE)},
        cwd=folder,
        input=typed.encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )


def harmless(shown: dict[str, Shown], texts: Sequence[str], counted: Count) -> None:
    """Every place showed the texts, and no byte of them acts."""
    assert {name: obeyed(one.raw) for name, one in shown.items() if obeyed(one.raw)} == {}
    seen = {name: len(one.signs) for name, one in shown.items() if name}
    wanted = len({one.sign for one in PAYLOADS if one.text in texts})
    assert min(seen.values()) >= 1, seen
    # Some lines are cut at the end of the terminal's, and some frames are not whole when one goes on.
    assert sum(seen.values()) > 0.9 * wanted * len(seen), seen
    counted("hostile texts in a place where text is shown", sum(seen.values()))
    counted("bytes looked at that a terminal was sent", len(shown[""].raw))


def test_no_text_acts_in_any_place_of_the_app(tmp_path: Path, texts: Sequence[str], counted: Count) -> None:
    env = made(tmp_path, texts)
    pasted = " ".join(texts).encode("utf-8", "replace").decode()
    shown = walk(places.OPEN, pasted, env)
    assert len(shown) > 40
    harmless(shown, texts, counted)


LEAKY = [one.text for one in PAYLOADS if one.sign in ("q02x", "q11x")]
"""Texts that leave the screen readable where nothing is cleaned: a clipboard is set, a text turns."""


def test_the_same_walk_finds_them_acting_where_nothing_is_cleaned(tmp_path: Path) -> None:
    env = made(tmp_path, LEAKY, unclean=True)
    shown = walk(places.OPEN, " ".join(LEAKY), env, unclean=True)
    # Some places are painted with the one before them, and an editor draws a sign for what is not to be seen.
    assert len([name for name, one in shown.items() if name and obeyed(one.raw)]) >= 28


COMMANDS = (
    ["list", "--day", "all"],
    ["list", "--day", "all", "--json"],
    ["list", "--haul", "20"],
    ["list", "q00x"],
    ["show", world.key(0), world.PAGE, world.key(900)],
    ["show", world.key(0), "--json"],
    ["days"],
    ["days", "--json"],
    ["export"],
    ["export", "--haul", "20"],
    ["export", "bibtex"],
    ["export", "ris"],
    ["export", "csl-json"],
    ["export", "markdown"],
    ["export", "json"],
    ["export", "--read-back"],
    ["export", "papers", "-o", f"papers {world.ODD}"],
    ["undo", "2"],
    ["redo"],
    ["comment", NAMED],
    ["note", world.key(0), NAMED],
    ["import", f"post {world.ODD}.md"],
    ["merge", f"other {world.ODD}"],
    ["check"],
    ["check", "--json"],
    ["backup"],
    ["restore"],
    ["repair"],
    ["doctor"],
    ["keys"],
    ["config", "show"],
    ["config", "path"],
    ["fetch"],
    ["full-text", world.key(0)],
    ["publish"],
)
"""What is said of a hostile library."""
REFUSED = (
    ["--" + OBEYED[2][1]],
    ["list", "--" + OBEYED[2][1]],
    ["list", "--verdict", NAMED],
    ["list", "--day", NAMED],
    ["list", "--haul", NAMED],
    ["fetch", NAMED],
    ["fetch", "--mail", NAMED],
    ["days", NAMED],
    ["show", NAMED],
    ["add", NAMED],
    ["note", NAMED, "x"],
    ["export", NAMED],
    ["export", "-o", f"nowhere/{OBEYED[2][1]}/../{OBEYED[0][1]}"],
    ["import", OBEYED[2][1]],
    ["merge", NAMED],
    ["restore", NAMED],
    ["backup", "-o", NAMED],
    ["publish", NAMED],
    ["publish", "--date", NAMED],
    ["publish", "--number", NAMED],
    ["undo", NAMED],
    ["full-text", NAMED],
    ["config", NAMED],
    [NAMED],
)
"""What is said of hostile arguments."""


@contextmanager
def refusing(text: str) -> Iterator[str]:
    """A server that refuses whatever it is asked for, with a reason and a feed that are hostile."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.wfile.write(
                f"HTTP/1.0 404 {OBEYED[2][1]}{OBEYED[8][1]}\r\nRetry-After: {text[:40]}\r\n".encode()
            )
            self.wfile.write(f"ETag: {OBEYED[0][1]}\r\n\r\n<rss>{text}</rss>".encode("utf-8", "replace"))

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def test_no_text_acts_in_what_commands_say(tmp_path: Path, texts: Sequence[str], counted: Count) -> None:
    env = made(tmp_path, texts)
    (tmp_path / "nowhere").write_text("a file, no folder")
    with refusing(" ".join(texts)) as address:
        config = tmp_path / f"config {world.ODD}.toml"
        lines = "\n".join(f'{name} = "{address}/{name}"' for name in ("rss", "api", "site"))
        config.write_text(f'categories = ["cs.CL"]\n[arxiv]\n{lines}\ndelay_seconds = 0.0\n')
        commands = [*COMMANDS, *REFUSED]
        found = told(commands, {**env, "TRIAGE_CONFIG": str(config)}, tmp_path)
    for words, (status, raw) in zip(commands, found, strict=True):
        assert obeyed(raw) == [], words
        assert status != 1, (words, raw)
        assert b"our fault" not in raw
        assert words not in REFUSED or (status in (2, 4) and raw.count(b"triage: ") >= 1), (
            words,
            status,
            raw,
        )
    signs = sum(len(Shown(raw, "").signs) for _, raw in found)
    assert signs > 20 * len(texts)
    counted("hostile texts in what a command says", signs)
    counted("bytes looked at that a terminal was sent", sum(len(raw) for _, raw in found))


def test_commands_leak_where_nothing_is_cleaned(tmp_path: Path) -> None:
    env = made(tmp_path, LEAKY, unclean=True)
    commands = [["list", "--day", "all"], ["show", world.key(0)], ["days"], ["export"]]
    found = told(commands, env, tmp_path, unclean=True)
    assert all(obeyed(raw) for _, raw in found), [obeyed(raw) for _, raw in found]


CONFIGS = (
    (f"{toml(OBEYED[2][1])} = 1", "", "is an unknown key"),
    ("", f"[{toml(SOUND)}]\nx = 1", "is an unknown table"),
    (f"keys = {toml(SOUND)}", "", 'keys must be "mnemonic" or "vim"'),
    ("", f"[haul]\ntags = {toml(SOUND)}", "haul.tags must be a list"),
    ("", f"[haul]\nurl = {toml(SOUND)}", "haul.url has an unknown field"),
    ("", f"[haul.front_matter]\n{toml(SOUND)} = [[1]]", "haul.front_matter has"),
    ("keys = '\x1b[77;7m'", "", "line 1: is not TOML"),
    ("\x9b77;7m", "", "line 1: is not TOML"),
    ("\x00", "", "line 1: is not TOML"),
)
"""What stands at the top of a config and at its end, and what is said of it."""


def test_no_text_acts_in_what_is_said_of_a_config(tmp_path: Path) -> None:
    commands = []
    for number, (top, end, _) in enumerate(CONFIGS):
        place = tmp_path / f"config {number} {world.ODD}.toml"
        place.write_text(f'{top}\ncategories = ["cs.CL"]\n{world.CONFIG}{end}\n', encoding="utf-8")
        commands.append(["list", "--config", str(place)])
    for (_, _, says), (status, raw) in zip(
        CONFIGS, told(commands, environment(tmp_path), tmp_path), strict=True
    ):
        text = raw.decode()
        assert status == 2
        assert says in " ".join(text.split())
        assert text.count("triage: ") == 1
        assert obeyed(raw) == []
    env = {**environment(tmp_path), "TRIAGE_CONFIG": commands[2][2]}
    shown = walk(places.FAULTY, "", env, begun="faulty|unknown|mnemonic")
    assert obeyed(shown[""].raw) == []
    assert "q04x" in shown["a fault of the config"].signs


def test_no_text_acts_on_the_first_run(tmp_path: Path) -> None:
    posts = tmp_path / "posts"
    made(tmp_path / "home", ALL)
    posts.mkdir()
    (tmp_path / "home" / f"post {world.ODD}.md").rename(posts / f"post {world.ODD}.md")
    (posts / f"no post {world.ODD}.md").write_text(f"---\ntitle: Haul 21\n---\n{NAMED}")
    config = tmp_path / "config.toml"
    config.write_text(world.CONFIG)
    env = {**environment(tmp_path), "TRIAGE_CONFIG": str(config)}
    shown = walk(places.FIRST, WHOLE.encode("utf-8", "replace").decode(), env, begun="Which categories")
    assert {name: obeyed(one.raw) for name, one in shown.items() if obeyed(one.raw)} == {}


def test_hostile_settings_are_shown_as_text_and_written_as_yaml(tmp_path: Path) -> None:
    place = tmp_path / "config.toml"
    line = toml(" ".join(f"{SOUND} {{number}}".split()))
    text = toml(SOUND)
    place.write_text(
        f"[haul]\ntitle = {line}\ntags = [{text}]\n[haul.front_matter]\nx = {text}\n", encoding="utf-8"
    )
    env = {**environment(tmp_path), "TRIAGE_CONFIG": str(place)}
    ((_, on_terminal),) = told([["config", "show"]], env, tmp_path)
    assert obeyed(on_terminal) == []
    shown = on_pipe(env, tmp_path, "config", "show").stdout.decode()
    assert tomllib.loads(shown)["haul"]["front_matter"]["x"] == SOUND
    exported = on_pipe(env, tmp_path, "export").stdout
    assert obeyed(exported) == []
    assert yaml.safe_load(exported.decode().split("---\n")[1])["x"] == SOUND


def test_a_hostile_feed_comes_through_the_network_and_leaves_by_a_pipe_to_the_byte(tmp_path: Path) -> None:
    today = Calendar().newest(datetime.now(UTC))
    page = Reply(f"<title>Page {SOUND}</title>".encode())
    listed = [replace(one, kind=None) for one in world.papers(ALL)]
    with serving(Written({today: listed}, today, {"hostile": page})) as server:
        config = tmp_path / "config.toml"
        config.write_text(server.config(), encoding="utf-8")
        env = {**environment(tmp_path), "TRIAGE_CONFIG": str(config)}
        for words, typed in (
            (["fetch"], ""),
            (["keep", world.key(0)], ""),
            (["note", world.key(2), "-"], SOUND),
            (["comment", "-"], SOUND),
            (["add", f"{server.url}/web/hostile", "--note", "-"], SOUND),
        ):
            ran = on_pipe(env, tmp_path, *words, typed=typed)
            assert ran.returncode == 0, ran.stderr
            assert obeyed(ran.stdout + ran.stderr) == []
    (record,) = map(json.loads, on_pipe(env, tmp_path, "show", world.key(2), "--json").stdout.splitlines())
    assert record["note"] == user_text(SOUND)
    assert record["title_source"] == clean.line(listed[2].title)
    exact = on_pipe(env, tmp_path, "export").stdout.decode()
    assert exact.count(user_text(SOUND)) == 3, "the comment, the notes on the paper and on the page"


def test_a_megabyte_and_nothing_are_titles_too(tmp_path: Path) -> None:
    huge, empty, blank = world.papers([one.text for one in HUGE])
    crowd = replace(huge, authors=tuple(f"Ada {number}" for number in range(10_000)))
    world.listing(tmp_path, [replace(crowd, abstract=huge.abstract * 5, arxiv_comments=None), empty, blank])
    shown = walk(places.HUGE, "x", world.env(tmp_path))
    assert {name: obeyed(one.raw) for name, one in shown.items() if obeyed(one.raw)} == {}
    for words in (["list", "--day", "all"], ["show", world.key(0)]):
        ran = on_pipe(world.env(tmp_path), tmp_path, *words)
        assert ran.returncode == 0
        assert obeyed(ran.stdout + ran.stderr) == []


CLICKED = [one.text for one in PAYLOADS if one.number in ("34", "35")]
"""Texts that are actions and links where somebody takes them for markup."""
CLICKED_AT = (
    ("<home>", "▌✓ q"),
    ("t", "▌✓ q"),
    ("'", "Decisions"),
    ("<esc>h", "Held"),
    ("t", "<h4>"),
    ("<esc><home><enter>", "Body q"),
)
"""Keys that lead to where such texts are, and what is to be seen there."""


def test_a_click_on_a_text_is_a_click_and_no_action_of_the_texts(tmp_path: Path) -> None:
    env = made(tmp_path / "home", CLICKED)
    browser = script(tmp_path / "browser", f'echo "$@" >> "{tmp_path}/opened"')
    argv = [sys.executable, "-m", "triage"]
    env = {**env, "BROWSER": str(browser), "PYTHONPATH": str(HOUSE)}
    clicked = 0
    with Terminal(argv, env=env, cwd=HOUSE, size=(230, 56)) as app:
        app.wait_for("5/5 · 5 kept")
        for keys, then in CLICKED_AT:
            app.press(keys, then)
            for row, line in enumerate(app.text()):
                for found in re.finditer(r"(?:quit|skip|link|js)\[", line):
                    app.drag((found.start(), row), (found.start(), row))
                    clicked += 1
        app.press("<esc><esc>", "5/5 · 5 kept")
        app.send("q")
        assert app.wait() == 0
        assert obeyed(bytes(app.raw)) == []
    assert clicked > 50
    opened = tmp_path / "opened"
    assert not opened.exists() or all(one.startswith("http") for one in opened.read_text().splitlines())

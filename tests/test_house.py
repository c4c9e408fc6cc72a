"""The rules of the house: which module may import which, what no module may do, what start-up may load."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from textual.color import Color, ColorParseError

from tests.terminal import Terminal

HOUSE = Path(__file__).resolve().parents[1]

ROOMS = ("actions", "sources", "library", "archive", "export", "desktop", "tui")
GROUND = "the ground floor"
MAY_IMPORT = {
    GROUND: {GROUND},
    "config": {GROUND},
    "cli": {GROUND, "actions"},
    "actions": {GROUND, "export"},
    "sources": {GROUND},
    "library": {GROUND},
    "archive": {GROUND},
    "export": {GROUND},
    "desktop": {GROUND},
    "tui": {GROUND, "actions"},
}
"""The arrows of the house beside those within a room; the composition root may join any two."""

COMPOSITION = {
    "__main__",
    "home",
    "about",
    "doctor",
    "command_home",
    "screens_above",
    "keeping",
    "check_up",
    "without",
}
"""The composition root: it builds the ports and hands them over."""

ONE_IMPORTER = (
    "arxiv",
    "tinydb",
    "pyperclip",
    "markdownify",
    "jinja2",
    "zoneinfo",
    "hashlib",
    "shlex",
    "resource",
)
"""What one module brings in for everybody; only it may do so inside a function, for start-up's sake."""

PURE = {
    *(
        "abc",
        "bisect",
        "codecs",
        "collections",
        "colorsys",
        "contextlib",
        "dataclasses",
        "datetime",
        "decimal",
        "difflib",
    ),
    *(
        "enum",
        "fractions",
        "functools",
        "hashlib",
        "heapq",
        "html",
        "itertools",
        "json",
        "math",
        "operator",
        "re",
    ),
    *(
        "string",
        "textwrap",
        "types",
        "typing",
        "unicodedata",
        "urllib.parse",
        "uuid",
        "yaml",
        "zlib",
        "zoneinfo",
    ),
}
"""What the ground floor may import from outside: nothing that reads, writes, waits or draws."""

MOST_LINES = 330
"""Past 300 lines one looks for a second purpose; a little over may still be one."""


@dataclass(frozen=True)
class Import:
    """One import, wherever it stands."""

    module: str
    """The importing module, `triage.tui.app`."""
    target: str
    line: int
    in_function: bool

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.target}"


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package by its dotted name, as a syntax tree."""
    found = {}
    for path in sorted((HOUSE / "triage").rglob("*.py")):
        name = ".".join(path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__")
        found[name] = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    return found


PACKAGES = {
    ".".join(path.parent.relative_to(HOUSE).parts) for path in (HOUSE / "triage").rglob("__init__.py")
}


def imports_of(name: str, tree: ast.AST, *, in_function: bool = False) -> Iterator[Import]:
    """Every import below a node; `from triage import tex` is an import of `triage.tex`."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(name, alias.name, node.lineno, in_function)
        elif isinstance(node, ast.ImportFrom):
            base = _base(name, node)
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                is_module = inner in modules() or base in ("urllib", "xml", "concurrent", "importlib")
                yield Import(name, inner if is_module else base, node.lineno, in_function)
        else:
            inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from imports_of(name, node, in_function=in_function or inside)


def _base(name: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = name.split(".")
    parts = parts[: len(parts) - node.level + (1 if name in PACKAGES else 0)]
    return ".".join([*parts, *([node.module] if node.module else [])])


@cache
def imports() -> list[Import]:
    """Every import of the package."""
    return [found for name, tree in modules().items() for found in imports_of(name, tree)]


def room(module: str) -> str:
    """The room a module of the package lives in; what is in none, the package `tex` too, is ground floor."""
    top = module.split(".")[1] if "." in module else ""
    return top if top in (*ROOMS, "cli", "config", *COMPOSITION) else GROUND


def from_outside(found: Import) -> bool:
    return found.target.split(".")[0] != "triage"


def calls_of(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The names that are called below a node: `open`, and `import_module` of `importlib.import_module`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, node.lineno
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr, node.lineno


def test_arrows_between_rooms_go_one_way() -> None:
    wrong = [
        str(found)
        for found in imports()
        if not from_outside(found)
        and room(found.module) not in COMPOSITION
        and room(found.target) not in MAY_IMPORT[room(found.module)] | {room(found.module)}
    ]
    assert wrong == []


def test_a_forbidden_arrow_is_seen_wherever_it_stands() -> None:
    tree = ast.parse(
        "def f():\n    if True:\n        from ..library import journal\nfrom triage import paper\n"
    )
    arrows = [(found.target, found.in_function) for found in imports_of("triage.tui.app", tree)]
    assert [target.split(".")[1] for target, _ in arrows] == ["library", "paper"]
    assert [inside for _, inside in arrows] == [True, False]


def test_the_ground_floor_is_pure() -> None:
    wrong = [
        str(found)
        for found in imports()
        if room(found.module) == GROUND
        and from_outside(found)
        and found.target not in PURE
        and found.target.split(".")[0] not in PURE
    ]
    wrong += [
        f"{name}:{line} calls {called}"
        for name, tree in modules().items()
        if room(name) == GROUND
        for called, line in calls_of(tree)
        if called in ("open", "print", "input", "read_text", "read_bytes", "write_text", "write_bytes")
    ]
    assert wrong == []


def test_only_the_screens_import_textual() -> None:
    drawing = ("textual", "rich")
    wrong = [
        str(found)
        for found in imports()
        if found.target.split(".")[0] in drawing and room(found.module) != "tui"
    ]
    assert wrong == []


@pytest.mark.parametrize("package", ONE_IMPORTER)
def test_one_module_brings_each_of_these_in(package: str) -> None:
    importers = {found.module for found in imports() if found.target.split(".")[0] == package}
    assert len(importers) == 1, importers


def test_imports_inside_functions_only_for_the_sake_of_start_up() -> None:
    allowed = {found.module for found in imports() if found.target.split(".")[0] in ONE_IMPORTER}
    bringing = set(allowed)
    allowed |= {f"triage.{name}" for name in COMPOSITION}
    allowed |= {"triage.tex"}  # brings in its own converter, with the first text that has TeX
    wrong = [
        str(found)
        for found in imports()
        if found.in_function and found.module not in allowed and found.target not in bringing
    ]
    assert wrong == []


def test_nothing_is_imported_by_a_name_made_at_run_time() -> None:
    wrong = [
        f"{name}:{line}"
        for name, tree in modules().items()
        for called, line in calls_of(tree)
        if called in ("import_module", "__import__", "exec", "eval")
    ]
    assert wrong == []


def test_file_names_state_a_purpose() -> None:
    nameless = {
        "utils",
        "util",
        "helpers",
        "helper",
        "common",
        "managers",
        "manager",
        "services",
        "service",
        "misc",
    }
    files = [*(HOUSE / "triage").rglob("*"), *(HOUSE / "tests").rglob("*")]
    assert [str(path) for path in files if path.stem in nameless] == []


def test_no_module_outgrows_its_purpose() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in (HOUSE / "triage").rglob("*.py")}
    assert {
        str(path.relative_to(HOUSE)): lines for path, lines in lengths.items() if lines > MOST_LINES
    } == {}


def swallows_everything(node: ast.AST) -> bool:
    """Tell whether a handler catches every exception and does not pass it on."""
    if not isinstance(node, ast.ExceptHandler):
        return False
    caught = ast.walk(node.type or ast.Name("BaseException"))
    kinds = {part.id for part in caught if isinstance(part, ast.Name)}
    passed_on = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
    return bool(kinds & {"Exception", "BaseException"}) and not passed_on


def test_everything_is_caught_only_at_the_edge_of_a_process() -> None:
    wrong = [
        f"{name}:{node.lineno}"
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and swallows_everything(node) and name != "triage.__main__"
    ]
    assert wrong == []


def test_every_silenced_check_has_its_reason_on_the_line() -> None:
    bare = re.compile(r"#\s*(?:type: ignore(?:\[[^\]]*\])?|noqa(?:: ?[A-Z0-9, ]+)?)\s*$")
    wrong = [
        f"{path.relative_to(HOUSE)}:{number}"
        for folder in ("triage", "tests")
        for path in sorted((HOUSE / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if bare.search(line)
    ]
    assert wrong == []


def test_style_stands_in_sheets_and_not_in_python() -> None:
    wrong = [
        f"{name}:{node.lineno}"
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Name)
        and isinstance(node.ctx, ast.Store)
        and node.id in ("DEFAULT_CSS", "CSS")
    ]
    assert wrong == []


def colours_in(sheet: str) -> list[str]:
    """The colours that a style sheet names outright instead of by the theme's variables."""
    bare = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    values = re.findall(r"(?:^|[{;\s])([a-z][a-z-]*)\s*:\s*([^;{}]+)(?=[;}])", bare)
    coloured = re.compile("color|background|border|outline|tint|hatch|keyline")
    return [
        word
        for name, value in values
        if coloured.search(name)
        for word in re.findall(r"\$[\w-]+|#\w+|[a-z_]\w*", value)
        if word.startswith(("#", "rgb", "hsl", "ansi_")) or names_colour(word)
    ]


def names_colour(word: str) -> bool:
    """Tell whether Textual takes a word of a sheet for a colour."""
    try:
        return word not in ("transparent", "auto") and Color.parse(word) is not None
    except ColorParseError:
        return False


def test_the_sheets_use_the_theme_and_no_colour_of_their_own() -> None:
    sheets = sorted((HOUSE / "styles").glob("*.tcss"))
    assert sheets, "no style sheets"
    assert {sheet.name: found for sheet in sheets if (found := colours_in(sheet.read_text()))} == {}


def test_a_colour_in_a_sheet_is_seen() -> None:
    assert colours_in(
        "#add:hover { color: $accent; height: 1; }\nX { border: solid #fff; background: red 20%; }"
    ) == [
        "#fff",
        "red",
    ]


WATCHED = """
import importlib.abc, re, runpy, sys
log = open({log!r}, "a", buffering=1)
class Watch(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        log.write(name + chr(10))
sys.meta_path.insert(0, Watch())
def watched(*given, compiled=re.compile, **named):
    caller = sys._getframe(1)
    if caller.f_code.co_name == "<module>":
        log.write("re.compile in " + caller.f_globals["__name__"] + chr(10))
    return compiled(*given, **named)
re.compile = watched
sys.argv = ["triage", *{words!r}]
runpy.run_module("triage", run_name="__main__", alter_sys=True)
"""
HEAVY = {"arxiv", "requests", "urllib3", "feedparser", "lxml", "bs4", "markdownify", "pyperclip", "jinja2"}


def imported(log: Path) -> set[str]:
    """The outermost names of what a watched process has imported."""
    return {line.split(".")[0] for line in log.read_text().splitlines()}


@pytest.mark.parametrize("words", [["--version"], ["--help"]])
def test_telling_the_version_or_the_help_loads_next_to_nothing(words: list[str], tmp_path: Path) -> None:
    log = tmp_path / "imports"
    code = WATCHED.format(log=str(log), words=words)
    told = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, timeout=60)
    assert told.returncode == 0, told.stderr
    assert "triage" in told.stdout
    assert imported(log) & (HEAVY | {"textual", "rich", "tinydb", "yaml", "asyncio"}) == set()


def watched_app(tmp_path: Path) -> tuple[Terminal, Path]:
    """The app on its sample in a terminal, and the file that will tell what it imports."""
    log = tmp_path / "imports"
    code = WATCHED.format(log=str(log), words=["--demo"])
    env = {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state"), "XDG_CONFIG_HOME": str(tmp_path)}
    return Terminal([sys.executable, "-c", code], env=env, cwd=HOUSE, size=(120, 40)), log


NOT_AT_FIRST = {
    *(
        "triage.haul",
        "triage.post",
        "triage.front_matter",
        "triage.tui.widgets.note_editor",
    ),
    *("triage.cli.request", "triage.cli.commands", "triage.command_home", "argparse", "bz2", "lzma"),
    *("ssl", "hashlib", "html", "yaml", "tinydb", "zoneinfo", "markdown_it", "textual.widgets._text_area"),
}
"""What the first screen does without: each was a part of its start once, or would be felt in it."""


def test_the_first_screen_brings_in_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    terminal, log = watched_app(tmp_path)
    with terminal:
        terminal.send("q")  # typed ahead: nothing that comes behind the first screen has its turn
        assert terminal.wait() == 0
        assert b" kept" in terminal.raw, "it was painted"
    lines = log.read_text().splitlines()
    assert "triage.tui.screens.main" in lines
    assert {line for line in lines if line in NOT_AT_FIRST} == set()
    compiled = [line for line in lines if line.startswith("re.compile in triage")]
    assert compiled == [], "see triage.pattern"


UNTIL_ASKED_FOR = {"markdown_it", "ssl", "_hashlib", "tinydb", "bz2", "lzma", "argparse"}
"""What a morning's reading takes no memory for: copying, exporting, the haul and previews bring it in."""


def test_a_mornings_reading_does_without_the_heavy_packages(tmp_path: Path) -> None:
    terminal, log = watched_app(tmp_path)
    with terminal:
        terminal.wait_for(r"\d/\d+ · \d+ kept")
        terminal.press("k", r"1/\d+ · 1 kept")
        terminal.press("n", "note ─")
        terminal.press("Good.<esc>", r"2/\d+ · 2 kept")
        terminal.press("/stab", "Enter To the list")
        terminal.press("<esc>ss", r"4/\d+ · 2 kept")
        terminal.send("q")
        assert terminal.wait() == 0
    assert "textual" in imported(log)
    assert imported(log) & (HEAVY | UNTIL_ASKED_FOR) == set()

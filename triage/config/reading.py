"""config.toml to Settings; every fault is named by file, line and key, and costs that key's default only."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from triage import clean
from triage.config.checks import CHECKS, Wrong
from triage.nearest import nearest
from triage.pace import ARXIV_DELAY, is_arxiv_host
from triage.pattern import pattern
from triage.settings import ArxivSettings, Settings

MOST_BYTES = 1_000_000
"""A config larger than this is some other file."""
_TABLES = ("arxiv", "listing", "haul")
_LONGEST_KEY = 80
_DOTTED = pattern(r"""[ \t]*((?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')(?:[ \t]*\.[ \t]*[^=.\[\n]+?)*)[ \t]*=""")
_HEADER = pattern(r"[ \t]*\[\[?[ \t]*([^\]\n]+?)[ \t]*\]")


class Fault(NamedTuple):
    """One thing that is wrong in the config."""

    path: Path
    key: str
    """Dotted, as `arxiv.delay_seconds`; empty when the whole file cannot be read."""
    says: str
    """What is wrong, and what would be right."""
    line: int | None = None
    """Counted from 1."""

    @property
    def sentence(self) -> str:
        """File, line, key and what is wrong with it."""
        path = clean.name(str(self.path))
        where = path if self.line is None else f"{path}, line {self.line}"
        return f"{where}: {_short(self.key)} {self.says}" if self.key else f"{where}: {self.says}"

    @property
    def touches_arxiv(self) -> bool:
        """True when nobody can say which addresses the user meant: nothing may be fetched."""
        return not self.key or bool(nearest(self.key.partition(".")[0], ("arxiv",)))


def load(path: Path) -> tuple[Settings, tuple[Fault, ...]]:
    """The settings of a config file, with the default for every key that is missing or at fault.

    A file that is not there is a config that says nothing.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return Settings(), ()
    except OSError as refusal:
        return Settings(), (Fault(path, "", f"cannot be read: {refusal.strerror or refusal}"),)
    if len(data) > MOST_BYTES:
        return Settings(), (Fault(path, "", "is larger than 1 MB, so it is no config of ours"),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        return Settings(), (Fault(path, "", "is not UTF-8; save it as UTF-8", line),)
    return parse(text, path)


def parse(text: str, path: Path) -> tuple[Settings, tuple[Fault, ...]]:
    """The settings of a config's text; the path is only named."""
    try:
        table = tomllib.loads(text)
    except RecursionError:
        return Settings(), (Fault(path, "", "is nested too deeply"),)
    except ValueError as wrong:
        return Settings(), (_not_toml(str(wrong), text, path),)
    lines = dict(_lines_of_keys(text))
    faults: list[Fault] = []
    settings = Settings()
    for key, value in _flat(table):
        check = CHECKS.get(key)
        try:
            if check is None:
                raise Wrong(_unknown(key, value))
            settings = _with(settings, key, check(value))
        except Wrong as wrong:
            faults.append(Fault(path, key, str(wrong), lines.get(key)))
    return settings._replace(arxiv=_slow_enough(settings.arxiv)), tuple(faults)


def _not_toml(message: str, text: str, path: Path) -> Fault:
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)", message)
    reason = clean.line(message.replace(found[0], "") if found else message)
    if "int_max_str_digits" in reason:
        reason = "a number in it has too many digits"
    line = (int(found[1]) if found[1] else text.rstrip("\n").count("\n") + 1) if found else None
    return Fault(path, "", f"is not TOML: {reason}", line)


def _short(key: str) -> str:
    """A key as a sentence names it."""
    return clean.name(key if len(key) <= _LONGEST_KEY else f"{key[:_LONGEST_KEY]}…")


def _lines_of_keys(text: str) -> Iterator[tuple[str, int]]:
    """Every dotted key and table with the line it stands on."""
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _plain(header[1])
            yield table, number
        elif key := _DOTTED.match(line):
            name = _plain(key[1])
            yield (f"{table}.{name}" if table else name), number


def _plain(dotted: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in dotted.split("."))


def _flat(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The dotted keys of a config and their values; front_matter is one value."""
    for name, value in table.items():
        if name not in _TABLES or not isinstance(value, dict):
            yield name, value
        else:
            yield from ((f"{name}.{inner}", deep) for inner, deep in value.items())


def _unknown(key: str, value: object) -> str:
    if key in _TABLES:
        return f"must be a table: write [{key}]"
    table, _, name = key.rpartition(".")
    near = nearest(key, (*CHECKS, *_TABLES)) or tuple(
        known for known in CHECKS if known.rpartition(".")[2] == name
    )
    siblings = [known for known in CHECKS if known.rpartition(".")[0] == table] or list(CHECKS)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(siblings)}"
    return f"is an unknown {'table' if isinstance(value, dict) else 'key'}; {hint}"


def _with(settings: Settings, key: str, value: Any) -> Settings:
    table, _, name = key.rpartition(".")
    if table == "arxiv":
        return settings._replace(arxiv=settings.arxiv._replace(**{name: value}))
    if table == "listing":
        return settings._replace(listing=settings.listing._replace(**{name: value}))
    if table == "haul":
        return settings._replace(haul=settings.haul._replace(**{name: value}))
    return settings._replace(**{name: value})


def _slow_enough(arxiv: ArxivSettings) -> ArxivSettings:
    """Never faster than arXiv asks for; beside a mirror, the request clock sees to arXiv's own hosts."""
    hosts = (urlsplit(url).hostname or "" for url in (arxiv.rss, arxiv.api, arxiv.site))
    if all(is_arxiv_host(host) for host in hosts):
        return arxiv._replace(delay_seconds=max(arxiv.delay_seconds, ARXIV_DELAY))
    return arxiv

"""Settings as TOML: the whole of a config, and the first run's choices put into one."""

import re
import tomllib
from datetime import date, datetime, time

from triage.pattern import pattern
from triage.settings import ArxivSettings, HaulSettings, ListingSettings, Settings

_KEY = pattern(r"""[ \t]*["']?([A-Za-z0-9_-]+)["']?[ \t]*=""")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def as_toml(settings: Settings) -> str:
    """The settings as a config would say them."""
    lines = [
        f"categories = {toml(list(settings.categories))}",
        f"keys = {toml(settings.keys)}",
        "",
        "[arxiv]",
    ]
    lines += [f"{name} = {toml(getattr(settings.arxiv, name))}" for name in ArxivSettings._fields]
    lines += ["", "[listing]"]
    lines += [f"{name} = {toml(getattr(settings.listing, name))}" for name in ListingSettings._fields]
    lines += ["", "[haul]"]
    for name in HaulSettings._fields:
        value = getattr(settings.haul, name)
        if name != "front_matter" and value is not None:
            lines.append(f"{name} = {toml(value)}")
    if settings.haul.front_matter:
        lines += ["", "[haul.front_matter]"]
        lines += [f"{_bare(name)} = {toml(value)}" for name, value in settings.haul.front_matter.items()]
    return "\n".join(lines) + "\n"


def with_choices(text: str, categories: tuple[str, ...], keys: str) -> str:
    """A config's text with the choices of the first run in it; everything else stays as it stands."""
    lines = text.rstrip("\n").split("\n") if text.strip() else []
    header = next((at for at, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    top, rest = lines[:header], lines[header:]
    for key, value in (("categories", list(categories)), ("keys", keys)):
        line = f"{key} = {toml(value)}"
        start = next(
            (at for at, old in enumerate(top) if (found := _KEY.match(old)) and found[1] == key), None
        )
        if start is not None:
            top[start : _end_of_value(top, start)] = [line]
        else:
            top.append(line)
    return "\n".join([*top, *([""] if rest else []), *rest, ""])


def toml(value: object) -> str:
    """One value as TOML writes it."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return '"' + "".join(map(_escaped, value)) + '"'
        case list() | tuple():
            return "[" + ", ".join(toml(item) for item in value) + "]"
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _escaped(char: str) -> str:
    """A character as TOML has it in a text: as itself, but for what is not to be seen."""
    if char in _ESCAPES:
        return _ESCAPES[char]
    code = ord(char)
    return char if char.isprintable() else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _bare(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else toml(key)


def _end_of_value(lines: list[str], start: int) -> int:
    """The line behind a key's value, which may be an array over several lines."""
    for stop in range(start + 1, len(lines) + 1):
        try:
            tomllib.loads("\n".join(lines[start:stop]))
        except tomllib.TOMLDecodeError:
            continue
        return stop
    return start + 1

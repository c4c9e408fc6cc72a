"""The front matter of the post: YAML scalars, read as strings and written so that they read back the same."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import yaml

from triage.haul import Field, fill
from triage.settings import HaulSettings

FENCE = "---"
_KEY = re.compile(r"([A-Za-z0-9_][A-Za-z0-9_.-]*):(?=[ \t\n]|$)")
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
# Read as a number or a truth value by YAML 1.2 or by the text of YAML 1.1, though not by PyYAML.
_MISREAD_ELSEWHERE = re.compile(r"0o[0-7]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[yYnN]")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "\\0"}
_LONGEST = 20_000
"""Characters of one key and its value; more is kept verbatim, and costs no parsing."""


def stamp(moment: dt.datetime) -> str:
    """An aware time as `published_at` has it: UTC, milliseconds, `Z`."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def new(settings: HaulSettings, number: int, count: int, published_at: str) -> tuple[Field, ...]:
    """The front matter of a haul: title, published_at, snippet, tags, then the user's further keys.

    A further key that is one of the four takes its place. `published_at` is what `stamp` gives.
    """
    ours = {
        "title": Field("title", fill(settings.title, number=number, count=count)),
        "published_at": Field("published_at", published_at),
        "snippet": Field("snippet", fill(settings.snippet, number=number, count=count)),
        "tags": Field("tags", ", ".join(settings.tags)),
    }
    further = {key: _further(key, value) for key, value in settings.front_matter.items()}
    return tuple((ours | further).values())


def write(front: Sequence[Field]) -> str:
    """The front matter with its fences and a line end; nothing when there is none."""
    if not front:
        return ""
    return "\n".join([FENCE, *(line(item) for item in front), FENCE, ""])


def read(lines: Sequence[str]) -> tuple[tuple[Field, ...], tuple[int, ...]]:
    """The fields of the lines between the fences, and the indexes of those lines that could not be read."""
    keys = [place for place, line in enumerate(lines) if _KEY.match(line)]
    front: list[Field] = []
    unread: list[int] = []
    for start, stop in pairwise([0, *keys, len(lines)] if not keys or keys[0] else [*keys, len(lines)]):
        end = stop
        while end > start and (not lines[end - 1].strip(" \t") or lines[end - 1].startswith("#")):
            end -= 1
        if end > start:
            source = "\n".join(lines[start:end])
            item = _field(source)
            front.append(item)
            if item.key is None:
                unread += range(start, end)
        front += [Field(None, line) for line in lines[end:stop]]
    return tuple(front), tuple(unread)


def scalar(key: str, value: str) -> str:
    """A value as it stands behind `key: `: plain where YAML reads the same string, else double-quoted.

    `published_at` is plain when it is a time stamp: readers of the post want the time.
    """
    if (key == "published_at" and _STAMP.fullmatch(value)) or _is_plain(key, value):
        return value
    return _quoted(value)


def _is_plain(key: str, value: str) -> bool:
    if len(value) > _LONGEST or _MISREAD_ELSEWHERE.fullmatch(value):
        return False
    if any(one == "\ufeff" or unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp") for one in value):
        return False
    node = _value_node(f"{key}: {value}", yaml.SafeLoader)
    return (
        isinstance(node, yaml.ScalarNode)
        and node.style is None
        and node.tag == "tag:yaml.org,2002:str"
        and node.value == value
    )


def _quoted(value: str) -> str:
    return f'"{"".join(_escaped(character) for character in value)}"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def line(item: Field) -> str:
    """One key and its value as the front matter has it, or the lines that are kept as they stand."""
    if item.key is None:
        return item.value
    if item.source:
        said = _field(item.source)
        if (said.key, said.value) == (item.key, item.value):
            return item.source
    return f"{item.key}: {scalar(item.key, item.value)}"


def _field(source: str) -> Field:
    found = _KEY.match(source)
    if found is None or len(source) > _LONGEST:
        return Field(None, source)
    node = _value_node(source, yaml.BaseLoader)
    if isinstance(node, yaml.ScalarNode):
        value = str(node.value)
    elif isinstance(node, yaml.SequenceNode) and all(isinstance(one, yaml.ScalarNode) for one in node.value):
        value = ", ".join(str(one.value) for one in node.value)
    else:
        return Field(None, source)
    key = found[1]
    return Field(key, value, "" if f"{key}: {scalar(key, value)}" == source else source)


def _value_node(source: str, loader: type[yaml.BaseLoader | yaml.SafeLoader]) -> yaml.Node | None:
    """The value of the one key that a YAML text holds; None when it is anything else, or no YAML."""
    try:
        node = yaml.compose(source, Loader=loader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    if not isinstance(node, yaml.MappingNode) or len(node.value) != 1:
        return None
    return node.value[0][1]  # type: ignore[no-any-return]  # PyYAML's stubs say nothing of a node's value


def _further(key: str, value: Any) -> Field:
    if isinstance(value, str) and _KEY.fullmatch(f"{key}:"):
        return Field(key, value)
    name = key if _KEY.fullmatch(f"{key}:") else _quoted(key)
    return _field(f"{name}: {_flow(value)}")


def _flow(value: Any) -> str:
    """A value of config.toml in YAML's flow style."""
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_quoted(key)}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(one) for one in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)

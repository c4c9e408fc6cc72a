"""What a Step is to say, before it is one."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from triage.steps import Change


class Edit(NamedTuple):
    """The changes that somebody asks for."""

    what: str
    changes: tuple[Change, ...]
    undoes: int | None = None
    doc_ids: Mapping[tuple[str, str], int] = MappingProxyType({})
    """TinyDB's numbers for documents that it inserts, by table and id."""

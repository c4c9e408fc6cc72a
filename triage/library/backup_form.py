"""What a backup's file is: a zip in which each file lies packed with gzip, and a manifest of them all.

`unzip` and `gunzip -r` give the folder back without this program. Each file is packed by itself, and not by
zip, so that one that has not changed is copied from the last backup as it lies there: gzip (RFC 1952, 2.2)
may stand after gzip, and a journal that has grown is what it was with what was appended packed behind it.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from triage.backup import Counts, Reason

MANIFEST = "manifest.json"
FORM = 1
MOST_MANIFEST = 64 * 1024 * 1024
"""Bytes of a manifest: some 100 for each file."""
MOST_FILES = 200_000
MOST_PIECES = 50
"""Where a file was packed in more pieces it is packed anew: small ones are packed less well."""
MOST_OF_ONE = 4 * 1024**3
"""Bytes that a file unfolds to."""
_PACKED = ".gz"
_PART = re.compile(r"[^\0-\x1f\x7f/\\]{1,200}")
_MOST_PARTS = 6
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
TOPS = ("library", "archive", "config")
"""The folders in a backup: what the user did, listings and kept pages, config and templates."""


class NewerForm(Exception):
    """A newer triage wrote the manifest."""


class Held(NamedTuple):
    """A file in a backup."""

    name: str
    """Where it lies in the backup, unpacked: `library/journal/...`."""
    size: int
    digest: str
    """SHA-256, in hex."""
    pieces: int
    """How many times gzip was begun in it."""
    modified: int
    """When it was last changed, in nanoseconds since 1970."""

    @property
    def packed_name(self) -> str:
        """What it is called where it lies packed."""
        return self.name if self.is_packed_itself else self.name + _PACKED

    @property
    def is_packed_itself(self) -> bool:
        """True for a file that lies as it is, for it is packed already."""
        return self.name.endswith(_PACKED)


class Manifest(NamedTuple):
    """What a backup says of itself."""

    moment: datetime
    reason: Reason
    version: str
    """The version of triage that wrote it."""
    counts: Counts
    steps: Mapping[str, int]
    """By machine, how many different Steps it holds."""
    folded: datetime | None
    """When what it holds was last folded from nothing and compared; None: it was not compared."""
    files: Sequence[Held]

    def held(self, name: str) -> Held | None:
        """The file of a name."""
        return next((one for one in self.files if one.name == name), None)


def is_safe(name: str) -> bool:
    """Tell whether a name leads to a place in the folder that it is unpacked to, on any system."""
    parts = name.split("/")
    return (
        name.isprintable()
        and parts[0] in TOPS
        and 1 < len(parts) <= _MOST_PARTS
        and all(_PART.fullmatch(part) and part not in (".", "..") for part in parts)
    )


def encode(manifest: Manifest) -> bytes:
    """The manifest as JSON."""
    record = {
        "form": FORM,
        "triage": manifest.version,
        "moment": manifest.moment.astimezone(UTC).isoformat(timespec="milliseconds"),
        "reason": str(manifest.reason),
        "counts": manifest.counts._asdict(),
        "steps": dict(manifest.steps),
        "folded": manifest.folded and manifest.folded.astimezone(UTC).isoformat(timespec="milliseconds"),
        "files": [list(one) for one in manifest.files],
    }
    return json.dumps(record, separators=(",", ":")).encode()


def decode(data: bytes) -> Manifest:
    """The manifest of its bytes. Raises NewerForm, and ValueError for what is none of ours."""
    try:
        record = json.loads(data)
        form = record["form"]
        if type(form) is int and form > FORM:
            raise NewerForm(str(record.get("triage", ""))[:40])
        if form != FORM:
            raise ValueError("it is of no form that is known")
        return Manifest(
            _moment(record["moment"]),
            Reason(record["reason"]),
            str(record["triage"])[:40],
            Counts(**{name: _whole(record["counts"][name]) for name in Counts._fields}),
            {str(machine): _whole(count) for machine, count in record["steps"].items()},
            None if record["folded"] is None else _moment(record["folded"]),
            _files(record["files"]),
        )
    except (KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise ValueError(f"its manifest cannot be read: {error!r}") from error


def _files(records: Any) -> Sequence[Held]:
    files = [
        Held(str(name), _whole(size), str(digest), _whole(pieces), _whole(modified))
        for name, size, digest, pieces, modified in records
    ]
    for one in files:
        if not is_safe(one.name):
            raise ValueError(f"it names a place outside of itself, {one.name[:80]!r}")
        if not _DIGEST.fullmatch(one.digest) or one.size > MOST_OF_ONE or one.pieces > MOST_PIECES:
            raise ValueError(f"it says of {one.name} what cannot be")
    if len({one.name for one in files}) != len(files):
        raise ValueError("it names one file twice")
    return files


def _moment(text: Any) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment has no zone")
    return moment.astimezone(UTC)


def _whole(number: Any) -> int:
    if type(number) is not int or not 0 <= number < 2**63:
        raise ValueError(f"{str(number)[:40]} is no count")
    return number

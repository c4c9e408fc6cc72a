"""This machine's id: it names the journal that only this machine writes."""

import contextlib
import json
import os
import re
import socket
from pathlib import Path
from zlib import crc32

from triage.library.durable import make_folder, replace_file, sync_folder
from triage.pattern import pattern

MACHINE_ID = Path("/etc/machine-id")
"""What tells a computer from its image (machine-id(5)); a container and macOS have none."""
ID = pattern(r"[a-z0-9][a-z0-9-]{0,40}\Z", re.ASCII)


def machine_id(state: Path, *, keep: bool = True) -> str:
    """The id kept in the state folder for this host; a new one where there is none.

    One file per host: a state folder that was copied, or that two hosts share, holds no id for the other
    host, which so takes one of its own. Where the id cannot be kept, it is made of the host alone, and is
    the same every time. `keep` false writes nothing.
    """
    host = _host()
    path = state / f"machine-{host}.json"
    kept = _read(path)
    if kept is not None:
        return kept
    unkept = f"{host.split('-')[0][:20]}-{crc32(host.encode()):08x}"
    if not keep:
        return unkept
    made = f"{host.split('-')[0][:20]}-{os.urandom(4).hex()}"
    temporary = state / f".machine-{os.urandom(4).hex()}.tmp"
    try:
        make_folder(state)
        if path.exists():
            path.replace(state / f"{path.name}.damaged-{os.urandom(4).hex()}")
        replace_file(temporary.with_suffix(".json"), temporary, [json.dumps({"machine": made}).encode()])
        try:
            os.link(temporary.with_suffix(".json"), path)
        finally:
            temporary.with_suffix(".json").unlink()
        sync_folder(state)
    except FileExistsError:  # another process was first
        return _read(path) or unkept
    except OSError:
        return unkept
    return made


def forget_machine(state: Path, machine: str) -> None:
    """Have another id made at the next start, for somebody else has this one too: a computer that was cloned.

    The file that keeps it stays, under another name. Never raises.
    """
    path = state / f"machine-{_host()}.json"
    if _read(path) == machine:
        with contextlib.suppress(OSError):
            path.replace(state / f"{path.name}.shared-{os.urandom(4).hex()}")


def _read(path: Path) -> str | None:
    try:
        kept = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    made = kept.get("machine") if isinstance(kept, dict) else None
    return made if isinstance(made, str) and ID.match(made) else None


def _host() -> str:
    """The host's short name and the first digits of its machine-id(5), where there is one."""
    name = re.sub(r"[^a-z0-9]+", "", socket.gethostname().split(".")[0].lower(), flags=re.ASCII)
    try:
        number = re.sub(rb"[^a-f0-9]", b"", MACHINE_ID.read_bytes()).decode()
    except OSError:
        number = ""
    return f"{name[:24] or 'host'}-{number[:12] or '0'}"

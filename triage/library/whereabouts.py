"""On what kind of disk a folder lies: whether a network or a syncing program has its hand in it."""

import os
from contextlib import suppress
from pathlib import Path

_NETWORK = (
    "nfs",
    "cifs",
    "smb",
    "9p",
    "afs",
    "ceph",
    "glusterfs",
    "fuse.sshfs",
    "fuse.rclone",
    "davfs",
    "ncpfs",
)
_SYNCED = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "mobile documents": "iCloud",
    "cloudstorage": "a cloud's folder",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "syncthing": "Syncthing",
    "pcloud": "pCloud",
}
"""How the folders of syncing programs are called, by the beginning of the name, and the program."""
_MARKS = {".stfolder": "Syncthing", ".dropbox": "Dropbox", ".sync": "Resilio Sync"}
"""What such a program puts into the folder that it syncs."""


def network_of(folder: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The kind of network file system a folder lies on, where the system tells; else empty."""
    best, kind = "", ""
    with suppress(OSError, ValueError):
        where = os.path.realpath(folder)
        for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
            fields = line.split(" ")
            place = fields[1].replace("\\040", " ") if len(fields) > 2 else ""
            inside = where == place or where.startswith(f"{place.rstrip('/')}/")
            if place and inside and len(place) >= len(best):
                best, kind = place, fields[2]
    return kind if kind.startswith(_NETWORK) else ""


def synced_by(folder: Path) -> str:
    """The syncing program that a folder seems to belong to; empty when none is known."""
    for place in (folder, *folder.parents):
        for begin, program in _SYNCED.items():
            if place.name.lower().startswith(begin):
                return program
        for mark, program in _MARKS.items():
            with suppress(OSError):
                if (place / mark).exists():
                    return program
    return ""

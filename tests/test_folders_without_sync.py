"""On a file system that cannot sync a folder, as SMB and FUSE have them, everything works all the same."""

import errno
import os
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import DAY, paper
from tests.library.made import decide, opened
from triage.archive import open_archive
from triage.config.writing import write_choices
from triage.desktop.posts import PostFiles
from triage.library.durable import sync_folder
from triage.settings import Settings


def test_a_folder_that_cannot_be_synced_refuses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def only_files(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        real(handle)

    monkeypatch.setattr(os, "fsync", only_files)
    library = opened(tmp_path)
    decide(library, "2611.00001", "keep")
    library.save_draft("2611.00001", "half a note")
    library.close()
    open_archive(tmp_path / "library").store(DAY, [paper(1, "One")], {})
    PostFiles(tmp_path / "posts").write(str(tmp_path / "posts" / "haul.md"), b"a post")
    write_choices(tmp_path / "config.toml", Settings(categories=("cs.CL",)))
    assert not library.notices
    assert (tmp_path / "posts" / "haul.md").read_bytes() == b"a post"
    assert opened(tmp_path).verdict("2611.00001") == "keep"


def test_a_folder_that_fails_to_sync_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="Input/output error"):
        sync_folder(tmp_path)

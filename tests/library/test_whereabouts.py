"""On what kind of disk a folder lies."""

from pathlib import Path

import pytest

from triage.library.whereabouts import network_of, synced_by


@pytest.mark.parametrize(
    ("where", "kind"),
    [("home/ada", "nfs4"), ("home/ada/local", ""), ("srv/my share", "fuse.sshfs"), ("elsewhere", "")],
)
def test_a_network_is_known_by_the_nearest_mount(where: str, kind: str, tmp_path: Path) -> None:
    root = tmp_path.resolve()
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"/dev/sda1 / ext4 rw 0 0\nserver:/home {root}/home nfs4 rw 0 0\n"
        f"/dev/sdb1 {root}/home/ada/local ext4 rw 0 0\nhost: {root}/srv/my\\040share fuse.sshfs rw 0 0\n"
    )
    assert network_of(root / where / "library", mounts) == kind


def test_where_the_system_does_not_tell_nothing_is_said(tmp_path: Path) -> None:
    assert network_of(tmp_path, tmp_path / "nothing") == ""


def test_a_syncing_program_is_known_by_its_folder_or_by_what_it_puts_there(tmp_path: Path) -> None:
    assert synced_by(Path("/home/ada/OneDrive - Example/library")) == "OneDrive"
    assert synced_by(Path("/home/ada/papers/library")) == ""
    (tmp_path / ".stfolder").mkdir()
    assert synced_by(tmp_path / "deep" / "library") == "Syncthing"

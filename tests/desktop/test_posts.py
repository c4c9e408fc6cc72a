"""Posts on the disk: whole or not at all, and nobody's file but ours."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from triage.desktop.posts import PostFiles
from triage.ports import NotSaved, Unreachable


@pytest.fixture
def posts(tmp_path: Path) -> PostFiles:
    return PostFiles(tmp_path / "posts")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_post_is_written_with_its_folders_and_read_back(posts: PostFiles, tmp_path: Path) -> None:
    place = str(tmp_path / "a" / "b c" / "ünï.md")
    assert posts.hash(place) is None
    posts.write(place, b"one\n")
    assert posts.read(place) == b"one\n"
    assert posts.hash(place) == sha256(b"one\n").hexdigest()
    assert names(tmp_path / "a" / "b c") == ["ünï.md"]


def test_replacing_keeps_the_files_mode(posts: PostFiles, tmp_path: Path) -> None:
    place = tmp_path / "post.md"
    place.write_bytes(b"old")
    place.chmod(0o640)
    posts.write(str(place), b"new")
    assert place.read_bytes() == b"new"
    assert place.stat().st_mode & 0o777 == 0o640


def test_what_goes_wrong_before_the_rename_leaves_the_old_file(posts: PostFiles, tmp_path: Path) -> None:
    place = tmp_path / "post.md"
    place.write_bytes(b"old")

    def refuse() -> None:
        raise NotSaved("the disk is full")

    with pytest.raises(NotSaved):
        posts.write(str(place), b"new", refuse)
    assert place.read_bytes() == b"old"
    assert names(tmp_path) == ["post.md"]


def test_a_symlink_is_no_post_of_ours_and_is_never_written_through(posts: PostFiles, tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_bytes(b"precious")
    link = tmp_path / "post.md"
    link.symlink_to(target)
    assert posts.hash(str(link)) == ""
    posts.write(str(link), b"post")
    assert target.read_bytes() == b"precious"
    assert link.read_bytes() == b"post"


def test_a_file_larger_than_the_memory_is_known_for_none_of_ours(posts: PostFiles, tmp_path: Path) -> None:
    place = tmp_path / "disk.img"
    place.touch()
    os.truncate(place, 1 << 40)
    assert posts.hash(str(place)) not in (None, "")
    with pytest.raises(Unreachable, match="larger than 50 MB"):
        posts.read(str(place))


def test_a_folder_in_the_place_of_a_post_is_refused(posts: PostFiles, tmp_path: Path) -> None:
    assert posts.hash(str(tmp_path)) == ""
    with pytest.raises(Unreachable, match=r"cannot be written: Is a directory"):
        posts.write(str(tmp_path), b"post")


def test_a_place_under_a_file_is_refused_with_its_name(posts: PostFiles, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Unreachable, match=r"file/post\.md cannot be written"):
        posts.write(str(tmp_path / "file" / "post.md"), b"post")
    with pytest.raises(Unreachable, match="cannot be written"):
        posts.write(str(tmp_path / "a\0b.md"), b"post")
    with pytest.raises(Unreachable, match="cannot be read: No such file"):
        posts.read(str(tmp_path / "none.md"))


def test_a_full_disk_leaves_the_old_file(
    posts: PostFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "post.md"
    place.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unreachable, match="No space left on device"):
        posts.write(str(place), b"new")
    assert place.read_bytes() == b"old"
    assert names(tmp_path) == ["post.md"]


def test_a_folder_stands_for_the_posts_in_it(posts: PostFiles, tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "c.markdown", "picture.png"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "d.md").mkdir()
    found = posts.find([str(tmp_path), str(tmp_path / "picture.png")])
    assert [Path(place).name for place in found] == ["a.txt", "b.md", "c.markdown", "picture.png"]


def test_home_and_working_folder_are_filled_in(
    posts: PostFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert posts.whole("~/blog/1.md") == str(tmp_path / "blog" / "1.md")
    assert posts.whole("1.md") == str(tmp_path / "1.md")
    with pytest.raises(Unreachable):
        posts.whole("~nobody-of-that-name/1.md")

"""Where a post may go: odd names, links, devices, folders that vanish; nobody's file is harmed."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.actions.conftest import NOW, paper
from triage.actions import decide, note
from triage.actions import haul as hauls
from triage.actions.haul import Refused
from triage.desktop.posts import PostFiles
from triage.ports import Library, Unreachable
from triage.settings import HaulSettings, Settings

SETTINGS = Settings()


class Vanishing(PostFiles):
    """Posts whose bytes are taken away when they are safe, and not yet in their place."""

    def write(self, place: str, data: bytes, then: Callable[[], None] = lambda: None) -> None:
        def gone() -> None:
            then()
            for name in Path(place).parent.iterdir():
                if name.suffix == ".tmp":
                    name.unlink()

        super().write(place, data, gone)


@pytest.fixture
def kept(library: Library) -> Library:
    decide.keep(library, [paper(1)], NOW)
    return library


def export(library: Library, posts: PostFiles, place: str, *, overwrite: bool = False) -> str:
    return hauls.export_post(library, posts, SETTINGS, NOW, place, overwrite=overwrite)


@pytest.mark.parametrize("name", ["con.md", "aux", "nul.md", "a b.md", "-x.md", "ünï\u202e.md", "$HOME.md"])
def test_odd_names_are_names(kept: Library, posts: PostFiles, tmp_path: Path, name: str) -> None:
    place = export(kept, posts, str(tmp_path / name))
    assert Path(place) == tmp_path / name
    assert posts.read(place).startswith(b"---\n")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("x" * 300 + ".md", "File name too long"),
        ("a\0b.md", "cannot be"),
        ("folder/", "names a folder; name a file in it"),
        ("folder/..", "names a folder; name a file in it"),
        (".", "names a folder; name a file in it"),
    ],
)
def test_what_can_be_no_file_is_a_sentence_and_nothing_is_written(
    kept: Library, posts: PostFiles, tmp_path: Path, name: str, says: str
) -> None:
    with pytest.raises(Unreachable, match=says):
        export(kept, posts, f"{tmp_path}/{name}")
    with pytest.raises(Unreachable, match=says):
        hauls.publish(kept, posts, SETTINGS, NOW, place=f"{tmp_path}/{name}")
    assert not kept.hauls()
    assert "files" not in (kept.haul("current") or {})


def test_up_and_down_again_is_one_file(kept: Library, posts: PostFiles, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    place = export(kept, posts, f"{tmp_path}/a/../post.md")
    assert place == str(tmp_path / "post.md")
    Path(place).write_text("edited")
    with pytest.raises(hauls.Edited):
        export(kept, posts, f"{tmp_path}/a/../a/../post.md")


def test_up_from_a_linked_folder_is_where_the_disk_says(
    kept: Library, posts: PostFiles, tmp_path: Path
) -> None:
    (tmp_path / "there" / "deep").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "there" / "deep")
    assert export(kept, posts, f"{tmp_path}/link/../post.md") == str(tmp_path / "there" / "post.md")


def test_two_hauls_with_one_name_do_not_overwrite_each_other(
    kept: Library, posts: PostFiles, tmp_path: Path
) -> None:
    settings = Settings(haul=HaulSettings(path=str(tmp_path / "{slug}.md"), title="論文 {count}"))
    first = hauls.publish(kept, posts, settings, NOW).place
    before = posts.read(first)
    decide.keep(kept, [paper(2)], NOW)
    with pytest.raises(Refused, match="is there already and no file of this haul"):
        hauls.publish(kept, posts, settings, NOW)
    assert posts.read(first) == before


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_link_is_replaced_or_refused_and_never_written_through(
    kept: Library, posts: PostFiles, tmp_path: Path, overwrite: bool
) -> None:
    precious = tmp_path / "precious.md"
    precious.write_text("precious")
    link = tmp_path / "post.md"
    link.symlink_to(precious)
    if overwrite:
        export(kept, posts, str(link), overwrite=True)
        assert not link.is_symlink()
    else:
        with pytest.raises(Refused, match="no file of this haul"):
            export(kept, posts, str(link))
        assert link.is_symlink()
    assert precious.read_text() == "precious"


def test_a_device_is_never_replaced(kept: Library, posts: PostFiles, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(Refused):
        export(kept, posts, str(pipe))
    with pytest.raises(Unreachable, match="it is a device, not a file"):
        export(kept, posts, str(pipe), overwrite=True)
    assert pipe.is_fifo()


def test_a_file_that_did_not_come_to_its_place_leaves_the_old_one_and_is_no_edit_of_it(
    kept: Library, tmp_path: Path
) -> None:
    whole, vanishing = PostFiles(tmp_path / "posts"), Vanishing(tmp_path / "posts")
    place = export(kept, whole, str(tmp_path / "post.md"))
    before = Path(place).read_bytes()
    note.write(kept, paper(1), "A note.", NOW)
    with pytest.raises(Unreachable, match="cannot be written"):
        export(kept, vanishing, place)
    assert Path(place).read_bytes() == before
    assert export(kept, whole, place) == place, "the old file is ours as it was"
    assert b"A note." in Path(place).read_bytes()


def test_a_publish_whose_file_did_not_come_to_its_place_says_so_and_how_to_write_it(
    kept: Library, tmp_path: Path
) -> None:
    place = str(tmp_path / "post.md")
    with pytest.raises(
        Unreachable, match="haul 1 is published, but its post did not come to its place"
    ) as told:
        hauls.publish(kept, Vanishing(tmp_path / "posts"), SETTINGS, NOW, place=place)
    assert "`triage export --haul 1 -o FILE`" in str(told.value)
    key = hauls.key_of_number(kept, 1)
    whole = PostFiles(tmp_path / "posts")
    assert hauls.export_post(kept, whole, SETTINGS, NOW, place, key=key) == place

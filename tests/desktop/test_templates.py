"""The folder of templates: its files by name, and nothing outside of it."""

import os
from pathlib import Path

import pytest

from triage.desktop.templates import TemplateFiles
from triage.ports import Unreachable


def test_no_folder_holds_no_templates(tmp_path: Path) -> None:
    templates = TemplateFiles(tmp_path / "none")
    assert list(templates.names()) == []
    assert templates.read("a") is None
    (tmp_path / "file").write_text("x")
    assert list(TemplateFiles(tmp_path / "file").names()) == []


def test_the_files_of_the_folder_are_its_templates(tmp_path: Path) -> None:
    for name in ("b.md", "a.html.j2", ".hidden", "b.md~"):
        (tmp_path / name).write_text(f"of {name}")
    (tmp_path / "folder").mkdir()
    (tmp_path / "c.md").symlink_to(tmp_path / "b.md")
    templates = TemplateFiles(tmp_path)
    assert list(templates.names()) == ["a.html.j2", "b.md", "c.md"]
    assert templates.read("c.md") == "of b.md"
    (tmp_path / "bom.md").write_bytes("\ufeffbom".encode())
    assert templates.read("bom.md") == "bom"


@pytest.mark.parametrize(
    "name", ["../secret", "folder", "", ".", "..", "/etc/passwd", "a/b", "x\0y", ".hidden"]
)
def test_nothing_outside_of_the_folder_is_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "templates" / "folder").mkdir(parents=True)
    (tmp_path / "templates" / ".hidden").write_text("x")
    assert TemplateFiles(tmp_path / "templates").read(name) is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    (tmp_path / "a.md").chmod(0)
    with pytest.raises(Unreachable, match=r"a\.md cannot be read: Permission denied"):
        TemplateFiles(tmp_path).read("a.md")

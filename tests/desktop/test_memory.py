"""What the next start remembers."""

from pathlib import Path

import pytest

from triage.desktop.memory import StateFile


def test_what_was_remembered_is_recalled(tmp_path: Path) -> None:
    memory = StateFile(tmp_path / "state" / "session.json")
    assert memory.recall() == {}
    memory.remember({"day": "2026-11-20", "folded": ["New"]})
    assert StateFile(tmp_path / "state" / "session.json").recall() == {"day": "2026-11-20", "folded": ["New"]}


@pytest.mark.parametrize("data", [b"", b"\x00\x00", b"[1, 2]", b'{"a": ', b"[" * 100_000, b"\xff"])
def test_a_damaged_memory_is_a_first_start(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    path.write_bytes(data)
    assert StateFile(path).recall() == {}


def test_what_cannot_be_written_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "state").write_bytes(b"a file where the folder should be")
    memory = StateFile(tmp_path / "state" / "session.json")
    memory.remember({"day": "2026-11-20"})
    assert memory.recall() == {}

"""What a child of ours may take."""

import subprocess
import sys

import pytest


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no limit on a process's address space")
def test_a_limited_child_is_refused_more_memory() -> None:
    code = "from triage.desktop.interpreter import limit_memory; limit_memory(); bytearray(1024**3)"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert child.returncode == 1
    assert child.stderr.endswith("MemoryError\n")

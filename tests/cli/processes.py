"""The command as a process of its own, with a home of its own, against a server on loopback."""

import os
import subprocess
import sys
from pathlib import Path


def triage(folder: Path, site: str, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run `triage` with arXiv at `site`, and without its pace."""
    config = folder / "config.toml"
    config.write_text(f'[arxiv]\nrss = "{site}"\napi = "{site}"\nsite = "{site}"\ndelay_seconds = 0\n')
    env = {"HOME": str(folder), "XDG_STATE_HOME": str(folder / "state"), "PATH": os.environ["PATH"]}
    argv = [sys.executable, "-m", "triage", "--data", str(folder / "data"), "--config", str(config), *words]
    return subprocess.run(
        argv, env=env, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=60, check=False
    )

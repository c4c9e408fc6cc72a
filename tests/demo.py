"""Keeps a paper of the demo by keys, exports the haul and quits: `python -m tests.demo PROGRAM --home DIR`.

Works on an installed `triage` as a person would: it knows nothing but the keys, the screen and the file.
"""

import argparse
import re
import sys
from pathlib import Path

from tests.terminal import Terminal


def drive(program: str, home: Path) -> str:
    """Drive the demo of an installed program with `home` for its home folder; the post it exported."""
    scratch = home / "tmp"
    scratch.mkdir()
    env = {"HOME": str(home), "TMPDIR": str(scratch)}
    with Terminal([program, "--demo"], env=env, cwd=home, size=(120, 36)) as terminal:
        terminal.wait_for(r"\b0/\d+ · 0 kept")
        terminal.press("k", r"\b1/\d+ · 1 kept")
        terminal.press("h", "## New Paper Content|New Paper Content")
        terminal.press("e", "Export haul")
        terminal.send("<enter>")
        terminal.wait_for(lambda: posts(scratch))
        post = posts(scratch)[0].read_text(encoding="utf-8")
        terminal.send("q")
        terminal.wait_for(r"\b1/\d+ · 1 kept")
        terminal.send("q")
        status = terminal.wait()
        left = terminal.screen()
    if status != 0:
        raise AssertionError(f"exit status {status}; the screen:\n{left}")
    if "pipx install" not in left:
        raise AssertionError(f"leaving the demo does not say how to install for good; the screen:\n{left}")
    if not re.search(
        r"^<blockquote>\n    <a href=\"https://arxiv\.org/abs/\S+\">\n    <h4>.+</h4>$", post, re.MULTILINE
    ):
        raise AssertionError(f"no entry in the exported post:\n{post}")
    return post


def posts(folder: Path) -> list[Path]:
    """The posts that were written below a folder."""
    return sorted(folder.rglob("posts/*.md"))


def main() -> None:
    """Drive the program that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m tests.demo", description=__doc__)
    parser.add_argument("program", help="the installed triage")
    parser.add_argument("--home", type=Path, required=True, help="an empty folder to use as the home folder")
    given = parser.parse_args()
    post = drive(given.program, given.home)
    sys.stdout.write(f"kept and exported in the demo: {len(post.encode())} bytes\n")


if __name__ == "__main__":
    main()

"""Programs of the user's that a test writes: editors, browsers, clipboard tools."""

from pathlib import Path


def script(path: Path, *lines: str) -> Path:
    """Write a program for the shell in a place; `$1` and on are its arguments."""
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]), encoding="utf-8")
    path.chmod(0o755)
    return path

"""One bit of any file is flipped: `check` names it or it does no harm, and `repair` brings all back."""

import random
import shutil
from pathlib import Path

import pytest

from tests.check_ups import content, damage, files, findings, made, mend, steps
from tests.conftest import Count

A_FILE = 4
"""Flips in each file when a sample is taken."""
ITS_OWN = {"drafts/": "drafts", "archive/pages/": "page"}
"""What has no copy anywhere, and no sum that would bring it back: by folder, what a user sees of it."""
NOT_READ = ("lock", "archive/.lock", "archive/.fetching", "archive/pages/.lock", "drafts/lock")


def put(data: Path, known: dict[str, bytes]) -> None:
    """Make a folder hold these files and nothing else."""
    shutil.rmtree(data, ignore_errors=True)
    for name, held in known.items():
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(held)


def test_a_flipped_bit_is_named_or_harmless_and_nothing_is_lost(
    quick_disk: Path, request: pytest.FixtureRequest, counted: Count
) -> None:
    data = made(quick_disk)
    known = {name: held for name, held in files(data).items() if held and name not in NOT_READ}
    before, lines = content(data), steps(data)
    known |= {name: held for name, held in files(data).items() if name in known}
    chance = random.Random(11)
    for name, held in known.items():
        every = range(len(held) * 8)
        if request.config.getoption("--every-bit"):
            bits = [8 * place + chance.randrange(8) for place in range(len(held))]
        else:
            bits = chance.sample(every, A_FILE)
        for bit in bits:
            flipped = bytearray(held)
            flipped[bit // 8] ^= 1 << bit % 8
            put(data, known | {name: bytes(flipped)})
            where = f"bit {bit} of {name}"
            found = [finding for finding in findings(data) if finding.file == name]
            counted("bits flipped", 1)
            if not found:
                assert content(data) == before, f"{where} was passed over, and does harm"
                counted("bits flipped that do no harm", 1)
                continue
            mend(data)
            assert damage(data) == [], where
            assert mend(data).mended == (), where
            after = content(data)
            counted("steps lost by a flipped bit", len(lines - steps(data)))
            assert lines <= steps(data), where
            own = next((what for folder, what in ITS_OWN.items() if name.startswith(folder)), "")
            assert {what: after[what] for what in before if what != own} == {
                what: before[what] for what in before if what != own
            }, where

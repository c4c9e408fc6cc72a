"""`python -m tests.fuzz [TARGET ...] [--seconds N]`: feeds targets with bytes until the time is over.

Where atheris can be imported (`pip install -e ".[fuzz]"`), what it feeds is led by the branches that inputs
reach; elsewhere right inputs are changed at random. What a target did not declare is printed with the input,
which is kept in fuzz-NAME.bin, and the exit status is 1.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from traceback import print_exception
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fuzz.target import Target

_MOST_MEMORY = 4 * 1024**3
_SLICE = 500
"""Inputs between two looks at the clock."""


def main() -> int:
    """Fuzz the targets that are named, each in a process of its own; all of them when none is."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument(
        "targets", nargs="*", metavar="TARGET", help="default: every target, one after the other"
    )
    parser.add_argument("--seconds", type=float, default=60, help="for each target (default 60)")
    parser.add_argument("--seed", type=int, default=0, help="of what is random (default: of the clock)")
    parser.add_argument("--no-atheris", action="store_true", help="change right inputs at random")
    parser.add_argument("--list", action="store_true", help="name the targets")
    chosen = parser.parse_args()
    atheris = None if chosen.no_atheris else _atheris()
    if len(chosen.targets) == 1 and not chosen.list:
        return _fuzz(chosen.targets[0], chosen.seconds, chosen.seed or time.time_ns() % 2**32, atheris)
    from tests.fuzz.table import TARGETS

    if chosen.list:
        sys.stdout.write("".join(f"{name}\n" for name in TARGETS))
        return 0
    given = ["--seconds", str(chosen.seconds), "--seed", str(chosen.seed)]
    given += ["--no-atheris"] if chosen.no_atheris else []
    return max(
        subprocess.run([sys.executable, "-m", "tests.fuzz", name, *given], check=False).returncode
        for name in chosen.targets or TARGETS
    )


def _atheris() -> ModuleType | None:
    try:
        import atheris
    except ImportError:
        return None
    found: ModuleType = atheris
    return found


def _fuzz(name: str, seconds: float, seed: int, atheris: ModuleType | None) -> int:
    """Fuzz one target in this process, which gets no more memory than a machine can spare."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, resource.RLIM_INFINITY))
    if atheris is None:
        from tests.fuzz.table import TARGETS

        return _at_random(TARGETS[name], seconds, seed)
    with atheris.instrument_imports(include=["triage", "yaml", "tests.fuzz"], enable_loader_override=False):
        from tests.fuzz.table import TARGETS
    folder = Path(mkdtemp(prefix="triage-corpus-"))
    try:
        _led(TARGETS[name], seconds, seed, atheris, folder)
    finally:
        rmtree(folder)
    return 0


def _led(target: "Target", seconds: float, seed: int, atheris: ModuleType, folder: Path) -> None:
    """Fuzz a target with what atheris makes of its seeds; ends the process when the time is over."""
    tried, begun = _Tried(), time.monotonic()

    def one(data: bytes) -> None:
        try:
            tried.count(target, data)
        except BaseException as found:
            _found(target, data, found)
            raise
        if tried.inputs % 50 == 0 and time.monotonic() - begun > seconds:
            tried.told(target, time.monotonic() - begun, "atheris")
            sys.stdout.flush()
            rmtree(folder)
            # What libFuzzer does at its end takes as long as what it has gathered is large.
            os._exit(0)

    for at, right in enumerate(target.seeds):
        (folder / str(at)).write_bytes(right)
    options = [f"-seed={seed}", f"-max_len={target.longest}", "-verbosity=0", "-len_control=0"]
    if target.words:
        words = folder / "words"
        quoted = ('"' + "".join(f"\\x{byte:02x}" for byte in word) + '"\n' for word in target.words)
        words.write_text("".join(quoted))
        options.append(f"-dict={words}")
    atheris.Setup([sys.argv[0], *options, "-rss_limit_mb=0", str(folder)], one)
    atheris.Fuzz()


def _at_random(target: "Target", seconds: float, seed: int) -> int:
    chance, tried, begun = random.Random(seed), _Tried(), time.monotonic()
    known = [*target.seeds]
    while (passed := time.monotonic() - begun) < seconds:
        for _ in range(_SLICE):
            data = changed(chance, chance.choice(known), target)
            try:
                tried.count(target, data)
            except BaseException as found:  # noqa: BLE001  whatever it is, it is what was looked for
                _found(target, data, found)
                return 1
            if time.monotonic() - begun > seconds:
                break
    tried.told(target, passed, f"random, seed {seed}")
    return 0


def changed(chance: random.Random, right: bytes, target: "Target") -> bytes:
    """A right input with some of it cut, doubled, turned or put elsewhere."""
    data = bytearray(right)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at, stop = sorted(chance.randint(0, len(data)) for _ in range(2))
        stop = min(stop, at + chance.choice((1, 4, 64, 4096)))
        match chance.randrange(7):
            case 0:
                del data[at:stop]
            case 1:
                data[at:at] = data[at:stop] * chance.choice((1, 2, 30))
            case 2:
                data[at:at] = chance.choice([*target.words, b"\0", b"\xff", b"\n", b" "])
            case 3:
                data[at:stop] = chance.choice([*target.words, b""])
            case 4 if at < len(data):
                data[at] ^= 1 << chance.randrange(8)
            case 5:
                data[at:stop] = chance.randbytes(stop - at)
            case _:
                other = chance.choice(target.seeds)
                data[at:stop] = other[chance.randint(0, len(other)) :][: stop - at]
    return bytes(data[: target.longest])


class _Tried:
    """How many inputs were tried, and how many of them were taken."""

    inputs = 0
    taken = 0

    def count(self, target: "Target", data: bytes) -> None:
        """Try one more."""
        self.inputs += 1
        self.taken += target(data)

    def told(self, target: "Target", seconds: float, how: str) -> None:
        """Say it."""
        sys.stdout.write(
            f"{target.name}: {self.inputs} inputs in {seconds:.0f} s ({how}), {self.taken} of them taken, "
            f"{self.inputs - self.taken} refused in a sentence; nothing else\n"
        )


def _found(target: "Target", data: bytes, found: BaseException) -> None:
    place = Path(f"fuzz-{target.name.replace(' ', '-')}.bin")
    place.write_bytes(data)
    print_exception(found)
    sys.stderr.write(f"{target.name}: {found!r} at {data[:2000]!r}, kept in {place}\n")


if __name__ == "__main__":
    sys.exit(main())

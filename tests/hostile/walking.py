"""Walks through the places, and keeps what the program wrote in each of them."""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.hostile import world
from tests.hostile.payloads import PAYLOADS
from tests.hostile.places import Place
from tests.terminal import Terminal

HOUSE = Path(__file__).resolve().parents[2]
SIGN = r"q\d\dx"
_SIZE = (230, 56)


class Shown(NamedTuple):
    """What one place showed."""

    raw: bytes
    """What the program wrote since the place before."""
    screen: str

    @property
    def signs(self) -> frozenset[str]:
        """The payloads that are to be seen there, by their signs."""
        text = self.raw.decode("utf-8", "ignore") + self.screen
        return frozenset(re.findall(SIGN, text)) & {one.sign for one in PAYLOADS}


def walk(
    route: Iterable[Place],
    pasted: str,
    env: Mapping[str, str],
    *,
    begun: str = " kept",
    unclean: bool = False,
) -> dict[str, Shown]:
    """Go through the places of a route in one start of the app; what each showed, and all of it as ``."""
    found: dict[str, Shown] = {}
    with Terminal(argv(["triage"], unclean), env=with_house(env), cwd=HOUSE, size=_SIZE) as app:
        app.wait_for(begun)
        start = 0
        for place in route:
            start = len(app.raw) if place.keys else start
            for at, keys in enumerate(place.keys.split("^V")):
                if at:
                    app.paste(f"Pasted {pasted}")
                app.send(keys)
            app.wait_for(place.then.replace("@", SIGN))
            found[place.name] = Shown(bytes(app.raw[start:]), app.screen())
        app.press("<esc><esc><esc>", "k Keep")
        app.send("q")
        assert app.wait() == 0, app.screen()
        found[""] = Shown(bytes(app.raw), "")
    return found


def told(
    commands: Sequence[Sequence[str]], env: Mapping[str, str], folder: Path, *, unclean: bool = False
) -> list[tuple[int, bytes]]:
    """What each of many commands ended with, and what it wrote on a terminal."""
    listed = folder / "commands.json"
    listed.write_text(json.dumps(commands))
    words = argv(["tests.hostile.commands", str(listed)], unclean)
    with Terminal(words, env=with_house(env), cwd=folder, size=_SIZE) as terminal:
        assert terminal.wait(60) == 0, terminal.screen()
        found = re.findall(rb"<<(\d+)\r\n(.*?)\r\n\1=(\d)>>", bytes(terminal.raw), re.DOTALL)
    assert len(found) == len(commands)
    return [(int(status), raw) for _, raw, status in found]


def made(home: Path, texts: Sequence[str], *, unclean: bool = False) -> dict[str, str]:
    """A hostile home, made in a process of its own where nothing is to be cleaned; the environment of it."""
    if unclean:
        words = argv(["tests.hostile.world", str(home)], unclean)
        subprocess.run(words, input=json.dumps(texts).encode(), cwd=HOUSE, check=True)
    else:
        world.build(home, texts)
    return world.env(home)


def argv(words: Sequence[str], unclean: bool = False) -> list[str]:
    """How a module is run, with the doors open if that is wanted."""
    return [sys.executable, "-m", *(["tests.hostile.unclean"] if unclean else []), *words]


def with_house(env: Mapping[str, str]) -> dict[str, str]:
    """The environment in which it is found."""
    return {**env, "PYTHONPATH": str(HOUSE)}

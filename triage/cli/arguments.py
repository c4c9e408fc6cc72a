"""Arguments to one frozen request. Options stand anywhere before `--`; nothing is abbreviated."""

import argparse
from collections.abc import Sequence
from typing import NoReturn

from triage.cli.commands import APP, COMMANDS, OF_THE_APP, Once
from triage.cli.help import GENERAL, HELP
from triage.cli.opening import Invocation
from triage.cli.values import HelpWanted, Usage
from triage.nearest import nearest


def parse(argv: Sequence[str]) -> Invocation:
    """The request that the arguments make. Raises Usage, or HelpWanted."""
    before, after = _parted(argv)
    at = _first_word(before)
    name = before[at] if at is not None and before[at] in COMMANDS else None
    command = COMMANDS[name] if name else APP
    parser = _Parser(prog=f"triage {name}" if name else "triage", add_help=False, allow_abbrev=False)
    for option, what in (("--data", "DIR"), ("--config", "FILE")):
        parser.add_argument(option, metavar=what, action=Once)
    parser.add_argument("-h", "--help", action="store_true")
    command.options(parser)
    parser.add_argument("words", nargs="*")
    rest = [word for place, word in enumerate(before) if place != at] if name else before
    found = parser.parse_intermixed_args(rest)
    if found.help:
        raise HelpWanted(HELP.get(name or "", GENERAL))
    request = command.request(found, [*found.words, *after])
    return Invocation(request, found.data, found.config)


def near_command(word: str) -> str | None:
    """The command that a word was probably meant to be, or the option that explains them."""
    if word == "help":
        return "--help"
    near = nearest(word, (name for name in COMMANDS if name != OF_THE_APP))
    return near[0] if near else None


def _parted(argv: Sequence[str]) -> tuple[list[str], list[str]]:
    """The arguments before and behind `--`, which ends options."""
    words = list(argv)
    if "--" not in words:
        return words, []
    end = words.index("--")
    return words[:end], words[end + 1 :]


def _first_word(words: Sequence[str]) -> int | None:
    """Where the first word stands that is no option and no option's value."""
    place = 0
    while place < len(words):
        if words[place] in ("--data", "--config"):
            place += 2
        elif words[place].startswith("-") and words[place] != "-":
            place += 1
        else:
            return place
    return None


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        unknown = message.removeprefix("unrecognized arguments: ")
        if unknown != message:
            word = unknown.split()[0]
            known = [option for action in self._actions for option in action.option_strings]
            near = nearest(word.partition("=")[0], known)
            whose = f"{self.prog.removeprefix('triage ')} has" if " " in self.prog else "there is"
            message = f"{whose} no option {word}" + (f"; did you mean {near[0]}?" if near else "")
        raise Usage(f"{message}; see `{self.prog} --help`")

"""The edge of the process: reads the arguments, and hands over to `home`, which builds the ports."""

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from triage import INSTALL, __version__
from triage.cli.console import Console, Unwritable, check_terminal
from triage.cli.opening import Invocation, OpenApp, opening
from triage.cli.status import DONE, INTERRUPTED, OUR_FAULT, USAGE
from triage.cli.values import HelpWanted, Usage

if TYPE_CHECKING:
    from triage.cli.request import Command, TellVersion


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments ask; the exit status. The edge of the process: nothing gets past it."""
    console = Console.standard()
    try:
        status = _obey(list(sys.argv[1:] if argv is None else argv), console)
        console.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has had enough; the flush at exit must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return DONE
    except Unwritable as lost:
        console.tell(str(lost))
        return USAGE
    except Exception as crash:  # noqa: BLE001  the edge of the process
        from triage.config.places import HomeUnknown, state_folder
        from triage.desktop import crash_report

        state: Path | None = None
        with suppress(HomeUnknown):
            state = state_folder()
        written = crash_report.write(crash, state, __version__)
        console.tell(written.sentence)
        console.draw(written.report)
        return OUR_FAULT
    return status


def _obey(argv: list[str], console: Console) -> int:
    try:
        invocation = opening(argv) or _parsed(argv)
        match invocation.request:
            case OpenApp(demo=True):
                return _demo(console)
            case OpenApp() as request:
                from triage.home import home_of

                return home_of(invocation, console).app(request)
            case command:
                return _command(command, invocation, console)
    except HelpWanted as wanted:
        console.put(str(wanted))
        return DONE
    except Usage as wrong:
        console.tell(str(wrong))
        return USAGE


def _parsed(argv: list[str]) -> Invocation:
    from triage.cli.arguments import parse

    return parse(argv)


def _command(request: "TellVersion | Command", invocation: Invocation, console: Console) -> int:
    from triage.cli.request import TellVersion

    if isinstance(request, TellVersion):
        console.say(f"triage {__version__}")
        return DONE
    from triage.command_home import CommandHome
    from triage.home import home_of

    return CommandHome(*home_of(invocation, console)).command(request)


def _demo(console: Console) -> int:
    """The app on the bundled sample: no network, and a library that is gone afterwards."""
    from tempfile import TemporaryDirectory

    check_terminal(console)
    gc.disable()
    from triage.archive import open_archive
    from triage.home import Home, now
    from triage.settings import Settings
    from triage.sources import sample

    with TemporaryDirectory(prefix="triage-demo-") as folder:
        data, today = Path(folder) / "data", now().date()
        archive = open_archive(data)
        papers, states = sample.listing(today)
        # All of them first, which sets their order; then whom each category announces.
        archive.store(today, papers, {})
        for name, state in states.items():
            archive.store(today, [paper for paper in papers if name in paper.categories], {name: state})
        status = Home(
            console, data, Path(folder) / "state", None, Settings(categories=sample.CATEGORIES)
        ).app(OpenApp(demo=True))
    console.say(INSTALL)
    return status


if __name__ == "__main__":
    sys.exit(main())

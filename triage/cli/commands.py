"""The commands: which options each takes, and the request that they make."""

import argparse
from collections.abc import Callable, Mapping
from typing import NamedTuple

from triage.cli import request as ask
from triage.cli import values
from triage.cli.opening import OpenApp
from triage.cli.values import Usage
from triage.settings import PRESETS

OF_THE_APP = "look-up"
"""What the app runs as its child, and nobody is led to."""


class Once(argparse.Action):
    """An option that names one thing; an empty name is refused."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        space: argparse.Namespace,
        value: object,
        option: str | None = None,
    ) -> None:
        if not value or "\0" in str(value):
            raise Usage(f"{option} wants a path, and got an empty one; see `{parser.prog} --help`")
        setattr(space, self.dest, value)


class Command(NamedTuple):
    """A command, or the app."""

    options: Callable[[argparse.ArgumentParser], None]
    request: Callable[[argparse.Namespace, list[str]], ask.Request]


def _no_options(parser: argparse.ArgumentParser) -> None:
    """Add nothing."""


def _app(parser: argparse.ArgumentParser) -> None:
    for option in ("--demo", "--read-only", "--version"):
        parser.add_argument(option, action="store_true")


def _open_app(found: argparse.Namespace, words: list[str]) -> ask.Request:
    if found.version:
        return ask.TellVersion()
    if found.demo and (words or found.read_only):
        raise Usage("--demo opens the bundled sample; it takes no categories and no --read-only")
    return OpenApp(tuple(words), found.demo, found.read_only)


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


def _fetch_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--date", metavar="D", action=Once)
    parser.add_argument("--since", metavar="D", action=Once)
    parser.add_argument("--mail", metavar="FILE", action="append")
    _json(parser)


def _fetch(found: argparse.Namespace, words: list[str]) -> ask.Request:
    mail = tuple(found.mail or ())
    if sum((found.date is not None, found.since is not None, bool(mail))) > 1:
        raise Usage("fetch takes one of --date, --since and --mail; see `triage fetch --help`")
    if mail and words:
        raise Usage("a mailing says itself what it lists; --mail takes no categories")
    on, since = values.iso_date(found.date, "--date"), values.iso_date(found.since, "--since")
    return ask.Fetch(tuple(words), found.json, on, since, mail)


def _look_up(found: argparse.Namespace, words: list[str]) -> ask.Request:
    if not found.json:
        raise Usage("look-up is the app's own command and wants --json")
    return ask.LookUp(tuple(values.at_least_one(words, "look-up", "id")))


def _full_text(found: argparse.Namespace, words: list[str]) -> ask.Request:
    key, *others = values.at_least_one(words, "full-text", "id")
    if others:
        raise Usage(f"full-text reads one paper, not {' '.join(words)}")
    return ask.FullText(key, found.json)


def _days_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--since", metavar="D", action=Once)
    _json(parser)


def _days(found: argparse.Namespace, words: list[str]) -> ask.Request:
    return ask.Days(tuple(words), values.iso_date(found.since, "--since"), found.json)


def _list_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--day")
    parser.add_argument("--verdict", choices=[str(verdict) for verdict in ask.Chosen], default="all")
    parser.add_argument("--haul")
    _json(parser)


def _list(found: argparse.Namespace, words: list[str]) -> ask.Request:
    query = " ".join(words)
    return ask.List(
        values.day(found.day), ask.Chosen(found.verdict), values.haul(found.haul), query, found.json
    )


def _show(found: argparse.Namespace, words: list[str]) -> ask.Request:
    return ask.Show(tuple(values.at_least_one(words, "show", "id")), found.json)


def _keep_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--hold", action="store_true")


def _decide(decision: ask.Decision) -> Callable[[argparse.Namespace, list[str]], ask.Request]:
    def made(found: argparse.Namespace, words: list[str]) -> ask.Request:
        held = getattr(found, "hold", False)
        return ask.Decide(
            ask.Decision.HOLD if held else decision, tuple(values.at_least_one(words, decision, "id"))
        )

    return made


def _note_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--append", action="store_true")
    parser.add_argument("--clear", action="store_true")


def _note(found: argparse.Namespace, words: list[str]) -> ask.Request:
    key, *texts = values.at_least_one(words, "note", "id")
    text = values.one_text(texts, "note ID")
    if found.clear and (found.append or text is not None):
        raise Usage("--clear takes the note away; it goes with neither --append nor a text")
    writing = (
        ask.Writing.CLEAR if found.clear else ask.Writing.APPEND if found.append else ask.Writing.REPLACE
    )
    return ask.Note(key, text, writing)


def _comment(_found: argparse.Namespace, words: list[str]) -> ask.Request:
    return ask.Comment(values.one_text(words, "comment"))


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--note", metavar="TEXT")


def _add(found: argparse.Namespace, words: list[str]) -> ask.Request:
    ids = values.at_least_one(words, "add", "arXiv id or link") if words else []
    return ask.Add(tuple(ids), found.note)


def _undo(_found: argparse.Namespace, words: list[str]) -> ask.Request:
    return ask.Undo(values.steps(words, "undo"))


def _redo(_found: argparse.Namespace, words: list[str]) -> ask.Request:
    return ask.Redo(values.steps(words, "redo"))


def _import(_found: argparse.Namespace, words: list[str]) -> ask.Request:
    return ask.Import(tuple(values.at_least_one(words, "import", "post")))


def _export_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="FILE", action=Once)
    parser.add_argument("--haul")
    parser.add_argument("--overwrite", action="store_true")
    parser.add_argument("--read-back", action="store_true")


def _export(found: argparse.Namespace, words: list[str]) -> ask.Request:
    if len(words) > 1:
        raise Usage(f"export takes one format, not {' '.join(words)}; see `triage export --help`")
    name = words[0] if words else ask.HAUL
    haul = (
        None
        if found.haul is None or found.haul == "current"
        else values.number(found.haul, "--haul wants current or", least=0)
    )
    if found.read_back and (found.overwrite or name != ask.HAUL or found.output == "-"):
        raise Usage(
            "--read-back takes over what was edited in a post's file: it goes with no format but haul, "
            "not with --overwrite, and not with standard output"
        )
    return ask.Export(name, found.output, haul, found.overwrite, found.read_back)


def _publish_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="FILE", action=Once)
    parser.add_argument("--number", metavar="N")
    parser.add_argument("--date", metavar="D")
    parser.add_argument("--haul", metavar="M", action=Once)
    parser.add_argument("--overwrite", action="store_true")


def _publish(found: argparse.Namespace, words: list[str]) -> ask.Request:
    if words:
        raise Usage(f"publish takes no word like {words[0]!r}; see `triage publish --help`")
    number = None if found.number is None else values.number(found.number, "--number wants")
    haul = None if found.haul is None else values.number(found.haul, "--haul wants")
    if haul is not None and found.date is not None:
        raise Usage(
            "--haul gives a published haul another number and leaves its date; it goes without --date"
        )
    return ask.Publish(found.output, number, found.date, found.overwrite, haul)


def _merge(_found: argparse.Namespace, words: list[str]) -> ask.Request:
    if len(words) != 1 or not words[0]:
        raise Usage("merge takes one folder, that of another library; see `triage merge --help`")
    return ask.Merge(words[0])


def _check(found: argparse.Namespace, words: list[str]) -> ask.Request:
    _no_words(words, "check")
    return ask.Check(found.json)


def _repair(_found: argparse.Namespace, words: list[str]) -> ask.Request:
    _no_words(words, "repair")
    return ask.Repair()


def _no_words(words: list[str], name: str) -> None:
    if words:
        raise Usage(f"{name} takes no word like {words[0]!r}; see `triage {name} --help`")


def _backup_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="FILE", action=Once)
    parser.add_argument("--overwrite", action="store_true")
    parser.add_argument("--daily", action="store_true")
    _json(parser)


def _backup(found: argparse.Namespace, words: list[str]) -> ask.Request:
    if words:
        raise Usage(f"backup takes no word like {words[0]!r}; -o FILE names a file for everything")
    if found.output == "-":
        raise Usage("a backup is proved by opening it, which standard output is not for: name a file with -o")
    if found.overwrite and not found.output:
        raise Usage("--overwrite goes with -o FILE; the backups beside the library are never overwritten")
    if found.daily and found.output:
        raise Usage("--daily makes the backup beside the library; it goes without -o")
    return ask.Backup(found.output, found.overwrite, found.daily, found.json)


def _restore(found: argparse.Namespace, words: list[str]) -> ask.Request:
    if len(words) > 1 or words == [""]:
        raise Usage("restore takes one backup, by its name or its file; see `triage restore --help`")
    if words and found.json:
        raise Usage("--json goes with the list of the backups; name none")
    return ask.Restore(words[0] if words else None, found.json)


def _doctor(found: argparse.Namespace, words: list[str]) -> ask.Request:
    _no_words(words, "doctor")
    return ask.Doctor(found.json)


def _keys_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--preset", choices=PRESETS)


def _keys(found: argparse.Namespace, words: list[str]) -> ask.Request:
    _no_words(words, "keys")
    return ask.ShowKeys(found.preset)


def _config(_found: argparse.Namespace, words: list[str]) -> ask.Request:
    if words not in (["path"], ["init"], ["show"], ["template"]):
        raise Usage("config wants one word, path, init, show or template; see `triage config --help`")
    if words == ["template"]:
        return ask.ShowTemplate()
    if words == ["init"]:
        return ask.InitConfig()
    return ask.ShowConfig(path_only=words == ["path"])


COMMANDS: Mapping[str, Command] = {
    "fetch": Command(_fetch_options, _fetch),
    "look-up": Command(_json, _look_up),
    "full-text": Command(_json, _full_text),
    "days": Command(_days_options, _days),
    "list": Command(_list_options, _list),
    "show": Command(_json, _show),
    "keep": Command(_keep_options, _decide(ask.Decision.KEEP)),
    "skip": Command(_no_options, _decide(ask.Decision.SKIP)),
    "reopen": Command(_no_options, _decide(ask.Decision.REOPEN)),
    "note": Command(_note_options, _note),
    "comment": Command(_no_options, _comment),
    "add": Command(_add_options, _add),
    "undo": Command(_no_options, _undo),
    "redo": Command(_no_options, _redo),
    "import": Command(_no_options, _import),
    "export": Command(_export_options, _export),
    "publish": Command(_publish_options, _publish),
    "merge": Command(_no_options, _merge),
    "check": Command(_json, _check),
    "repair": Command(_no_options, _repair),
    "backup": Command(_backup_options, _backup),
    "restore": Command(_json, _restore),
    "doctor": Command(_json, _doctor),
    "keys": Command(_keys_options, _keys),
    "config": Command(_no_options, _config),
}
APP = Command(_app, _open_app)
"""What opens without a command."""

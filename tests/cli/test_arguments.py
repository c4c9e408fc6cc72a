"""Arguments to requests: every form the design names, and a clear sentence for every other."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.cli import request as ask
from triage.cli.arguments import parse
from triage.cli.opening import Invocation, OpenApp, opening
from triage.cli.request import Chosen, Decision, Writing
from triage.cli.values import HelpWanted, Usage


@pytest.mark.parametrize(
    ("line", "request_"),
    [
        ("", OpenApp()),
        ("cs.CL cs.LG", OpenApp(("cs.CL", "cs.LG"))),
        ("--read-only cs.CL", OpenApp(("cs.CL",), read_only=True)),
        ("--demo", OpenApp(demo=True)),
        ("-- list", OpenApp(("list",))),
        ("--version", ask.TellVersion()),
        ("fetch cs.CL --json", ask.Fetch(("cs.CL",), json=True)),
        ("look-up --json 2306.07899", ask.LookUp(("2306.07899",))),
        ("days", ask.Days()),
        ("days cs.CL --since 2026-11-02 --json", ask.Days(("cs.CL",), date(2026, 11, 2), json=True)),
        ("list", ask.List()),
        ("list --day 2026-11-20 --verdict open", ask.List(date(2026, 11, 20), Chosen.OPEN)),
        (
            "list graph --day all nets --json --haul 20",
            ask.List("all", haul=20, query="graph nets", json=True),
        ),
        ("list --haul next", ask.List(haul="next")),
        ("show a b", ask.Show(("a", "b"))),
        ("keep --hold a b", ask.Decide(Decision.HOLD, ("a", "b"))),
        ("keep a", ask.Decide(Decision.KEEP, ("a",))),
        ("skip a", ask.Decide(Decision.SKIP, ("a",))),
        ("reopen a", ask.Decide(Decision.REOPEN, ("a",))),
        ("note a", ask.Note("a")),
        ("note a -", ask.Note("a", "-")),
        ("note --append a text", ask.Note("a", "text", Writing.APPEND)),
        ("note a --append text", ask.Note("a", "text", Writing.APPEND)),
        ("note a --clear", ask.Note("a", None, Writing.CLEAR)),
        ("merge a", ask.Merge("a")),
        ("note a -- --clear", ask.Note("a", "--clear")),
        ("comment text", ask.Comment("text")),
        ("add a b --note text", ask.Add(("a", "b"), "text")),
        ("undo", ask.Undo(1)),
        ("redo 12", ask.Redo(12)),
        ("import a.md folder", ask.Import(("a.md", "folder"))),
        ("export", ask.Export()),
        ("export bibtex -o f --haul 20 --overwrite", ask.Export("bibtex", "f", 20, overwrite=True)),
        ("export --haul current", ask.Export()),
        ("publish --number 21 --date 2026-11-20 -o f", ask.Publish("f", 21, "2026-11-20")),
        ("config path", ask.ShowConfig(path_only=True)),
        ("config show", ask.ShowConfig(path_only=False)),
        ("config template", ask.ShowTemplate()),
    ],
)
def test_a_line_makes_its_request(line: str, request_: ask.Request) -> None:
    assert parse(line.split()) == Invocation(request_)


@pytest.mark.parametrize(
    "line",
    [
        "--data D --config C list",
        "list --data D --config C",
        "--data=D list --config=C",
        "--config C list --data D",
    ],
)
def test_global_options_stand_before_or_after_a_command(line: str) -> None:
    assert parse(line.split()) == Invocation(ask.List(), "D", "C")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("keep", "keep wants at least one id; see `triage keep --help`"),
        ("keep --hld a", "keep has no option --hld; did you mean --hold?"),
        ("list --demo", "list has no option --demo; see `triage list --help`"),
        ("list --ver keep", "list has no option --ver"),
        ("--dmo", "there is no option --dmo; did you mean --demo?"),
        ("--data", "--data: expected one argument"),
        ("list --verdict kept", "invalid choice: 'kept' (choose from"),
        ("list --day yesterday", "--day wants a date like 2026-11-20, or all, not 'yesterday'"),
        ("list --haul last", "--haul wants current, next, all or a number from 0 on, not 'last'"),
        ("note a b c", "put quotes around it"),
        ("note a b --clear", "--clear takes the note away"),
        ("undo 0", "undo wants a number from 1 on, not '0'"),
        ("undo ten", "undo wants a number from 1 on, not 'ten'"),
        ("undo 1 2", "undo takes one number of steps"),
        ("export bibtex ris", "export takes one format, not bibtex ris"),
        ("publish 21", "publish takes no word like '21'"),
        ("publish --number ٣", "--number wants a number from 1 on"),
        ("config edit", "config wants one word, path, init, show or template"),
        ("--demo cs.CL", "--demo opens the bundled sample"),
        ("look-up a", "wants --json"),
        ("import", "import wants at least one post"),
        ("merge", "merge takes one folder"),
        ("merge a b", "merge takes one folder"),
    ],
)
def test_anything_else_is_refused_in_a_sentence(line: str, says: str) -> None:
    with pytest.raises(Usage) as refused:
        parse(line.split())
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_empty_path_is_refused() -> None:
    with pytest.raises(Usage, match="--data wants a path"):
        parse(["--data", "", "list"])


@pytest.mark.parametrize(
    "line", ["", "--data D", "--config C --data D", "--read-only --data D", "--demo", "--demo --data D"]
)
def test_what_opens_the_app_most_mornings_is_read_without_a_parser(line: str) -> None:
    assert opening(line.split()) == parse(line.split())


WORDS = [
    "--data",
    "--config",
    "--demo",
    "--read-only",
    "D",
    "",
    "-",
    "--",
    "-h",
    "--data=D",
    "--version",
    "\0",
]


@given(st.lists(st.sampled_from(WORDS), max_size=5))
def test_and_says_what_the_parser_says_or_leaves_it_to_it(argv: list[str]) -> None:
    opened = opening(argv)
    assert opened is None or opened == parse(argv)


@pytest.mark.parametrize(
    ("line", "usage"),
    [
        ("--help", "usage: triage [--demo]"),
        ("list -h", "usage: triage list"),
        ("keep --help", "usage: triage keep [--hold] ID ..."),
    ],
)
def test_help_is_of_triage_or_of_the_command(line: str, usage: str) -> None:
    with pytest.raises(HelpWanted) as help_:
        parse(line.split())
    assert str(help_.value).startswith(usage)

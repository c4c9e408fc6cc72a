"""The command that tells of the ledger: a calendar, what is not in order, and the sum; or JSON Lines."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from textwrap import wrap
from typing import Any

from triage import clean, weeks
from triage.account_words import in_order, remedy, why
from triage.actions.days import counted_days
from triage.cli import request as ask
from triage.cli.colours import paint
from triage.cli.console import Console
from triage.cli.desk import Desk
from triage.cli.lines import WIDTH
from triage.cli.status import DONE
from triage.cli.words import categories
from triage.day_words import day_name
from triage.ledger import Account
from triage.listing_day import today
from triage.owing import begins
from triage.ports import Archive
from triage.settings import Settings
from triage.weeks import Day, Piece, Role

_GAP, _INDENT = "  ", "    "


def show_days(desk: Desk, request: ask.Days) -> int:
    """`days`: the ledger. Raises NoCategory."""
    named = categories(request.words)
    ours = (desk.library, desk.archive, desk.calendar, desk.settings, desk.now())
    days = counted_days(*ours, categories=named, since=request.since)
    if request.json:
        for day in days:
            for line in day.accounts:
                desk.console.record(as_record(line))
    else:
        _print(desk, request, named, list(days)[::-1])
    desk.tell_notices()
    return DONE


def as_record(line: Account) -> Mapping[str, Any]:
    """A category and day as `--json` has it."""
    return {
        "category": line.category,
        "day": line.day.isoformat(),
        "state": str(line.completeness),
        "announced": {**line.sections._asdict(), "total": line.announced},
        "archived": line.tally.archived,
        **line.tally._asdict(),
        "source": line.source,
        "reconstructed": line.is_reconstructed,
        "sentence": line.sentence,
    }


def _print(desk: Desk, request: ask.Days, named: Sequence[str], days: Sequence[Day]) -> None:
    if not days:
        desk.console.tell(_nothing(request, named, desk.settings))
        return
    rows = weeks.weeks(days, today(desk.now()))
    for line in _calendar(rows) if rows else ():
        paint(desk.console, line)
    every = [line for day in days for line in day.accounts]
    trouble = [line for line in every if not in_order(line)]
    _print_trouble(desk.console, trouble)
    for text in _many_at_once(desk, trouble, named):
        desk.console.say(text)
    desk.console.say()
    for text in wrap(_total(every), WIDTH):
        desk.console.say(text)


def _calendar(rows: Sequence[weeks.Week]) -> Iterator[weeks.Line]:
    """The calendar and its legend."""
    columns = len(rows[0].cells)
    width = (WIDTH - weeks.LABEL) // columns
    yield weeks.heading(columns, width)
    yield from (weeks.week_line(row, width) for row in rows)
    yield ()
    yield from _filled(weeks.explained(rows, width))


def _filled(words: Sequence[Piece]) -> Iterator[weeks.Line]:
    """Words side by side, in as few lines as hold them."""
    line: list[Piece] = []
    for word in words:
        if line and sum(len(piece.text) for piece in line) + len(_INDENT) + len(word.text) > WIDTH:
            yield tuple(line)
            line = []
        line += [Piece(_GAP * bool(line)), word]
    yield tuple(line)


def _print_trouble(console: Console, trouble: Sequence[Account]) -> None:
    """What is not in order: day, category, state, and the command that mends it; beneath it the reason."""
    names = max((len(line.category) for line in trouble), default=0)
    states = max((len(line.completeness) for line in trouble), default=0)
    if trouble:
        console.say()
    for line in trouble:
        head = f"{day_name(line.day)}{_GAP}{line.category:<{names}}{_GAP}{line.completeness:<{states}}"
        command = remedy(line)
        beside = len(head + _GAP + command) <= WIDTH
        paint(console, (Piece(head, Role.TROUBLE), Piece((_GAP + command) * beside, Role.OPEN)))
        if not beside:
            console.say(_INDENT + command)
        for text in wrap(clean.line(why(line)), WIDTH - len(_INDENT)):
            paint(console, (Piece(_INDENT + text, Role.QUIET),))


def _many_at_once(desk: Desk, trouble: Sequence[Account], named: Sequence[str]) -> Sequence[str]:
    """The command that mends several of these at once, and makes nothing owed that is not."""
    ours = desk.settings.categories
    every = dict.fromkeys([*named, *ours, *sorted(line.category for line in trouble)])
    first = {name: _first(desk.archive, name) for name in every}
    # Whoever asks for a category from a day on is owed it from then on.
    since, mended = date.max, list[Account]()
    for day in dict.fromkeys(line.day for line in trouble):
        those = [line for line in trouble if first[line.category] <= day <= line.day]
        if len(those) > len(mended):
            since, mended = day, those
    if len(mended) < 2:
        return ()
    names = [name for name in every if any(line.category == name for line in mended)]
    is_plain = not named and set(names) <= set(ours) and all(first[name] <= since for name in ours)
    command = " ".join(["triage fetch --since", since.isoformat(), *([] if is_plain else names)])
    which = f"{len(mended)} of these"
    if len(mended) == len(trouble):
        which = "All of these"
    elif len(mended) == sum(line.day >= since for line in trouble):
        which = f"All since {day_name(since)}"
    beside = f"{which}: {command}"
    return (beside,) if len(beside) <= WIDTH else (f"{which}:", _INDENT + command)


def _first(archive: Archive, category: str) -> date:
    """The day a category's ledger begins with, or would: nothing before it is owed."""
    states = archive.states(category)
    return begins(states) or max(states, default=date.max)


def _total(lines: Sequence[Account]) -> str:
    """The sum that proves the ledger: what was announced is decided, open, left out, or not here."""
    parts = [
        f"{sum(line.tally.decided for line in lines):,} decided",
        f"{sum(line.tally.open for line in lines):,} open",
    ]
    left_out = sum(line.tally.left_out for line in lines)
    short = sum(max(0, line.announced - line.tally.archived) for line in lines)
    over = sum(max(0, line.tally.archived - line.announced) for line in lines)
    parts += [f"{left_out:,} left out"] if left_out else []
    parts += [f"{short:,} not here"] if short else []
    names = list(dict.fromkeys(line.category for line in lines))
    where = names[0] if len(names) == 1 else f"{len(names)} categories"
    announced = f"{sum(line.announced for line in lines):,} announced in {where}"
    return f"{announced} = {' + '.join(parts)}" + (f" - {over:,} never announced" if over else "")


def _nothing(request: ask.Days, named: Sequence[str], settings: Settings) -> str:
    """Why there is no ledger, and what to do."""
    if request.since is not None:
        return f"the ledger has nothing since {day_name(request.since)}; `triage days` shows what it has"
    command = " ".join(["triage fetch", *named]) if named or settings.categories else "triage fetch cs.CL"
    return f"nothing was fetched yet; `{command}` fetches the newest listing, and the ledger begins with it"

"""What the ledger says of one day, a row a category, as rich as the width allows."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from textual.content import Content

from triage import account_words
from triage.day_words import day_name
from triage.ledger import Account, Completeness
from triage.tui.widgets.blocks import Block, plain, styled
from triage.weeks import Day

_GAP = 2
_INDENT = "  "
_SOURCES = {
    "rss": ("feed", "from the feed"),
    "list": ("page", "from the listing page"),
    "catchup": ("catch-up", "from the catch-up page"),
    "mail": ("mail", "from the mailing"),
    "api": ("search", "from arXiv's search"),
}
"""By the source, where papers came from in a word and in a sentence."""
_RECONSTRUCTED = "Reconstructed from submission dates."
_STYLES = {Completeness.COMPLETE: "kept", Completeness.NOT_OUT: "dim", Completeness.RESTS: "dim"}


class _Column(NamedTuple):
    long: str
    short: str
    number: Callable[[Account], int]


_ANNOUNCED = (
    _Column("new", "new", lambda line: line.sections.new),
    _Column("cross-lists", "cross", lambda line: line.sections.cross),
    _Column("replaced", "repl.", lambda line: line.sections.replaced),
    _Column("announced", "all", lambda line: line.announced),
)
_HERE = (
    _Column("in the archive", "here", lambda line: line.tally.archived),
    _Column("decided", "decided", lambda line: line.tally.decided),
    _Column("open", "open", lambda line: line.tally.open),
    _Column("left out", "out", lambda line: line.tally.left_out),
)


def table(day: Day, width: int) -> list[Block]:
    """A day's accounts in so many cells: one row each where that fits, else what it takes.

    What is not counted yet is left blank.
    """
    columns = _ANNOUNCED + (_HERE if day.papers is not None else ())
    if not any(_has_numbers(line) for line in day.accounts):
        columns = ()
    for is_long, has_source in ((True, True), (False, True), (False, False)):
        names = [column.long if is_long else column.short for column in columns]
        rows = _grid(day, columns, names, has_source=has_source)
        if max(row.cell_length for row in rows) <= width:
            blocks = [Block(rows[0])]
            for line, row in zip(day.accounts, rows[1:], strict=True):
                blocks += [Block(row), *_sentences(line, has_source=has_source)]
            return blocks
    heading = Block(styled(day_name(day.day), "title"))
    # What is not in order stands first: the rest may be out of sight.
    by_trouble = sorted(day.accounts, key=account_words.in_order)
    return [heading, *(block for line in by_trouble for block in _compact(line, day.papers is not None))]


def _grid(
    day: Day, columns: Sequence[_Column], names: Sequence[str], *, has_source: bool
) -> Sequence[Content]:
    """The heading and a row for each account, in columns; the day stands in the corner."""
    numbers = [[_number(line, column) for column in columns] for line in day.accounts]
    widths = [max([len(name), *(len(row[at]) for row in numbers)]) + _GAP for at, name in enumerate(names)]
    category = max((len(line.category) for line in day.accounts), default=0) + _GAP
    corner = day_name(day.day)
    state = max([len(corner) - category, *(len(account_words.word(line)) for line in day.accounts)])
    source = " " * _GAP + "from" if has_source and any(map(_source, day.accounts)) else ""
    rows = [styled(f"{corner:<{category + state}}", "title") + styled(_right(names, widths) + source, "dim")]
    for line, row in zip(day.accounts, numbers, strict=True):
        text = styled(f"{line.category:<{category}}") + styled(
            f"{account_words.word(line):<{state}}", _style(line)
        )
        text += Content(_right(row, widths))
        if has_source:
            text += styled(f"{'':{_GAP}}{_source(line)}".rstrip(), "dim")
        rows.append(text)
    return rows


def _right(texts: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(f"{text:>{width}}" for text, width in zip(texts, widths, strict=True))


def _compact(line: Account, is_counted: bool) -> Iterator[Block]:
    """An account in lines that wrap."""
    yield Block(styled(f"{line.category}  ", "strong") + styled(account_words.word(line), _style(line)))
    if _has_numbers(line):
        yield _indented(_listed(line, _ANNOUNCED[-1], _ANNOUNCED[:-1]))
        if is_counted:
            yield _indented(_listed(line, _HERE[0], _HERE[1:]))
    yield from _sentences(line, has_source=False)


def _listed(line: Account, whole: _Column, parts: Sequence[_Column]) -> str:
    """A sum and what it is made of: `6 announced: 3 new, 2 cross-lists, 1 replaced`."""
    told = ", ".join(f"{part.number(line)} {part.long}" for part in parts)
    return f"{whole.number(line)} {whole.long}: {told}"


def _sentences(line: Account, *, has_source: bool) -> Iterator[Block]:
    """What is to be said of an account besides its numbers."""
    # What a fetch said of a day that it put together itself tells more.
    is_told = line.is_reconstructed and not line.sentence and _has_numbers(line)
    said = [_RECONSTRUCTED] if is_told else []
    if why := account_words.why(line):
        said.append(why)
    elif line.completeness is Completeness.MISSING and not line.source:
        said.append("Not asked for yet.")
    if not has_source and not is_told and line.source in _SOURCES and _has_numbers(line):
        said.append(f"{_SOURCES[line.source][1].capitalize()}.")
    if said:
        yield _indented(" ".join(said))


def _indented(text: str) -> Block:
    return plain(text, "dim").within(Content(_INDENT), Content(_INDENT))


def _style(line: Account) -> str:
    return _STYLES.get(line.completeness, "warning")


def _source(line: Account) -> str:
    return _SOURCES.get(line.source, (line.source, ""))[0] if _has_numbers(line) else ""


def _number(line: Account, column: _Column) -> str:
    """A number of an account; nothing where nothing was announced and nothing is here."""
    return f"{column.number(line)}" if _has_numbers(line) else ""


def _has_numbers(line: Account) -> bool:
    return bool(line.announced or line.tally.archived)

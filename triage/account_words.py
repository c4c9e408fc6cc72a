"""What a line of the ledger comes to: its state in a word, whether it is in order, why not, what mends it."""

from collections.abc import Iterator

from triage import ledger
from triage.ledger import Account, Completeness, shortfall

RECONSTRUCTED = "reconstructed"
"""The word for a day that is complete as far as submission dates tell."""
OUT_OF_ORDER = (Completeness.FAILED, Completeness.MISSING, Completeness.CUT_OFF, Completeness.STALE)
"""What the user should do something about."""


def _worst_first() -> Iterator[str]:
    for state in ledger.WORST_FIRST:
        if state is Completeness.COMPLETE:
            yield RECONSTRUCTED
        yield state


WORST_FIRST = tuple(_worst_first())
"""Which of several words is told where there is room for one: in the order of the states."""


def word(line: Account) -> str:
    """The state of a category's day in a word: its completeness, or `reconstructed`."""
    whole = line.completeness is Completeness.COMPLETE
    return RECONSTRUCTED if whole and line.is_reconstructed else str(line.completeness)


def in_order(line: Account) -> bool:
    """Whether a category's day is as it should be."""
    return line.completeness not in OUT_OF_ORDER


def why(line: Account) -> str:
    """What is to be said of a category's day besides its state; may be empty."""
    said = [line.sentence] if line.sentence else []
    if line.completeness is Completeness.CUT_OFF and not line.balances:
        said.append(shortfall(line.announced, line.tally.archived))
    return " ".join(said)


def remedy(line: Account) -> str:
    """The command that mends a category's day."""
    return f"triage fetch --date {line.day.isoformat()} {line.category}"

"""Take in arXiv's daily mailings, which a user kept: listings of days that no page reaches any more."""

from collections.abc import Iterable

from triage.actions.asking import Asking, Reports
from triage.ledger import Completeness
from triage.network import Announced


def take_in(asking: Asking, mailings: Iterable[Announced]) -> Reports:
    """Keep what mailings announce, each under its own day, where no whole listing is here.

    They begin no ledger: who has one old mail does not owe all days since. Raises ArchiveUnusable.
    """
    for found in mailings:
        day = found.listed
        if day is None:
            continue
        known = asking.known(found.category, day)
        if known is not None and asking.holds(found.category, day):
            yield asking.ended(known, day, asked=False)
            continue
        completeness = Completeness.CUT_OFF if found.cut_off else Completeness.COMPLETE
        yield asking.keep(day, found.papers, asking.of(found, day, completeness, unasked=known is None))

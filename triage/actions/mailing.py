"""Take in arXiv's daily mailings, which a user kept: listings of days that no page reaches any more."""

from collections.abc import Iterable
from datetime import date

from triage.actions.asking import Asking, Reports
from triage.actions.reports import CategoryDone
from triage.day_words import day_name
from triage.ledger import Completeness, ListingState, standing
from triage.network import Announced


def take_in(asking: Asking, mailings: Iterable[Announced]) -> Reports:
    """Keep what mailings announce, each under its own day, where no whole listing is here.

    They begin no ledger: who has one old mail does not owe all days since. Raises ArchiveUnusable.
    """
    with asking.archive.claim():
        for found in mailings:
            if found.listed is not None:
                yield _taken_in(asking, found, found.listed)


def _taken_in(asking: Asking, found: Announced, day: date) -> CategoryDone:
    if not asking.calendar.may_list(day, asking.now):
        sentence = (
            f"The mailing is of {day_name(day)}, under which arXiv cannot have listed papers; nothing of it "
            "was kept. Look at its line `received from ... to ...`, and save the mail anew as arXiv sent it."
        )
        state = Completeness.FAILED
        return CategoryDone(found.category, day.isoformat(), state, sentence, papers=0, asked=False)
    known = asking.known(found.category, day)
    completeness = Completeness.CUT_OFF if found.lacks_papers else Completeness.COMPLETE
    told = asking.of(found, day, completeness, unasked=True)
    if known is not None and not _is_better(told, known):
        return asking.ended(known, day, asked=False)
    return asking.keep(day, found.papers, told)


def _is_better(state: ListingState, known: ListingState) -> bool:
    """Tell whether a mailing is to be kept where this is known: what was only reconstructed is no listing."""
    is_listing = known.completeness is Completeness.COMPLETE and not known.is_reconstructed
    return not is_listing and standing(known, state).source == state.source

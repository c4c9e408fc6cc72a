"""Words that should be categories, and days that listings can be fetched of."""

from collections.abc import Sequence
from datetime import date, datetime

from triage.cli.arguments import near_command
from triage.cli.values import Usage
from triage.day_words import appearing, day_name
from triage.listing_day import BEGINNING, Calendar, today
from triage.settings import Settings
from triage.taxonomy import category


class NoCategory(Usage):
    """A word is no category, or none was given; the message is a sentence fit to show."""


def categories(words: Sequence[str]) -> tuple[str, ...]:
    """The categories that words name. Raises NoCategory, which names a command too when one is near."""
    try:
        return tuple(dict.fromkeys(category(word) for word in words))
    except ValueError as unknown:
        near = next(filter(None, map(near_command, words)), None)
        raise NoCategory(f"{unknown}; or did you mean `triage {near}`?" if near else str(unknown)) from None


def to_fetch(words: Sequence[str], settings: Settings) -> tuple[str, ...]:
    """The categories that words name, else those of the config. Raises NoCategory when there is none."""
    wanted = categories(words) or settings.categories
    if not wanted:
        raise NoCategory("no category: name one, as in `triage fetch cs.CL`, or set categories in the config")
    return wanted


def day_to_fetch(day: date | None, calendar: Calendar, now: datetime) -> date | None:
    """A day that listings are asked for of, or none. Raises Usage for one that arXiv has no listing of.

    On a day without a listing arXiv can be asked, and has the word: it is no later than today.
    """
    if day is None or BEGINNING <= day <= today(now):
        return day
    if day < BEGINNING:
        raise Usage(f"{day_name(day)} is before arXiv's first listing; it began on {day_name(BEGINNING)}")
    soon = day.year <= now.year + 1
    first = day if not soon or calendar.has_listing(day) else calendar.following(day)
    raise Usage(
        f"the listing of {day_name(day)} is not out yet" + (f"; it comes {appearing(first)}" if soon else "")
    )

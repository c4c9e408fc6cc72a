"""Words that should be categories."""

from collections.abc import Sequence

from triage.cli.arguments import Usage, near_command
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

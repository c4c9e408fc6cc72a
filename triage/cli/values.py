"""What the words of a command line stand for: numbers, days, hauls."""

from datetime import date

MOST_STEPS = 1_000_000


class Usage(ValueError):
    """The arguments ask for nothing we know; the message is a sentence fit to show."""


class HelpWanted(Exception):
    """The user asked for help; the message is the help."""


def at_least_one(words: list[str], command: str, what: str) -> list[str]:
    """The words, of which a command wants one at least. Raises Usage."""
    if not words or not all(word.strip() for word in words):
        raise Usage(f"{command} wants at least one {what}; see `triage {command} --help`")
    return words


def one_text(words: list[str], command: str) -> str | None:
    """The one text that a command takes, if any. Raises Usage."""
    if len(words) > 1:
        raise Usage(f"{command} takes one text: put quotes around it, as in triage {command} 'some words'")
    return words[0] if words else None


def steps(words: list[str], command: str) -> int:
    """How many steps a command is to go; one without a word. Raises Usage."""
    if len(words) > 1:
        raise Usage(f"{command} takes one number of steps; see `triage {command} --help`")
    return number(words[0], f"{command} wants", MOST_STEPS) if words else 1


def number(text: str, who: str, most: int = 999_999_999, least: int = 1) -> int:
    """A number in plain digits. Raises Usage, beginning with `who`."""
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and least <= int(text) <= most):
        raise Usage(f"{who} a number from {least} on, not {text!r}")
    return int(text)


def day(text: str | None) -> date | str | None:
    """A listing day, or `all`; None without a word. Raises Usage."""
    return text if text == "all" else iso_date(text, "--day", ", or all")


def iso_date(text: str | None, option: str, more: str = "") -> date | None:
    """A date; None without a word. Raises Usage, naming the option."""
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise Usage(f"{option} wants a date like 2026-11-20{more}, not {text!r}") from None


def haul(text: str | None) -> int | str | None:
    """A haul's number, or the word for one; None without a word. Raises Usage."""
    if text is None or text in ("current", "next", "all"):
        return text
    return number(text, "--haul wants current, next, all or", least=0)

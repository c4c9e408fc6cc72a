"""arXiv's daily mailings, as a user saved them: new submissions, cross-lists, replacements.

The form is that of the captures and of arXiv's own reader of it (arXiv/arxiv-browse, fs_listing.py): a head
with the time of submission, entries between rules, and rules of percent signs where a section starts. What
does not fit into that makes the mail no mailing: a part of it that was lost would be missed by nobody.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from functools import reduce
from textwrap import shorten

from triage import taxonomy
from triage.announcement import in_order
from triage.ledger import Sections
from triage.listing_day import Calendar
from triage.network import Announced
from triage.paper import Kind, Paper
from triage.sources import arxiv_mail_entry
from triage.sources.arxiv_mail_entry import Entry, refused
from triage.sources.arxiv_text import is_within
from triage.sources.mail_text import Text, texts

_TIME = r"(?:[A-Z][a-z]{2} +)?\d{1,2} [A-Z][a-z]{2} \d{2,4} \d\d:\d\d:\d\d (?:GMT|UTC)"
_WINDOW = re.compile(rf"^[ ]*received from +({_TIME}) +to +({_TIME})[ ]*$", re.MULTILINE)
_QUOTED = re.compile(r"^[ ]*[>|].*received from ", re.MULTILINE)
_REPLY = re.compile(r"(?:re|aw|antw|sv|vs|ref)\s*:", re.IGNORECASE)
_ADDRESSED = re.compile(r"(?:(?:fwd?|wg|tr)\s*:\s*)*([A-Za-z.-]+) daily\b", re.IGNORECASE)
_STATED = re.compile(r"\b(\d*) new \+ *(\d*) +crosses received")
_UNSUBSCRIBE = re.compile(
    r"^To unsubscribe, e-mail To: ([A-Za-z.-]+)@arxiv\.org", re.MULTILINE | re.IGNORECASE
)
_NAMES = re.compile(r"^[ ]*Submissions to:[ ]*\n(.*)\Z", re.MULTILINE | re.DOTALL)
_RULE = re.compile(r"-{12}")
_SECTIONS = (("%-%-%-%-%-%-", Kind.CROSS), ("%%--%%--%%--", Kind.REPLACE))
_END = "%%%---%%%---"
_LONGEST = timedelta(days=14)


def parse(body: bytes, where: str, calendar: Calendar) -> tuple[Announced, ...]:
    """What a mailing announces, for each category that it is of; `where` names the file in sentences.

    A mailing of several categories does not tell for which of them a cross-list is new, so it is listed in
    all of them that it is in. Raises Unreachable when the bytes are not one whole mailing.
    """
    text = _mailing(body, where)
    window = _WINDOW.search(text.body)
    if window is None:
        raise refused(where, "the line `received from ... to ...` is missing")
    listed = _listed(window, where, calendar)
    categories = _categories(text, text.body[: window.start()], where)
    entries = list(_entries(text.body[window.end() :], listed, where))
    _must_be_as_many(entries, text.subject, where)
    _must_be_of(categories, entries, where)
    only = len(categories) == 1
    return tuple(_announced(entries, category, listed, is_only=only) for category in categories)


def _mailing(body: bytes, where: str) -> Text:
    """The text that is the mailing. Raises Unreachable."""
    found = texts(body)
    text = next((text for text in found if text.kind == "text/plain" and "received from" in text.body), None)
    if text is None:
        is_html = found and not any(text.kind == "text/plain" for text in found)
        raise refused(where, "it is an HTML mail" if is_html else "it does not say which papers it is of")
    if _REPLY.match(text.subject) or _QUOTED.search(text.body):
        raise refused(where, "it is an answer to one, or quotes it")
    if len(_WINDOW.findall(text.body)) > 1:
        raise refused(where, "it holds several")
    return text


def _listed(window: re.Match[str], where: str, calendar: Calendar) -> date:
    """The listing day of what was submitted in a time. Raises Unreachable."""
    try:
        since, until = parsedate_to_datetime(window[1]), parsedate_to_datetime(window[2])
        if timedelta(0) < until - since <= _LONGEST:
            return calendar.listing_day(until - timedelta(seconds=1))
    except (ValueError, TypeError, OverflowError):
        pass
    raise refused(where, f"it is of a time that cannot be, from {window[1]} to {window[2]}")


def _categories(text: Text, head: str, where: str) -> tuple[str, ...]:
    """What the mailing is of: the subjects its head names, else the archive it is addressed to."""
    addressed = [found[1] for line in (text.subject, text.to) if (found := _ADDRESSED.match(line))]
    addressed += _UNSUBSCRIBE.findall(head)
    known = [one for one in addressed if _is_category(one)]
    names = _NAMES.search(head)
    if names is None:
        if not known:
            raise refused(where, "it does not say which category it is of")
        return (taxonomy.category(known[0]),)
    subjects = [name for line in names[1].splitlines() if (name := line.strip())]
    if not subjects:
        raise refused(where, "it does not say which categories it is of")
    return tuple(dict.fromkeys(_named(name, known, where) for name in subjects))


def _named(name: str, archives: Sequence[str], where: str) -> str:
    """The category of a name; of several (Machine Learning) that in the archive of the mailing."""
    folded = " ".join(name.split()).casefold()
    keys = [key for key, one in taxonomy.categories().items() if one.casefold() == folded]
    if not keys:
        raise refused(where, f"its subject “{shorten(name, 60, placeholder=' …')}” is no category")
    within = [key for archive in archives for key in keys if is_within(key, archive.partition(".")[0])]
    return (within or keys)[0]


def _is_category(word: str) -> bool:
    try:
        taxonomy.category(word)
    except ValueError:
        return False
    return True


def _entries(text: str, listed: date, where: str) -> Iterator[Entry]:
    """The entries up to the rule that ends a mailing. Raises Unreachable when there is none."""
    kind = Kind.NEW
    lines = iter(text.split("\n"))
    for line in lines:
        started = next((section for rule, section in _SECTIONS if line.startswith(rule)), None)
        if line.startswith(_END):
            return
        if started is not None:
            if started.rank <= kind.rank:
                raise refused(where, "its sections are not in order: a part of it is missing")
            kind = started
        elif line.strip() == "\\\\":
            yield arxiv_mail_entry.read(lines, kind, listed, where)
        elif line.strip() and not _RULE.match(line):
            stray = shorten(line, 60, placeholder=" …")
            raise refused(where, f"between two papers stands “{stray}”: a part of it is missing")
    raise refused(where, "its end is missing")


def _must_be_as_many(entries: Sequence[Entry], subject: str, where: str) -> None:
    """Check the counts in the subject, where there are any: for none arXiv writes no number."""
    stated = _STATED.search(subject)
    if stated is None:
        return
    said = [int(number or 0) for number in stated.groups()]
    here = [sum(entry.kind is kind for entry in entries) for kind in (Kind.NEW, Kind.CROSS)]
    if said != here:
        raise refused(
            where,
            f"its subject says {said[0]} new papers and {said[1]} cross-lists, and there are {here[0]} "
            f"and {here[1]}",
        )


def _must_be_of(categories: Sequence[str], entries: Iterable[Entry], where: str) -> None:
    """Check that no paper of a mailing of several categories is in none of them: it would be lost."""
    for entry in entries:
        if len(categories) > 1 and entry.paper is not None and not any(map(entry.is_in, categories)):
            raise refused(where, f"{entry.paper.id} is in none of its categories {', '.join(categories)}")


def _announced(entries: Iterable[Entry], category: str, listed: date, *, is_only: bool) -> Announced:
    own = [entry for entry in entries if is_only or entry.is_in(category)]
    papers = [_relative(entry.paper, category, is_only=is_only) for entry in own if entry.paper is not None]
    once = tuple(in_order(papers))
    lost = reduce(Sections.plus, (entry.kind for entry in own if entry.paper is None), Sections())
    return Announced(
        category,
        "mail",
        listed,
        once,
        sections=reduce(Sections.plus, (paper.kind or Kind.NEW for paper in once), lost),
        unread=lost.total,
        flagged=sum(not entry.whole for entry in own if entry.paper is not None),
    )


def _relative(paper: Paper, category: str, *, is_only: bool) -> Paper:
    """A paper as a category announces it: what is new in one of several is a cross-list in another."""
    if paper.primary is None or is_within(paper.primary, category):
        return paper
    if paper.kind is Kind.NEW and not is_only:
        return replace(paper, kind=Kind.CROSS)
    return replace(paper, kind=Kind.REPLACE_CROSS) if paper.kind is Kind.REPLACE else paper

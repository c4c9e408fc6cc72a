"""arXiv's daily mailings, written from papers of ours: of an archive, or of some of its categories."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from textwrap import wrap

from triage.paper import Kind, Paper
from triage.taxonomy import categories as taxonomy

RULE = "-" * 78
CROSSES = "%-" * 39
REPLACEMENTS = "%%--" * 19 + "%%"
END = "%%%---" * 13


def mailing(
    papers: Sequence[Paper],
    since: datetime,
    until: datetime,
    archive: str,
    classes: Iterable[str] = (),
    *,
    subject: str | None = None,
) -> bytes:
    """A whole mail: with the counts in its subject when it is of an archive, else with the classes' names."""
    new = [paper for paper in papers if paper.kind is Kind.NEW]
    crossed = [paper for paper in papers if paper.kind is Kind.CROSS]
    replaced = [paper for paper in papers if paper.kind not in (Kind.NEW, Kind.CROSS)]
    names = [taxonomy()[name] for name in classes]
    if subject is None:
        counts = f"{len(new)} new + {len(crossed) or ''} crosses received"
        subject = f"{archive} daily {'Subj-class mailing' if names else counts}"
    told = "".join(f"{line}\n" for line in (" Submissions to:", *names)) if names else ""
    sections = (_entries(new), f"{CROSSES}\n{_entries(crossed)}", f"{REPLACEMENTS}\n{_entries(replaced)}")
    return (
        f"Date: {until:%a, %d %b %y} 00:31:14 GMT\nSubject: {subject}\n"
        f"To: {archive} daily title/abstract distribution <rabble@arxiv.org>\n\n{RULE}\n{RULE}\n"
        f"Send any comments regarding submissions directly to submitter.\n{RULE}\nArchives at http://arxiv.org/\n"
        f"To unsubscribe, e-mail To: {archive}@arXiv.org, Subject: cancel\n{RULE}\n{told}"
        f" received from  {_time(since)}  to  {_time(until)}\n{RULE}\n{''.join(sections)}{END}\n"
        "For subscribe options to combined physics archives,\n"
        "e-mail To: physics@arxiv.org, Subject: subscribe\n"
        f"{RULE}\n"
    ).encode()


def _time(moment: datetime) -> str:
    return f"{moment:%a} {moment.day:2} {moment:%b %y %H:%M:%S} GMT"


def _entries(papers: Iterable[Paper]) -> str:
    return f"{RULE}\n".join(map(_entry, papers))


def _entry(paper: Paper) -> str:
    mark = " (*cross-listing*)" if paper.kind is Kind.CROSS else ""
    stamp = "Wed, 18 Nov 2026 15:30:00 GMT   (243kb,D)"
    dated = (
        f"Date: {stamp}" if paper.kind in (Kind.NEW, Kind.CROSS) else f"replaced with revised version {stamp}"
    )
    summary = f"\\\\\n{_wrapped('  ' + paper.abstract, '')}" if paper.kind in (Kind.NEW, Kind.CROSS) else ""
    fields = [("Title", paper.title), ("Authors", " and ".join(paper.authors))]
    fields += [("Categories", " ".join(paper.categories)), ("Comments", paper.arxiv_comments or "")]
    told = "".join(_wrapped(f"{name}: {text}", "  ") for name, text in fields if text)
    link = f"\\\\ ( https://arxiv.org/abs/{paper.id} ,  243kb)\n"
    return f"\\\\\narXiv:{paper.id}{mark}\n{dated}\n\n{told}{summary}{link}"


def _wrapped(text: str, indent: str) -> str:
    return "".join(f"{line}\n" for line in wrap(text, 79, subsequent_indent=indent, drop_whitespace=True))

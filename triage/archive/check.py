"""Reads everything in the archive, and says what it found; no byte is changed, and no lock is taken."""

from collections.abc import Iterator
from pathlib import Path

from triage import clean
from triage.archive import check_day, day_file, state_index
from triage.archive.pages import PageShelf
from triage.findings import Finding, Part, Progress, Weight, counted

_FETCHED_AGAIN = "`triage repair` keeps what can be read, and the next fetch brings the rest."
_PERMISSIONS = "See to its permissions."
_MOST_NAMED = 5


class ArchiveCheck:
    """`findings.Checking` of the listing days, the ledger and the kept pages of a folder."""

    def __init__(self, folder: Path) -> None:
        """`folder`: the archive's own, DIR/archive."""
        self._folder = folder

    def parts(self, progress: Progress) -> Iterator[Part]:
        """Listing days with the ledger; full texts."""
        yield self._days(progress)
        yield self._pages(progress)

    def _days(self, progress: Progress) -> Part:
        findings: list[Finding] = []
        papers = days = rows = 0
        paths = day_paths(self._folder, findings)
        for place, path in enumerate(paths):
            progress("reading the archive", place, len(paths))
            day = day_file.day_of(path.name)
            if day is None:
                continue
            try:
                read = check_day.read(path.read_bytes(), day)
            except FileNotFoundError:
                continue
            except OSError as error:
                findings.append(_unreadable(path, error))
                continue
            except day_file.NewerForm:
                findings.append(_newer(path))
                continue
            days += 1
            papers += sum(record.paper is not None for record in read.records)
            rows += len(read.listing.rows) - len(read.records) if read.listing is not None else 0
            findings += _of_day(path, read)
        categories = self._ledger(findings)
        told = f"{counted(days, 'listing day')}, {counted(papers, 'paper')}" if days else "no listing yet"
        if rows:
            told += f"; of {counted(rows, 'more paper')} only the title"
        counts = {"days": days, "papers": papers, "titles": rows, "categories": categories}
        return Part("archive", told, counts, findings)

    def _ledger(self, findings: list[Finding]) -> int:
        path = self._folder / state_index.NAME
        try:
            return state_index.check(path.read_bytes())
        except FileNotFoundError:
            pass
        except OSError as error:
            findings.append(_unreadable(path, error))
        except day_file.NewerForm:
            findings.append(_newer(path))
        except ValueError:
            remedy = "`triage repair` makes it anew of the listing days."
            findings.append(Finding("ledger", f"{_shown(path)} is damaged.", remedy, file=_file(path)))
        return 0

    def _pages(self, progress: Progress) -> Part:
        shelf = PageShelf(self._folder / "pages")
        findings: list[Finding] = []
        pages = 0
        try:
            paths = shelf.files()
        except OSError as error:
            return Part("full texts", "", {}, [_unreadable(self._folder / "pages", error)])
        for place, path in enumerate(paths):
            progress("reading full texts", place, len(paths))
            try:
                is_whole = shelf.is_whole(path)
            except FileNotFoundError:
                continue
            except OSError as error:
                findings.append(_unreadable(path, error))
                continue
            pages += shelf.is_page(path)
            if not is_whole and shelf.is_page(path):
                remedy = "`triage repair` sets it aside; opening the full text fetches it again."
                findings.append(_of_page(path, remedy, Weight.DAMAGE))
            elif not is_whole:
                findings.append(_of_page(path, "It is made anew when it is read.", Weight.REMARK))
        told = f"{counted(pages, 'page')} kept" if pages else "none kept"
        return Part("full texts", told, {"pages": pages}, findings)


def day_paths(folder: Path, findings: list[Finding]) -> list[Path]:
    """The files of the listing days, oldest first; what cannot be opened as one goes to the findings."""
    try:
        paths = sorted(path for path in folder.iterdir() if day_file.day_of(path.name) is not None)
    except FileNotFoundError:
        return []
    except OSError as error:
        findings.append(_unreadable(folder, error))
        return []
    findings += [_no_file(path) for path in paths if not path.is_file()]
    return [path for path in paths if path.is_file()]


def _of_day(path: Path, read: check_day.DayRead) -> Iterator[Finding]:
    where = _shown(path)
    if not read.head_fits:
        yield Finding("head", f"Line 1 of {where}, which says what it holds, is damaged.", _FETCHED_AGAIN,
                      file=_file(path), line=1)  # fmt: skip
    elif read.listing is not None and not read.listing.is_whole:
        yield Finding("length", f"{where} is not as long as it was.", _FETCHED_AGAIN, file=_file(path))
    damaged = read.damaged
    for record in damaged[:_MOST_NAMED]:
        yield Finding("record", f"Line {record.line} of {where} is damaged: the abstract of "
                      f"{clean.name(record.key)}.", _FETCHED_AGAIN, file=_file(path), line=record.line,
                      size=record.size)  # fmt: skip
    if (more := len(damaged) - _MOST_NAMED) > 0:
        yield Finding("records", f"{counted(more, 'more line')} of {where} are damaged.", _FETCHED_AGAIN,
                      file=_file(path))  # fmt: skip


def _of_page(path: Path, remedy: str, weight: Weight) -> Finding:
    return Finding("page", f"{_shown(path)} is damaged.", remedy, weight, _file(path))


def _unreadable(path: Path, error: OSError) -> Finding:
    return Finding("unreadable", f"{_shown(path)} cannot be read ({error.strerror or error}).", _PERMISSIONS,
                   file=_file(path))  # fmt: skip


def _no_file(path: Path) -> Finding:
    return Finding("no file", f"{_shown(path)} is no file.", "Move it away; the next fetch brings the day.",
                   file=_file(path))  # fmt: skip


def _newer(path: Path) -> Finding:
    return Finding("newer", f"{_shown(path)} was written by a newer triage; it is left alone.",
                   "Install the newer triage.", Weight.REMARK, _file(path))  # fmt: skip


def _file(path: Path) -> str:
    """Where a file is in the data folder."""
    return f"archive/pages/{path.name}" if path.parent.name == "pages" else f"archive/{path.name}"


def _shown(path: Path) -> str:
    return clean.name(str(path))

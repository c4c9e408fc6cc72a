"""What is to be said of journals and of drafts that were read."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from triage import clean
from triage.findings import REPAIR, Finding, Part, Weight, counted
from triage.library.check_journal import File, Journals
from triage.library.drafts import FOLDER as DRAFTS
from triage.library.drafts import Drafts
from triage.library.durable import reason, shown

_MOST_NAMED = 5
_PERMISSIONS = "See to its permissions."


def journal_part(journals: Journals) -> Part:
    """What is to be said of the journals."""
    files = journals.files.values()
    machines = Counter(step.machine for step in journals.every)
    leftovers = sum(file.leftovers for file in files)
    told = "no step yet"
    if journals.every:
        by = ", ".join(f"{count:,} of {clean.name(machine)}" for machine, count in sorted(machines.items()))
        told = f"{counted(len(journals.every), 'step')} in {counted(len(files), 'file')}: {by}"
        if len(machines) == 1:
            told = f"{counted(len(journals.every), 'step')} of {clean.name(next(iter(machines)))}"
    if leftovers:
        told += f"; {counted(leftovers, 'piece')} of writes that were cut off, which is harmless"
    counts = {"steps": len(journals.every), "files": len(files), "machines": len(machines),
              "leftovers": leftovers}  # fmt: skip
    return Part("journal", told, counts, list(_journal_findings(journals)))


def _journal_findings(journals: Journals) -> Iterator[Finding]:
    if journals.refused:
        yield Finding("unreadable", f"{shown(journals.path)} cannot be read ({journals.refused}).",
                      _PERMISSIONS, file=journals.path.name)  # fmt: skip
    for name, why in journals.unreadable.items():
        yield Finding("unreadable", f"{shown(journals.path / name)} cannot be read ({why}).", _PERMISSIONS,
                      file=f"{journals.path.name}/{name}")  # fmt: skip
    for file in journals.files.values():
        yield from _damaged(journals, file)
    missed = journals.missed()
    for machine, gaps in missed.items():
        yield Finding("missing", f"The journal of {clean.name(machine)} lacks {steps_in_words(gaps)}.",
                      "`triage repair` looks for them in the backups; another machine's copy of the folder "
                      "may have them, too.")  # fmt: skip
    for machine, gaps in journals.given_up().items():
        are = "is" if sum(map(len, gaps)) == 1 else "are"
        yield Finding("lost", f"{steps_in_words(gaps).capitalize()} of {clean.name(machine)} {are} lost for "
                      "good, as a repair found. Everything else is there.", weight=Weight.REMARK)  # fmt: skip
    for machine, number in journals.twice:
        yield Finding("twice", f"Two different steps of {clean.name(machine)} are numbered {number}: its "
                      "journal was copied and went on in both places. Both are kept.",
                      weight=Weight.REMARK)  # fmt: skip
    for file in journals.files.values():
        if not file.is_in_order():
            yield Finding("order", f"{shown(journals.path / file.name)} does not hold its steps in their "
                          "order. They count in it all the same.", weight=Weight.REMARK,
                          file=f"{journals.path.name}/{file.name}")  # fmt: skip


def _damaged(journals: Journals, file: File) -> Iterator[Finding]:
    gone = file.gone
    where = shown(journals.path / file.name)
    for line in file.damaged:
        if line not in gone:
            what, remedy = "is one bit off", "`triage repair` turns the bit back."
        else:
            what, remedy = (
                "is damaged and holds no step",
                "`triage repair` keeps its bytes, and sets it aside.",
            )
        yield Finding("line", f"Line {line.number} of {where} {what}.", remedy,
                      file=f"{journals.path.name}/{file.name}", line=line.number,
                      size=len(line.raw))  # fmt: skip


def steps_in_words(gaps: Sequence[range]) -> str:
    """Numbers of steps: `step 4`, `steps 4 and 7 to 9`."""
    words = [f"{gap.start}" if len(gap) == 1 else f"{gap.start} to {gap.stop - 1}" for gap in gaps]
    named = words[:_MOST_NAMED]
    more = len(words) - len(named)
    one = len(gaps) == 1 and len(gaps[0]) == 1
    return f"{'step' if one else 'steps'} {', '.join(named)}{f' and {more} more' if more else ''}"


def drafts_part(folder: Path) -> Part:
    """What is to be said of the notes being typed."""
    drafts = Drafts(folder)
    findings: list[Finding] = []
    whole = 0
    try:
        for path in drafts.files():
            try:
                if drafts.is_whole(path):
                    whole += 1
                else:
                    findings.append(Finding("draft", f"{shown(path)} is damaged.", REPAIR,
                                            file=f"{DRAFTS}/{path.name}"))  # fmt: skip
            except FileNotFoundError:
                continue
    except OSError as error:
        findings.append(Finding("unreadable", f"{shown(folder / 'drafts')} cannot be read ({reason(error)}).",
                                _PERMISSIONS, file=DRAFTS))  # fmt: skip
    drafts.close()
    told = counted(whole, "note being typed", "notes being typed") if whole else "no note being typed"
    return Part("drafts", told, {"drafts": whole}, findings)

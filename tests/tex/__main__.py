"""`python -m tests.tex`: how many real titles, abstracts and author lines are shown clean, and how fast.

`--data FILE` takes papers as JSON Lines with `id`, `title`, `abstract` and `authors`; `--show N` prints the
first N texts that are not clean, `--read N` as many shown abstracts at random, to be read. Exits with 1 when
a figure is missed.
"""

import argparse
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.tex.figures import Converted, clean_share, converted, mean_and_tail, with_tex
from triage import tex

REAL = Path(__file__).resolve().parents[3] / "shared" / "real" / "metadata.jsonl"


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.tex", description=__doc__)
    options.add_argument("--data", type=Path, default=REAL, metavar="FILE")
    options.add_argument("--show", type=int, default=0, metavar="N")
    options.add_argument("--read", type=int, default=0, metavar="N")
    chosen = options.parse_args()
    try:
        papers = [json.loads(row) for row in chosen.data.read_text(encoding="utf-8").splitlines() if row]
    except OSError as error:
        sys.stderr.write(f"{chosen.data}: {error.strerror}; --data FILE names the papers\n")
        return 2
    parts = {
        part: converted(
            ((paper["id"], text) for paper in papers for text in _texts(paper.get(part))), tex.to_unicode
        )
        for part in ("title", "abstract", "authors")
    }
    ok = _print_figures(parts)
    unclean = [one for results in parts.values() for one in results if one.faults]
    for one in unclean[: chosen.show]:
        _say(f"\n{one.id}: {'; '.join(one.faults)}\n  source: {one.source}\n  shown:  {one.shown}")
    readable = with_tex(parts["abstract"])
    for one in random.sample(readable, min(chosen.read, len(readable))):
        _say(f"\n{one.id}\n  {' '.join(one.shown.split())}")
    return 0 if ok else 1


def _texts(part: str | list[str] | None) -> list[str]:
    """The texts of a part of a paper: one, or the authors' names, or none."""
    return [part] if isinstance(part, str) else part or []


def _print_figures(parts: dict[str, list[Converted]]) -> bool:
    titles, abstracts, authors = parts["title"], parts["abstract"], parts["authors"]
    everything = [one for results in parts.values() for one in results]
    mean, slowest = mean_and_tail(abstracts)
    mean_tex, slowest_tex = mean_and_tail(with_tex(abstracts))
    raised = sum(one.raised for one in everything)
    rows = [
        _share("abstracts, all", abstracts, 99),
        _share("abstracts with TeX", with_tex(abstracts), 97),
        _share("titles, all", titles, 99),
        _share("titles with TeX", with_tex(titles), 97),
        _share("author names", authors, 99),
        _share("author names with TeX", with_tex(authors), 97),
        (f"{'exceptions':<24} {raised:>9}", raised == 0),
        (
            f"{'an abstract':<24} {mean:>7.0f} us  99 of 100 below {slowest:.0f} us  (mean at most 300 us)",
            mean < 300,
        ),
        (f"{'an abstract with TeX':<24} {mean_tex:>7.0f} us  99 of 100 below {slowest_tex:.0f} us", True),
    ]
    for row, met in rows:
        _say(row if met else f"{row}  MISSED")
    return all(met for _, met in rows)


def _share(what: str, results: Sequence[Converted], least: float) -> tuple[str, bool]:
    share = clean_share(results)
    unclean = sum(bool(one.faults) for one in results)
    row = f"{what:<24} {share:>7.2f} %  {unclean} of {len(results)} unclean  (at least {least:.0f} %)"
    return row, share >= least


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


sys.exit(main())

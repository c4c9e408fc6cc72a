"""The converter in its own process: it ends, whatever a page does to it, and says why."""

import signal
import subprocess
import sys
from collections.abc import Generator, Mapping
from functools import partial
from typing import IO, Any
from uuid import uuid4

import pytest

from tests.sources.full_text.pages import KEY, URL, page, para, section
from triage.desktop import children
from triage.full_text import Fetched, Head, NoPage, Part
from triage.ports import Unreachable
from triage.sources.full_text import VERSION
from triage.sources.full_text.apart import ConverterApart

CHILD = [sys.executable, "-m", "triage.sources.full_text"]


def fetched(html: bytes) -> Fetched:
    return Fetched(KEY, URL, html, "utf-8")


def converter(*argv: str, seconds: float = 20.0) -> ConverterApart:
    return ConverterApart(partial(children.lines, argv or CHILD), seconds)


def told(made: ConverterApart, html: bytes) -> str:
    """Why the page was refused."""
    with pytest.raises(Unreachable) as refused:
        list(made.convert(fetched(html)))
    return str(refused.value)


def python(code: str) -> ConverterApart:
    return converter(sys.executable, "-c", code, seconds=1.0)


def test_a_page_comes_back_as_its_head_and_its_parts() -> None:
    made = converter()
    head, front, brewing = made.convert(fetched(page(para("Zoë &lt;x>") + section(para("Tea.")))))
    assert head == Head("On Tea", 2)
    assert front == Part("", 0, "", "Zoë \\<x>")
    assert brewing == Part("S1", 1, "1 Brewing", "Tea.")
    assert made.version == VERSION


def test_what_is_no_paper_is_refused_in_the_childs_own_words() -> None:
    with pytest.raises(NoPage) as refused:
        list(converter().convert(fetched(b"<html><body><h1>No HTML for '2311.00001'</h1></body></html>")))
    assert (str(refused.value), refused.value.pdf) == (f"arXiv has no HTML of {KEY}.", True)
    assert "that is no paper (Sign in)" in told(converter(), b"<html><title>Sign in</title><p>x</p></html>")


def test_a_page_that_takes_too_long_is_ended_by_the_childs_own_alarm() -> None:
    begun: list[float] = []

    def child(patience: float, file: IO[bytes]) -> Generator[Mapping[str, Any], None, None]:
        begun.append(patience)
        # Nobody waits for it here: only the alarm can end it in time.
        yield from children.lines(CHILD, 60.0, file)

    heavy = page("".join(section("<p>x</p>" * 3000, f"S{number}") for number in range(60)))
    sentence = told(ConverterApart(child, 0.7), heavy)
    assert sentence == f"The page of {KEY} takes longer than 0.7 s to convert; read it in the browser."
    assert begun == [2.7]


def test_an_alarm_ends_a_child_in_the_midst_of_c() -> None:
    sentence = told(
        python("import re, signal; signal.setitimer(signal.ITIMER_REAL, 0.3); re.match('(a*)*b', 'a' * 60)"),
        b"",
    )
    assert "takes longer than 1 s" in sentence


def test_a_child_that_has_no_alarm_is_ended_all_the_same() -> None:
    assert "takes longer than 1 s" in told(python("import signal; signal.pause()"), b"")


@pytest.mark.parametrize(
    "code", ["raise SystemExit(1)", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "1/0"]
)
def test_a_child_that_fails_is_a_sentence(code: str) -> None:
    assert told(python(code), b"") == f"The page of {KEY} could not be converted; read it in the browser."


def test_a_child_that_stops_before_the_end_is_not_taken_for_done() -> None:
    sentence = told(python('print(\'{"event": "head", "title": "x", "version": null}\')'), b"")
    assert sentence == f"The page of {KEY} could not be converted to its end; read it in the browser."


def test_a_page_that_takes_too_much_memory_is_refused() -> None:
    code = (
        "import resource, runpy; resource.setrlimit(resource.RLIMIT_AS, (200 << 20, 200 << 20));"
        "runpy.run_module('triage.sources.full_text', run_name='__main__')"
    )
    heavy = page("".join(section("<p>word <b>x</b> </p>" * 3000, f"S{number}") for number in range(100)))
    sentence = told(converter(sys.executable, "-c", code), heavy)
    assert sentence == f"The page of {KEY} takes more memory than it may have; read it in the browser."


def test_nobody_is_left_behind_when_the_reader_has_enough() -> None:
    # Other tests have children of the same name.
    mark = f"mark-{uuid4()}"
    heavy = page("".join(section("<p>x</p>" * 3000, f"S{number}") for number in range(60)))
    made = converter(*CHILD, mark).convert(fetched(heavy))
    next(made)
    assert mark in running()
    made.close()
    assert mark not in running()


def running() -> str:
    """The commands of all processes."""
    return subprocess.run(["ps", "-eww", "-o", "args="], capture_output=True, text=True, check=False).stdout


def test_the_alarm_is_the_childs_whatever_its_parent_ignores() -> None:
    before = signal.signal(signal.SIGALRM, signal.SIG_IGN)
    try:
        heavy = page("".join(section("<p>x</p>" * 3000, f"S{number}") for number in range(60)))
        assert "takes longer" in told(converter(seconds=0.7), heavy)
    finally:
        signal.signal(signal.SIGALRM, before)

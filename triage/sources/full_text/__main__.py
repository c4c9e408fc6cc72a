"""The converter as a child, `python -m triage.sources.full_text`: a page comes in, its parts go out.

The first line of standard input is a JSON object of what is known of the page, and its bytes follow; what
is made of it goes to standard output in JSON Lines. How long it may take is kept by the child itself, by an
alarm that nothing in Python can put off: a pattern that a page makes slow holds the interpreter, so that no
handler of a signal would run.
"""

import json
import signal
import sys
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from triage.full_text import NoPage
from triage.ports import Unreachable
from triage.sources.full_text.conversion import Conversion
from triage.sources.full_text.page import read


def main() -> int:
    """Convert; 0 when that went well, or when it was said why it did not."""
    given = sys.stdin.buffer
    about = json.loads(given.readline())
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, float(about["seconds"]))
    try:
        for event in _events(given, about):
            sys.stdout.write(json.dumps(event) + "\n")
            sys.stdout.flush()
    except NoPage as none:
        sys.stdout.write(json.dumps({"event": "none", "sentence": str(none), "pdf": none.pdf}) + "\n")
    except Unreachable as refusal:
        sys.stdout.write(json.dumps({"event": "error", "sentence": str(refusal)}) + "\n")
    except MemoryError:
        sys.stdout.write(json.dumps({"event": "memory"}) + "\n")
    return 0


def _events(given: BinaryIO, about: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    key, url = str(about["key"]), str(about["url"])
    document = read(given.read(), str(about["charset"]), url, key)
    conversion = Conversion(document, url)
    yield {"event": "head", "title": conversion.title, "version": document.version}
    for part in conversion.parts():
        yield {"event": "part", **part.as_record()}
    yield {"event": "end"}


if __name__ == "__main__":
    sys.exit(main())

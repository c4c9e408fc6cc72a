"""`python -m tests.hostile.commands FILE`: the commands that FILE lists as JSON, one after the other.

All in one process, each between two lines that tell its number, and its exit status behind it.
"""

import json
import os
import sys
from pathlib import Path

from triage.__main__ import main as triage


def main() -> None:
    """Do as they say; nobody answers what they ask."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, words in enumerate(json.loads(Path(sys.argv[1]).read_text())):
        sys.stdout.write(f"\n<<{number}\n")
        sys.stdout.flush()
        status = triage(words)
        sys.stdout.write(f"\n{number}={status}>>\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

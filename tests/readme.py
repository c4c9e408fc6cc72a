"""The parts of the README that the code knows better; `python -m tests.readme` writes them into it anew."""

import re
from collections.abc import Iterator
from pathlib import Path

from triage.cli.help import GENERAL, HELP
from triage.settings import MNEMONIC, VIM
from triage.tui.key_row import HEADINGS
from triage.tui.keys import Place, rows

README = Path(__file__).resolve().parents[1] / "README.md"


def keys() -> str:
    """A table of keys for each place where keys work."""
    return "\n\n".join(f"{heading}\n\n{_table(place)}" for place, heading in HEADINGS.items())


def _table(place: Place) -> str:
    told = (row for row in rows(place) if row.text)
    lines = (f"| {_cell(row.shown(MNEMONIC))} | {_cell(row.shown(VIM))} | {row.text} |" for row in told)
    return "\n".join(["| mnemonic | vim | what it does |", "|---|---|---|", *lines])


def _cell(shown: str) -> str:
    """Keys as code; a backtick as a key needs two of them around it."""
    return " ".join("`` ` ``" if key == "`" else f"`{key}`" for key in shown.split())


def commands() -> str:
    """The full-screen app and every command, as `--help` tells of them."""
    told = [f"- `{_usage(GENERAL)}`: the full-screen app; `--demo` opens it on a bundled sample."]
    told += [f"- `{_usage(text)}`: {' '.join(text.split()[_words(text) :])}" for text in HELP.values()]
    return "\n".join(told)


def _words(text: str) -> int:
    """How many words the first line has."""
    return len(text.partition("\n")[0].split())


def _usage(text: str) -> str:
    return text.partition("\n")[0].removeprefix("usage: ")


def parts() -> dict[str, str]:
    """Every generated part of the README by the name of its marks."""
    return {"keys": keys(), "commands": commands()}


def with_parts(readme: str) -> str:
    """The README with every generated part written anew between its marks."""
    for name, text in parts().items():
        begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        before, _, rest = readme.partition(begin)
        _, _, after = rest.partition(end)
        readme = f"{before}{begin}\n\n{text}\n\n{end}{after}"
    return readme


def fences(language: str) -> Iterator[str]:
    """The README's fenced blocks of a language, without their fences."""
    for found in re.finditer(
        rf"^```{language}\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    ):
        yield found[1]


if __name__ == "__main__":
    README.write_text(with_parts(README.read_text(encoding="utf-8")), encoding="utf-8")

"""The user's own templates: the files of a folder beside the config."""

from collections.abc import Sequence
from pathlib import Path

from triage import clean
from triage.ports import Unreachable

_MOST_BYTES = 1_000_000
"""A template larger than this is not read."""


class TemplateFiles:
    """`template_export.Templates` on the file system."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def folder(self) -> str:
        """Where the templates are, whether the folder is there or not."""
        return str(self._folder)

    def names(self) -> Sequence[str]:
        """The names of the files in the folder, in order; none when there is no folder."""
        try:
            files = [one.name for one in self._folder.iterdir() if one.is_file()]
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as refusal:
            raise self._unreadable("", refusal) from refusal
        return sorted(name for name in files if not name.startswith(".") and not name.endswith("~"))

    def read(self, name: str) -> str | None:
        """The text of a file of the folder; None when it has none of that name."""
        if name not in self.names():
            return None
        try:
            with (self._folder / name).open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
            if len(data) > _MOST_BYTES:
                raise Unreachable(f"{clean.name(str(self._folder / name))} is too large for a template")
            return data.decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as refusal:
            raise self._unreadable(name, refusal) from refusal

    def _unreadable(self, name: str, refusal: OSError | UnicodeDecodeError) -> Unreachable:
        why = "it is not UTF-8" if isinstance(refusal, UnicodeDecodeError) else refusal.strerror
        return Unreachable(f"{clean.name(str(self._folder / name))} cannot be read: {why}")

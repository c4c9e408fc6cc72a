"""A haul by a template of the user's own: which one is meant, what it is given, what is wrong with it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from triage import clean
from triage.actions import formats
from triage.actions import haul as hauls
from triage.actions.haul import Refused
from triage.export.template import TemplateFault, render
from triage.export.template_values import template_values
from triage.nearest import nearest
from triage.ports import Archive, Library
from triage.settings import Settings
from triage.steps import CURRENT


class Templates(Protocol):
    """The user's own templates for exports."""

    @property
    def folder(self) -> str:
        """The folder they are in, whether it is there or not."""

    def names(self) -> Sequence[str]:
        """The names of their files. Raises Unreachable."""

    def read(self, name: str) -> str | None:
        """The text of a file; None when there is none of that name. Raises Unreachable."""


def chosen(templates: Templates, word: str) -> str:
    """The template's file that a word names: by its whole name, or by what stands before the first dot.

    Raises Refused for a word that names none or several, and Unreachable.
    """
    files = templates.names()
    if word in files:
        return word
    found = [file for file in files if name_of(file) == word]
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(f"{word!r} may be {' or '.join(map(clean.name, found))}; write the whole name")
    names = [*formats.FORMATS, *map(name_of, files)]
    near = nearest(word, names)
    hint = f"did you mean {clean.name(near[0])}?" if near else f"known are {_told(names)}"
    raise Refused(f"{word!r} is no format that export knows, and no template in {_folder(templates)}; {hint}")


def by_template(
    library: Library,
    archive: Archive,
    templates: Templates,
    settings: Settings,
    now: datetime,
    file: str,
    haul: int | str = CURRENT,
) -> str:
    """A haul, by its number or `current`, as a template writes it.

    Raises Refused for a fault in the template, named by its file and line; Unreachable; NotSaved.
    """
    key = haul if isinstance(haul, str) else hauls.key_of_number(library, haul)
    whole = hauls.stamped(library, settings, now, key=key)
    papers = {one.paper.id: one.paper for one in formats.kept(library, archive, haul)}
    try:
        return render(file, templates.read, template_values(whole, papers, settings.haul.url))
    except TemplateFault as fault:
        line = f":{fault.line}" if fault.line else ""
        place = f"{_folder(templates)}/{clean.name(fault.file)}{line}"
        raise Refused(f"{place}: {clean.line(str(fault))}") from fault


def name_of(file: str) -> str:
    """What a template is called by: its file's name up to the first dot."""
    return file.partition(".")[0]


def _folder(templates: Templates) -> str:
    return clean.name(templates.folder)


def _told(names: Sequence[str]) -> str:
    return ", ".join(map(clean.name, dict.fromkeys(names)))

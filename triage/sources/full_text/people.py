"""The author block: a line for each author, with what is told of them behind the name."""

import re
from collections.abc import Iterator, Sequence

from triage.sources.full_text.inline import write_script
from triage.sources.full_text.tree import (
    Element,
    below,
    classes,
    drop,
    has,
    is_within,
    new,
    pieces,
    replace,
    tag,
    take,
)

_NEXT = re.compile(r"(?:\A|(?<=\s))&\s*(?=[^\W\d_])")
"""Begins the next author's cell, where a style makes a table of them."""
_BEFORE_MARK = re.compile(r"(?<=\w) (?=[⁰¹²³⁴-⁹*∗†‡§¶]|\^\()")
_NUMBERS = re.compile(r"[\d,]{1,20}")
"""A style's numbers of an author's addresses."""
_PAIR = re.compile(r",?(\d{1,2})\1")
_PAIRS = re.compile(rf"(?:{_PAIR.pattern})+")
"""Numbers that LaTeXML gives twice, one by one."""
_TWICE = re.compile(r"([\d,]+)\1")
"""Numbers that it gives twice, all of them."""
_SCRIPT = re.compile(r"\^\(([\d,∗*†‡§¶]+)\)")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SEPARATOR = " · "
_LONG = 200
"""Characters of a remark that is no line of an address."""
_RUN_TOGETHER = re.compile(r"(?<=[a-z]\.)(?=[A-Z][a-z])")
"""Where two remarks meet."""
_ADDRESS = re.compile(r"://|www\.")


def write_out(root: Element) -> None:
    """Replace every author block by paragraphs."""
    for block in below(root, "ltx_authors"):
        for script in [*block.iter("sup", "sub")]:
            write_script(script)
        creators = [one for one in block.iter() if has(one, "ltx_creator")] or [block]
        replace(block, new("div", children=_paragraphs([_of_creator(one) for one in creators])))


def _paragraphs(people: Sequence[Sequence[str]]) -> Iterator[Element]:
    """A paragraph for all authors, or one for each where any has several lines."""
    people = [person for person in people if person]
    if any(len(person) > 1 for person in people):
        for person in people:
            yield _paragraph([line for line in person if len(line) <= _LONG])
            yield from (new("p", line) for line in person if len(line) > _LONG)
    elif any(_SEPARATOR in person[0] for person in people):
        yield _paragraph([person[0] for person in people])
    elif people:
        yield new("p", ", ".join(person[0].rstrip(",") for person in people))


def _paragraph(lines: Sequence[str]) -> Element:
    made = new("p")
    for at, line in enumerate(lines):
        if at:
            made.append(new("br"))
        made.append(new("span", line))
    return made


def _of_creator(creator: Element) -> list[str]:
    """The lines on one author, or on several that share them."""
    notes = [
        take(one)
        for one in below(creator, "ltx_author_notes")
        if not is_within(one, creator, "ltx_author_notes")
    ]
    names = [_raised(_BEFORE_MARK.sub("", line)) for line in _names(_lines(creator))]
    remarks = [piece for note in notes for piece in _told(note)]
    numbers = [piece for piece in remarks if _NUMBERS.fullmatch(piece)]
    if names and numbers:
        names[0] += _once(numbers[0]).translate(_RAISED)
    told = [piece for piece in remarks if not _NUMBERS.fullmatch(piece)]
    if len(names) != 1:
        return [*names, *told]
    return [_SEPARATOR.join([*names, *told])]


def _once(numbers: str) -> str:
    """The numbers of addresses, each once: `2233` are 2 and 3."""
    if _PAIRS.fullmatch(numbers):
        return ",".join(_PAIR.findall(numbers))
    twice = _TWICE.fullmatch(numbers)
    return twice[1] if twice else numbers


def _raised(name: str) -> str:
    """A name with the numbers behind it raised, each on its own: commas have no raised form."""
    return _SCRIPT.sub(lambda found: found[1].translate(_RAISED), name)


def _told(notes: Element) -> Iterator[str]:
    """What is told of an author: each address and each remark in one line."""
    for label in below(notes, "ltx_contact_name"):
        # "Affiliation:" before an address.
        drop(label)
    for contact in below(notes, "ltx_contact"):
        told = ", ".join(_lines(take(contact)))
        if told and not has(contact, "ltx_role_orcid"):
            yield told
    if rest := ", ".join(_lines(notes)):
        yield " ".join(
            word if _ADDRESS.search(word) else _RUN_TOGETHER.sub(" ", word) for word in rest.split()
        )


def _names(lines: Sequence[str]) -> list[str]:
    """The lines, or one for each author of a table with what stood in their cells."""
    if not any(_NEXT.match(line) for line in lines):
        return list(lines)
    people: list[list[str]] = [[]]
    for line in lines:
        first, *others = _NEXT.split(line)
        people[-1].append(first.strip())
        people += [[other.strip()] for other in others]
    return [told for person in people if (told := ", ".join(filter(None, person)))]


def _lines(element: Element) -> list[str]:
    """The lines of an element's text: parted by breaks, paragraphs and rows."""
    for one in element.iterdescendants():
        before = one.getprevious()
        if before is not None and any(name.startswith("ltx_affiliation_") for name in classes(one)):
            before.tail = f", {(before.tail or '').lstrip(' ,')}"
        if tag(one) in ("tr", "p", "div") or has(one, "ltx_tr", "ltx_p"):
            one.text, one.tail = f"\n{one.text or ''}", f"\n{one.tail or ''}"
        elif tag(one) in ("td", "th") or has(one, "ltx_td", "ltx_th"):
            one.tail = f" {one.tail or ''}"
        if before is not None and has(one, "ltx_contact", "ltx_text") and has(before, "ltx_text"):
            before.tail = before.tail or " "
    whole = "".join(pieces(element, lambda one: "\n" if tag(one) == "br" else None))
    return [line for part in whole.split("\n") if (line := " ".join(part.split()))]

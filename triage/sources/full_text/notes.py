"""Footnotes: a mark where they were, and their text at the end of the part that they belong to."""

from collections.abc import Sequence

from triage.sources.full_text.anchors import Anchors, parted
from triage.sources.full_text.formulas import words
from triage.sources.full_text.tree import (
    Element,
    below,
    close_up,
    drop,
    has,
    is_blank,
    is_within,
    new,
    put_first,
    replace,
    tag,
    text_before,
)

MARK = "note-mark"
"""The class of the mark that a note leaves."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOT_TOLD = ("ltx_role_pubyear", "ltx_role_pagerange", "ltx_role_pubvolume", "ltx_role_publicationmonth")
"""What a journal's style notes of its own pages."""


def taken(root: Element, anchors: Anchors) -> Sequence[Element]:
    """Take the notes out of what is below; each is a block that begins with its mark."""
    notes: list[Element] = []
    # A note within a note comes before the one around it.
    for note in reversed(list(below(root, "ltx_note"))):
        if is_within(note, root, "ltx_note"):
            _put_into_text(note)
        elif has(note, *_NOT_TOLD):
            drop(note)
        else:
            notes += _taken(note, anchors)
    return notes[::-1]


def _taken(note: Element, anchors: Anchors) -> Sequence[Element]:
    """Leave a note's mark in its place, linked to the note; the note, if it has a text of its own."""
    targets, mark = parted(_mark(note))
    content = _content(note)
    is_note = not has(note, "ltx_role_footnotemark") and bool(words(content))
    shown = mark.translate(_RAISED)
    is_alone = _is_alone(note)
    close_up(note)
    anchor = note.get("id") or ""
    if is_note and (is_alone or has(note, "ltx_role_footnotetext", "ltx_role_institutetext")):
        # What points to it stands elsewhere, or nothing does.
        drop(note)
    elif not is_note or not anchor:
        replace(note, new("span", shown, attributes={"class": MARK}))
    else:
        replace(note, new("a", shown, attributes={"href": f"#{anchor}", "class": MARK}))
    if not is_note:
        return ()
    begins = targets or (anchors.mark(anchor) if anchor else "")
    put_first(content, new("span", f"{begins}{shown} "))
    return (content,)


def _is_alone(note: Element) -> bool:
    """Tell whether a note stands beside no text, as a style's remarks on its paper do."""
    outer = note.getparent()
    is_between = outer is not None and tag(outer) in ("article", "section", "div")
    return is_between and not text_before(note).strip() and not (note.tail or "").strip()


def _put_into_text(note: Element) -> None:
    content = _content(note)
    told = words(content)
    replace(note, new("span", f" ({told}) " if told else ""))


def _mark(note: Element) -> str:
    for name in ("ltx_note_mark", "ltx_tag_note"):
        for one in note.iter():
            if has(one, name) and (found := words(one)):
                return found
    return ""


def _content(note: Element) -> Element:
    """What a note says, as a block of its own, without its mark and the kind of note that it is."""
    outer = next((one for one in note.iter() if has(one, "ltx_note_content")), note)
    for one in list(outer.iter()):
        if one is not outer and has(one, "ltx_note_mark", "ltx_tag_note", "ltx_note_type"):
            drop(one)
    block = new("div", (outer.text or "").lstrip(), outer)
    if len(block) and is_blank(block[0]) and not block.text:
        block.text = (block[0].tail or "").lstrip()
        block.remove(block[0])
    return block

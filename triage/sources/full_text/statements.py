"""Theorems, proofs and the small headings: their titles run into the text, and a theorem is set apart."""

from triage.sources.full_text.formulas import words
from triage.sources.full_text.tree import (
    HEADINGS,
    Element,
    below,
    classes,
    drop,
    has,
    is_within,
    new,
    put_first,
    replace,
    tag,
    take,
    without_class,
)

_ALONE = ("ltx_title_abstract",)
"""Titles that stand on a line of their own."""
_ENDS = (".", ":", "?", "!", ")", "…", ",")


def write_out(root: Element) -> None:
    """Run every title that is no heading of a part into the text that follows it."""
    for theorem in below(root, "ltx_theorem"):
        _italics_off(theorem)
        if not _is_proof(theorem) and not is_within(theorem, root, "ltx_theorem"):
            theorem.tag = "blockquote"
    for words_of in below(root, "ltx_keywords"):
        if next(words_of.iter(*HEADINGS), None) is None:
            put_first(words_of, new("h6", "Keywords:", attributes={"class": "ltx_title"}))
    for title in list(root.iter(*HEADINGS)):
        _run_in(title, root)


def _run_in(title: Element, root: Element) -> None:
    told, holder = words(title), title.getparent()
    if holder is None or not told:
        drop(title)
        return
    proof = _is_proof(holder)
    style = "em" if proof else "strong"
    if holder is root or not has(title, "ltx_title") or has(title, *_ALONE):
        replace(title, new("p", children=[new("strong", told.rstrip(".:"))]))
        return
    is_first = title.getprevious() is None and not (holder.text or "").strip()
    has_links = next(title.iter("a"), None) is not None
    taken = _plain(take(title)) if has_links else new("span", told)
    drop(title)
    front = new(
        "span", children=[new(style, "", [taken]), new("span", " " if told.endswith(_ENDS) else ". ")]
    )
    if is_first:
        put_first(holder, front)
    else:
        holder.append(new("p", children=[front]))


def _plain(title: Element) -> Element:
    """A title without fonts of its own."""
    title.tag = "span"
    for one in title.iter():
        without_class(one)
    return title


def _is_proof(element: Element) -> bool:
    return has(element, "ltx_proof", "ltx_theorem_proof") or any(
        name.startswith("ltx_theorem_") and "proof" in name.lower() for name in classes(element)
    )


def _italics_off(theorem: Element) -> None:
    """Theorems are printed in italics throughout; what is emphasised within them stays so."""
    for one in theorem.iter("span"):
        if has(one, "ltx_font_italic", "ltx_font_slanted") and _is_whole(one):
            without_class(one)


def _is_whole(element: Element) -> bool:
    """Tell whether an element is no word within a sentence but stands in a paragraph itself."""
    outer = element.getparent()
    return outer is not None and (tag(outer) == "p" or has(outer, "ltx_p"))

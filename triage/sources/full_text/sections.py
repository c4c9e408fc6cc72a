"""A page cut at its headings: each part with what stands below its heading and above the next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from triage.sources.full_text.tree import HEADINGS, Element, has, new, tag, take, text

_SECTIONS = (
    "ltx_part",
    "ltx_chapter",
    "ltx_section",
    "ltx_subsection",
    "ltx_subsubsection",
    "ltx_paragraph",
    "ltx_subparagraph",
    "ltx_appendix",
    "ltx_bibliography",
    "ltx_index",
    "ltx_glossary",
    "ltx_acknowledgements",
    "ltx_slide",
)
_RANK = "data-rank"


@dataclass(slots=True)
class Section:
    """A part of a page before it is converted."""

    anchor: str
    level: int
    heading: Element | None
    """Taken out of the body; None for what stands before the first heading."""
    body: Element


def of_page(article: Element) -> Sequence[Section]:
    """The sections of a page, in order; the first is what stands before all headings."""
    found = [one for one in article.iter() if one is not article and _is_section(one)]
    if not found:
        _section_at_headings(article)
        found = [one for one in article.iter() if one is not article and _is_section(one)]
    levels = [_level(one, article) for one in found]
    least = min(levels, default=1)
    _carry_on(found)
    made = [Section("", 0, None, article)]
    for at, one in enumerate(found):
        heading = _heading(one)
        assert heading is not None  # noqa: S101  what has none is no section
        made.append(Section(one.get("id") or f"part-{at + 1}", levels[at] - least + 1, take(heading), one))
    for one in reversed(found):
        take(one)
    return made


def is_in_section(element: Element) -> bool:
    """Tell whether an element stands in a section, or heads one."""
    return any(_is_section(outer) for outer in element.iterancestors())


def _level(section: Element, article: Element) -> int:
    rank = section.get(_RANK)
    if rank:
        return int(rank)
    return 1 + sum(1 for outer in section.iterancestors() if outer is not article and _is_section(outer))


def _is_section(element: Element) -> bool:
    """Tell whether an element begins with a heading that the outline is to show."""
    is_one = tag(element) == "section" or has(element, *_SECTIONS)
    return is_one and _heading(element) is not None


def _heading(section: Element) -> Element | None:
    for child in section:
        if tag(child) in HEADINGS and text(child):
            # A small heading that runs into its text is none of the outline.
            return None if has(child, "ltx_title_acknowledgements") and tag(section) != "section" else child
        if tag(child) in ("section", "p") or has(child, "ltx_para"):
            return None
    return None


def _carry_on(sections: Sequence[Element]) -> None:
    """Put what stands behind an inner section to the end of that one, to be read where it stands."""
    for section in sections:
        last = section
        for one in section.iterdescendants():
            if _is_section(one):
                last = one
        for behind in list(_behind(section)):
            last.append(behind)
        if (section.tail or "").strip():
            last.append(new("p", section.tail or ""))
            section.tail = None


def _behind(section: Element) -> Iterator[Element]:
    outer = section.getparent()
    if outer is None:
        return
    following = section.getnext()
    while following is not None and not _is_section(following):
        yield following
        following = following.getnext()


def _section_at_headings(article: Element) -> None:
    """Make sections of a page that has only headings, by their ranks."""
    holder = article
    while len(holder) == 1 and tag(holder[0]) in ("div", "main", "article"):
        holder = holder[0]
    current: Element | None = None
    for child in list(holder):
        if tag(child) in HEADINGS and not has(child, "ltx_title_document"):
            current = new("section", attributes={_RANK: tag(child)[1]})
            if child.get("id"):
                current.set("id", child.get("id") or "")
            child.addprevious(current)
            current.append(child)
        elif current is not None:
            current.append(child)

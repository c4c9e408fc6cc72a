"""The tree of a part in the few elements that Markdown has: blocks hold blocks, or one line of text."""

from contextlib import suppress

from lxml import etree

from triage.sources.full_text.lists import MARK
from triage.sources.full_text.tree import Element, has, is_deeper, new, tag

_DEEPEST = 60
"""Elements within elements; readers of Markdown give up on more, and no paper has them."""
_KEPT = frozenset(("p", "ul", "ol", "li", "blockquote", "pre", "table", "tr", "td", "hr"))
_INLINE = frozenset(("span", "a", "em", "strong", "code", "del", "br"))
_INTO_DIV = frozenset(
    (
        "div", "section", "article", "main", "aside", "header", "footer", "figure", "figcaption", "center",
        "address", "details", "summary", "dl", "dd", "dt", "tbody", "thead", "tfoot", "th", "caption",
        "fieldset", "h1", "h2", "h3", "h4", "h5", "h6", "foreignobject", "body", "html",
    )
)  # fmt: skip
_CONTAINERS = frozenset(("div", "li", "blockquote"))
_BLOCKS = _KEPT | {"div"}


def settle(root: Element) -> Element:
    """Bring what is below into order; the root, or another in its place that is plain text."""
    root.tag = "div"
    for element in root.iter():
        _name(element)
    for element in list(root.iter()):
        if tag(element) in _BLOCKS and not _is_cell(element):
            _open_up(element, root)
    for element in list(root.iter()):
        if tag(element) in _CONTAINERS:
            _wrap(element)
        elif tag(element) in ("ul", "ol"):
            _only_items(element)
    return _as_text(root) if is_deeper(root, _DEEPEST) else root


def _name(element: Element) -> None:
    name = tag(element)
    if name in _KEPT or (name in _INLINE and name != "span"):
        return
    if name in _INTO_DIV or has(element, "ltx_para", "ltx_inline-para", "ltx_block"):
        element.tag = "div"
    elif has(element, "ltx_p"):
        element.tag = "p"
    else:
        element.tag = "span"


def _is_cell(element: Element) -> bool:
    return tag(element) in ("tr", "td")


def _open_up(block: Element, root: Element) -> None:
    """Make containers of the lines of text that a block stands in."""
    for outer in block.iterancestors():
        if tag(outer) in _CONTAINERS or tag(outer) in ("ul", "ol", "td", "tr", "table") or outer is root:
            break
        outer.tag = "div"


def _wrap(container: Element) -> None:
    """Make paragraphs of the text between a container's blocks, and drop the empty ones."""
    children: list[Element] = []
    run: Element | None = None
    if (container.text or "").strip():
        run = new("p", (container.text or "").lstrip())
        children.append(run)
    container.text = None
    for child in list(container):
        behind = child.tail or ""
        child.tail = None
        if tag(child) in _BLOCKS:
            run = None
            if not _is_nothing(child):
                children.append(child)
        elif tag(child) == "br" and run is None:
            behind = behind.lstrip()
        else:
            if run is None:
                run = new("p")
                children.append(run)
            run.append(child)
        if behind and (run is not None or behind.strip()):
            if run is None:
                run = new("p")
                children.append(run)
            _add(run, behind)
    container[:] = [child for child in children if not _is_nothing(child)]


def _add(run: Element, more: str) -> None:
    if len(run):
        run[-1].tail = (run[-1].tail or "") + more
    else:
        run.text = ((run.text or "") + more).lstrip()


def _is_nothing(block: Element) -> bool:
    return tag(block) != "hr" and not any(piece.strip() for piece in block.itertext())


def _only_items(element: Element) -> None:
    if (element.text or "").strip():
        element.insert(0, new("li", element.text or ""))
    element.text = None
    for child in list(element):
        if (child.tail or "").strip():
            child.addnext(new("li", child.tail or ""))
        child.tail = None
    for child in element:
        if tag(child) != "li":
            inner = new(tag(child), child.text or "", child)
            for name, value in child.attrib.items():
                with suppress(ValueError):  # the parser takes names that no tree can be given
                    inner.set(name, value)
            child.tag, child.text = "li", None
            child.append(inner)
        if not child.get(MARK):
            child.set(MARK, "- ")


def _as_text(root: Element) -> Element:
    """The text alone, a paragraph for each block."""
    lines = [""]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if tag(element) in _BLOCKS or tag(element) == "br":
            lines.append("")
        lines[-1] += (element.text if event == "start" else element.tail) or ""
    return new("div", children=[new("p", line.strip()) for line in lines if line.strip()])

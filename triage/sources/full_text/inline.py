"""What stands within a paragraph: fonts, links, raised and lowered text, as the few elements Markdown has."""

import re
from urllib.parse import quote, urljoin, urlsplit

from triage.sources.full_text import formulas
from triage.sources.full_text.tree import Element, emptied, has, new, tag, whole

_BOLD = ("ltx_font_bold",)
_ITALIC = ("ltx_font_italic", "ltx_font_slanted", "ltx_emph")
_CODE = ("ltx_font_typewriter", "ltx_verbatim", "ltx_lstlisting")
_STRUCK = ("ltx_ulem_sout", "ltx_ulem_xout", "ltx_framed_strikeout", "ltx_strike")
_MISSING = ("ltx_missing_label", "ltx_missing_citation")
_SIMPLE = re.compile(r"[\w\s+\-−,*∗†‡§¶♯()]+")
_LONGEST_SCRIPT = 40
_SAFE = "!#$%&'*+,/:=?@[]~-._"
"""What of a link stays as it is; brackets and spaces would end it in Markdown."""


def write_out(root: Element, links: "Links") -> None:
    """Name every element below by what it does to its text; `links` says where a link leads."""
    for element in list(root.iter()):
        name = tag(element)
        if name == "a":
            _link(element, links)
        elif name in ("sup", "sub"):
            write_script(element)
        elif name in ("b", "strong", "i", "em", "code", "tt", "kbd", "samp", "s", "del", "span", "cite", "q"):
            _font(element, name)


def _font(element: Element, name: str) -> None:
    if has(element, *_MISSING):
        element.text = (element.text or "").removeprefix("LABEL:")
    is_code = has(element, *_CODE) or name in ("code", "tt", "kbd", "samp")
    if is_code and _is_plain(element) and (told := whole(element)).strip():
        emptied(element, "code").text = told
    elif has(element, *_STRUCK) or name in ("s", "del"):
        element.tag = "del"
    elif has(element, *_BOLD) or name in ("b", "strong"):
        element.tag = "strong"
        if has(element, *_ITALIC):
            _wrap(element, "em")
    elif has(element, *_ITALIC) or name in ("i", "em"):
        element.tag = "em"
    else:
        element.tag = "span"


def _is_plain(element: Element) -> bool:
    """Tell whether there is nothing in an element but text, whatever its fonts."""
    return all(tag(one) == "span" for one in element.iterdescendants())


def _wrap(element: Element, name: str) -> None:
    inner = new(name, element.text or "", element)
    element.text = None
    element.append(inner)


def write_script(element: Element) -> None:
    """Raise or lower text: by characters of its own where every one has them."""
    sign = "^" if tag(element) == "sup" else "_"
    told = (element.text or "").strip()
    element.tag = "span"
    if len(element) or not told:
        return
    if len(told) <= _LONGEST_SCRIPT and _SIMPLE.fullmatch(told):
        element.text = formulas.of_source(f"{{}}{sign}{{{told}}}").shown
    else:
        element.text = told if told[0] in "[(^_" else f"{sign}({told})"


def _link(element: Element, links: "Links") -> None:
    _end_citation(element)
    target = links.target(element.get("href") or "")
    if not target or not whole(element).strip():
        element.tag = "span"
        return
    is_code = has(element, *_CODE)
    element.attrib.clear()
    element.set("href", target)
    if is_code and len(element) == 0 and not (element.text or "").strip().startswith(("http", "www")):
        _wrap(element, "code")


def _end_citation(link: Element) -> None:
    """Take the comma from the end of a citation that has no year behind it: some styles leave `(key, )`."""
    behind = (link.tail or "").lstrip()
    outer = link.getparent()
    if outer is None or not has(outer, "ltx_cite") or behind[:1] not in ("", ")", ";", "]") or len(link):
        return
    link.text = (link.text or "").rstrip(" ,")
    link.tail = behind


class Links:
    """Where the links of one page lead."""

    def __init__(self, url: str) -> None:
        """`url` is where the page was read."""
        self._url = url
        self._here = _page(url)

    def target(self, href: str) -> str:
        """Where a link leads, fit for Markdown: a web or mail address, or `#anchor`; empty for all others."""
        href = href.strip()
        if href in ("", "#"):
            return ""
        if href.startswith("#"):
            return _fit(href)
        try:
            whole = urljoin(self._url, href)
            parts = urlsplit(whole)
        except ValueError:
            return ""
        if parts.scheme == "mailto":
            return _fit(whole)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            return ""
        if parts.fragment and _page(whole) == self._here:
            # arXiv writes the whole address before the anchors of a page itself.
            return _fit("#" + parts.fragment)
        return _fit(whole)

    def anchor(self, href: str) -> str:
        """The anchor within the page that a link leads to; empty for all others."""
        target = self.target(href)
        return target[1:] if target.startswith("#") else ""


def _page(url: str) -> str:
    """What two addresses of one paper's page have in common: neither the host nor the version."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    return re.sub(r"v\d+\Z", "", path.rstrip("/"))


def _fit(link: str) -> str:
    return quote(link, safe=_SAFE)

"""The title that a person would give a web page, and the name of its site."""

import re
from collections.abc import Iterator
from itertools import islice

from triage.sources.page_parts import Parts, text_of

_LONGEST = 500
_SURE = r"\s*(?:\|+|[·•»«›‹❯⋅∙│┃]|::)\s+"
"""What stands between a title and the name of its site, and hardly ever within a title."""
_APART = re.compile(rf"{_SURE}|\s+[-–—:/~\\]\s+")
_BEFORE = re.compile(rf"{_SURE}|\s*[:–—]\s+|\s+[-/~]\s+")
_BY = re.compile(
    r"\s+[|–—-]\s+by\s+(?P<author>[^|–—]{2,60}?)(?:\s+[|–—-]\s+[^|]{1,60}){0,3}\Z", re.IGNORECASE
)
"""`A title | by Ann Author | Press | Medium`, `A title - by Ann Author - Her Letter`."""
_NO_TITLE = re.compile(
    r"home(?: ?page)?|index|untitled(?: document)?|blog|posts?|articles?|document|page|welcome|loading\W*"
    r"|null|undefined|redirecting\W*|new tab|website|start",
    re.IGNORECASE,
)
_NOT_THE_PAGE = re.compile(
    r"(?:please )?(?:sign|log)[ -]?(?:in|on|up)(?: (?:to|with|required)\b.*)?|login(?: page| required)?"
    r"|(?:just a moment|attention required|access (?:to this page has been )?denied|robot check"
    r"|are you (?:a )?(?:robot|human)|human verification|security check(?:point)?|client challenge"
    r"|bot verification|unsupported browser|forbidden|(?:page )?not found)\W*"
    r"|(?:checking your browser|verif(?:y|ying) (?:that )?you are (?:a )?human|one moment,? please"
    r"|please wait|(?:please )?enable (?:javascript|cookies)|javascript (?:is )?(?:required|disabled)"
    r"|before you continue|your connection needs to be verified|subscribe to (?:read|continue))\b.*"
    r"|(?:error )?(?:40[0-9]|410|429|50[0-4])(?:\W{1,5}(?:error|(?:page )?not found|forbidden|unauthorized"
    r"|gone|access denied|bad (?:gateway|request)|internal server|gateway time|too many|service)\b.*)?",
    re.IGNORECASE,
)
"""What a page is called that a site shows instead of the one that was asked for."""
_SIGN_IN = re.compile(r"(?:log|sign)[-_]?in|/sso\b|/auth\b|/session/new", re.IGNORECASE)


def title_of(parts: Parts) -> str:
    """The title without the name of the site before or behind it; empty where the page says none."""
    names = _site_names(parts)
    heading = _heading(parts)
    tag = parts.tag("title")
    told = [
        _without_site(parts.without_place(one), names, heading, is_tag=one == tag)[:_LONGEST].rstrip()
        for one in _candidates(parts)
        if one
    ]
    telling = [one for one in told if _squeezed(one) not in names and not _NO_TITLE.fullmatch(one)]
    if not telling:
        # A site's first page is called as the site is.
        return next((one for one in told if _squeezed(one) in names), "")
    others = [*telling, heading]
    return _in_lower_case(_whole(telling[0], others), others)


def author_in_title(parts: Parts) -> str:
    """The author that some sites put into the title: `A title | by Ann Author | Medium`."""
    found = _BY.search(parts.tag("title")[:_LONGEST])
    return found["author"] if found is not None else ""


def site_of(parts: Parts) -> str:
    """Who publishes the page, by name; else its host."""
    sites = (parts.text(thing) for thing in parts.of_type("website"))
    return (
        parts.first("og:site_name", "citation_journal_title")
        or _in_title(parts)
        or parts.text(parts.linked.get("publisher"))
        or next((name for name in sites if name), "")
        or parts.first("citation_publisher", "dc.publisher", "application-name", "apple-mobile-web-app-title")
        or parts.first("citation_conference_title")
        or parts.host
    )


def shown_instead(parts: Parts, asked: str) -> str:
    """What a site shows instead of the page that was asked for: one to sign in at; empty when it does not."""
    title = parts.tag("title")[:_LONGEST]
    called = _without_site(title, _site_names(parts), "", is_tag=False)
    if _NOT_THE_PAGE.fullmatch(called) or any(
        _NOT_THE_PAGE.fullmatch(one) for one in _APART.split(title)[:2]
    ):
        return title
    elsewhere = _SIGN_IN.search(parts.url) is not None and _SIGN_IN.search(asked) is None
    if elsewhere and any(True for _ in parts.chosen("input[type=password]", 1)):
        return title or "a page to sign in at"
    return ""


def _candidates(parts: Parts) -> Iterator[str]:
    title, name = parts.tag("title"), parts.told("name")
    yield from parts.all("citation_title", "og:title", "twitter:title", "parsely-title", "sailthru.title")
    if name and title.startswith(name):
        # Wikipedia's headline is what it says of the thing, and not its name.
        yield name
    yield parts.told("headline")
    yield from parts.all("dc.title", "dcterms.title")
    yield title
    yield name
    yield from parts.all("title")
    yield _heading(parts)


def _heading(parts: Parts) -> str:
    """The heading of the page's text; that of the whole page may be the site's name."""
    found = parts.chosen("article h1, main h1, [role=main] h1, h1", 10)
    inside = [tag for tag in found if tag.find_parent(["article", "main"]) is not None]
    return next((text for tag in (*inside, *found) if (text := text_of(tag))), "")[:_LONGEST]


def _site_names(parts: Parts) -> set[str]:
    """How the site may be called in a title, squeezed."""
    labels = parts.host.split(".")
    names = parts.all(
        "og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site", "al:ios:app_name"
    )
    found = {
        *names,
        parts.host,
        ".".join(labels[-2:]),
        *labels[:-1],
        parts.text(parts.linked.get("publisher")),
        # A site of one person is called as that person is.
        parts.first("author"),
    }
    found |= {parts.text(thing) for thing in (*parts.of_type("website"), *parts.of_type("organization"))}
    return {_squeezed(name) for name in found} - {""}


def _in_title(parts: Parts) -> str:
    """The site's name where the title has it: what is before or behind a separator and in the host's name."""
    labels = {_squeezed(label) for label in parts.host.split(".")[:-1]}
    pieces = _APART.split(parts.tag("title")[:_LONGEST])
    if len(pieces) < 2:
        pieces = _BEFORE.split(parts.tag("title")[:_LONGEST])
    ends = (pieces[-1], pieces[0]) if len(pieces) > 1 else ()
    return next((piece for piece in ends if _squeezed(piece) in labels), "")


def _without_site(title: str, names: set[str], heading: str, *, is_tag: bool) -> str:
    """A title without the site's names at its ends; `is_tag` for the page's title, which mostly holds one."""
    if heading and _squeezed(heading) not in names and title != heading:
        before = any(title.startswith(heading + mark[0]) for mark in islice(_APART.finditer(title), 10))
        behind = any(title.endswith(mark[0] + heading) for mark in islice(_BEFORE.finditer(title), 10))
        if before or behind:
            return heading
    shorter = _BY.sub("", title)
    # `Home » Blog » A title`: the way there.
    while (mark := re.search(_SURE, shorter)) and _NO_TITLE.fullmatch(shorter[: mark.start()]):
        shorter = shorter[mark.end() :]
    for _ in range(3):
        shorter = _shorter(shorter, names)
    return _without_some_name(title) if is_tag and shorter == title else shorter


def _shorter(title: str, names: set[str]) -> str:
    """A title without one name of the site at its end or its start."""
    last = next(reversed(list(_APART.finditer(title))), None)
    if last is not None and last.start() and _squeezed(title[last.end() :]) in names:
        return title[: last.start()]
    first = _BEFORE.search(title)
    if first is not None and title[first.end() :] and _squeezed(title[: first.start()]) in names:
        return title[first.end() :]
    return title


def _without_some_name(title: str) -> str:
    """A title without what is short and stands behind a bar: the site's name, though nothing else says so."""
    last = next(reversed(list(re.finditer(_SURE, title))), None)
    end = title[last.end() :] if last is not None else ""
    if last is None or len(end) > 30 or len(end.split()) > 4 or len(end) >= last.start() or end[:1].isdigit():
        return title
    return title[: last.start()]


def _whole(title: str, others: list[str]) -> str:
    """A title that is cut as another part of the page has it whole, where one does."""
    if not title.endswith(("…", "...")):
        return title
    start = title.rstrip("….").rstrip()
    return next((one for one in others if one.startswith(start) and len(one) > len(title)), title)


def _in_lower_case(title: str, others: list[str]) -> str:
    """A title that is all in capitals as another part of the page writes it, where one does."""
    if not title.isupper() or len(title.split()) < 2:
        return title
    return next((one for one in others if one.casefold() == title.casefold() and not one.isupper()), title)


def _squeezed(name: str) -> str:
    """A name as it is compared: `The New York Times` is `newyorktimes`."""
    return re.sub(r"[\W_]+", "", re.sub(r"\A(?:the|www\.)\s*", "", name.casefold()))

"""What is known of a link that leads to no web page but to a PDF, a text, a picture or another file."""

import re
from collections.abc import Iterator
from contextlib import suppress
from email.message import Message
from urllib.parse import unquote, urlsplit

from triage import clean
from triage.sources.http import Answer
from triage.sources.page_parts import one_line

_LONGEST = 300
_NO_TITLE = re.compile(
    r"(?:untitled|title|document|slide|powerpoint|presentation|paper|main|template|temp|doc|output|manuscript)"
    r"[ _-]?\d*"
    r"|[\w.-]+\.(?:pdf|docx?|dvi|tex|ps|indd|pptx?|rtf|odt|qxd|fm|xlsx?|p65)|doi:.*|\S*\\\S*|[\W\d_]*",
    re.IGNORECASE,
)
_PROGRAM = re.compile(
    r"\A(?:Microsoft (?:Word|PowerPoint)\s*-\s*)|\.(?:docx?|pptx?|tex|dvi|indd|rtf)\Z", re.IGNORECASE
)
_XMP = re.compile(rb"<dc:title>\s*<rdf:Alt>\s*<rdf:li[^>]{0,100}>([^<]{1,2000})</rdf:li>")
_INFO = re.compile(rb"/Info\s+(\d{1,9})\s+(\d{1,5})\s+R")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_CONTROL = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b"", b"\n": b"", b"\r\n": b"", b"\r": b""}


def title_of(answer: Answer, url: str, kind: str) -> str:
    """The file's own title, else one of its name; empty where it has neither."""
    if kind == "application/pdf":
        told = _of_pdf(answer.body)
    elif kind.startswith("text/"):
        told = _of_text(answer.body.decode("utf-8", "replace")[:4000])
    else:
        told = ""
    return told or _of_name(_name(answer, url))


def _name(answer: Answer, url: str) -> str:
    """The name of the file: what the server calls it, else the end of the link."""
    header = Message()
    header["content-disposition"] = answer.headers.get("content-disposition", "")
    named: str | None = None
    with suppress(LookupError, ValueError):
        named = header.get_filename()
    return clean.line(named or unquote(urlsplit(url).path.rpartition("/")[2], errors="replace"))


def _of_name(name: str) -> str:
    """A file's name as a title: `how-to-count_v2.pdf` is `how to count v2`, `1234.pdf` itself, `7` none."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}\Z", "", name)
    words = " ".join(re.split(r"[\s_+-]+", stem)).strip()
    if re.search(r"[^\W\d_]{2}", words):
        return _cut(words)
    return _cut(name) if re.search(r"[^\W\d_]", name) else ""


def _of_text(text: str) -> str:
    """The title of a plain text: the first heading of Markdown, else a first line that reads like one."""
    front = re.search(r"\A---\n(?:.*\n){0,30}?title:\s*[\"']?(.+?)[\"']?\s*\n", text)
    if front is not None:
        return _cut(clean.line(front[1]))
    lines = [line.strip() for line in text.splitlines()[:30] if line.strip()]
    heading = next((line.strip("# ") for line in lines if re.match(r"#{1,2}\s+\S", line)), "")
    first = lines[0].strip("=*#-_ ") if lines else ""
    alone = (
        first if 3 <= len(first) <= 120 and "   " not in first and not first.endswith((",", ";", "{")) else ""
    )
    return _cut(clean.line(heading or alone))


def _cut(title: str) -> str:
    return title[:_LONGEST].rstrip()


def _of_pdf(data: bytes) -> str:
    """The title in a PDF's metadata (ISO 32000-1, 14.3), where that stands uncompressed and is one."""
    if b"/Encrypt" in data:
        return ""
    for told in _in_metadata(data):
        title = clean.line(_PROGRAM.sub("", _PROGRAM.sub("", told.strip())))
        if title and not _NO_TITLE.fullmatch(title):
            return _cut(title)
    return ""


def _in_metadata(data: bytes) -> Iterator[str]:
    for found in list(_XMP.finditer(data))[-1:]:
        yield one_line(found[1].decode("utf-8", "replace").replace("&lt;", "<").replace("&gt;", ">"))
    for number, generation in {(found[1], found[2]) for found in list(_INFO.finditer(data))[-3:]}:
        start = re.search(rb"(?<!\d)%b\s+%b\s+obj" % (number, generation), data)
        if start is not None:
            body = data[start.end() : start.end() + 8000].partition(b"endobj")[0]
            at = re.search(rb"/Title\s*(?=[(<])", body)
            if at is not None:
                yield _string(body[at.end() :])


def _string(data: bytes) -> str:
    """A PDF's string (7.3.4) at the start of some bytes."""
    if data.startswith(b"<"):
        digits = re.sub(rb"\s", b"", data[1:].partition(b">")[0])
        try:
            return _decoded(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii")))
        except ValueError:
            return ""
    depth, end = 0, 0
    while end < len(data):
        char = data[end : end + 1]
        depth += (char == b"(") - (char == b")")
        end += 2 if char == b"\\" else 1
        if depth == 0:
            break
    return _decoded(_ESCAPE.sub(lambda found: _unescaped(found[1]), data[1 : end - 1])) if depth == 0 else ""


def _unescaped(code: bytes) -> bytes:
    if code[:1].isdigit() and code[:1] < b"8":
        return bytes([int(code, 8) & 0xFF])
    return _CONTROL.get(code, code)


def _decoded(data: bytes) -> str:
    if data.startswith(b"\xfe\xff"):
        return data[2:].decode("utf-16-be", "replace")
    if data.startswith(b"\xff\xfe"):
        return data[2:].decode("utf-16-le", "replace")
    return data.removeprefix(b"\xef\xbb\xbf").decode(
        "utf-8" if data.startswith(b"\xef\xbb\xbf") else "cp1252", "replace"
    )

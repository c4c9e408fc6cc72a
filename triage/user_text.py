"""The user's own text as it is stored and exported; how it is displayed is `clean`'s."""


def user_text(text: str) -> str:
    """The user's text as it is stored: CRLF becomes LF, blank lines at both ends go, nothing else."""
    return trimmed(text.replace("\r\n", "\n"))[1]


def trimmed(text: str) -> tuple[str, str, str]:
    """Part a text into the blank lines before it, itself, and the line ends and blank lines after it."""
    blank = " \t\n"
    start = text.rfind("\n", 0, len(text) - len(text.lstrip(blank))) + 1
    core = len(text.rstrip(blank))
    if core == 0:
        return "", "", text
    line_end = text.find("\n", core)
    stop = len(text) if line_end < 0 else line_end
    return text[:start], text[start:stop], text[stop:]


def from_file(data: bytes) -> str:
    """The text of a file that an editor may have saved in another encoding: nothing typed is lost.

    Line ends become line feeds where the file has no other.
    """
    text = _decoded(data)
    return text.replace("\r\n", "\n") if text.count("\r\n") == text.count("\n") else text


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding, "surrogatepass" if encoding == "utf-8-sig" else "strict")
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")

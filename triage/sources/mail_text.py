"""The plain text of a saved mail, whatever way it was packed in (RFC 5322, MIME)."""

import codecs
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from typing import NamedTuple

from triage import clean

_LARGEST = 20 * 1024 * 1024
"""Bytes; no mailing has a tenth of it."""
_CHARACTER_SETS = re.compile(r"us-ascii|utf-8|iso-8859-\d{1,2}|windows-125\d", re.IGNORECASE)


class Text(NamedTuple):
    """One text of a mail."""

    kind: str
    """`text/plain` or `text/html`."""
    subject: str
    """Of the mail it is in, which may be attached to another."""
    to: str
    body: str
    """Clean; its lines end with `\\n`."""


def texts(saved: bytes) -> list[Text]:
    """The texts of a mail and of those attached to it, in order; none of what is too large or too deep."""
    if len(saved) > _LARGEST:
        return []
    try:
        return list(_texts(message_from_bytes(_plain_bytes(saved)), "", ""))
    except RecursionError:
        return []


def _plain_bytes(saved: bytes) -> bytes:
    """A mail saved by a text editor as it was before: without its byte order mark."""
    for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        if saved.startswith(mark):
            return saved.decode("utf-16", "replace").encode()
    return saved.removeprefix(codecs.BOM_UTF8)


def _texts(message: Message, subject: str, to: str) -> Iterator[Text]:
    subject = _header(message, "Subject") or subject
    to = _header(message, "To") or to
    payload = message.get_payload()
    if isinstance(payload, list):
        for part in payload:
            if isinstance(part, Message):
                yield from _texts(part, subject, to)
    elif (kind := message.get_content_type()) in ("text/plain", "text/html"):
        yield Text(kind, subject, to, clean.clean(_decoded(message)))


def _decoded(message: Message) -> str:
    # Python also has codecs that are no character sets, and some that can be made slow.
    named = message.get_content_charset() or ""
    encoding = named if _CHARACTER_SETS.fullmatch(named) else "utf-8"
    content = message.get_payload(decode=True)
    try:
        return content.decode(encoding, "replace") if isinstance(content, bytes) else ""
    except LookupError:
        return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""


def _header(message: Message, name: str) -> str:
    raw = str(message.get(name, ""))
    try:
        return clean.line(str(make_header(decode_header(raw))))
    except (MessageError, ValueError, LookupError):
        return clean.line(raw)

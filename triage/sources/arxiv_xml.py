"""The XML that arXiv's feeds and API answer with, parsed strictly: anything else becomes a sentence."""

from lxml import etree

from triage import xml_bytes
from triage.ports import Unreachable


def parse_xml(body: bytes, wanted: str, where: str) -> etree._Element:
    """The root of a whole, well-formed document without entities of its own.

    `wanted` and `where` say in sentences what was asked for and of whom. Raises Unreachable.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, recover=False, load_dtd=False
    )
    try:
        root = etree.fromstring(xml_bytes.mended(body), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise not_a_listing(body, wanted, where) from error
    if root.tag == "html":
        raise not_a_listing(body, wanted, where)
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreachable(
            f"{where} sent an answer for {wanted} that declares entities of its own; it was refused."
        )
    return root


def not_a_listing(body: bytes, wanted: str, where: str) -> Unreachable:
    """What to say of bytes that are not the feed that was asked for."""
    start = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        what = "an empty answer"
    elif b"<html" in start or start.startswith(b"<!doctype html"):
        what = "a web page, not a listing,"
    elif start.startswith((b"<?xml", b"<rss", b"<feed", b"\xff\xfe", b"\xfe\xff")):
        what = "a listing that is cut short or damaged"
    else:
        what = "something that is not a listing"
    return Unreachable(
        f"{where} sent {what} for {wanted}. What was fetched before stays; try again in some minutes."
    )

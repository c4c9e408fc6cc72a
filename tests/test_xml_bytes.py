"""A feed's bytes reach a strict parser, whatever one character in them is."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from triage import xml_bytes


def _text_of(data: bytes) -> str:
    root = etree.fromstring(xml_bytes.mended(data), etree.XMLParser(recover=False, resolve_entities=False))
    return str(root.xpath("string()"))


@pytest.mark.parametrize(
    ("feed", "text"),
    [
        (
            b"<a>ESC &#27; &#x1B; raw \x1b nul \0 ok &#233;</a>",
            "ESC \ufffd \ufffd raw \ufffd nul \ufffd ok é",
        ),
        (
            b"<a>&#xD800; &#x110000; &#0; &#99999999999999999999; &#0000065;</a>",
            "\ufffd \ufffd \ufffd \ufffd A",
        ),
        (b"<a>caf\xe9</a>", "caf\ufffd"),
        (b'<?xml version="1.0" encoding="iso-8859-1"?><a>caf\xe9</a>', "café"),
        ('<?xml version="1.0" encoding="utf-16"?><a>café</a>'.encode("utf-16"), "café"),
        ("<a>café</a>".encode("utf-16-be"), "café"),
        (b"\xef\xbb\xbf<a>\xc3\xa9</a>", "é"),
        (b'<?xml version="1.0" encoding="unicode_escape"?><a>\\x41</a>', "\\x41"),
        (b'<?xml version="1.0" encoding="no-such"?><a>x</a>', "x"),
        (b"<a><![CDATA[&#27; is written]]>&#27;</a>", "&#27; is written\ufffd"),
        (b"<a>&#" + b"9" * 5000 + b";</a>", "\ufffd"),
    ],
)
def test_one_bad_character_never_costs_a_listing(feed: bytes, text: str) -> None:
    assert _text_of(feed) == text


def test_a_feed_that_was_cut_off_still_fails_to_parse() -> None:
    feed = '<?xml version="1.0" encoding="utf-8"?><rss><item>caf\u00e9</item><item>two</item></rss>'.encode()
    assert _text_of(feed) == "cafétwo"
    for length in range(len(feed)):
        with pytest.raises(etree.XMLSyntaxError):
            _text_of(feed[:length])


@given(st.binary())
def test_any_bytes_become_utf_8_that_xml_allows(data: bytes) -> None:
    text = xml_bytes.mended(data).decode()
    assert not [c for c in text if ord(c) < 0x20 and c not in "\t\n\r"]


@pytest.mark.parametrize("hostile", ["<![CDATA[", "&#", "&#1", "<!--", "<?xml", "\x1b"])
def test_a_megabyte_of_anything_takes_no_time(hostile: str) -> None:
    data = (hostile * (1_000_000 // len(hostile))).encode()
    before = time.process_time()
    xml_bytes.mended(data)
    assert time.process_time() - before < 5

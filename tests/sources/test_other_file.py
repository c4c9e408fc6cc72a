"""Links to files that are no web pages: a PDF by its own title or its name, a text, a picture."""

import time

import pytest

from tests.sources.test_web_page import parse
from triage.paper import Paper
from triage.sources import web_page
from triage.sources.http import Answer


def pdf(info: bytes = b"", more: bytes = b"") -> bytes:
    document = b"1 0 obj\n<< /Type /Catalog >>\nendobj\n7 0 obj\n<< /Producer (x) " + info + b" >>\nendobj\n"
    return b"%PDF-1.5\n" + document + more + b"trailer\n<< /Root 1 0 R /Info 7 0 R >>\n%%EOF"


def read(body: bytes, url: str, kind: str = "application/pdf", **headers: str) -> Paper:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return web_page.parse(Answer(url, 200, body, {"content-type": kind} | named), url)


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (pdf(b"/Title (Attention Is All You Need)"), "Attention Is All You Need"),
        (
            pdf(rb"/Title (Brackets \(and\) (nested) \134 \101 two\nlines)"),
            r"Brackets (and) (nested) \ A two lines",
        ),
        (pdf(b"/Title <FEFF0141006F0064017A>"), "Łodź"),
        (pdf(b"/Title (\xfe\xff\x01\x41\x00o\x00d\x01\x7a)"), "Łodź"),
        (pdf(b"/Title (Caf\xe9 \x96 au lait)"), "Café – au lait"),
        (pdf(b"/Title (Microsoft Word - Annual report.docx)"), "Annual report"),
        (
            pdf(more=b"<dc:title>\n<rdf:Alt><rdf:li xml:lang='x'>In &amp; XMP</rdf:li></rdf:Alt></dc:title>"),
            "In & XMP",
        ),
        (pdf(b"/Title (untitled)"), "a study of files"),
        (pdf(b"/Title (main.dvi)"), "a study of files"),
        (pdf(b"/Title ()"), "a study of files"),
        (pdf(b"/Title (\x80\x12 secret) ", b"/Encrypt 9 0 R"), "a study of files"),
        (pdf(more=b"9 0 obj << /Title (An outline item) >> endobj"), "a study of files"),
        (pdf(b"/Title (never closed"), "a study of files"),
        (b"%PDF-1.4", "a study of files"),
    ],
)
def test_a_pdf_has_its_own_title_or_that_of_its_name(body: bytes, title: str) -> None:
    assert read(body, "https://a.example/papers/a-study_of%20files.pdf").title == title


def test_a_pdf_is_known_by_its_bytes_whatever_the_server_says() -> None:
    page = read(pdf(b"/Title (A study)"), "https://a.example/x?download=1", "text/html")
    assert (page.title, page.site, page.id) == ("A study", "a.example", "https://a.example/x?download=1")


@pytest.mark.parametrize(
    ("url", "kind", "headers", "title"),
    [
        ("https://a.example/How%20to-count_v2.pdf", "application/pdf", {}, "How to count v2"),
        ("https://a.example/1234.pdf", "application/pdf", {}, "1234.pdf"),
        (
            "https://a.example/get?id=7",
            "application/pdf",
            {"content_disposition": 'inline; filename="the-report.pdf"'},
            "the report",
        ),
        (
            "https://a.example/x",
            "image/png",
            {"content_disposition": "attachment; filename*=UTF-8''%C5%81%C3%B3d%C5%BA.png"},
            "Łódź",
        ),
        ("https://a.example/diagram-of-attention.png", "image/png", {}, "diagram of attention"),
        ("https://a.example/talk.mp4", "video/mp4", {}, "talk"),
        ("https://a.example/data.v1.2.tar.gz", "application/gzip", {}, "data.v1.2.tar"),
        ("https://a.example/%1b%5b31mred.zip", "application/zip", {}, "[31mred"),
        ("https://a.example/%ff%fe.zip", "application/zip", {}, "��.zip"),
    ],
)
def test_the_name_of_a_file_is_its_title(url: str, kind: str, headers: dict[str, str], title: str) -> None:
    assert read(b"\x00\x01", url, kind, **headers).title == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# How to count\n\nFirst, begin.", "How to count"),
        ('---\nlayout: post\ntitle: "How to count"\n---\nText', "How to count"),
        ("How to count\n============\n\nFirst, begin.", "How to count"),
        ("Network Working Group                        J. Doe\n", "notes on counting"),
        ("#include <stdio.h>\nint main() {", "include <stdio.h>"),
        ("\n \n", "notes on counting"),
    ],
)
def test_a_plain_text_has_a_heading_or_a_name(text: str, title: str) -> None:
    assert (
        read(text.encode(), "https://a.example/notes-on-counting.md", "text/plain; charset=utf-8").title
        == title
    )


def test_html_that_is_said_to_be_plain_text_is_read_as_what_it_is() -> None:
    assert parse(b"<!DOCTYPE html><title>A post</title>", "text/plain").title == "A post"


@pytest.mark.parametrize(
    "body",
    [
        pdf(b"/Title (" + b"(" * 100_000),
        pdf(b"/Title <" + b"4 " * 100_000),
        b"%PDF-1.4" + b"/Info 1 0 R" * 100_000,
        b"%PDF-1.4" + b"<dc:title>" * 200_000,
        b"%PDF-1.4" + b"<dc:title>" + b" " * 2_000_000,
        b"%PDF-1.4 /Info 1 0 R" + b"1 0 obj /Title " * 100_000,
    ],
)
def test_a_pdf_made_to_hang_is_read_at_once(body: bytes) -> None:
    started = time.process_time()
    assert read(body, "https://a.example/a-study.pdf").title
    assert time.process_time() - started < 2

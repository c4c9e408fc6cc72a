"""Inputs that did what nobody had declared, cut to what mattered; each is tried in every run."""

from tests.fuzz import stored
from tests.fuzz.sources import full_text_of

MENDED: dict[str, tuple[bytes, ...]] = {
    "web page": (b"<meta charset=\x1b[31mtf-8>\xff", b"<title>" + b"A # " * 200 + b"</title>"),
    "file on the web": (b"text/plain\n" + b"A # " * 80,),
    "redirect": (
        b"https://a.example/\nhttp://[::1",
        "https://a.example/\nhttps://x@exampl\x9fe".encode("latin-1"),
    ),
    "full text": (
        full_text_of('<ul><a x_(y)"="" href="#b">one</a></ul>'),
        full_text_of('<p>a</p><div cl&#27;ib1">[1]</div>'),
        full_text_of("<p>a&#27;[77;7m&#x1b</p><nav>gone</nav>&#7;b\x1b"),
        b"<html><title>a\x1b[77;7m&#27;</title></html>",
    ),
    "paste": (b"https://www.://th/9901001 https://www./.org/b",),
    "bibtex": (b"T\xffA\xffR\xff\xc2\x85\xc2\x9b77;7m",),
    "paper file": (b"\xff\xff\xff\xed\xa0\x80",),
    "request clock": (b'{"arxiv.org": {"last": %b, "held_at": 0, "held_for": 0}}' % (b"9" * 400),),
    "ledger.json": (b'{"form": 2, "categories": {}, "read": {"2026-11-20": [Infinity, 1]}}',),
    "kept page": (b'{"form": Infinity}\n<html>',),
    "day file": tuple(
        stored.DAY_FILE.replace(b",0,", number, 1)
        for number in (b",1e3,", b",-1,", b"," + b"9" * 30 + b",", b",true,", b',"0",')
    ),
    "keyboard": (
        b"\x1b[:01~k",
        b"\x1b[1114112u",
        b"\x1b[48;1;1;0;0t\x1b[<0;1;1M",
        b"\x1b[" + b"9" * 25 + b"u",
    ),
}

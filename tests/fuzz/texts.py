"""What people write: posts, notes, comments, TeX, and what they paste or press."""

import re
from dataclasses import replace
from itertools import count
from unicodedata import normalize

from textual import events

from tests.fuzz.target import Target, text, texts
from tests.test_post import FRONT, POST
from triage import clean, comment, front_matter, post, quote, sentences, shown, tex, user_text, web_link
from triage.hand_edits import reading as by_hand
from triage.hand_edits.base import Base
from triage.hand_edits.entries import By
from triage.hand_edits.merging import merged
from triage.haul import Comment, Entry, Field, Haul
from triage.pasted import named_in
from triage.tui.pastes import Pastes
from triage.tui.sequences import EscapeFirst
from triage.tui.widgets.markdown_blocks import drawn, markdown
from triage.word_diff import How, word_diff

_HARMFUL = re.compile(
    "[\0-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u061c\ufeff\ud800-\udfff]"
)
_CARD = (
    '<blockquote>\n    <a href="https://x.y">\n    <h4>t</h4>\n    <p>\n    e\n    </p>\n    </a>\n'
    "</blockquote>"
)
_POST_WORDS = tuple(
    word.encode()
    for word in (
        "<hr/>\n",
        "<br/>\n",
        "---\n",
        post.COMMENTS,
        post.CONTENT,
        _CARD,
        "\n\n",
        "\r\n",
        "- ",
        "&amp;",
        "\ufeff",
    )
)
_MARKS = (
    b"`",
    b"*",
    b"_",
    b"[x](y)",
    b"<br/>",
    b"> ",
    b"- ",
    b"|-|\n",
    b"```\n",
    b"\n\n",
    b"&#27;",
    b"~~",
    b"![",
    b"\\",
)
_TEX = tuple(
    word.encode()
    for word in (
        "$", "$$", "\\(", "\\)", "\\[", "{", "}", "^{", "_{", "\\frac", "\\mathbb{", "\\'", "\\begin{align}",
        "\\end{align}", "\\text{", "\\left(", "\\right", "\\sqrt[", "\\href{", "\\verb|", "``", "''", "--",
        "~", "%", "\\\\", "\\over", "\\ce{", "&", "\\hat", "\\def", "\\input{/etc/passwd}",
    )
)  # fmt: skip


def harmless(seen: str) -> None:
    """What is shown holds nothing that a terminal obeys."""
    assert _HARMFUL.search(seen.replace("\n", "")) is None, repr(seen)


def _post(data: bytes) -> None:
    whole = text(data)
    reading = post.read(whole)
    assert post.write(reading.haul) == whole
    assert all(one.line >= 1 and one.why for one in reading.unread)
    back = Haul.from_document(reading.haul.as_document("h"), reading.haul.comment_documents("h"))
    assert post.write(back) == whole
    Base.of(reading.haul).alike(Base.of(back))


def _note(data: bytes) -> None:
    """A note and a comment that nothing is named in read back equal."""
    note, said, title = texts(data, 3)
    note, said, title = user_text.user_text(note), user_text.user_text(said), clean.line(title)
    comments = (Comment("", said),) if said and post.faults_in_comment(said) is None else ()
    entry = Entry("https://a.b", "https://a.b", title, "e", note if post.faults_in_note(note) is None else "")
    written = post.write(
        Haul(None, FRONT, comments, (entry, replace(entry, key="https://c.d", link="https://c.d")))
    )
    reading = post.read(written)
    assert [one.note for one in reading.haul.entries] == [entry.note] * 2
    assert [one.title for one in reading.haul.entries] == [title] * 2
    assert [comment.write(one) for one in reading.haul.comments] == [comment.write(one) for one in comments]
    assert post.write(reading.haul) == written


def _front(data: bytes) -> None:
    lines = text(data).split("\n")
    front, _ = front_matter.read(lines)
    assert front_matter.write(front) == "\n".join(["---", *lines, "---", ""])
    value, key = texts(data, 2)
    again, unread = front_matter.read(front_matter.write([Field("title", value)]).split("\n")[1:-2])
    assert again == (Field("title", value),)
    assert unread == ()
    assert front_matter.scalar(key, value).isprintable()


_READ = post.read(POST).haul
_OURS = replace(
    _READ, comments=tuple(replace(one, key=f"comment-{at}") for at, one in enumerate(_READ.comments))
)


def _hand_edit(data: bytes) -> None:
    found = by_hand.reading(data, _OURS, "ML Arxiv Haul ~{number}")
    numbers = count()
    made = merged(
        None, _OURS, found.haul, By("haul-3.md", "2026-11-20"), notes={}, new_id=lambda: f"c{next(numbers)}"
    )
    again = by_hand.reading(post.write(made.haul).encode("utf-8", "surrogatepass"), made.haul, "x")
    assert post.write(again.haul) == post.write(made.haul)


def _tex(data: bytes) -> None:
    source = text(data)
    seen = tex.to_unicode(source)
    if not re.search(r"[\\$~`^_{}-]", source):
        assert seen == source
    harmless(shown.text("2306.07899", source))
    assert "\n" not in shown.text("2306.07899", source)
    harmless(clean.line(tex.formula(source)))


def _pasted(data: bytes) -> None:
    for one in named_in(text(data)):
        if "://" in one.key:
            assert web_link.is_safe(one.key), one
            assert all(web_link.is_safe(link) for link in web_link.same_page(one.key))
        else:
            assert re.fullmatch(r"(?:[a-z.-]+/\d{7}|\d{4}\.\d{4,6})?", one.key, re.IGNORECASE), one


def _cleaned(data: bytes) -> None:
    source = text(data)
    once = clean.clean(source)
    harmless(once)
    assert clean.clean(once) == once
    assert clean.line(clean.line(source)) == clean.line(source)
    harmless(clean.shown(source))
    assert clean.name(source).isprintable()
    assert len(clean.name(source)) == len(source)
    assert max((len(pile) for pile in re.findall("[\u0300-\u036f]+", once)), default=0) <= 8


def _user_text(data: bytes) -> None:
    read = user_text.from_file(data)
    kept = user_text.user_text(read)
    assert user_text.user_text(kept) == kept or "\r\r" in read
    assert "".join(user_text.trimmed(read)) == read


def _diff(data: bytes) -> None:
    before, after = map(clean.clean, texts(data, 2))
    runs = word_diff(before, after)
    assert [word for run in runs if run.how is not How.REMOVED for word in run.words] == after.split()
    there = [word for run in runs if run.how is not How.ADDED for word in run.words]
    assert [normalize("NFC", word) for word in there] == [normalize("NFC", word) for word in before.split()]


def _markdown(data: bytes) -> None:
    source = text(data)
    for block in (*markdown(source), *drawn(source)):
        if block is not None:
            harmless(block.text.plain)


def _quoted(data: bytes) -> None:
    note, passage = texts(data, 2)
    there = len(note) // 2
    written, at = quote.insert(note, there, passage)
    assert 0 <= at <= len(written)
    assert "".join(note.split()) == "".join(written.replace(quote.as_quote(passage), "", 1).split())
    assert all(line.startswith(">") for line in quote.as_quote(passage).split("\n") if line)
    covered = "".join(note[start:end] for start, end in sentences.spans(note))
    assert "".join(covered.split()) == "".join(note.split())


def _typed(data: bytes) -> None:
    """Whatever a terminal sends, it ends nothing; and of what is pasted nothing is a key."""
    pastes, parser = Pastes(), EscapeFirst()
    half = len(data) // 2
    for piece in (data[:half], data[half:], b"\x1b[201~"):
        for event in parser.feed(pastes.feed(piece.decode("utf-8", "replace")) or "."):
            assert event is not None
    inside = "".join(data.decode("utf-8", "replace").split("\x1b[201~")) + "."
    if "\x1b[201~" in inside:
        return
    pastes, parser = Pastes(), EscapeFirst()
    seen = [*parser.feed(pastes.feed(f"\x1b[200~{inside}\x1b[201~"))]
    assert not [one for one in seen if isinstance(one, events.Key)], inside
    assert [one.text for one in seen if isinstance(one, events.Paste)], inside


TARGETS = (
    Target("post", _post, (POST.encode(), POST.replace("\n", "\r\n").encode()), (), _POST_WORDS, 8192),
    Target("note in a post", _note, (b"A note.\n\n> q\xff- one\n- two\xffA title",), (), _POST_WORDS),
    Target(
        "front matter",
        _front,
        (b"title: x\ntags:\n  - a\n  - b\nseo: {a: 1}\ntext: >\n  one\n# c",),
        (),
        (
            b": ",
            b"- ",
            b"[",
            b"{",
            b"&a",
            b"*a",
            b"!!",
            b"|",
            b">",
            b"'",
            b'"',
            b"\\u",
            b"#",
            b"\xc2\x85",
            b"\n  ",
        ),
    ),
    Target("hand edit", _hand_edit, (POST.encode(),), (by_hand.Unreadable,), _POST_WORDS, 8192),
    Target(
        "tex",
        _tex,
        (
            rb"On $O(n^{2})$ and \'e of $\mathbb{F}_p$, \textbf{bold} ``q''~--- 5\% \href{http://a}{b}",
            rb"\frac{a}{b} \begin{align} x &= y \\ \end{align} \left( \sqrt[3]{x} \right)",
        ),
        (),
        _TEX,
        2048,
    ),
    Target(
        "paste",
        _pasted,
        (b"see arXiv:2306.07899v2, https://arxiv.org/abs/hep-th/9901001 and (www.a.org/b_(c)).",),
        (),
        (
            b"https://",
            b"arxiv.org/abs/",
            b"10.48550/arXiv.",
            b"@",
            b"[::1]",
            b":99999",
            b"2306.07899",
            b"...",
            b")",
        ),
    ),
    Target(
        "clean",
        _cleaned,
        ("a\x1b[31m\u202e\u0301\u0301\ud7ff\u200d\U0001f52c\r\n\x85".encode(),),
        (),
        ("\u0301".encode() * 9, b"\xc2\x9b", b"\xed\xa0\x80", b"\x7f", "\u2066".encode()),
    ),
    Target("user's text", _user_text, (b"\xef\xbb\xbfa\r\n\r\nb\r\n", b"\xff\xfea\0", b"caf\xe9"), ()),
    Target("word diff", _diff, (b"a fast method that works\xffa slow method works well",), ()),
    Target(
        "markdown",
        _markdown,
        (b"# h\n\n- a\n  - b\n\n| a | b |\n|---|---|\n| c | d |\n\n> q `c` [x](y) ![i](j)<br/>",),
        (),
        _MARKS,
        2048,
    ),
    Target(
        "quote",
        _quoted,
        (b"My note.\n\n> old\n\nEnd.\xffA sentence, e.g. this. *And* one_more_.",),
        (),
        _MARKS,
    ),
    Target(
        "keyboard",
        _typed,
        (
            b"k\x1b[A\x1b[<0;10;5M\x1b[200~pasted\x1b[201~n\x1b",
            b"\xff\xfecaf\xe9\x1b[M\xff\xff\xff" + b"\0" * 50,
        ),
        (),
        (
            b"\x1b[",
            b"\x1b[200~",
            b"\x1b[201~",
            b"\x1bO",
            b"\x1b[<0;1;1M",
            b"\x1b[?2048;0$y",
            b"\x1b]",
            b"\xe2\x82",
            b"\x1b[48;1;1;1;1t",
        ),
    ),
)

"""What becomes of a saved mailing, right or wrong."""

from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from tests.arxiv_mails import CROSSES, END, REPLACEMENTS, RULE, mailing
from tests.sources.conftest import PAPERS, paper
from triage.ledger import Sections
from triage.listing_day import Calendar
from triage.network import Announced
from triage.paper import Kind
from triage.ports import Unreachable
from triage.sources import arxiv_mail

REAL = Path(__file__).parents[3] / "shared" / "real" / "email"
real = pytest.mark.skipif(not REAL.is_dir(), reason="the captures are not beside the checkout")
SINCE, UNTIL = datetime(2026, 11, 18, 19, tzinfo=UTC), datetime(2026, 11, 19, 19, tzinfo=UTC)
DAY = date(2026, 11, 20)
LISTED = [PAPERS[0], paper(6), *PAPERS[2:]]
MAIL = mailing(LISTED, SINCE, UNTIL, "cs.CL")
CLASSES = mailing(PAPERS, SINCE, UNTIL, "cs", ["cs.CL", "cs.LG"])


def parse(saved: bytes, calendar: Calendar | None = None) -> tuple[Announced, ...]:
    return arxiv_mail.parse(saved, "today.eml", calendar or Calendar())


def one(saved: bytes) -> Announced:
    (found,) = parse(saved)
    return found


def kinds(found: Announced) -> list[tuple[str, Kind | None]]:
    return [(paper.id[-1], paper.kind) for paper in found.papers]


def test_a_mailing_of_one_category() -> None:
    found = one(MAIL)
    assert (found.category, found.source, found.listed) == ("cs.CL", "mail", DAY)
    assert (found.sections, found.cut_off, found.flagged, found.page) == (Sections(2, 1, 2), False, 0, 0)
    assert kinds(found) == [
        ("1", Kind.NEW),
        ("6", Kind.NEW),
        ("3", Kind.CROSS),
        ("4", Kind.REPLACE),
        ("5", Kind.REPLACE_CROSS),
    ]
    first = found.papers[0]
    assert (first.title, first.authors, first.abstract) == (
        "Title 1",
        ("Ann Author", "Bo Writer"),
        "Abstract 1.",
    )
    assert (first.primary, first.arxiv_comments, first.listed) == ("cs.CL", "12 pages", DAY.isoformat())
    assert (first.published, first.updated) == ("2026-11-18T15:30:00+00:00", None)
    replaced = found.papers[3]
    assert (replaced.published, replaced.updated) == (None, "2026-11-18T15:30:00+00:00")


def test_a_mailing_of_several_categories_is_a_listing_of_each() -> None:
    """What is new in one of them is a cross-list in the other."""
    first, second = parse(CLASSES)
    assert (first.category, second.category) == ("cs.CL", "cs.LG")
    assert kinds(first) == [
        ("1", Kind.NEW),
        ("2", Kind.CROSS),
        ("3", Kind.CROSS),
        ("4", Kind.REPLACE),
        ("5", Kind.REPLACE_CROSS),
    ]
    assert kinds(second) == [("2", Kind.NEW)]
    assert (first.sections, second.sections) == (Sections(1, 2, 2), Sections(1, 0, 0))
    assert first.listed == second.listed == DAY


def test_a_name_of_two_categories_is_that_of_the_archive() -> None:
    papers = [paper(1, Kind.NEW, "stat.ML", "cs.LG")]
    assert one(mailing(papers, SINCE, UNTIL, "stat", ["stat.ML"])).category == "stat.ML"
    assert one(mailing(papers, SINCE, UNTIL, "cs", ["cs.LG"])).category == "cs.LG"


def test_categories_of_combined_archives() -> None:
    papers = [paper(1, Kind.NEW, "hep-th"), paper(2, Kind.NEW, "astro-ph.GA")]
    found = parse(mailing(papers, SINCE, UNTIL, "physics", ["astro-ph.GA", "hep-th"]))
    assert [(each.category, len(each.papers)) for each in found] == [("astro-ph.GA", 1), ("hep-th", 1)]


def test_a_mailing_of_one_archive_says_itself_what_is_new_in_it() -> None:
    papers = [paper(1, Kind.NEW, "astro-ph.GA"), paper(2, Kind.CROSS, "cs.LG", "physics.optics")]
    assert kinds(one(mailing(papers, SINCE, UNTIL, "physics"))) == [("1", Kind.NEW), ("2", Kind.CROSS)]


def test_a_category_without_papers_has_an_empty_listing() -> None:
    *_, empty = parse(mailing(PAPERS, SINCE, UNTIL, "cs", ["cs.CL", "cs.LG", "cs.GT"]))
    assert (empty.category, empty.papers, empty.sections, empty.listed) == ("cs.GT", (), Sections(), DAY)


def test_a_paper_of_no_category_of_the_mailing_is_not_lost_in_silence() -> None:
    with pytest.raises(Unreachable, match=r"2611\.00001 is in none of its categories cs\.LG, cs\.GT"):
        parse(mailing(PAPERS, SINCE, UNTIL, "cs", ["cs.LG", "cs.GT"]))


@pytest.mark.parametrize(
    ("since", "until", "listed"),
    [
        ("Tue 14 Jul 26 18:00:00", "Wed 15 Jul 26 18:00:00", date(2026, 7, 16)),
        ("Thu 19 Nov 26 19:00:00", "Fri 20 Nov 26 19:00:00", date(2026, 11, 23)),
        ("Fri 20 Nov 26 19:00:00", "Mon 23 Nov 26 19:00:00", date(2026, 11, 24)),
        ("Wed 25 Nov 2026 19:00:00", "Fri 27 Nov 2026 19:00:00", date(2026, 11, 30)),
    ],
)
def test_the_time_of_submission_gives_the_listing_day(since: str, until: str, listed: date) -> None:
    content = MAIL.replace(b"Thu 19 Nov 26 19:00:00", b"UNTIL").replace(b"Wed 18 Nov 26 19:00:00", b"SINCE")
    content = content.replace(b"UNTIL", until.encode()).replace(b"SINCE", since.encode())
    assert one(content).listed == listed


def test_the_holidays_of_the_config_count() -> None:
    (found,) = parse(MAIL, Calendar().with_holidays([date(2026, 11, 19)]))
    assert found.listed == date(2026, 11, 23)


def as_mail(cte: str, charset: str = "utf-8") -> bytes:
    """The mailing as a mail program saves it."""
    head, _, text = MAIL.decode().partition("\n\n")
    mail = EmailMessage()
    mail["From"] = "no-reply@arXiv.org"
    mail["Subject"] = next(line for line in head.splitlines() if line.startswith("Subject")).partition(": ")[
        2
    ]
    mail.set_content(text, charset=charset, cte=cte)
    return bytes(mail)


def test_however_the_mail_is_packed() -> None:
    """A27, and MIME: encodings, line ends, a byte order mark, UTF-16, a mail attached to a mail."""
    plain = one(MAIL)
    attached = EmailMessage()
    attached["Subject"] = "Fwd: look at this"
    attached.set_content("See below.")
    inner = EmailMessage()
    inner["Subject"] = "cs.CL daily 2 new + 1 crosses received"
    inner.set_content(MAIL.decode().partition("\n\n")[2])
    attached.add_attachment(inner)
    for saved in (
        MAIL.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + MAIL,
        MAIL.decode().encode("utf-16"),
        b"From no-reply@arxiv.org Fri Nov 20 00:31:14 2026\n" + MAIL,
        as_mail(cte="quoted-printable"),
        as_mail(cte="base64"),
        as_mail(cte="base64").replace(b"utf-8", b"no-such-charset"),
        as_mail(cte="base64").replace(b"utf-8", b"punycode"),
        as_mail(charset="iso-8859-1", cte="quoted-printable"),
        attached.as_bytes(),
        attached.as_bytes(policy=SMTP),
        MAIL.replace(b"Subject: cs.CL", b"Subject: =?utf-8?q?cs=2ECL?="),
        MAIL.replace(b"Subject: cs.CL", b"Subject: Fwd: cs.CL"),
        MAIL.partition(b"\n\n")[2],
        MAIL.replace(b"\n", b"\n\n"),
    ):
        assert one(saved)._replace(papers=()) == plain._replace(papers=())
        assert [(paper.id, paper.title, paper.authors) for paper in one(saved).papers] == [
            (paper.id, paper.title, paper.authors) for paper in plain.papers
        ]


def test_characters_beyond_ascii() -> None:
    accents = mailing([paper(1, title="Müller–Łódź")], SINCE, UNTIL, "cs.CL")
    assert one(accents).papers[0].title == "Müller–Łódź"
    assert one(accents.replace("ü".encode(), b"\xfc")).papers[0].title == "M\ufffdller–Łódź"


def test_wrapped_lines_commas_and_ands() -> None:
    long = "On the number of words that it takes before a line of a mailing is wrapped, and what then"
    content = mailing([paper(1, title=long)], SINCE, UNTIL, "cs.CL").decode()
    names = 'A. Bee (MIT and ETH, Zurich), K. L\\"aufer, Jo\n  Anders and C. Dee, and {\\L}. Cee\n'
    found = one(content.replace("Ann Author and Bo Writer\n", names).encode()).papers[0]
    assert found.title == long
    assert found.authors == (
        "A. Bee (MIT and ETH, Zurich)",
        'K. L\\"aufer',
        "Jo Anders",
        "C. Dee",
        "{\\L}. Cee",
    )


def test_all_that_an_entry_tells() -> None:
    more = "Journal-ref: J. Math.\n  Phys. 48\nDOI: 10.1000/1\nReport-no: X: 1\nMSC-class: 60G65\n\\\\\n  Ab"
    content = MAIL.replace(b"\\\\\n  Ab", more.encode(), 1).replace(
        b"12 pages\n", b"12 pages; Note: long\n", 1
    )
    content = content.replace(b"Date: Wed, 18 Nov 2026 15:30:00", b"Date (v1): Wed, 18 Nov 2026 15:30:00", 1)
    content = content.replace(
        b"(243kb,D)\n", b"(243kb,D)\nDate (revised v2): Thu, 19 Nov 2026 15:30:00 GMT (1kb)\n", 1
    )
    first = one(content).papers[0]
    assert (first.doi, first.journal_ref, first.arxiv_comments) == (
        "10.1000/1",
        "J. Math. Phys. 48",
        "12 pages; Note: long",
    )
    assert (first.published, first.version) == ("2026-11-18T15:30:00+00:00", 2)


def test_paragraphs_are_kept() -> None:
    content = MAIL.replace(
        b"  Abstract 1.", b"  One line\nand the next.\n  A paragraph\n-----------------\nwith a rule."
    )
    assert (
        one(content).papers[0].abstract
        == "One line and the next.\n\nA paragraph ----------------- with a rule."
    )


def test_a_paper_that_comes_twice_is_counted_once() -> None:
    twice = mailing([paper(1), paper(1), paper(1, Kind.REPLACE)], SINCE, UNTIL, "cs.CL")
    found = one(twice)
    assert (kinds(found), found.sections, found.cut_off) == ([("1", Kind.NEW)], Sections(1), False)


def test_an_entry_without_an_id_is_counted_and_keeps_the_listing_from_being_whole() -> None:
    content = MAIL.replace(b"arXiv:2611.00003", b"arXiv:none").replace(b"/abs/2611.00003", b"/abs/none")
    found = one(content)
    assert (len(found.papers), found.sections) == (4, Sections(2, 1, 2))
    assert (found.unread, found.flagged, found.lacks_papers) == (1, 0, True)


def test_entries_with_parts_missing_are_kept_and_flagged() -> None:
    content = MAIL.replace(b"Title: Title 1\n", b"").replace(b"Authors: Ann Author and Bo Writer\n", b"", 2)
    content = content.replace(b"Date: Wed, 18 Nov", b"Date: Wed, 99 Nov", 1)
    found = one(content)
    assert [each.title for each in found.papers[:2]] == ["(missing)", "Title 6"]
    assert [each.authors for each in found.papers[:2]] == [(), ()]
    assert (found.papers[0].published, found.flagged, found.cut_off) == (None, 2, False)


def test_nothing_a_terminal_obeys_comes_through() -> None:
    content = MAIL.replace(b"Title 1\n", b"T\x1b]52;c;eA==\x07 \xc2\x9b1m\xe2\x80\xae\n")
    shown = one(content).papers[0].title
    assert not set(shown) & set("\x1b\x07\x9b\u202e")


@pytest.mark.parametrize(
    ("saved", "why"),
    [
        (b"", "it does not say which papers it is of"),
        (b"\x00\xff\xfe", "it does not say which papers it is of"),
        (b"Subject: Lunch?\n\nAt noon?\n", "it does not say which papers it is of"),
        (MAIL.replace(b" received from ", b" received "), "it does not say which papers it is of"),
        (MAIL.replace(b"  to  Thu 19", b" until Thu 19"), "the line `received from ... to ...` is missing"),
        (
            MAIL.replace(b"to  Thu 19 Nov 26", b"to  Tue 19 Jan 27"),
            "it is of a time that cannot be, from Wed 18",
        ),
        (MAIL.replace(b"to  Thu 19 Nov 26", b"to  Mon 16 Nov 26"), "it is of a time that cannot be"),
        (MAIL.replace(b"to  Thu 19 Nov 26", b"to  Thu 39 Nov 26"), "it is of a time that cannot be"),
        (MAIL.replace(b"Subject: cs.CL", b"Subject: Re: cs.CL"), "it is an answer to one"),
        (
            MAIL.replace(b"\n", b"\n> ").replace(b"> Subject: cs.CL daily", b"Subject: x"),
            "it is an answer to one",
        ),
        (MAIL + MAIL, "it holds several"),
        (MAIL.replace(END.encode(), b""), "its end is missing|stands “For subscribe options"),
        (MAIL.replace(REPLACEMENTS.encode(), b""), "the entry arXiv:2611.00004 is damaged"),
        (MAIL.replace(CROSSES.encode(), b""), "the entry arXiv:2611.00003 .* is damaged"),
        (MAIL.replace(CROSSES.encode(), REPLACEMENTS.encode()), "damaged|not in order"),
        (MAIL.replace(CROSSES.encode(), f"{CROSSES}\n{CROSSES}".encode()), "sections are not in order"),
        (MAIL.replace(b"cs.CL", b"cs.ZZ"), "it does not say which category it is of"),
        (
            b"\xef\xbb\xbf"
            + mailing(LISTED, SINCE, UNTIL, "", subject="cs.CL daily 7 new +  crosses received"),
            "its subject says 7 new papers and 0 cross-lists",
        ),
        (
            MAIL.replace(b"2 new", b"3 new"),
            "its subject says 3 new papers and 1 cross-lists, and there are 2 and 1",
        ),
        (
            MAIL.replace(b"+ 1 cross", b"+  cross"),
            "its subject says 2 new papers and 0 cross-lists, and there are 2 and 1",
        ),
        (MAIL.replace(b"/abs/2611.00006", b"/abs/2611.00007"), "the entry arXiv:2611.00006 is damaged"),
        (
            CLASSES.replace(b"Machine Learning", b"Machine Yearning"),
            "its subject “Machine Yearning” is no category",
        ),
        (CLASSES.replace(b"Computation and Language\nMachine Learning\n", b""), "which categories it is of"),
    ],
)
def test_what_is_no_whole_mailing_is_refused_with_the_reason(saved: bytes, why: str) -> None:
    with pytest.raises(
        Unreachable, match=rf"^today\.eml is not a whole mailing of arXiv: .*({why}).*Save the mail as"
    ):
        parse(saved)


def test_an_html_mail_is_refused_as_such() -> None:
    mail = EmailMessage()
    mail["Subject"] = "cs.CL daily 2 new + 1 crosses received"
    mail.set_content(f"<pre>{MAIL.decode()}</pre>", subtype="html")
    with pytest.raises(Unreachable, match="it is an HTML mail"):
        parse(mail.as_bytes())


def test_every_cut_of_a_mailing_is_an_error() -> None:
    end = MAIL.index(END.encode())
    for cut in range(0, end, 23):
        with pytest.raises(Unreachable):
            parse(MAIL[:cut])


def test_a_hole_in_a_mailing_is_an_error() -> None:
    """A part that is lost from within one paper to within another: no count needs to tell."""
    start, first = CLASSES.index(b"arXiv:2611.00001"), CLASSES.index(b"/abs/2611.00001")
    for begin in range(start + 16, first, 29):
        for over in (b"Title 2\n", b"Abstract 2"):
            with pytest.raises(Unreachable, match=r"the entry arXiv:2611\.00001.* is damaged"):
                parse(CLASSES[:begin] + CLASSES[CLASSES.index(over) :])


def test_a_mail_that_is_too_large_or_too_deep_is_refused() -> None:
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000))
    for saved in (MAIL + b"x" * 21 * 1024 * 1024, deep):
        with pytest.raises(Unreachable, match="it does not say which papers it is of"):
            parse(saved)


@real
@pytest.mark.parametrize(
    ("name", "category", "listed", "counts"),
    [
        ("q-fin_new.txt", "q-fin", date(2023, 3, 17), (13, 0, 3, 0)),
        ("astro-ph_new.GA.txt", "astro-ph.GA", date(2023, 3, 3), (14, 1, 9, 2)),
    ],
)
def test_the_captures(name: str, category: str, listed: date, counts: tuple[int, ...]) -> None:
    found = one((REAL / name).read_bytes())
    assert (found.category, found.listed, found.flagged, found.cut_off) == (category, listed, 0, False)
    assert tuple(sum(each.kind is kind for each in found.papers) for kind in Kind) == counts
    assert found.sections == Sections(counts[0], counts[1], counts[2] + counts[3])
    assert all(each.title and each.authors and each.primary for each in found.papers)
    assert all(
        each.abstract and each.published for each in found.papers if each.kind in (Kind.NEW, Kind.CROSS)
    )


@real
@pytest.mark.parametrize("name", ["q-fin_new.txt", "astro-ph_new.GA.txt"])
def test_a_captured_mailing_cut_in_the_middle(name: str) -> None:
    content = (REAL / name).read_bytes()
    assert RULE.encode() in content
    for cut in range(0, content.index(END.encode()), 997):
        with pytest.raises(Unreachable):
            parse(content[:cut])

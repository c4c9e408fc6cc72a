"""Adding by id and by link: at once, with the details later."""

import pytest

from tests.actions.conftest import NOW, paper
from triage.actions import add, decide
from triage.paper import Paper
from triage.ports import Archive, Library
from triage.steps import HAULS, Change

PAGE = "https://example.org/why-not"
NUMBER = Change(HAULS, "haul-a", ("number",), None, 17)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2306.07899", "2306.07899"),
        (" arXiv:2306.07899v2 ", "2306.07899"),
        ("https://arxiv.org/pdf/2306.07899v2.pdf", "2306.07899"),
        ("https://arxiv.org/abs/math.GT/0309136", "math/0309136"),
        ("hep-th/9901001v3", "hep-th/9901001"),
        ("https://doi.org/10.48550/arXiv.2306.07899", "2306.07899"),
        ("https://arxiv.org/html/2306.07899v1#S2", "2306.07899"),
        (PAGE, PAGE),
    ],
)
def test_every_form_a_person_pastes(text: str, key: str) -> None:
    assert add.key_of(text) == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "--dump-all=x",
        "https://user:secret@example.org/",
        "https://example.org/a\nb",
        "https://example.org/a b",
        "http://[::1",
        "http://example.org:99999/",
        "https://",
        "ftp://example.org/x",
        "https://example.org/\x1b]52;c;x\x07",
    ],
)
def test_what_is_no_link_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="neither an arXiv id nor a web link"):
        add.key_of(text)


def test_an_added_paper_of_the_archive_brings_what_the_archive_knows(
    library: Library, archive: Archive
) -> None:
    add.add(library, archive, [paper(1).id], NOW, note="From a friend.")
    record = library.in_haul("current")[0]
    assert (record["title"], record["note"]) == ("On the number 1", "From a friend.")


def test_several_are_one_step_and_a_known_one_is_left_alone(library: Library, archive: Archive) -> None:
    add.add(library, archive, [PAGE], NOW, note="Mine.")
    add.add(library, archive, [PAGE, "2306.07899", "2306.07899"], NOW)
    assert {record["id"] for record in library.in_haul("current")} == {PAGE, "2306.07899"}
    assert add.add(library, archive, [PAGE], NOW) is None
    library.undo()
    assert [record["note"] for record in library.in_haul("current")] == ["Mine."]


def test_a_published_paper_is_left_where_it_is_unless_it_is_wanted_anew(
    library: Library, archive: Archive
) -> None:
    entry = {"link": PAGE, "title": "T", "note": ""}
    library.record("publish", [Change(HAULS, "haul-a", ("entries", PAGE), None, entry), NUMBER])
    assert add.candidate(library, archive, PAGE).known == "kept in haul 17"
    assert add.candidate(library, archive, PAGE).is_published
    assert add.add(library, archive, [PAGE], NOW) is None
    assert add.add(library, archive, [PAGE], NOW, anew=True) is not None
    assert add.candidate(library, archive, PAGE) == add.Candidate(PAGE, "", "in this haul")


def test_what_is_known_of_a_candidate_is_told(library: Library, archive: Archive) -> None:
    assert add.candidate(library, archive, paper(1).id) == add.Candidate(paper(1).id, "On the number 1")
    decide.keep(library, [paper(1)], NOW, hold=True)
    assert add.candidate(library, archive, paper(1).id).known == "in the next haul"


def test_a_page_has_one_key_whatever_link_leads_to_it(library: Library, archive: Archive) -> None:
    add.add(library, archive, [f"{PAGE}?utm_source=x"], NOW)
    assert [record["id"] for record in library.in_haul("current")] == [PAGE]
    assert add.add(library, archive, [f"{PAGE}/", PAGE.replace("https", "http")], NOW) is None


def test_authors_are_corrected_too_and_a_correction_outlives_a_look_up(
    library: Library, archive: Archive
) -> None:
    add.add(library, archive, [PAGE], NOW)
    add.correct(library, PAGE, authors=("Ann Author",), site="", published="2026")
    add.fill_in(library, Paper(PAGE, "T", ("Somebody Else",), published="2020-01-01", site="Example"))
    record = library.paper(PAGE) or {}
    assert (record["authors"], record["published"], record["site"]) == (["Ann Author"], "2026", "Example")
    add.correct(library, PAGE, authors=())
    assert "authors" not in (library.paper(PAGE) or {})


def test_details_fill_in_and_leave_what_the_user_corrected(library: Library, archive: Archive) -> None:
    add.add(library, archive, [PAGE], NOW)
    add.correct(library, PAGE, title="My title")
    add.fill_in(library, Paper(id=PAGE, title="Its title", abstract="What it says.", site="Example"))
    record = library.paper(PAGE)
    assert record is not None
    assert (record["title"], record["abstract"], record["site"]) == ("My title", "What it says.", "Example")


def test_undoing_an_addition_takes_its_details_along(library: Library, archive: Archive) -> None:
    add.add(library, archive, [PAGE], NOW)
    add.fill_in(library, Paper(id=PAGE, title="Its title"))
    library.undo()
    assert library.paper(PAGE) is None
    library.redo()
    record = library.paper(PAGE)
    assert record is not None
    assert (record["title"], record["haul"]) == ("Its title", "current")

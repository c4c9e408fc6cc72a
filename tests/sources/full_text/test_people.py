"""The author block reads as a list of people with what is told of them."""

import pytest

from tests.sources.full_text.pages import math, parts


def person(name: str, notes: str = "") -> str:
    told = f'<span class="ltx_author_notes">{notes}</span>' if notes else ""
    return (
        f'<span class="ltx_creator ltx_role_author"><span class="ltx_personname">{name}</span>{told}</span>'
    )


def contact(role: str, text: str) -> str:
    return f'<span class="ltx_contact ltx_role_{role}">{text}</span>'


def block(*people: str) -> str:
    between = '<span class="ltx_author_before"> and </span>'
    (part,) = parts(f'<div class="ltx_authors">{between.join(people)}</div>')
    return part.markdown


def test_names_alone_are_one_line() -> None:
    assert block(person("Ann Author"), person(f"Bo Writer{math('{}^{1,2}')}")) == "Ann Author, Bo Writer¹,²"


def test_addresses_stand_behind_their_names() -> None:
    ann = person(
        "Ann Author",
        contact("affiliation", "Dept. X<br>Univ. Y") + contact("email", '<a href="mailto:a@y">a@y</a>'),
    )
    assert (
        block(ann, person("Bo", contact("address", "Inst. Z")))
        == "Ann Author · Dept. X, Univ. Y · a@y\\\nBo · Inst. Z"
    )


def test_the_label_of_an_address_and_an_orcid_are_not_told() -> None:
    notes = contact("affiliation", '<span class="ltx_contact_name">Affiliation: </span>Univ. Y') + contact(
        "orcid", "0000"
    )
    assert block(person("Ann", notes)) == "Ann · Univ. Y"


def test_the_parts_of_an_address_do_not_run_together() -> None:
    address = (
        '<span class="ltx_text ltx_affiliation_institution">Univ. Y</span>'
        '<span class="ltx_text ltx_affiliation_city">C</span>'
    )
    assert block(person("Ann", contact("affiliation", address))) == "Ann · Univ. Y, C"


def test_the_authors_of_a_styles_table_have_a_line_each() -> None:
    unknown = '<span class="ltx_ERROR undefined">\\AND</span>'
    names = f"{unknown}Ann Author<br>Univ. Y<br>a@y<br>&amp;Bo Writer<br>b@z &amp;Cy Third<br>Inst. Z"
    assert block(person(names)) == "Ann Author, Univ. Y, a@y\\\nBo Writer, b@z\\\nCy Third, Inst. Z"


def test_lines_without_a_table_stay_lines() -> None:
    assert block(person("Ann Author, Bo Writer<br>Univ. Y")) == "Ann Author, Bo Writer\\\nUniv. Y"


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ("1", "¹"),
        ("11", "¹"),
        ("2233", "²,³"),
        ("22,33", "²,³"),
        ("1212", "¹²"),
        ("2,32,3", "²,³"),
        ("1,2", "¹,²"),
    ],
)
def test_the_numbers_of_addresses_are_raised_once(numbers: str, shown: str) -> None:
    assert block(person("Ann", numbers)) == f"Ann{shown}"


def test_two_remarks_are_parted_and_an_address_is_not() -> None:
    told = block(person("Ann", "Write to a@b.edu.Received in May. See https://a.b.Org/~Ann.Author"))
    assert told == "Ann · Write to a@b.edu. Received in May. See https://a.b.Org/~Ann.Author"


def test_a_long_remark_is_a_paragraph() -> None:
    assert block(person("Ann<br>Bo", "Equal. " * 40)).split("\n\n")[0] == "Ann\\\nBo"


def test_marks_that_a_page_raises_stay_raised() -> None:
    names = person('Ann<sup class="ltx_sup">1,*</sup>, Bo<sup class="ltx_sup">2</sup><br><sup>1</sup>Univ. X')
    assert block(names) == "Ann¹,\\*, Bo²\\\n¹Univ. X"

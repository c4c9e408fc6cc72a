"""Footnotes: a mark where they are called, and their text at the end of the part."""

from tests.sources.full_text.pages import (
    conversion,
    links,
    markdown,
    math,
    note,
    page,
    para,
    parts,
    section,
    seen,
)


def test_a_footnote_leaves_its_mark_and_stands_at_the_end_of_its_part() -> None:
    called = note("12", f"Hot, {math('x_1')}.")
    shown = markdown(para(f"Tea {called}is good.") + para("More.", "S1.p2"))
    assert [seen(one) for one in shown.split("\n\n")] == ["Tea¹²is good.", "More.", "¹² Hot, x₁."]


def test_the_mark_leads_to_the_note() -> None:
    (part,) = parts(section(para(f"Tea{note('1', 'Hot.')}.")))
    assert list(links(part.markdown)) == [("¹", "#footnote1")]
    assert part.targets == (("footnote1", 2),)


def test_a_second_call_of_a_note_is_only_a_mark() -> None:
    again = note("1", "", role="footnotemark", anchor="footnotex1")
    assert seen(markdown(para(f"Tea{again}."))) == "Tea¹."


def test_a_note_within_a_note_is_told_in_brackets() -> None:
    inner = note("1", "a@b.c", role="email", anchor="e1")
    shown = markdown(para(f"Tea{note('1', f'Univ. {inner}', role='institutetext')}."))
    assert seen(shown) == "Tea. ¹ Univ. (a@b.c)"


def test_a_note_of_several_paragraphs_keeps_them() -> None:
    one, two = (
        f'<span class="ltx_para"><span class="ltx_p">{text}</span></span>' for text in ("One.", "Two.")
    )
    assert markdown(para(f"Tea{note('3', one + two)}.")).split("\n\n")[1:] == ["³ One.", "Two."]


def test_a_note_in_a_heading_belongs_to_its_part_and_one_on_the_title_to_the_front() -> None:
    thanks = note("†", "Thanks.", role="thanks", anchor="t1")
    title = f'<h1 class="ltx_title ltx_title_document">On Tea{thanks}</h1>'
    made = conversion(page(section(para("Text."), heading=f"Brewing{note('2', 'Slowly.')}"), title))
    assert made.title == "On Tea"
    front, brewing = made.parts()
    assert front.markdown == "† Thanks."
    assert brewing.heading == "1 Brewing²"
    assert brewing.markdown == "Text.\n\n² Slowly."


def test_what_a_journals_style_notes_of_its_own_pages_is_not_told() -> None:
    assert markdown(para(f"Tea{note('†', '2020', role='pubyear', anchor='7')}.")) == "Tea."


def test_a_note_that_stands_beside_no_text_leaves_no_mark() -> None:
    front = note("†", "A preprint.", role="preprint", anchor="p1") + note(
        "†", "A grant.", role="thanks", anchor="t1"
    )
    (part,) = parts(f'{front}<div class="ltx_abstract"><p class="ltx_p">Tea.</p></div>')
    assert part.markdown.split("\n\n") == ["Tea.", "† A preprint.", "† A grant."]

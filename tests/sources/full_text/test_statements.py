"""Theorems, proofs, abstracts: their titles run in, and a theorem is set apart."""

from tests.sources.full_text.pages import markdown, para, parts, rendered, section, seen

THEOREM = """
<div id="Thm1" class="ltx_theorem ltx_theorem_theorem"><h6 class="ltx_title ltx_runin ltx_title_theorem">
<span class="ltx_tag ltx_tag_theorem"><span class="ltx_text ltx_font_bold">Theorem 2.1</span></span><span
class="ltx_text ltx_font_bold"> </span>(Main)<span class="ltx_text ltx_font_bold">.</span></h6>
<div class="ltx_para"><p class="ltx_p"><span class="ltx_text ltx_font_italic">Tea is
<em class="ltx_emph">hot</em>.</span></p>
<ol class="ltx_enumerate"><li class="ltx_item"><span class="ltx_tag ltx_tag_item">1.</span>
<div class="ltx_para"><p class="ltx_p">one</p></div></li></ol></div></div>
"""
PROOF = """
<div class="ltx_proof"><h6 class="ltx_title ltx_runin ltx_font_italic ltx_title_proof">Proof of
<a href="#Thm1" class="ltx_ref">2.1</a>.</h6><div class="ltx_para"><p class="ltx_p">Trivial. ∎</p></div></div>
"""


def test_a_theorem_is_a_quote_that_begins_with_its_title() -> None:
    shown = rendered(markdown(THEOREM))
    (quote,) = shown.iter("blockquote")
    assert next(quote.iter("strong")).text_content() == "Theorem 2.1 (Main)."
    assert " ".join(quote.text_content().split()) == "Theorem 2.1 (Main). Tea is hot. one"


def test_a_theorem_is_not_in_italics_but_what_is_emphasised_in_it_is() -> None:
    assert [one.text_content() for one in rendered(markdown(THEOREM)).iter("em")] == ["hot"]


def test_a_proof_begins_with_its_title_and_keeps_its_links() -> None:
    shown = markdown(PROOF)
    assert seen(shown) == "Proof of 2.1. Trivial. ∎"
    assert "(#Thm1)" in shown
    assert ">" not in shown


def test_a_proof_that_a_class_makes_a_theorem_of_is_no_quote() -> None:
    shown = markdown(
        '<div class="ltx_theorem ltx_theorem_proof"><h6 class="ltx_title ltx_title_theorem">Proof</h6>'
        + para("P.")
        + "</div>"
    )
    assert seen(shown) == "Proof. P."
    assert ">" not in shown


def test_what_stands_before_the_first_heading_is_the_part_of_level_0() -> None:
    front = (
        '<div class="ltx_abstract"><h6 class="ltx_title ltx_title_abstract">Abstract</h6>'
        '<p class="ltx_p">Tea.</p></div>'
        '<div class="ltx_keywords"><h6 class="ltx_title">Index Terms: </h6>tea, coffee</div>'
        '<div class="ltx_dates">(May 2024)</div>'
    )
    first, second = parts(front + section(para("Text.")))
    assert (first.anchor, first.level, first.heading) == ("", 0, "")
    assert first.markdown == "**Abstract**\n\nTea.\n\n**Index Terms:** tea, coffee\n\n(May 2024)"
    assert second.level == 1


def test_keywords_and_thanks_say_what_they_are() -> None:
    told = markdown(
        '<div class="ltx_keywords">tea</div><div class="ltx_acknowledgements">'
        '<h6 class="ltx_title ltx_title_acknowledgements">Acknowledgements.</h6>We thank.</div>'
    )
    assert told == "**Keywords:** tea\n\n**Acknowledgements.** We thank."

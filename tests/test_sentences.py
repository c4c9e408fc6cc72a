"""Sentences of abstracts: what a person would mark as one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.sentences import spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["We count to n².", "It is slow.", "Is it right?", "Yes!"],
        ["Following Vaswani et al. (2017) and Smith et al. we train a model.", "It works."],
        ["This was shown by Smith et al.", "We improve on it."],
        ["See Fig. 3, Eq. 4 and Sec. 2.1 for details.", "The rate is 1.5 at p = 0.05."],
        ["Many models, e.g. BERT, i.e. encoders, fail.", "Ours (cf. No. 7) does not."],
        ["By a theorem of J.-P. Serre and J. R. R. Tolkien it holds.", "This is new."],
        ["The samples are i.i.d. and bounded.", "The samples are i.i.d.", "We use this."],
        ["It was used in the U.S. Senate, in N. America, etc. by many.", "It is open."],
        ['They say "it works."', "We say “it does not.”", "(It may, though.)", "Then again [1]."],
        ["It grew in 2020.", "3 of 10 models failed.", "For every n.", "There is no bound..."],
        ["He asks: why?", "𝔽ₚ is a field.", "“Quoted” is a word."],
        ["我们提出一个模型。", "它很好！", "代码在此。"],
        ["One paragraph without an end", "Another one.", "Last"],
        ["1. First we count.", "2. Then we stop."],
    ],
)
def test_a_text_falls_into_the_sentences_of_a_person(parts: list[str]) -> None:
    gap = "\n\n" if parts[0].startswith("One paragraph") else " "
    assert sentences(gap.join(parts)) == parts


def test_a_paragraph_ends_a_sentence_and_a_line_end_does_not() -> None:
    assert sentences("One line\nand more.\n \nNew one\n\n") == ["One line\nand more.", "New one"]


@given(st.text(alphabet=st.sampled_from("aB1 .!?…\n\"')”。 étal.Fg$\\"), max_size=60) | st.text(max_size=60))
def test_sentences_hold_every_character_but_the_space_between_them(text: str) -> None:
    last = 0
    for start, end in spans(text):
        assert not text[last:start].strip()
        assert start < end
        assert text[start:end] == text[start:end].strip()
        last = end
    assert not text[last:].strip()


@pytest.mark.parametrize(
    "text", ["a" * 300_000, ". " * 150_000, "et al. " * 100_000, "1. " * 100_000, "\n " * 150_000]
)
def test_a_text_of_any_form_takes_linear_time(text: str) -> None:
    begin = time.process_time()
    spans(text)
    assert time.process_time() - begin < 2

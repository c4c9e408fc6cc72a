"""The text of a note in its editor: every character stays what it is."""

from hypothesis import given
from hypothesis import strategies as st

from triage.tui.widgets.note_document import NoteDocument

TEXTS = st.text(alphabet=st.sampled_from("ab\n\r\x0b\x0c\x85\u2028é漢"), max_size=30)


@given(TEXTS)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert NoteDocument(text).text == text


@given(TEXTS, TEXTS, st.data())
def test_a_part_gives_way_to_another_text_and_comes_back(text: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    document = NoteDocument(text)
    made = document.replace_range(document.location(start), document.location(stop), new)
    assert document.text == text[:start] + new + text[stop:]
    assert made.replaced_text == text[start:stop]
    assert document.index(made.end_location) == start + len(new)
    document.replace_range(document.location(start), made.end_location, made.replaced_text)
    assert document.text == text


@given(TEXTS)
def test_every_place_has_its_index(text: str) -> None:
    document = NoteDocument(text)
    for index in range(len(text) + 1):
        assert document.index(document.location(index)) == index
    assert document.location(len(text) + 9) == document.end

"""Where the lines of a note are broken."""

import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.document._wrapped_document import WrappedDocument

from triage.tui.widgets.note_document import NoteDocument
from triage.tui.widgets.note_wrapping import NoteWrapping, break_offsets, displayed

LINES = st.text(alphabet=st.sampled_from("ab  é漢\u200b\x1b"), max_size=40)
TEXTS = st.text(alphabet=st.sampled_from("ab \n\t漢"), max_size=40)


@given(LINES, st.integers(2, 12))
def test_no_row_is_wider_than_the_editor_and_no_word_is_broken_that_fits(line: str, width: int) -> None:
    text = displayed(line)
    offsets = break_offsets(text, width)
    rows = [text[a:b] for a, b in zip([0, *offsets], [*offsets, len(text)], strict=True)]
    assert "".join(rows) == text
    assert all(row for row in rows[:-1])
    assert all(cell_len(row) <= width for row in rows)
    for row, following in pairwise(rows):
        word = row.rpartition(" ")[2] + following.partition(" ")[0]
        assert row.endswith(" ") or cell_len(word) > width or " " not in row


@given(TEXTS, TEXTS, st.integers(0, 12), st.data())
def test_an_edit_is_wrapped_as_the_whole_would_be(
    text: str, new: str, width: int, data: st.DataObject
) -> None:
    document = NoteDocument(text)
    wrapping = NoteWrapping(document, width)
    places = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    start, stop = document.location(places[0]), document.location(places[1])
    made = document.replace_range(start, stop, new)
    wrapping.wrap_range(start, stop, made.end_location)
    anew = NoteWrapping(document, width)
    assert wrapping._wrap_offsets == anew._wrap_offsets
    assert wrapping._offset_to_line_info == anew._offset_to_line_info
    assert wrapping._line_index_to_offsets == anew._line_index_to_offsets
    assert wrapping._tab_width_cache == anew._tab_width_cache
    assert wrapping.height == sum(len(one) + 1 for one in wrapping._wrap_offsets)


@given(TEXTS)
def test_without_a_width_it_is_as_textual_has_it(text: str) -> None:
    ours, theirs = NoteWrapping(NoteDocument(text)), WrappedDocument(NoteDocument(text))
    assert ours._offset_to_line_info == theirs._offset_to_line_info


def test_a_line_of_100_kilobytes_is_wrapped_within_a_frame() -> None:
    for line in ("word and more " * 7_000, "漢字 " * 20_000, "x" * 100_000):
        begin = time.thread_time()
        break_offsets(line, 100)
        assert time.thread_time() - begin < 0.05

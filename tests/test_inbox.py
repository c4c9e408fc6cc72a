"""What the cursor and the counts do while one triages."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from triage.inbox import Counts, Inbox, matches, searchable
from triage.paper import Kind, Row
from triage.replacement import Mark

KEEP, SKIP, SEEN, OPEN = Mark.KEPT, Mark.SKIPPED, Mark.SEEN, Mark.OPEN
_SECTION = {Kind.NEW: "New", Kind.CROSS: "Cross-lists"}


def inbox(
    *kinds: Kind, decided: dict[str, Mark] | None = None, folded: frozenset[str] = frozenset()
) -> Inbox:
    rows = [Row(str(at), f"Title {at}", kind) for at, kind in enumerate(kinds)]
    return Inbox.of(rows, marked(decided or {}), lambda row: _SECTION.get(row.kind, "Replacements"), folded)


def marked(decided: dict[str, Mark]) -> Callable[[Row], Mark]:
    return lambda row: decided.get(row.id, OPEN)


def day(new: int, **decided: Mark) -> Inbox:
    return inbox(*[Kind.NEW] * new, decided={key.removeprefix("p"): value for key, value in decided.items()})


def test_the_cursor_starts_on_the_first_open_paper() -> None:
    assert day(3, p0=SKIP).cursor == 1


def test_keep_marks_the_paper_and_goes_to_the_next_open_one() -> None:
    after = day(4, p1=SKIP).decide(KEEP)
    assert after.cursor == 2
    assert str(after.counts) == "2/4 · 1 kept"


def test_at_the_end_the_cursor_goes_to_the_first_open_paper_above() -> None:
    after = day(3).step(2).decide(SKIP)
    assert after.cursor == 0


def test_on_the_last_open_paper_the_cursor_stays() -> None:
    after = day(3, p0=SKIP, p2=KEEP).decide(KEEP)
    assert after.cursor == 1
    assert after.counts == Counts(3, 3, 2)


def test_a_decided_paper_takes_the_new_verdict_and_keeps_the_cursor() -> None:
    after = day(3, p0=SKIP).step(-1).decide(KEEP)
    assert after.cursor == 0
    assert after.mark_at(0) is KEEP


def test_moving_stops_at_both_ends() -> None:
    assert day(3).step(-5).cursor == 0
    assert day(3).step(50).cursor == 2


def test_tab_goes_round_the_sections() -> None:
    start = inbox(Kind.NEW, Kind.NEW, Kind.CROSS, Kind.REPLACE, Kind.REPLACE_CROSS)
    cross = start.next_section()
    replacements = cross.next_section()
    assert [cross.cursor, replacements.cursor, replacements.next_section().cursor] == [2, 3, 0]
    assert [section.title for section in start.sections] == ["New", "Cross-lists", "Replacements"]


def test_finishing_with_a_filter_skips_what_is_shown() -> None:
    filtered = day(5).filter("title", [1, 3])
    assert [row.id for row in filtered.finishing()] == ["1", "3"]
    assert filtered.finish(lambda _row: SKIP).counts == Counts(5, 2, 0)


def test_folded_rows_are_not_shown_but_finished() -> None:
    folded = inbox(Kind.NEW, Kind.REPLACE).fold("Replacements")
    assert list(folded.shown) == [0]
    assert len(folded.finishing()) == 2
    assert folded.counts.total == 2
    assert folded.finish(lambda _row: SKIP).counts == Counts(2, 2, 0)


def test_the_cursor_never_lands_on_folded_rows() -> None:
    start = inbox(
        Kind.CROSS, Kind.NEW, Kind.NEW, Kind.REPLACE, folded=frozenset({"Cross-lists", "Replacements"})
    )
    assert start.cursor == 1
    assert start.step(9).cursor == 2
    assert start.step(9).step(-9).cursor == 1
    decided = start.decide(SKIP).decide(SKIP)
    assert decided.cursor == 2, "the open papers that are left are folded away"
    assert decided.next_section().cursor == 1
    assert decided.counts == Counts(4, 2, 0)


def test_a_day_of_which_only_folded_rows_are_left_has_no_cursor_and_can_be_finished() -> None:
    day = inbox(Kind.REPLACE, Kind.REPLACE, folded=frozenset({"Replacements"}))
    assert (day.row, day.decide(KEEP), day.step(1).row) == (None, day, None)
    assert day.finish(lambda _row: SKIP).counts == Counts(2, 2, 0)
    assert day.fold("Replacements").cursor == 0


def test_folds_can_be_set_as_they_were() -> None:
    day = inbox(Kind.NEW, Kind.CROSS, Kind.REPLACE, folded=frozenset({"Replacements"}))
    assert list(day.with_folds({"Cross-lists"}).shown) == [0, 2]
    assert list(day.with_folds(()).shown) == [0, 1, 2]


def test_what_was_seen_is_decided_and_not_kept() -> None:
    after = day(3).decide(SEEN)
    assert (str(after.counts), after.mark_at(0), after.cursor) == ("1/3 · 0 kept", SEEN, 1)


def test_finishing_marks_each_row_as_the_library_has_it_then() -> None:
    after = day(4, p1=KEEP).finish(marked({"0": SKIP, "1": SKIP, "2": SEEN, "3": SKIP}))
    assert [after.mark_at(at) for at in range(4)] == [SKIP, KEEP, SEEN, SKIP]


def test_marks_are_read_anew_one_or_all() -> None:
    now = marked({"1": KEEP, "2": SKIP})
    assert [day(3).mark("1", now).mark("nobody", now).mark_at(at) for at in range(3)] == [OPEN, KEEP, OPEN]
    assert [day(3).marked_anew(now).mark_at(at) for at in range(3)] == [OPEN, KEEP, SKIP]


def test_under_a_filter_the_next_open_paper_is_a_shown_one() -> None:
    after = day(6).filter("x", [1, 4]).decide(KEEP)
    assert after.mark_at(1) is KEEP
    assert after.cursor == 4


def test_going_to_a_hidden_paper_lifts_the_filter() -> None:
    there = day(4).filter("x", [1]).to("3")
    assert (there.cursor, there.query, len(there.shown)) == (3, "", 4)


def test_going_to_a_folded_paper_unfolds_its_section_and_no_other() -> None:
    start = inbox(Kind.NEW, Kind.CROSS, Kind.REPLACE, folded=frozenset({"Cross-lists", "Replacements"}))
    there = start.to("2")
    assert (there.cursor, there.folded) == (2, frozenset({"Cross-lists"}))
    filtered = start.filter("x", [0, 2]).to("2")
    assert (filtered.cursor, filtered.query, list(filtered.shown)) == (2, "x", [0, 2])


def test_a_filter_without_hits_leaves_no_cursor_and_its_end_brings_one_back() -> None:
    empty = day(3).step(2).filter("zzz", [])
    assert empty.row is None
    assert empty.decide(KEEP) == empty
    assert empty.step(1) == empty
    assert empty.filter("", []).row is not None


def test_an_empty_day_takes_every_verb() -> None:
    empty = day(0)
    assert empty.decide(KEEP).step(1).next_section().at_next_open().finish(
        lambda _row: SKIP
    ).counts == Counts(0, 0, 0)


@given(
    st.lists(st.tuples(st.sampled_from(Kind), st.sampled_from(Mark)), min_size=1, max_size=40),
    st.sets(st.sampled_from(["New", "Cross-lists", "Replacements"])),
    st.data(),
)
def test_the_filtered_and_the_whole_list_find_the_same_next_open_paper(
    rows: list[tuple[Kind, Mark]], folds: set[str], data: st.DataObject
) -> None:
    rows = sorted(rows, key=lambda row: row[0].rank)
    decided = {str(at): mark for at, (_, mark) in enumerate(rows)}
    whole = inbox(*[kind for kind, _ in rows], decided=decided, folded=frozenset(folds))
    whole = whole.step(data.draw(st.integers(-40, 40)))
    same = whole.filter("x", list(range(len(rows))))
    assert list(whole.shown) == list(same.shown)
    assert whole.at_next_open().cursor == same.at_next_open().cursor
    assert whole.decide(SKIP).counts == same.decide(SKIP).counts


def test_a_query_wants_every_word() -> None:
    assert matches(searchable("Bytes ATTENTION"), "attention over bytes")
    assert not matches(searchable("bytes tokens"), "attention over bytes")

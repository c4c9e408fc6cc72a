"""What the cursor and the counts do while one triages."""

from hypothesis import given
from hypothesis import strategies as st

from triage.inbox import Counts, Inbox, matches, searchable
from triage.paper import Kind, Row, Verdict

KEEP, SKIP = Verdict.KEEP, Verdict.SKIP


def inbox(*kinds: Kind, decided: dict[str, Verdict] | None = None) -> Inbox:
    rows = [Row(str(at), f"Title {at}", kind) for at, kind in enumerate(kinds)]
    return Inbox.of(rows, (decided or {}).get)


def day(new: int, **decided: Verdict) -> Inbox:
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
    assert after.verdict(0) is KEEP


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
    assert filtered.finish().counts == Counts(5, 2, 0)


def test_folded_rows_are_not_shown_but_finished() -> None:
    folded = inbox(Kind.NEW, Kind.REPLACE).fold("Replacements")
    assert list(folded.shown) == [0]
    assert len(folded.finishing()) == 2
    assert folded.counts.total == 2


def test_under_a_filter_the_next_open_paper_is_a_shown_one() -> None:
    after = day(6).filter("x", [1, 4]).decide(KEEP)
    assert after.marks[1:2] == b"k"
    assert after.cursor == 4


def test_going_to_a_hidden_paper_lifts_the_filter() -> None:
    there = day(4).filter("x", [1]).to("3")
    assert (there.cursor, there.query, len(there.shown)) == (3, "", 4)


def test_a_filter_without_hits_leaves_no_cursor_and_its_end_brings_one_back() -> None:
    empty = day(3).step(2).filter("zzz", [])
    assert empty.row is None
    assert empty.decide(KEEP) == empty
    assert empty.step(1) == empty
    assert empty.filter("", []).row is not None


def test_an_empty_day_takes_every_verb() -> None:
    empty = day(0)
    assert empty.decide(KEEP).step(1).next_section().at_next_open().finish().counts == Counts(0, 0, 0)


@given(st.lists(st.sampled_from([None, KEEP, SKIP]), min_size=1, max_size=40), st.data())
def test_the_filtered_and_the_whole_list_find_the_same_next_open_paper(
    verdicts: list[Verdict | None], data: st.DataObject
) -> None:
    decided = {str(at): verdict for at, verdict in enumerate(verdicts) if verdict}
    whole = inbox(*[Kind.NEW] * len(verdicts), decided=decided).step(data.draw(st.integers(-40, 40)))
    same = whole.filter("x", list(range(len(verdicts))))
    assert whole.at_next_open().cursor == same.at_next_open().cursor
    assert whole.decide(SKIP).counts == same.decide(SKIP).counts


def test_a_query_wants_every_word() -> None:
    assert matches(searchable("Bytes ATTENTION"), "attention over bytes")
    assert not matches(searchable("bytes tokens"), "attention over bytes")

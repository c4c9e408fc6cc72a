"""What is said of a line of the ledger: whether it is in order, why not, and what mends it."""

from datetime import date

from triage import ledger
from triage.account_words import RECONSTRUCTED, WORST_FIRST, in_order, remedy, why, word
from triage.ledger import Account, Completeness, Sections, Tally


def test_what_mends_a_day_is_a_command_and_why_it_needs_mending_a_sentence() -> None:
    cut = Account(
        "cs.CL", date(2026, 11, 9), Completeness.CUT_OFF, Sections(300), Tally(7, 3), sentence="Cut."
    )
    assert not in_order(cut)
    assert remedy(cut) == "triage fetch --date 2026-11-09 cs.CL"
    assert why(cut) == "Cut. 300 papers were announced, 10 are here."
    assert why(cut._replace(completeness=Completeness.FAILED)) == "Cut."
    one = cut._replace(sections=Sections(5), tally=Tally(1), sentence="")
    assert why(one) == "5 papers were announced, 1 is here."
    assert why(one._replace(sections=Sections(1), tally=Tally())) == "1 paper was announced, 0 are here."
    assert why(one._replace(tally=Tally(open=5))) == "", "what balances is not short of papers"
    orderly = [state for state in Completeness if in_order(cut._replace(completeness=state))]
    assert orderly == [Completeness.COMPLETE, Completeness.NOT_OUT, Completeness.RESTS]


def test_every_word_has_its_place_in_the_order_of_the_states() -> None:
    assert tuple(one for one in WORST_FIRST if one != RECONSTRUCTED) == ledger.WORST_FIRST
    assert set(ledger.WORST_FIRST) == set(Completeness)
    assert WORST_FIRST[WORST_FIRST.index(RECONSTRUCTED) + 1] == Completeness.COMPLETE


def test_only_a_whole_day_is_called_reconstructed() -> None:
    line = Account("cs.CL", date(2026, 11, 9), Completeness.COMPLETE, source="api")
    assert word(line) == RECONSTRUCTED
    assert word(line._replace(completeness=Completeness.CUT_OFF)) == "cut off"
    assert word(line._replace(source="list")) == "complete"

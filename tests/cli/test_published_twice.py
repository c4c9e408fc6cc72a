"""A haul published on two computers, by the command line: which one is meant, and another number."""

from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Triage
from tests.published_twice import both_published
from triage.cli.status import DONE, USAGE


@pytest.fixture
def there(home: Path, triage: Triage) -> Triage:
    """Runs `triage` on the first machine's library, in which both hauls are."""
    both = both_published(home)
    both.first.close()
    both.later.close()

    def run(*words: str, typed: bytes = b"") -> Ran:
        return triage("--data", str(home / "first" / "data"), *words, typed=typed)

    return run


def test_a_number_means_the_haul_that_was_published_first_and_it_is_said(there: Triage, home: Path) -> None:
    for words in (("list", "--haul", "1"), ("export", "--haul", "1"), ("export", "ris", "--haul", "1")):
        ran = there(*words)
        assert ran.status == DONE
        assert ran.err == (
            "triage: haul 1 is the one of 2027-11-20 08:30; `triage publish --haul 1` gives the later one, "
            "of 2026-11-20 08:30, a number of its own\n"
        )
    ids = [line[2:12] for line in there("list", "--haul", "1").lines]
    assert ids == ["2611.00001", "2611.00002", "2611.00003"]
    assert (
        there("export", "--haul", "1").out.encode()
        == (home / "first" / "data" / "posts" / "haul-1.md").read_bytes()
    )


def test_publish_with_the_number_that_two_have_gives_the_later_another(there: Triage, home: Path) -> None:
    posts = home / "first" / "data" / "posts"
    ran = there("publish", "--haul", "1", "--number", "5")
    # The machine that published it has its folder here too.
    old = home / "later" / "data" / "posts" / "haul-1.md"
    assert (ran.status, ran.err) == (DONE, f"triage: {old} was written as haul 1, and stays as it is\n")
    assert ran.out == f"haul 1 is haul 5 now: {posts / 'haul-5.md'}\n"
    assert there("list", "--haul", "1").err == there("list", "--haul", "5").err == ""
    assert "title: ML Arxiv Haul ~5\n" in (posts / "haul-5.md").read_text()
    assert there("export", "--haul", "5").out == (posts / "haul-5.md").read_text()
    assert there("undo").out == "undone: number of haul 5\n"
    assert there("list", "--haul", "1").err
    assert there("publish", "--haul", "1").out == f"haul 1 is haul 2 now: {posts / 'haul-2.md'}\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--haul", "1", "--number", "1"), "in use"),
        (("--haul", "7"), "There is no haul 7"),
        (("--haul", "1", "--date", "2026-11-20"), "goes without --date"),
        (("--haul", "x"), "--haul wants a"),
    ],
)
def test_what_gives_no_haul_another_number_is_refused_in_a_sentence(
    there: Triage, words: tuple[str, ...], says: str
) -> None:
    ran = there("publish", *words)
    assert (ran.status, ran.out) == (USAGE, "")
    assert says in ran.err
    assert there("list", "--haul", "1").err


def test_a_haul_that_has_its_number_alone_keeps_it(there: Triage) -> None:
    there("publish", "--haul", "1")
    ran = there("publish", "--haul", "1")
    assert ran.status == USAGE
    assert "it keeps it" in ran.err


def test_merge_says_that_a_haul_was_published_twice(home: Path, triage: Triage) -> None:
    both = both_published(home)
    both.first.close()
    both.later.close()
    ran = triage("merge", str(home / "first" / "data"))
    assert ran.status == DONE
    assert "haul 1 was published twice; `triage publish --haul 1` gives the later one" in ran.err

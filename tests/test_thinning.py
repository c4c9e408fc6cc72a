"""Of the backups those stay that one goes back to, and none goes that is the only one to hold something."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from triage.backup import Reason
from triage.thinning import Dated, holds, to_drop

TODAY = date(2026, 11, 26)


def made(*days: int, reason: Reason = Reason.DAILY, per_day: int = 1) -> list[Dated]:
    """Backups made so many days ago, oldest first, of a library that grows."""
    found = []
    for ago in sorted(days, reverse=True):
        for number in range(per_day):
            on = TODAY - timedelta(days=ago)
            steps = {"box": 10_000 - 10 * ago + number}
            found.append(Dated(f"{on}-{reason}-{number}", on, reason, steps))
    return found


def kept(backups: list[Dated]) -> list[Dated]:
    gone = to_drop(backups)
    assert set(gone) <= {one.name for one in backups}
    return [one for one in backups if one.name not in gone]


def test_a_year_of_daily_backups_keeps_seven_days_four_weeks_and_six_months() -> None:
    # The 26th is a Thursday, the 8th and the 15th are Sundays.
    months = ["06-30", "07-31", "08-31", "09-30", "10-31"]
    weeks = ["11-08", "11-15"]
    days = [f"11-{day}" for day in range(20, 27)]
    assert [f"{one.on:%m-%d}" for one in kept(made(*range(365)))] == [*months, *weeks, *days]


def test_who_works_on_few_days_keeps_as_many_backups() -> None:
    assert kept(made(0, 20, 40, 60, 80)) == made(0, 20, 40, 60, 80)


def test_of_those_before_something_the_last_and_the_first_of_a_day_stay() -> None:
    names = [one.name for one in kept(made(0, 1, 2, 3, reason=Reason.IMPORT, per_day=20))]
    assert names == [
        "2026-11-24-before import-0",
        "2026-11-25-before import-0",
        "2026-11-26-before import-0",
        "2026-11-26-before import-17",
        "2026-11-26-before import-18",
        "2026-11-26-before import-19",
    ]


def test_kinds_do_not_push_one_another_out() -> None:
    many = made(*range(30), reason=Reason.IMPORT, per_day=3)
    one = made(29, reason=Reason.MIGRATE)
    assert one[0] in kept(sorted(many + one, key=lambda dated: dated.on))


def test_what_the_user_asked_for_stays() -> None:
    assert to_drop(made(*range(100), reason=Reason.ASKED)) == []


def test_what_no_later_backup_holds_stays_however_old_it_is() -> None:
    before = [one._replace(steps={"box": one.steps["box"], "other": 5}) for one in made(*range(300, 310))]
    after = made(*range(200))
    assert before[-1] in kept(before + after)
    assert before[0] not in kept(before + after)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 400),
            st.sampled_from(Reason),
            st.dictionaries(st.sampled_from("ab"), st.integers(1, 9)),
        ),
        max_size=30,
    )
)
def test_every_step_that_was_in_a_backup_is_in_one_that_stays(
    given: list[tuple[int, Reason, dict[str, int]]],
) -> None:
    backups = [
        Dated(str(number), TODAY - timedelta(days=ago), reason, steps)
        for number, (ago, reason, steps) in enumerate(sorted(given, key=lambda one: -one[0]))
    ]
    staying = kept(backups)
    assert all(any(holds(one.steps, gone.steps) for one in staying) for gone in backups)
    assert not backups or staying
    assert set(to_drop(staying)) == set(), "thinning again drops nothing more"

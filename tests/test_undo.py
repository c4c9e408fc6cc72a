"""Undo and redo are two stacks, whether the Steps were made in this process or read from the journal."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from triage.steps import PAPERS, Change, Step
from triage.undo import REDO, UNDO, Undoing, opposites

CHANGE = Change(PAPERS, "2306.07899", ("verdict",), None, "keep")


class Model:
    """What an editor does: a list that stands and a list that was undone."""

    def __init__(self) -> None:
        self.done: list[Step] = []
        self.standing: list[int] = []
        self.undone: list[tuple[int, int]] = []

    def append(self, what: str, undoes: int | None = None) -> Step:
        """Make the next Step."""
        step = Step("a", len(self.done) + 1, len(self.done) + 1, "", what, (CHANGE,), undoes)
        self.done.append(step)
        return step

    def act(self, what: str) -> Step | None:
        """Do a thing; None where there is nothing to undo or redo."""
        if what == UNDO:
            if not self.standing:
                return None
            target = self.standing.pop()
            step = self.append(UNDO, target)
            self.undone.append((step.number, target))
            return step
        if what == REDO:
            if not self.undone:
                return None
            undo, target = self.undone.pop()
            self.standing.append(target)
            return self.append(REDO, undo)
        step = self.append(what)
        if what != "details":
            self.standing.append(step.number)
            self.undone.clear()
        return step


actions = st.lists(
    st.sampled_from(["keep", "keep", UNDO, UNDO, UNDO, REDO, REDO, "details", "restart"]), max_size=60
)


@given(actions)
def test_the_stacks_are_an_editors_however_often_the_process_restarts(whats: list[str]) -> None:
    model = Model()

    def begun() -> Undoing:
        before = tuple(model.done)

        def older() -> Iterator[Step]:
            return reversed(before)

        return Undoing(older)

    undoing = begun()
    for what in whats:
        if what == "restart":
            undoing = begun()
        elif (step := model.act(what)) is not None:
            undoing.push(step)
        last, undone = undoing.last(), undoing.last_undone()
        assert (last.number if last else None) == (model.standing[-1] if model.standing else None)
        assert ((undone[0].number, undone[1].number) if undone else None) == (
            model.undone[-1] if model.undone else None
        )


@given(actions)
def test_asking_late_gives_the_same_answer(whats: list[str]) -> None:
    model = Model()
    half = len(whats) // 2
    for what in whats[:half]:
        model.act(what)
    before = tuple(model.done)
    undoing = Undoing(lambda: reversed(before))
    for what in whats[half:]:
        if (step := model.act(what)) is not None:
            undoing.push(step)
    last, undone = undoing.last(), undoing.last_undone()
    assert (last.number if last else None) == (model.standing[-1] if model.standing else None)
    assert (undone[0].number if undone else None) == (model.undone[-1][0] if model.undone else None)


def test_only_fields_that_nobody_changed_since_are_taken_back() -> None:
    other = Change(PAPERS, "2306.07899", ("haul",), None, "current")
    step = Step("a", 1, 1, "", "keep", (CHANGE, other))
    now: dict[tuple[str, ...], str] = {("verdict",): "skip", ("haul",): "current"}
    back, stayed = opposites(step.changes, lambda change: now[change.path])
    assert back == (other.opposite,)
    assert stayed == (CHANGE,)

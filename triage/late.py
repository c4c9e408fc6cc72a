"""Steps that come late: synced from another machine after others that stand behind them in the order."""

from collections.abc import Iterable

from triage.document import holds_text, is_read_again
from triage.steps import Change, Step


def what_is_left(fresh: Iterable[Step], later: Iterable[Step]) -> list[Step] | None:
    """The late Steps with the changes that still count, to be brought in after all.

    `later` are the Steps brought in already that stand behind the first late one. A field they have set
    stays as they set it. None when that is not all there is to it, for a text or a part of a field was
    changed in both, or one post was imported twice, and everything has to be folded anew.
    """
    behind: dict[tuple[str, str], list[tuple[tuple[int, str, int], tuple[str, ...], bool]]] = {}
    for step in later:
        for change in step.changes:
            again = is_read_again(change, step)
            behind.setdefault((change.table, change.key), []).append((step.order, change.path, again))
    left = []
    for step in fresh:
        changes: list[Change] = []
        for change in step.changes:
            over = [
                (path, again or is_read_again(change, step))
                for order, path, again in behind.get((change.table, change.key), ())
                if order > step.order and path[: len(change.path)] == change.path[: len(path)]
            ]
            if not over:
                changes.append(change)
            elif holds_text(change.table, change.path) or any(
                again or path != change.path for path, again in over
            ):
                return None
        left.append(step._replace(changes=tuple(changes)))
    return left

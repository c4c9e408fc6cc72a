"""The screens and converters that the first screen does not need, each imported when it is first asked for.

A part of the composition root: what comes before the first paint brings none of them in.
"""

from typing import TYPE_CHECKING

from triage.tui.later import Later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triage.ports import World
    from triage.tui.screens.comment import CommentScreen
    from triage.tui.screens.days import DaysScreen
    from triage.tui.screens.first_run import FirstRunScreen
    from triage.tui.screens.full_text import FullTextScreen
    from triage.tui.screens.haul import HaulScreen
    from triage.tui.upstairs import Upstairs
    from triage.tui.widgets.blocks import Block


def later() -> Later:
    """What makes each of them."""

    def upstairs() -> "type[Upstairs]":
        from triage.tui.upstairs import Upstairs

        return Upstairs

    def days() -> "type[DaysScreen]":
        from triage.tui.screens.days import DaysScreen

        return DaysScreen

    def haul(world: "World") -> "HaulScreen":
        from triage.tui.screens.haul import HaulScreen

        return HaulScreen(world)

    def first_run(world: "World") -> "FirstRunScreen":
        from triage.tui.screens.first_run import FirstRunScreen

        return FirstRunScreen(world)

    def full_text() -> "type[FullTextScreen]":
        from triage.tui.screens.full_text import FullTextScreen

        return FullTextScreen

    def comment(world: "World") -> "CommentScreen":
        from triage.tui.screens.comment import CommentScreen

        return CommentScreen(world)

    def faults_in_note(text: str) -> tuple[int, str] | None:
        from triage import post

        return post.faults_in_note(text)

    def markdown(text: str) -> "Sequence[Block]":
        from triage.tui.widgets import markdown_blocks

        return markdown_blocks.markdown(text)

    def post_of(world: "World") -> str:
        from triage.actions import haul

        return haul.post_of(world.library, world.settings, world.now()).decode("utf-8")

    return Later(upstairs, days, haul, first_run, full_text, comment, faults_in_note, markdown, post_of)

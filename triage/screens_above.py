"""The screens and converters that the first screen does not need, each imported when it is first asked for.

A part of the composition root: what comes before the first paint brings none of them in.
"""

from typing import TYPE_CHECKING

from triage.tui.later import Later
from triage.without import without

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triage.ports import World
    from triage.tui.adding import Adding
    from triage.tui.copies import Copies
    from triage.tui.keys import Place
    from triage.tui.screens.comment import CommentScreen
    from triage.tui.screens.days import DaysScreen
    from triage.tui.screens.decisions import DecisionsScreen
    from triage.tui.screens.first_run import FirstRunScreen
    from triage.tui.screens.full_text import FullTextScreen
    from triage.tui.screens.haul import HaulScreen
    from triage.tui.screens.help import HelpScreen
    from triage.tui.screens.link import LinkScreen
    from triage.tui.widgets.blocks import Block
    from triage.tui.widgets.filter_line import FilterLine
    from triage.tui.widgets.note_editor import NoteEditor


def later() -> Later:
    """What makes each of them."""

    def note_editor() -> "type[NoteEditor]":
        from triage import digest
        from triage.tui.widgets.note_editor import NoteEditor

        # What is typed is kept in a file that a digest names. Python has one without OpenSSL: 3 MB less.
        with without("_hashlib"):
            digest.sha256(b"")
        return NoteEditor

    def filter_line() -> "type[FilterLine]":
        from triage.tui.widgets.filter_line import FilterLine

        return FilterLine

    def adding() -> "type[Adding]":
        from triage.tui.adding import Adding

        return Adding

    def copies() -> "type[Copies]":
        from triage.tui.copies import Copies

        return Copies

    def decisions(world: "World") -> "DecisionsScreen":
        from triage.tui.screens.decisions import DecisionsScreen

        return DecisionsScreen(world)

    def keys(preset: str, place: "Place") -> "HelpScreen":
        from triage.tui.screens.help import HelpScreen

        return HelpScreen(preset, place)

    def link(world: "World", but: str) -> "LinkScreen":
        from triage.tui.screens.link import LinkScreen

        return LinkScreen(world, but)

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

    return Later(
        note_editor,
        filter_line,
        adding,
        copies,
        decisions,
        keys,
        link,
        days,
        haul,
        first_run,
        full_text,
        comment,
        faults_in_note,
        markdown,
        post_of,
    )

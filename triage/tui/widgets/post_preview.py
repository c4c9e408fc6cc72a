"""The live preview of a haul's post: front matter as a list, cards, notes and comments as they will read."""

from collections.abc import Iterator
from dataclasses import replace

from textual.content import Content

from triage.comment import write
from triage.haul import Comment, Entry, Haul, is_web_link
from triage.tui.widgets.blocks import BLANK, Block, plain, rule, spaced, styled
from triage.tui.widgets.line_pane import LinePane
from triage.tui.widgets.markdown_blocks import markdown

WIDEST = 84
"""Cells; longer lines are hard to read."""


class PostPreview(LinePane):
    """Shows a haul as its post will read."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, widest=WIDEST)

    def show_haul(self, haul: Haul) -> None:
        """Draw a haul; the place in it stays."""
        self.show(post_blocks(haul))


def post_blocks(haul: Haul) -> list[Block]:
    """A haul's post in blocks; comments and entries are anchored by their keys."""
    groups = [list(_front(haul))]
    if haul.comments:
        groups.append([rule("Comments / Criticism")])
        groups += [list(_comment(comment)) for comment in haul.comments]
    groups.append([rule("New Paper Content")])
    groups += [list(_entry(entry)) for entry in haul.entries]
    return spaced(groups)


def _front(haul: Haul) -> Iterator[Block]:
    keys = [field.key for field in haul.front if field.key is not None]
    widest = max((len(key) for key in keys), default=0)
    for field in haul.front:
        name = styled((field.key or "").ljust(widest + 2), "dim")
        text = plain(field.value, "title" if field.key == "title" else "")
        yield text.within(name, Content(" " * (widest + 2)))


def _comment(comment: Comment) -> Iterator[Block]:
    for at, block in enumerate(markdown(write(comment))):
        yield replace(block, anchor=comment.key) if at == 0 else block


def _entry(entry: Entry) -> Iterator[Block]:
    bar = styled("▎ ", "accent")
    title = plain(entry.title, "title") if entry.title else plain("no title yet", "warning")
    yield Block(title.text, bar, bar, anchor=entry.key)
    yield plain(entry.link, "link" if is_web_link(entry.link) else "dim").within(bar, bar)
    if entry.excerpt:
        yield plain(entry.excerpt, "dim").within(bar, bar)
    if entry.note:
        yield BLANK
        yield from markdown(entry.note)

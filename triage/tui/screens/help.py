"""The help: every key of the preset in use, searchable, and what the marks mean."""

from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen

from triage.inbox import matches, searchable
from triage.settings import VIM
from triage.tui.keys import Place, to_learn
from triage.tui.sheets import sheets
from triage.tui.widgets.blocks import Block, plain, rule, spaced, styled
from triage.tui.widgets.field import Field
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.line_pane import LinePane
from triage.tui.widgets.text_line import TextLine

_TITLES = {
    Place.MAIN: "",
    Place.NOTE: "In a note",
    Place.PREVIEW: "In the preview of a note",
    Place.MARK: "While marking",
    Place.HAUL: "In the haul",
    Place.DAYS: "In the days",
    Place.FULL_TEXT: "In the full text",
    Place.LISTING: "In the decisions",
}
_MARKS = (
    ("✓", "kept", "kept for the haul"),
    ("–", "dim", "skipped"),
    ("·", "dim", "seen: a replacement of a paper that stays kept"),
    (" ", "", "open: without a verdict"),
    (">", "accent", "held: kept for the next haul"),
    ("✎", "accent", "has a note"),
    ("▌", "accent", "the cursor"),
    ("[- -]", "struck", "is gone from the version that was kept"),
    ("[+ +]", "kept", "is new in this version"),
)
_ONE_PAPER = (
    ("decided on once", "A paper has one verdict, on whatever day and in whatever category it is listed."),
    (
        "of kept papers",
        "Replacements of kept papers have a section of their own and show what changed. Skip and finish mean "
        "seen there, and the keep stays as it is; reopen makes unseen again. Keep makes a new entry in the "
        "haul, or brings the entry that is in it to the later version.",
    ),
    (
        "of other papers",
        "Other replacements are folded away under a count. They count as open, are finished with the day, "
        "and stand folded at the end of all open papers. → unfolds them.",
    ),
    (
        "cross-lists",
        "Cross-lists are shown, folded away in the same way, or left out: then open ones neither "
        "count nor are finished.",
    ),
)


class HelpScreen(Screen[None]):
    """Shows the keys of one preset, those of the place one comes from first."""

    CSS_PATH = sheets("panels", "text", "help")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll(-1)", "Up", show=False),
        Binding("down", "scroll(1)", "Down", show=False),
        Binding("pageup", "pages(-1)", "Page up", show=False),
        Binding("pagedown", "pages(1)", "Page down", show=False),
        Binding("escape,f1", "leave", "Back", show=False),
    ]

    def __init__(self, preset: str, place: Place = Place.MAIN) -> None:
        super().__init__()
        self._preset = preset
        self._places = [place, *(other for other in Place if other is not place)]

    def compose(self) -> ComposeResult:
        """The search above, the keys beneath."""
        yield TextLine(id="help-title", classes="header")
        yield Field(placeholder="type to search the keys", id="help-search")
        yield LinePane(id="help-keys", widest=90)
        yield Footer([("↑ ↓ PgUp PgDn", "Scroll"), ("Esc", "Back")])

    def on_mount(self) -> None:
        """Show every key."""
        other = "" if self._preset == VIM else ' · keys = "vim" in the config brings the vim keys'
        title = styled("Keys", "title") + styled(f" · {self._preset}{other}", "dim")
        self.query_one("#help-title", TextLine).show(title)
        self._show("")
        self.set_focus(self.query_one(Field))

    def on_input_changed(self, event: Field.Changed) -> None:
        """Show what matches."""
        event.stop()
        self._show(event.value)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(LinePane).scroll_lines(lines)

    def action_pages(self, pages: int) -> None:
        """Scroll by pages."""
        self.query_one(LinePane).scroll_pages(pages)

    def action_leave(self) -> None:
        """Back; a search is cleared first."""
        search = self.query_one(Field)
        if search.value:
            search.value = ""
        else:
            self.dismiss(None)

    def _show(self, query: str) -> None:
        pane = self.query_one(LinePane)
        blocks = list(_help(self._places, self._preset, searchable(query)))
        pane.show(blocks or [plain(f"No key does {query!r}.", "dim")])
        pane.scroll_to(y=0, animate=False, immediate=True)


def _help(places: list[Place], preset: str, words: tuple[str, ...]) -> Iterator[Block]:
    groups = []
    for place in places:
        for group, rows in groupby(to_learn(place, preset), key=lambda row: row[0]):
            found = [
                _line(keys, "key", text)
                for _, keys, text in rows
                if matches(words, f"{group} {keys} {text}".casefold())
            ]
            if found:
                groups.append([rule(_TITLES[place] or group), *found])
    marks = [
        _line(mark, style, text) for mark, style, text in _MARKS if matches(words, f"marks {text}".casefold())
    ]
    papers = [
        _line(name, "", text) for name, text in _ONE_PAPER if matches(words, f"{name} {text}".casefold())
    ]
    groups.append([rule("One paper, once"), *papers] if papers else [])
    yield from spaced([*groups, [rule("Marks"), *marks] if marks else []])


def _line(keys: str, style: str, text: str) -> Block:
    return Block(Content(text), styled(f"  {keys:<18}", style), Content(" " * 20))

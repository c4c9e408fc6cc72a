"""Add papers by their arXiv ids and web pages by their links; what the clipboard holds is there already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from triage import clean
from triage.actions import add
from triage.actions.add import Candidate
from triage.actions.kept import haul_of
from triage.pasted import Named, named_in
from triage.ports import NotSaved, World
from triage.tui.behind import behind
from triage.tui.sheets import sheets
from triage.tui.widgets.blocks import styled
from triage.tui.widgets.field import Field
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.row_list import RowList
from triage.tui.widgets.text_line import TextLine

_LONGEST = 20_000
"""Characters: some hundred links."""
_LONGEST_NAME = 60
"""Characters of a title or link in a sentence."""
_MOST_ROWS = 8
"""Rows of what was found that are shown at once."""
_MOST_LOOKED_AT = 200
"""What is found beyond these is added, and not looked at before."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of it."""

    keys: tuple[str, ...]
    """What was added: the ids of papers and pages, the first one's note to be written."""
    there: str
    """The id of what was there already, to go to when nothing was added; else empty."""
    sentence: str
    """Fit to show."""
    haul: str = ""
    """The id of the published haul that it is there in; empty when it is in one being made."""


class AddField(Field):
    """A line to type ids and links into; of a text that is pasted it takes only those."""

    def on_paste(self, event: events.Paste) -> None:
        """Take in what a pasted text names; a text of one word, or that names nothing, as it is."""
        named = [one for one in named_in(event.text) if one.key]
        if named and len(event.text.split()) > 1:
            event.prevent_default()
            event.stop()
            before = self.value[: self.cursor_position].strip()
            self.insert_text_at_cursor((" " if before else "") + _joined(named))


class AddScreen(ModalScreen[Added | None]):
    """Adds papers and pages to the current haul at once; None when the user left."""

    CSS_PATH = sheets("panels", "text", "add")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", show=False),
        Binding("f2", "add_anew", "Add anew", show=False),
        Binding("pageup", "scroll_found(-1)", "Up", show=False),
        Binding("pagedown", "scroll_found(1)", "Down", show=False),
    ]

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self._found: Sequence[Candidate] = ()
        self._left_out: Sequence[Named] = ()
        self._seen = dict[str, Candidate]()
        self._is_reading = True
        """Whether the clipboard is being read."""
        self._is_awaited = False
        """Whether Enter was pressed before that came."""

    def compose(self) -> ComposeResult:
        """A panel at the foot of the screen."""
        with Vertical(classes="panel"):
            yield TextLine(id="add-title")
            yield AddField(placeholder="2306.07899 or https://…", longest=_LONGEST)
            yield RowList(id="add-found")
            yield Footer(())

    def on_mount(self) -> None:
        """Say what goes here, and look into the clipboard behind that."""
        self.set_focus(self.query_one(AddField))
        self._show_found()
        self.run_worker(self._paste(), group="clipboard")

    async def _paste(self) -> None:
        """Fill in what the clipboard holds that can be added, unless something was typed meanwhile."""
        held = await behind(self._world.clipboard.paste)
        self._is_reading = False
        field = self.query_one(AddField)
        if not field.value:
            field.value = self._addable(held or "")
            field.select_all()
        if self._is_awaited:
            self._add(field.value)

    def _addable(self, text: str) -> str:
        """What a text names that is in no haul yet, as it is typed."""
        return _joined(one for one in named_in(text) if one.key and not self._candidate(one.key).known)

    def on_input_changed(self, event: AddField.Changed) -> None:
        """Show what is named now; what was wrong may be right."""
        event.stop()
        self._is_awaited = False
        self._look_into(event.value)
        self.query_one(Footer).say("")
        self._show_found()

    def on_input_submitted(self, event: AddField.Submitted) -> None:
        """Add it, or say why not."""
        event.stop()
        if self._is_reading and not event.value:
            self._is_awaited = True
            self.query_one(Footer).say("Reading the clipboard …")
        else:
            self._add(event.value)

    def action_add_anew(self) -> None:
        """Add what is in a published haul to this one, too."""
        if any(one.is_published for one in self._found):
            self._add(self.query_one(AddField).value, anew=True)

    def action_scroll_found(self, pages: int) -> None:
        """Scroll what was found."""
        found = self.query_one(RowList)
        found.scroll_relative(y=pages * max(1, found.size.height - 1), animate=False)

    def action_leave(self) -> None:
        """Add nothing."""
        self.dismiss(None)

    def _look_into(self, text: str) -> None:
        """Find what a text names."""
        named = named_in(text)
        found = {one.key: one for one in (self._candidate(one.key) for one in named if one.key)}
        self._found, self._left_out = list(found.values()), [one for one in named if not one.key]

    def _add(self, text: str, *, anew: bool = False) -> None:
        library, archive = self._world.library, self._world.archive
        self._look_into(text)
        if not self._found:
            self.query_one(Footer).say(add.nothing_in(clean.line(text)), error=True)
            return
        # Another process may have added one of them meanwhile.
        found = [add.candidate(library, archive, one.key) for one in self._found]
        new = [one for one in found if not one.known or (anew and one.is_published)]
        try:
            add.add(library, archive, [one.key for one in new], self._world.now(), anew=anew)
        except NotSaved as refusal:
            self.query_one(Footer).say(str(refusal), error=True)
            return
        there = haul_of(library, found[0].key) if found[0].is_published and not new else None
        self.dismiss(_outcome(found, new, there["id"] if there is not None else ""))

    def _candidate(self, key: str) -> Candidate:
        if key not in self._seen:
            library, archive = self._world.library, self._world.archive
            many = len(self._seen) >= _MOST_LOOKED_AT
            self._seen[key] = Candidate(key) if many else add.candidate(library, archive, key)
        return self._seen[key]

    def _show_found(self) -> None:
        """Show what was found, where each is already, and what Enter does."""
        found, left_out = self._found, self._left_out
        new = sum(not one.known for one in found)
        title = styled("Add", "heading") + styled(" arXiv ids, links or web pages to the haul", "dim")
        counted = styled(f"{len(found)} found" if len(found) > 1 else "", "dim")
        self.query_one("#add-title", TextLine).show(title, counted)
        rows = self.query_one(RowList)
        count = len(found) + len(left_out)
        rows.display = count > 0
        rows.styles.height = min(count, _MOST_ROWS)
        rows.show(
            count,
            lambda at, width: (
                _row(found[at], width) if at < len(found) else _refused(left_out[at - len(found)], width)
            ),
            stands=lambda _at: False,
        )
        enter = "Add, and write its note" if new < 2 else f"Add {new}, and write the first one's note"
        keys = [("Enter", enter if new or not found else "Go there")]
        keys += [("F2", "Add anew")] if any(one.is_published for one in found) else []
        self.query_one(Footer).show([*keys, ("Esc", "Back")])


def _outcome(found: Sequence[Candidate], new: Sequence[Candidate], haul: str) -> Added:
    """What is to be said, and where it leads."""
    rest = [one for one in found if one not in new]
    there = ""
    if rest:
        first = rest[0]
        where = f"{first.known[:1].upper()}{first.known[1:]}"
        there = f"{where if first.is_published else f'{where} already'}: {_name(first)}"
        there += f" · {len(rest) - 1} more" if len(rest) > 1 else ""
    if not new:
        return Added((), rest[0].key, there, haul)
    said = f"Added: {_name(new[0])}" if len(new) == 1 else f"Added {len(new)}: {_name(new[0])}, …"
    return Added(tuple(one.key for one in new), "", f"{said} {there}".strip())


def _name(one: Candidate) -> str:
    name = one.title or clean.name(one.key)
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"


def _joined(named: Iterable[Named]) -> str:
    """Papers by their ids and pages by their links, as many as there is room for."""
    joined = ""
    for one in named:
        longer = f"{joined} {one.key}".lstrip()
        if len(longer) > _LONGEST:
            break
        joined = longer
    return joined


def _row(one: Candidate, width: int) -> Content:
    """A paper or page: whether it is new, what it is called, and where it is already."""
    mark = styled("· ", "dim") if one.known else styled("+ ", "kept")
    name = Content(clean.shown(one.title or one.key))
    behind_it = styled(f"  {one.known or (one.key if one.title else '')}".rstrip(), "dim")
    room = max(0, width - 2 - behind_it.cell_length)
    name = name.truncate(room, ellipsis=True)
    gap = " " * max(0, room - name.cell_length)
    return mark + (styled(name.plain, "dim") if one.known else name) + Content(gap) + behind_it


def _refused(one: Named, width: int) -> Content:
    """A link that is not followed."""
    said = "  is not followed"
    name = Content(clean.name(one.text)).truncate(max(0, width - 2 - cell_len(said)), ellipsis=True)
    return styled("! ", "warning") + name + styled(said, "warning")

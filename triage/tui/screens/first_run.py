"""The first run: which categories, which keys, and where the numbering of hauls goes on."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from triage.actions.haul import Refused, say_number
from triage.actions.import_posts import Read, import_posts
from triage.ports import NotSaved, Unreachable, World
from triage.settings import Settings
from triage.tui.sheets import sheets
from triage.tui.widgets.blocks import Block, plain, styled
from triage.tui.widgets.category_picker import CategoryPicker
from triage.tui.widgets.field import Field
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.form_row import FormRow
from triage.tui.widgets.line_pane import LinePane
from triage.tui.widgets.preset_picker import PresetPicker
from triage.tui.widgets.text_line import TextLine

DEFAULTS = ("cs.CL", "cs.LG")
"""What is read when nobody chose."""
_PIECE = 0.05
"""Seconds of importing after which the screen is painted."""
_PAINTING = 0.005
"""Seconds that it gets for that."""
_QUESTIONS = (
    "Which categories do you read?",
    "Which keys suit your hands?",
    "Have you published hauls before?",
)


@dataclass(frozen=True, slots=True)
class Start:
    """What the first run came to."""

    settings: Settings
    sentence: str
    """What was chosen, or taken for granted, and where to change it."""


class FirstRunScreen(Screen[Start]):
    """Asks three questions; Esc answers the rest with what most would choose.

    A library that holds hauls, of another computer or brought back, answers the third itself.
    """

    CSS_PATH = sheets("panels", "text", "first_run")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "enough", "Start", show=False),
        Binding("tab", "next", "Next", show=False),
        Binding("shift+tab", "back", "Back", show=False),
    ]

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self._questions = _QUESTIONS[:-1] if world.library.haul_numbers() else _QUESTIONS
        self._page = 0
        self._imported: set[str] = set()
        """The files of the posts that were new."""
        self._refused: list[str] = []
        """What was said of the posts that could not be imported."""
        self._is_importing = False

    def compose(self) -> ComposeResult:
        """The three pages, one of them shown."""
        yield TextLine(id="first-title", classes="header")
        yield CategoryPicker(self._world.settings.categories, id="first-categories")
        yield PresetPicker(self._world.settings.keys, id="first-keys")
        with Vertical(id="first-hauls"):
            yield LinePane(id="first-words", widest=76)
            yield FormRow(
                "Folder", placeholder="~/blog/posts: the posts in it are imported", id="first-folder"
            )
            yield FormRow("Next number", placeholder="1", id="first-number")
            yield LinePane(id="first-found", widest=76)
        yield Footer([])

    def on_mount(self) -> None:
        """Ask the first question."""
        self.query_one("#first-words", LinePane).show(_WORDS)
        self._ask(0)

    def on_category_picker_changed(self) -> None:
        """Say how many are chosen, and what Esc does now."""
        self.query_one(Footer).say("")
        self._ask(self._page)

    def on_input_changed(self, event: Field.Changed) -> None:
        """Tell what is in the folder, as far as one can see while it is typed."""
        event.stop()
        if event.input.id == "first-folder":
            self._show_found(event.value.strip())

    def on_input_submitted(self, event: Field.Submitted) -> None:
        """Enter on the last page starts; with a folder, it imports first."""
        event.stop()
        if not self._is_importing:
            self._finish()

    def on_preset_picker_chosen(self) -> None:
        """Enter on the keys goes on, or starts where nothing more is asked."""
        if self._page == len(self._questions) - 1:
            self._start("")
        else:
            self.action_next()

    def action_next(self) -> None:
        """The next question, or the field below; what was typed for a category is not left behind."""
        picker = self.query_one(CategoryPicker)
        if self._page == 0 and not picker.take():
            self.query_one(Footer).say(
                f"“{picker.typed}” is no category's id: Enter takes the one under the cursor, Esc clears it."
            )
        elif self._page < len(self._questions) - 1:
            self._ask(self._page + 1)
        else:
            self.app.action_focus_next()

    def action_back(self) -> None:
        """The question before."""
        self._ask(max(0, self._page - 1))

    def action_enough(self) -> None:
        """Clear what was typed; else start with what was chosen, and with what most would choose."""
        picker = self.query_one(CategoryPicker)
        if self._page == 0 and picker.typed:
            picker.clear()
        else:
            self._start("")

    def _ask(self, page: int) -> None:
        moved = page != self._page or not self._page
        self._page = page
        picker = self.query_one(CategoryPicker)
        chosen = picker.chosen
        pages = ("#first-categories", "#first-keys", "#first-hauls")
        for at, selector in enumerate(pages):
            self.query_one(selector).display = at == page
        title = styled(_QUESTIONS[page], "title") + styled(f" · {page + 1} of {len(self._questions)}", "dim")
        count = styled(f"{len(chosen)} chosen" if page == 0 and chosen else "", "kept")
        self.query_one("#first-title", TextLine).show(title, count)
        last = page == len(self._questions) - 1
        own = [("Enter", "Choose")] if page == 0 else [("← →", "Choose")] if page == 1 else []
        on = [("Enter", "Start")] if last else [("Tab", "Next")]
        leave = "Start without" if page == 2 else "Start" if chosen else "Start with defaults"
        if page == 0 and picker.typed:
            leave = "Clear"
        back = [("Shift+Tab", "Back")] if page else []
        enough = [] if last and page == 1 else [("Esc", leave)]
        self.query_one(Footer).show([*own, *on, *enough, *back])
        if moved:
            focused = ("#category-filter", "#first-keys", "#first-folder")[page]
            self.set_focus(self.query_one(focused))

    def _show_found(self, folder: str) -> None:
        pane = self.query_one("#first-found", LinePane)
        if not folder:
            pane.show([])
            return
        try:
            posts = self._posts_in(folder)
        except Unreachable as refusal:
            pane.show([plain(str(refusal), "warning")])
            return
        words = f"{_counted(len(posts), 'found here')}." if posts else "No posts here."
        pane.show([plain(words, "dim")])

    def _finish(self) -> None:
        folder = self.query_one("#first-folder", Field).value.strip()
        number = self.query_one("#first-number", Field).value.strip()
        if number and not (
            number.isascii() and number.isdigit() and int(number[:9]) > 0 and len(number) < 10
        ):
            self._refuse(f"{number!r} is no number for a haul; write it as 21, or leave it empty.")
            return
        self.run_worker(self._begin(folder, number), group="import")

    async def _begin(self, folder: str, number: str) -> None:
        """Import what there is, then start; what cannot be imported is shown first, once."""
        told_before = self._refused
        self._is_importing = True
        try:
            said = await self._import(folder) if folder else ""
            if self._refused not in ([], told_before):
                self.query_one("#first-found", LinePane).show([plain(one) for one in self._refused])
                self._refuse("Not every post could be imported, see above. Enter starts without those.")
                return
            if number:
                say_number(self._world.library, int(number))
        except (Unreachable, NotSaved, Refused) as refusal:
            self._refuse(str(refusal))
            return
        finally:
            self._is_importing = False
        self._start(said)

    async def _import(self, folder: str) -> str:
        """Import what can be, remember why the rest cannot; a sentence on all that came of it until now."""
        world = self._world
        posts = self._posts_in(folder)
        if not posts:
            raise Unreachable(f"{folder} holds no posts; leave the folder empty to go on without.")
        known = read = done = 0
        self._refused = []
        drawn = monotonic()
        for one in import_posts(
            world.library, world.archive, world.posts, world.settings, posts, world.now()
        ):
            if monotonic() - drawn > _PIECE:
                what = f"Importing {done} of {len(posts)} …" if done else f"Reading {read} of {len(posts)} …"
                self.query_one(Footer).say(what)
                await asyncio.sleep(_PAINTING)
                drawn = monotonic()
            if isinstance(one, Read):
                read += 1
                continue
            done += 1
            if one.imported is None:
                self._refused.append(one.refusal)
            elif not one.imported.known:
                self._imported.add(one.place)
            elif one.place not in self._imported:
                known += 1
        parts = [_counted(len(self._imported), "imported")]
        parts += [f"{known} known already"] if known else []
        parts += [f"{len(self._refused)} could not be imported"] if self._refused else []
        return ", ".join(parts) + "."

    def _posts_in(self, folder: str) -> Sequence[str]:
        """The posts that a folder, or a file, stands for. Raises Unreachable, also when it is not there."""
        if self._world.posts.hash(folder) is None:
            raise Unreachable(f"{folder} is not there.")
        return self._world.posts.find([folder])

    def _start(self, more: str) -> None:
        chosen = self.query_one(CategoryPicker).chosen or self._world.settings.categories or DEFAULTS
        preset = self.query_one(PresetPicker).preset
        settings = self._world.settings._replace(categories=tuple(chosen), keys=preset)
        shown = " ".join(chosen[:6]) + (" …" if len(chosen) > 6 else "")
        said = f"Reading {shown} with the {preset} keys. {more}".strip()
        try:
            if self._world.write_settings is not None:
                settings = self._world.write_settings(settings)
                said += " `triage config path` names the file where this can be changed."
        except Unreachable as refusal:
            said += f" This holds until you quit: {refusal}"
        self.dismiss(Start(settings, said))

    def _refuse(self, sentence: str) -> None:
        self.query_one(Footer).say(sentence, error=True)


_WORDS: tuple[Block, ...] = (
    plain(
        "A haul is the post that your kept papers and notes become. Posts from before can be imported, and "
        "the numbering goes on after them; or say which number the next one has. Both may stay empty."
    ),
)


def _counted(count: int, what: str) -> str:
    return f"{count} post{'' if count == 1 else 's'} {what}"

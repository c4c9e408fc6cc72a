"""Loading a full text: what the child tells is shown as it comes, and what has failed can be tried again."""

from time import perf_counter

from textual.timer import Timer

from triage.actions.kept import kept_in
from triage.clean import line
from triage.full_text import Page
from triage.paper import Paper
from triage.ports import World
from triage.tui.key_gate import KeyGate
from triage.tui.reading_places import ReadingPlaces
from triage.tui.screens.full_text_reading import FullTextReading
from triage.tui.text_body import TextBody
from triage.tui.text_loading import Came, Failed, Grown, Told, loaded

_SHOW_EVERY = 0.5
"""Seconds between two paintings of how far the loading is, and from a key to one."""


class FullTextLoading(FullTextReading):
    """Runs the child, and shows what is there of the text."""

    def __init__(self, world: World, paper: Paper, places: ReadingPlaces) -> None:
        super().__init__(world, paper, places)
        self._page: Page | None = None
        self._failed: Failed | None = None
        self._shown_at = 0.0
        """When it was shown last how far the loading is."""
        self._later_on: Timer | None = None
        """Shows it later."""
        self._keys_seen = 0
        self._last_key = 0.0
        """When a key was seen to have been pressed."""

    def on_mount(self) -> None:
        """Begin to load."""
        self._load()

    def action_reload(self) -> None:
        """Try again what has failed."""
        if self._progress:
            self.say("The text is still coming.")
        elif self._failed is None:
            self.say("The text is here.")
        else:
            self._load()

    def _load(self) -> None:
        self._body, self._page, self._failed = TextBody(), None, None
        self._bookmark = self._places.of(self._paper.id)
        self._progress = "fetching …"
        self._show_words(f"Fetching the full text of {self._paper.id} …")
        self.say("")
        self.run_worker(self._take_in(), group="full text", exclusive=True)

    async def _take_in(self) -> None:
        command = self._world.full_text
        if command is None:
            self._fail(Failed("There is no network here to read full texts from.", pdf=False))
            return
        async for fact in loaded([*command, self._paper.id], self._body, self._keys_typed):
            match fact:
                case Told(sentence) if self._page is None:
                    self._show_words(sentence)
                case Told(sentence):
                    self.say(sentence)
                case Came(page):
                    self._page = page
                    self._title = line(page.title) or self._title
                    self._body.begin(self._title, _of_page(page))
                    if kept := kept_in(self._world.library, self._paper.id):
                        self._body.tell(f"✓ {kept}")
                    self._progress = "converting …"
                    self.text.show(self._body)
                case Grown(parts):
                    self._progress = f"converting … part {parts}"
                    self.text.grown()
                    self._go_to_bookmark()
                    self._show_when_quiet()
                    continue
                case Failed():
                    self._fail(fact)
                    return
            self._show_growth()
        self._progress = ""
        self._go_to_bookmark(at_end=True)
        self._show_growth()

    def _show_growth(self) -> None:
        """Show how far the loading is, and what there is of the outline."""
        if self._later_on is not None:
            self._later_on.stop()
            self._later_on = None
        self._shown_at = perf_counter()
        self.text.show_bar()
        self.grown()
        self.show_outline()
        self.show_place()

    def _show_when_quiet(self) -> None:
        """Show it every now and then, and not between two keys: the second of two paintings waits a frame."""
        now, keys = perf_counter(), self._keys_typed()
        if keys != self._keys_seen:
            self._keys_seen, self._last_key = keys, now
        if min(now - self._shown_at, now - self._last_key) >= _SHOW_EVERY:
            self._show_growth()
        elif self._later_on is None:
            self._later_on = self.set_timer(_SHOW_EVERY, self._show_by_and_by)

    def _show_by_and_by(self) -> None:
        self._later_on = None
        self._show_when_quiet()

    def grown(self) -> None:
        """There may be more to read than before."""

    def _fail(self, failure: Failed) -> None:
        self._failed, self._progress = failure, ""
        ways = ["r tries again"] if not failure.pdf else []
        ways += ["p opens the PDF in the browser", "o its page", "Esc goes back"]
        if self._body.sections:
            self.say(f"{failure.sentence} {ways[0]}.", error=True)
        else:
            self._show_words(failure.sentence, f"{', '.join(ways[:-1])}, {ways[-1]}.")
        self.show_place()

    def _show_words(self, *sentences: str) -> None:
        body = TextBody()
        body.begin(self._title, self._paper.id)
        for sentence in sentences:
            body.tell(sentence)
        self.text.show(body)
        self.show_place()

    def _keys_typed(self) -> int:
        return self.app.keys_typed if isinstance(self.app, KeyGate) else 0

    def _go_to_bookmark(self, *, at_end: bool = False) -> None:
        """Go where one was last time, as soon as a screenful of that has come."""
        if self._bookmark is None:
            return
        place = self._body.marked_by(self._bookmark)
        screenful = self.text.size.width * self.text.size.height
        if place is not None and (at_end or self._body.end - place > screenful):
            self._bookmark = None
            self.text.go(place)
        elif at_end:
            self._bookmark = None


def _of_page(page: Page) -> str:
    version = f"v{page.version}" if page.version else ""
    return f"{page.id}{version} · {page.url} · read on {page.fetched[:10]}"

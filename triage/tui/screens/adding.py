"""Adding from the main screen: the note first, what is looked up behind it, and correcting that."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from triage.actions.untitled import untitled
from triage.ports import NotSaved
from triage.steps import CURRENT, NEXT
from triage.tui.keys import Place, rows
from triage.tui.screens.fetching import FetchingScreen

if TYPE_CHECKING:
    from triage.tui.looking_up import Outcome
    from triage.tui.screens.add import Added
    from triage.tui.screens.correct import Correction

_MOST_UNASKED = 20
"""What is looked up again without being asked: the rest waits for the user's key."""


class AddingScreen(FetchingScreen):
    """Adds papers and pages, writes the first one's note, and shows what comes of them for correction."""

    _looked_up: frozenset[str] = frozenset()
    """What is being looked up."""

    def action_fetch(self) -> None:
        """Fetch today's listing, or try again; and so with what was added and could not be looked up."""
        super().action_fetch()
        lacking = self._to_look_up()
        if lacking:
            one = len(lacking) == 1
            added = f"{len(lacking)} in the haul {'has' if one else 'have'} no title yet."
            self.run_worker(self._look_up(lacking, added), group="look up")

    def _fetch_first(self) -> None:
        """Likewise when the app opens, with the first few, but of what fails again nothing is said."""
        super()._fetch_first()
        lacking = self._to_look_up()[:_MOST_UNASKED]
        if lacking:
            self.run_worker(self._look_up_unasked(lacking), group="look up")

    def _to_look_up(self) -> Sequence[str]:
        """What has no title yet and is not being looked up, where that can be done."""
        world = self.session.world
        if world.look_up is None or world.library.read_only:
            return []
        return [key for key in untitled(world.library) if key not in self._looked_up]

    async def action_add(self) -> None:
        """ArXiv ids, links or web pages for the haul."""
        await self.app.push_screen(self._later.adding().Add(self.session.world), self._added)

    async def action_correct(self) -> None:
        """Correct what the card of the paper says that is shown."""
        shown = self.noted if self.noted is not None else self.session.paper
        record = self.session.world.library.paper(shown.id) if shown is not None else None
        if shown is None or (record or {}).get("haul") not in (CURRENT, NEXT):
            self.say("Only what is in the haul has a card to correct.")
        elif not self.refuses_writing():
            key = shown.id

            def correct(made: "Correction | None") -> None:
                self._correct(key, made)

            card = self._later.adding().to_correct(self.session.world.library, key)
            await self.app.push_screen(self._later.adding().Correct(card), correct)

    async def action_correct_noted(self) -> None:
        """The same while its note is written."""
        await self.action_correct()

    def _correct(self, key: str, made: "Correction | None") -> None:
        try:
            library = self.session.world.library
            step = self._later.adding().correct(library, key, **made.fields) if made is not None else None
        except NotSaved as refusal:
            self.say(str(refusal), error=True)
            return
        if step is not None:
            self._take_in(key)
            self.say("Corrected for the haul.")

    async def _added(self, added: "Added | None") -> None:
        self.back_from_above()
        if added is None:
            return
        if not added.keys and added.haul:
            await self._show_published(added)
            return
        first = added.keys[0] if added.keys else added.there
        await self.write_and_come_back(first)
        wanted = [key for key in added.keys or (first,) if self._lacks_details(key)]
        if wanted and self.session.world.look_up is not None:
            self.run_worker(self._look_up(wanted, added.sentence), group="look up")
        elif wanted:
            self.tell(f"{added.sentence} · nothing is looked up here, F2 writes its title")
        else:
            self.tell(added.sentence)

    async def _look_up(self, keys: Sequence[str], added: str) -> None:
        """Look up behind the note; what comes is shown at once, and told in one sentence that grows."""
        report = self._later.adding().Report(added, len(keys))

        def tell() -> None:
            hint = " · F2 corrects the card" if self.noted is not None and self.noted.id in keys else ""
            self.say(report.within(self.footer.said, hint), error=report.is_error)

        def take(outcome: "Outcome") -> None:
            for key in outcome.keys:
                self._take_in(key)
            report.take(outcome)
            tell()

        tell()
        await self._look_up_each(keys, take)
        report.end()
        tell()

    async def _look_up_unasked(self, keys: Sequence[str]) -> None:
        def take(outcome: "Outcome") -> None:
            if not outcome.error:
                self.tell(outcome.sentence)
                for key in outcome.keys:
                    self._take_in(key)

        await self._look_up_each(keys, take)

    async def _look_up_each(self, keys: Sequence[str], take: "Callable[[Outcome], None]") -> None:
        self._looked_up |= set(keys)
        try:
            await self._later.adding().look_up(self.session.world, keys, take)
        finally:
            self._looked_up -= set(keys)

    async def _show_published(self, added: "Added") -> None:
        """Go to a paper that a published haul has: in its listing, else in that haul."""
        if self.session.goto(added.there):
            keep = next(row for row in rows(Place.MAIN) if row.action == "decide('keep')")
            self.show(f"{added.sentence} · {keep.shown(self._preset)} keeps it anew")
            return
        screen = self._later.haul(self.session.world)
        await self.app.push_screen(screen, self.back_from_above)
        screen.open_at(added.haul, added.there)

    def _lacks_details(self, key: str) -> bool:
        record = self.session.world.library.paper(key) or {}
        return not (record.get("title") and record.get("abstract"))

    def back_from_above(self, _nothing: None = None) -> None:
        """Show what a screen above has changed."""
        self.session.after_other_screen()
        self.papers.repaint()
        self.show()

    def _take_in(self, key: str) -> None:
        """Show a paper as it is known now."""
        if self.noted is not None and self.noted.id == key:
            self.noted = self.known(key)
            # Above a note it is as high as its text.
            self.reader.refresh(layout=True)
        self.repaint()

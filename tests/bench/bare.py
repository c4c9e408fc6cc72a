"""The bare Textual app that everything is measured against: one line, and `q` quits."""

from textual.app import App, ComposeResult
from textual.widgets import Label


class Bare(App[None]):
    """One line of text."""

    BINDINGS = [("q", "quit", "Quit")]  # noqa: RUF012 - as Textual's own examples write it

    def compose(self) -> ComposeResult:
        """The line."""
        yield Label("bare and ready")


if __name__ == "__main__":
    Bare().run()

"""What the app and the actions ask of the world, and the ways in which the world may refuse."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol, TypeAlias

from triage.ledger import Listing, ListingState
from triage.listing_day import Calendar
from triage.paper import Paper, Row, Verdict
from triage.settings import Settings
from triage.steps import Change, Step

Record: TypeAlias = Mapping[str, Any]
"""A document of the library, read only."""


class Unreachable(Exception):
    """The world outside refused; the message is a sentence fit to show: what, where, what to do."""


class ArchiveUnusable(Unreachable):
    """The archive cannot be read or written; the message is a sentence fit to show."""


class NotSaved(Exception):
    """The library could not take a Step: nothing was changed; the message is a sentence fit to show."""


class LibraryUnusable(Exception):
    """The library cannot be opened at all: newer schema, not a folder; the message is fit to show."""


class NoLibrary(Exception):
    """A folder was named that holds no other library; the message is a sentence fit to show."""


class Merged(NamedTuple):
    """What taking in another library did."""

    steps: Sequence[Step]
    """The Steps that were taken in, under the names they have here now."""
    notices: Sequence[str]
    """Sentences on what could not be read, and on what was taken in under another name."""


class Undone(NamedTuple):
    """What an undo or a redo did."""

    step: Step
    """The Step that was appended."""
    target: Step
    """The Step that was taken back, or done again."""
    stayed: tuple[Change, ...]
    """The target's changes that were left alone, for somebody else has changed those fields since."""


class Library(Protocol):
    """Everything the user made. Documents are looked up by their field `id`; nothing scans but `papers`."""

    @property
    def read_only(self) -> bool:
        """True when the library opened but takes no Step."""

    @property
    def notices(self) -> Sequence[str]:
        """Sentences on what was found and mended at opening (set aside, rebuilt, damaged lines)."""

    @property
    def machine(self) -> str:
        """This machine's id."""

    def paper(self, key: str) -> Record | None:
        """The document of a paper decided on or added, else None."""

    def verdict(self, key: str) -> Verdict | None:
        """The verdict on a paper; None while it is open."""

    def papers(self) -> Iterator[Record]:
        """Every paper's document, in no promised order."""

    def in_haul(self, haul: str) -> Sequence[Record]:
        """The papers whose field `haul` is this one ("current", "next", or a haul's id)."""

    def comments(self, haul: str) -> Sequence[Record]:
        """The comments of a haul, in their order."""

    def hauls(self) -> Sequence[Record]:
        """The published and imported hauls' documents by rising number, without the current one."""

    def hauls_of(self, key: str) -> Sequence[Record]:
        """The published and imported hauls' documents that have an entry of a paper, by rising number."""

    def haul_numbers(self) -> Mapping[str, int]:
        """The numbers of the published and imported hauls by their id."""

    def haul(self, key: str) -> Record | None:
        """A haul's document by its id; "current" holds what is known of the one being made."""

    def record(self, what: str, changes: Iterable[Change]) -> Step:
        """Append one Step; on return it is on the disk and in the tables. Raises NotSaved.

        Without changes nothing is written, and the Step returned has the number 0.
        """

    def undo(self) -> Undone | None:
        """Take back this machine's last Step that stands; None if there is none. Raises NotSaved."""

    def redo(self) -> Undone | None:
        """Do again what the last undo took back; None if there is none. Raises NotSaved."""

    def history(self) -> Iterator[Step]:
        """This machine's Steps, newest first, undone ones included."""

    def poll(self) -> Sequence[Step]:
        """Take in what other processes and machines appended; the Steps that were new."""

    def merge(self, folder: str) -> Merged:
        """Take in the Steps of another library that this one lacks; that library is only read.

        They are its own: `undo` passes over them. Raises NoLibrary, LibraryUnusable when that one cannot be
        read, NotSaved.
        """

    def draft(self, key: str) -> str | None:
        """The note being typed on a paper that a killed process left behind."""

    def draft_over(self, key: str) -> str | None:
        """The text that a draft is to take the place of; None where there is no draft, or nobody knows."""

    def save_draft(self, key: str, text: str | None, over: str | None = None) -> None:
        """Keep a note being typed over another text; None drops the draft. Raises NotSaved."""

    def drafts(self) -> Mapping[str, str]:
        """Every draft by its key."""

    def draft_file(self, key: str) -> str:
        """The path of a file for the user's own editor: what is saved there is the draft of that key.

        It is so until `save_draft` is called for that key again, whatever becomes of this process.
        """

    def snapshot_in_slices(self) -> Iterator[Callable[[], None] | None]:
        """Write library.json anew bit by bit, unless it is up to date; what is given waits for the disk."""

    def close(self) -> None:
        """Write the snapshot and let go of the files; never raises."""


class Archive(Protocol):
    """Fetched listings, one file per listing day, and what arXiv said of them."""

    def days(self) -> Sequence[date]:
        """The listing days in the archive, oldest first."""

    def listing(self, day: date) -> Listing | None:
        """A listing day's rows and states, without abstracts."""

    def paper(self, row: Row) -> Paper:
        """The whole paper of a row, read by its offset. Raises Unreachable when it is gone or damaged."""

    def find(self, key: str) -> Paper | None:
        """The latest version of a paper that can be read, in any listing day; else what its row tells."""

    def texts(self, day: date) -> Iterator[tuple[str, str]]:
        """Id and text to search (title, authors, abstract, shown and received, casefolded), row by row."""

    def store(
        self,
        day: date,
        papers: Sequence[Paper],
        states: Mapping[str, ListingState],
        *,
        anew: bool = False,
    ) -> Listing:
        """Merge papers and states into a listing day; one paper once, the strongest kind, the latest version.

        `anew`: the categories of the states were announced with these papers and no others. Raises
        ArchiveUnusable when the file cannot be written.
        """

    def remember(self, day: date, states: Mapping[str, ListingState]) -> None:
        """Keep what arXiv said of categories on a day of which no listing came. Raises ArchiveUnusable."""

    def states(self, category: str) -> Mapping[date, ListingState]:
        """What is known of a category, by listing day, whether a listing came of it or not."""

    def categories(self) -> Sequence[str]:
        """The categories of which anything is known, in alphabetical order."""

    def stamp(self) -> object:
        """Something that is another when any listing or state may be another; cheap to ask for."""

    def is_claimed(self) -> bool:
        """Tell whether another process is fetching into this archive at this moment."""

    def claim(self) -> AbstractContextManager[None]:
        """Let no other process fetch into this archive while inside. Raises ArchiveUnusable."""

    @property
    def notices(self) -> Sequence[str]:
        """Sentences on files that are damaged, cut short or of a newer form, each once.

        They tell what becomes of each: set aside, left out, or made anew.
        """


TMUX = "tmux"
"""The tool that copies within tmux, which may or may not pass the text on to the terminal."""


class Clipboard(Protocol):
    """Where copied text goes. Every way may take seconds, and is never asked on the event loop."""

    def copy(self, text: str) -> str | None:
        """Copy by a tool; the tool's name, `TMUX` among them, or None when none worked."""

    def paste(self) -> str | None:
        """What the clipboard holds; None when it cannot be read."""

    @property
    def is_terminal_willing(self) -> bool:
        """Whether the terminal may take a text that is sent to it (OSC 52)."""

    def leave(self, text: str) -> str | None:
        """Put a text that nothing takes into a file; its whole path, or None when the disk refuses."""


class Browser(Protocol):
    """Where links are opened."""

    def open(self, url: str) -> str | None:
        """Open a link; None when that worked, else a sentence that names the link."""


class Edited(NamedTuple):
    """What became of a text in the user's own editor."""

    text: str | None
    """The text as the editor left it; None where it is as it was."""
    said: str = ""
    """What went wrong, a sentence fit to show; empty when nothing did."""


class Editor(Protocol):
    """The user's own editor."""

    def edit(self, text: str, place: str = "") -> Edited:
        """The text as $VISUAL or $EDITOR left it, on this terminal.

        `place` is the path of a file for it that outlives this process; without it the file goes.
        """


class Posts(Protocol):
    """Where posts are read and written; places are paths, from `~` or the working folder on."""

    @property
    def folder(self) -> str:
        """Where posts go when the config names no path: DIR/posts."""

    def whole(self, place: str) -> str:
        """The whole path of a place."""

    def find(self, places: Sequence[str]) -> Sequence[str]:
        """The posts that files and folders name, as whole paths. Raises Unreachable."""

    def read(self, place: str) -> bytes:
        """A post's bytes. Raises Unreachable."""

    def hash(self, place: str) -> str | None:
        """The SHA-256, in hex, of the file in a place; None when nothing is there.

        Empty for what no post of ours can be: a symlink, a folder, a device; of a file larger than a post may
        be it is the hash of its start. Raises Unreachable.
        """

    def write(self, place: str, data: bytes, then: Callable[[], None] = ...) -> None:
        """Put a file in its place, whole or not at all; `then` runs when its bytes are safe beside the place.

        What `then` raises leaves the place as it was. Raises Unreachable when the disk refuses.
        """


class Memory(Protocol):
    """What the app remembers from one start to the next: day, paper, filter, folds, layout."""

    def recall(self) -> Mapping[str, Any]:
        """What was remembered last; empty the first time, and when it cannot be read."""

    def remember(self, state: Mapping[str, Any]) -> None:
        """Remember this instead; what cannot be written is passed over, for nothing of it is precious."""


@dataclass(frozen=True, slots=True, eq=False, repr=False, match_args=False)
class World:
    """Everything the full-screen app asks of the world, handed over by the composition root."""

    library: Library
    archive: Archive
    settings: Settings
    clipboard: Clipboard
    browser: Browser
    editor: Editor
    posts: Posts
    memory: Memory
    now: Callable[[], datetime]
    """The moment, aware of its zone."""
    calendar: Calendar
    """Which days arXiv is expected to list papers on."""
    fetch: Sequence[str] | None
    """The command that fetches what is owed as a child and reports in JSON Lines.

    `--since D` or `--date D` may be appended, and categories to ask for instead of those of the config.
    None where nothing may be fetched: in the demo, with a read-only library, or when it is not known whence.
    """
    look_up: Sequence[str] | None
    """The command that looks up the keys appended to it as a child; None: no network."""
    write_settings: Callable[[Settings], Settings] | None
    """Writes the first run's choices to config.toml; None when a config is there already."""
    faults: Sequence[str] = ()
    """What is wrong in the config, a sentence each."""
    demo: bool = False
    full_text: Sequence[str] | None = None
    """The command that reads the paper whose id is appended to it (`triage.full_text`); None: no network."""
    daily_backup: Callable[[], Sequence[str] | None] | None = None
    """The command that makes the day's backup as a child, None when it is made; None where none is made."""

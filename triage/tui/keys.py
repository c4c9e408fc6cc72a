"""The one table of keys: bindings, footer, help and README come from here, for both presets."""

from collections.abc import Iterator

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import _character_to_key

from triage.tui.key_row import NAMES
from triage.tui.key_row import Key as Key
from triage.tui.key_row import Place as Place

_MAIN, _NOTE, _HAUL, _DAYS, _LIST = Place.MAIN, Place.NOTE, Place.HAUL, Place.DAYS, Place.LISTING
_MARK, _PREVIEW, _TEXT = Place.MARK, Place.PREVIEW, Place.FULL_TEXT

KEYS: tuple[Key, ...] = (
    Key(_MAIN, "Move", "step(-1)", "up", "up k", "Up", "up one paper"),
    Key(_MAIN, "Move", "step(1)", "down", "down j", "Down", "down one paper"),
    Key(_MAIN, "Move", "page(-1)", "pageup", "pageup", "Page up", "up one page"),
    Key(_MAIN, "Move", "page(1)", "pagedown", "pagedown", "Page down", "down one page"),
    Key(_MAIN, "Move", "first", "home", "home", "First", "the first paper"),
    Key(_MAIN, "Move", "first_by_two", "", "g", "First", "the first paper"),
    Key(_MAIN, "Move", "last", "end", "end G", "Last", "the last paper"),
    Key(_MAIN, "Move", "next_section", "tab", "tab", "Section", "the next section"),
    Key(_MAIN, "Move", "fold(True)", "left", "left", "Fold", "fold the section away"),
    Key(_MAIN, "Move", "fold(False)", "right", "right", "Unfold", "unfold the next section that is folded"),
    Key(_MAIN, "Decide", "decide('keep')", "k", "f", "Keep", "keep, and on to the next open paper", 1),
    Key(_MAIN, "Decide", "decide('skip')", "s", "d", "Skip", "skip, and on to the next open paper", 2),
    Key(_MAIN, "Decide", "reopen", "x", "x", "Reopen", "make the paper open again"),
    Key(_MAIN, "Decide", "hold", ">", ">", "Hold", "keep for the next haul"),
    Key(
        _MAIN,
        "Decide",
        "finish",
        "F",
        "Z",
        "Finish",
        "finish: skip the open rest as one step, folded papers too; with a filter on, what is shown",
        6,
    ),
    Key(_MAIN, "Decide", "undo", "u", "u", "Undo", "undo, any number of steps", 4),
    Key(_MAIN, "Decide", "redo", "U", "U", "Redo", "redo what was undone"),
    Key(_MAIN, "Decide", "decisions", "' `", "' `", "Decisions", "the decisions, newest first"),
    Key(_MAIN, "Write", "note", "n", "n", "Note", "write the note beneath the abstract", 3),
    Key(_MAIN, "Write", "note_of_last", "N", "N", "Last note", "the last decided paper's note, and back"),
    Key(
        _MAIN,
        "Write",
        "quote",
        '"',
        '"',
        "Quote",
        "mark sentences of the abstract and quote them in the note",
    ),
    Key(_MAIN, "Write", "comment", "c", "c", "Comment", "a comment for the haul", 8),
    Key(_MAIN, "Write", "add", "a", "a", "Add", "add arXiv ids, links or web pages to the haul"),
    Key(_MAIN, "Write", "correct", "i", "i", "Correct", "correct what the card says: title, authors, text"),
    Key(_MAIN, "Write", "haul", "h", "h", "Haul", "the haul: entries, comments, preview, publish", 7),
    Key(_MAIN, "Days", "days", "D", "D", "Days", "the days"),
    Key(_MAIN, "Days", "all_open", "A", "A", "All open", "all open papers of all days as one list, and back"),
    Key(_MAIN, "Days", "day(-1)", "[", "[", "Day before", "the listing day before"),
    Key(_MAIN, "Days", "day(1)", "]", "]", "Day after", "the listing day after"),
    Key(_MAIN, "Days", "cross_lists", "X", "X", "Cross-lists", "cross-lists: shown, folded away, left out"),
    Key(_MAIN, "Days", "fetch", "r", "r", "Fetch", "fetch, or try again"),
    Key(_MAIN, "Read", "filter", "/", "/", "Filter", "filter as you type; Enter: to the list, Esc clears", 5),
    Key(_MAIN, "Read", "scroll(1)", "space", "space", "Scroll", "scroll the abstract down"),
    Key(_MAIN, "Read", "scroll(-1)", "b", "b", "Scroll back", "scroll the abstract up"),
    Key(_MAIN, "Read", "full_text", "enter", "enter", "Full text", "the full text, to read here"),
    Key(_MAIN, "Read", "open_page", "o", "o", "Open", "open the abs page in the browser"),
    Key(_MAIN, "Read", "open_pdf", "p", "p", "PDF", "open the PDF in the browser"),
    Key(_MAIN, "Read", "copy", "y", "y", "Copy", "copy: link, Markdown, BibTeX, card, note, post"),
    Key(_MAIN, "Read", "source", "t", "t", "TeX", "TeX source or Unicode"),
    Key(_MAIN, "Read", "layout", "z", "z", "Layout", "both panes, the list only, the abstract only"),
    Key(_MAIN, "App", "help", "?", "?", "Help", "this help", 9),
    Key(_MAIN, "App", "palette", "ctrl+p", "ctrl+p", "Palette", "the command palette"),
    Key(_MAIN, "App", "leave", "escape", "escape", "Back", "clear the filter, leave a screen"),
    Key(_MAIN, "App", "quit", "q ctrl+q", "q ctrl+q", "Quit", "quit: nothing is unsaved"),
    Key(_MAIN, "App", "suspend", "ctrl+z", "ctrl+z", "Suspend", "to the shell; fg comes back"),
    Key(_MAIN, "", "hint_at_vim", "j", "", "", ""),
    Key(_NOTE, "Note", "close", "escape ctrl+s", "escape ctrl+s", "Save", "save and return", 1),
    Key(_NOTE, "Note", "page(-1)", "pageup", "pageup", "Scroll up", "scroll the abstract up"),
    Key(_NOTE, "Note", "page(1)", "pagedown", "pagedown", "Scroll", "scroll the abstract down", 2),
    Key(
        _NOTE,
        "Note",
        "screen.quote_here",
        "ctrl+r",
        "ctrl+r",
        "Quote",
        "mark sentences of the abstract and quote them",
        3,
    ),
    Key(_NOTE, "Note", "undo", "ctrl+z", "ctrl+z", "Undo", "undo in the text"),
    Key(_NOTE, "Note", "redo", "ctrl+y", "ctrl+y", "Redo", "redo in the text"),
    Key(_NOTE, "Note", "screen.correct_noted", "f2", "f2", "Correct", "correct what the card says"),
    Key(
        _NOTE,
        "Note",
        "screen.link",
        "ctrl+l",
        "ctrl+l",
        "Link",
        "link another paper, or the haul that praised it",
        4,
    ),
    Key(_NOTE, "Note", "screen.preview", "f3", "f3", "Preview", "show the note as it will read", 5),
    Key(_NOTE, "Note", "edit_outside", "f4", "f4", "$EDITOR", "go on in $EDITOR", 6),
    Key(_PREVIEW, "Preview", "scroll_text(-1)", "up", "up k", "Up", "scroll up"),
    Key(_PREVIEW, "Preview", "scroll_text(1)", "down", "down j", "Scroll", "scroll down", 2),
    Key(_PREVIEW, "Preview", "page_text(-1)", "pageup b", "pageup b", "Page up", "up one page"),
    Key(_PREVIEW, "Preview", "page_text(1)", "pagedown space", "pagedown space", "Page", "down one page", 3),
    Key(
        _PREVIEW,
        "Preview",
        "screen.back_to_text",
        "escape f3",
        "escape f3",
        "To the text",
        "back to the text",
        1,
    ),
    Key(_MARK, "Mark", "step_mark(-1)", "up", "up k", "Sentence", "the sentence before"),
    Key(_MARK, "Mark", "step_mark(1)", "down", "down j", "Sentence", "the next sentence", 2),
    Key(
        _MARK, "Mark", "extend_mark(-1)", "shift+up K", "shift+up K", "Less", "up to the sentence before, too"
    ),
    Key(_MARK, "Mark", "extend_mark(1)", "shift+down J", "shift+down J", "More", "the next sentence, too", 3),
    Key(
        _MARK,
        "Mark",
        "page_mark(-1)",
        "pageup b",
        "pageup b",
        "Page up",
        "scroll up; the first sentence in view",
    ),
    Key(
        _MARK,
        "Mark",
        "page_mark(1)",
        "pagedown space",
        "pagedown space",
        "Page down",
        "scroll down; likewise",
    ),
    Key(
        _MARK,
        "Mark",
        "screen.take_mark",
        'enter "',
        'enter "',
        "Quote",
        "quote what is marked in the note",
        1,
    ),
    Key(_MARK, "Mark", "screen.leave_mark", "escape", "escape", "Back", "back without quoting", 4),
    Key(_HAUL, "Haul", "step(-1)", "up", "up k", "Up", "up one entry or comment"),
    Key(_HAUL, "Haul", "step(1)", "down", "down j", "Down", "down one entry or comment"),
    Key(_HAUL, "Haul", "page(-1)", "pageup", "pageup", "Page up", "up one page"),
    Key(_HAUL, "Haul", "page(1)", "pagedown", "pagedown", "Page down", "down one page"),
    Key(_HAUL, "Haul", "first", "home", "home", "First", "the start"),
    Key(_HAUL, "Haul", "last", "end", "end G", "Last", "the end"),
    Key(_HAUL, "Haul", "edit", "n enter", "n enter", "Note", "edit the note or the comment", 1),
    Key(_HAUL, "Haul", "take_out", "s delete", "s d delete", "Take out", "take out, skipped; remove", 2),
    Key(_HAUL, "Haul", "reopen", "x", "x", "Reopen", "take out, open again"),
    Key(_HAUL, "Haul", "hold", ">", ">", "Hold", "hold for the next haul"),
    Key(_HAUL, "Haul", "unhold", "<", "<", "Unhold", "take a held entry back into this haul"),
    Key(_HAUL, "Haul", "comment", "c", "c", "Comment", "add a comment", 4),
    Key(_HAUL, "Haul", "move(-1)", "K shift+up", "K shift+up", "Move up", "move the comment up"),
    Key(_HAUL, "Haul", "move(1)", "J shift+down", "J shift+down", "Move down", "move the comment down"),
    Key(_HAUL, "Haul", "correct", "i", "i", "Correct", "correct what the card says: title, authors, text"),
    Key(_HAUL, "Haul", "next_without_note", "]", "]", "No note", "the next entry without a note"),
    Key(_HAUL, "Haul", "undo", "u", "u", "Undo", "undo", 5),
    Key(_HAUL, "Haul", "redo", "U", "U", "Redo", "redo"),
    Key(_HAUL, "Haul", "text", "t", "t", "Text", "the post's exact text", 6),
    Key(_HAUL, "Haul", "copy", "y", "y", "Copy", "copy: link, Markdown, BibTeX, card, note, post"),
    Key(_HAUL, "Haul", "export", "e", "e", "Export", "export the post", 7),
    Key(_HAUL, "Haul", "read_back", "R", "R", "Read back", "take over what was edited in the post's file"),
    Key(_HAUL, "Haul", "publish", "P", "P", "Publish", "publish; another number where two have one", 8),
    Key(_HAUL, "Haul", "scroll(1)", "space", "space", "Scroll", "scroll the post down"),
    Key(_HAUL, "Haul", "scroll(-1)", "b", "b", "Scroll back", "scroll the post up"),
    Key(_HAUL, "Haul", "other_haul(-1)", "{", "{", "Haul before", "the haul published before"),
    Key(_HAUL, "Haul", "other_haul(1)", "}", "}", "Haul after", "the haul after"),
    Key(_HAUL, "Haul", "other_pane", "tab", "tab", "Pane", "the other pane"),
    Key(_HAUL, "Haul", "help", "?", "?", "Help", "this help", 9),
    Key(_HAUL, "Haul", "leave", "escape q", "escape q", "Back", "back to the papers"),
    Key(_DAYS, "Days", "day(-1)", "left", "left h", "Day before", "the day before"),
    Key(_DAYS, "Days", "day(1)", "right", "right l", "Day after", "the day after"),
    Key(_DAYS, "Days", "week(-1)", "up", "up k", "Week before", "the week before"),
    Key(_DAYS, "Days", "week(1)", "down", "down j", "Week after", "the week after"),
    Key(_DAYS, "Days", "page(-1)", "pageup", "pageup", "Page up", "a page of weeks before"),
    Key(_DAYS, "Days", "page(1)", "pagedown", "pagedown", "Page down", "a page of weeks after"),
    Key(_DAYS, "Days", "first", "home", "home", "First", "the first day, and what came before it"),
    Key(_DAYS, "Days", "first_by_two", "", "g", "First", "the first day, and what came before it"),
    Key(_DAYS, "Days", "last", "end", "end G", "Last", "the last day"),
    Key(_DAYS, "Days", "next_in_trouble", "tab", "tab", "To mend", "the next day that is not in order", 3),
    Key(_DAYS, "Days", "choose", "enter", "enter", "Open", "open the day", 1),
    Key(
        _DAYS,
        "Days",
        "fetch",
        "r",
        "r",
        "Fetch",
        "fetch the day again if it is not in order, else whatever is owed",
        2,
    ),
    Key(_DAYS, "Days", "scroll(1)", "space", "space", "Scroll", "scroll what is told of the day down"),
    Key(_DAYS, "Days", "scroll(-1)", "b", "b", "Scroll back", "scroll what is told of the day up"),
    Key(_DAYS, "Days", "help", "?", "?", "Help", "this help", 9),
    Key(_DAYS, "Days", "leave", "escape q D", "escape q D", "Back", "back to the papers", 4),
    Key(_TEXT, "Text", "step(-1)", "up", "up k", "Up", "up one line"),
    Key(_TEXT, "Text", "step(1)", "down", "down j", "Down", "down one line"),
    Key(_TEXT, "Text", "page(-1)", "pageup b", "pageup b", "Page up", "up one page"),
    Key(_TEXT, "Text", "page(1)", "pagedown space", "pagedown space", "Page down", "down one page"),
    Key(_TEXT, "Text", "first", "home", "home", "First", "the beginning"),
    Key(_TEXT, "Text", "first_by_two", "", "g", "First", "the beginning"),
    Key(_TEXT, "Text", "last", "end", "end G", "Last", "the end"),
    Key(_TEXT, "Text", "section(-1)", "[", "[", "Section before", "the start of the section, the one before"),
    Key(_TEXT, "Text", "section(1)", "]", "]", "Section after", "the section after"),
    Key(_TEXT, "Text", "outline", "tab", "tab", "Outline", "to the outline, and back", 1),
    Key(_TEXT, "Text", "choose", "enter", "enter", "Go there", "in the outline: go to the section"),
    Key(
        _TEXT, "Text", "turn(-1)", "left", "left h", "Columns", "columns before, of a table that is too wide"
    ),
    Key(_TEXT, "Text", "turn(1)", "right", "right l", "Columns", "further columns"),
    Key(
        _TEXT, "Text", "search", "/", "/", "Search", "search as you type; Enter: to the text, Esc ends it", 2
    ),
    Key(_TEXT, "Text", "note", "n", "n", "Note", "the note beneath the text; in a search the next match", 3),
    Key(_TEXT, "Text", "previous_match", "N", "N", "Match before", "in a search the match before"),
    Key(_TEXT, "Text", "quote", '"', '"', "Quote", "mark sentences and quote them in the note", 4),
    Key(_TEXT, "Text", "back", "backspace '", "backspace '", "Back", "back to where one clicked a link"),
    Key(_TEXT, "Text", "open_page", "o", "o", "Open", "open the page in the browser", 5),
    Key(_TEXT, "Text", "open_pdf", "p", "p", "PDF", "open the PDF in the browser", 6),
    Key(_TEXT, "Text", "copy", "y", "y", "Copy", "copy: link, Markdown, BibTeX, card, note, post"),
    Key(_TEXT, "Text", "reload", "r", "r", "Try again", "try again what has failed"),
    Key(_TEXT, "Text", "help", "?", "?", "Help", "this help", 9),
    Key(_TEXT, "Text", "back_out", "escape", "escape", "Back", "end the search; back to the papers", 8),
    Key(_TEXT, "Text", "leave", "q", "q", "Back", "back to the papers"),
    Key(_LIST, "List", "step(-1)", "up", "up k", "Up", "up one line"),
    Key(_LIST, "List", "step(1)", "down", "down j", "Down", "down one line"),
    Key(_LIST, "List", "page(-1)", "pageup", "pageup", "Page up", "up one page"),
    Key(_LIST, "List", "page(1)", "pagedown", "pagedown", "Page down", "down one page"),
    Key(_LIST, "List", "first", "home", "home", "First", "the first line"),
    Key(_LIST, "List", "last", "end", "end G", "Last", "the last line"),
    Key(_LIST, "List", "choose", "enter", "enter", "Go there", "go there", 1),
    Key(_LIST, "List", "decide('keep')", "k", "f", "Keep", "keep", 2),
    Key(_LIST, "List", "decide('skip')", "s", "d", "Skip", "skip", 3),
    Key(_LIST, "List", "reopen", "x", "x", "Reopen", "make it open again", 4),
    Key(_LIST, "List", "write", "n", "n", "Note", "write its note"),
    Key(_LIST, "List", "filter", "/", "/", "Filter", "filter as you type", 5),
    Key(_LIST, "List", "help", "?", "?", "Help", "this help", 9),
    Key(_LIST, "List", "leave", "escape q ' `", "escape q ' `", "Back", "back to where one was", 8),
)


def rows(place: Place) -> Iterator[Key]:
    """The table's rows for one place."""
    return (key for key in KEYS if key.place is place)


def bind(node: DOMNode, place: Place, preset: str, *, priority: bool = False) -> None:
    """Give a screen or a widget the keys of its place; `priority`: before a focused widget sees them.

    Textual knows bindings by class, or by a keymap that silently drops what clashes; the preset is known
    when the app starts. Its private map of one node's bindings is the only door between the two.
    """
    known = node._bindings.key_to_bindings
    for row in rows(place):
        for key in row.keys(preset):
            binding = Binding(key, row.action, row.text, show=False, priority=priority)
            known.update({made.key: [made] for made in Binding.make_bindings([binding])})


def typed(shown: str) -> str:
    """A key as Textual names it, for its name on the screen."""
    named = {name: key for key, name in NAMES.items() if key != "g"}
    return named.get(shown, _character_to_key(shown) if len(shown) == 1 else shown)


def footer(place: Place, preset: str) -> list[tuple[str, str]]:
    """The footer's keys and words in their order; the first key stands for all of a row's."""
    chosen = sorted((row for row in rows(place) if row.footer), key=lambda row: row.footer)
    return [(NAMES.get(key, key), row.label) for row in chosen for key in row.keys(preset)[:1]]


def to_learn(place: Place, preset: str) -> Iterator[tuple[str, str, str]]:
    """The rows of the help: heading, keys as shown, what they do."""
    for row in rows(place):
        if row.text and row.keys(preset):
            yield row.group, row.shown(preset), row.text

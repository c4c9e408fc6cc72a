"""The kinds of place where text from outside is shown, and how one gets there: one line each.

A route is walked in one start of the app, in its order. What is to be seen there is a regular expression with
`@` for the sign of any payload.
"""

from typing import NamedTuple

PASTED = "\x1b[200~{}\x1b[201~"
"""In keys: what is pasted there is the hostile text, `{}`."""


class Place(NamedTuple):
    """One kind of place."""

    name: str
    keys: str
    """That lead there from the place before; `^V` pastes the hostile text."""
    then: str
    """What is to be seen there."""


READING = (
    Place("a machine's name in a notice", "", r"The journal of m@"),
    Place("a row of the list", "<home>", r"^[▌ ]✓ @"),
    Place("the title", "", r"│ +@"),
    Place("the authors", "", r"│ +Ada @"),
    Place("the categories", "", r"cs\.CL · c@"),
    Place("arXiv's comments", "", r"18 pages @"),
    Place("the abstract", "", r"Abstract @"),
    Place("a note beneath", "", r"Note @"),
    Place("a draft that is told of", "", r"being typed on .*@"),
    Place("the TeX source", "t", r"Abstract @"),
    Place("the editor of notes", "tn", r"Draft @"),
    Place("what is pasted in the editor", "<ctrl+a>^V", r"Pasted @"),
    Place("the preview of a note", "<f3>", r"as it reads"),
    Place("the list of the link picker", "<esc><ctrl+l>", r"^[▌▏ ]@"),
    Place("the filter of the link picker", "^V<home>", r"Pasted @"),
    Place("the fields of the correct form", "<esc><esc><home><down>i", r"Authors +Ada @"),
    Place("a pasted correction", "<home>^V<home>", r"Title +.*Pasted @"),
    Place("the filter", "<esc><home>/zz^V<home>", r"Nothing matches “zzPasted @"),
    Place("the filter in the header", "", r"^ .* · /zzPasted @"),
    Place("the forms to copy", "<esc><home>y", r"Copy @"),
    Place("what is to be copied by hand", "p", r"to copy · all of it is in .*@"),
    Place("the decisions", "<esc>'", r"note +@"),
    Place("the filter of the decisions", "/^V<home>", r"Pasted @"),
    Place("why a day failed", "<esc><esc>D<left>", r"does not know the category cs\.CL: @"),
    Place("what is pasted in the add form", "<esc>a^V<home>", r"Pasted @"),
    Place("what the add form finds", "<ctrl+u>https://page.example/x", r"page\.example"),
    Place("a comment", "<esc><esc>c^V", r"Comment · Markdown[\s\S]*Pasted @"),
)
"""On the main screen, and what opens above it."""
HAUL = (
    Place("an entry", "<esc>h", r"^  +@"),
    Place("a comment in the haul", "<down>", r"^[▌ ]• Comment @"),
    Place("what is held", "", r"^ > @"),
    Place("a card in the preview", "", r"▎ @"),
    Place("a note in the preview", "<end><up><up>", r"Page @"),
    Place("the exact text", "t", r"<h4>@"),
    Place("what a hand edited", "tR", r"Hand.*@"),
    Place("what is missing before one publishes", "<esc>P", r"was edited since"),
    Place("the file of the post", "", r"File +.*library @"),
    Place("a file that cannot be written", "<down><down><down>^V<home><enter>", r"Pasted @"),
    Place("an entry of a published haul", "<esc>{", r"Haul 20 "),
    Place("the front matter of a published haul", "t", r"x: .*@"),
)
"""On the haul's screen."""
TEXT = (
    Place("the title of a full text", "<esc><home><enter>", r"Text @"),
    Place("the text", "", r"Body @"),
    Place("a table", "", r"Cell @"),
    Place("a footnote", "<end>", r"Foot @"),
    Place("a link", "", r"Link @"),
    Place("the outline", "<tab>", r"Heading @"),
    Place("the search of the text", "<tab>/^V<home>", r"Pasted @"),
)
"""On the screen of the full text."""
OPEN = (*READING, *HAUL, *TEXT)
"""One after the other, in one start of the app."""
FIRST = (
    Place("what is typed for a category", "^V", r"Pasted @"),
    Place("that it is no category", "<tab>", r"is no category"),
    Place("the folder of posts", "<esc><tab><tab>../posts", r"posts"),
    Place("the posts that were imported", "<enter>", r"haul"),
)
"""On the first run."""
FAULTY = (Place("a fault of the config", "", r"mnemonic"),)
"""With a config that cannot be used as it stands."""
HUGE = (
    Place("a title of a megabyte", "<home>", r"│ +q90x"),
    Place("10,000 authors", "", r"Ada 0.*\+99"),
    Place("an abstract of 5 MB", "<space>", r"\[77;7m"),
    Place("the source of that", "t", r"\[77;7m"),
    Place("a title of nothing", "t<down>", r"│ +\(missing\)"),
    Place("a title of spaces", "<down>", r"│ +\(missing\)"),
    Place("a megabyte decided on", "<home>k", r"1/3 · 1 kept"),
    Place("a megabyte in the haul", "h", r"1 entr"),
)
"""With titles of any size."""

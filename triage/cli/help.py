"""What --help says: of triage, and of each command."""

from collections.abc import Mapping

_WHERE = """
--data DIR      the folder of the library (TRIAGE_DATA; default: your data folder)
--config FILE   the config (TRIAGE_CONFIG; default: ~/.config/triage/config.toml)
"""

HELP: Mapping[str, str] = {
    "fetch": """\
usage: triage fetch [--date D | --since D | --mail FILE] [--json] [CATEGORY ...]

Fetch listings of the categories, or of those in the config, into the archive: today's, and what is owed of
the last 30 days: what is not here, or not whole. --date D fetches one listing day, --since D that day and all
after it, and --mail FILE reads one of arXiv's daily mailings (- is standard input). What is here is not asked
for again, and one request goes to arXiv in three seconds. One line per category and day; --json reports in
JSON Lines.
""",
    "days": """\
usage: triage days [--since D] [--json] [CATEGORY ...]

Show the ledger: a calendar of the listing days, what is not in order with the command that mends it, and the
sum of what was announced, decided and open. It begins with the first listing that was fetched; --since D
leaves out the days before D. --json prints one JSON object for each category and day, the newest day first.
""",
    "list": """\
usage: triage list [--day D|all] [--verdict keep|skip|open|all] [--haul current|next|N|all] [--json] [QUERY]

List papers: mark, id and title. The newest listing day; with --haul, --verdict keep or a QUERY all days.
A QUERY is looked for in titles, authors, abstracts, notes and ids. --json prints one JSON object a line.
Open cross-lists are not listed when the config leaves them out.
""",
    "show": """\
usage: triage show [--json] ID ...

Show papers whole: title, authors, abstract, verdict, and the notes by haul.
""",
    "full-text": """\
usage: triage full-text [--json] ID

Print the full text of a paper as Markdown, from arXiv's HTML page. The page is kept, and read without a
network the next time. --json reports in JSON Lines, part by part.
""",
    "keep": """\
usage: triage keep [--hold] ID ...

Keep papers for the current haul; with --hold for the one after it. Of a paper that was kept before and is
listed as replaced, the later version makes a new entry, or is brought to the entry in a haul being made.
""",
    "skip": """\
usage: triage skip ID ...

Skip papers. A paper that was kept before and is listed as replaced stays kept: the replacement is seen.
""",
    "reopen": """\
usage: triage reopen ID ...

Make papers open again; their notes stay. What was seen or kept of a replacement is taken back first, and
the paper stays kept as it was before.
""",
    "note": """\
usage: triage note ID [TEXT] [--append | --clear]

Write the note on a paper. TEXT - is standard input; without TEXT $VISUAL or $EDITOR opens. Empty input
never replaces a note: --clear takes it away.
""",
    "comment": """\
usage: triage comment [TEXT]

Add a comment to the current haul. TEXT - is standard input; without TEXT $VISUAL or $EDITOR opens.
""",
    "add": """\
usage: triage add [URL_OR_ID ...] [--note TEXT]

Add arXiv papers and web pages to the current haul as one step, and look up what they say of themselves. Every
form of an id or link will do, and so will a text in quotes that holds some. - is standard input; without a
word it is standard input where that is no terminal, else the clipboard. What a haul has already stays as it
is, and is named.
""",
    "undo": """\
usage: triage undo [N]

Take back the last step, or the last N: a decision, a note, a finished day, a publish.
""",
    "redo": """\
usage: triage redo [N]

Do again what undo took back.
""",
    "import": """\
usage: triage import POST.md ...

Read published posts back, or all posts of a folder: hauls with number, comments, entries and notes.
""",
    "export": """\
usage: triage export [FORMAT] [-o FILE] [--haul current|N] [--overwrite | --read-back]

Write a haul to standard output or to FILE. FORMAT is haul (the post; the default), bibtex, ris, csl-json,
json (JSON Lines), markdown (a list of links), papers (one Markdown file per paper, in the folder FILE), or
the NAME of a template of your own: NAME.EXT in the folder templates beside the config. A file that triage
did not write, or that was edited since, is left alone unless --overwrite is given. --read-back shows what
was edited by hand in the post's file, takes it over as one step, and writes the post again. The file is known
from the last export; where it was moved, -o FILE names it once.
""",
    "publish": """\
usage: triage publish [-o FILE] [--number N] [--date D | --haul M] [--overwrite]

Close the current haul: number it, stamp it (D: a date like 2026-11-20, or date and time), write its post.
The post goes to FILE, else where the config says, else to DIR/posts/haul-N.md. Where two computers have both
published a haul M, --haul M gives the later one the number N, and writes its post again.
""",
    "merge": """\
usage: triage merge DIR

Take in the library in the folder DIR, of another computer, a backup, or a second one of yours: decisions,
notes, hauls and listing days. DIR is only read, and nothing here is lost: of two verdicts the later stands,
of two notes written apart both do. Merging again brings what is new. Undo passes over what came.
""",
    "check": """\
usage: triage check [--json]

Read everything: the journal, library.json held against it, drafts, the archive, backups, posts, the config.
It says what is there and what is damaged, with file and line, and changes nothing. --json prints one JSON
object for each thing read and for each finding.
""",
    "repair": """\
usage: triage repair

Mend what check found. A backup is made first. All that is valid stays, damaged bytes are kept aside, lost
steps come back from the backups that have them, and a listing day that lost papers is fetched again. A report
says what became of each. Where nothing is damaged, nothing is done.
""",
    "backup": """\
usage: triage backup [-o FILE [--overwrite] | --daily] [--json]

Make a backup of the library beside it, in DIR/backups, prove it by opening it, and print its path and what it
holds. One is made by itself on the first change of a day (--daily: unless there is one), and before import,
merge, repair and restore; of the daily ones 7 days, 4 weeks and 6 months keep theirs, and what you ask for
stays. -o writes one file with library, archive (listings, kept pages) and config to FILE, from which
`triage restore FILE` brings everything back, on another computer too. A file that is no backup, or one that
holds more, is left alone unless --overwrite is given. --json prints one JSON object.
""",
    "restore": """\
usage: triage restore [--json] [NAME|FILE]

List the backups, newest first, with what they hold; or bring back the one of that NAME, or in that FILE. What
was done since is not lost: it is in the journals, and in a backup that is made first; one step makes
decisions, notes and hauls what they were then, and undo takes it back. Listings, notes being typed, config
and templates come where none are here.
""",
    "doctor": """\
usage: triage doctor [--json]

Look at everything that the work needs: versions, terminal, colours, clipboard (each way is tried, and what is
in it stays), browser, editor, config, library, archive, backups, and arXiv, with one small request to each of
its addresses at its own pace. A line for each thing, and what to do when it is not well. The status is 0 when
the work can be done, 4 when the library or the archive is damaged or cannot be written, 2 for a fault in the
config, 3 when arXiv cannot be reached. --json prints one JSON object a line.
""",
    "keys": """\
usage: triage keys [--preset mnemonic|vim]

Print the keys of every screen, in the preset of the config or in the one that is named.
""",
    "config": """\
usage: triage config path|init|show|template

Print where the config is; write one where none is, with every key, what it is for and its default; print the
config as it takes effect, or the post's own form as a template to start from.
""",
}

GENERAL = """\
usage: triage [--demo] [--read-only] [CATEGORY ...]
       triage COMMAND ...

Go through the day's arXiv papers by keyboard, note what matters, publish the kept set as a post.
Without a command the full-screen app opens; --demo opens it on a bundled sample, without network, in a
scratch library.

{commands}
{where}
--version       print the version
--help          print this, or what `triage COMMAND --help` says
""".format(
    commands="\n".join(
        line.removeprefix("usage: ") for text in HELP.values() for line in [text.partition("\n")[0]]
    ),
    where=_WHERE.strip(),
)

"""The commands around posts: import, export, publish."""

from collections import Counter
from datetime import datetime

from triage import clean
from triage.actions import formats, post_files
from triage.actions import haul as hauls
from triage.actions import import_posts as importing
from triage.actions.haul import Refused
from triage.actions.import_post import Imported
from triage.actions.numbering import next_number
from triage.actions.paper_export import export_papers
from triage.actions.renumber import later_of, renumber
from triage.actions.template_export import by_template, chosen
from triage.backup import Reason
from triage.cli import request as ask
from triage.cli.desk import Desk
from triage.cli.progress_bar import ProgressBar
from triage.cli.reading_back import read_back_and_export
from triage.cli.status import DONE, USAGE
from triage.cli.which_haul import tell_which
from triage.steps import CURRENT


def import_posts(desk: Desk, request: ask.Import) -> int:
    """`import`: each post by itself; what is refused is named, and the others are imported."""
    places = desk.posts.find(request.places)
    if not places:
        raise Refused("there is no post in that folder: posts are files that end in .md, .markdown or .txt")
    desk.back_up(Reason.IMPORT)
    bar, counts = ProgressBar(desk.console), Counter[str]()
    told = importing.import_posts(desk.library, desk.archive, desk.posts, desk.settings, places, desk.now())
    try:
        for one in told:
            bar.clear()
            if isinstance(one, importing.Read):
                counts["read"] += 1
            elif one.imported is None:
                desk.console.tell(one.refusal)
                counts["refused"] += 1
            else:
                counts["known" if one.imported.known else "imported"] += 1
                _tell_imported(desk, one.place, one.imported)
            done = counts["imported"] + counts["known"]
            bar.show(*((done, len(places), "imported") if done else (counts["read"], len(places), "read")))
    finally:
        bar.clear()
    if len(places) > 1:
        desk.console.say(_sum(len(places), counts))
    return USAGE if counts["refused"] else DONE


def _tell_imported(desk: Desk, place: str, told: Imported) -> None:
    parts = f"{_counted(told.entries, 'entry', 'entries')}, {_counted(told.comments, 'comment', 'comments')}"
    how = "is in the library already" if told.known else f"imported: {parts}"
    desk.console.say(f"haul {told.number} {how}")
    for piece in told.unread:
        desk.console.tell(f"{clean.name(place)}:{piece.line}: {piece.why}")


def _sum(posts: int, counts: Counter[str]) -> str:
    parts = [f"{counts['imported']} imported"]
    parts += [f"{counts['known']} in the library already"] if counts["known"] else []
    parts += [f"{counts['refused']} not imported"] if counts["refused"] else []
    return f"{posts} posts: {', '.join(parts)}"


def export(desk: Desk, request: ask.Export) -> int:
    """`export`: to standard output, or to a file that is new or ours."""
    haul = CURRENT if request.haul is None else request.haul
    tell_which(desk, request.haul)
    key = haul if isinstance(haul, str) else hauls.key_of_number(desk.library, haul)
    if request.read_back:
        return read_back_and_export(desk, key, request.output)
    if request.format == formats.PAPERS:
        return _export_papers(desk, request, haul, key)
    data = _exported(desk, request.format, haul, key)
    if key == CURRENT and not (desk.library.in_haul(CURRENT) or desk.library.comments(CURRENT)):
        desk.console.tell("the current haul is empty; keep a paper, or name a haul with --haul")
    if request.output in (None, "-"):
        desk.console.data(data)
        return DONE
    output, overwrite = request.output or "", request.overwrite
    if request.format == formats.HAUL:
        place = hauls.export_post(
            desk.library, desk.posts, desk.settings, desk.now(), output, key=key, overwrite=overwrite
        )
    else:
        place = hauls.export(desk.library, desk.posts, data, output, key=key, overwrite=overwrite)
    desk.console.say(f"written: {clean.name(place)}")
    return DONE


def _exported(desk: Desk, name: str, haul: int | str, key: str) -> bytes:
    """A haul in the format, or by the template, of a name. Raises Refused for any other name."""
    if name == formats.HAUL:
        return hauls.post_of(desk.library, desk.settings, desk.now(), key=key)
    if name in formats.FORMATS:
        text = formats.text_of(desk.library, desk.archive, haul, name)
    else:
        file = chosen(desk.templates, name)
        text = by_template(desk.library, desk.archive, desk.templates, desk.settings, desk.now(), file, haul)
    return text.encode("utf-8", "replace")


def _export_papers(desk: Desk, request: ask.Export, haul: int | str, key: str) -> int:
    if request.output in (None, "-"):
        raise Refused("papers writes one file per paper: name a folder for them with -o")
    papers = formats.kept(desk.library, desk.archive, haul)
    if not papers:
        desk.console.tell("the haul has no papers; keep one, or name a haul with --haul")
    laid = export_papers(
        desk.library,
        desk.posts,
        papers,
        desk.settings.haul.tags,
        request.output or "",
        key=key,
        overwrite=request.overwrite,
    )
    desk.console.say(f"written: {_counted(laid.papers, 'paper', 'papers')} in {clean.name(laid.folder)}")
    for sentence in laid.left:
        desk.console.tell(sentence)
    return USAGE if laid.left else DONE


def publish(desk: Desk, request: ask.Publish) -> int:
    """`publish`: close the current haul and say where its post is."""
    if request.haul is not None:
        return _renumber(desk, request, request.haul)
    left = [] if request.overwrite else post_files.edited(desk.library, desk.posts, CURRENT)
    done = hauls.publish(
        desk.library,
        desk.posts,
        desk.settings,
        desk.now(),
        number=request.number,
        at=moment(request.date) if request.date is not None else None,
        place=request.output,
        overwrite=request.overwrite,
    )
    desk.console.say(
        f"haul {done.number} published, {_counted(done.entries, 'entry', 'entries')}: "
        f"{clean.name(done.place)}"
    )
    entries = (desk.library.haul(hauls.key_of_number(desk.library, done.number)) or {}).get("entries") or {}
    bare = [key for key, entry in entries.items() if entry["title"] in ("", entry["link"])]
    if bare:
        desk.console.tell(
            f"without a title: {', '.join(map(clean.name, bare))}; `triage undo` makes the haul current "
            "again, `triage add` and these look them up, and i in the app writes a title"
        )
    for place in left:
        desk.console.tell(
            f"{clean.name(place)} was edited since it was exported, and its edits are not in this post; "
            f"`triage export --read-back --haul {done.number} -o` and that file takes them over"
        )
    return DONE


def _renumber(desk: Desk, request: ask.Publish, number: int) -> int:
    """Give the later of two hauls that have a number another one."""
    key = later_of(desk.library, number)
    left, is_there = post_files.proposed(desk.library, desk.posts, key)
    done = renumber(
        desk.library,
        desk.posts,
        desk.settings,
        desk.now(),
        key,
        request.number or next_number(desk.library),
        place=request.output,
        overwrite=request.overwrite,
    )
    desk.console.say(f"haul {number} is haul {done.number} now: {clean.name(done.place)}")
    if is_there and left != done.place:
        desk.console.tell(f"{clean.name(left)} was written as haul {number}, and stays as it is")
    return DONE


def moment(said: str) -> datetime:
    """A date, or date and time, in ISO 8601; without a zone it is the machine's own. Raises Refused."""
    try:
        return datetime.fromisoformat(said).astimezone()
    except (ValueError, OverflowError, OSError):
        raise Refused(f"--date wants a date like 2026-11-20, or 2026-11-20T08:30, not {said!r}") from None


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"

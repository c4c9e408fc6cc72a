"""`triage export` in every format, into files and folders, and by templates of the user's own."""

import json
from pathlib import Path

import pytest
import rispy
import yaml
from bibtexparser.entrypoint import parse_string

from tests.cli.conftest import DAY, Triage, paper
from tests.export import csl_schema
from tests.export.hostile import TITLES
from triage import clean, shown
from triage.archive import open_archive
from triage.ledger import Completeness, ListingState, Sections
from triage.paper import Paper

NOTE = "A **note**.\n\n> a quote"


@pytest.fixture
def kept(listing: list[Paper], triage: Triage) -> None:
    """Two kept papers, the first with a note."""
    triage("keep", "2611.00001", "2611.00003")
    triage("note", "2611.00001", NOTE)


@pytest.mark.usefixtures("kept")
def test_every_format_holds_the_haul(triage: Triage) -> None:
    titles = ["Gauß and O(n²) growth", "Third"]
    assert [entry["title"] for entry in rispy.loads(triage("export", "ris").out)] == titles
    items = json.loads(triage("export", "csl-json").out)
    csl_schema.check(items)
    assert [item["title"] for item in items] == titles
    assert items[0]["note"] == NOTE
    assert len(parse_string(triage("export", "bibtex").out).entries) == 2
    assert triage("export", "markdown").out == (
        "- [Gauß and O(n²) growth](https://arxiv.org/abs/2611.00001), Ada Example, José Pérez, 2026\n"
        "\n  A **note**.\n\n  > a quote\n\n"
        "- [Third](https://arxiv.org/abs/2611.00003), Ada Example, José Pérez, 2026\n"
    )
    assert [json.loads(line)["title"] for line in triage("export", "json").lines] == titles


@pytest.mark.usefixtures("kept")
def test_a_published_haul_is_exported_by_its_number(triage: Triage, home: Path) -> None:
    assert triage("publish", "--number", "20").status == 0
    assert triage("export", "ris").err.startswith("triage: the current haul is empty")
    ran = triage("export", "ris", "--haul", "20", "-o", "haul.ris")
    assert ran.lines == [f"written: {home / 'haul.ris'}"]
    (first, _) = rispy.loads((home / "haul.ris").read_text())
    assert (first["title"], first["notes"]) == ("Gauß and O(n²) growth", ["A **note**. > a quote"])
    assert triage("export", "csl-json", "--haul", "21").status == 2


def test_hostile_titles_come_out_of_every_format_as_they_are_shown(triage: Triage, home: Path) -> None:
    hostile = [paper(number, clean.clean(title)) for number, title in enumerate(TITLES, 1)]
    state = ListingState("cs.CL", Completeness.COMPLETE, DAY.isoformat(), Sections(len(hostile)), "rss")
    open_archive(home / "data").store(DAY, hostile, {"cs.CL": state})
    assert triage("keep", *(one.id for one in hostile)).status == 0
    wanted = sorted(shown.title(one) for one in hostile)
    assert len(wanted) > 100
    assert sorted(one["title"] for one in rispy.loads(triage("export", "ris").out)) == wanted
    assert sorted(one["title"] for one in json.loads(triage("export", "csl-json").out)) == wanted
    assert sorted(json.loads(line)["title"] for line in triage("export", "json").lines) == wanted
    assert len(parse_string(triage("export", "bibtex").out).entries) == len(wanted)
    triage("export", "papers", "-o", "vault")
    files = (home / "vault").iterdir()
    assert sorted(yaml.safe_load(one.read_text().split("\n---\n")[0])["title"] for one in files) == wanted


# -- one file per paper


FIRST, THIRD = "gauss-and-o-n2-growth-2611.00001.md", "third-2611.00003.md"


@pytest.mark.usefixtures("kept")
def test_papers_are_a_file_each_in_a_folder(triage: Triage, home: Path) -> None:
    ran = triage("export", "papers", "-o", "vault/papers")
    assert (ran.status, ran.lines) == (0, [f"written: 2 papers in {home / 'vault' / 'papers'}"])
    folder = home / "vault" / "papers"
    assert sorted(path.name for path in folder.iterdir()) == [FIRST, THIRD]
    assert (folder / FIRST).read_text().endswith(f"## Note\n\n{NOTE}\n")
    triage("note", "2611.00003", "Another.")
    assert triage("export", "papers", "-o", "vault/papers").status == 0
    assert (folder / THIRD).read_text().endswith("## Note\n\nAnother.\n")


@pytest.mark.usefixtures("kept")
def test_a_file_that_a_hand_was_at_is_left_alone_and_named(triage: Triage, home: Path) -> None:
    triage("export", "papers", "-o", "vault")
    mine, theirs = home / "vault" / FIRST, home / "vault" / THIRD
    mine.write_text(mine.read_text() + "My own line.\n")
    theirs.write_text("Somebody else's.\n")
    triage("note", "2611.00003", "Another.")
    ran = triage("export", "papers", "-o", "vault")
    assert ran.status == 2
    assert ran.lines == [f"written: 0 papers in {home / 'vault'}"]
    assert f"{mine} was edited since it was written; it is left alone, and --overwrite replaces it" in ran.err
    assert mine.read_text().endswith("My own line.\n")
    assert theirs.read_text() == "Somebody else's.\n"
    assert triage("export", "papers", "-o", "vault", "--overwrite").status == 0
    assert "My own line." not in mine.read_text()


@pytest.mark.usefixtures("kept")
def test_a_file_that_triage_did_not_write_is_left_alone_and_the_others_are_written(
    triage: Triage, home: Path
) -> None:
    (home / "vault").mkdir()
    (home / "vault" / FIRST).write_text("Mine.\n")
    (home / "vault" / THIRD).symlink_to(home / "elsewhere")
    (home / "elsewhere").write_text("Elsewhere.\n")
    ran = triage("export", "papers", "-o", "vault")
    assert ran.status == 2
    assert ran.err.count("is there already and not ours; it is left alone") == 2
    assert (home / "vault" / FIRST).read_text() == "Mine.\n"
    assert (home / "elsewhere").read_text() == "Elsewhere.\n"


@pytest.mark.usefixtures("kept")
def test_a_papers_file_is_ours_in_the_next_haul_too(triage: Triage, home: Path) -> None:
    triage("export", "papers", "-o", "vault")
    triage("publish", "--number", "1")
    triage("keep", "2611.00002")
    assert triage("export", "papers", "-o", "vault").lines == [f"written: 1 paper in {home / 'vault'}"]
    assert triage("export", "papers", "-o", "vault", "--haul", "1").status == 0
    assert len(list((home / "vault").iterdir())) == 3


@pytest.mark.usefixtures("kept")
def test_papers_want_a_folder(triage: Triage, home: Path) -> None:
    assert triage("export", "papers").err == (
        "triage: papers writes one file per paper: name a folder for them with -o\n"
    )
    (home / "file").write_text("x")
    ran = triage("export", "papers", "-o", "file")
    assert (ran.status, ran.err) == (
        2,
        f"triage: {home / 'file'} is a file; name a folder for one file per paper\n",
    )
    assert triage("export", "papers", "-o", "vault", "--haul", "9").status == 2


# -- templates


@pytest.fixture
def templates(home: Path) -> Path:
    """The folder of templates beside the config."""
    folder = home / "config" / "triage" / "templates"
    folder.mkdir()
    return folder


@pytest.mark.usefixtures("kept")
def test_the_shipped_template_can_be_copied_and_gives_the_post(triage: Triage, templates: Path) -> None:
    source = triage("config", "template").out
    (templates / "mine.md.j2").write_text(source)
    assert triage("export", "mine").out == triage("export").out
    (templates / "mine.md.j2").write_text(source.replace("New Paper Content", "Read this week"))
    changed = triage("export", "mine").out
    assert changed == triage("export").out.replace("New Paper Content", "Read this week")


@pytest.mark.usefixtures("kept")
def test_a_template_is_named_by_its_file_and_includes_others(
    triage: Triage, templates: Path, home: Path
) -> None:
    (templates / "letter.html").write_text("{% for e in haul.entries %}{% include 'row.html' %}{% endfor %}")
    (templates / "row.html").write_text("<li>{{ e.title }}, {{ e.authors[0] }}: {{ e.note }}</li>\n")
    ran = triage("export", "letter", "-o", "letter.html")
    assert ran.lines == [f"written: {home / 'letter.html'}"]
    assert (
        (home / "letter.html")
        .read_text()
        .startswith("<li>Gauß and O(n²) growth, Ada Example: A **note**.\n\n&gt; a quote</li>\n<li>Third")
    )
    assert triage("export", "letter.html").status == 0


def test_what_names_no_format_and_no_template_is_refused(triage: Triage, templates: Path) -> None:
    (templates / "letter.html").write_text("x")
    (templates / "two.md").write_text("x")
    (templates / "two.txt").write_text("x")
    for word, hint in (
        ("bibtx", "did you mean bibtex?"),
        ("leter", "did you mean letter?"),
        ("zzzzzz", "known are haul, bibtex, ris, csl-json, markdown, json, papers, letter, two"),
        ("two", "'two' may be two.md or two.txt; write the whole name"),
        ("../config", "is no format that export knows, and no template in"),
    ):
        ran = triage("export", word)
        assert (ran.status, ran.out) == (2, "")
        assert hint in ran.err
        assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"\n{{ haul.titel }}", "bad.md:2: there is no 'titel' there"),
        (b"{% for %}", "bad.md:1: Expected an expression"),
        (b"a\n\n{% include '../config.toml' %}", "bad.md:3: there is no template ../config.toml"),
        (b"\xff\xfe", "bad.md cannot be read: it is not UTF-8"),
        (b"x" * 1_000_001, "bad.md is too large for a template"),
    ],
)
def test_a_fault_in_a_template_is_a_sentence_with_file_and_line(
    source: bytes, said: str, triage: Triage, templates: Path
) -> None:
    (templates / "bad.md").write_bytes(source)
    ran = triage("export", "bad")
    assert (ran.status, ran.out) == (2, "")
    assert f"{templates}/{said}" in ran.err
    assert ran.err.count("\n") == 1 + ("empty" in ran.err)

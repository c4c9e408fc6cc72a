"""What `--json` says of a paper."""

from triage.export.records import record
from triage.paper import Kind, Paper, Verdict

KEYS = """id, version, title, title_source, authors, abstract, abstract_source, categories, primary,
arxiv_comments, doi, journal_ref, url, published, updated, listed, kind, verdict, note, haul, decided_at"""


def test_every_key_is_there_in_its_order_with_text_as_shown_and_as_received() -> None:
    paper = Paper(
        "2306.07899",
        "$x^2$",
        ("A",),
        "``a''",
        2,
        Kind.CROSS,
        ("cs.CL", "cs.LG"),
        "cs.CL",
        listed="2023-06-14",
    )
    said = record(paper, Verdict.KEEP, "a note", "current", "2023-06-14T08:00:00Z")
    assert list(said) == [key.strip() for key in KEYS.split(",")]
    assert (said["title"], said["title_source"]) == ("x²", "$x^2$")
    assert (said["abstract"], said["abstract_source"]) == ("“a”", "``a''")
    assert (said["kind"], said["verdict"], said["haul"]) == ("cross", "keep", "current")
    assert (said["url"], said["version"]) == ("https://arxiv.org/abs/2306.07899", 2)
    assert (said["categories"], said["authors"]) == (["cs.CL", "cs.LG"], ["A"])


def test_an_open_web_page_has_neither_kind_nor_verdict() -> None:
    said = record(Paper("https://a.b/", "$5"))
    assert [said[key] for key in ("kind", "listed", "version", "verdict", "note", "haul", "decided_at")] == [
        None
    ] * 7
    assert (said["title"], said["url"]) == ("$5", "https://a.b/")

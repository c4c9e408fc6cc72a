"""What a file said when it was written, as the library keeps it."""

import json
from dataclasses import replace

from triage import front_matter
from triage.hand_edits.base import Base
from triage.haul import Comment, Entry, Haul
from triage.settings import HaulSettings

HAUL = Haul(
    7,
    front_matter.new(HaulSettings(), 7, 2, "2026-11-20T08:30:00.000Z"),
    (Comment("one", "First."), Comment("two", "Second.")),
    (
        Entry("2611.00002", "https://arxiv.org/abs/2611.00002", "B", "Of b…", "A note."),
        Entry("https://example.org/a", "https://example.org/a", "A"),
    ),
)


def test_it_comes_back_from_json_with_its_orders() -> None:
    base = Base.of(HAUL)
    back = Base.from_record(json.loads(json.dumps(base.as_record(), sort_keys=True)))
    assert back == base
    assert list(back.entries) == ["2611.00002", "https://example.org/a"]
    assert list(back.comments) == ["one", "two"]


def test_each_part_has_a_digest_of_its_own() -> None:
    first = HAUL.entries[0]
    before = Base.of(HAUL).entries[first.key]
    changed = (
        replace(first, note="x"),
        replace(first, title="x"),
        replace(first, excerpt="x"),
        replace(first, link="https://x.example"),
        replace(first, gaps=("\n", "\n", "\n")),
    )
    for at, entry in enumerate(changed):
        after = Base.of(replace(HAUL, entries=(entry,))).entries[first.key]
        assert [place for place in range(5) if after[place] != before[place]] == [at]


def test_a_haul_of_twenty_papers_is_kept_in_two_kilobytes() -> None:
    entries = tuple(
        Entry(f"2611.{at:05}", f"https://arxiv.org/abs/2611.{at:05}", "T" * 80) for at in range(20)
    )
    assert len(json.dumps(Base.of(replace(HAUL, entries=entries)).as_record())) < 2_000

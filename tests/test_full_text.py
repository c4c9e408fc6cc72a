"""The values of a full text survive the line of JSON between child and app."""

import json

import pytest

from triage.full_text import Page, Part

PAGE = Page("2311.00001", 2, "On Tea", "https://arxiv.org/html/2311.00001v2", "2026-11-20T08:00:00+00:00")
PART = Part("S3.SS1", 2, "3.1 Data", "Ten *cups*, see [(2)](#S3.E2).", (("S3.E2", 0), ("S3.T1", 4)))


@pytest.mark.parametrize("page", [PAGE, Page("hep-th/9901001", None, "", "", "")])
def test_a_page_reads_back_from_its_record(page: Page) -> None:
    assert Page.from_record(json.loads(json.dumps(page.as_record()))) == page


@pytest.mark.parametrize("part", [PART, Part("", 0, "", "")])
def test_a_part_reads_back_from_its_record(part: Part) -> None:
    assert Part.from_record(json.loads(json.dumps(part.as_record()))) == part


def test_a_part_without_targets_is_read_too() -> None:
    record = PART.as_record()
    del record["targets"]
    assert Part.from_record(record).targets == ()

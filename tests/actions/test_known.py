"""What is known of a paper when archive and library both tell of it."""

from dataclasses import replace

from tests.actions.conftest import DAY, NOW, paper
from triage.actions import decide
from triage.actions.add import correct
from triage.actions.known import find, known
from triage.paper import Kind, Paper
from triage.ports import Archive, Library

KEY = "2611.00001"


def test_what_the_user_corrected_stands_until_a_later_version(library: Library, archive: Archive) -> None:
    decide.keep(library, [paper(1)], NOW)
    correct(library, KEY, title="Corrected")
    assert known(library, archive, KEY).title == "Corrected"
    archive.store(DAY, [replace(paper(1, Kind.REPLACE), version=2, title="Renamed")], {})
    assert known(library, archive, KEY).title == "Renamed"


def test_a_version_that_another_machine_fetched_stands_over_an_older_one(
    library: Library, archive: Archive
) -> None:
    later = replace(paper(1, Kind.REPLACE), version=2, title="Renamed", listed="2026-11-24")
    decide.keep(library, [later], NOW)
    whole = known(library, archive, KEY)
    assert (whole.version, whole.title) == (2, "Renamed")
    assert (whole.kind, whole.listed) == (Kind.NEW, DAY.isoformat())


def test_a_paper_that_nobody_knows_is_bare(library: Library, archive: Archive) -> None:
    assert known(library, archive, "2306.07899") == Paper(id="2306.07899", title="")
    assert find(library, archive, "2306.07899") is None
    found = find(library, archive, KEY)
    assert found is not None
    assert found.title == "On the number 1"

"""arXiv's categories: every way a person writes one, and what a typo is told."""

import pytest

from triage.taxonomy import aliases, categories, category, same


def test_every_category_has_a_name_and_every_alias_leads_to_one() -> None:
    assert len(categories()) > 150
    assert categories()["cs.CL"] == "Computation and Language"
    assert categories()["q-bio"] == "Quantitative Biology"
    assert all(name.strip() for name in categories().values())
    assert set(aliases().values()) <= set(categories())
    assert not set(aliases()) & set(categories())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cs.CL", "cs.CL"),
        ("cs.cl", "cs.CL"),
        (" math.MP ", "math-ph"),
        ("cs.SY", "eess.SY"),
        ("CMP-LG", "cs.CL"),
    ],
)
def test_case_and_aliases_do_not_matter(typed: str, meant: str) -> None:
    assert category(typed) == meant


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("eess.SY", ("eess.SY", "cs.SY")),
        ("cs.SY", ("eess.SY", "cs.SY")),
        ("cs.LG", ("cs.LG",)),
        ("physics.chem-ph", ("physics.chem-ph", "chem-ph")),
        ("no-such", ("no-such",)),
    ],
)
def test_a_category_has_all_its_names(key: str, names: tuple[str, ...]) -> None:
    assert same(key) == names


@pytest.mark.parametrize(
    ("typed", "named"),
    [("cs.CLL", "cs.CL"), ("hep-h", "hep-ph or hep-th"), ("robotics", "cs.RO"), ("zzzz", "https")],
)
def test_an_unknown_category_is_refused_with_what_was_probably_meant(typed: str, named: str) -> None:
    with pytest.raises(ValueError, match="is not an arXiv category") as refused:
        category(typed)
    assert named in str(refused.value)

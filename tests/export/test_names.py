"""Names as bibliographies part them."""

import pytest

from triage.export.names import Name, parted


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ada Example", Name("Example", "Ada")),
        ("J. A. Smith", Name("Smith", "J. A.")),
        ("Laurens van der Maaten", Name("van der Maaten", "Laurens")),
        ("María José de la Cruz", Name("de la Cruz", "María José")),
        ("Martin Luther King Jr.", Name("King", "Martin Luther", "Jr.")),
        ("Henry Ford II", Name("Ford", "Henry", "II")),
        ("Jr. Smith", Name("Smith", "Jr.")),
        ("王", Name("王")),
        ("Plato", Name("Plato")),
        ("", Name("")),
        ("The LIGO Scientific Collaboration", Name("The LIGO Scientific Collaboration")),
        ("Gemini Team", Name("Gemini Team")),
        ("Foo and Bar, Inc.", Name("Foo and Bar, Inc.")),
        ("Smith, John", Name("Smith, John")),
    ],
)
def test_a_name_in_its_parts(written: str, name: Name) -> None:
    assert parted(written) == name

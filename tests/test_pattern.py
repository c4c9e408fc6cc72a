"""Patterns that are compiled when they are first used."""

import re

import pytest

from triage.pattern import pattern


def test_it_finds_what_a_compiled_one_finds() -> None:
    source, flags = r"(?P<day>\d+) (nov)", re.IGNORECASE
    late, compiled, text = pattern(source, flags), re.compile(source, flags), "19 Nov, 20 NOV"
    first, second = late.finditer(text)
    assert (first["day"], second.span()) == ("19", (8, 14))
    assert late.findall(text) == compiled.findall(text)
    assert late.sub(r"\1.", text) == compiled.sub(r"\1.", text)
    assert late.split(text) == compiled.split(text)
    assert (late.match(text, 1) or [""])[0] == "9 Nov"
    assert late.search("21 December") is late.fullmatch(text) is None
    assert (late.pattern, late.flags, late.groupindex) == (source, compiled.flags, {"day": 1})


def test_it_is_compiled_at_its_first_use_and_then_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    compiled = re.compile("x+")

    def compiling(*given: object) -> re.Pattern[str]:
        asked.append(given)
        return compiled

    monkeypatch.setattr(re, "compile", compiling)
    late = pattern("x+", re.DOTALL)
    assert asked == []
    assert late.search("xx")
    assert late.search("axx")
    assert late.sub("", "x") == ""
    assert asked == [("x+", re.DOTALL)]


def test_its_faults_are_those_of_a_compiled_one() -> None:
    with pytest.raises(re.error):
        pattern("(").search("")
    with pytest.raises(AttributeError):
        _ = pattern("x").nothing  # type: ignore[attr-defined]  # that is what is tried

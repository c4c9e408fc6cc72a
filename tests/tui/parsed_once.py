"""Style sheets that are parsed once in a process, where each of hundreds of apps would parse them."""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation

_parse = Stylesheet._parse_rules


@contextmanager
def parsed_once() -> Iterator[None]:
    """Let all apps share the rules, as Textual shares them between the copies of a sheet."""
    known: dict[Hashable, list[RuleSet]] = {}

    def rules(
        sheet: Stylesheet,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        variables = sheet._variables
        given = (css, read_from, is_default_rules, tie_breaker, scope, *variables, *variables.values())
        if given not in known:
            known[given] = _parse(sheet, css, read_from, is_default_rules, tie_breaker, scope)
        return known[given]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", rules)
        yield

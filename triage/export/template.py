"""The user's own templates, in Jinja2: values in, text out, and every fault named by its file and line.

The only importer of Jinja2, which is loaded when a template is used.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from traceback import walk_tb
from types import TracebackType
from typing import TYPE_CHECKING, Any

from triage import card, front_matter
from triage.export.markdown import escaped

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

HAUL = "haul.md.j2"
"""The post's own form as a template, shipped to be copied and changed."""
_MOST = 10_000_000
"""Characters or digits that one multiplication or power in a template may make, and the whole of its text."""
_TOO_MUCH = "this makes more than a template may"
_NO_ATTRIBUTE = re.compile(r"'\w+ object' has no attribute ('.+')")
_ESCAPED = (".html", ".htm", ".xml", ".xhtml")
"""Files in which every value is escaped for HTML, unless it is marked `safe`."""


class TemplateFault(ValueError):
    """A template that cannot be used; the message says what is wrong with it."""

    def __init__(self, why: str, file: str, line: int | None) -> None:
        super().__init__(why)
        self.file = file
        """The file's name within the folder of templates."""
        self.line = line
        """Counted from 1; None when it is not known."""


def haul_template() -> str:
    """The source of the post's own form."""
    from importlib.resources import files

    return files("triage.export").joinpath("templates", HAUL).read_text(encoding="utf-8")


def render(file: str, read: Callable[[str], str | None], values: Mapping[str, Any]) -> str:
    """What the template in a file makes of the values; `read` gives the source of a file, None for no file.

    Raises TemplateFault for any error in it, and for a name that no value has.
    """
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

    names: set[str] = set()

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        source = read(name)
        names.add(name)
        return None if source is None else (source, name, lambda: True)

    try:
        return _bounded(_environment(load).get_template(file).generate(values))
    except TemplateSyntaxError as error:
        raise TemplateFault(error.message or "cannot be read", error.name or file, error.lineno) from error
    except TemplateNotFound as error:
        name, line = _place(error.__traceback__, names, file)
        raise TemplateFault(f"there is no template {error.name or file}", name, line) from error
    except (
        TemplateError,
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        MemoryError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        name, line = _place(error.__traceback__, names, file)
        raise TemplateFault(_why(error), name, line) from error


def _environment(load: Callable[[str], Any]) -> "SandboxedEnvironment":
    from jinja2 import FunctionLoader, StrictUndefined, pass_eval_context
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Environment(ImmutableSandboxedEnvironment):
        """A sandbox in which no product or power outgrows the machine."""

        intercepted_binops = frozenset(("*", "**"))

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            if _size(operator, left, right) > _MOST:
                raise OverflowError(_TOO_MUCH)
            return super().call_binop(context, operator, left, right)

    made = Environment(
        loader=FunctionLoader(load),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name and name.lower().removesuffix(".j2").endswith(_ESCAPED)),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["html"] = pass_eval_context(_marked(card.as_text))
    made.filters["attribute"] = pass_eval_context(_marked(card.as_attribute))
    made.filters["center"] = _center
    made.filters["markdown"] = escaped
    made.filters["yaml"] = _yaml
    return made


def _bounded(pieces: Iterable[str]) -> str:
    """The pieces together; loops within loops would else make text until the memory is full."""
    made: list[str] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > _MOST:
            raise OverflowError(_TOO_MUCH)
        made.append(piece)
    return "".join(made)


def _marked(escape: Callable[[str], str]) -> Callable[[Any, str], str]:
    """A filter that escapes, whose text a file in which everything is escaped does not escape once more."""

    def escaped_once(context: Any, text: str) -> str:
        from markupsafe import Markup

        return Markup(escape(str(text))) if context.autoescape else escape(text)  # noqa: S704 - the card escapes it

    return escaped_once


def _center(value: object, width: int = 80) -> str:
    if width > _MOST:
        raise OverflowError(_TOO_MUCH)
    return str(value).center(width)


def _why(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it goes round in a circle"
    said = str(error) or type(error).__name__
    missing = _NO_ATTRIBUTE.fullmatch(said)
    return f"there is no {missing[1]} there" if missing else said


def _yaml(value: object, key: str = "value") -> str:
    return front_matter.scalar(key, str(value))


def _size(operator: str, left: object, right: object) -> int:
    """How long what an operator makes would be."""
    if operator == "**":
        return abs(right) * left.bit_length() if isinstance(left, int) and isinstance(right, int) else 0
    for text, times in ((left, right), (right, left)):
        if isinstance(text, str | list | tuple) and isinstance(times, int):
            return len(text) * times
    return 0


def _place(trace: TracebackType | None, names: set[str], file: str) -> tuple[str, int | None]:
    """The template and the line in it where an error came up."""
    inside = [(frame.f_code.co_filename, line) for frame, line in walk_tb(trace)]
    return next(((name, line) for name, line in reversed(inside) if name in names), (file, None))

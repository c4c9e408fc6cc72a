"""The form of CSL-JSON, in the words of a JSON schema: types, names, dates and text of CSL 1.0.2."""

from typing import Any

from jsonschema import Draft202012Validator

_TEXT = (
    *("abstract", "annote", "archive", "archive_location", "authority", "call-number", "citation-label"),
    *("collection-title", "container-title", "DOI", "event-title", "genre", "ISBN", "ISSN", "jurisdiction"),
    *("keyword", "language", "license", "medium", "note", "original-title", "PMCID", "PMID", "publisher"),
    *(
        "publisher-place",
        "references",
        "section",
        "source",
        "status",
        "title",
        "title-short",
        "URL",
        "version",
    ),
)
_TEXT_OR_NUMBER = ("chapter-number", "collection-number", "edition", "issue", "number", "page", "volume")
_NAMES = ("author", "composer", "contributor", "editor", "translator")
_DATES = ("accessed", "available-date", "issued", "original-date", "submitted")
_TYPES = (
    *("article", "article-journal", "article-magazine", "article-newspaper", "book", "chapter", "dataset"),
    *("document", "entry", "manuscript", "paper-conference", "post", "post-weblog", "report", "software"),
    *("thesis", "webpage"),
)
_NAME = {
    "type": "object",
    "properties": {
        part: {"type": "string", "minLength": 1}
        for part in ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")
    },
    "additionalProperties": False,
    "minProperties": 1,
}
_DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        },
        "literal": {"type": "string"},
        "raw": {"type": "string"},
    },
    "additionalProperties": False,
}

_CSL: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "id": {"type": ["string", "number"]},
            "type": {"enum": list(_TYPES)},
            **{name: {"type": "string"} for name in _TEXT},
            **{name: {"type": ["string", "number"]} for name in _TEXT_OR_NUMBER},
            **{name: {"type": "array", "items": _NAME} for name in _NAMES},
            **dict.fromkeys(_DATES, _DATE),
        },
        "required": ["type", "id"],
        "additionalProperties": False,
    },
}
_VALIDATOR = Draft202012Validator(_CSL)


def check(items: object) -> None:
    """Raise jsonschema's ValidationError for what is no array of CSL items."""
    _VALIDATOR.validate(items)

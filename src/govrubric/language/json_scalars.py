"""A field's check -> what JSON Schema says of it: the types, patterns and ends of texts and numbers.

They take what the check takes, but for spellings that nobody writes and an editor would then propose: `true` for a text, a
quoted `true` for a flag. What an editor says of anything else is the cure of our own finding.
"""

from typing import Any, get_args

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.language import fields
from govrubric.numbers import WHOLE_DIGITS

Json = dict[str, Any]

_LIMIT = 10**WHOLE_DIGITS
_DIGITS = f"[0-9]{{1,{WHOLE_DIGITS}}}"
_FRACTION = f"-?{_DIGITS}/(?!0+$){_DIGITS}"
_SHARE = f"(?!0+/){_DIGITS}/(?!0+$){_DIGITS}"
_DAY = "(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"


def cure(code: str, **args: str) -> str:
    """What to do about a finding, in both languages."""
    found = Diagnostic.of(code, **args)
    return f"{found.help('en')}\n{found.help('zh')}"


def told(code: str, **args: str) -> str:
    """A finding and what to do about it, in both languages."""
    found = Diagnostic.of(code, **args)
    return f"{found.message('en')}; {found.help('en')}\n{found.message('zh')}；{found.help('zh')}"


def _text(pattern: str, help_: str, **more: Any) -> Json:
    return {"type": "string", "pattern": pattern, **more, "errorMessage": help_}


def _words(pattern: str) -> Json:
    # A number is text where text is due.
    return {**_text(pattern, cure("GR206")), "type": ["string", "number"]}


def _number(fraction: str, help_: str, low: int = -_LIMIT, **more: Any) -> Json:
    # In one piece, since of alternatives an editor tells what one of them wants.
    ends = {"exclusiveMinimum": low, "exclusiveMaximum": _LIMIT}
    return {"type": ["number", "string"], **ends, "pattern": f"^({fraction})$", **more, "errorMessage": help_}


def _number_or(*words: str) -> Json:
    return _number(
        "|".join((*words, _FRACTION)), cure("GR210", words=", ".join((*words, "3.5"))), examples=list(words)
    )


def whole(low: int, high: int) -> Json:
    """A whole number in a range; whether a fraction is one, no schema can tell."""
    ends = {"minimum": low, "maximum": high}
    return {
        "type": ["integer", "string"],
        **ends,
        "pattern": f"^{_FRACTION}$",
        "errorMessage": cure("GR221", low=str(low), high=str(high)),
    }


SCALARS: dict[str, tuple[Any, Json]] = {
    "text": (fields.Text, _words(r"\S")),
    "expression": (fields.Authored, {**_words(r"\S"), "maxLength": fields.EXPRESSION}),
    "flag": (fields.Flag, {"type": "boolean", "errorMessage": cure("GR210", words="true, false")}),
    "id": (fields.Id, _text(f"^{fields.ID.pattern}$", cure("GR211"))),
    "rubric_id": (fields.RubricId, _text(f"^{fields.RUBRIC_ID.pattern}$", cure("GR211"))),
    "path": (fields.WasPath, _text(f"^{fields.PATH.pattern}$", cure("GR226"))),
    "day": (fields.Date, _text(f"^{_DAY}$", cure("GR212"))),
    "language": (
        fields.Language,
        _text("^(zh|en)(-[A-Za-z]+)*$", cure("GR210", words="zh-CN, en"), examples=["zh-CN", "en"]),
    ),
    "number": (fields.Number, _number(_FRACTION, cure("GR207"))),
    "positive": (fields.Positive, _number(_SHARE, cure("GR207"), 0)),
    "number_or_none": (fields.NumberOrNone, _number_or("none")),
    "number_or_start": (fields.Start, _number_or("full", "zero")),
    "version": (fields.Version, {"const": 1, "errorMessage": cure("GR218")}),
    "names": (fields.Cells, {"type": "object"}),
    "some_names": (fields.FilledCells, {"type": "object", "minProperties": 1}),
}
"""Each check, as the annotation that has it, by its name in the schema."""

BY_CHECK = {get_args(alias)[1].func: name for name, (alias, _) in SCALARS.items()}
"""The function that checks a field -> the name."""

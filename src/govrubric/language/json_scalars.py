"""Texts and numbers -> JSON Schema: the types, patterns and ends of what may stand in one field.

Each annotation in `fields` carries one of these beside its check. It takes what the check takes, as far as a
schema can tell, except spellings that are rather a slip: `true` for a text, a quoted `true` for a flag. Where
it refuses, an editor shows the help of our own finding.
"""

from dataclasses import dataclass
from typing import Any

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.numbers import WHOLE_DIGITS

Json = dict[str, Any]

_LIMIT = 10**WHOLE_DIGITS
_DIGITS = f"[0-9]{{1,{WHOLE_DIGITS}}}"
_FRACTION = f"-?{_DIGITS}/(?!0+$){_DIGITS}"
_SHARE = f"(?!0+/){_DIGITS}/(?!0+$){_DIGITS}"
DAY = "(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"


@dataclass(frozen=True, slots=True, eq=False)  # typing hashes what is annotated
class JsonScalar:
    """What JSON Schema says of a field. With a `name` it stands among the definitions, under that name."""

    schema: Json
    name: str = ""


def cure(code: str, **args: str) -> str:
    """What to do about a finding, in both languages."""
    finding = Diagnostic.of(code, **args)
    return f"{finding.help('en')}\n{finding.help('zh')}"


def message(code: str, **args: str) -> str:
    """A finding and what to do about it, in both languages."""
    finding = Diagnostic.of(code, **args)
    english = f"{finding.message('en')}; {finding.help('en')}"
    return f"{english}\n{finding.message('zh')}；{finding.help('zh')}"


def matching(pattern: str, help_: str, **more: Any) -> Json:
    """A text that matches a pattern."""
    return {"type": "string", "pattern": pattern, **more, "errorMessage": help_}


def words(**more: Any) -> Json:
    """Any text with a letter in it. A number is text too, where text is due."""
    return {**matching(r"\S", cure("GR206")), "type": ["string", "number"], **more}


def number(*, help_: str = "", fraction: str = _FRACTION, low: int = -_LIMIT, **more: Any) -> Json:
    """A number, or a fraction, which JSON has as a text.

    All in one piece: of alternatives, an editor tells what only one of them wants.
    """
    return {
        "type": ["number", "string"],
        "exclusiveMinimum": low,
        "exclusiveMaximum": _LIMIT,
        "pattern": f"^({fraction})$",
        # `.nan`, which is a number to YAML: no other is both above zero and not above it.
        "not": {"type": "number", "exclusiveMinimum": 0, "maximum": 0},
        **more,
        "errorMessage": help_ or cure("GR207"),
    }


def positive() -> Json:
    """A number above zero."""
    return number(fraction=_SHARE, low=0)


def number_or(*alternatives: str) -> Json:
    """A number, or one of a few words."""
    return number(
        fraction="|".join((*alternatives, _FRACTION)),
        help_=cure("GR210", words=", ".join((*alternatives, "3.5"))),
        examples=list(alternatives),
    )


def number_or_name(name: str, fraction: str = _FRACTION) -> Json:
    """A number, or the name of one, which matches a pattern."""
    return {
        **number(fraction=f"{fraction}|{name}", help_=cure("GR227")),
        "exclusiveMinimum": 0 if fraction == _SHARE else -_LIMIT,
    }


def positive_or_name(name: str) -> Json:
    """A number above zero, or the name of a number."""
    return number_or_name(name, _SHARE)


def whole_number(low: int, high: int) -> Json:
    """A whole number in a range. A fraction such as 4/2 may be one, which no schema can tell."""
    return {
        "type": ["integer", "string"],
        "minimum": low,
        "maximum": high,
        "pattern": f"^{_FRACTION}$",
        "errorMessage": cure("GR221", low=str(low), high=str(high)),
    }

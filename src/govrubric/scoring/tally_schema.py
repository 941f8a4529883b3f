"""Inputs -> JSON Schema: what a tally may hold, under dotted names.

The schema never refuses what `score` accepts in this form. What it cannot say, the description of an input
does: how many places a number may have that is written as a number, and the range of one that is written as
text.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any, Literal

from govrubric.formula.nodes import Input
from govrubric.numbers import PLACES, WHOLE_DIGITS, written
from govrubric.scoring.tally import LABELS, NOTE
from govrubric.scoring.values import left_out

Json = dict[str, Any]
SHARED: Json = {
    "evidence": {
        "description": "what proves the value 自评依据",
        "type": "array",
        "items": {"type": "string", "minLength": 1, "maxLength": NOTE},
    },
    "note": {"description": "a remark 备注", "type": ["string", "null"], "minLength": 1, "maxLength": NOTE},
    "true": {
        "anyOf": [
            {"const": True},
            {"type": "object", "properties": {"value": {"const": True}}, "required": ["value"]},
        ]
    },
}


def schema(title: str, inputs: Iterable[Input], excused: Mapping[str, tuple[str, ...]]) -> Json:
    """The schema of a tally; `excused` has the flags that excuse an input which must otherwise be given.

    What a condition may excuse, which no schema can tell, may be left out.
    """
    inputs = tuple(inputs)
    names = {known.name for known in inputs}
    must = [known.name for known in inputs if known.required and known.name not in excused]
    groups: dict[tuple[str, ...], list[str]] = {}
    for known in inputs:
        if known.required and names.issuperset(excused.get(known.name, ("",))):
            groups.setdefault(excused[known.name], []).append(known.name)
    made: Json = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "properties": {
            **{key: of_label(key) for key in LABELS},
            **{known.name: of_input(known, "#/$defs/") for known in inputs},
        },
        "required": must,
        "additionalProperties": False,
        "$defs": SHARED,
    }
    if groups:
        made["allOf"] = [
            {"anyOf": [{"required": names}, *map(_raised, flags)]} for flags, names in groups.items()
        ]
    return made


def _raised(flag: str) -> Json:
    return {"properties": {flag: {"$ref": "#/$defs/true"}}, "required": [flag]}


def of_label(key: str) -> Json:
    """The schema of a tally's `unit` or `name`."""
    about = {"unit": "the code of the unit 单位编号", "name": "what people call it 单位名称"}
    return {"description": about[key], "type": ["string", "null"], "maxLength": LABELS[key]}


def of_input(known: Input, shared: str = "", number: Literal["number", "integer"] = "number") -> Json:
    """The schema of an input: a value alone, or beside evidence and a note.

    `shared` is where the schemas of these stand; without it, they are written out. Numbers that are not whole
    are written as a `number` or as text, or where all else is `integer` as text alone.
    """
    value = of_value(known, number) | _default(known)
    about: Json = {key: value.pop(key) for key in ("description", "default") if key in value}
    beside = {
        "type": "object",
        "properties": {
            "value": value,
            **{key: {"$ref": shared + key} if shared else SHARED[key] for key in ("evidence", "note")},
        },
        "required": ["value"],
        "additionalProperties": False,
    }
    titled: Json = {} if known.title is None else {"title": known.title}
    return {**titled, **about, "anyOf": [value, beside]}


def _default(known: Input) -> Json:
    """The key for a default of the rubric's; a number that is not whole is text, so that its digits stay."""
    default = None if known.default is None else left_out(known)
    if default is None or isinstance(default, str):
        return {} if default is None else {"default": default}
    number = Fraction(known.unsaid, known.den)
    return {"default": int(number) if number.denominator == 1 else written(number)}


def of_value(known: Input, number: Literal["number", "integer"] = "number") -> Json:
    """The schema of a value alone."""
    match known.kind:
        case "flag":
            return {"description": "true or false 是或否", "type": "boolean", "default": False}
        case "choice":
            return {"description": "one of these names 选项", "type": "string", "enum": list(known.options)}
        case "count":
            about = f"a count{f' of {known.unit}' if known.unit else ''} 计数"
            ends = {"minimum": int(known.lo), "maximum": int(known.hi)}
            return {"description": about, "type": "integer", **ends, "default": 0}
    about, chinese = _range(known)
    # A divisor that is not whole would refuse sound numbers in validators that compute with floats.
    divisor = known.step if known.step is not None else int(not known.places)
    whole = {"multipleOf": int(divisor)} if divisor and divisor == int(divisor) else {}
    return {
        "description": f"{about}, at most {known.places} decimal places; digits as text are never moved"
        f"\n{chinese}，至多 {known.places} 位小数；数字也可写成文字",
        "type": [number, "string"],
        "minimum": floor(known.lo),
        "maximum": ceil(known.hi),
        **({"anyOf": [{"const": 0}, {"minimum": floor(known.gap)}]} if known.gap is not None else {}),
        **whole,
        "pattern": _digits(known.places),
    }


def _range(known: Input) -> tuple[str, str]:
    """Which numbers an input takes, in English and Chinese."""
    low, high = written(known.lo if known.gap is None else known.gap), written(known.hi)
    about, chinese = f"{low} to {high}", f"{low} 至 {high}"
    if known.gap is not None:
        about, chinese = f"0, or {about}", f"0，或 {chinese}"
    if known.each is not None:
        low, high = written(known.each.low), written(known.each.high)
        about += f", and {low} to {high} for each of `{known.each.of}`"
        chinese += f"，且“{known.each.of}”每计一次为 {low} 至 {high}"
    if known.step is not None:
        about += f", in steps of {written(known.step)}"
        chinese += f"，以 {written(known.step)} 为一档"
    return about, chinese


def _digits(places: int) -> str:
    """The pattern of a number as text: digits, with zeros after the last place; or a fraction."""
    zeros = f"0{{0,{PLACES - places}}}"
    after = f"\\.[0-9]{{1,{places}}}{zeros}" if places else f"\\.0{{1,{PLACES}}}"
    return f"^-?[0-9]{{1,{WHOLE_DIGITS}}}({after}|/[0-9]{{1,{WHOLE_DIGITS}}})?$"

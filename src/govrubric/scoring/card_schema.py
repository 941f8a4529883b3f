"""Table -> the JSON Schema (draft 7) of a card, format 1, by which any program checks what it reads.

The table stands apart from the code that writes and reads cards, so that each is a check of the other. Every
key is always there, and there are no others. Whether the figures add up no schema can tell, but
`ScoreCard.verify`.
"""

from govrubric.language.fields import ID, LANGUAGE, PATH, RUBRIC_ID
from govrubric.language.json_scalars import Json
from govrubric.numbers import PLACES

Keys = dict[str, tuple[Json, str]]
"""The keys of an object in the order in which they are written: what each takes, and what it means."""

_WHOLE = "(?:0|[1-9][0-9]*)"
_PART = r"[0-9]*[1-9]"


def _text(pattern: str, **more: object) -> Json:
    return {"type": "string", "pattern": f"^(?:{pattern})$", **more}


def _or_null(one: Json) -> Json:
    return {**one, "type": [one["type"], "null"]}


def _list(of: Json) -> Json:
    return {"type": "array", "items": of}


def _ref(name: str) -> Json:
    return {"$ref": f"#/definitions/{name}"}


TEXT: Json = {"type": "string"}
FLAG: Json = {"type": "boolean"}
FEW: Json = {"type": "integer", "minimum": 0, "maximum": 1000}
PATHS: Json = _list(_text(PATH.pattern))
SHA256: Json = _text("sha256:[0-9a-f]{64}")
DECIMAL: Json = _text(rf"0|-?(?:[1-9][0-9]*|{_WHOLE}\.{_PART})")
NUMBER: Json = _text(rf"0|-?(?:[1-9][0-9]*|{_WHOLE}\.{_PART}|[1-9][0-9]*/[1-9][0-9]*)")
POSITIVE: Json = _text(rf"[1-9][0-9]*|{_WHOLE}\.{_PART}|[1-9][0-9]*/[1-9][0-9]*")

VALUES: dict[str, Json] = {
    "count": _text("0|[1-9][0-9]{0,9}"),
    "flag": FLAG,
    "number": NUMBER,
    "choice": TEXT,
}
"""What a value is, for each kind of input."""

RUBRIC: Keys = {
    "id": (_text(RUBRIC_ID.pattern), "the rubric's own name"),
    "title": (TEXT, "its title"),
    "language": (_text(LANGUAGE.pattern), "the language of its sentences"),
    "digest": (SHA256, "SHA-256 of its whole text in one fixed form"),
    "scoring_digest": (SHA256, "SHA-256 of all of it that can change a figure, and of nothing else"),
    "variant": (
        {"if": {"type": "object"}, "then": _ref("variant"), "else": {"type": "null"}},
        "which of its variants it is; null for the rubric as it stands",
    ),
    "readings": (_list(_ref("reading")), "the ambiguities that are read otherwise than the rubric decides"),
}

VARIANT: Keys = {
    "id": (_text(ID.pattern), "the variant's name in the rubric"),
    "title": (_or_null(TEXT), "what people read in place of it"),
}

READING: Keys = {
    "ambiguity": (_text(ID.pattern), "the ambiguity's name in the rubric"),
    "option": (_text(ID.pattern), "the name of the option by which it is read"),
    "title": (_or_null(TEXT), "what people read in place of that"),
}

INPUT: Keys = {
    "name": (_text(PATH.pattern), "the input's name in tallies"),
    "title": (_or_null(TEXT), "what people read in place of it"),
    "kind": ({"enum": [*VALUES]}, "what its value is"),
    "unit": (_or_null(TEXT), "the unit of counting or measuring"),
    "value": (
        {"type": ["string", "boolean"]},
        "true or false of a flag; else digits, a fraction or a name, as text",
    ),
    "assumed": (FLAG, "whether the tally left it out, so that it was taken for 0 or false"),
    "evidence": (_list(TEXT), "what the value rests on"),
    "note": (_or_null(TEXT), "a remark in the tally"),
}

VALUE: Keys = {
    "path": (_text(PATH.pattern), "the value's path"),
    "title": (_or_null(TEXT), "what people read in place of its name"),
    "kind": ({"enum": ["number", "flag"]}, "what it is"),
    "value": ({"type": ["string", "boolean"]}, "true or false of a flag; else digits or a fraction, as text"),
}

RULE: Keys = {
    "path": (_text(PATH.pattern), "the rule's path"),
    "title": (_or_null(TEXT), "what people read in place of its id"),
    "verb": (_text(ID.pattern), "what kind of rule it is"),
    "clause": (_or_null(TEXT), "the official wording"),
    "when": (_or_null(TEXT), "its condition"),
    "inputs": (PATHS, "the names of the inputs that it reads"),
    "sentence": (TEXT, "how its raw effect comes about, in words"),
    "raw": (NUMBER, "points that the clause gives, or takes below zero"),
    "applied": (NUMBER, "what the balance let through of them"),
    "absorbed": (NUMBER, "the rest"),
    "balance": (NUMBER, "the balance of the item after it"),
    "counted": (FLAG, "false where its condition does not hold or its item does not apply"),
}

GATE: Keys = {
    "path": (_text(PATH.pattern), "the gate's path"),
    "title": (_or_null(TEXT), "what people read in place of its id"),
    "when": (TEXT, "its condition"),
    "clause": (_or_null(TEXT), "the official wording"),
    "sentence": (TEXT, "what it does where its condition holds, in words"),
    "voids": (FLAG, "whether it takes the score away where it holds"),
    "held": (FLAG, "whether its condition held"),
    "effect": (NUMBER, "what it did to the balance"),
}

COMBINING: Keys = {
    "how": ({"enum": ["sum", "mean", "min", "max"]}, "how the parts make the base"),
    "lowest": (FEW, "how many of the lowest parts are left out"),
    "highest": (FEW, "how many of the highest parts are left out"),
}

ITEM: Keys = {
    "path": (_text(f"(?:{PATH.pattern})?"), "the item's path; empty for the rubric as a whole"),
    "title": (TEXT, "its title"),
    "clause": (_or_null(TEXT), "the official wording"),
    "assessed_by": (_or_null(TEXT), "who assesses it"),
    "weight": (
        _or_null(POSITIVE),
        "full marks that it adds to its group; null of an extra item that has none",
    ),
    "out_of": (_or_null(POSITIVE), "full marks on its own scale; null likewise"),
    "floor": (_or_null(NUMBER), "the least that its score can come to; null is no bound"),
    "ceiling": (_or_null(NUMBER), "the most that its score can come to; null is no bound"),
    "parts": (PATHS, "the paths of its parts"),
    "combining": (
        {"if": {"type": "object"}, "then": _ref("combining"), "else": {"type": "null"}},
        "how its parts make its base; null where it has none",
    ),
    "extra": (FLAG, "whether its points come on top of its group's full marks"),
    "not_applicable": (
        {"enum": [None, "full", "zero", "rescale", "spread"]},
        "what happens where it does not apply",
    ),
    "counts_when": (_or_null(TEXT), "the condition on which it counts"),
    "base": (NUMBER, "where its rules begin: its start, or what its parts come to"),
    "rounding": (NUMBER, "what rounding did to its score"),
    "score": (_or_null(NUMBER), "its score; null where a gate took it away"),
    "lost": (
        _or_null(NUMBER),
        "full marks less its score, and never below 0; of an extra item, what it is below 0",
    ),
    "contribution": (_or_null(NUMBER), "what it adds to its group"),
    "rules": (_list(_ref("rule")), "its rules in the order in which they took effect"),
    "gates": (_list(_ref("gate")), "its gates in order"),
    "applies": (FLAG, "whether it applies"),
    "counts": (FLAG, "whether the condition on which it counts holds"),
    "excused": (FLAG, "whether the condition on which it does not apply holds"),
    "not_applicable_when": (_or_null(TEXT), "the condition on which it does not apply"),
    "take": (
        {"enum": ["all", "highest"]},
        "whether all rules count, or of awards and of deductions only the greatest",
    ),
}

WHOLE_RUBRIC: Json = {"allOf": [_ref("item"), {"properties": {"path": {"const": ""}, "weight": POSITIVE}}]}
PART_OF_IT: Json = {"allOf": [_ref("item"), {"properties": {"path": {"minLength": 1}}}]}

CARD: Keys = {
    "card": ({"const": 1}, "the version of this format"),
    "language_version": ({"const": 1}, "the version of the language of rubrics"),
    "engine_version": (
        _text(r"[0-9]+(?:\.[0-9A-Za-z+-]+){0,5}"),
        "the version of govrubric that made the card",
    ),
    "rubric": (_ref("rubric"), "the rubric that was scored by"),
    "unit": (_or_null(TEXT), "the code of the unit that was scored"),
    "name": (_or_null(TEXT), "its name for people"),
    "total": (_or_null(DECIMAL), "the published total; null where a gate took the score away"),
    "exact_total": (_or_null(NUMBER), "the total before its rounding"),
    "grade": (_or_null(TEXT), "the grade; null where there is none"),
    "maximum": (POSITIVE, "full marks of the whole"),
    "places": ({"type": "integer", "minimum": 0, "maximum": PLACES}, "to how many places the total is given"),
    "assumed": (PATHS, "the names of the inputs that the tally left out"),
    "inputs": (_list(_ref("input")), "every input, in the order of the rubric"),
    "tally_digest": (SHA256, "SHA-256 of what was counted: unit, name and inputs"),
    "values": (_list(_ref("value")), "the named values that the rubric shows, in file order"),
    "items": (
        {"type": "array", "minItems": 1, "items": [WHOLE_RUBRIC], "additionalItems": PART_OF_IT},
        "every item, from the rubric itself down, in file order",
    ),
    "digest": (SHA256, "SHA-256 of all of the above"),
}

OBJECTS: dict[str, Keys] = {
    "rubric": RUBRIC,
    "variant": VARIANT,
    "reading": READING,
    "input": INPUT,
    "value": VALUE,
    "item": ITEM,
    "combining": COMBINING,
    "rule": RULE,
    "gate": GATE,
}


def schema() -> Json:
    """The schema of a card."""
    definitions = {name: _object(keys) for name, keys in OBJECTS.items()}
    definitions["input"]["allOf"] = [
        {"if": {"properties": {"kind": {"const": kind}}}, "then": {"properties": {"value": value}}}
        for kind, value in VALUES.items()
    ]
    definitions["item"]["allOf"] = [
        {
            "if": {"properties": {"weight": {"type": "null"}}},
            "then": {"properties": {"out_of": {"type": "null"}, "extra": {"const": True}}},
            "else": {"properties": {"out_of": POSITIVE}},
        }
    ]
    definitions["value"]["allOf"] = [
        {"if": {"properties": {"kind": {"const": kind}}}, "then": {"properties": {"value": VALUES[kind]}}}
        for kind in ("number", "flag")
    ]
    head = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "https://github.com/govrubric/govrubric/schema/card-1.json",
        "title": "govrubric card, format 1",
    }
    return {**head, **_object(CARD), "definitions": definitions}


def _object(keys: Keys) -> Json:
    """An object that has these keys and no others."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [*keys],
        "properties": {key: _described(value, meaning) for key, (value, meaning) in keys.items()},
    }


def _described(value: Json, meaning: str) -> Json:
    """What a key takes, with its meaning; draft 7 reads nothing beside a reference."""
    return {"description": meaning, **({"allOf": [value]} if "$ref" in value else value)}

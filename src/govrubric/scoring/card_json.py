"""Record -> plain data -> JSON text: the written form of a card, format 1, and its seals.

Numbers are text, and keys stand in a fixed order. Two digests seal a card: one over what the tally gave, one
over the whole. `card_reader` reads it.
"""

import hashlib
import json
from fractions import Fraction
from typing import Any

from govrubric.diagnostics.diagnostic import Path
from govrubric.diagnostics.display import UNSAFE, is_seen, plain
from govrubric.numbers import Exact, ratio, written
from govrubric.scoring.ledger import GateScore, Given, ItemScore, Record, RuleScore, ShownValue

FORMAT = 1
LANGUAGE = 1
POINTS = ("raw", "applied", "absorbed", "balance")
FIGURES = ("weight", "out_of", "floor", "ceiling", "base", "rounding", "score", "lost", "contribution")


def dumps(data: object, indent: int | None = 1) -> str:
    """Plain data -> JSON text, in which characters that cannot be seen are written as escapes."""
    text = indented(data, indent) + "\n"
    return text if is_seen(text) else UNSAFE.sub(lambda match: json.dumps(match[0])[1:-1], text)


def indented(data: object, indent: int | None = 1) -> str:
    """Plain data -> JSON text with its keys in their order."""
    return json.dumps(data, ensure_ascii=False, indent=indent)


def shortest(data: object) -> str:
    """Plain data -> its shortest JSON with sorted keys, which seals are made of."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def seal(data: object) -> str:
    """The digest of plain data."""
    return sealed(shortest(data))


def sealed(text: str) -> str:
    """The digest of plain data, given as its shortest JSON: SHA-256 of it in UTF-8."""
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def to_dict(record: Record) -> dict[str, Any]:
    """A record -> plain data with its keys in a fixed order, sealed."""
    header, root = record.header, record.items[0]
    tally = {"unit": header.unit, "name": header.name, "inputs": [_given(given) for given in record.inputs]}
    data = {
        "card": FORMAT,
        "language_version": LANGUAGE,
        "engine_version": header.engine,
        "rubric": {
            "id": header.rubric,
            "title": header.title,
            "language": header.language,
            "digest": header.digest,
            "scoring_digest": header.scoring_digest,
            "variant": header.variant and header.variant._asdict(),
            "readings": [reading._asdict() for reading in header.readings],
        },
        "unit": header.unit,
        "name": header.name,
        "total": _text(root.contribution),
        "exact_total": _text(exact_total(root)),
        "grade": header.grade,
        "maximum": _text(header.maximum),
        "places": header.places,
        "assumed": [given.name for given in record.inputs if given.assumed],
        "inputs": tally["inputs"],
        "tally_digest": seal(tally),
        "values": [_value(value) for value in record.values],
        "items": [item_data(item) for item in record.items],
    }
    return {**data, "digest": seal(data)}


def exact_total(root: ItemScore) -> Exact | None:
    """The total before its rounding."""
    if root.score is None:
        return None
    exact = Fraction(root.score) - Fraction(root.rounding)
    exact = exact * Fraction(root.weight or 1) / Fraction(root.out_of or 1)
    return ratio(exact.numerator, exact.denominator)


def _text(value: Exact | None) -> str | None:
    return None if value is None else written(value)


def _given(given: Given) -> dict[str, Any]:
    value: bool | str | None
    match given.value:
        case bool() | str():
            value = given.value
        case int():
            value = str(given.value)
        case number:
            value = _text(number)
    return {
        "name": given.name,
        "title": given.title,
        "kind": given.kind,
        "unit": given.unit,
        "value": value,
        "assumed": given.assumed,
        "evidence": list(given.evidence),
        "note": given.note,
    }


def _value(value: ShownValue) -> dict[str, Any]:
    shown = value.value if isinstance(value.value, bool) else _text(value.value)
    return {"path": value.path, "title": value.title, "kind": value.kind, "value": shown}


def item_data(item: ItemScore) -> dict[str, Any]:
    """An item's row as plain data."""
    data = {key: _text(value) if key in FIGURES else value for key, value in item._asdict().items()}
    combining = None if item.combining is None else item.combining._asdict()
    rows = {"rules": [_rule(rule) for rule in item.rules], "gates": [_gate(gate) for gate in item.gates]}
    return {**data, "parts": list(item.parts), "combining": combining, **rows}


def _rule(rule: RuleScore) -> dict[str, Any]:
    numbers = {key: _text(getattr(rule, key)) for key in POINTS}
    texts = {
        "path": rule.path,
        "title": rule.title,
        "verb": rule.verb,
        "clause": rule.clause,
        "when": rule.when,
        "inputs": list(rule.inputs),
        "sentence": rule.sentence,
    }
    return {**texts, **numbers, "counted": rule.counted}


def _gate(gate: GateScore) -> dict[str, Any]:
    texts = {
        "path": gate.path,
        "title": gate.title,
        "when": gate.when,
        "clause": gate.clause,
        "sentence": gate.sentence,
    }
    return {**texts, "voids": gate.voids, "held": gate.held, "effect": _text(gate.effect)}


class _Missing:
    """Stands for the value of a key that one of two pieces of data has not."""


MISSING = _Missing()


def differences(stated: Any, computed: Any, path: Path = ()) -> list[tuple[Path, str, str]]:
    """The deepest places where two pieces of plain data differ, with what each of them has there."""
    if isinstance(stated, dict) and isinstance(computed, dict):
        pairs = [
            (key, stated.get(key, MISSING), computed.get(key, MISSING)) for key in {**computed, **stated}
        ]
    elif isinstance(stated, list) and isinstance(computed, list) and len(stated) == len(computed):
        pairs = list(zip(range(len(stated)), stated, computed, strict=True))
    elif stated == computed and type(stated) is type(computed):
        return []
    else:
        return [(path, _brief(stated), _brief(computed))]
    return [
        difference
        for key, old, new in pairs
        for difference in differences(old, new, _row_path(old, new) or (*path, key))
    ]


def _row_path(stated: Any, computed: Any) -> Path:
    """The path of a row of the card, which is the path or name it states; empty for anything else."""
    if isinstance(stated, dict) and isinstance(computed, dict):
        for key in ("path", "name"):
            if stated.get(key) and stated[key] == computed.get(key):
                return (str(stated[key]),)
    return ()


def _brief(value: Any) -> str:
    if value is MISSING:
        return "–"
    return plain(json.dumps(value, ensure_ascii=False), 40)

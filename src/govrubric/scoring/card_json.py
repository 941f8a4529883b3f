"""Record -> plain data: the card's written form, format 1.

Numbers are text, keys stand in a fixed order, and two digests seal it: one over what the tally gave, one over the whole.
"""

import hashlib
import json
from fractions import Fraction
from typing import Any

from govrubric.diagnostics.diagnostic import Path
from govrubric.diagnostics.display import UNSAFE, plain
from govrubric.numbers import Exact, ratio, written
from govrubric.scoring.ledger import GateScore, Given, ItemScore, Record, RuleScore

FORMAT = 1
LANGUAGE = 1


def dumps(data: object) -> str:
    """Plain data as JSON for people and programs: characters that nobody sees are written as escapes."""
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def seal(data: object) -> str:
    """The SHA-256 of plain data in its shortest JSON form with sorted keys, in UTF-8."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def to_dict(record: Record) -> dict[str, Any]:
    """A record -> plain data in a fixed order."""
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
        },
        "unit": header.unit,
        "name": header.name,
        "total": _text(root.contribution),
        "exact_total": _text(exact_total(root)),
        "grade": header.grade,
        "maximum": _text(header.maximum),
        "assumed": [given.name for given in record.inputs if given.assumed],
        "inputs": tally["inputs"],
        "tally_digest": seal(tally),
        "items": [_item(item) for item in record.items],
    }
    return {**data, "digest": seal(data)}


def exact_total(root: ItemScore) -> Exact | None:
    """The total before its rounding."""
    if root.score is None:
        return None
    exact = (Fraction(root.score) - Fraction(root.rounding)) * Fraction(root.weight) / Fraction(root.out_of)
    return ratio(exact.numerator, exact.denominator)


def _text(value: Exact | None) -> str | None:
    return None if value is None else written(Fraction(value))


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
        "kind": given.kind,
        "unit": given.unit,
        "value": value,
        "assumed": given.assumed,
        "evidence": list(given.evidence),
        "note": given.note,
    }


def _item(item: ItemScore) -> dict[str, Any]:
    numbers = ("weight", "out_of", "floor", "ceiling", "base", "rounding", "score", "lost", "contribution")
    data = {key: _text(value) if key in numbers else value for key, value in item._asdict().items()}
    combining = None if item.combining is None else item.combining._asdict()
    rows = {"rules": [_rule(rule) for rule in item.rules], "gates": [_gate(gate) for gate in item.gates]}
    return {**data, "parts": list(item.parts), "combining": combining, **rows}


def _rule(rule: RuleScore) -> dict[str, Any]:
    numbers = {key: _text(getattr(rule, key)) for key in ("raw", "applied", "absorbed", "balance")}
    words = {
        "path": rule.path,
        "verb": rule.verb,
        "clause": rule.clause,
        "when": rule.when,
        "inputs": list(rule.inputs),
        "sentence": rule.sentence,
    }
    return {**words, **numbers, "counted": rule.counted}


def _gate(gate: GateScore) -> dict[str, Any]:
    words = {"path": gate.path, "when": gate.when, "clause": gate.clause, "sentence": gate.sentence}
    return {**words, "voids": gate.voids, "held": gate.held, "effect": _text(gate.effect)}


def differences(stated: Any, computed: Any, path: Path = ()) -> list[tuple[Path, str, str]]:
    """Where two pieces of plain data differ, deepest place first met."""
    if isinstance(stated, dict) and isinstance(computed, dict):
        pairs = [(key, stated.get(key), computed.get(key)) for key in {**computed, **stated}]
    elif isinstance(stated, list) and isinstance(computed, list) and len(stated) == len(computed):
        pairs = list(zip(range(len(stated)), stated, computed, strict=True))
    else:
        return (
            []
            if stated == computed and type(stated) is type(computed)
            else [(path, _brief(stated), _brief(computed))]
        )
    return [
        found
        for key, one, other in pairs
        for found in differences(one, other, _row(one, other) or (*path, key))
    ]


def _row(stated: Any, computed: Any) -> Path:
    """A row of the card is known by its own path or name rather than by where it stands."""
    for key in ("path", "name"):
        if (
            isinstance(stated, dict)
            and isinstance(computed, dict)
            and stated.get(key)
            and stated.get(key) == computed.get(key)
        ):
            return (str(stated[key]),)
    return ()


def _brief(value: Any) -> str:
    return plain(json.dumps(value, ensure_ascii=False), 40)

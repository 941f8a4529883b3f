"""Comparison, and a replay of it -> plain data for JSON: numbers as digits, `?` for an unknown number."""

from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction
from typing import Any

from govrubric.comparison.attribution import Effect
from govrubric.comparison.compare import Change, Comparison
from govrubric.comparison.replay import RefusedUnit, Replay, UnitDiff
from govrubric.comparison.unit_rows import UNKNOWN
from govrubric.diagnostics.diagnostic import Lang
from govrubric.language.rules._rule import Rule
from govrubric.numbers import written
from govrubric.rubric import Rubric


def to_dict(comparison: Comparison, replay: Replay | None, lang: Lang) -> dict[str, Any]:
    """A comparison and its replay as plain data; the sentences of rules are in `lang`."""
    rules = [
        {rule.path: rule.rule for item in rubric._plan.items for rule in item.rules}
        for rubric in (comparison.older, comparison.newer)
    ]
    data = {
        "older": _rubric(comparison.older),
        "newer": _rubric(comparison.newer),
        "changes": [_change(change, rules, lang) for change in comparison.changes],
        "remarks": [asdict(remark) for remark in comparison.matching.remarks],
    }
    return data if replay is None else {**data, "replay": _replay(replay)}


def _rubric(rubric: Rubric) -> dict[str, str]:
    return {"id": rubric.id, "title": rubric.title, "digest": rubric.digest}


def _change(change: Change, rules: list[dict[str, Rule]], lang: Lang) -> dict[str, Any]:
    keys = ("kind", "what", "old", "new", "scoring", "key", "before", "after")
    data = {key: getattr(change, key) for key in keys}
    if change.what != "rule" or change.kind == "reordered":
        return data
    sentences = [
        None if path is None else known[path].says(lang)
        for known, path in zip(rules, (change.old, change.new), strict=True)
    ]
    return {**data, "old_sentence": sentences[0], "new_sentence": sentences[1]}


def _replay(replay: Replay) -> dict[str, Any]:
    return {
        "dropped": [asdict(dropped) for dropped in replay.dropped],
        "added": list(replay.added),
        "units": [_unit(unit) for unit in replay.units],
        "refused": [_refused(unit) for unit in replay.refused],
    }


def _refused(unit: RefusedUnit) -> dict[str, str | None]:
    return {"unit": unit.unit, "name": unit.name}


def _unit(unit: UnitDiff) -> dict[str, Any]:
    total_unknown, grade_unknown = "total" in unit.unknown, "grade" in unit.unknown
    return {
        "unit": unit.unit,
        "name": unit.name,
        "before": _digits(unit.before),
        "after": UNKNOWN if total_unknown else _digits(unit.after),
        "difference": UNKNOWN if total_unknown else _digits(unit.difference),
        "old_grade": unit.old_grade,
        "new_grade": UNKNOWN if grade_unknown else unit.new_grade,
        "old_place": unit.old_place,
        "new_place": UNKNOWN if "place" in unit.unknown else unit.new_place,
        "effects": [_effect(effect) for effect in unit.effects],
    }


def _effect(effect: Effect) -> dict[str, str | None]:
    return {**asdict(effect), "amount": UNKNOWN if effect.amount is None else written(effect.amount)}


def _digits(value: Decimal | Fraction | None) -> str | None:
    return None if value is None else written(Fraction(value))

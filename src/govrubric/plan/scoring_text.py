"""Plan -> a text of all in its rubric that can change a figure, of which `Rubric.scoring_digest` is made.

The text is made of the models, and not of the plan's formulas: formulas are the engine's own affair and may
change with it, and the digest of a rubric must not. A key that has its default is left out, so that a digest
stays when a later language has more keys. A default that depends on other keys is the one that the planner
found. Which keys count is said where they are declared (`language.fields.Influence`).

The order of everything that is listed counts: a card has its rows in that order, and rules act in it.
"""

import json
from fractions import Fraction
from typing import Any

from govrubric.expressions.equivalence import meaning
from govrubric.language.fields import Expression, Influence, Model, influence
from govrubric.language.rubric_text import Item, join
from govrubric.language.rules._rule import Rule
from govrubric.language.worded import Worded
from govrubric.numbers import spelled
from govrubric.plan.names import Names, NameScope, OwnedRule, OwnedValue
from govrubric.plan.plan import Plan

FORM = 1  # of this text; another one gives every rubric another digest


def scoring_text(plan: Plan) -> str:
    """All that can change a figure, as JSON with sorted keys: equal for rubrics that score alike."""
    data = {"form": FORM, **_Writer(plan).item("")}
    return json.dumps(data, sort_keys=True, separators=(",", ":"))


class _Writer:
    """The models of a rubric -> plain data; a `scope` says what names in conditions and formulas mean."""

    def __init__(self, plan: Plan) -> None:
        self.planned = {planned.path: planned for planned in plan.items}
        self.names = Names(
            items={path: planned.item for path, planned in self.planned.items()},
            inputs={given.name: given for given in plan.inputs},
            rules={rule.path: OwnedRule(rule.rule, item.path) for item in plan.items for rule in item.rules},
            values={value.path: OwnedValue(value.value, value.item) for value in plan.values},
        )

    def item(self, path: str) -> dict[str, Any]:
        """An item, or the rubric as the root item, with the scale, bounds and start that it comes to."""
        planned = self.planned[path]
        data = self.keys(planned.item, NameScope(self.names, {}, path))
        data |= {
            "out_of": _bound(planned.full or None),
            "floor": _bound(planned.floor),
            "ceiling": _bound(planned.ceiling),
        }
        return data if planned.parts else {**data, "start": _bound(planned.start)}

    def keys(self, model: Model, scope: NameScope) -> dict[str, Any]:
        """The keys of a model that count and have not their defaults."""
        data = {}
        for name, field in type(model).model_fields.items():
            mark, value = influence(field), getattr(model, name)
            if mark is Influence.COUNTED:
                value = True if value is not None else field.default
            if mark in (None, Influence.COUNTED) and value != field.default:
                data[field.alias or name] = self.value(value, scope)
        return data

    def value(self, value: Any, scope: NameScope) -> Any:
        """A value as plain data; names in a condition or formula are full paths."""
        match value:
            case Item():
                return self.item(join(scope.item_path, value.id))
            case Rule():
                rule_path = join(scope.item_path, value.id)
                return self.keys(value, NameScope(self.names, {}, scope.item_path, rule_path))
            case Worded():
                return self.value(getattr(value, value.alone), scope)
            case Model():
                return self.keys(value, scope)
            case tuple():
                return [self.value(inner, scope) for inner in value]
            case Fraction():
                return spelled(value)
            case Expression():
                return meaning(
                    value.parsed,
                    lambda name: scope.path_of(name) or name,
                    lambda name: scope.path_of_item(name) or name,
                )
        return value


def _bound(bound: Fraction | None) -> str:
    return "none" if bound is None else spelled(bound)

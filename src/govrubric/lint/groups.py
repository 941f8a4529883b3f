"""Lints of groups: weights of parts, how parts are combined, and what happens where a part does not apply.

Source: language section 3.
"""

from collections.abc import Iterator
from fractions import Fraction

from govrubric.language.rubric_text import AnyItem, RubricText, join, parts
from govrubric.lint.finding import Finding, Lint
from govrubric.numbers import written
from govrubric.plan.groups import makes_up
from govrubric.plan.scale import full_marks

ZERO = Fraction(0)


def weights(text: RubricText) -> Iterator[Finding]:
    """GR302 and GR318: weights add up to the full marks, or where parts are not summed, each is as large."""
    for item, path, at in parts(text):
        counted = [(index, part, part.weight) for index, part in enumerate(item.items) if not part.extra]
        full, name = full_marks(item), path or text.id
        if item.weight is None:
            continue  # its parts, which are extra, are judged elsewhere
        if item.combine != "sum":
            key = "indicators" if isinstance(item, RubricText) else "items"
            for index, part, weight in counted:
                if weight is not None and weight != full:
                    shown = {
                        "path": join(path, part.id),
                        "group": name,
                        "how": item.combine,
                        "is": written(weight),
                        "full": written(full),
                    }
                    yield Finding("GR318", (*at, key, index, "weight"), at, shown)
            continue
        weights_ = [weight for *_, weight in counted if weight is not None]
        total = sum(weights_, ZERO)
        if weights_ and len(weights_) == len(counted) and total != full:
            shown = {
                "sum": " + ".join(map(written, weights_)) if len(weights_) > 1 else "",
                "is": written(total),
                "full": written(full),
            }
            key = "out_of" if item.out_of else _weight_key(item)
            yield Finding("GR302", (*at, key), at, {"path": name, **shown})


def _weight_key(item: AnyItem) -> str:
    return "total" if isinstance(item, RubricText) else "weight"


def all_extra(text: RubricText) -> Iterator[Finding]:
    """GR319: a group has at least one part that is not extra."""
    for item, path, at in parts(text):
        if item.items and item.weight is not None and all(part.extra for part in item.items):
            key = "indicators" if isinstance(item, RubricText) else "items"
            yield Finding("GR319", (*at, key), at, {"path": path or text.id})


def dropped(text: RubricText) -> Iterator[Finding]:
    """GR320 and GR333: a group drops some parts and not all, and no sum both drops and scales.

    Where a part may not apply, the number of parts varies, and one is left whatever the group drops.
    """
    for item, path, at in parts(text):
        if item.drop is None or not item.items or item.weight is None:
            continue
        counted = [part for part in item.items if not part.extra]
        number = item.drop.lowest + item.drop.highest
        always_all = number >= len(counted) and not any(map(_may_lapse, counted))
        if number == 0 or always_all:
            shown = {"path": path or text.id, "many": number, "parts": len(counted)}
            yield Finding("GR320", (*at, "drop"), at, shown)
        elif item.combine == "sum" and any(part.policy in ("rescale", "spread") for part in counted):
            yield Finding("GR333", (*at, "drop"), at, {"path": path or text.id})


def combining_leaf(text: RubricText) -> Iterator[Finding]:
    """GR321: only a group combines or drops parts."""
    for item, path, at in parts(text):
        if not item.items and item.rules:
            for key in ("combine", "drop"):
                if key in item.model_fields_set:
                    yield Finding("GR321", (*at, key), at, {"path": path, "key": key})


def extra_policy(text: RubricText) -> Iterator[Finding]:
    """GR322: an extra part is not scaled or shared out, since it is no part of the group's weight."""
    for item, path, at in parts(text):
        if item.extra and item.policy in ("rescale", "spread"):
            yield Finding("GR322", (*at, "not_applicable"), at, {"path": path, "policy": item.policy})


def unsaid_policy(text: RubricText) -> Iterator[Finding]:
    """GR323: a group of which no part may apply says what happens then."""
    for item, path, at in parts(text):
        if path and item.items and item.policy is None and _may_lapse(item):
            yield Finding("GR323", (*at, "id"), at, {"path": path})


def _may_lapse(item: AnyItem) -> bool:
    """Whether a tally may say that an item does not apply, or that none of its parts does."""
    counted = [part for part in item.items if makes_up(item, part)]
    return item.policy is not None or (bool(counted) and all(map(_may_lapse, counted)))


LINTS: tuple[Lint, ...] = (weights, all_extra, dropped, combining_leaf, extra_policy, unsaid_policy)

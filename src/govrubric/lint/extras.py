"""Lints of items without full marks: what they must say, and what means nothing in them.

Source: language section 3.
"""

from collections.abc import Iterator

from govrubric.language.rubric_text import AnyItem, RubricText, join, parts
from govrubric.lint.finding import Finding, Lint
from govrubric.numbers import written
from govrubric.plan.plan import Plan


def missing_weight(text: RubricText) -> Iterator[Finding]:
    """GR202: an item that is not extra has a weight."""
    for item, _, at in parts(text):
        if item.weight is None and not item.extra:
            yield Finding("GR202", at, at, {"key": "weight"})


def missing_ceiling(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR361: an item without full marks that can add points has a ceiling."""
    adding = {item.path for item in plan.items if item.usual[1] is None}
    for item, path, at in parts(text):
        sound = item.extra and all(part.extra for part in item.items)
        if path in adding and sound and item.ceiling is None:
            yield Finding("GR361", (*at, "id"), at, {"path": path})


def meaningless(text: RubricText) -> Iterator[Finding]:
    """GR362 and GR363: nothing in an item without full marks asks for them."""
    for item, path, at in parts(text):
        if item.weight is not None or not item.extra:
            continue
        for key, value in _asking(item):
            yield Finding("GR362", (*at, key), at, {"path": path, "key": key, "value": value})
        for index, rule in enumerate(item.rules):
            if rule.rescales and rule.marks is not None:
                where, shown = (*at, "rules", index), {"path": join(path, rule.id)}
                marks = written(rule.marks)
                yield Finding("GR363", (*where, rule.verb), where, {**shown, "marks": marks})


def _asking(item: AnyItem) -> Iterator[tuple[str, str]]:
    """The keys of an item that mean something only where it has full marks, each with its value."""
    if item.out_of is not None:
        yield "out_of", written(item.out_of)
    if item.start == "full":
        yield "start", "full"
    if item.combine != "sum":
        yield "combine", item.combine
    if item.drop is not None and item.items:
        yield "drop", "…"


def weighed_parts(text: RubricText) -> Iterator[Finding]:
    """GR364: every part of an item without full marks is extra."""
    for item, path, at in parts(text):
        if item.weight is None and item.extra:
            for index, part in enumerate(item.items):
                if not part.extra:
                    shown = {"path": join(path, part.id), "group": path}
                    where = (*at, "items", index)
                    yield Finding("GR364", (*where, "id"), where, shown)


LINTS: tuple[Lint, ...] = (missing_weight, meaningless, weighed_parts)

"""Rubric -> its plan, and what more than one field shows to be wrong.

Each lint is a function that yields findings of one code, or of a few that belong together.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import islice

from govrubric.diagnostics.diagnostic import Path
from govrubric.diagnostics.near import Hints
from govrubric.expressions.parser import Slip
from govrubric.language.fields import LONGEST_PATH
from govrubric.language.rubric_text import RubricText, join, parts
from govrubric.lint import extras, groups, rules_and_gates
from govrubric.lint.finding import Finding, Lint, repeated
from govrubric.numbers import written
from govrubric.plan.names import NOT_APPLICABLE, VALUES, value_path
from govrubric.plan.plan import Plan, PlannedItem
from govrubric.plan.planner import make_plan
from govrubric.plan.scale import Ends, share_of
from govrubric.plan.unchanged import Unchanged


def repeated_id(text: RubricText) -> Iterator[Finding]:
    """GR301: an id is unique among the parts, rules and gates of its item."""
    for item, path, at in parts(text):
        key = "indicators" if isinstance(item, RubricText) else "items"
        siblings = [(part.id, (*at, key, index, "id")) for index, part in enumerate(item.items)]
        siblings += [(rule.id, (*at, "rules", index, "id")) for index, rule in enumerate(item.rules)]
        siblings += [(gate.id, (*at, "gates", index, "id")) for index, gate in enumerate(item.gates)]
        if item.policy is not None and item.exempt_when is None:
            # The flag of this name is the item's own.
            siblings.insert(0, (NOT_APPLICABLE, (*at, "not_applicable")))
        yield from repeated("GR301", siblings, parent=path or text.id)


def long_path(text: RubricText) -> Iterator[Finding]:
    """GR211: the path of an item, rule, gate or value is not too long; it is told of the first item on it."""
    for item, path, at in parts(text):
        if len(path) > LONGEST_PATH:
            above = path.rpartition(".")[0]
            if len(above) <= LONGEST_PATH:
                yield _too_long(path, at)
            continue
        inner = [(rule.id, "rules", index) for index, rule in enumerate(item.rules)]
        inner += [(gate.id, "gates", index) for index, gate in enumerate(item.gates)]
        for id_, key, index in inner:
            if len(join(path, id_)) > LONGEST_PATH:
                yield _too_long(join(path, id_), (*at, key, index))
        for value in item.values:
            full = value_path(path, value.name)
            if len(full) > LONGEST_PATH:
                shown = {"value": value.name, "number": len(full)}
                yield Finding("GR211", (*at, VALUES, value.name), at, shown)


def _too_long(path: str, at: Path) -> Finding:
    return Finding("GR211", (*at, "id"), at, {"value": path.rpartition(".")[2], "number": len(path)})


def empty_leaf(text: RubricText) -> Iterator[Finding]:
    """GR303: an item has parts or rules."""
    for item, path, at in parts(text):
        if not item.items and not item.rules:
            yield Finding("GR303", (*at, "id"), at, {"path": path})


def missing_start(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR304: a leaf whose rules both give and take has a start; it is told by which of them, and how much."""
    planned = {item.path: item for item in plan.items}
    for item, path, at in parts(text):
        if not item.items and item.rules and planned[path].start is None:
            raws = [(rule, plan.lines[rule.line("raw")]) for rule in planned[path].rules]
            gives, most = next((rule, raw.hi) for rule, raw in raws if raw.hi > 0)
            takes, raw = next((rule, raw) for rule, raw in raws if rule.rule.forfeits or raw.lo < 0)
            # How much a forfeit takes depends on the start.
            least = "" if takes.rule.forfeits else written(-raw.lo)
            shown = {"gives": gives.rule.id, "most": written(most), "takes": takes.rule.id, "least": least}
            shown |= _split(planned[path], plan)
            yield Finding("GR304", (*at, "id"), at, {"path": path, **shown})


def _split(item: PlannedItem, plan: Plan) -> dict[str, str]:
    """What the rules of an item give and take in all, where both together are its full marks: 8 + 7 = 15.

    Then neither zero nor full is where it starts, but what can be taken.
    """
    if item.item.take == "highest":
        return {}
    lines = [plan.lines[rule.line("raw")] for rule in item.rules if not rule.rule.forfeits]
    gives = sum((line.hi for line in lines), Fraction(0))
    takes = -sum((line.lo for line in lines), Fraction(0))
    if gives <= 0 or takes <= 0 or gives + takes != item.full:
        return {}
    return {"given": written(gives), "taken": written(takes)}


def _starts(plan: Plan) -> dict[str, Fraction | None]:
    """The start of each item, as far as its rules are sound."""
    return {item.path: item.start for item in plan.items}


def _ends(plan: Plan) -> dict[str, Ends]:
    """Floor and ceiling of each item."""
    return {item.path: (item.floor, item.ceiling) for item in plan.items}


def group_start(text: RubricText) -> Iterator[Finding]:
    """GR305: a group has no start, since its parts make its base."""
    for item, path, at in parts(text):
        if item.items and item.start is not None:
            yield Finding("GR305", (*at, "start"), at, {"path": path})


def crossed_bounds(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR306 and GR310: floor, start and ceiling stand in this order."""
    starts, ends = _starts(plan), _ends(plan)
    for item, path, at in parts(text):
        floor, ceiling = ends[path]
        if floor is not None and ceiling is not None and floor > ceiling:
            key = "floor" if item.floor is not None else "ceiling"
            shown = {"path": path or text.id, "floor": written(floor), "ceiling": written(ceiling)}
            yield Finding("GR306", (*at, key), at, shown)
            continue
        start = None if item.items else starts[path]
        below = start is not None and floor is not None and start < floor
        above = start is not None and ceiling is not None and start > ceiling
        if start is not None and (below or above):
            key = next(key for key in ("start", "floor", "ceiling", "id") if getattr(item, key) is not None)
            shown = {
                "path": path,
                "start": written(start),
                "floor": _bound(floor),
                "ceiling": _bound(ceiling),
            }
            yield Finding("GR310", (*at, key), at, shown)


def _bound(bound: Fraction | None) -> str:
    return "none" if bound is None else written(bound)


def round_bounds(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR311: floor, ceiling and the bounds of gates have no more places than the item's own rounding.

    Otherwise the rounding could take the score past them.
    """
    ends = _ends(plan)
    for item, path, at in parts(text):
        if item.round is not None:
            share = share_of(item) if isinstance(item, RubricText) else Fraction(1)
            gated = [
                number
                for gate in item.gates
                for number in (gate.score, gate.at_most, gate.at_least)
                if isinstance(number, Fraction)
            ]
            for bound in dict.fromkeys((*ends[path], *gated)):
                if bound is not None and (bound * share * 10**item.round.places).denominator != 1:
                    shown = {"path": path or text.id, "places": item.round.places, "bound": written(bound)}
                    yield Finding("GR311", (*at, "round", "places"), at, shown)


def validity(text: RubricText) -> Iterator[Finding]:
    """GR312: the first day is not after the last."""
    valid = text.valid
    if valid is not None and valid.start and valid.to and valid.start > valid.to:
        yield Finding("GR312", ("valid", "to"), ("valid",), {"first": valid.start, "last": valid.to})


def known_paths(text: RubricText) -> dict[str, Path]:
    """Every path of an item, rule, gate or value, with its place."""
    known: dict[str, Path] = {}
    for item, path, at in parts(text):
        if path:
            known[path] = at
        known.update({join(path, rule.id): (*at, "rules", index) for index, rule in enumerate(item.rules)})
        known.update({join(path, gate.id): (*at, "gates", index) for index, gate in enumerate(item.gates)})
        known.update({value_path(path, value.name): (*at, VALUES, value.name) for value in item.values})
    return known


OPTIONS = 20  # of an ambiguity, that a finding names
TOTAL = "total"  # the place of an ambiguity about the whole rubric


def ambiguity_place(text: RubricText) -> Iterator[Finding]:
    """GR313: an ambiguity is registered at an item, rule, gate or value of the rubric, or at the whole."""
    known, hints = {TOTAL: (), **known_paths(text)}, Hints()
    for index, ambiguity in enumerate(text.ambiguities):
        if ambiguity.at not in known:
            shown = {"name": ambiguity.at, "near": hints.nearest(ambiguity.at, known)}
            yield Finding("GR313", ("ambiguities", index, "at"), (), shown)


def repeated_ambiguity(text: RubricText) -> Iterator[Finding]:
    """GR314: an ambiguity's id is used once."""
    ids = [(ambiguity.id, ("ambiguities", i, "id")) for i, ambiguity in enumerate(text.ambiguities)]
    yield from repeated("GR314", ids)


def repeated_case(text: RubricText) -> Iterator[Finding]:
    """GR315: a case's name is used once, so that a report can name it."""
    yield from repeated("GR315", [(case.name, ("cases", i, "name")) for i, case in enumerate(text.cases)])


def decisions(text: RubricText) -> Iterator[Finding]:
    """GR383 and GR384: a decision is the id of an option, where options have ids, and changes nothing."""
    hints = Hints()
    for index, ambiguity in enumerate(text.ambiguities):
        at = ("ambiguities", index)
        options = {option.id: option for option in ambiguity.named}
        if not options:
            continue
        decided = options.get(ambiguity.decision)
        if decided is None:
            shown = {
                "name": ambiguity.decision,
                "near": hints.nearest(ambiguity.decision, options),
                "known": ", ".join(islice(options, OPTIONS)),
            }
            yield Finding("GR383", (*at, "decision"), at, shown)
        elif decided.patch.runs:
            key = "set" if decided.patch.set else "without"
            yield Finding("GR384", (*at, "options", decided.id, key), at, {"name": decided.id, "key": key})


LINTS: tuple[Lint, ...] = (
    repeated_id,
    long_path,
    *groups.LINTS,
    empty_leaf,
    group_start,
    *rules_and_gates.LINTS,
    *extras.LINTS,
    validity,
    ambiguity_place,
    repeated_ambiguity,
    repeated_case,
    decisions,
)


PLANNED: tuple[Callable[[RubricText, Plan], Iterator[Finding]], ...] = (
    missing_start,
    crossed_bounds,
    round_bounds,
    rules_and_gates.gates,
    extras.missing_ceiling,
)


def lint(text: RubricText, unchanged: Unchanged | None = None) -> tuple[Plan, list[Finding]]:
    """A rubric of which each field is right -> its plan, and everything that is wrong with it.

    What is `unchanged` from another rubric, which is right, is not planned anew.
    """
    findings: list[Finding] = []

    def report(at: Path, slip: Slip) -> None:
        findings.append(Finding(slip.code, at, at[:-1], slip.args, within=(slip.start, slip.end)))

    plan = make_plan(text, report, unchanged=unchanged)
    for check in LINTS:
        findings += check(text)
    for check_plan in PLANNED:
        findings += check_plan(text, plan)
    return plan, findings

"""Rubric x tally -> total, grade, scores and effects: a plain interpreter of the language over fractions.

The engine is compared with it, so it shares nothing with the engine but the models, and the bounds of what an
extra part can contribute, by which it raises a ceiling. An item is computed when
its score is first read. Some rules are not in the specification: a group's base is kept within its floor and
ceiling before the group's own rules act; `at_most` limits a rule's raw effect; the raw effect of a forfeit is
what it takes; a root with `out_of` rounds its total, and its score follows; a gate that voids sets the
balance to zero.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Any

from govrubric.language.gates_text import Gate
from govrubric.language.rubric_text import AnyItem, Item, RubricText, join, parts
from govrubric.language.rules._rule import Rule
from govrubric.plan.lines import item_line
from govrubric.plan.planner import make_plan
from govrubric.testing.interpreter import rounded
from reference_expressions import Value, flag, number, worked_out
from reference_names import Known, excusable, inputs_of, resolved, said

ZERO, ONE = Fraction(0), Fraction(1)
LEAVING = ("rescale", "spread")


@dataclass
class Result:
    """The result of a tally: `rules` has (raw, applied), `gates` (held, effect), `bases` the first balance.

    Totals, scores, losses and contributions are None where a gate voids them.
    """

    total: Fraction | None = ZERO
    exact: Fraction | None = ZERO
    grade: str | None = None
    items: dict[str, Fraction | None] = field(default_factory=dict)
    lost: dict[str, Fraction | None] = field(default_factory=dict)
    contributions: dict[str, Fraction | None] = field(default_factory=dict)
    bases: dict[str, Fraction] = field(default_factory=dict)
    roundings: dict[str, Fraction] = field(default_factory=dict)
    applies: dict[str, bool] = field(default_factory=dict)
    counts: dict[str, bool] = field(default_factory=dict)
    rules: dict[str, tuple[Fraction, Fraction]] = field(default_factory=dict)
    counted: dict[str, bool] = field(default_factory=dict)
    gates: dict[str, tuple[bool, Fraction]] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)


def evaluate(text: RubricText, tally: Mapping[str, Any]) -> Result:
    """A rubric and a tally of values alone under dotted names -> the result."""
    evaluation = _Evaluation(text, tally)
    for _, path, _ in parts(text):
        evaluation.score(path)
    for path in evaluation.known.values:
        evaluation.value(path)
    result = evaluation.result
    result.total = None if result.items[""] is None else result.contributions[""]
    result.exact = None if result.total is None else evaluation.exact
    result.grade = evaluation.grade()
    order = [path for _, path, _ in parts(text)]
    result.items = {path: result.items[path] for path in order}
    return result


def exempt(text: RubricText, tally: Mapping[str, Any]) -> Callable[[str], bool]:
    """Whether the condition on which an item does not apply holds, for a tally."""
    evaluation = _Evaluation(text, tally)
    return lambda path: evaluation.holds(evaluation.items[path].exempt_when, path)


class _Evaluation:
    def __init__(self, text: RubricText, tally: Mapping[str, Any]) -> None:
        self.text = text
        self.known = Known.of(text)
        self.items = self.known.items
        self.inputs = {
            name: unsaid if name not in tally else _as(unsaid, tally[name])
            for name, unsaid in inputs_of(text).items()
        }
        self.result = Result()
        self.exact = ZERO

    # Conditions and formulas

    def worked_out(self, text: str, item: str, rule: str | None = None, **totals: Fraction) -> Value:
        def of_input(name: str) -> Value | None:
            if name in totals:
                return totals[name]
            path = self.known.meant(name, item, rule)
            if path is None:
                return None
            if path in self.known.levels:
                return sum((number(self.inputs[input_]) for input_ in self.known.levels[path]), ZERO)
            return self.value(path) if path in self.known.values else self.inputs[path]

        def of_item(function: str, name: str) -> Value:
            path = resolved(name, self.items, item, "")
            assert path is not None, f"unknown: {name}"
            assert path not in self.result.items or path in self.result.contributions, f"a cycle: {path}"
            if function == "applies":
                return self.applies(path)
            score = self.score(path)
            if function == "reached":
                assert self.items[path].weight is not None, f"no full marks: {path}"
                return score / full_marks(self.items[path])
            if function == "score":
                return score
            return max(ZERO, self.to_lose(path) - score) if self.applies(path) else ZERO

        return worked_out(text, of_input, of_item)

    def holds(self, text: str | None, item: str, rule: str | None = None, **totals: Fraction) -> bool:
        return text is None or flag(self.worked_out(text, item, rule, **totals))

    def on_top(self, item: AnyItem, path: str) -> Fraction:
        """The most that the extra parts of a group can contribute.

        The bounds of the engine are taken as they are; other tests hold that no score leaves them.
        """
        extra = [part for part in item.items if part.extra and item.weight is not None]
        if not extra or item.ceiling is not None:
            return ZERO
        lines = make_plan(self.text).lines
        mosts = (lines[item_line(join(path, part.id), "contribution")].hi for part in extra)
        return sum((max(ZERO, most) for most in mosts), ZERO)

    def value(self, path: str) -> Value:
        """A named value; that of an item which does not apply is 0 or false."""
        if path not in self.result.values:
            formula, item = self.known.values[path]
            value = self.worked_out(formula, item)
            if item and not self.applies(item):
                value = False if isinstance(value, bool) else ZERO
            self.result.values[path] = value
        return self.result.values[path]

    # Which items apply and count

    def excused(self, path: str) -> bool:
        """Whether the tally says that the item, or a group around it, does not apply."""
        return any(
            self.inputs[f"{outer}.not_applicable"] is True
            if self.items[outer].exempt_when is None
            else self.holds(self.items[outer].exempt_when, outer)
            for outer in excusable(self.items, path)
        )

    def applies(self, path: str) -> bool:
        item = self.items[path]
        return not self.excused(path) and (
            not item.items
            or any(
                self.applies(join(path, part.id))
                for part in item.items
                if item.weight is None or not part.extra
            )
        )

    def to_lose(self, path: str) -> Fraction:
        """What an item can lose until its score is zero: its full marks, and nothing within an extra one."""
        words = path.split(".")
        around = [".".join(words[:end]) for end in range(1, len(words) + 1)]
        return ZERO if any(self.items[one].extra for one in around) else full_marks(self.items[path])

    # The score of an item, in the order of language section 4

    def score(self, path: str) -> Fraction:
        """The item's score, or 0 where it has none; its other figures go to the result."""
        result, item = self.result, self.items[path]
        if path in result.contributions:
            return result.items[path] or ZERO
        result.items[path] = None  # begun
        result.applies[path] = self.applies(path)
        result.counts[path] = self.holds(item.counts_when, path)
        if not result.applies[path]:
            return self.without(item, path)
        full, (lowest, highest) = full_marks(item), bounds(item, self.on_top(item, path))
        balance = self.base(item, path) if item.items else start(item)
        if item.items:
            balance = balance if highest is None else min(balance, highest)
            balance = balance if lowest is None else max(balance, lowest)
        result.bases[path] = balance
        balance = self.after_rules(item, path, balance, lowest, highest)
        applicable = self.applicable(item, path)
        void = any(result.items[part] is None and result.counts[part] for part in applicable)
        for gate in item.gates:
            held = self.holds(gate.when, path)
            after = _gated(gate, balance) if held else balance
            result.gates[join(path, gate.id)] = held, after - balance
            balance, void = after, void or (held and gate.score == "none")
        share = ONE if item.weight is None else item.weight / full
        if isinstance(item, RubricText):
            self.exact = balance * share
            score = rounded(balance * share, item.round.places, item.round.mode) / share
        else:
            score = balance if item.round is None else rounded(balance, item.round.places, item.round.mode)
        result.items[path] = None if void else score
        result.lost[path] = None if void else max(ZERO, self.to_lose(path) - score)
        result.roundings[path] = ZERO if void else score - balance
        contribution = score * share if result.counts[path] else ZERO
        result.contributions[path] = None if void else contribution
        return ZERO if void else score

    def without(self, item: AnyItem, path: str) -> Fraction:
        """The figures of an item that does not apply: all are 0, but its policy decides its contribution."""
        result = self.result
        result.items[path] = result.lost[path] = result.bases[path] = result.roundings[path] = ZERO
        result.rules |= {join(path, rule.id): (ZERO, ZERO) for rule in item.rules}
        result.counted |= {join(path, rule.id): False for rule in item.rules}
        result.gates |= {join(path, gate.id): (False, ZERO) for gate in item.gates}
        excused_above = self.excused(path.rpartition(".")[0])
        full = item.policy == "full" and result.counts[path] and not excused_above
        result.contributions[path] = item.weight or ZERO if full else ZERO
        return ZERO

    def applicable(self, item: AnyItem, path: str) -> list[str]:
        return [join(path, part.id) for part in item.items if self.applies(join(path, part.id))]

    def base(self, group: AnyItem, path: str) -> Fraction:
        """The base of a group: its regular parts combined, plus its extra parts."""

        def contribution(part: Item) -> Fraction:
            self.score(join(path, part.id))
            return self.result.contributions[join(path, part.id)] or ZERO

        extra = sum((contribution(part) for part in group.items if part.extra), ZERO)
        regular = [(part, self.applies(join(path, part.id))) for part in group.items if not part.extra]
        here = [part for part, applies in regular if applies]
        gone = [part for part, applies in regular if not applies and part.policy in LEAVING]
        counting = sorted(
            contribution(part) for part, applies in regular if applies or part.policy not in LEAVING
        )
        if group.drop is not None:
            fewest = min(group.drop.lowest, len(counting) - 1)
            most = min(group.drop.highest, len(counting) - 1 - fewest)
            counting = counting[fewest : len(counting) - most]
        if group.combine in ("min", "max"):
            return extra + (counting[0] if group.combine == "min" else counting[-1])
        base = sum(counting, ZERO)
        if group.combine == "mean":
            base /= len(counting)
        elif gone:
            full = full_marks(group)
            rescaled, spread = (
                sum((part.weight or ZERO for part in gone if part.policy == policy), ZERO)
                for policy in LEAVING
            )
            shares = sum((contribution(part) / (part.weight or ONE) for part in here), ZERO)
            base += spread / len(here) * shares
            base *= full / (full - rescaled)
        return base + extra

    def after_rules(
        self, item: AnyItem, path: str, balance: Fraction, lowest: Fraction | None, highest: Fraction | None
    ) -> Fraction:
        """The balance after awards, then deductions, then forfeits; each acts as far as the bounds allow."""
        raws: dict[str, Fraction] = {}
        forfeits: dict[str, Rule] = {}
        for rule in item.rules:
            rule_path = join(path, rule.id)
            self.result.counted[rule_path] = self.holds(rule.when, path, rule_path)
            if rule.verb == "forfeit":
                forfeits[rule_path] = rule
                continue
            points = ZERO
            if self.result.counted[rule_path]:
                points = self.points(rule, rule_path, path, full_marks(item))
            if rule.at_most is not None:
                points = min(rule.at_most, max(-rule.at_most, points))
            raws[rule_path] = points
        counted = dict(raws)
        if item.take == "highest":
            for most in (max((*raws.values(), ZERO)), min((*raws.values(), ZERO))):
                same_way = [rule_path for rule_path, raw in raws.items() if raw * most > 0]
                first = next((rule_path for rule_path in same_way if raws[rule_path] == most), None)
                counted |= {rule_path: ZERO for rule_path in same_way if rule_path != first}
        for rule_path, raw in raws.items():
            if raw >= 0:
                counts = counted[rule_path]
                applied = counts if highest is None else min(counts, highest - balance)
                balance += applied
                self.result.rules[rule_path] = raw, applied
        for rule_path, raw in raws.items():
            if raw < 0:
                counts = counted[rule_path]
                applied = counts if lowest is None else max(counts, lowest - balance)
                balance += applied
                self.result.rules[rule_path] = raw, applied
        for rule_path, rule in forfeits.items():
            forfeited = ZERO
            if self.result.counted[rule_path] and self.given(rule, rule_path):
                forfeited = max(ZERO, balance - max(ZERO, lowest or ZERO))
            if rule.at_most is not None:
                forfeited = min(forfeited, rule.at_most)
            balance -= forfeited
            self.result.rules[rule_path] = -forfeited, -forfeited
        return balance

    def given(self, rule: Rule, path: str) -> Value:
        return self.inputs[path if rule.input is None else rule.input]

    def named(self, said: Fraction | str, item: str, rule: str) -> Fraction:
        """A number that is written, or that a name gives."""
        return said if isinstance(said, Fraction) else number(self.worked_out(said, item, rule))

    def points(self, rule: Rule, path: str, item: str, full: Fraction) -> Fraction:
        """The raw effect of a rule before its cap: above zero it adds, below it takes off."""
        field = said(rule, rule.verb)
        if rule.verb == "formula":
            return number(self.worked_out(field, item, path))
        if rule.verb in ("deduct", "award"):
            return self.for_cases(rule, path, field) * (-1 if rule.verb == "deduct" else 1)
        given = self.given(rule, path)
        if rule.verb == "choose":
            return Fraction(next(level.points for level in field if level.name == given))
        x = number(given)
        if rule.verb == "judge":
            return x
        if rule.verb == "convert":
            return x * full / self.named(field, item, path)
        if rule.verb == "bands":
            for band in field:
                if x >= band.start if band.above is None else x > band.above:
                    return Fraction(band.points)
            return Fraction(said(rule, "else_"))
        if rule.verb == "distance":
            if field.below is not None:
                distance = self.named(field.below, item, path) - x
            else:
                distance = x - self.named(field.above, item, path)
            steps = max(ZERO, distance) / field.each
            return Fraction(
                {"up": ceil(steps), "down": floor(steps), "no": steps}[field.whole] * field.points
            )
        assert rule.verb == "curve"
        if x <= field[0].x:
            return Fraction(field[0].y)
        for left, right in pairwise(field):
            if x <= right.x:
                return Fraction(left.y + (right.y - left.y) * (x - left.x) / (right.x - left.x))
        return Fraction(field[-1].y)

    def for_cases(self, rule: Rule, path: str, field: Any) -> Fraction:
        """The points for a number of cases, without their sign."""
        if field == "judged":
            own = path if said(rule, "per") is None else f"{path}.points"
            return number(self.inputs[rule.input or own])
        if not isinstance(field, Fraction) and not isinstance(field[0], Fraction):
            # A rule with a single level reads a single input, so it may read the input of another rule.
            counted = [
                (level.points, number(self.inputs[rule.input or f"{path}.{level.name}"])) for level in field
            ]
            if said(rule, "take") == "highest":
                return max((points for points, cases in counted if cases > 0), default=ZERO)
            return sum((points * cases for points, cases in counted), ZERO)
        cases = int(self.given(rule, path))
        if isinstance(field, Fraction):
            return field * cases
        in_steps = sum(field[:cases], ZERO)
        return in_steps + max(0, cases - len(field)) * Fraction(field[-1])

    # Grades

    def grade(self) -> str | None:
        text, result = self.text, self.result
        names = [grade.grade for grade in text.grades]
        gates = [
            (gate, result.gates[join(path, gate.id)][0])
            for item, path in _parts_first(text)
            for gate in item.gates
        ]
        place: int | None = None
        if result.total is not None:
            total = result.total if text.grade_on == "rounded" else self.exact
            for index, grade in reversed(list(enumerate(text.grades))):
                reached = grade.start is None or total >= grade.start
                if reached and self.holds(grade.when, "", total=result.total, exact_total=self.exact):
                    place = index
        for gate, held in gates:
            place = None if place is None else names.index(names[place])  # its rank: where it first stands
            if held and place is not None and gate.grade_at_most is not None:
                place = max(place, names.index(gate.grade_at_most))
        fixed = [gate.grade for gate, held in gates if held and gate.grade is not None]
        if fixed:
            return fixed[-1]
        return None if place is None else names[place]


def _as(unsaid: Value, value: Any) -> Value:
    """A value of a tally, in the type of the input's default."""
    return type(unsaid)(value)


def _gated(gate: Gate, balance: Fraction) -> Fraction:
    """The balance after a gate that holds: it sets the balance, then lowers it, then raises it."""
    if gate.score is not None:
        balance = ZERO if gate.score == "none" else gate.score
    balance = balance if gate.at_most is None else min(balance, gate.at_most)
    return balance if gate.at_least is None else max(balance, gate.at_least)


def _parts_first(item: AnyItem, path: str = "") -> Iterator[tuple[AnyItem, str]]:
    for part in item.items:
        yield from _parts_first(part, join(path, part.id))
    yield item, path


def full_marks(item: AnyItem) -> Fraction:
    return (item.weight or ZERO) if item.out_of is None else item.out_of


def adds(item: AnyItem) -> bool:
    """Whether something in an item without full marks may add; one in doubt has its bounds written."""
    return any(effect > 0 for rule in item.rules for effect in _effects(rule)) or any(
        part.weight is not None or adds(part) for part in item.items
    )


def bounds(item: AnyItem, on_top: Fraction) -> tuple[Fraction | None, Fraction | None]:
    """Floor and ceiling; one that is not written is raised by what may come on top of the full marks."""
    floor_ = item.floor
    if floor_ is None:
        floor_ = "none" if item.weight is None and not adds(item) else ZERO
    ceiling = full_marks(item) + on_top if item.ceiling is None else item.ceiling
    return None if floor_ == "none" else floor_, None if ceiling == "none" else ceiling


def start(item: AnyItem) -> Fraction:
    """The start of a leaf; where it is not written, the rules only add or only take off."""
    if isinstance(item.start, Fraction):
        return item.start
    if item.weight is None:
        return ZERO
    effects = [effect for rule in item.rules for effect in _effects(rule)]
    takes = min(effects) < 0 and max(effects) <= 0
    return full_marks(item) if item.start == "full" or (item.start is None and takes) else ZERO


def _effects(rule: Rule) -> list[Fraction]:
    """Effects whose signs show whether a rule adds, takes off or may do both."""
    field = said(rule, rule.verb)
    match rule.verb:
        case "choose":
            return [outcome.points for outcome in field]
        case "bands":
            return [*(band.points for band in field), said(rule, "else_")]
        case "curve":
            return [point.y for point in field]
        case "distance":
            return [field.points]
        case "deduct" | "forfeit":
            return [Fraction(-1)]
        case _:
            return [Fraction(1)]

"""Rubric -> each clause with the rules that are compared with it, by `amounts` and `caps` of this folder.

A rule without a clause is compared with the clause of its item. Rules that quote the same clause are compared
together, since official forms write several rules in one sentence.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from govrubric.diagnostics.diagnostic import Path
from govrubric.language.rubric_text import Ambiguity, RubricText, parts
from govrubric.language.rules._rule import Rule
from govrubric.lint.clauses import chinese
from govrubric.lint.clauses.chinese import Reading, Statement
from govrubric.lint.finding import Finding
from govrubric.numbers import written
from govrubric.plan.planner import Plan, PlannedItem

Actual = Fraction | tuple[str, ...]
"""What the rubric has where its text has something else: a number, or words any of which names it."""

Mismatch = tuple[Finding, Actual]
"""A finding, and what the rubric has, which an ambiguity that accepts the finding must name."""


@dataclass(frozen=True, slots=True, eq=False)
class PlacedRule:
    """A rule with its item, its place, and its least and greatest effect; it is equal only to itself."""

    rule: Rule
    path: str
    at: Path
    item: PlannedItem
    low: Fraction
    high: Fraction

    @property
    def verb(self) -> Path:
        """The place of what the rule gives or takes."""
        return (*self.at, self.rule.verb)

    @property
    def amounts(self) -> tuple[Fraction, ...]:
        """The points that its clause should name, without their sign."""
        return tuple(abs(amount.points) for amount in self.rule.amounts())

    def at_amount(self, points: Fraction) -> Path:
        """The place of an amount: the level or step that has it, or else the value of the verb."""
        places = ((*self.verb, *amount.at) for amount in self.rule.amounts() if abs(amount.points) == points)
        return next(places, self.verb)

    @property
    def has_levels(self) -> bool:
        """Whether its amounts belong to named levels, whose order is theirs."""
        amounts = self.rule.amounts()
        return bool(amounts) and all(amount.at and isinstance(amount.at[0], str) for amount in amounts)

    @property
    def unreadable(self) -> bool:
        """Whether no clause can name its points, since they are judged, converted or computed."""
        return not self.amounts and not self.rule.forfeits


@dataclass(frozen=True, slots=True)
class Quote:
    """A clause with its place and its reading; `path` is the rule or item that quotes it first.

    `rules` quote the clause, or have none of their own in an item that quotes it. `bearers` are all rules
    that its statements may be about. `effects` are its statements of points, without those that another
    bearer quotes itself.
    """

    clause: str
    path: str
    at: Path
    reading: Reading
    effects: tuple[Statement, ...]
    rules: tuple[PlacedRule, ...]
    bearers: tuple[PlacedRule, ...]

    def words(self, statement: Statement) -> str:
        """The characters of a statement."""
        return self.clause[statement.start : statement.end]

    def see(self, statement: Statement) -> tuple[Path, int, int]:
        """The place of a statement, as a finding refers to it."""
        return (self.at, statement.start, statement.end)


def placed_rules(text: RubricText, plan: Plan) -> tuple[PlacedRule, ...]:
    """Every rule with its place, in file order."""
    places = {path: at for _, path, at in parts(text)}
    rules = []
    for item in plan.items:
        for index, planned in enumerate(item.rules):
            raw, at = plan.lines[planned.line("raw")], (*places[item.path], "rules", index)
            rules.append(PlacedRule(planned.rule, planned.path, at, item, raw.lo, raw.hi))
    return tuple(rules)


def quotes(text: RubricText, plan: Plan) -> Iterator[Quote]:
    """Each clause that rules quote, and each item's clause, once."""
    by_clause: dict[str, list[PlacedRule]] = {}
    by_item: dict[str, list[PlacedRule]] = {}
    for placed in placed_rules(text, plan):
        by_item.setdefault(placed.item.path, []).append(placed)
        if placed.rule.clause is not None:
            by_clause.setdefault(_folded(placed.rule.clause), []).append(placed)
    for folded, rules in by_clause.items():
        # A rule may quote a whole paragraph, of which the other rules of its item quote a sentence each.
        items = dict.fromkeys(placed.item.path for placed in rules)
        inside = [
            placed
            for path in items
            for placed in by_item[path]
            if placed.rule.clause is not None and _folded(placed.rule.clause) in folded
        ]
        first = rules[0]
        yield _quote(first.rule.clause, first.path, first.at, rules, [*rules, *inside])
    for item, path, at in parts(text):
        clause = None if isinstance(item, RubricText) else item.clause
        if clause is not None and _folded(clause) not in by_clause:
            without_clause = [placed for placed in by_item.get(path, ()) if placed.rule.clause is None]
            within = [placed for _, inner, _ in parts(item, path) for placed in by_item.get(inner, ())]
            yield _quote(clause, path, at, without_clause, within)


def _quote(
    clause: str | None, path: str, at: Path, rules: Sequence[PlacedRule], bearers: Iterable[PlacedRule]
) -> Quote:
    assert clause is not None
    distinct = tuple(dict.fromkeys(bearers))
    reading = chinese.read(clause)
    others = [
        _folded(placed.rule.clause)
        for placed in distinct
        if placed not in rules and placed.rule.clause is not None
    ]
    effects = []
    for statement in reading.of("effect"):
        words = _folded(clause[statement.start : statement.end])
        if statement.amount and not any(words in other for other in others):
            effects.append(statement)
    return Quote(clause, path, (*at, "clause"), reading, tuple(effects), tuple(rules), distinct)


@lru_cache(maxsize=4096)
def _folded(clause: str) -> str:
    """A clause in a form in which the width of its characters and its last sign make no difference."""
    return chinese.folded(clause).strip(" \u3002;,.")


def registered(
    text: RubricText,
    paths: Iterable[str],
    actual: Actual,
    *,
    said: frozenset[Fraction] = frozenset(),
    within: bool = False,
) -> bool:
    """Whether an ambiguity at one of the paths, or `within` one, accepts what the rubric has.

    The decision of the ambiguity must name what the rubric has, and none of the other numbers that the text
    has `said`; otherwise the ambiguity is about something else.
    """
    wanted = tuple(paths)
    return any(
        _is_at(ambiguity, wanted, within) and _names(ambiguity.decision, actual, said)
        for ambiguity in text.ambiguities
    )


def _is_at(ambiguity: Ambiguity, paths: tuple[str, ...], within: bool) -> bool:
    """Whether an ambiguity is registered at one of the paths, or within one where that serves."""
    place = ambiguity.at
    return place in paths or (within and any(place.startswith(f"{path}.") for path in paths))


def _names(decision: str, actual: Actual, said: frozenset[Fraction]) -> bool:
    """Whether a decision names what the rubric has, and no other number of the text."""
    if not isinstance(actual, Fraction):
        return any(word in decision for word in actual)
    named = _points(decision) or chinese.numbers_in(decision)
    return actual in named and not (said - {actual}) & named


def _points(words: str) -> frozenset[Fraction]:
    """The points that a text gives, takes or stops at: 0.1 of 各有2分，各扣0.1分."""
    reading = chinese.read(words)
    return frozenset(statement.amount for statement in (*reading.of("effect"), *reading.of("cap")))


def unregistered(text: RubricText, quote: Quote, mismatches: Iterable[Mismatch]) -> Iterator[Finding]:
    """The findings about a clause that no ambiguity accepts.

    The ambiguity may be registered at a rule that is compared with the clause, at the item of that rule, or
    within the item that quotes the clause.
    """
    paths = {quote.path, *(path for placed in quote.rules for path in (placed.path, placed.item.path))}
    by_item = quote.path not in {placed.path for placed in quote.bearers}
    for finding, actual in mismatches:
        said = _points(str(finding.args.get("said", "")))
        accepted = registered(text, paths, actual, said=said)
        if not accepted and by_item:
            accepted = registered(text, [quote.path], actual, said=said, within=True)
        if not accepted:
            yield with_actual(finding, actual)


def with_actual(finding: Finding, actual: Actual) -> Finding:
    """A finding that says what the decision of an ambiguity must name to accept it."""
    has = written(actual) if isinstance(actual, Fraction) else actual[0]
    return replace(finding, args={**finding.args, "has": has})

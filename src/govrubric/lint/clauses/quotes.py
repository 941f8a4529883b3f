"""Rubric -> each clause with the rules that are compared with it, by `amounts` and `caps` of this folder.

A rule without a clause is compared with the clause of its item. Rules that quote the same clause are compared
together, since official forms write several rules in one sentence.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import accumulate

from govrubric.diagnostics.diagnostic import Path
from govrubric.language.rubric_text import RubricText, parts
from govrubric.language.rules._rule import Rule, Threshold
from govrubric.lint.clauses import chinese
from govrubric.lint.clauses.chinese import Reading, Statement
from govrubric.lint.clauses.english_forms import numbers_in
from govrubric.lint.finding import Finding
from govrubric.numbers import written
from govrubric.plan.plan import Plan, PlannedItem

SEARCHED = 500_000_000  # characters of one text times those of another, in the search for quotes in quotes

Actual = Fraction | tuple[str, ...]
"""What the rubric has where its text has something else: a number, or words any of which names it."""

Mismatch = tuple[Finding, Actual]
"""A finding, and what the rubric has, which an ambiguity that accepts the finding must name."""


@dataclass(frozen=True, eq=False)
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

    @cached_property
    def amounts(self) -> tuple[Fraction, ...]:
        """The points that its clause should name, without their sign."""
        return tuple(abs(amount.points) for amount in self.rule.amounts())

    @cached_property
    def points(self) -> frozenset[Fraction]:
        """The points of its amounts, with their sign."""
        return frozenset(amount.points for amount in self.rule.amounts())

    @cached_property
    def places(self) -> Mapping[Fraction, Path]:
        """For each amount, the place of the level or step that has it first, or else of the verb."""
        first: dict[Fraction, Path] = {}
        for points, amount in zip(self.amounts, self.rule.amounts(), strict=True):
            first.setdefault(points, (*self.at, amount.key or self.rule.verb, *amount.at))
        return first

    @cached_property
    def ends(self) -> Mapping[str, Fraction]:
        """The ends of the range in which its points are judged, by their keys; empty of any other rule."""
        return {amount.key: abs(amount.points) for amount in self.rule.amounts() if amount.key}

    @cached_property
    def thresholds(self) -> tuple[Threshold, ...]:
        """The numbers that it compares with what was measured."""
        return self.rule.thresholds()

    @property
    def has_steps(self) -> bool:
        """Whether its amounts are those of the first, second, … case."""
        amounts = self.rule.amounts()
        return len(amounts) > 1 and all(amount.at and isinstance(amount.at[0], int) for amount in amounts)

    @property
    def has_levels(self) -> bool:
        """Whether its amounts belong to named levels, whose order is theirs."""
        amounts = self.rule.amounts()
        return bool(amounts) and all(amount.at and isinstance(amount.at[0], str) for amount in amounts)

    @property
    def unreadable(self) -> bool:
        """Whether no clause can name its points, since they are judged, converted or computed."""
        return not self.amounts and not self.rule.forfeits


@dataclass(frozen=True)
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

    @cached_property
    def figures(self) -> frozenset[Fraction]:
        """Every amount that the clause names."""
        return self.reading.figures

    @cached_property
    def named(self) -> frozenset[Fraction]:
        """The numbers that may be its amounts: in English any, since points need not be called so."""
        return self.figures if chinese.is_chinese(self.clause) else self.figures | numbers_in(self.clause)

    @cached_property
    def folded(self) -> str:
        """The clause in a form in which the width of its characters makes no difference."""
        return chinese.folded(self.clause)

    @cached_property
    def sentences(self) -> Mapping[int, str]:
        """For each place at which a statement of points begins, the words before it in its sentence."""
        before, last, begun = {}, 0, ""
        for statement in self.effects:
            ended = re.split("[,;。，；]", self.clause[last : statement.start])
            begun = ended[-1] if len(ended) > 1 else begun + ended[-1]
            before[statement.start], last = begun, statement.start
        return before

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
    search = _Search()
    by_clause: dict[str, list[PlacedRule]] = {}
    by_item: dict[str, list[PlacedRule]] = {}
    words: dict[str, list[tuple[int, str, PlacedRule]]] = {}
    for placed in placed_rules(text, plan):
        by_item.setdefault(placed.item.path, []).append(placed)
        if placed.rule.clause is not None:
            clause_ = _folded(placed.rule.clause)
            by_clause.setdefault(clause_, []).append(placed)
            words.setdefault(placed.item.path, []).append((len(clause_), clause_, placed))
    for folded, rules in by_clause.items():
        # The lengths are compared first, since that rules out most of very many pairs.
        # A rule may quote a whole paragraph, of which the other rules of its item quote a sentence each.
        items = dict.fromkeys(placed.item.path for placed in rules)
        inside = [
            placed
            for path in items
            for length, other, placed in words[path]
            if length < len(folded) and search.has(folded, other)
        ]
        first = rules[0]
        yield _quote(search, first.rule.clause, first.path, first.at, rules, [*rules, *inside])
    for item, path, at in parts(text):
        clause = None if isinstance(item, RubricText) else item.clause
        if clause is not None and _folded(clause) not in by_clause:
            without_clause = [placed for placed in by_item.get(path, ()) if placed.rule.clause is None]
            within = [placed for _, inner, _ in parts(item, path) for placed in by_item.get(inner, ())]
            yield _quote(search, clause, path, at, without_clause, within)


class _Search:
    """The search of clauses for each other.

    It takes time that grows with the lengths of both and the number of pairs, so that it ends after so many
    characters. Then no clause is found in another.
    """

    def __init__(self) -> None:
        self.left = SEARCHED

    def has(self, text: str, words: str) -> bool:
        """Whether a text has some words in it."""
        if len(words) >= len(text):
            return words == text
        self.left -= len(text) * len(words)
        return self.left > 0 and words in text


def _quote(
    search: _Search,
    clause: str | None,
    path: str,
    at: Path,
    rules: Sequence[PlacedRule],
    bearers: Iterable[PlacedRule],
) -> Quote:
    assert clause is not None
    distinct, quoting = tuple(dict.fromkeys(bearers)), set(rules)
    reading = chinese.read(clause)
    others = dict.fromkeys(
        _folded(placed.rule.clause)
        for placed in distinct
        if placed not in quoting and placed.rule.clause is not None
    )
    effects = []
    for statement in reading.of("effect"):
        words = _folded(clause[statement.start : statement.end])
        if statement.amount and not any(search.has(other, words) for other in others):
            effects.append(statement)
    return Quote(clause, path, (*at, "clause"), reading, tuple(effects), tuple(rules), distinct)


@lru_cache(maxsize=4096)
def _folded(clause: str) -> str:
    """A clause in a form in which the width of its characters and its last sign make no difference."""
    return chinese.folded(clause).strip(" \u3002;,.")


class Register:
    """The ambiguities of a rubric by the paths at which they are registered, and within which."""

    def __init__(self, text: RubricText) -> None:
        self._at: dict[str, list[str]] = {}
        self._within: dict[str, list[str]] = {}
        for ambiguity in text.ambiguities:
            *above, path = accumulate(ambiguity.at.split("."), lambda above, id_: f"{above}.{id_}")
            self._at.setdefault(path, []).append(ambiguity.decided)
            for item in above:
                self._within.setdefault(item, []).append(ambiguity.decided)

    def at(self, *paths: str) -> "Decisions":
        """The decisions of the ambiguities that are registered at one of some paths."""
        known = self._at.keys() & set(paths)
        return Decisions(decision for path in sorted(known) for decision in self._at[path])

    def within(self, path: str) -> "Decisions":
        """The decisions of the ambiguities that are registered at an item or within it."""
        return Decisions((*self._at.get(path, ()), *self._within.get(path, ())))


class Decisions:
    """The decisions of some ambiguities."""

    def __init__(self, decisions: Iterable[str]) -> None:
        self._words = "\n".join(texts := tuple(decisions))
        self._named: dict[Fraction, list[frozenset[Fraction]]] = {}
        for named in (_points(decision) or chinese.numbers_in(decision) for decision in texts):
            for number in named:
                self._named.setdefault(number, []).append(named)

    def accept(self, actual: Actual, said: frozenset[Fraction] = frozenset()) -> bool:
        """Whether a decision accepts what the rubric has.

        It must name that, and none of the other numbers that the text has `said`; otherwise the ambiguity is
        about something else.
        """
        if not isinstance(actual, Fraction):
            return any(word in self._words for word in actual)
        others = said - {actual}
        return any(others.isdisjoint(named) for named in self._named.get(actual, ()))


@lru_cache(maxsize=4096)
def _points(words: str) -> frozenset[Fraction]:
    """The points that a text gives, takes or stops at: 0.1 of 各有2分，各扣0.1分."""
    reading = chinese.read(words)
    return frozenset(statement.amount for statement in (*reading.of("effect"), *reading.of("cap")))


def unregistered(register: Register, quote: Quote, mismatches: Iterable[Mismatch]) -> Iterator[Finding]:
    """The findings about a clause that no ambiguity accepts.

    The ambiguity may be registered at a rule that is compared with the clause, at the item of that rule, or
    within the item that quotes the clause.
    """
    paths = (path for placed in quote.rules for path in (placed.path, placed.item.path))
    accepting = [register.at(quote.path, *paths)]
    if quote.path not in {placed.path for placed in quote.bearers}:
        accepting.append(register.within(quote.path))
    for finding, actual in mismatches:
        said = _points(str(finding.args.get("said", "")))
        if not any(decisions.accept(actual, said) for decisions in accepting):
            yield with_actual(finding, actual)


def with_actual(finding: Finding, actual: Actual) -> Finding:
    """A finding that says what the decision of an ambiguity must name to accept it."""
    has = written(actual) if isinstance(actual, Fraction) else actual[0]
    return replace(finding, args={**finding.args, "has": has})

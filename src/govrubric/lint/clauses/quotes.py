"""Rubric -> each clause with the rules that it is judged by: what `wording` and `limits` of this folder compare.

A rule that quotes nothing is judged by its item's clause. Rules that quote the same words are judged together, since
official forms write several rules in one sentence.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from govrubric.diagnostics.diagnostic import Path
from govrubric.language.rubric_text import Ambiguity, RubricText, parts
from govrubric.language.rules._rule import Rule
from govrubric.lint.clauses import chinese as wording
from govrubric.lint.clauses.chinese import Said, Statements
from govrubric.lint.finding import Finding
from govrubric.numbers import written
from govrubric.plan.planner import Plan, PlannedItem
from govrubric.plan.rules import PlannedRule

Has = Fraction | tuple[str, ...]
"""What the rubric has where its text says otherwise: a number, or words of which one speaks of it."""

Found = tuple[Finding, Has]
"""A finding, and what the decision of an ambiguity that accepts it names."""


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A rule with its item, its place, and what it may come to, at the least and at the most; it is equal to itself only."""

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
        """The points that its clause would name, without their sign."""
        return tuple(abs(amount.points) for amount in self.rule.amounts())

    def at_amount(self, points: Fraction) -> Path:
        """The place of an amount: the verb's own value, or the level or step that has it."""
        return next(
            ((*self.verb, *amount.at) for amount in self.rule.amounts() if abs(amount.points) == points),
            self.verb,
        )

    @property
    def has_levels(self) -> bool:
        """Whether its amounts belong to names, in the order of which they stand."""
        amounts = self.rule.amounts()
        return bool(amounts) and all(amount.at and isinstance(amount.at[0], str) for amount in amounts)

    @property
    def unreadable(self) -> bool:
        """Whether a clause cannot name the points: they are judged, converted or computed."""
        return not self.amounts and not self.rule.forfeits


@dataclass(frozen=True, slots=True)
class Quoted:
    """A clause, the rule or item that quotes it first, its place, and its statements.

    `rules` quote it, or belong to the item that does and quote nothing; `bearers` are all those that its statements may
    be about. `effects` are what it says of points, for each case or once, as far as no rule quotes that by itself.
    """

    clause: str
    path: str
    at: Path
    statements: Statements
    effects: tuple[Said, ...]
    rules: tuple[Placed, ...]
    bearers: tuple[Placed, ...]

    def words(self, said: Said) -> str:
        """The characters of a statement."""
        return self.clause[said.start : said.end]

    def see(self, said: Said) -> tuple[Path, int, int]:
        """The place of a statement."""
        return (self.at, said.start, said.end)


def placed(text: RubricText, plan: Plan) -> tuple[Placed, ...]:
    """Every rule, in the order of the document."""
    places = {path: at for _, path, at in parts(text)}
    return tuple(
        _placed(one, item, (*places[item.path], "rules", index), plan)
        for item in plan.items
        for index, one in enumerate(item.rules)
    )


def _placed(one: PlannedRule, item: PlannedItem, at: Path, plan: Plan) -> Placed:
    raw = plan.lines[one.line("raw")]
    return Placed(one.rule, one.path, at, item, raw.lo, raw.hi)


def quoted(text: RubricText, plan: Plan) -> Iterator[Quoted]:
    """Each clause that rules quote, and each item's clause, once."""
    alike: dict[str, list[Placed]] = {}
    of_item: dict[str, list[Placed]] = {}
    for one in placed(text, plan):
        of_item.setdefault(one.item.path, []).append(one)
        if one.rule.clause is not None:
            alike.setdefault(_same(one.rule.clause), []).append(one)
    for words, those in alike.items():
        # A rule may quote a whole paragraph of which its neighbours quote a sentence each.
        near = [one for path in dict.fromkeys(one.item.path for one in those) for one in of_item[path]]
        inside = [one for one in near if one.rule.clause is not None and _same(one.rule.clause) in words]
        yield _quoted(those[0].rule.clause, those[0].path, those[0].at, those, [*those, *inside])
    for item, path, at in parts(text):
        clause = None if isinstance(item, RubricText) else item.clause
        if clause is not None and _same(clause) not in alike:
            silent = [one for one in of_item.get(path, ()) if one.rule.clause is None]
            below = [one for _, inner, _ in parts(item, path) for one in of_item.get(inner, ())]
            yield _quoted(clause, path, at, silent, below)


def _quoted(
    clause: str | None, path: str, at: Path, rules: Sequence[Placed], bearers: Iterable[Placed]
) -> Quoted:
    assert clause is not None
    bearing = tuple(dict.fromkeys(bearers))
    statements = wording.read(clause)
    told = [_same(one.rule.clause) for one in bearing if one not in rules and one.rule.clause is not None]
    effects = [
        one
        for one in statements.of("effect")
        if one.amount and not any(_same(clause[one.start : one.end]) in other for other in told)
    ]
    return Quoted(clause, path, (*at, "clause"), statements, tuple(effects), tuple(rules), bearing)


@lru_cache(maxsize=4096)
def _same(clause: str) -> str:
    """The clause, however wide its characters are and however it ends."""
    return wording.folded(clause).strip(" \u3002;,.")


def registered(
    text: RubricText,
    paths: Iterable[str],
    has: Has,
    *,
    said: frozenset[Fraction] = frozenset(),
    within: bool = False,
) -> bool:
    """Whether an ambiguity at one of the paths accepts what the rubric has where its text says otherwise.

    An entry about something else accepts nothing: its decision names what the rubric has, and none of what the text has
    `said`. An entry `within` an item may speak of the item.
    """
    wanted = tuple(paths)
    return any(_about(one, wanted, within) and _names(one.decision, has, said) for one in text.ambiguities)


def _about(one: Ambiguity, paths: tuple[str, ...], within: bool) -> bool:
    return one.at in paths or (within and any(one.at.startswith(f"{path}.") for path in paths))


def _names(decision: str, has: Has, said: frozenset[Fraction]) -> bool:
    if not isinstance(has, Fraction):
        return any(word in decision for word in has)
    named = _points(decision) or wording.numbers_in(decision)
    return has in named and not (said - {has}) & named


def _points(words: str) -> frozenset[Fraction]:
    """The points that words give, take or stop at: 各有2分，各扣0.1分 takes 0.1."""
    statements = wording.read(words)
    return frozenset(one.amount for one in (*statements.of("effect"), *statements.of("cap")))


def unregistered(text: RubricText, quote: Quoted, found: Iterable[Found]) -> Iterator[Finding]:
    """The findings about a clause that no ambiguity accepts: at a rule that is judged by it, at its item, or within the item that quotes it."""
    own = {quote.path, *(path for one in quote.rules for path in (one.path, one.item.path))}
    of_item = quote.path not in {one.path for one in quote.bearers}
    for finding, has in found:
        said = _points(str(finding.args.get("said", "")))
        if not registered(text, own, has, said=said) and not (
            of_item and registered(text, [quote.path], has, said=said, within=True)
        ):
            yield named(finding, has)


def named(finding: Finding, has: Has) -> Finding:
    """A finding that says what the decision of an ambiguity would have to name."""
    return replace(
        finding, args={**finding.args, "has": written(has) if isinstance(has, Fraction) else has[0]}
    )

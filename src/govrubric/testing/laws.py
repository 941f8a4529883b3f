"""Rubric x tally -> nothing, or a `Breach` that says where a law of the language does not hold.

Each law is a function that any test may call, with any rubric and any valid tally of it, in any form. No law
trusts the engine: it compares the figures with each other, with what the author wrote, and with a second
computation.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal

from govrubric.diagnostics.diagnostic import Diagnostic, dotted
from govrubric.formula.nodes import deciding, names
from govrubric.language.rubric_text import AnyItem, join, parts
from govrubric.language.rules import VERBS
from govrubric.loading import loads
from govrubric.numbers import Exact
from govrubric.plan.lines import LineName, item_line
from govrubric.rubric import Rubric
from govrubric.scoring import card_json
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.ledger import ItemScore
from govrubric.testing.breach import Breach
from govrubric.testing.interpreter import ZERO, rounded
from govrubric.testing.paper import unbalanced
from govrubric.testing.readings import apart, by_hand, given, nested

Law = Callable[[Rubric, Mapping[str, Any]], None]
EXAMPLES = 200  # random tallies that each law is tried on, unless another number is asked for
SEED = 0  # which tallies these are


def never_fails(rubric: Rubric, tally: Mapping[str, Any]) -> None:
    """Language 8: “a rubric that loads cannot fail on a valid tally”: it can be scored and explained."""
    try:
        card = rubric.score(tally)
        rubric.total(tally)
        card.explain("en")
        card.explain("zh")
    except Exception as error:
        raise failed("never_fails", error) from error


def failed(law: str, error: Exception) -> Breach:
    """The breach of a law whose check ended in an error."""
    return Breach.of(law, "fails", error=f"{type(error).__name__}: {error}")


def never_above_weight(rubric: Rubric, tally: Mapping[str, Any]) -> None:
    """Language 3: “bounds of the item's score”, “full marks this item adds to its parent”.

    A ceiling that is not written is full marks, and rises by the most that each `extra` part can contribute.
    An item whose written ceiling is higher may add more than its weight. One without full marks counts as it
    is, and its ceiling is 0 where nothing in it can add.
    """
    for item, path, scored in _scored(rubric, rubric.score(tally)):
        most = _most(rubric, item, path)
        ceiling = most if item.ceiling is None else item.ceiling
        if scored.applies and ceiling != "none" and _number(scored.score) > ceiling:
            raise Breach.of(
                "never_above_weight", "above", path, figure="score", stated=scored.score, bound=ceiling
            )
        weight = most * _share(item)
        if (item.ceiling is None or not scored.applies) and _number(scored.contribution) > weight:
            raise Breach.of(
                "never_above_weight",
                "above",
                path,
                figure="contribution",
                stated=scored.contribution,
                bound=weight,
            )


def never_below_floor(rubric: Rubric, tally: Mapping[str, Any]) -> None:
    """Language 3: “bounds of the item's score, a number or `none`”.

    The floor is 0 unless it is written, and ``none`` of an item without full marks in which nothing can add.
    """
    for item, path, scored in _scored(rubric, rubric.score(tally)):
        floor = _least(rubric, item, path) if item.floor is None else item.floor
        if scored.applies and floor != "none" and _number(scored.score) < floor:
            raise Breach.of(
                "never_below_floor", "below", path, figure="score", stated=scored.score, bound=floor
            )
        if (floor == 0 or not scored.applies) and _number(scored.contribution) < 0:
            raise Breach.of(
                "never_below_floor",
                "below",
                path,
                figure="contribution",
                stated=scored.contribution,
                bound=ZERO,
            )


def _most(rubric: Rubric, item: AnyItem, path: str) -> Fraction:
    """The greatest score of an item whose ceiling is not written."""
    if item.weight is None:
        return ZERO
    bounds = (rubric._plan.lines[item_line(join(path, part.id), "contribution")] for part in item.items)
    extra = (bound.hi for part, bound in zip(item.items, bounds, strict=True) if part.extra)
    return (item.out_of or item.weight) + sum((max(ZERO, most) for most in extra), ZERO)


def _least(rubric: Rubric, item: AnyItem, path: str) -> Fraction | Literal["none"]:
    """The floor of an item whose floor is not written."""
    can_add = item.ceiling is not None and rubric._items[path].usual[1] is None
    return ZERO if item.weight is not None or can_add else "none"


def _share(item: AnyItem) -> Fraction:
    """What a point of an item's score is worth in its group; one without full marks counts as it is."""
    return Fraction(1) if item.weight is None else item.weight / (item.out_of or item.weight)


def _scored(rubric: Rubric, card: ScoreCard) -> Iterator[tuple[AnyItem, str, ItemScore]]:
    """Each item that has a score, with its path and its row of the card; parts come before their group."""
    rows = card.items  # a new mapping each time that it is asked for
    for item, path, _ in reversed(tuple(parts(rubric._text))):
        if rows[path].score is not None:
            yield item, path, rows[path]


def _number(figure: Exact | None) -> Fraction:
    assert figure is not None, "an item with a score has every figure"
    return Fraction(figure)


def never_better(rubric: Rubric, tally: Mapping[str, Any]) -> None:
    """One more violation makes neither its item nor a group around it better, and changes no other item.

    The law holds for a count or flag that one rule alone reads, to take points. No condition or formula may
    read that input, nor the score of an item that it changes: an author may write any such condition.
    """
    before = rubric.score(tally)
    plain = given(before)
    inputs_read, items_read = _read_by_text(rubric)
    rules, items = before.rules.values(), before.items
    readers = Counter(name for rule in rules for name in rule.inputs)
    for rule in rules:
        above = {path for path in items if not path or rule.path.startswith(f"{path}.")}
        if not VERBS[rule.verb].punishes or above & items_read:
            continue
        for name in rule.inputs:
            more = _one_more(rubric, plain, name)
            if readers[name] > 1 or name in inputs_read or more is None:
                continue
            for path, figure, stated, other in _bettered(before, rubric.score({**plain, name: more}), above):
                raise Breach.of(
                    "never_better",
                    "better",
                    path,
                    name=name,
                    more=more,
                    figure=figure,
                    stated=stated,
                    other=other,
                )


def _one_more(rubric: Rubric, tally: Mapping[str, Any], name: str) -> bool | int | Fraction | None:
    """The next value of an input that means more of what it tells of; ``None`` where there is none."""
    known, value = rubric._inputs[name], tally.get(name, 0)
    if known.kind == "flag":
        return None if value else True
    if known.kind == "count":
        decides = name in deciding(rubric._inputs.values())
        return None if decides or value == known.hi else value + 1
    more = max(Fraction(value) + (known.step or Fraction(1, known.den)), known.gap or ZERO)
    cases = Fraction(tally.get(known.each.of, 0)) if known.each is not None else ZERO
    is_possible = more <= known.hi and (known.each is None or known.each.holds(cases, more))
    return more if is_possible else None


def _bettered(
    before: ScoreCard, after: ScoreCard, above: set[str]
) -> Iterator[tuple[str, str, object, object]]:
    """The figures that one more violation makes better, or changes where it should change nothing."""
    rows = before.items
    for path, item in after.items.items():
        was = rows[path]
        for figure, old, new in (
            ("score", was.score, item.score),
            ("contribution", was.contribution, item.contribution),
        ):
            worse = path in above and old is not None and new is not None and new < old
            if old != new and not worse:
                yield path, figure, old, new


def _read_by_text(rubric: Rubric) -> tuple[set[str], set[str]]:
    """The inputs that conditions and formulas read, and the items whose score they read.

    Conditions of grades are left out, since a grade changes no score.
    """
    plan = rubric._plan
    formulas = [formula for at, formula in plan.conditions.items() if at[0] != "grades"]
    formulas += [
        plan.lines[rule.line("raw")]
        for item in plan.items
        for rule in item.rules
        if rule.rule.authored is not None
    ]
    formulas += [plan.lines[value.line] for value in plan.values]
    formulas += [rule.target for item in plan.items for rule in item.rules if rule.target is not None]
    lines = {name for formula in formulas for name in names(formula)}
    items = {LineName(name).path for name in lines if LineName(name).kind in ("score", "lost")}
    return lines & rubric._inputs.keys(), items


def ledger_adds_up(rubric: Rubric, tally: Mapping[str, Any]) -> None:
    """Language 4: “`raw = applied + absorbed`, and `base + Σ applied + gates + rounding = score`, exactly,
    at every item”.

    And language 3: “`contribution = score × weight ÷ out_of`, exact”, the base of a group of which some parts
    do not apply, and “Nothing rounds but `round`”. Every figure is computed from the others, and each
    rounding is done again.
    """
    card = rubric.score(tally)
    for slip in unbalanced(card_json.to_dict(card._record)):
        raise Breach.of(
            "ledger_adds_up", "due", slip.path, figure=slip.figure, stated=slip.stated, due=slip.due
        )
    for item, path, scored in _scored(rubric, card):
        exact = _number(scored.score) - _number(scored.rounding)
        # The root rounds its total, and not its score out of `out_of`.
        share = _share(item) if path == "" else Fraction(1)
        due = exact
        if item.round is not None:
            due = rounded(exact * share, item.round.places, item.round.mode) / share
        if scored.applies and _number(scored.score) != due:
            raise Breach.of("ledger_adds_up", "due", path, figure="score", stated=scored.score, due=due)
    _no_findings("ledger_adds_up", card.verify())


def _no_findings(law: str, findings: tuple[Diagnostic, ...]) -> None:
    for finding in findings:
        path = ".".join(map(str, finding.path))
        raise Breach.of(law, "found", path, en=finding.message("en"), zh=finding.message("zh"))


def order_of_keys(rubric: Rubric, tally: Mapping[str, Any]) -> None:
    """The order of a tally's keys changes nothing."""
    card, total = rubric.score(tally), rubric.total(tally)
    for by in (0, len(tally) // 2):
        other = _turned(tally, by)
        for path, figure, stated, changed in apart(card, rubric.score(other)):
            raise Breach.of("order_of_keys", "order", path, figure=figure, stated=stated, other=changed)
        if rubric.total(other) != total:
            raise Breach.of("order_of_keys", "order", figure="total", stated=total, other=rubric.total(other))


def _turned(tally: Mapping[str, Any], by: int) -> dict[str, Any]:
    """The same tally with its names reversed, at every depth, and those of the top rotated `by` places."""
    names_ = list(tally)[::-1]
    turned = {}
    for name in (*names_[by:], *names_[:by]):
        value = tally[name]
        turned[name] = _turned(value, 0) if isinstance(value, Mapping) else value
    return turned


def readings_agree(rubric: Rubric, tally: Mapping[str, Any]) -> None:
    """Every way to the figures of a card comes to the same.

    The ways are: values alone; values with evidence under nested names; the total alone; the rubric's own
    text, loaded anew; the plan's formulas, computed over fractions; the card's rows and its written form; and
    the card, written, read again and verified.
    """
    card = rubric.score(tally)
    plain = given(card)
    deep = nested(plain)
    ways = (
        ("dotted", apart(card, rubric.score(plain))),
        ("given", apart(card, rubric.score(deep))),
        ("text", apart(card, _anew(rubric, id(rubric._plan)).score(plain))),
        ("hand", by_hand(rubric, card)),
    )
    for sentence, differences in ways:
        for path, figure, stated, changed in differences:
            raise Breach.of("readings_agree", sentence, path, figure=figure, stated=stated, other=changed)
    for total in (rubric.total(plain), rubric.total(deep)):
        if total != card.total:
            raise Breach.of("readings_agree", "alone", stated=card.total, other=total)
    for one in (card, rubric.score(deep)):
        for at, written, row in card_json.differences(one.to_dict(), card_json.to_dict(one._record)):
            raise Breach.of("readings_agree", "written", dotted(at), stated=written, other=row)
    _no_findings("readings_agree", ScoreCard.from_json(card.to_json()).verify(rubric))


@lru_cache(maxsize=8)
def _anew(rubric: Rubric, _plan: int) -> Rubric:
    """The rubric loaded from its own text; kept, since loading takes as long as scoring thousands of tallies.

    `_plan` distinguishes two equal rubrics: one may have been made while a test had broken the engine.
    """
    return loads(rubric.to_text())


LAWS: Mapping[str, Law] = {
    law.__name__: law
    for law in (
        never_fails,
        never_above_weight,
        never_below_floor,
        never_better,
        ledger_adds_up,
        order_of_keys,
        readings_agree,
    )
}

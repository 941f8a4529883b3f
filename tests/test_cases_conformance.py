"""The conformance cases in `tests/cases`: rubric, tally and lines worked out by hand, run by every reading there is.

A line is named as in a plan, `basics.attribution.unlabelled:applied`; `:total` and `:exact_total` are the card's own.
Readings: the card, the plan's lines computed one and all, a card written down and read again, the reference evaluator.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from govrubric import Rubric, ScoreCard, loads
from making import number
from reference import evaluate

CASES = {path.stem: path for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))}
Lines = Mapping[str, Fraction]


def case(name: str) -> tuple[Rubric, dict[str, Any], dict[str, Fraction]]:
    """Rubric, tally and expected lines of a case."""
    data = YAML(typ="safe", pure=True).load(CASES[name].read_text("utf-8"))
    assert set(data) == {"what", "rubric", "tally", "expect"}
    return loads(data["rubric"], name), data["tally"], {line: number(value) for line, value in data["expect"].items()}


def flat(tally: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    """A tally under dotted names, its digits as numbers."""
    found: dict[str, Any] = {}
    for key, value in tally.items():
        name = f"{above}.{key}" if above else key
        found |= flat(value, name) if isinstance(value, dict) else {name: Decimal(value) if isinstance(value, str) else value}
    return found


def lines_of(card: ScoreCard) -> Lines:
    found = {":total": Fraction(card.total), ":exact_total": Fraction(card.exact_total)}
    for path, item in card.items.items():
        found |= {f"{path}:{what}": Fraction(getattr(item, what)) for what in ("base", "rounding", "score", "lost", "contribution")}
    for path, rule in card.rules.items():
        found |= {f"{path}:{what}": Fraction(getattr(rule, what)) for what in ("raw", "applied", "absorbed")}
        found[f"{path}:after"] = Fraction(rule.balance)
    return found


def by_card(rubric: Rubric, tally: dict[str, Any]) -> Lines:
    return lines_of(rubric.score(tally))


def by_dotted_tally(rubric: Rubric, tally: dict[str, Any]) -> Lines:
    dotted = flat(tally)
    return {**lines_of(rubric.score(dotted)), ":total": Fraction(rubric.total(dotted))}


def by_card_read_again(rubric: Rubric, tally: dict[str, Any]) -> Lines:
    card = ScoreCard.from_json(rubric.score(tally).to_json())
    assert card.verify(rubric) == ()
    return lines_of(card)


def by_text_read_again(rubric: Rubric, tally: dict[str, Any]) -> Lines:
    return by_card(loads(rubric.to_text()), tally)


def by_plan(rubric: Rubric, tally: dict[str, Any]) -> Lines:
    from making import computed

    found = computed(rubric.text, **{name.replace(".", "__"): value for name, value in flat(tally).items()})
    return {**found, ":total": found[":contribution"], ":exact_total": found[":balance"] * rubric.text.weight / rubric.item("").full}


def by_reference(rubric: Rubric, tally: dict[str, Any]) -> Lines:
    result = evaluate(rubric.text, flat(tally))
    found = {":total": result.total, ":exact_total": result.exact}
    for path, score in result.items.items():
        item = rubric.item(path)
        found |= {f"{path}:base": result.bases[path], f"{path}:rounding": result.roundings[path], f"{path}:score": score}
        found |= {f"{path}:lost": item.full - score, f"{path}:contribution": score * item.item.weight / item.full}
        balance = result.bases[path]
        for rule in item.rules:
            raw, applied = result.rules[rule.path]
            balance += applied
            found |= {f"{rule.path}:raw": raw, f"{rule.path}:applied": applied, f"{rule.path}:absorbed": raw - applied, f"{rule.path}:after": balance}
    return found


READINGS: tuple[Callable[[Rubric, dict[str, Any]], Lines], ...] = (
    by_card,
    by_dotted_tally,
    by_card_read_again,
    by_text_read_again,
    by_plan,
    by_reference,
)


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading.__name__)
@pytest.mark.parametrize("name", CASES)
def test_every_reading_comes_to_the_lines_worked_out_by_hand(name: str, reading: Callable[[Rubric, dict[str, Any]], Lines]) -> None:
    rubric, tally, expected = case(name)
    found = reading(rubric, tally)
    assert {line: found[line] for line in expected} == expected


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading.__name__)
def test_a_reading_that_is_wrong_is_noticed(reading: Callable[[Rubric, dict[str, Any]], Lines]) -> None:
    rubric, tally, expected = case("01_per_case")
    poisoned = loads(rubric.to_text().replace("deduct: 0.1", "deduct: 0.11"))
    found = reading(poisoned, tally)
    assert {line for line, value in expected.items() if found[line] != value} == {
        "basics.attribution.unlabelled:raw",
        "basics.attribution.unlabelled:applied",
        "basics.attribution.unlabelled:after",
        "basics.attribution.misfiled:applied",
        "basics.attribution.misfiled:absorbed",
    }


def test_every_verb_and_every_key_of_an_item_is_in_some_case() -> None:
    texts = "\n".join(path.read_text("utf-8") for path in CASES.values())
    words = (
        "deduct:",
        "award:",
        "judge:",
        "convert:",
        "forfeit:",
        "at_most:",
        "take:",
        "per:",
        "step:",
        "places:",
        "out_of:",
        "start:",
        "floor:",
        "ceiling:",
        "round:",
    )
    assert [word for word in words if word not in texts] == []

"""The conformance cases in `tests/cases`: rubric, tally and lines worked out by hand, run by every reading there is.

A line is named as in a plan, `basics.attribution.unlabelled:applied`; of a gate there are `:held` and `:effect`, what it adds to the
balance; `:total`, `:exact_total` and `:grade` are the card's own. What a gate took away is `none`.
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
from govrubric.language.fields import Model
from govrubric.language.gates_text import Gate
from govrubric.language.rubric_text import Item, RubricText
from govrubric.language.rules import VERBS
from govrubric.numbers import Exact
from making import computed, number
from reference import evaluate

CASES = {path.stem: path for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))}
Value = Fraction | bool | str | None
Lines = Mapping[str, Value]


def case(name: str) -> tuple[Rubric, dict[str, Any], dict[str, Value]]:
    """Rubric, tally and expected lines of a case."""
    data = YAML(typ="safe", pure=True).load(CASES[name].read_text("utf-8"))
    assert (
        {"what", "rubric", "tally", "expect"}
        <= set(data)
        <= {"what", "variant", "reading", "rubric", "tally", "expect"}
    )
    rubric = loads(data["rubric"], name).reading(**data.get("reading", {}))
    return (
        rubric.variant(data["variant"]) if "variant" in data else rubric,
        data["tally"],
        {line: expected(line, value) for line, value in data["expect"].items()},
    )


def expected(line: str, value: str | bool) -> Value:
    if isinstance(value, bool) or line == ":grade":
        return value
    return None if value == "none" else number(value)


def flat(rubric: Rubric, tally: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    """A tally under dotted names, its digits as numbers."""
    found: dict[str, Any] = {}
    for key, value in tally.items():
        name = f"{above}.{key}" if above else key
        if isinstance(value, dict):
            found |= flat(rubric, value, name)
        else:
            found[name] = (
                Decimal(value) if isinstance(value, str) and rubric._inputs[name].kind == "number" else value
            )
    return found


def fraction(value: Exact | Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def lines_of(card: ScoreCard) -> Lines:
    found: dict[str, Value] = {
        ":total": fraction(card.total),
        ":exact_total": fraction(card.exact_total),
        ":grade": card.grade or "none",
    }
    found |= {
        f"{path}:value": value.value if isinstance(value.value, bool) else Fraction(value.value)
        for path, value in card.values.items()
    }
    for path, item in card.items.items():
        found |= {
            f"{path}:{what}": fraction(getattr(item, what))
            for what in ("base", "rounding", "score", "lost", "contribution")
        }
        found |= {f"{path}:{what}": getattr(item, what) for what in ("applies", "counts", "void")}
        for gate in item.gates:
            found |= {f"{gate.path}:held": gate.held, f"{gate.path}:effect": Fraction(gate.effect)}
    for path, rule in card.rules.items():
        found |= {f"{path}:{what}": Fraction(getattr(rule, what)) for what in ("raw", "applied", "absorbed")}
        found |= {f"{path}:after": Fraction(rule.balance), f"{path}:counted": rule.counted}
    return found


def by_card(rubric: Rubric, tally: dict[str, Any]) -> Lines:
    return lines_of(rubric.score(tally))


def by_dotted_tally(rubric: Rubric, tally: dict[str, Any]) -> Lines:
    dotted = flat(rubric, tally)
    return {**lines_of(rubric.score(dotted)), ":total": fraction(rubric.total(dotted))}


def by_card_read_again(rubric: Rubric, tally: dict[str, Any]) -> Lines:
    card = ScoreCard.from_json(rubric.score(tally).to_json())
    assert card.verify(rubric) == ()
    return lines_of(card)


def by_text_read_again(rubric: Rubric, tally: dict[str, Any]) -> Lines:
    return by_card(loads(rubric.to_text()), tally)


def by_plan(rubric: Rubric, tally: dict[str, Any]) -> Lines:
    options = {name: one.options for name, one in rubric._inputs.items()}
    given = {
        name: options[name].index(value) if options[name] else value
        for name, value in flat(rubric, tally).items()
    }
    lines = computed(rubric._text, **{name.replace(".", "__"): value for name, value in given.items()})
    found: dict[str, Value] = dict(lines)
    found |= {value.line: lines[value.line] == 1 for value in rubric._plan.values if value.kind == "flag"}
    for item in rubric._plan.items:
        flags = [f"{item.path}:{what}" for what in ("applies", "counts", "void")]
        found |= {name: lines[name] == 1 for name in flags}
        if found[f"{item.path}:void"]:
            found |= {f"{item.path}:{what}": None for what in ("score", "lost", "contribution")}
        balance = lines[f"{item.path}:balance"]
        for gate in item.item.gates:
            path = f"{item.path}.{gate.id}".lstrip(".")
            found |= {
                f"{path}:held": lines[f"{path}:held"] == 1,
                f"{path}:effect": lines[f"{path}:gate"] - balance,
            }
            balance = lines[f"{path}:gate"]
        for rule in item.rules:
            found[f"{rule.path}:counted"] = lines[f"{rule.path}:counted"] == 1
            if f"{rule.path}:up" in lines and lines[f"{rule.path}:raw"] > 0:
                found[f"{rule.path}:after"] = lines[f"{rule.path}:up"]
    void = found[":void"]
    found |= {
        ":total": None if void else found[":contribution"],
        ":exact_total": None if void else found[":exact"],
    }
    place = int(lines.get(":grade", Fraction(-1)))
    return {**found, ":grade": rubric._plan.grades[place] if place >= 0 else "none"}


def by_reference(rubric: Rubric, tally: dict[str, Any]) -> Lines:
    result = evaluate(rubric._text, flat(rubric, tally))
    found: dict[str, Value] = {
        ":total": result.total,
        ":exact_total": result.exact,
        ":grade": result.grade or "none",
    }
    found |= {f"{path}:value": value for path, value in result.values.items() if not isinstance(value, str)}
    for path, score in result.items.items():
        found |= {
            f"{path}:base": result.bases[path],
            f"{path}:rounding": result.roundings[path],
            f"{path}:score": score,
        }
        found |= {f"{path}:lost": result.lost[path], f"{path}:contribution": result.contributions[path]}
        found |= {
            f"{path}:applies": result.applies[path],
            f"{path}:counts": result.counts[path],
            f"{path}:void": score is None,
        }
        item, balance, seen = rubric._items[path], result.bases[path], set()
        for rule in (step.rule for step in item.steps):
            raw, applied = result.rules[rule.path]
            found |= {
                f"{rule.path}:raw": raw,
                f"{rule.path}:applied": applied,
                f"{rule.path}:absorbed": raw - applied,
            }
            found[f"{rule.path}:counted"] = result.counted[rule.path]
            # Of the two steps of a rule that may give and take, the first is that of what it gives.
            if not any(step.both for step in item.steps if step.rule is rule) or (raw > 0) is not (
                rule.path in seen
            ):
                balance += applied
                found[f"{rule.path}:after"] = balance
            seen.add(rule.path)
    for path, (held, effect) in result.gates.items():
        found |= {f"{path}:held": held, f"{path}:effect": effect}
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
def test_every_reading_comes_to_the_lines_worked_out_by_hand(
    name: str, reading: Callable[[Rubric, dict[str, Any]], Lines]
) -> None:
    rubric, tally, wanted = case(name)
    found = reading(rubric, tally)
    assert {line: found[line] for line in wanted} == wanted


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading.__name__)
def test_a_reading_that_is_wrong_is_noticed(reading: Callable[[Rubric, dict[str, Any]], Lines]) -> None:
    rubric, tally, wanted = case("01_per_case")
    poisoned = loads(rubric.to_text().replace("deduct: 0.1", "deduct: 0.11"))
    found = reading(poisoned, tally)
    assert {line for line, value in wanted.items() if found[line] != value} == {
        "basics.attribution.unlabelled:raw",
        "basics.attribution.unlabelled:applied",
        "basics.attribution.unlabelled:after",
        "basics.attribution.misfiled:applied",
        "basics.attribution.misfiled:absorbed",
    }


# Keys that change no score.
SILENT = {
    "id",
    "title",
    "clause",
    "note",
    "assessed_by",
    "was",
    "govrubric",
    "language",
    "valid",
    "source",
    "cases",
    "ambiguities",
    "unit",
}


def test_every_verb_and_every_key_that_may_change_a_score_is_in_some_case() -> None:
    texts = "\n".join(path.read_text("utf-8") for path in CASES.values())
    models: tuple[type[Model], ...] = (Item, RubricText, Gate, *VERBS.values())
    keys = {field.alias or name for model in models for name, field in model.model_fields.items()} - SILENT
    words = {
        "rescale",
        "full",
        "zero",
        "spread",
        "mean",
        "min",
        "max",
        "lowest:",
        "highest:",
        "up",
        "down",
        "none",
        "exact",
    }
    assert sorted(word for word in ({f"{key}:" for key in keys} | words) if word not in texts) == []
    assert keys > {
        "combine",
        "drop",
        "extra",
        "counts_when",
        "not_applicable",
        "gates",
        "grade_on",
        "facts",
        "input",
        "when",
        "else",
        "bands",
    }

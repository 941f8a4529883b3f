"""A random rule of any verb and form, by construction: what the tally gives it is known from then on."""

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from govrubric.language.rubric_text import join
from govrubric.numbers import COUNT_LIMIT
from govrubric.testing.strategies.authored import Known, Values, conditions, formulas, pick
from govrubric.testing.strategies.making import (
    AMOUNTS,
    MEASURES,
    POINTS,
    Making,
    features_of_rules,
    forms,
    maybe,
    places_or_none,
    signs,
    steps_of,
    takes,
    totals,
)
from govrubric.testing.strategies.words import OUTCOMES, Words


@st.composite
def rules(draw: st.DrawFn, name: str, full: Fraction, item: str, making: Making) -> Values:
    """One rule of any verb and form; what the tally gives it is known from then on."""
    verb, words, path = draw(st.sampled_from(making.verbs)), making.words, join(item, name)
    features = draw(features_of_rules)
    rule: Values = {"id": name, **words.some("clause", "note")}
    points = st.sampled_from((*POINTS, full, full / 2, full / 3, full / 10))
    if "at_most" in features:
        rule["at_most"] = draw(points)
    own: dict[str, Known] = {}
    if verb == "forfeit":
        rule[verb], own = "all", {path: Known("flag")}
    elif verb in ("judge", "convert"):
        rule[verb] = draw(points if draw(maybe) else totals)
        places = draw(places_or_none)
        if places is not None:
            rule["places"] = places
        if verb == "judge" and draw(maybe):
            rule["step"] = Fraction(draw(steps_of), 10 ** (2 if places is None else places))
        own = {
            path: Known(
                "number", high=rule[verb], places=2 if places is None else places, step=rule.get("step")
            )
        }
    elif verb in ("bands", "distance", "curve"):
        rule |= _measured(draw, verb, words)
        own = {path: Known("number", low=Fraction(-COUNT_LIMIT), places=rule.get("places", 2))}
    elif verb == "choose":
        known = (
            [making.inputs[one].options for one in making.of_kind("choice")] if "input" in features else []
        )
        options = dict.fromkeys(
            (*(pick(draw, known) if known else ()), *words.luck.sample(OUTCOMES, words.luck.randint(1, 4)))
        )
        rule[verb], own = (
            {option: pick(draw, AMOUNTS) for option in options},
            {path: Known("choice", options=tuple(options))},
        )
    elif verb == "formula":
        rule |= _formula(draw, path, item, making)
    else:
        rule, own = _cases(draw, verb, rule, points, path, words)
    shared = (
        [
            one
            for one in making.inputs
            if not one.endswith(".not_applicable") and _fits(own[path], making.inputs[one])
        ]
        if "input" in features and path in own
        else []
    )
    if shared:
        rule["input"] = pick(draw, shared)
    else:
        making.inputs |= own
    if "when" in features:
        rule["when"] = conditions(draw, making, item, path)
    return rule


def _cases(
    draw: st.DrawFn, verb: str, rule: Values, points: st.SearchStrategy[Fraction], path: str, words: Words
) -> tuple[Values, dict[str, Known]]:
    """Points for cases, in one of the four forms, and what the tally counts."""
    form = draw(forms)
    if form in ("per", "once"):
        rule[verb] = draw(points)
    elif form == "steps":
        rule[verb] = draw(st.lists(points, min_size=1, max_size=4))
    else:
        rule[verb] = {level: draw(points) for level in words.names(words.luck.randint(1, 4))}
        if take := draw(takes):
            rule["take"] = take
    if form != "once":
        rule["per"] = words.unit()
    if form == "levels":
        return rule, {join(path, level): Known("count") for level in rule[verb]}
    return rule, {path: Known("flag" if form == "once" else "count")}


def _measured(draw: st.DrawFn, verb: str, words: Words) -> Values:
    """Points by a measured number."""
    rule: Values = words.luck.choice(({}, {"unit": words.unit()}, {"places": words.luck.randint(0, 6)}))
    if verb == "distance":
        far = {
            draw(st.sampled_from(("below", "above"))): pick(draw, MEASURES[:-1]),
            "each": draw(totals),
            "points": pick(draw, AMOUNTS) * draw(signs),
        }
        whole = pick(draw, (None, "up", "down", "no"))
        return {**rule, verb: far if whole is None else {**far, "whole": whole}}
    marks = sorted(words.luck.sample(MEASURES, draw(st.integers(2, 4))))
    heights = [pick(draw, AMOUNTS) for _ in marks]
    if verb == "curve":
        return {**rule, verb: [[x, y] for x, y in zip(marks, heights, strict=True)]}
    bands = [{"from": x, "points": y} for x, y in zip(marks, heights, strict=True)][::-1]
    return {**rule, verb: bands, **({"else": pick(draw, AMOUNTS)} if draw(maybe) else {})}


def _formula(draw: st.DrawFn, path: str, item: str, making: Making) -> Values:
    """A formula and the inputs of its own."""
    own = {name: declared(draw, making.words) for name in making.words.names(draw(st.integers(0, 3)))}
    making.inputs |= {join(path, name): known for name, (_, known) in own.items()}
    rule: Values = {"formula": formulas(draw, making, item, path)}
    return rule | ({"inputs": {name: type_ for name, (type_, _) in own.items()}} if own else {})


RANGES: tuple[dict[str, Any], ...] = (
    {},
    {"places": 0, "min": 0, "max": 100},
    {"min": -5, "max": 5},
    {"places": 3, "min": Fraction("0.125"), "max": 2},
    {"places": 1, "min": -20, "max": -10},
    {"max": 7},
)


def declared(draw: st.DrawFn, words: Words) -> tuple[Any, Known]:
    """The type of a declared input, as it is written and as it is meant."""
    kind = pick(draw, ("flag", "count", "number", "choice"))
    if kind == "number":
        written = pick(draw, RANGES)
        known = Known(
            kind,
            Fraction(written.get("min", 0)),
            Fraction(written.get("max", COUNT_LIMIT)),
            written.get("places", 2),
        )
        return {kind: written}, known
    if kind == "choice":
        options = words.luck.sample(OUTCOMES, words.luck.randint(1, 4))
        return {kind: options}, Known(kind, options=tuple(options))
    return kind, Known(kind)


def _fits(own: Known, shared: Known) -> bool:
    """Whether a rule may read another input than its own: every value of that one must be a value for it."""
    if own.kind == "number" and shared.kind in ("number", "count"):
        return (
            own.low <= shared.low
            and shared.high <= own.high
            and shared.places <= own.places
            and own.step in (None, shared.step)
        )
    return own.kind == shared.kind and set(shared.options) <= set(own.options)


def signs_of(rule: Values) -> set[int]:
    """Whether a rule gives (1), takes (-1) or may do either."""
    if rule.keys() & {"deduct", "forfeit"}:
        return {-1}
    if rule.keys() & {"award", "judge", "convert"}:
        return {1}
    points = [0, 1, -1]
    if "input" in rule:
        return {1, -1}  # whatever of its points the other input reaches
    if "choose" in rule:
        points = list(rule["choose"].values())
    elif "curve" in rule:
        points = [y for _, y in rule["curve"]]
    elif "bands" in rule:
        points = [band["points"] for band in rule["bands"]] + [rule.get("else", 0)]
    elif "distance" in rule:
        points = [rule["distance"]["points"]]
    return {1 if one > 0 else -1 for one in points if one}

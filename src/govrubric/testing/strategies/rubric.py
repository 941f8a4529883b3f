"""Random rubrics by construction.

No rubric is filtered out: each is drawn to be valid by the specification, so one that loading refuses is a
bug.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import floor

from hypothesis import strategies as st

from govrubric.document.nodes import Plain
from govrubric.language.inputs import Declared
from govrubric.language.rubric_text import RubricText
from govrubric.rubric import Rubric
from govrubric.testing.strategies.authored import WORDS_OF_THE_LANGUAGE, Values, conditions, spelled
from govrubric.testing.strategies.items import (
    bounds_of,
    gates_of,
    group_of,
    parts_of,
    raised,
    rounding,
    values_of,
)
from govrubric.testing.strategies.making import (
    DEPTH,
    GRADES,
    VERBS,
    Making,
    features_of_roots,
    maybe,
    scales,
    seeds,
    shares_of,
    totals,
)
from govrubric.testing.strategies.rules import declared
from govrubric.testing.strategies.words import Words

# Values of a tally as a case writes them.
CELLS = (Plain("1"), Plain("-2.50"), Plain("true"), "1", "true", "否", [Plain("3"), "b"], {"a": Plain("1/3")})


def _facts(draw: st.DrawFn, taken: Sequence[str], making: Making) -> Values:
    """Inputs that belong to no rule."""
    reserved = (*taken, "unit", "name", "total", "exact_total", *WORDS_OF_THE_LANGUAGE)
    free = [name for name in making.words.names(8) if name not in reserved] or ["fact"]
    facts = {}
    for name in free[: draw(st.integers(1, 4))]:
        facts[name], type_ = declared(draw, making)
        making.inputs[name] = Declared(name, type_).as_input(name)
    return facts


def _with_a_repetition(names: Sequence[str], making: Making) -> Sequence[str]:
    """The names of grades, of which one may stand once more in front: so it has a start that no other has."""
    if len(names) < 2 or making.luck.randrange(3):
        return names
    return (making.luck.choice(names), *names)


def _grades(draw: st.DrawFn, names: Sequence[str], total: Fraction, making: Making) -> list[Values]:
    """Grades from a start, under a condition, or both; the last grade has neither."""
    grades: list[Values] = []
    names = _with_a_repetition(names, making)
    starts = sorted({floor(total * draw(shares_of) * 100) / Fraction(100) for _ in names[1:]}, reverse=True)
    for place, name in enumerate(names[:-1]):
        grade: Values = {"grade": name, **making.words.some("note")}
        if place < len(starts):
            grade["from"] = starts[place]
        if place >= len(starts) or name in names[:place] or name in names[place + 1 :] or draw(maybe):
            grade["when"] = conditions(draw, making, "", None, "total", "exact_total")
        grades.append(grade)
    return [*grades, {"grade": names[-1]}]


def rubrics(*, depth: int = DEPTH, verbs: Sequence[str] = VERBS) -> st.SearchStrategy[Rubric]:
    """Rubrics of the whole language, with names and texts that are hard to read for parsers and programs.

    Args:
        depth: the greatest number of levels of items; 1 is indicators alone.
        verbs: the verbs of the rules; a verb that is named twice is drawn twice as often.

    Raises:
        ValueError: if the depth is below 1, or a verb is unknown.
    """
    if depth < 1:
        raise ValueError(f"a rubric has one level of items at least, not {depth}")
    if not verbs or not set(verbs) <= set(VERBS):
        raise ValueError(
            f"verbs are some of {', '.join(dict.fromkeys(VERBS))}, not {', '.join(verbs) or 'none'}"
        )
    return values(depth, verbs).map(lambda drawn: Rubric(RubricText.model_validate(drawn)))


@st.composite
def values(draw: st.DrawFn, depth: int = DEPTH, verbs: Sequence[str] = VERBS) -> Values:
    """A rubric as plain values, for `RubricText.model_validate`."""
    total, words = draw(totals), Words(draw(seeds))
    luck, features = words.luck, draw(features_of_roots)
    making = Making(luck, words=words, depth=depth, verbs=verbs)
    rubric: Values = {
        "govrubric": 1,
        "id": luck.choice(("r", "district-2023", "no", "x-1_", "null")),
        "title": words.text(),
        "total": total,
    }
    if "out_of" in features:
        rubric["out_of"] = draw(scales)
    full = rubric.get("out_of", total)
    fewest = next(places for places in range(7) if (total * 10**places).denominator == 1)
    rubric["round"] = rounding(draw, draw(st.integers(fewest, 6)))
    unit = Fraction(1, 10 ** rubric["round"]["places"]) * full / total
    if language := luck.choice((None, "zh-CN", "en", "zh-Hant")):
        rubric["language"] = language
    gates = draw(st.integers(1, 2)) if "gates" in features else 0
    names = words.names(draw(st.integers(1, 4)) + gates)
    pieces = len(names) - gates
    if "facts" in features:
        rubric["facts"] = _facts(draw, names, making)
    if "grades" in features:
        making.grades = tuple(luck.sample(GRADES, luck.randint(1, 5)))
    group, weights = group_of(draw, full, names[:pieces], features, unit)
    extra = pieces > 1 and "extra" in features
    rubric |= group
    own = words.names(3) if "values" in features else []
    named = values_of(draw, "", own[:1], making)
    rubric["indicators"] = parts_of(draw, "", names[:pieces], weights, group, 1, making, extra=extra)
    usual = None if raised(rubric["indicators"], "", making) else full
    written, bounds = bounds_of(draw, full, usual, unit, written="bounds" in features)
    rubric |= written
    if named := named | values_of(draw, "", own[1:], making):
        rubric["values"] = named
    if gates:
        rubric["gates"] = gates_of(draw, names[pieces:], "", full, bounds, making)
    if making.grades:
        rubric["grades"] = _grades(draw, making.grades, total, making)
        rubric |= luck.choice(({}, {"grade_on": "exact"}, {"grade_on": "rounded"}))
    if luck.randrange(10) < 3:
        rubric |= words.some("note")
        rubric["valid"] = {"from": Plain("2023-01-01"), "to": Plain("2023-12-31")}
        rubric["source"] = {"issuer": words.text()}
        question, decision, option = words.text(), words.text(), words.text()
        rubric["ambiguities"] = [
            {"id": "a1", "at": names[0], "question": question, "decision": decision, "options": [option, "x"]}
        ]
        if len(question) % 2:
            options = {"as_is": decision, "otherwise": {"title": option, "set": {"round.mode": "down"}}}
            rubric["ambiguities"][0] |= {"decision": "as_is", "options": options}
            rubric["variants"] = {
                "v1": {"title": question},
                "v2": {"set": {"round.mode": "up"}, "note": option},
            }
        cell = luck.choice(CELLS)
        rubric["cases"] = [
            {"name": words.text(), "tally": {words.text()[:900]: cell}, "expect": {"total": Plain("1")}}
        ]
    drawn: Values = spelled(rubric, making)
    return drawn

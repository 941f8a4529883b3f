"""The text of all that can change a figure: which keys are in it, and which ways of writing are one."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest

from govrubric import Rubric, loads
from govrubric.language.fields import Influence, Model, influence
from govrubric.language.rubric_text import RubricText
from govrubric.plan.scoring_text import scoring_text

# Of every model within a rubric the keys that count. A new key has to be entered here or below.
COUNTS = {
    "RubricText": "govrubric total out_of floor ceiling combine drop round facts values indicators gates grades grade_on",
    "Item": (
        "id weight out_of extra not_applicable counts_when start take floor ceiling combine drop gates round values rules items"
    ),
    "Rounding": "places mode",
    "NotApplicable": "when then",
    "Drop": "lowest highest",
    "ValueText": "formula show",
    "Gate": "id when score at_most at_least grade grade_at_most",
    "Grade": "grade from when",
    "NumberOf": "number default",
    "Range": "places min max",
    "ChoiceOf": "choice default",
    "WordOf": "type",
    "Worth": "points",
    "PositiveWorth": "points",
    "Valid": "from to",
    "Origin": "issuer document",
    "Ambiguity": "id at question decision options",
    "VariantText": "set without",
    "OptionText": "set without",
    "Case": "name variant reading tally expect note",
    "Deduct": "id input when at_most take to from places step default deduct",
    "Award": "id input when at_most take to from places step default award",
    "Judge": "id input when at_most judge places step default",
    "Convert": "id input when at_most convert places default",
    "Choose": "id input when at_most choose default",
    "Bands": "id input when at_most places default bands else",
    "Band": "from above points",
    "DistanceRule": "id input when at_most places default distance",
    "Distance": "below above each points whole",
    "Curve": "id input when at_most places default curve",
    "Forfeit": "id input when at_most forfeit",
    "FormulaRule": "id input when at_most formula inputs",
}
# The keys that do not. `Valid`, `Origin`, `Ambiguity` and `Case` stand under keys of these, whatever is in them.
WORDS = {
    "RubricText": "id title language valid source note cases variants ambiguities",
    "Item": "title was assessed_by clause note",
    "Rounding": "note",
    "NotApplicable": "note",
    "Drop": "note",
    "ValueText": "title note",
    "Gate": "clause note title",
    "Grade": "note",
    "NumberOf": "note title",
    "Range": "note",
    "ChoiceOf": "note title",
    "WordOf": "note title",
    "Worth": "note title",
    "PositiveWorth": "note title",
    "Valid": "note",
    "Origin": "note",
    "Ambiguity": "clause note",
    "VariantText": "title note",
    "OptionText": "title note",
    "Case": "",
    "Deduct": "was clause note title",
    "Award": "was clause note title",
    "Judge": "was clause note title",
    "Convert": "was clause note title",
    "Choose": "was clause note title",
    "Bands": "was clause note title",
    "Band": "note title to below",
    "DistanceRule": "was clause note title",
    "Distance": "note",
    "Curve": "was clause note title",
    "Forfeit": "was clause note title",
    "FormulaRule": "was clause note title",
}
UNITS = {"Convert": "unit", "Bands": "unit", "DistanceRule": "unit", "Curve": "unit"}
COUNTED = {"Deduct": "per", "Award": "per"}

TEXT = """
govrubric: 1
id: small
title: A small one
total: 10
round: {places: 1, mode: half_up}
facts: {deaths: count, kind: {choice: [A, B]}, size: {number: {max: 5}}}
indicators:
  - id: a
    title: A
    weight: 6
    rules:
      - {id: late, deduct: {high: 2, low: 0.5}, per: case, when: kind == 'A'}
      - {id: rate, bands: [{from: 90, points: 1}], unit: "%"}
      - {id: more, formula: "min(n * 0.2, 3)", inputs: {n: count}}
    start: full
  - id: b
    title: B
    weight: 4
    combine: mean
    items:
      - {id: c, title: C, weight: 4, rules: [{id: told, deduct: 1}], not_applicable: rescale}
      - {id: d, title: D, weight: 4, rules: [{id: judged, judge: 4}]}
gates:
  - {id: veto, when: deaths > 0 and lost(a) >= 1, score: 0}
grades: [{grade: good, from: 8}, {grade: bad}]
"""


def said(text: str) -> str:
    return scoring_text(loads(text)._plan)


def changed(old: str, new: str) -> Rubric:
    assert TEXT.count(old) == 1, old
    return loads(TEXT.replace(old, new))


def models(annotation: Any) -> Iterator[type[Model]]:
    """The models in an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for inner in get_args(annotation):
        yield from models(inner)


def every_model() -> dict[str, type[Model]]:
    """The models of a rubric by their names."""
    found: dict[str, type[Model]] = {}
    left: list[type[Model]] = [RubricText]
    while left:
        model = left.pop()
        found[model.__name__] = model
        for field in model.model_fields.values():
            left += [inner for inner in models(field.annotation) if inner.__name__ not in found]
    return found


def marked(mark: Influence | None) -> dict[str, str]:
    """The keys of each model that have a mark, or have none."""
    return {
        name: " ".join(
            sorted(
                field.alias or key for key, field in model.model_fields.items() if influence(field) is mark
            )
        )
        for name, model in every_model().items()
    }


@pytest.mark.parametrize(
    ("mark", "table"),
    [(None, COUNTS), (Influence.WORDS, WORDS), (Influence.UNIT, UNITS), (Influence.COUNTED, COUNTED)],
    ids=["counts", "words", "units", "counted"],
)
def test_of_every_key_it_is_decided_whether_it_counts(mark: Influence | None, table: dict[str, str]) -> None:
    """A key that is in no table, or in another, has to be decided on."""
    expected = {name: " ".join(sorted(keys.split())) for name, keys in table.items()}
    assert marked(mark) == {name: expected.get(name, "") for name in marked(mark)}
    assert set(table) <= set(every_model())


def test_the_text_is_the_same_for_ever() -> None:
    """A digest is kept beside cards for years, so that this text, and its form 1, never changes."""
    text = """
govrubric: 1
id: r
title: T
total: 10
round: {places: 1, mode: half_up}
indicators:
  - id: a
    title: A
    weight: 10
    rules: [{id: late, deduct: 0.5, per: case, when: "not (late > 1.0) or late>2"}]
    """
    assert said(text) == (
        '{"ceiling":"10","floor":"0","form":1,"govrubric":1,"indicators":[{"ceiling":"10","floor":"0","id":"a",'
        '"out_of":"10","rules":[{"deduct":"0.5","id":"late","per":true,"when":["Or",["UnaryOp",["Not"],["Compare",'
        '"a.late",["Gt"],"1"]],["Compare","a.late",["Gt"],"2"]]}],"start":"10","weight":"10"}],"out_of":"10",'
        '"round":{"mode":"half_up","places":1},"total":"10"}'
    )
    assert loads(text).scoring_digest == (
        "sha256:1689d59301a2bb10e05cc5781d74adfd6e40f50c51dd1bfbe384afe311048e7e"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: small", "id: other-2024"),
        ("title: A small one", "title: Another\nlanguage: zh-CN\nvalid: {from: 2024-01-01}\nsource: {issuer: X}\nnote: N"),
        ("id: a\n", "id: a\n    was: b.old\n    note: N\n    clause: C\n    assessed_by: P\n"),
        ("title: A\n", "title: Other words\n"),
        ("{id: late,", "{id: late, title: Late,"),
        ("high: 2", "high: {points: 2, title: High, note: N}"),
        ("points: 1}", "points: 1, title: Well done}"),
        ("deaths: count", "deaths: {type: count, title: Deaths}"),
        ("{choice: [A, B]}", "{choice: [A, B], title: Kind}"),
        ("{number: {max: 5}}", "{number: {max: 5}, title: Size}"),
        ("{n: count}", "{n: {type: count, note: N}}"),
        ("id: veto,", "id: veto, title: Veto,"),
        ("per: case", "per: 例"),
        ('unit: "%"', "unit: days, was: x.y, clause: C"),
        ("mode: half_up", "mode: half_up, note: N"),
        ("max: 5", "max: 5, note: N"),
        ("points: 1", "points: 1, note: N"),
        ("{grade: bad}", "{grade: bad, note: N}"),
        ("score: 0", "score: 0, clause: C, note: N"),
        ("grades:", "ambiguities: [{id: x, at: a, question: Q, decision: D}]\ngrades:"),
        ("grades:", "cases: [{name: x, tally: {d.judged: 1}, expect: {total: 1}}]\ngrades:"),
        ("grades:", "# allow GR408: said in another place\ngrades:"),
    ],
)  # fmt: skip
def test_words_change_the_digest_alone(old: str, new: str) -> None:
    before, after = loads(TEXT), changed(old, new)
    assert after.scoring_digest == before.scoring_digest
    assert new.startswith("#") or after.digest != before.digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("total: 10", "total: 10\nout_of: 10\nfloor: 0\nceiling: 10\ncombine: sum\ngrade_on: rounded"),
        ("start: full", "start: 6"),
        ("start: full", "start: full\n    floor: 0\n    ceiling: 6\n    out_of: 6\n    extra: false"),
        ("max: 5", "max: 5.0, min: 0, places: 2"),
        ("per: case", "per: case, take: all"),
        ("high: 2", "high: {points: 2}"),
        ("deaths: count", "deaths: {type: count}"),
        ('unit: "%"', 'unit: "%", places: 2, else: 0'),
        ("judge: 4", "judge: 4, places: 2"),
        ("title: C,", "title: C, start: full, floor: 0.0, ceiling: 4, out_of: 4, extra: false,"),
        ("title: D,", "title: D, start: zero,"),
        ("title: D,", "title: D, start: 0,"),
        ("kind == 'A'", '(kind) == "A"'),
        ("deaths > 0 and lost(a) >= 1", "(deaths>0.0) and (lost( a ) >= 1)"),
        ("min(n * 0.2, 3)", "min( a.more.n*(0.20), +3.0 )"),
    ],
)  # fmt: skip
def test_another_way_to_write_the_same_does_not_change_it(old: str, new: str) -> None:
    assert changed(old, new).scoring_digest == loads(TEXT).scoring_digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("total: 10", "total: 10\nout_of: 10\nfloor: -1"),
        ("total: 10", "total: 10\nceiling: none"),
        ("places: 1", "places: 2"),
        ("half_up", "half_even"),
        ("id: c,", "id: e, was: b.c,"),
        ("facts: {deaths: count, kind", "facts: {deaths: count, extra: flag, kind"),
        ("[A, B]", "[A, B, C]"),
        ("[A, B]", "[B, A]"),  # where it may be left out, the first is taken
        ("max: 5", "max: 6"),
        ("max: 5", "max: 5, places: 1"),
        ("{high: 2, low: 0.5}", "{low: 0.5, high: 2}"),  # rows of the card, in this order
        ("high: 2", "high: 2.5"),
        ("high: 2", "top: 2"),
        ("per: case", "per: case, take: highest"),
        ("per: case", "per: case, at_most: 3"),
        ("kind == 'A'", "kind != 'A'"),
        ("kind == 'A'", "not kind == 'A'"),
        ("from: 90", "from: 91"),
        ("points: 1", "points: 2"),
        ('unit: "%"', 'unit: "%", places: 1'),
        ('unit: "%"', 'unit: "%", else: -1'),
        ("n * 0.2, 3", "n * 0.2, 2"),
        ("{n: count}", "{n: {number: {places: 0}}}"),
        ("start: full", "start: 5"),
        ("not_applicable: rescale}", "extra: false}"),
        ("combine: mean", "combine: min"),
        ("combine: mean", "combine: mean\n    round: {places: 0, mode: down}"),
        ("not_applicable: rescale", "not_applicable: spread"),
        ("not_applicable: rescale", "counts_when: deaths < 5"),
        ("deduct: 1}", "award: 1}"),
        ("deduct: 1}", "deduct: 1, per: case}"),
        ("judge: 4", "judge: 3"),
        ("judge: 4", "judge: 4, step: 0.5"),
        ("lost(a)", "lost(b)"),
        ("score: 0}", "at_most: 0}"),
        ("id: veto", "id: stop"),
        ("grade: good", "grade: fine"),
        ("from: 8", "from: 7"),
        ("from: 8", "when: total >= 8"),
        ("from: 8}", "from: 8}, {grade: middle, from: 5}"),
        ("gates:", "grade_on: exact\ngates:"),
    ],
)  # fmt: skip
def test_what_changes_a_figure_changes_the_digest_of_scoring(old: str, new: str) -> None:
    before, after = loads(TEXT), changed(old, new)
    assert after.scoring_digest != before.scoring_digest


def test_a_count_and_a_flag_are_not_the_same() -> None:
    """The unit of a count has no influence, but whether there is one decides what a tally gives."""
    flag, count, other = (
        loads(TEXT.replace("deduct: 1}", f"deduct: 1{per}}}")) for per in ("", ", per: case", ", per: 例")
    )
    assert count.scoring_digest == other.scoring_digest != flag.scoring_digest


def test_a_name_means_what_it_means_where_it_stands() -> None:
    """`late` is the rule's own input before it is a fact's, and `total` is the total in a grade alone."""
    text = TEXT.replace("facts: {", "facts: {n: count, ")
    near, far = (loads(text.replace("n * 0.2", f"{name} * 0.2")).scoring_digest for name in ("n", "a.more.n"))
    assert near == far != loads(TEXT).scoring_digest

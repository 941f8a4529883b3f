"""A program that uses all that is public, as strict type checkers see it: mypy, and basedpyright in `.ci/run`.

It is only read by them, and never run. A comment that silences an error is there where an error must be: both
checkers complain of one that silences nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from pathlib import Path
from typing import Literal, SupportsIndex

import govrubric
from govrubric import (
    CardError,
    CaseFile,
    CaseReport,
    CaseResult,
    Change,
    Combining,
    Coverage,
    CoveragePoint,
    Diagnostic,
    Diff,
    DroppedInput,
    Effect,
    Exact,
    Expectation,
    Farthest,
    Gate,
    Given,
    GovrubricError,
    Grade,
    Indicator,
    Input,
    Item,
    LawResult,
    Marginal,
    Moves,
    Period,
    Place,
    Proof,
    RefusedUnit,
    Related,
    Remark,
    Replay,
    Rubric,
    RubricError,
    Rule,
    RuleScore,
    ScoreBounds,
    ScoreCard,
    Tally,
    TallyError,
    TallyModel,
    TallyValue,
    Unit,
    UnitDiff,
    Variation,
    WhatIf,
)
from govrubric.testing import check_all_laws, tallies


def loading() -> Rubric:
    for finding in govrubric.check(Path("rubric.yaml")):
        line: str = finding.line("zh-CN")
        data: Mapping[str, object] = finding.to_dict()
        print(line, data, finding.code, finding.severity)
    try:
        return govrubric.load("rubric.yaml")
    except RubricError as error:
        first: Diagnostic = error.diagnostics[0]
        print(first.message())
    names: tuple[str, ...] = govrubric.shipped_names()
    return govrubric.loads("govrubric: 1") if not names else govrubric.shipped(names[0])


def walking(rubric: Rubric) -> None:
    whole: Item = rubric.items[""]
    maximum: Exact = rubric.maximum
    language: str = rubric.language
    warnings: tuple[Diagnostic, ...] = rubric.warnings
    print(whole == rubric.item(""), maximum + (whole.weight or 0), language, warnings)
    for path in whole.parts:
        _item(rubric.items[path])
    for name, given in rubric.inputs.items():
        _input(name, given)
    rules: Mapping[str, Rule] = rubric.rules
    facts: Mapping[str, Input] = rubric.facts
    gates: Mapping[str, Gate] = rubric.gates
    grades: tuple[Grade, ...] = rubric.grades
    valid: Period | None = rubric.valid
    first: date | None = valid.first if valid else None
    last: date | None = valid.last if valid else None
    print(rules.keys(), facts.keys(), gates.keys(), grades, first, last)


def _item(item: Item) -> None:
    texts: tuple[str | None, ...] = (item.path, item.title, item.clause, item.assessed_by, item.note)
    marks: tuple[Exact | None, ...] = (item.weight, item.full, item.start, item.floor, item.ceiling)
    kept: Literal["sum", "mean", "min", "max"] = item.combine
    policy: Literal["rescale", "full", "zero", "spread"] | None = item.not_applicable
    numbers: tuple[int | None, ...] = (item.drop_lowest, item.drop_highest, item.places)
    print(texts, marks, kept, policy, numbers, item.extra, item.rounding, item.counts_when, item.parts)
    for rule in item.rules:
        cap: Exact | None = rule.at_most
        names: tuple[str, ...] = rule.inputs
        print(rule.path, rule.item, rule.verb, rule.sentence, rule.clause, rule.when, rule.unit, rule.note)
        print(cap, names)
    for gate in item.gates:
        points: tuple[Exact | None, ...] = (gate.score, gate.at_least, gate.at_most)
        print(gate.path, gate.item, gate.when, gate.sentence, gate.clause, gate.voids, gate.note, points)
        print(gate.grade, gate.grade_at_most)


def _input(name: str, given: Input) -> None:
    kind: Literal["count", "flag", "number", "choice"] = given.kind
    if given.minimum is not None and given.maximum is not None and given.step is not None:
        steps: Exact = (given.maximum - given.minimum) / given.step
        print(steps, given.places)
    default: int | bool | str | Exact | None = given.default
    required: bool = given.required
    print(name, kind, given.name, given.title, given.clause, given.item, given.rule, given.unit, default)
    print(required, given.options, given.excused_by)


def grading(grade: Grade) -> None:
    total: Literal["rounded", "exact"] = grade.total
    least: Exact | None = grade.minimum
    print(grade.name, total, least, grade.when, grade.note)


def misspelt_within(given: Input) -> None:
    print(given.titel)  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]


def scoring(rubric: Rubric) -> ScoreCard:
    total: Decimal | None = rubric.total({"a.r": 1})
    print(total, rubric.digest, rubric.scoring_digest, rubric.to_text())
    try:
        return rubric.score({"a.r": {"value": 1, "evidence": ["page 3"]}}, unit="u1", name="One", strict=True)
    except TallyError as error:
        print([finding.where for finding in error.diagnostics])
        raise


class Level(IntEnum):
    HIGH = 3


def tallies_of_every_kind(rubric: Rubric, whole: SupportsIndex, counts: dict[str, int]) -> None:
    tally: Tally = {
        "unit": "d01",
        "name": None,
        "a.count": 3,
        "a.whole": Decimal(3),
        "a.index": whole,
        "a.level": Level.HIGH,
        "a.flag": True,
        "a.judged": Decimal("2.5"),
        "a.shared": Fraction(1, 2),
        "a.text": "2.5",
        "b": {"r": 1, "deeper": {"s": {"value": 1, "evidence": ["page 3"], "note": "seen"}}},
    }
    value: TallyValue = {"value": 1, "evidence": ("page 3",), "note": None}
    rubric.score({"a.r": value, "b": {"r": value}})
    rubric.score(counts)
    rubric.score(tally, strict=True)
    rubric.total({**tally, "a.r": 1})
    rubric.score({"a.r": 1.5})  # type: ignore[dict-item] # pyright: ignore[reportArgumentType]
    rubric.total({"a": {"r": 1.5}})  # type: ignore[dict-item] # pyright: ignore[reportArgumentType]
    rubric.score({"a.r": {"value": 1.5}})  # type: ignore[dict-item] # pyright: ignore[reportArgumentType]
    refused: TallyValue = 1.5  # type: ignore[assignment] # pyright: ignore[reportAssignmentType]
    print(refused)


def units_of_a_file(rubric: Rubric) -> list[ScoreCard]:
    units: tuple[Unit, ...] = rubric.read(Path("units.csv"))
    for unit in units:
        code: str | None = unit.unit
        tally: Tally = unit.tally
        print(code, unit.name, tally.get("a.r"))
    cards = rubric.score_all([{"a.r": 1}, *units], strict=False)
    rubric.score_all([{"a.r": 1.5}])  # type: ignore[dict-item] # pyright: ignore[reportArgumentType]
    return rubric.score_all(units) + cards


def shapes_of_a_tally(rubric: Rubric) -> ScoreCard:
    schema: dict[str, object] = rubric.tally_schema()
    model: type[TallyModel] = rubric.tally_model()
    print(schema["title"], model.model_json_schema())
    return rubric.score(model.model_validate({"a.r": 1}).tally())


def rubrics_of_data() -> list[Diagnostic]:
    govrubric.loads({"govrubric": 1, "total": Decimal(10), "indicators": [{"id": "a"}]})
    found = govrubric.check(text="govrubric: 1", name="mine.yaml")
    govrubric.check("rubric.yaml", text="govrubric: 1")  # type: ignore[call-overload] # pyright: ignore[reportCallIssue]
    return found + govrubric.check("rubric.yaml")


def reading(card: ScoreCard, rubric: Rubric) -> None:
    rule: RuleScore = card.rules["a.r"]
    points: Decimal | Fraction = rule.applied
    score: Decimal | Fraction | None = card.items["a"].score
    print(points, score, card.grade, card.explain("zh"), card.to_json())
    again = ScoreCard.from_json(card.to_json())
    findings: tuple[Diagnostic, ...] = again.verify(rubric)
    moves: tuple[Marginal, ...] = card.marginal(rubric)
    if findings:
        raise CardError(findings)
    print(moves)


def of_cards(cards: Iterable[ScoreCard], rubric: Rubric) -> Iterator[ScoreCard]:
    for card, findings in zip(cards, govrubric.verify_many(cards, rubric), strict=True):
        found: tuple[Diagnostic, ...] = findings
        names: tuple[str, ...] = (card.rubric_id, card.rubric_digest, card.scoring_digest, card.digest)
        print(found, names, card.engine_version, card.to_json(indent=None), card == card, {card})
        for path, gate in card.gates.items():
            effect: Exact = gate.effect
            print(path, effect, gate.held, gate.voids, gate.sentence, gate.clause, gate.when)
        given: Given = card.inputs["a.r"]
        print(given.value, given.evidence, given.note, given.assumed, given.kind, given.unit)
        combining: Combining | None = card.items[""].combining
        print(combining.how if combining else None)
        rule: RuleScore = card.rules["a.r"]
        whole: bool = rule.applied + rule.absorbed == rule.raw
        shown: str = f"{rule.raw:.2f}"
        print(whole, shown, rule.raw < Decimal(2), abs(-rule.raw) / 3)
    yield from govrubric.read_cards(Path("cards.json"))


def proving(rubric: Rubric) -> None:
    check_all_laws(rubric)
    print(tallies(rubric))


def exact(card: ScoreCard) -> None:
    rule: RuleScore = card.rules["a.r"]
    raw: Exact = rule.applied + rule.absorbed
    more: Exact = rule.applied + Decimal("0.5") - Fraction(1, 3) * 2
    same: bool = rule.applied + rule.absorbed == rule.raw
    print(raw, more, same, f"{rule.raw:.2f}", rule.raw < Decimal(1), rule.raw >= 0)


def comparing(older: Rubric, newer: Rubric) -> Diff:
    found: Diff = govrubric.diff(older, newer)
    for change in found.changes:
        one: Change = change
        print(one.kind, one.what, one.old, one.new, one.scoring, one.key)
    remarks: tuple[Remark, ...] = found.remarks
    print([(remark.kind, remark.path, remark.was) for remark in remarks])
    replay: Replay | None = govrubric.diff(older, newer, [{"unit": "u1", "a.r": 1}]).replay
    assert replay is not None
    units: tuple[UnitDiff, ...] = replay.units
    for unit in units:
        before: Decimal | None = unit.before
        difference: Exact | None = unit.difference
        effects: tuple[Effect, ...] = unit.effects
        print(unit.unit, before, unit.after, difference, [(effect.what, effect.amount) for effect in effects])
    refused: tuple[RefusedUnit, ...] = replay.refused
    dropped: tuple[DroppedInput, ...] = replay.dropped
    print([(unit.unit, unit.diagnostics) for unit in refused], [(one.input, one.units) for one in dropped])
    print(found.to_text("zh"), found.to_markdown(), found.to_dict(), replay.added)
    return found


def varying(rubric: Rubric) -> WhatIf:
    found: WhatIf = govrubric.whatif(rubric, [{"unit": "u1", "a.r": 1}], share=Decimal("0.1"))
    indicators: tuple[Indicator, ...] = found.indicators
    rules: tuple[Variation, ...] = found.rules
    moves: Moves = rules[0].less
    mean: Exact | None = moves.mean
    farthest: Farthest | None = moves.farthest
    print(indicators[0].spread, mean, farthest and farthest.unit, found.counts, found.units, found.share)
    print(found.to_text(), found.to_dict())
    return found


def testing(rubric: Rubric) -> CaseReport:
    report: CaseReport = govrubric.test("rubric.yaml", Path("more"), rubric)
    files: tuple[CaseFile, ...] = report.files
    for file in files:
        for case in file.cases:
            one: CaseResult = case
            for expectation in one.expectations:
                compared: Expectation = expectation
                expected: Exact | str | None = compared.expected
                print(compared.name, expected, compared.got, compared.passed)
            place: Place | None = one.place
            print(one.name, one.passed, one.diagnostics, place and place.line)
        print(file.path, file.passed, file.refused, file.rubric, file.diagnostics)
    coverage: tuple[Coverage, ...] = report.coverage
    points: tuple[CoveragePoint, ...] = coverage[0].untouched
    print(coverage[0].percent, coverage[0].touched, coverage[0].points, [point.kind for point in points])
    print(report.passed, report.to_text("en"), report.to_dict())
    return report


def certifying(rubric: Rubric) -> Proof:
    proof: Proof = govrubric.prove(rubric, examples=50, seed=1)
    bounds: tuple[ScoreBounds, ...] = proof.bounds
    low: Exact = bounds[0].low
    laws: tuple[LawResult, ...] = proof.laws
    counterexample: Mapping[str, object] | None = laws[0].counterexample
    print(proof.passed, low, bounds[0].ceiling, laws[0].passed, laws[0].title("zh"), laws[0].message())
    print(counterexample, proof.to_text(), proof.to_dict())
    return proof


def failing(error: GovrubricError) -> None:
    related: tuple[Related, ...] = error.diagnostics[0].related
    print(error.render("zh"), [one.label("en") for one in related], [one.place.column for one in related])


def misspelt() -> None:
    govrubric.laod("rubric.yaml")  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    govrubric.whatiff(1)  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]

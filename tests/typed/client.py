"""A program that uses all that is public, as strict type checkers see it: mypy, and basedpyright in `.ci/run`.

It is only read by them, and never run. A comment that silences an error is there where an error must be: both
checkers complain of one that silences nothing.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from pathlib import Path
from typing import SupportsIndex

import govrubric
from govrubric import (
    CardError,
    Diagnostic,
    Marginal,
    Rubric,
    RubricError,
    RuleScore,
    ScoreCard,
    Tally,
    TallyError,
    TallyModel,
    TallyValue,
    Unit,
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


def scoring(rubric: Rubric) -> ScoreCard:
    total: Decimal | None = rubric.total({"a.r": 1})
    print(total, rubric.digest, rubric.to_text())
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


def proving(rubric: Rubric) -> None:
    check_all_laws(rubric)
    print(tallies(rubric))


def misspelt() -> None:
    govrubric.laod("rubric.yaml")  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]

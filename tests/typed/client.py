"""A program that uses all that is public, as strict type checkers see it: mypy, and basedpyright in `.ci/run`.

It is only read by them, and never run. A comment that silences an error is there where an error must be: both
checkers complain of one that silences nothing.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import govrubric
from govrubric import CardError, Diagnostic, Marginal, Rubric, RubricError, RuleScore, ScoreCard, TallyError
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
    print(total, rubric.digest, rubric.scoring_digest, rubric.to_text())
    try:
        return rubric.score({"a.r": {"value": 1, "evidence": ["page 3"]}}, unit="u1", name="One", strict=True)
    except TallyError as error:
        print([finding.where for finding in error.diagnostics])
        raise


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

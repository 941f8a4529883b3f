"""A verb costs one file: a throw-away one, dropped into a copy of the package, is read, checked, scored and shown."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "govrubric"

BONUS = '''
"""`bonus`: points for every case after the first."""

from collections.abc import Mapping
from fractions import Fraction
from typing import ClassVar

from pydantic import Field

from govrubric.formula.build import add, const, greatest, scale, tally_count
from govrubric.diagnostics.diagnostic import Lang
from govrubric.language.fields import Positive, Text
from govrubric.formula.nodes import Formula, Input
from govrubric.numbers import written
from govrubric.language.rules._rule import Amount, Counting, Rule, Value, shown


class Bonus(Rule):
    verb: ClassVar[str] = "bonus"
    chinese: ClassVar[Mapping[str, str]] = {"bonus": "第二次起每次加多少分", "per": "计数的单位"}

    bonus: Positive = Field(description="points for each case after the first", examples=["1.5"])
    per: Text = Field(description="the unit that is counted", examples=["visit"])

    def inputs(self, path: str) -> tuple[Input, ...]:
        return (tally_count(path, self.per),)

    def amounts(self) -> tuple[Amount, ...]:
        return (Amount(self.bonus),)

    @property
    def counting(self) -> Counting:
        return Counting(self.per, single=True)

    def effect(self, inputs: tuple[Formula, ...], full: Fraction) -> Formula:
        return scale(greatest(add(inputs[0], const(-1)), const(0)), self.bonus)

    def sentence(self, lang: Lang) -> str:
        return f"{written(self.bonus)} for each {self.per} after the first"

    def working(self, given: tuple[Value, ...], full: Fraction, raw: Fraction, lang: Lang, places: int) -> str:
        return f"({shown(given[0])} - 1) x {written(self.bonus)} = {written(raw)}"
'''

RUBRIC = """\
govrubric: 1
id: t
title: T
total: 10
round: {places: 1, mode: half_up}
indicators:
  - id: a
    title: A
    weight: 10
    rules:
      - {id: more, bonus: 1.5, per: visit, at_most: 7}
      - {id: rest, award: 3}
cases:
  - {name: three, tally: {a.more: 3}, expect: {total: 3, a.more: 3}}
"""

PROGRAM = """
import sys
import govrubric
from govrubric.reports.outline import outline

assert govrubric.__file__ == sys.argv[1], govrubric.__file__
assert govrubric.check("rubric.yaml") == []
rubric = govrubric.load("rubric.yaml")
assert govrubric.loads(rubric.to_text()) == rubric
card = rubric.score({"a.more": 3})
assert govrubric.ScoreCard.from_json(card.to_json()).verify(rubric) == ()
print(card.total, rubric.total({"a.more": 9}), rubric.total({}))
print(card.rules["a.more"].sentence)
print(next(line.strip() for line in outline(rubric, "en").splitlines() if "more" in line))
for wrong in ("bonus: 0", "award: 1, bonus: 1", "bonos: 1", "bonus: 1, step: 2"):
    text = open("rubric.yaml").read().replace("bonus: 1.5", wrong)
    try:
        govrubric.loads(text)
    except govrubric.RubricError as error:
        print(error.diagnostics[0].line())
"""


# Every part of govrubric that asks something of a verb, with the answers that the verb's one file gives.
READINGS = """
import json
import random
from click.testing import CliRunner
import govrubric
from govrubric.cases.coverage import points
from govrubric.cli import main
from govrubric.testing import check_all_laws, rubrics
from govrubric.testing.strategies.making import VERBS
from hypothesis import HealthCheck, given, settings

rubric = govrubric.load("rubric.yaml")
check_all_laws(rubric, examples=20)
print("bonus" in VERBS)
drawn = []

@settings(max_examples=10, database=None, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(rubrics(depth=1, verbs=["bonus"]))
def law(made):
    drawn.append(made)
    check_all_laws(made, examples=3)

law()
print(len(drawn) >= 10, {rule.rule.verb for made in drawn for item in made._plan.items for rule in item.rules})
print([(one.kind, one.name) for one in points(rubric) if one.path == "a.more"])
text = open("rubric.yaml").read()
open("clause.yaml", "w").write(text.replace("bonus: 1.5", "clause: 第二次起，每次加2分, bonus: 1.5").replace("per: visit", "per: 次"))
print([one.code for one in govrubric.check("clause.yaml")])
open("newer.yaml", "w").write(text.replace("bonus: 1.5", "bonus: 2"))
open("tally.yaml", "w").write("a.more: 3\\n")
for words in (["diff", "rubric.yaml", "newer.yaml"], ["diff", "rubric.yaml", "newer.yaml", "--tally", "tally.yaml"], ["fmt", "--check", "rubric.yaml"], ["test", "rubric.yaml"]):
    done = CliRunner().invoke(main, words)
    print(words[0], done.exit_code, "more" in done.output, "Traceback" in done.output)
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package in a folder of its own."""
    copy = tmp_path / "govrubric"
    shutil.copytree(SRC, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "rubric.yaml").write_text(RUBRIC, "utf-8")
    return copy


def run(package: Path, program: str = PROGRAM) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(package.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", program, str(package / "__init__.py")]
    return subprocess.run(
        command, cwd=package.parent, env=environment, capture_output=True, text=True, check=False
    )


def test_without_its_file_the_verb_is_not_known(package: Path) -> None:
    done = run(package)
    assert done.returncode != 0
    assert "AssertionError" in done.stderr


def test_a_verb_is_one_file(package: Path) -> None:
    before = {path: path.read_bytes() for path in package.rglob("*.py")}
    (package / "language" / "rules" / "bonus.py").write_text(BONUS, "utf-8")
    done = run(package)
    assert done.stderr == ""
    # (3 - 1) × 1.5 = 3; (9 - 1) × 1.5 = 12, but no more than 7.
    assert done.stdout.splitlines() == [
        "3 7 0",
        "(3 - 1) x 1.5 = 3",
        "- more: 1.5 for each visit after the first, at most 7",
        "<text>:11:27: error GR214: the number must be above zero, and this is 0",
        "<text>:11:30: error GR216: the rule has more than one verb: award, bonus",
        "<text>:11:9: error GR215: the rule has no verb",
        "<text>:11:30: error GR201: the key `step` is not known here",
    ]
    assert {path: path.read_bytes() for path in package.rglob("*.py") if path in before} == before


def test_what_others_ask_of_a_verb_is_in_its_file_too(package: Path) -> None:
    (package / "language" / "rules" / "bonus.py").write_text(BONUS, "utf-8")
    done = run(package, READINGS)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "True",
        "True {'bonus'}",
        "[('acts', ''), ('zero', ''), ('capped', '7')]",
        "['GR420', 'GR427']",
        "diff 1 True False",
        "diff 1 True False",
        "fmt 0 False False",
        "test 0 True False",
    ]

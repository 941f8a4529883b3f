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

from fractions import Fraction
from typing import ClassVar

from govrubric.formula.build import add, const, greatest, scale, tally_count
from govrubric.diagnostics.diagnostic import Lang
from govrubric.language.fields import Positive, Text
from govrubric.formula.nodes import Formula, Input
from govrubric.numbers import written
from govrubric.language.rules._rule import Rule, Value, shown


class Bonus(Rule):
    verb: ClassVar[str] = "bonus"

    bonus: Positive
    per: Text

    def inputs(self, path: str) -> tuple[Input, ...]:
        return (tally_count(path, self.per),)

    def effect(self, inputs: tuple[Formula, ...], full: Fraction) -> Formula:
        return scale(greatest(add(inputs[0], const(-1)), const(0)), self.bonus)

    def sentence(self, lang: Lang) -> str:
        return f"{written(self.bonus)} for each {self.per} after the first"

    def working(self, given: tuple[Value, ...], full: Fraction, result: str, lang: Lang) -> str:
        return f"({shown(given[0])} - 1) x {written(self.bonus)} = {result}"
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


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package in a folder of its own."""
    copy = tmp_path / "govrubric"
    shutil.copytree(SRC, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "rubric.yaml").write_text(RUBRIC, "utf-8")
    return copy


def run(package: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(package.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", PROGRAM, str(package / "__init__.py")]
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

"""`govrubric prove`: a certificate that all holds; for a planted fault, the law and the smallest tally."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from govrubric import Rubric, cli, loads
from govrubric.formula import build as algebra
from govrubric.plan import planner as plan
from govrubric.plan import rules as effects
from govrubric.testing.breach import Breach
from govrubric.testing.certificate import broken
from samples import RICH, SMALL, small

FORM = """\
govrubric: 1
id: desk-2023
title: The desk
total: 10
round: {places: 1, mode: half_up}
indicators:
  - id: desk
    title: Desk
    weight: 6
    rules: [{id: late, deduct: 0.5, per: day, clause: Each late day costs 0.5.}, {id: lost, deduct: 1}]
  - id: events
    title: Events
    weight: 4
    floor: none
    ceiling: none
    rules: [{id: held, award: 0.3, per: event}]
"""
ZH = FORM.replace("id: desk-2023", "id: desk-2023\nlanguage: zh-CN")

HOLDS = """\
The desk
desk-2023 · {digest}

What each score can come to, proved for every tally by interval arithmetic:
  item    weight  least      most  floor  ceiling  title
  total       10      0        10      0       10
  desk         6      0         6      0        6  Desk
  events       4      0  no limit   none     none  Events
no limit: an item without a bound is held by its counts alone, which go up to 1000000000.
Every score stays within its floor and its ceiling.

The laws of the language, each tried on random tallies (seed 0):
  holds, 30 tallies  a valid tally is always scored
  holds, 30 tallies  no score is above its ceiling, none counts for more than its weight
  holds, 30 tallies  no score is below its floor
  holds, 30 tallies  one violation more betters no score
  holds, 30 tallies  base + applied + gates + rounding = score, at every item
  holds, 30 tallies  the order of a tally's keys changes nothing
  holds, 30 tallies  every reading comes to the same

All of this holds.

"""
FAULT = """\
  BROKEN             no score is below its floor
    desk: the score -0.5 is below 0
    the smallest tally that breaks it, to be pasted under `cases` \
(expected is what it came to; write what is right):
      - name: "no score is below its floor"
        tally:
         desk.late: 13
        expect:
         total: -0.5
    how it comes about:
      desk Desk  -0.5 / 6  (lost 6.5)
        start 6
        -6.5  late: 13 day × 0.5 = 6.5, now -0.5
            “Each late day costs 0.5.”
        0  lost: no
  holds, 30 tallies  one violation more betters no score
  BROKEN             base + applied + gates + rounding = score, at every item
    total: the base is -0.5, and must be 0
    by the same tally as: no score is below its floor
"""
FAULT_ZH = """\
  不成立           得分不低于下限
    desk：得分 -0.5 低于 0
    违反此条的最小填报，可贴入 `cases`（expect 为现在算得的分数，请改为应得的分数）：
      - name: "得分不低于下限"
        tally:
         desk.late: 13
        expect:
         total: -0.5
    由来：
      desk Desk  -0.5 / 6（失分6.5）
        起评分6分
        -6.5  late：13 day×0.5分=6.5分，现为-0.5分
            “Each late day costs 0.5.”
        0  lost：否
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("desk.yaml").write_text(FORM)
    Path("zh.yaml").write_text(ZH)


@pytest.fixture
def _floorless(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that forgets the floor."""
    for module in (plan, effects):
        monkeypatch.setattr(module, "within", lambda made, _, ceiling: algebra.within(made, None, ceiling))


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.main, ["prove", "--examples", "30", *words])


def test_a_rubric_that_is_sound_has_a_certificate() -> None:
    result = run("desk.yaml")
    assert result.output == HOLDS.format(digest=loads(FORM).digest)
    assert result.exit_code == 0


@pytest.mark.usefixtures("_floorless")
def test_a_planted_fault_is_found_and_shown_with_the_smallest_tally() -> None:
    """6 − 13 × 0.5 = −0.5; twelve days would take no more than all."""
    result = run("desk.yaml")
    assert result.exit_code == 1
    assert FAULT in result.output
    assert "  desk         6  -499999995         6      0        6  Desk\n" in result.output
    assert "OUT OF BOUNDS: total, desk\n" in result.output
    assert result.output.endswith(
        "This does not hold: the bounds of scores; no score is below its floor; "
        "base + applied + gates + rounding = score, at every item; every reading comes to the same.\n\n"
    )


@pytest.mark.usefixtures("_floorless")
def test_the_certificate_is_in_the_language_of_the_rubric_or_the_one_asked_for() -> None:
    result = run("zh.yaml")
    assert FAULT_ZH in result.output
    assert "超出上下限：总分, desk\n" in result.output
    assert FAULT in run("zh.yaml", "--lang", "en").output


@pytest.mark.usefixtures("_floorless")
def test_the_smallest_tally_can_be_pasted_under_cases() -> None:
    shown = FAULT.partition("write what is right):\n")[2].partition("    how")[0]
    rubric = loads(f"{FORM}cases:\n{shown}")
    assert rubric._text.cases[0].tally.plain() == {"desk.late": "13"}
    assert rubric.total({"desk.late": 13}) == Decimal("-0.5")


def test_two_runs_print_the_same_and_another_seed_tries_others(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[Mapping[str, Any]] = []
    total = Rubric.total

    def watched(self: Rubric, tally: Mapping[str, Any]) -> Decimal | None:
        tried.append(tally)
        return total(self, tally)

    monkeypatch.setattr(Rubric, "total", watched)
    printed, taken = [], []
    for seed in ("0", "0", "1"):
        tried.clear()
        printed.append(run("desk.yaml", "--seed", seed).output)
        taken.append(list(tried))
    assert printed[0] == printed[1]
    assert taken[0] == taken[1]
    assert taken[0] != taken[2]
    assert "(seed 1)" in printed[2]


def test_nothing_is_written_beside_it() -> None:
    """Hypothesis notes what it read of sources in a folder `.hypothesis`, unless it is told otherwise."""
    command = [sys.executable, "-m", "govrubric", "prove", "desk.yaml", "--examples", "3"]
    environment = {key: value for key, value in os.environ.items() if key != "HYPOTHESIS_STORAGE_DIRECTORY"}
    assert subprocess.run(command, capture_output=True, check=False, env=environment).returncode == 0
    assert sorted(os.listdir()) == ["desk.yaml", "zh.yaml"]


def test_a_fault_that_ends_in_an_error_is_shown_too(monkeypatch: pytest.MonkeyPatch) -> None:
    score = Rubric.score

    def picky(self: Rubric, tally: Mapping[str, Any], **more: Any) -> Any:
        if tally.get("desk.lost"):
            raise ZeroDivisionError("nought")
        return score(self, tally, **more)

    monkeypatch.setattr(Rubric, "score", picky)
    result = run("desk.yaml")
    assert result.exit_code == 1
    text = result.output.partition("a valid tally is always scored\n")[2]
    assert text.startswith("    it fails: ZeroDivisionError: nought\n")
    assert "         desk.lost: true\n        expect:\n         total: none\n  BROKEN" in text


@pytest.mark.usefixtures("_floorless")
def test_names_and_numbers_of_every_kind_stand_in_the_case() -> None:
    Path("rich.yaml").write_text(RICH)
    output = run("rich.yaml").output
    with_class_b = '         served: true\n         class: "B"\n'
    assert with_class_b in output or '         class: "A"\n' in output


# Paths


def test_each_rubric_of_a_folder_is_proved_once() -> None:
    Path("some.cases.yaml").write_text(
        "rubric: desk.yaml\ncases: [{name: n, tally: {desk.late: 1}, expect: {total: 5.5}}]\n"
    )
    Path("notes.yaml").write_text("a: b\n")
    result = run(".", "desk.yaml")
    assert result.exit_code == 0
    assert result.output.count("desk-2023 · sha256:") == 2


def test_a_shipped_rubric_is_proved_by_its_name() -> None:
    result = CliRunner().invoke(cli.main, ["prove", "2023-department", "--examples", "2"])
    assert result.output.startswith("2023年政务公开考核评估指标（部门版）\n")
    assert result.output.endswith("以上全部成立。\n\n")
    assert result.exit_code == 0


def test_a_file_that_does_not_load_shows_its_findings_and_the_others_are_proved() -> None:
    Path("wrong.yaml").write_text(SMALL.replace("weight: 4", "weight: 5"))
    result = CliRunner().invoke(
        cli.main, ["prove", "wrong.yaml", "nowhere.yaml", "desk.yaml", "--examples", "2"]
    )
    assert result.exit_code == 1
    assert "wrong.yaml:9:13: error[GR302]" in result.stdout
    assert "nowhere.yaml:1:1: error[GR101]" in result.stdout
    assert "All of this holds." in result.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "Missing argument 'PATH…'"),
        (("desk.yaml", "--examples", "0"), "0 is not in the range"),
        (("desk.yaml", "--seed", "-1"), "-1 is not in the range"),
        (("empty",), "no rubric in empty"),
        (("desk.yaml", "--lang", "fr"), "'fr' is not spoken here"),
        (("2023-distrct",), "did you mean '2023-district'?"),
    ],
)
def test_wrong_usage(words: tuple[str, ...], message: str) -> None:
    Path("empty").mkdir()
    result = CliRunner().invoke(cli.main, ["prove", *words])
    assert result.exit_code == 2
    assert message in result.output


MISSING = "Error: prove needs one more package: pip install 'govrubric[testing]'\n"


def test_without_hypothesis_the_command_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import sys; sys.modules['hypothesis'] = None; from govrubric.cli import main; "
        "main(['prove', 'desk.yaml'])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (1, MISSING)
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    here = run("desk.yaml")
    assert (here.exit_code, here.stderr) == (1, MISSING)


# What is shown of a breach


@pytest.mark.parametrize(
    ("path", "opening"),
    [
        ("work.papers", "work.papers Papers  4 / 4"),
        ("work.papers.missing", "0  missing: 0 case"),
        ("work.papers.no_gate", "work.papers Papers  4 / 4"),
        ("nowhere", "total  7 / 10  (lost 3)"),
        ("", "total  7 / 10  (lost 3)"),
    ],
)
def test_the_part_of_the_trace_is_that_of_the_item_or_rule(path: str, opening: str) -> None:
    breach = Breach.of("order_of_keys", "order", path, figure="score", stated=1, other=2).by(
        {"bonus.judged": 0}
    )
    lines = list(broken(small(), breach, "en"))
    assert lines[lines.index("how it comes about:") + 1] == f"  {opening}"


def test_a_breach_that_no_tally_shows_is_a_sentence() -> None:
    breach = Breach.of("bounds", "bounds", "a", low=-1, high=2, floor=None, ceiling=1)
    assert list(broken(small(), breach, "zh")) == ["a：得分可为 -1 至 2，超出 none 至 1"]


LACKING = """\
govrubric: 1
id: lacking
title: Lacking
total: 10
floor: 2
round: {places: 0, mode: half_up}
indicators:
  - {id: a, title: A, weight: 4, not_applicable: full, rules: [{id: r, deduct: 1}]}
  - {id: b, title: B, weight: 6, rules: [{id: r, deduct: 1}]}
gates: [{id: veto, when: b.r, score: none}]
"""


def test_the_0_of_what_has_no_score_is_no_score() -> None:
    Path("lacking.yaml").write_text(LACKING)
    words = "0 stands there also for no score, where these do not apply or are void: total, a\n"
    assert words in run("lacking.yaml", "--examples", "1", "--lang", "en").stdout
    assert "stands there also" not in run("desk.yaml", "--examples", "1", "--lang", "en").stdout


UNBOUNDED = """\
govrubric: 1
id: unbounded
title: Unbounded
total: 10
round: {places: 0, mode: half_up}
indicators:
  - {id: a, title: A, weight: 10, rules: [{id: r, deduct: 1, per: case}]}
  - {id: off, title: Off, extra: true, rules: [{id: r, deduct: 3, per: case}]}
"""


def test_what_counts_alone_bound_has_no_limit_in_words() -> None:
    Path("unbounded.yaml").write_text(UNBOUNDED)
    shown = run("unbounded.yaml", "--examples", "1", "--lang", "en").stdout
    assert re.search(r"^  off +none +no limit +0 +none +0 +Off$", shown, re.MULTILINE)
    assert (
        "no limit: an item without a bound is held by its counts alone, which go up to 1000000000.\n" in shown
    )
    assert "3000000000" not in shown

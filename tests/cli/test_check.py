"""`check` over several files, and what its reader sees of wording beside numbers."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from govrubric import cli

FORM = """\
govrubric: 1
id: form-2023
title: 考核表
language: zh-CN
valid: {from: 2023-01-01, to: 2023-12-31}
total: 10
round: {places: 2, mode: half_up}
indicators:
  - {id: a, title: 甲, weight: 10, rules: [{id: late, deduct: 2, clause: 迟报的，扣2分}]}
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("2023.yaml").write_text(FORM)


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.main, ["check", *words])


def test_a_file_is_held_beside_those_before_it() -> None:
    Path("2024.yaml").write_text(FORM.replace("form-2023", "form-2024"))
    result = run("--format", "line", "2023.yaml", "2024.yaml")
    assert (result.exit_code, result.output) == (
        1,
        "2024.yaml:5:8: warning GR438: “form-2024”与“form-2023”的有效期有重叠\n",
    )


def test_files_that_agree_are_clean() -> None:
    Path("2024.yaml").write_text(FORM.replace("2023", "2024"))
    result = run("2023.yaml", "2024.yaml", "./2023.yaml")
    assert (result.exit_code, result.output.count("无问题")) == (0, 3)


def test_a_difference_between_text_and_number_shows_both() -> None:
    Path("2023.yaml").write_text(FORM.replace("扣2分", "扣１分"))
    result = run("2023.yaml", "--lang", "en")
    assert (result.exit_code, result.output) == (
        1,
        """\
2023.yaml:9:62: warning[GR420]: the clause of `a.late` says “扣１分”, and the rule has 2
  9 | …title: 甲, weight: 10, rules: [{id: late, deduct: 2, clause: 迟报的，扣１分}]}
    |                                                    ^
  see here: 2023.yaml:9:77
  9 | …10, rules: [{id: late, deduct: 2, clause: 迟报的，扣１分}]}
    |                                                    ^^^^^^
  help: correct the number; if the text is meant otherwise, register it under `ambiguities`, \
at the rule or its item, with “2” in its decision, and not the number of the clause

""",
    )

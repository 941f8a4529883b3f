"""The command: exit codes 0, 1 and 2, what is printed where, and files that appear whole or not at all."""

import io
import json
import os
import re
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import CliRunner, Result

import govrubric
from govrubric import cli
from govrubric.cli._printing import as_json, progress
from govrubric.diagnostics.display import UNSAFE
from govrubric.scoring import card_json
from samples import RICH_TALLY, SMALL, rich

ZH = SMALL.replace("id: small", "id: small\nlanguage: zh-CN")
TALLIES = (
    "- {unit: u1, name: First, work.papers.missing: 3, work.late: true, bonus.judged: 0.5}\n"
    "- {unit: u2, bonus.judged: 1}\n"
)
PYTHON = {**os.environ, "PYTHONIOENCODING": "utf-8"}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command runs in a folder with a rubric, one wrong in two places, and a file of tallies."""
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(SMALL)
    Path("wrong.yaml").write_text(
        SMALL.replace("weight: 4", "weight: 5").replace("title: Bonus", "titel: Bonus")
    )
    Path("tallies.yaml").write_text(TALLIES)


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.main, words)


def real(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "govrubric", *words]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=20, env={**PYTHON, **environment}, check=False
    )


def written(name: str, text: str) -> str:
    Path(name).write_text(text)
    return name


# Usage


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("chek",), "No such command 'chek'"),
        (("check",), "Missing argument 'PATH"),
        (("score", "small.yaml"), "Missing argument 'TALLY"),
        (
            ("score", "small.yaml", "tallies.yaml", "--format", "xml"),
            "'xml' is not one of 'table', 'json', 'csv'",
        ),
        (
            ("check", "small.yaml", "--format", "csv"),
            "'csv' is not one of 'text', 'json', 'line', 'sarif', 'github'",
        ),
        (("explain", "small.yaml", "tallies.yaml", "tallies.yaml"), "unexpected extra argument"),
        (
            ("show", "2023-distrct"),
            "'2023-distrct' is neither a file nor a shipped rubric; did you mean '2023-district'?",
        ),
        (
            ("show", "x"),
            "'x' is neither a file nor a shipped rubric; shipped are 2023-department, 2023-district",
        ),
        (("explain", "small.yaml", "tallies.yaml", "--unit", "u3"), "no unit 'u3' in tallies.yaml"),
    ],
)
def test_wrong_usage_ends_with_2(words: tuple[str, ...], message: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_a_unit_like_none_is_refused_with_all() -> None:
    assert "it has u1, u2" in run("explain", "small.yaml", "tallies.yaml", "--unit", "zzz").stderr


def test_the_version_is_said() -> None:
    assert run("--version").stdout == f"govrubric, version {govrubric.__version__}\n"


@pytest.mark.parametrize(
    "words",
    [("-h",), ("check", "-h"), ("score", "--help"), ("explain", "-h"), ("verify", "-h"), ("show", "-h")],
)
def test_help_is_given(words: tuple[str, ...]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout.startswith("Usage: ")) == (0, True)


# check


def test_findings_end_with_1_and_are_shown_with_their_lines() -> None:
    result = run("check", "wrong.yaml")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.splitlines()[:4] == [
        "wrong.yaml:9:13: error[GR302]: the weights in `work` add up to 8, not to 7: 5 + 3",
        "  9 |     weight: 7",
        "    |             ^",
        (
            "  help: correct the weight that is wrong; "
            "only if the parts are meant to be scaled from 8 to 7 say `out_of: 8`"
        ),
    ]
    assert result.stdout.count("\n\n") == 3


def test_findings_on_one_line_each() -> None:
    result = run("check", "wrong.yaml", "none.yaml", "--format", "line")
    assert (result.exit_code, [line.partition(": the ")[0] for line in result.stdout.splitlines()]) == (
        1,
        [
            "wrong.yaml:9:13: error GR302",
            "wrong.yaml:27:5: error GR202",
            "wrong.yaml:28:5: error GR201",
            "none.yaml:1:1: error GR101",
        ],
    )


def test_findings_as_json() -> None:
    result = run("check", "small.yaml", "wrong.yaml", "--format", "json")
    (weights, *_) = found = json.loads(result.stdout)
    assert (result.exit_code, [one["code"] for one in found]) == (1, ["GR302", "GR202", "GR201"])
    assert weights == {
        "code": "GR302",
        "severity": "error",
        "file": "wrong.yaml",
        "line": 9,
        "column": 13,
        "end_column": 14,
        "path": "indicators[0].weight",
        "message": "the weights in `work` add up to 8, not to 7: 5 + 3",
        "help": (
            "correct the weight that is wrong; "
            "only if the parts are meant to be scaled from 8 to 7 say `out_of: 8`"
        ),
        "related": [],
    }


def test_clean_rubrics_as_json_are_an_empty_list() -> None:
    result = run("check", "small.yaml", "--format", "json")
    assert (result.exit_code, result.stdout) == (0, "[]\n")


def test_a_clean_rubric_is_said_to_be_clean() -> None:
    result = run("check", "small.yaml")
    assert (result.exit_code, result.stdout) == (0, "small.yaml: clean, but without a case of its own\n")


def test_a_warning_ends_with_1() -> None:
    result = run(
        "check", written("warn.yaml", SMALL.replace("Small form", "Small form # 3")), "--format", "line"
    )
    assert (result.exit_code, result.stdout[:31]) == (1, "warn.yaml:3:19: warning GR130: ")


def test_a_failing_case_ends_with_1() -> None:
    result = run(
        "check",
        written("case.yaml", SMALL + "cases: [{name: one, tally: {bonus.judged: 0}, expect: {total: 8}}]\n"),
        "--format",
        "line",
    )
    assert (result.exit_code, result.stdout) == (
        1,
        "case.yaml:33:63: error GR316: case `one`: `total` should be 8, and it is 7\n",
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "zh.yaml:5:8: 错误 GR214"),
        (("--lang", "en"), "zh.yaml:5:8: error GR214"),
        (("--lang", "zh-CN"), "zh.yaml:5:8: 错误 GR214"),
    ],
)
def test_a_finding_is_said_in_the_rubrics_language_or_another(options: tuple[str, ...], message: str) -> None:
    result = run("check", written("zh.yaml", ZH.replace("total: 10", "total: 0")), *options)
    assert re.sub(r"[\[\]]", " ", result.stdout).startswith(message)


def test_chinese_cleanness() -> None:
    assert run("check", written("zh.yaml", ZH)).stdout == "zh.yaml: 无问题，但没有自带案例\n"


# score


def test_units_as_a_table() -> None:
    result = run("score", "small.yaml", "tallies.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[2:6] == [
        "unit  name   total    1    2",
        "────  ─────  ─────  ───  ───",
        "u1    First    5.6  5.1  0.5",
        "u2    –        8.0    7    1",
    ]


def test_units_as_csv() -> None:
    assert (
        run("score", "small.yaml", "tallies.yaml", "--format", "csv").stdout
        == """\
unit,name,total,work,work.papers,work.index,bonus
u1,First,5.6,5.1,3.1,3,0.5
u2,,8.0,7,4,3,1
"""
    )


def test_units_as_json_are_cards_that_any_reader_takes() -> None:
    result = real("score", "small.yaml", "tallies.yaml", "--format", "json")
    tool = subprocess.run(
        [sys.executable, "-m", "json.tool"],
        input=result.stdout,
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    data = json.loads(tool.stdout)
    assert (result.returncode, data["rubric"]["id"], data["rubric"]["digest"]) == (
        0,
        "small",
        govrubric.load("small.yaml").digest,
    )
    assert [(card["unit"], card["total"]) for card in data["cards"]] == [("u1", "5.6"), ("u2", "8")]


def test_several_files_are_scored_in_their_order_and_named_for_their_files() -> None:
    one = written("north.json", '{"bonus.judged": 0}')
    two = written("south.csv", "bonus.judged\n1\n")
    three = written("west.yaml", "unit: w\nbonus.judged: 0.5\n")
    result = run("score", "small.yaml", two, one, three, "--format", "csv")
    assert [line.split(",")[0:3:2] for line in result.stdout.splitlines()[1:]] == [
        ["south", "8.0"],
        ["north", "7.0"],
        ["w", "7.5"],
    ]


def test_every_finding_of_every_file_is_shown_and_nothing_scored() -> None:
    one = written("north.json", '{"bonus.judged": 2}')
    two = written("south.csv", "bonus.judged\nx\n")
    result = run("score", "small.yaml", two, one, "none.yaml", "tallies.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert re.findall(r"^(\S+): error\[(GR\d+)\]", result.stderr, re.MULTILINE) == [
        ("none.yaml:1:1", "GR101"),
        ("north.json:1:18", "GR607"),
        ("south.csv:2:1", "GR615"),
    ]


def test_a_warning_is_shown_beside_the_scores() -> None:
    result = run(
        "score",
        "small.yaml",
        written("zero.yaml", "work.papers.missing: 003\nbonus.judged: 0\n"),
        "--format",
        "csv",
    )
    assert (result.exit_code, result.stdout.splitlines()[1][:9]) == (0, "zero,,6.1")
    assert result.stderr.startswith("zero.yaml:1:22: warning[GR132]")


def test_strict_scoring_misses_what_is_left_out() -> None:
    result = run("score", "small.yaml", "tallies.yaml", "--strict", "--lang", "zh-CN")
    assert (result.exit_code, result.stderr.count("错误[GR602]")) == (1, 4 + 6)


def test_a_wrong_rubric_scores_nothing() -> None:
    result = run("score", "wrong.yaml", "tallies.yaml")
    assert (result.exit_code, result.stdout, result.stderr.count("error[")) == (1, "", 3)


def test_a_rubric_is_shipped_by_name_unless_a_file_is_called_so() -> None:
    assert run("show", "2023-district").stdout.startswith("2023年政务公开考核评估指标（地区版）\n")
    Path("2023-district").write_text(SMALL)
    assert run("show", "2023-district").stdout.startswith("Small form\n")


@pytest.mark.parametrize("name", ["./none", "none.yaml", "a/none"])
def test_what_looks_like_a_path_is_read_as_one(name: str) -> None:
    result = run("show", name)
    assert (result.exit_code, result.stderr.splitlines()[0]) == (
        1,
        f"{name}:1:1: error[GR101]: the file cannot be read: No such file or directory",
    )


@pytest.mark.parametrize(
    ("options", "head"), [((), "单位"), (("--lang", "en"), "unit"), (("--lang", "zh-CN"), "单位")]
)
def test_a_table_is_in_the_rubrics_language_or_another(options: tuple[str, ...], head: str) -> None:
    result = run("score", written("zh.yaml", ZH), "tallies.yaml", *options)
    assert result.stdout.splitlines()[2].split()[0] == head


# --out


@pytest.mark.parametrize(
    "words",
    [
        ("score", "small.yaml", "tallies.yaml"),
        ("score", "small.yaml", "tallies.yaml", "--format", "json"),
        ("explain", "small.yaml", "tallies.yaml"),
        ("show", "small.yaml"),
    ],
)
def test_a_file_takes_what_would_be_printed(words: tuple[str, ...]) -> None:
    result = run(*words, "--out", "out.txt")
    assert (result.exit_code, result.stdout, Path("out.txt").read_text()) == (0, "", run(*words).stdout)


def test_a_file_that_cannot_be_written_leaves_the_old_one_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("out.txt").write_text("old")

    def full(*_: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    result = run("score", "small.yaml", "tallies.yaml", "--out", "out.txt")
    assert (result.exit_code, result.stderr) == (
        74,
        "Error: out.txt was not written, and what stood there before is whole: No space left on device\n",
    )
    assert (Path("out.txt").read_text(), [name for name in os.listdir() if name.startswith(".out")]) == (
        "old",
        [],
    )


def test_a_folder_that_is_not_there_is_said() -> None:
    result = run("score", "small.yaml", "tallies.yaml", "--out", "none/out.txt")
    assert (result.exit_code, "none/out.txt was not written" in result.stderr) == (74, True)


def test_nothing_is_written_where_something_is_wrong() -> None:
    Path("out.txt").write_text("old")
    assert (
        run("score", "small.yaml", "wrong.yaml", "--out", "out.txt").exit_code,
        Path("out.txt").read_text(),
    ) == (1, "old")


def test_a_file_has_the_rights_that_the_mask_leaves() -> None:
    before = os.umask(0o027)
    try:
        run("score", "small.yaml", "tallies.yaml", "--out", "out.txt")
    finally:
        os.umask(before)
    assert stat.S_IMODE(Path("out.txt").stat().st_mode) == 0o640


# explain, show


def test_every_unit_is_explained() -> None:
    lines = run("explain", "small.yaml", "tallies.yaml").stdout.splitlines()
    assert [line for line in lines if line.startswith("Small form")] == [
        "Small form · u1 First",
        "Small form · u2",
    ]


def test_one_unit_is_explained() -> None:
    lines = run("explain", "small.yaml", "tallies.yaml", "--unit", "u2").stdout.splitlines()
    assert lines[:2] == ["Small form · u2", "total  8 / 10  (lost 2)"]


def test_a_unit_nearly_so_called_is_suggested() -> None:
    written("t.yaml", "- {unit: north, bonus.judged: 0}\n- {unit: south, bonus.judged: 0}\n")
    assert (
        "no unit 'nort' in t.yaml; did you mean 'north'?"
        in run("explain", "small.yaml", "t.yaml", "--unit", "nort").stderr
    )


def test_a_rubric_is_shown() -> None:
    assert run("show", "small.yaml").stdout.splitlines()[3:8] == [
        "total  10  (rounded: places 1, half_up)",
        "  work Work  7",
        "      “Work counts seven.”",
        "      assessed by: the office",
        "    - late: 1 off once",
    ]


def test_a_wrong_rubric_is_not_shown() -> None:
    result = run("show", "wrong.yaml", "--lang", "zh-CN")
    assert (result.exit_code, result.stdout, result.stderr.count("错误[")) == (1, "", 3)


# verify

ALONE = [
    (
        "not checked without the rubric: whether titles, clauses, conditions, weights, sentences, the order of rows "
        "and the scores are those of the rubric"
    ),
    (
        "not checked without the tallies (--tally): codes and names of units, values of inputs, evidence and notes, "
        "and whether the card of a unit is missing"
    ),
    "not checked: whether what the tallies say is true",
]


@pytest.fixture
def cards() -> str:
    return written("cards.json", run("score", "small.yaml", "tallies.yaml", "--format", "json").stdout)


def test_a_damaged_card_is_refused(cards: str) -> None:
    Path(cards).write_text(Path(cards).read_text().replace('"total": "5.6"', '"total": "9.6"'))
    result = run("verify", cards)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "u1: 9.6 – refused",
        '  total: error[GR705]: `total` is "9.6" on the card, and the rest of the card says "5.6"',
        "    help: the card was changed after it was made; score the tally anew",
        "u2: 8 – the ledger adds up",
        *ALONE,
    ]


def test_on_a_terminal_the_verdicts_show_how_far_it_is(cards: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False)
    result = run("verify", cards)
    assert (result.exit_code, len(result.stdout.splitlines()), result.stderr) == (0, 5, "")


@pytest.mark.parametrize(("lang", "verdict"), [("en", "no score – the ledger"), ("zh", "不予计分 – ")])
def test_a_card_without_a_score_says_so(lang: str, verdict: str) -> None:
    card = rich().score({**RICH_TALLY, "served": False}, unit="u1")
    assert card.total is None
    result = run("verify", written("void.json", card.to_json()), "--lang", lang)
    assert (result.exit_code, result.stdout.startswith(f"u1: {verdict}")) == (0, True)


def test_a_card_of_another_rubric_is_refused(cards: str) -> None:
    result = run("verify", cards, "2023-district", "--lang", "zh-CN")
    assert (result.exit_code, [line[:13] for line in result.stdout.splitlines()][:6:3]) == (
        1,
        ["u1: 5.6 – 不通过", "u2: 8 – 不通过"],
    )
    assert result.stdout.count("错误[GR706]") == 2


@pytest.mark.parametrize(
    ("words", "verdict", "unchecked"),
    [
        ((), "the ledger adds up", ALONE),
        (("small.yaml",), "verified", ALONE[1:]),
        (("small.yaml", "--tally", "tallies.yaml"), "verified", ALONE[2:]),
        (
            ("small.yaml", "--lang", "zh"),
            "核验通过",
            [
                "未核对（未以 --tally 给出填报数据）：单位的编号和名称、填报值、依据和备注，以及是否缺少某单位的成绩单",
                "未核对：填报内容是否属实",
            ],
        ),
        (
            ("--lang", "zh"),
            "账目相符",
            [
                "未核对（未给出评分表）：标题、条款、条件、权重、计算说明、行的顺序和得分是否出自评分表",
                "未核对（未以 --tally 给出填报数据）：单位的编号和名称、填报值、依据和备注，以及是否缺少某单位的成绩单",
                "未核对：填报内容是否属实",
            ],
        ),
    ],
)
def test_good_cards_are_proved_and_what_nobody_could_check_is_told(
    cards: str, words: tuple[str, ...], verdict: str, unchecked: list[str]
) -> None:
    result = run("verify", cards, *words)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [f"u1: 5.6 – {verdict}", f"u2: 8 – {verdict}", *unchecked]


def test_a_card_of_another_version_says_that_its_sentences_are_not_checked() -> None:
    data = {**govrubric.load("small.yaml").score({"bonus.judged": 1}).to_dict(), "engine_version": "9.9"}
    data["digest"] = card_json.seal({key: value for key, value in data.items() if key != "digest"})
    result = run("verify", written("card.json", json.dumps(data)), "small.yaml")
    assert (result.exit_code, result.stdout.splitlines()[2]) == (
        0,
        "not checked: the sentences on cards of another version of govrubric (9.9), and whether it made them",
    )


def test_cards_are_compared_with_their_tallies(cards: str) -> None:
    """The second unit has no card, a third has one, and of the first a count is another."""
    rubric = govrubric.load("small.yaml")
    data = json.loads(Path(cards).read_text())
    data["cards"] = [
        rubric.score({"bonus.judged": 0}, unit="u1", name="Tampered").to_dict(),
        rubric.score({"bonus.judged": 1}, unit="u3").to_dict(),
    ]
    written(cards, json.dumps(data))
    assert run("verify", cards, "small.yaml").exit_code == 0
    result = run("verify", cards, "small.yaml", "--tally", "tallies.yaml")
    assert result.exit_code == 1
    assert '`name` is "Tampered" on the card' in result.stdout
    assert "`bonus.judged.value` is" in result.stdout
    assert "error[GR709]: the unit `u3` has a card and no tally" in result.stdout
    assert "error[GR709]: the unit `u2` has a tally and no card" in result.stderr
    chinese = run("verify", cards, "small.yaml", "--tally", "tallies.yaml", "--lang", "zh")
    assert "单位“u2”有填报数据而无成绩单" in chinese.stderr


def test_tallies_need_the_rubric(cards: str) -> None:
    result = run("verify", cards, "--tally", "tallies.yaml")
    assert (result.exit_code, "--tally needs the RUBRIC" in result.stderr) == (2, True)


def test_verdicts_as_json(cards: str) -> None:
    Path(cards).write_text(Path(cards).read_text().replace('"total": "5.6"', '"total": "9.6"'))
    result = run("verify", cards, "small.yaml", "--format", "json", "--lang", "en")
    data = json.loads(result.stdout)
    assert (result.exit_code, result.stderr, data["findings"], data["hidden"]) == (1, "", [], 0)
    assert data["rubric"] == govrubric.load("small.yaml").digest
    assert [(card["unit"], card["total"], card["verdict"]) for card in data["cards"]] == [
        ("u1", "9.6", "refused"),
        ("u2", "8", "verified"),
    ]
    assert [finding["code"] for finding in data["cards"][0]["findings"]] == ["GR705"]
    assert data["unchecked"] == ALONE[1:]


def test_what_is_no_card_is_in_the_json_too() -> None:
    result = run("verify", written("card.json", '{"card": 2}'), "--format", "json")
    data = json.loads(result.stdout)
    assert (result.exit_code, data["rubric"], data["cards"]) == (1, None, [])
    assert [finding["code"] for finding in data["findings"]] == ["GR701"]
    assert data["unchecked"] == ALONE


@pytest.mark.parametrize(
    ("lang", "line"), [("en", "warning[GR100]: … and 52 more findings in this file"), ("zh", "警告[GR100]: ")]
)
def test_no_more_than_a_hundred_findings_are_shown_of_a_file(many: str, lang: str, line: str) -> None:
    start = many.index('"unit": "u152"')
    cards = written("cards.json", many[:start].replace('"total": "8"', '"total": "9"') + many[start:])
    result = run("verify", cards, "--lang", lang)
    assert (result.exit_code, result.stdout.count("[GR705]")) == (1, 99)
    assert line in result.stdout
    assert " 52 " in result.stdout


def test_a_single_card_is_proved_and_called_by_its_file_if_it_has_no_unit() -> None:
    card = govrubric.load("small.yaml").score({"bonus.judged": 1})
    result = run("verify", written("card.json", card.to_json()), "small.yaml")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "card.json: 8 – verified")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", "GR640"),
        (b"{}", "GR701"),
        (b'{"cards": []}', "GR701"),
        (b'{"cards": 3}', "GR701"),
        (b"[1]", "GR701"),
        ("评分".encode("gbk"), "GR104"),
        (b" " * 8_388_609, "GR103"),
    ],
)
@pytest.mark.parametrize("words", [(), ("small.yaml",)])
def test_what_is_no_card_is_refused(data: bytes, code: str, words: tuple[str, ...]) -> None:
    Path("card.json").write_bytes(data)
    result = run("verify", "card.json", *words)
    assert (result.exit_code, result.stdout, f"error[{code}]" in result.stderr) == (1, "", True)


@pytest.fixture(scope="module")
def many() -> str:
    """What `score --format json` writes of 300 units."""
    rubric = govrubric.loads(SMALL)
    cards = [rubric.score({"bonus.judged": 1}, unit=f"u{number}").to_dict() for number in range(1, 301)]
    head = {"id": rubric.id, "title": rubric.title, "digest": rubric.digest}
    return as_json({"rubric": head, "cards": cards})


def test_a_wrong_digit_in_one_card_of_hundreds_is_found(many: str) -> None:
    before, card = many.split('"unit": "u277"', 1)
    written("cards.json", before + '"unit": "u277"' + card.replace('"total": "8"', '"total": "9"', 1))
    result = run("verify", "cards.json")
    lines = result.stdout.splitlines()
    assert (result.exit_code, len(lines), result.stderr) == (1, 305, "")
    assert lines[275:280] == [
        "u276: 8 – the ledger adds up",
        "u277: 9 – refused",
        '  total: error[GR705]: `total` is "9" on the card, and the rest of the card says "8"',
        "    help: the card was changed after it was made; score the tally anew",
        "u278: 8 – the ledger adds up",
    ]


def test_a_file_of_hundreds_that_was_cut_off_is_refused_where_it_ends(many: str) -> None:
    cut = many[: many.index('"unit": "u250"') + 14]
    written("cards.json", cut)
    result = run("verify", "cards.json")
    rows = cut.splitlines()
    assert (result.exit_code, len(result.stdout.splitlines())) == (1, 252)
    assert result.stderr.startswith(f"cards.json:{len(rows)}:{len(rows[-1]) + 1}: error[GR640]")


def test_a_card_that_is_none_does_not_hide_those_after_it(cards: str) -> None:
    Path(cards).write_text(Path(cards).read_text().replace('"maximum": "10"', '"maximum": 10', 1))
    result = run("verify", cards)
    assert (result.exit_code, result.stdout.splitlines()) == (1, ["u2: 8 – the ledger adds up", *ALONE])
    assert "`maximum` should be str" in result.stderr


def test_a_missing_card_is_refused() -> None:
    assert run("verify", "none.json", "--lang", "zh").stderr.startswith("none.json:1:1: 错误[GR101]")


# Terminals, pipes and spreadsheets


def test_nothing_from_a_file_reaches_the_terminal_raw() -> None:
    """“terminal output escapes control and bidi characters”"""
    written(
        "esc.yaml",
        SMALL.replace("title: Work", 'title: "Wo\\e[31mrk"').replace("Small form", "Small\u202e form"),
    )
    written("esc.json", '{"unit": "a\\u001b[31m", "name": "\\u202e", "bonus.judged": 0}')
    outputs = [
        run(*words)
        for words in (
            ("check", "esc.yaml"),
            ("check", "esc.yaml", "--format", "line"),
            ("score", "small.yaml", "esc.json"),
        )
    ]
    assert [result.exit_code for result in outputs] == [1, 1, 1]
    assert not set("".join(result.stdout + result.stderr for result in outputs)) & set("\x1b\u202e")


def test_json_findings_have_no_raw_control_characters() -> None:
    Path("a\u202eb.yaml").write_text("x")
    assert "\u202e" not in run("check", "a\u202eb.yaml", "--format", "json").stdout


def test_a_units_name_is_no_formula() -> None:
    result = run(
        "score",
        "small.yaml",
        written("f.yaml", "unit: '=cmd()'\nname: '-1+1'\nbonus.judged: 0\n"),
        "--format",
        "csv",
    )
    assert result.stdout.splitlines()[1].startswith("'=cmd(),'-1+1,7.0,")


@pytest.mark.parametrize(
    "words",
    [
        ("show", "2023-district"),
        ("score", "2023-district", "{}/2023-districts.csv", "--format", "json"),
        ("check", "wrong.yaml"),
    ],
)
def test_a_broken_pipe_makes_no_noise(words: tuple[str, ...]) -> None:
    examples = Path(__file__).parents[2] / "examples"
    command = [sys.executable, "-m", "govrubric", *(word.format(examples) for word in words)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=PYTHON) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        noise = process.stderr.read()
        process.wait(20)
    assert (noise, process.returncode != 0) == (b"", True)


def test_a_pipe_as_a_rubric_is_refused_at_once() -> None:
    os.mkfifo("pipe")
    result = real("check", "pipe")
    assert (result.returncode, "error[GR102]" in result.stdout) == (1, True)


def test_a_terminal_without_chinese_brings_no_traceback() -> None:
    assert "Traceback" not in real("show", "2023-district", PYTHONIOENCODING="ascii").stderr


@pytest.mark.parametrize(
    ("terminal", "late", "shown"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_progress_is_shown_on_a_terminal_after_a_second(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, late: bool, shown: bool
) -> None:
    class Screen:
        text = ""

        def write(self, text: str) -> int:
            self.text += text
            return len(text)

        def isatty(self) -> bool:
            return terminal

        def flush(self) -> None:
            pass

    screen = Screen()
    clock: Iterator[float] = iter([0.0, *([2.0 if late else 0.5] * 9)])
    monkeypatch.setattr(sys, "stderr", screen)
    with monkeypatch.context() as patch:
        patch.setattr(time, "monotonic", lambda: next(clock))
        result = list(progress(iter("abc"), 3))
    assert (result, bool(screen.text)) == (["a", "b", "c"], shown)


def test_progress_may_count_what_is_larger_than_one(monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    clock: Iterator[float] = iter([0.0, *([2.0] * 9)])
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    with monkeypatch.context() as patch:
        patch.setattr(time, "monotonic", lambda: next(clock))
        assert list(progress(iter([3, 4]), 7, lambda number: number)) == [3, 4]
    assert "7/7" in screen.getvalue()


def test_a_table_for_a_spreadsheet_begins_with_a_mark() -> None:
    """Without it, a spreadsheet takes UTF-8 for the encoding of the office."""
    run("score", "small.yaml", "tallies.yaml", "--format", "csv", "--out", "out.csv")
    assert Path("out.csv").read_bytes()[:7] == b"\xef\xbb\xbfunit"


def test_a_language_that_is_not_spoken_is_wrong_usage() -> None:
    result = run("show", "small.yaml", "--lang", "fr")
    assert (result.exit_code, "'fr' is not spoken here; choose en or zh-CN" in result.stderr) == (2, True)


def test_a_blank_tally_as_csv_is_a_header() -> None:
    header = (
        "unit,name,work.late,work.papers.missing,work.papers.absent,work.index.gap,"
        "bonus.used.city,bonus.used.province,bonus.judged\n"
    )
    assert run("show", "small.yaml", "--blank", "csv").stdout == header
    run("show", "small.yaml", "--blank", "csv", "--out", "blank.csv")
    assert Path("blank.csv").read_text("utf-8-sig") == header


def test_a_unit_given_in_two_files_is_refused_once_for_both() -> None:
    one, two = (
        written("a.yaml", "unit: u\nbonus.judged: 0\n"),
        written("b.yaml", "unit: u\nbonus.judged: 1\n"),
    )
    result = run("score", "small.yaml", one, two)
    assert (result.exit_code, re.findall(r"\S+ error\[GR633\]|first here: \S+", result.stderr)) == (
        1,
        ["b.yaml:1:7: error[GR633]", "first here: a.yaml:1:7"],
    )


def test_a_blank_tally_as_yaml_scores_once_its_judgements_are_written() -> None:
    """“a judgement that is missing is never taken for zero”"""
    blank = run("show", "small.yaml", "--blank", "yaml").stdout
    assert blank.splitlines()[:8] == [
        "# Small form",
        "# who is scored; delete what is 0 or false",
        "unit: u01",
        "name: ''",
        "",
        "# Work",
        "# A late report costs one point.",
        "work.late: false  # true or false",
    ]
    assert blank.splitlines()[-1].split() == ["bonus.judged:", "#", "0", "to", "1,", "2", "places"]
    empty = run("score", "small.yaml", written("blank.yaml", blank))
    assert (empty.exit_code, empty.stderr.splitlines()[0]) == (
        1,
        "blank.yaml:25:1: error[GR125]: nothing is written here",
    )
    filled = written("filled.yaml", blank.replace("bonus.judged:", "bonus.judged: 0.5"))
    assert (
        run("score", "small.yaml", filled, "--strict", "--format", "csv").stdout.splitlines()[1]
        == "u01,,7.5,7,4,3,0.5"
    )


def test_a_chinese_blank_says_what_may_stand_there() -> None:
    assert (
        run("show", "small.yaml", "--blank", "yaml", "--lang", "zh").stdout.splitlines()[10]
        == "# Each missing paper costs 0.3."
    )
    assert (
        "work.papers.missing: 0  # 计数，单位 case\n"
        in run("show", "small.yaml", "--blank", "yaml", "--lang", "zh").stdout
    )


def test_the_command_is_a_program() -> None:
    result = real("score", "small.yaml", "tallies.yaml", "--format", "csv")
    assert (result.returncode, result.stdout.splitlines()[1], result.stderr) == (
        0,
        "u1,First,5.6,5.1,3.1,3,0.5",
        "",
    )


# What a terminal could act on


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("\x1b[31m",), 2),
        (("check", "--\x1b[31m"), 2),
        (("--\x1b[31m",), 2),
        (("check", "\u3164"), 2),
        (("diff", "small.yaml", "\u3164\nx"), 2),
        (("show", "small.yaml", "--lang", "zh-\x1b[31m"), 2),
        (("schema", "--out", "none/\u3164"), 74),
        (("diff", "small.yaml", "small.yaml", "--out", "none/\u3164\n"), 74),
        (("check", "x" * 5000), 2),
    ],
)
def test_errors_show_arguments_without_what_a_terminal_acts_on(words: tuple[str, ...], code: int) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert not UNSAFE.search(result.stderr)
    assert "\nx" not in result.stderr
    assert len(result.stderr) < 1700

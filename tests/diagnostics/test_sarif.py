"""Findings as SARIF 2.1.0: the log as a whole, what is escaped, and both languages."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from govrubric.cli import main
from govrubric.diagnostics import sarif
from govrubric.diagnostics.catalogue import CATALOGUE
from govrubric.diagnostics.diagnostic import Diagnostic, Related
from govrubric.diagnostics.source import Place
from govrubric.version import __version__
from samples import SMALL

PLACE = Place("forms/a.yaml", 3, 5, 9, "    name: x")


def results(*findings: Diagnostic, language: str = "en") -> Any:
    return sarif.log((finding, language) for finding in findings)["runs"][0]["results"]


def test_a_log_of_one_finding() -> None:
    first = Place("forms/a.yaml", 2, 1, 5, "id: x")
    finding = Diagnostic.of("GR120", PLACE, ("id",), (Related("first", first),), key="id")
    assert sarif.log([(finding, "en")]) == {
        "$schema": (
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
        ),
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "govrubric",
                        "version": __version__,
                        "informationUri": "https://github.com/govrubric/govrubric",
                        "rules": [
                            {
                                "id": "GR120",
                                "shortDescription": {"text": "the key `…` stands here a second time"},
                                "fullDescription": {
                                    "text": "the key `…` stands here a second time\nkeep one of the two"
                                },
                                "help": {"text": "keep one of the two"},
                                "defaultConfiguration": {"level": "error"},
                            }
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [
                    {
                        "ruleId": "GR120",
                        "ruleIndex": 0,
                        "level": "error",
                        "message": {"text": "the key `id` stands here a second time\nkeep one of the two"},
                        "locations": [
                            {
                                "physicalLocation": {
                                    "artifactLocation": {"uri": "forms/a.yaml"},
                                    "region": {"startLine": 3, "startColumn": 5, "endColumn": 9},
                                }
                            }
                        ],
                        "relatedLocations": [
                            {
                                "physicalLocation": {
                                    "artifactLocation": {"uri": "forms/a.yaml"},
                                    "region": {"startLine": 2, "startColumn": 1, "endColumn": 5},
                                },
                                "message": {"text": "first here"},
                            }
                        ],
                    }
                ],
            }
        ],
    }


def test_a_log_without_findings_has_an_empty_run() -> None:
    (run,) = sarif.log([])["runs"]
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])


def test_a_finding_without_a_place_has_no_location() -> None:
    (result,) = results(Diagnostic.of("GR213"))
    assert "locations" not in result


def test_rules_stand_once_in_order_and_results_point_at_them() -> None:
    findings = [
        Diagnostic.of(code, PLACE, **args)
        for code, args in (("GR213", {}), ("GR130", {"text": "#"}), ("GR213", {}))
    ]
    (run,) = sarif.log((finding, "en") for finding in findings)["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["GR130", "GR213"]
    assert [(result["ruleId"], result["ruleIndex"], result["level"]) for result in run["results"]] == [
        ("GR213", 1, "error"),
        ("GR130", 0, "warning"),
        ("GR213", 1, "error"),
    ]


def test_each_finding_has_its_language_and_a_code_that_of_its_first_finding() -> None:
    finding = Diagnostic.of("GR213", PLACE)
    (run,) = sarif.log([(finding, "zh-CN"), (finding, "en")])["runs"]
    assert [result["message"]["text"] for result in run["results"]] == [
        "文字为空\n请填写，或删去该键",
        "the text is empty\nwrite it, or take the key out",
    ]
    assert run["tool"]["driver"]["rules"][0]["shortDescription"] == {"text": "文字为空"}


def test_a_related_place_is_labelled_in_chinese() -> None:
    (result,) = results(Diagnostic.of("GR120", PLACE, (), (Related("here", PLACE),), key="id"), language="zh")
    assert result["relatedLocations"][0]["message"] == {"text": "参见此处"}


def test_braces_are_doubled_since_single_ones_stand_for_arguments() -> None:
    (result,) = results(Diagnostic.of("GR210", PLACE, value="x", words="flag, {number: {…}}"))
    assert (
        result["message"]["text"]
        == "`x` is none of the words that may stand here\nwrite one of: flag, {{number: {{…}}}}"
    )


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_a_code_is_described_without_gaps_in_braces(code: str, language: str) -> None:
    names = {
        name
        for texts in CATALOGUE[code].values()
        for text in texts
        for name in re.findall(r"\{(\w+)\}", text)
    }
    (rule,) = sarif.log([(Diagnostic.of(code, **dict.fromkeys(names, "x")), language)])["runs"][0]["tool"][
        "driver"
    ]["rules"]
    for part in ("shortDescription", "fullDescription", "help"):
        text = rule[part]["text"]
        assert text.strip()
        assert "{" not in text.replace("{{", "")
        assert "[]" not in text


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("a.yaml", "a.yaml"),
        ("../forms/a b.yaml", "../forms/a%20b.yaml"),
        ("评分表.yaml", "%E8%AF%84%E5%88%86%E8%A1%A8.yaml"),
        ("50%#?:.yaml", "50%25%23%3F%3A.yaml"),
        ("/srv/评.yaml", "file:///srv/%E8%AF%84.yaml"),
        ("a\udcff.yaml", "a%FF.yaml"),
        ("a\ud800.yaml", "a%EF%BF%BD.yaml"),
    ],
)
def test_a_path_is_a_uri(file: str, uri: str) -> None:
    (result,) = results(Diagnostic.of("GR213", Place(file, 1, 1, 2, "")))
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_the_command_prints_a_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.yaml").write_text(SMALL)
    Path("wrong.yaml").write_text(
        SMALL.replace("weight: 4", "weight: 5").replace("title: Bonus", "titel: Bonus")
    )
    done = CliRunner().invoke(main, ["check", "good.yaml", "wrong.yaml", "none.yaml", "--format", "sarif"])
    (run,) = json.loads(done.stdout)["runs"]
    assert done.exit_code == 1
    assert [
        (result["ruleId"], result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
        for result in run["results"]
    ] == [
        ("GR302", "wrong.yaml"),
        ("GR202", "wrong.yaml"),
        ("GR201", "wrong.yaml"),
        ("GR101", "none.yaml"),
    ]


def test_a_clean_rubric_is_an_empty_run(tmp_path: Path) -> None:
    path = tmp_path / "clean.yaml"
    path.write_text(SMALL)
    done = CliRunner().invoke(main, ["check", str(path), "--format", "sarif"])
    assert (done.exit_code, json.loads(done.stdout)["runs"][0]["results"]) == (0, [])


def test_the_language_of_a_log_can_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "zero.yaml"
    path.write_text(SMALL.replace("total: 10", "total: 0"))
    done = CliRunner().invoke(main, ["check", str(path), "--format", "sarif", "--lang", "zh"])
    assert json.loads(done.stdout)["runs"][0]["results"][0]["message"]["text"].startswith("数字必须大于零")


def test_nothing_in_a_log_is_raw(tmp_path: Path) -> None:
    """“terminal output escapes control and bidi characters”"""
    path = tmp_path / "e\u202e.yaml"
    path.write_text(
        SMALL.replace("title: Work", 'title: "Wo\\e[31mrk"').replace("Small form", "Small\u202e form")
    )
    printed = CliRunner().invoke(main, ["check", str(path), "--format", "sarif"]).stdout
    assert not set(printed) & set("\x1b\u202e")

"""What a command prints of very many findings: at most a hundred, and how many more there are."""

import json
from pathlib import Path

from click.testing import CliRunner

from govrubric.cli import main

HEAD = (
    "govrubric: 1\nid: x\ntitle: t\nlanguage: en\ntotal: 1\nround: {places: 2, mode: half_up}\nindicators:\n"
)
ONE = "  - {id: a, title: t, weight: 1, rules: [{id: r, deduct: 1}]}\n"


def written(tmp_path: Path, text: str, name: str = "r.yaml") -> str:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return str(path)


def output(*arguments: str) -> str:
    return CliRunner().invoke(main, arguments).output


def wrong(number: int) -> str:
    """A rubric with two findings for each of its items."""
    return HEAD + "".join(f"  - {{id: a{n}, titel: t, weight: 1}}\n" for n in range(number))


def test_check_shows_a_hundred_findings_in_every_form(tmp_path: Path) -> None:
    path = written(tmp_path, wrong(200))
    assert output("check", path).endswith("may have the same cause\n\n")
    assert output("check", path, "--format", "line").count("\n") == 100
    assert output("check", path, "--format", "github").count("\n") == 100
    found = json.loads(output("check", path, "--format", "json"))
    assert (len(found), found[-1]["code"]) == (100, "GR100")
    (run,) = json.loads(output("check", path, "--format", "sarif"))["runs"]
    assert len(run["results"]) == 100
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {"GR100", "GR201", "GR202"}


def test_test_shows_a_hundred_findings_of_a_file_and_its_cases(tmp_path: Path) -> None:
    cases = "".join(f"  - {{name: c{n}, tally: {{}}, expect: {{total: 0.5}}}}\n" for n in range(300))
    told = output("test", written(tmp_path, f"{HEAD}{ONE}cases:\n{cases}"))
    assert told.count("[GR316]") == 99
    assert "[GR100]: … and 201 more findings in this file" in told
    assert "300 failed" in told


def test_a_trace_has_sixty_lines_at_most(tmp_path: Path) -> None:
    rules = ", ".join(f"{{id: r{n}, deduct: 0.1}}" for n in range(100))
    one = f"  - {{id: a, title: t, weight: 1, rules: [{rules}]}}\n"
    cases = "cases:\n  - {name: c, tally: {}, expect: {a: 0.5}}\n"
    told = output(
        "test",
        written(
            tmp_path,
            HEAD + one.replace(", {id: r5,", ",\n {id: r5,").replace(", {id: r50,", ",\n {id: r50,") + cases,
        ),
    )
    assert "more lines" in told.partition("coverage")[0]
    assert told.partition("coverage")[0].count("\n") < 75


def test_what_no_case_touches_takes_a_hundred_lines_at_most(tmp_path: Path) -> None:
    many = "".join(
        f"  - {{id: a{n}, title: t{n}, weight: 1, rules: [{{id: r, deduct: 1}}]}}\n" for n in range(150)
    )
    text = HEAD.replace("total: 1\n", "total: 150\n") + many
    told = output(
        "test", written(tmp_path, f"{text}cases:\n  - {{name: c, tally: {{}}, expect: {{total: 150}}}}\n")
    )
    assert "… and 200 more lines" in told


def test_verify_shows_a_hundred_findings_and_reads_up_to_a_thousand(tmp_path: Path) -> None:
    told = output("verify", written(tmp_path, f'{{"cards":[{",".join(["1"] * 5000)}]}}', "c.json"))
    assert told.count("[GR") == 100
    assert "[GR100]: … and 902 more findings in this file" in told


def test_of_many_rubrics_with_one_id_the_first_is_told(tmp_path: Path) -> None:
    paths = [written(tmp_path, HEAD + ONE, f"r{n}.yaml") for n in range(4)]
    assert output("check", *paths, "--format", "line").count("GR439") == 3

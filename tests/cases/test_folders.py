"""A folder -> the rubrics and files of cases in it, also where a slip hides one, and no other file."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from govrubric import cli
from govrubric.cases import folders
from govrubric.document import files
from samples import SMALL

CASES = "rubric: small.yaml\ncases:\n  - {name: one, tally: {bonus.judged: 1}, expect: {total: 8}}\n"
LINES = SMALL.split("\n", 1)[1]  # a rubric without its first line


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("forms").mkdir()


def put(name: str, text: str | bytes) -> None:
    path = Path("forms", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.main, words)


def test_a_folder_means_the_rubrics_and_the_files_of_cases_in_it_and_below() -> None:
    for name, text in {
        "z.yaml": "govrubric: 1\n",
        "b/marked.yml": "\ufeffgovrubric: 1\n",
        "b/noted.yaml": "# of 2024\n\n---\n'govrubric' : 1\n",
        "b/c/x.cases.yaml": "",
        "b/c/y.cases.yml": "",
        "a/first.yaml": "govrubric: 1\n",
        "b/later.yaml": "id: x\ngovrubric: 1\n",
        "b/tally.yaml": "unit: a\n",
        "b/govrubric.txt": "govrubric: 1\n",
        "b/near.yaml": "govrubrics: 1\n",
        ".hidden/z.yaml": "govrubric: 1\n",
        "b/.hidden.yaml": "govrubric: 1\n",
    }.items():
        put(name, text)
    assert folders.files_in("forms") == [
        "forms/z.yaml",
        "forms/a/first.yaml",
        "forms/b/later.yaml",
        "forms/b/marked.yml",
        "forms/b/near.yaml",
        "forms/b/noted.yaml",
        "forms/b/c/x.cases.yaml",
        "forms/b/c/y.cases.yml",
    ]


@pytest.mark.parametrize(
    "name", ["A.YAML", "a.Yml", "a.yaml.txt", "A.YML.TXT", "a.cases.YML", "A.Cases.Yaml", "a.cases.yaml.txt"]
)
def test_suffixes_may_be_of_any_letter_case_and_have_what_windows_adds(name: str) -> None:
    put("small.yaml", SMALL)
    put(name, CASES if "cases" in name.lower() else SMALL.replace("id: small", "id: other"))
    assert folders.files_in("forms") == sorted([f"forms/{name}", "forms/small.yaml"])
    assert (run("check", "forms").exit_code, run("fmt", "forms", "--check").exit_code) == (0, 1)


def test_each_file_is_meant_once_and_one_that_is_named_is_bound_to_no_folder() -> None:
    for name in ("a.yaml", "b.yaml"):
        put(name, SMALL)
    assert folders.every(["forms", "forms/b.yaml", "forms", "none.yaml"]) == [
        ("forms/a.yaml", "forms"),
        ("forms/b.yaml", None),
        ("none.yaml", None),
    ]
    assert folders.every(["forms/b.yaml", "forms"], os.path.basename) == [
        ("forms/b.yaml", None),
        ("forms/a.yaml", "forms"),
    ]


@pytest.mark.parametrize("command", ["check", "test", "fmt", "prove"])
def test_a_link_out_of_a_folder_is_not_followed_unless_it_is_named(command: str) -> None:
    put("small.yaml", SMALL)
    run("fmt", "forms/small.yaml")
    Path("outside.yaml").write_text(
        SMALL.replace("id: small", "id: other").replace("weight: 4", "weight:  4")
    )
    before = Path("outside.yaml").read_text()
    Path("forms/link.yaml").symlink_to("../outside.yaml")
    Path("forms/settings.yaml").symlink_to("/etc/passwd")
    words = {"prove": ("--examples", "1")}.get(command, ())
    result = run(command, "forms", *words)
    assert (result.exit_code, Path("outside.yaml").read_text()) == (1, before)
    assert "forms/link.yaml:1:1: error[GR138]" in result.output
    assert "settings" not in result.output
    assert "GR138" not in run(command, "forms", "forms/link.yaml", *words).output


def test_a_file_of_the_system_that_has_nothing_now_is_none_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    class Waiting:
        def read(self, _: int) -> None: ...
        def __enter__(self) -> "Waiting":
            return self

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(files, "opened", lambda _: Waiting())
    assert not folders.is_meant("a.yaml")


def test_what_is_no_folder_means_itself() -> None:
    assert folders.files_in("none.yaml") == ["none.yaml"]


def test_a_pipe_in_a_folder_is_passed_over() -> None:
    os.mkfifo("forms/pipe.yaml")
    assert folders.files_in("forms") == []


# What a slip hides


SLIPS: dict[str, bytes] = {
    "a letter left out": b"govrubic: 1\n" + LINES.encode(),
    "a capital": b"Govrubric: 1\n" + LINES.encode(),
    "a plural": b"govrubrics: 1\n" + LINES.encode(),
    "another hyphen": b"gov-rubric: 1\n" + LINES.encode(),
    "a full-width colon": "govrubric：1\n".encode() + LINES.encode(),
    "full-width letters": "ｇｏｖｒｕｂｒｉｃ: 1\n".encode() + LINES.encode(),
    "no colon": b"govrubric 1\n" + LINES.encode(),
    "no such line": LINES.encode(),
    "an invisible character": "\u200bgovrubric: 1\n".encode() + LINES.encode(),
    "two byte order marks": "\ufeff\ufeffgovrubric: 1\n".encode() + LINES.encode(),
    "a line before it": "2024 年考核评分表\ngovrubric: 1\n".encode() + LINES.encode(),
    "a directive before it": b"%YAML 1.2\n---\ngovrubric: 1\n" + LINES.encode(),
    "an indent of its first line": b"  govrubric: 1\n" + LINES.encode(),
    "a full-width indent of its first line": "\u3000govrubric: 1\n".encode() + LINES.encode(),
    "a tab before its first line": b"\tgovrubric: 1\n" + LINES.encode(),
    "UTF-16": SMALL.encode("utf-16"),
    "UTF-16 without a mark": SMALL.encode("utf-16-le"),
    "UTF-16, the other way round": SMALL.encode("utf-16-be"),
    "GBK": SMALL.replace("Small form", "政务公开考核").encode("gbk"),
    "GBK and a full-width colon": SMALL.replace("Small form", "考核")
    .replace("c: 1\n", "c：1\n", 1)
    .encode("gbk"),
    "no more than its beginning": b"Govrubric: 1\nid: small\n",
    "a second indent": b"  govrubric: 1\nid: small\n",
}


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("command", ["check", "test", "fmt", "prove"])
def test_a_rubric_that_a_slip_hides_is_reported_by_every_command(slip: str, command: str) -> None:
    """And it is left as it is; a sound rubric beside it hides nothing."""
    put("good.yaml", SMALL)
    run("fmt", "forms/good.yaml")
    put("slip.yaml", SLIPS[slip])
    words = {"prove": ("--examples", "1")}.get(command, ())
    result = run(command, "forms", *words)
    assert result.exit_code == 1
    assert "forms/slip.yaml:" in result.output
    assert "error[GR" in result.output
    assert Path("forms/slip.yaml").read_bytes() == SLIPS[slip]


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ("a letter left out", "slip.yaml:1:1: error[GR201]: the key `govrubic` is not known here"),
        ("a full-width colon", "slip.yaml:1:10: error[GR112]"),
        ("UTF-16", "slip.yaml:1:1: error[GR104]: the file is not UTF-8; it looks like UTF-16"),
        ("GBK", "slip.yaml:3:8: error[GR104]: the file is not UTF-8; it looks like GBK"),
    ],
)
def test_the_reason_is_reported(slip: str, said: str) -> None:
    put("slip.yaml", SLIPS[slip])
    assert said in run("check", "forms").stdout


@pytest.mark.parametrize("form", ["json", "line", "sarif", "github"])
def test_it_is_reported_in_every_form(form: str) -> None:
    put("slip.yaml", SLIPS["UTF-16"])
    result = run("check", "forms", "--format", form)
    assert (result.exit_code, "GR104" in result.stdout, "forms/slip.yaml" in result.stdout) == (1, True, True)


def test_a_rubric_that_is_only_indented_is_a_rubric() -> None:
    put("slip.yaml", "".join(f"    {line}\n" for line in SMALL.splitlines()))
    assert run("check", "forms").stdout.startswith("forms/slip.yaml: clean")


def test_a_sound_rubric_that_begins_with_another_key_is_laid_out() -> None:
    put("later.yaml", "id:   small\ngovrubric: 1\n" + SMALL.split("\n", 2)[2])
    assert run("fmt", "forms").exit_code == 0
    assert Path("forms/later.yaml").read_text().startswith("govrubric: 1\nid: small\n")


def test_cases_in_a_file_of_another_name_are_tried() -> None:
    put("small.yaml", SMALL)
    put("tried.yaml", CASES.replace("total: 8", "total: 9"))
    assert "1 failed" in run("test", "forms").stdout


def test_a_rubric_that_is_too_large_is_reported() -> None:
    put("large.yaml", SMALL + "#" * (1 << 20))
    assert "forms/large.yaml:1:1: error[GR103]" in run("check", "forms").stdout


def test_a_yaml_file_that_is_not_there_is_reported() -> None:
    os.symlink("gone.yaml", "forms/link.yaml")
    assert "forms/link.yaml:1:1: error[GR101]" in run("check", "forms").stdout


def test_a_file_that_breaks_off_while_it_is_read_may_be_a_rubric(monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing:
        def __enter__(self) -> "Failing":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def read(self, _: int) -> bytes:
            raise OSError(5, "Input/output error")

    put("small.yaml", SMALL)
    monkeypatch.setattr(files, "opened", lambda _: Failing())
    assert folders.files_in("forms") == ["forms/small.yaml"]


def test_a_folder_that_cannot_be_listed_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    put("below/small.yaml", SMALL)
    scandir = os.scandir

    def refused(path: str) -> object:
        if path == "forms/below":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)
    result = run("check", "forms")
    assert (result.exit_code, result.stdout.startswith("forms/below:1:1: error[GR102]")) == (1, True)


# What is not ours


OTHERS = {
    "mkdocs.yml": "site_name: govrubric\nnav:\n  - Govrubric: index.md\n  - Rules: rules.md\n",
    "docker-compose.yml": "services:\n  govrubric:\n    image: govrubric:1\n    deploy: {replicas: 1}\n",
    "workflow.yml": (
        "on: push\njobs:\n  govrubric:\n    runs-on: ubuntu\n    steps:\n"
        "      - run: govrubric check rubrics\n"
    ),
    "gitlab.yml": (
        "stages: [check]\ncheck:\n  script: govrubric check .\n  rules:\n    - {if: x, weight: 1}\n"
    ),
    "gitlab-govrubric.yml": (
        "image: python\ngovrubric:\n  rules:\n    - if: $CI\n  script: govrubric check .\n"
    ),
    "helm.yaml": "replicas:\n  govrubric: 1\nweight: 1\n",
    "configmap.yaml": (
        "kind: ConfigMap\ndata:\n  r.yaml: |\n    govrubric: 1\n    indicators:\n"
        "      - {weight: 1, rules: []}\n"
    ),
    "lock.yaml": "packages:\n  - name: govrubric\n    version: 0.1.0\n",
    "pins.yaml": "govrubrik: 0.1.0\nindicators: 2.0\n",
    "environment.yml": "name: x\ndependencies:\n  - python\n  - pip: [govrubric]\n",
    "kpi.yml": "indicators:\n  - name: uptime\n    total: 3\n",
    "balancer.yaml": "http:\n  - route: {weight: 10}\nrules: []\ntotal: 3\nround: robin\n",
    "tally.yaml": "unit: u1\nwork.late: true\nbonus.judged: 1\norganisation: {leadership.assessed: 0}\n",
    "openapi.yaml": "openapi: 3.1.0\npaths: {}\ncomponents: {}\n",
    "cases.yaml": "cases:\n  - name: x\nrubric: news\n",
    "notes.yaml": "# govrubric: 1\n# indicators:\ntitle: notes\n",
    "prose.yml": "text: |\n  rubric: x\n  cases: y\n  expect: z\n",
    "empty.yaml": "",
    "table.yaml": "- 1\n- 2\n",
    "photo.yaml": "\x00\x01\x02",
    "large.yaml": "a: b\n" * 300_000,
}


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_other_yaml_files_are_passed_over_in_silence(name: str, encoding: str) -> None:
    put("good.yaml", SMALL)
    put(f"a/{name}", OTHERS[name].encode(encoding))
    result = run("check", "forms")
    assert (result.exit_code, result.output) == (0, "forms/good.yaml: clean, but without a case of its own\n")

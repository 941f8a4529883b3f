"""What an installer and an index see: extras, groups, classifiers, the page's links; and a package within a zip file."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
EXTRAS: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
GROUPS: dict[str, list[Any]] = PROJECT["dependency-groups"]
MODULES = {
    "PyYAML": "yaml",
    "XlsxWriter": "xlsxwriter",
    "python-calamine": "python_calamine",
    "python-docx": "docx",
}  # where the name of a package is not that of its module
SELF = re.compile(r"govrubric\[([a-z,]+)\]")


def requirements(names: list[str]) -> set[str]:
    """The requirements of some extras, those of extras that they name too."""
    found = set()
    for requirement in (one for name in names for one in EXTRAS[name]):
        if match := SELF.fullmatch(requirement):
            found |= requirements(match[1].split(","))
        else:
            found.add(requirement)
    return found


def test_the_groups_of_development_are_the_extra_that_readme_names() -> None:
    """A tool in one of them alone would be missing for whoever uses the other."""
    groups = {one for name in ("test", "lint", "docs", "build") for one in GROUPS[name]}
    assert requirements(["dev"]) == groups | requirements(["cli", "frames", "office"])
    assert [one["include-group"] for one in GROUPS["dev"]] == ["test", "lint", "docs", "build"]


@pytest.mark.parametrize("extra", sorted(EXTRAS))
def test_an_extra_installs_what_something_imports(extra: str) -> None:
    """Each package of an extra for users is imported somewhere in the package."""
    if extra not in ("cli", "fast", "frames", "office", "spark", "testing"):
        assert extra in ("all", "bench", "dev", "docs", "fuzz", "mutation")
        return
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    for requirement in requirements([extra]):
        name = re.split(r"[<>=]", requirement)[0]
        module = MODULES.get(name, name)
        assert re.search(rf"import {module}\b|from {module}\b|\"{module}\"", source), name


def test_every_python_that_is_allowed_is_named() -> None:
    named = [one.rpartition(" ")[2] for one in PROJECT["project"]["classifiers"] if ":: Python :: 3." in one]
    assert PROJECT["project"]["requires-python"] == f">={named[0]}"
    assert named == ["3.11", "3.12", "3.13", "3.14"]


def test_links_of_readme_work_on_the_page_of_an_index() -> None:
    """Each link within the repository is rewritten to an address, and its target is there."""
    (rule,) = PROJECT["tool"]["hatch"]["metadata"]["hooks"]["fancy-pypi-readme"]["substitutions"]
    text = (ROOT / "README.md").read_text("utf-8")
    page = re.sub(rule["pattern"], rule["replacement"], text)
    before, after = (re.findall(r"\]\(([^)]+)\)", one) for one in (text, page))
    relative = [link for link in before if not link.startswith(("https://", "#"))]
    assert len(relative) > 10
    assert all(link.startswith(("https://", "#")) for link in after)
    base = "https://github.com/govrubric/govrubric/blob/main/"
    assert [link.removeprefix(base) for link in after if link.startswith(base)] == relative
    assert [link for link in relative if not (ROOT / link.partition("#")[0]).exists()] == []


@pytest.fixture(scope="module")
def zipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package in a zip file, laid out as in a wheel."""
    path = tmp_path_factory.mktemp("zip") / "govrubric.zip"
    with zipfile.ZipFile(path, "w") as file:
        for source in sorted((ROOT / "src" / "govrubric").rglob("*.py")):
            file.write(source, source.relative_to(ROOT / "src"))
        for rubric in (ROOT / "rubrics").glob("*.yaml"):
            file.write(rubric, Path("govrubric", "rubrics", rubric.name))
    return path


def run(zipped: Path, folder: Path, *words: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(zipped)}
    done = subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_a_program_runs_from_a_zip_file(zipped: Path, tmp_path: Path) -> None:
    code = (
        "import govrubric; assert '.zip' in govrubric.__file__, govrubric.__file__;"
        "rubric = govrubric.shipped('2023-district'); print(govrubric.shipped_names(), rubric.item('basics').full)"
    )
    assert run(zipped, tmp_path, "-c", code) == "('2023-department', '2023-district') 10\n"


def test_the_command_runs_from_a_zip_file(zipped: Path, tmp_path: Path) -> None:
    table = ROOT / "examples" / "2023-districts.csv"
    scores = [
        run(path, tmp_path, "-m", "govrubric", "score", "2023-district", str(table))
        for path in (zipped, ROOT / "src")
    ]
    assert scores[0] == scores[1]
    assert len(scores[0].splitlines()) > 12


def test_what_the_commands_tell_can_be_had_from_a_zip_file(zipped: Path, tmp_path: Path) -> None:
    """The rubrics are shipped within it, so their cases and their laws are there too."""
    code = (
        "import govrubric; rubric = govrubric.shipped('2023-district');"
        "tally = {name: 0 for name, one in rubric.inputs.items() if one.required};"
        "units = [{**tally, 'unit': 'a'}, {**tally, 'unit': 'b', 'basics.attribution.unlabelled': 3}];"
        "replay = govrubric.diff(rubric, rubric, units).replay; print([str(one.difference) for one in replay.units]);"
        "print(govrubric.whatif(rubric, units).units);"
        "print(govrubric.prove(rubric, examples=1).passed, govrubric.test('2023-district').coverage[0].percent);"
        "print(govrubric.check('nowhere.yaml')[0].code)"
    )
    assert run(zipped, tmp_path, "-c", code).splitlines() == ["['0', '0']", "2", "True 100", "GR101"]


@pytest.mark.parametrize(
    "words", [("test", "2023-district"), ("check", "2023-district"), ("show", "2023-district")]
)
def test_the_author_s_commands_run_from_a_zip_file(
    zipped: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    printed = [run(path, tmp_path, "-m", "govrubric", *words) for path in (zipped, ROOT / "src")]
    assert printed[0] == printed[1] != ""


def test_nothing_is_left_of_a_zip_file(zipped: Path, tmp_path: Path) -> None:
    """The copies of shipped rubrics go with the program."""
    code = "from govrubric import loading; print(loading.shipped_files()['2023-district'])"
    copy = Path(run(zipped, tmp_path, "-c", code).strip())
    assert copy.name.endswith("2023-district.yaml")
    assert not copy.exists()

"""Without asserts and docstrings (`python -O`, `-OO`) every command does the same."""

from pathlib import Path

from hostile.case import GOOD, ROOT, Case

BAD = ROOT / "tests" / "bad"
DISTRICTS = str(ROOT / "examples" / "2023-districts.csv")

# Runs a command three times, each in a copy of the folder, and compares what is printed and written.
SAME = """
import pathlib, shutil, subprocess, sys, tempfile
results = []
for flag in ([], ["-O"], ["-OO"]):
    folder = pathlib.Path(tempfile.mkdtemp()) / "copy"
    shutil.copytree(".", folder)
    done = subprocess.run([sys.executable, *flag, "-m", "govrubric", *sys.argv[1:]], cwd=folder, capture_output=True)
    written = {path.name: path.read_bytes() for path in folder.iterdir()}
    results.append((done.returncode, done.stdout, done.stderr, written))
    shutil.rmtree(folder.parent)
assert results[0] == results[1] == results[2], results
print("the same, with exit code", results[0][0])
"""

CASES_FILE = """\
rubric: good.yaml
cases:
  - {name: another score, tally: {}, expect: {total: 3}}
"""


def _files(folder: Path) -> None:
    (folder / "good.yaml").write_bytes(GOOD.read_bytes())
    (folder / "a.cases.yaml").write_text(CASES_FILE, "utf-8")
    (folder / "untidy.yaml").write_bytes(GOOD.read_bytes().replace(b": ", b":   "))
    (folder / "unwritable.yaml").write_bytes((BAD / "GR139_rewritten.fmt.yaml").read_bytes())
    (folder / "broken.yaml").write_text("govrubric: 1\nid: [\n", "utf-8")
    (folder / "one.yaml").write_text(
        "unit: u1\nplatform.website.inspection: 80\nplatform.service.assessed: 2\n", "utf-8"
    )
    (folder / "bad.csv").write_text("unit,replies.late\nu1,-5\nu1,x\n", "utf-8")
    (folder / "card.json").write_bytes((BAD / "good.card.json").read_bytes())


def _same(code: int, *command: str, fast: bool = False) -> Case:
    return Case(
        f"with -O and -OO the same: {' '.join(Path(word).name for word in command)}",
        ("python", "-c", SAME, *command),
        _files,
        exit=0,
        says=(f"the same, with exit code {code}",),
        cpu=5.0,  # three commands
        fast=fast,
    )


CASES = [
    _same(0, "--help"),
    *(
        _same(0, command, "--help")
        for command in (
            "batch", "check", "diff", "explain", "fmt", "new", "prove", "schema", "score", "show", "test", "verify", "whatif",
        )
    ),
    _same(0, "schema"),
    _same(0, "schema", "cases"),
    _same(1, "check", "broken.yaml"),
    _same(0, "check", "good.yaml"),
    _same(0, "show", "2023-district"),
    _same(0, "score", "2023-district", DISTRICTS),
    _same(1, "score", "good.yaml", "bad.csv"),
    _same(0, "verify", "card.json", "good.yaml"),
    _same(0, "explain", "good.yaml", "one.yaml"),
    _same(0, "fmt", "untidy.yaml"),
    _same(1, "fmt", "unwritable.yaml", fast=True),
    _same(1, "test", "--update", "a.cases.yaml"),
    _same(0, "new", "--from", "good.yaml", "--id", "next-2024", "--year", "2024", "--out", "next.yaml"),
    _same(0, "diff", "good.yaml", "untidy.yaml"),
]  # fmt: skip

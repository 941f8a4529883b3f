"""Coverage-guided fuzzing of what rewrites a file: `fmt`, `new` and `test --update`.

Not part of the ordinary test run. `python tests/fuzz/editing.py -max_total_time=600` runs for ten minutes with rubrics, files
of cases and YAML of every kind as seeds; a finding is written to ``crash-…`` in the present folder, and given as an argument
is run again.
"""

import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["govrubric", "ruamel.yaml"]):
    from govrubric import RubricError
    from govrubric.cases import suite, update
    from govrubric.diagnostics.diagnostic import Diagnostic
    from govrubric.document import files
    from govrubric.editing.formatting import formatted
    from govrubric.editing.successor import successor

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from strewing import means  # noqa: E402 - it is found only now

SLOW = 5.0  # seconds of CPU; what is watched runs several times slower
DICTIONARY = ROOT / "tests" / "fuzz" / "yaml.dict"
TOKENS = (
    "a: ", "b:\n", "- ", "  - ", "? ", "? |\n", "|\n", "|-\n", ">+\n", "|2\n", "\n", "\n\n", "  ", "# c\n", " # allow GR432: x\n", "'it''s'", '"q\\n"', '"\\\n  k"',
    "[", "]", "{", "}", ", ", "[a: 1]", "{a, b}", "---\n", "...\n", "\r\n", "\t", "\ufeff", "was: x\n", "x" * 200, "值：", "　", "- - a\n", "k: [\n  a,  # c\n  b\n]\n",
    "a: >\n  t\n\n  u\n", "'a\n  b'\n",
)  # fmt: skip


def _layout(data: bytes, before: suite.Suite) -> None:
    _, text, found = formatted("x.yaml", data)
    if text is None:
        assert found
        return
    old = files.decode("x", data)
    assert isinstance(old, str)
    assert means(old) == means(text), "another meaning"
    assert formatted("x.yaml", text).text == text, "another layout the second time"
    after = suite.of("x.yaml", text.encode())
    codes = [Counter(finding.code for finding in each.found) for each in (before, after)]
    assert codes[0] == codes[1], f"other findings: {codes}"


def _successor(data: bytes, before: suite.Suite) -> None:
    if "govrubric" not in before.nodes.value:
        return
    try:
        text = successor(before.nodes, data, "another-9", 2031).text
    except RubricError as error:
        codes = {finding.code for finding in error.diagnostics}
        text = ""
    else:
        codes = set()
    assert codes <= {"GR103", "GR108"}, codes
    if codes:
        return
    after = suite.of("x.yaml", text.encode())
    assert not after.refused, after.found


def _updated(before: suite.Suite) -> None:
    tested = suite.Tested(before, list(suite.run(before)))
    after = update.updated(before, update.changes(tested))
    assert not isinstance(after, Diagnostic), after
    again = suite.Tested(after, list(suite.run(after)))
    assert not list(update.changes(again)), "something is left to update"


def one_input(data: bytes) -> None:
    """Lay the text out; if it is a rubric or a file of cases, make its successor and update its cases too."""
    began = time.process_time()
    before = suite.of("x.yaml", data)
    _layout(data, before)
    if before.rubric is not None and not before.refused:
        _successor(data, before)
        _updated(before)
    assert time.process_time() - began < SLOW, "slow"


def _seeds(folder: Path) -> Path:
    folder.mkdir()
    paths = [*(ROOT / "tests" / "bad").glob("*.yaml"), *(ROOT / "examples" / "gallery").glob("*.yaml")]
    for path in paths:
        if path.stat().st_size < 20_000:
            (folder / path.name).write_bytes(path.read_bytes())
    case = "rubric: tender.yaml\ncases:\n  - {name: a, tally: {}, expect: {total: 1}}\n"
    (folder / "cases").write_text(case)
    for index in range(len(TOKENS)):
        rotated = TOKENS[index:] + TOKENS[:index]
        (folder / f"tokens-{index}").write_text("".join(rotated[:12]), newline="")
    return folder


if __name__ == "__main__":
    arguments = list(sys.argv)
    if not any(Path(argument).is_file() for argument in arguments[1:]):
        seeds = _seeds(Path(tempfile.mkdtemp(prefix="govrubric-fuzz-")) / "seeds")
        arguments += [f"-dict={DICTIONARY}", "-timeout=10", "-rss_limit_mb=2048", "-max_len=6000", str(seeds)]
        arguments.append(f"-artifact_prefix={Path.cwd()}/")
    # A file of cases names its rubric in the folder of the gallery.
    os.chdir(ROOT / "examples" / "gallery")
    atheris.Setup(arguments, one_input)
    atheris.Fuzz()

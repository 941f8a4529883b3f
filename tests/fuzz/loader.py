"""Coverage-guided fuzzing of everything that reads text: rubrics, tallies in all three forms, and score cards.

Not part of the ordinary test run. `python tests/fuzz/loader.py -max_total_time=600` runs for ten minutes with the shipped
files as seeds; a finding is written to ``crash-…`` in the present folder, and given as an argument is run again.
"""

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["govrubric", "ruamel.yaml"]):
    import govrubric
    from govrubric import tally_files
    from govrubric.diagnostics.catalogue import CATALOGUE
    from govrubric.diagnostics.display import UNSAFE

ROOT = Path(__file__).parents[2]
RUBRIC = govrubric.shipped("2023-district")
SLOW = 5.0  # seconds of CPU; what is watched runs several times slower
SCRATCH = Path(tempfile.mkdtemp(prefix="govrubric-fuzz-"))
DICTIONARY = ROOT / "tests" / "fuzz" / "yaml.dict"


def _judge(error: govrubric.GovrubricError) -> None:
    """Every finding is fit to be shown, in both languages."""
    assert error.diagnostics
    for one in error.diagnostics:
        assert one.code in CATALOGUE
        for language in ("en", "zh-CN"):
            shown = one.render(language)
            assert len(shown) <= 2000, len(shown)
            assert not UNSAFE.search(shown), ascii(shown)
            assert one.line(language)
    assert str(error)


def _rubric(data: bytes) -> None:
    try:
        rubric = govrubric.loads(data)
    except govrubric.RubricError as error:
        _judge(error)
        return
    again = govrubric.loads(rubric.to_text())
    assert again == rubric
    assert again.digest == rubric.digest
    given: dict[str, Any] = {}
    for name, one in rubric._inputs.items():
        if one.required:
            given[name] = one.options[0] if one.options else one.lo
    card = rubric.score(given)
    assert not card.verify(rubric)
    assert rubric.total(given) == card.total


def _tally(data: bytes, suffix: str) -> None:
    path = SCRATCH / f"tally{suffix}"
    path.write_bytes(data)
    try:
        cards = tally_files.read(RUBRIC, path)
    except govrubric.TallyError as error:
        _judge(error)
    else:
        assert all(card.total is not None and 0 <= card.total <= 100 for card in cards)


def _card(data: bytes) -> None:
    try:
        card = govrubric.ScoreCard.from_json(data.decode("utf-8", "replace"))
    except govrubric.CardError as error:
        _judge(error)
    else:
        card.verify(RUBRIC)
        card.explain("zh")


def one_input(data: bytes) -> None:
    """The first byte chooses the reader; an ordinary first byte chooses the rubric's."""
    began = time.process_time()
    match data[:1]:
        case b"\x01" | b"\x02" | b"\x03":
            _tally(data[1:], {1: ".yaml", 2: ".json", 3: ".csv"}[data[0]])
        case b"\x04":
            _card(data[1:])
        case _:
            _rubric(data)
    assert time.process_time() - began < SLOW, "slow"


def _seeds() -> Path:
    folder = SCRATCH / "seeds"
    folder.mkdir()
    card = RUBRIC.score({name: 1 for name, one in RUBRIC._inputs.items() if one.required}).to_json()
    small = [
        path.read_bytes()
        for path in sorted((ROOT / "tests" / "bad").glob("*.yaml"))
        if path.stat().st_size < 20_000
    ]
    example = (ROOT / "examples" / "district-one.yaml").read_bytes()
    table = (ROOT / "examples" / "2023-districts.csv").read_bytes()
    for index, seed in enumerate(
        [
            *small,
            b"\x01" + example,
            b"\x03" + table[:2500],
            b"\x04" + card.encode(),
            b'\x02{"unit": "a", "x": [1.5]}',
        ]
    ):
        (folder / str(index)).write_bytes(seed)
    for path in (ROOT / "docs").glob("*.md"):
        for index, block in enumerate(path.read_text().split("```yaml\n")[1:]):
            (folder / f"{path.stem}-{index}").write_text(block.split("```")[0])
    return folder


if __name__ == "__main__":
    arguments = list(sys.argv)
    if not any(Path(argument).is_file() for argument in arguments[1:]):
        arguments += [
            f"-dict={DICTIONARY}",
            "-timeout=10",
            "-rss_limit_mb=2048",
            "-max_len=6000",
            str(_seeds()),
        ]
    atheris.Setup(arguments, one_input)
    atheris.Fuzz()

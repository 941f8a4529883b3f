"""Coverage-guided fuzzing of `diff`: two rubrics, one or both of them changed, and tallies scored under both.

Not part of the ordinary test run. `python tests/fuzz/comparison.py -max_total_time=600` runs for ten minutes; a finding is
written to ``crash-…`` in the present folder, and given as an argument is run again.
"""

import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["govrubric"]):
    import govrubric
    from govrubric import Rubric, RubricError, TallyError
    from govrubric.comparison import as_data, as_markdown, as_text
    from govrubric.comparison.compare import compare
    from govrubric.comparison.replay import Recount
    from govrubric.diagnostics.display import UNSAFE
    from govrubric.scoring import card_json
    from govrubric.tally_sheets.units import FileUnit

ROOT = Path(__file__).parents[2]
SLOW = 5.0  # seconds of CPU; what is watched runs several times slower
GALLERY = sorted((ROOT / "examples" / "gallery").glob("*.yaml"))
TEXTS = [path.read_bytes() for path in GALLERY]
# What one change may put in place of a digit, a word or a line.
PIECES = (
    b"0", b"1", b"2", b"5", b"10", b"100", b"0.5", b"score", b"deduct", b"award", b"at_most: 2", b"when: total > 1", b"id: x", b"was: y",
    b"title: T", b"half_up", b"down", b"none", b"rules", b"weight: 5", "每次".encode(), b"-", b" ", b"\n", b"[", b"]",
)  # fmt: skip


def changed(text: bytes, provider: atheris.FuzzedDataProvider) -> bytes:
    """A rubric after a few changes of words, digits and lines."""
    for _ in range(provider.ConsumeIntInRange(0, 4)):
        kind = provider.ConsumeIntInRange(0, 3)
        at = provider.ConsumeIntInRange(0, len(text))
        if kind == 0:
            digits = [place for place, byte in enumerate(text) if 48 <= byte <= 57]
            at = digits[at % len(digits)] if digits else 0
            text = text[:at] + provider.PickValueInList(list(PIECES[:7])) + text[at + 1 :]
        elif kind == 1:
            text = text[:at] + provider.PickValueInList(list(PIECES)) + text[at:]
        else:
            lines = text.split(b"\n")
            one, other = at % len(lines), provider.ConsumeIntInRange(0, len(lines) - 1)
            if kind == 2:
                lines[one], lines[other] = lines[other], lines[one]
            else:
                lines[one : one + 1] = [] if provider.ConsumeBool() else [lines[one], lines[other]]
            text = b"\n".join(lines)
    return text


def tally_of(rubric: Rubric, seed: int) -> dict[str, Any]:
    """A tally that mostly can be scored."""
    luck = random.Random(seed)
    tally: dict[str, Any] = {}
    for name, given in rubric._inputs.items():
        if given.options:
            tally[name] = luck.choice(list(given.options))
        elif given.required or luck.random() < 0.4:
            tally[name] = given.lo if luck.random() < 0.3 else min(given.hi, given.lo + (given.step or 1))
    return tally


def one_input(data: bytes) -> None:
    """Two rubrics out of the gallery, changed; where both load, every report of their comparison is printed."""
    provider = atheris.FuzzedDataProvider(data)
    first = provider.ConsumeIntInRange(0, len(TEXTS) - 1)
    second = first if provider.ConsumeIntInRange(0, 9) else provider.ConsumeIntInRange(0, len(TEXTS) - 1)
    try:
        older = govrubric.loads(changed(TEXTS[first], provider))
        newer = govrubric.loads(changed(TEXTS[second], provider))
    except RubricError:
        return
    began = time.process_time()
    comparison = compare(older, newer)
    if older.digest == newer.digest:
        assert not comparison.changes, comparison.changes
    units = []
    for seed in range(3):
        tally = tally_of(older, seed)
        try:
            card = older.score(tally, unit=f"u{seed}")
        except TallyError:
            continue
        units.append((FileUnit(f"u{seed}", None, tally, lambda path: path), card))
    replay = Recount(comparison).replay(units)
    for lang in ("en", "zh"):
        for text in (
            as_text.as_text(comparison, replay, lang),
            as_markdown.memo(comparison, replay, lang),
            card_json.dumps(as_data.to_dict(comparison, replay, lang)),
        ):
            assert text.endswith("\n")
            assert not UNSAFE.search(text), ascii(text)
    assert time.process_time() - began < SLOW, "slow"


def _seeds(folder: Path) -> Path:
    folder.mkdir()
    for seed in range(200):
        (folder / str(seed)).write_bytes(random.Random(seed).randbytes(60))
    return folder


if __name__ == "__main__":
    arguments = list(sys.argv)
    if not any(Path(argument).is_file() for argument in arguments[1:]):
        seeds = _seeds(Path(tempfile.mkdtemp(prefix="govrubric-fuzz-")) / "seeds")
        arguments += ["-timeout=10", "-rss_limit_mb=2048", "-max_len=200", str(seeds)]
    atheris.Setup(arguments, one_input)
    atheris.Fuzz()

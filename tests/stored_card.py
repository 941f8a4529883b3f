"""Cards and their rubrics, kept as this version writes them: `python tests/stored_card.py`, once for each version.

A card that was kept is never written again: every later version has to read it, and to come to its figures.
"""

import sys
from pathlib import Path

import govrubric
from govrubric.version import __version__

ROOT = Path(__file__).parents[1]
STORED = Path(__file__).parent / "golden" / "stored"
# Each rubric, and the case of it whose tally is scored. Together they have nearly all verbs, every kind of input, gates,
# grades, a part that may not apply, and a total that is void.
CASES = {
    "rubrics/2023-district.yaml": "一个平常的地区",
    "examples/gallery/university-course.yaml": "an ordinary student",
    "examples/gallery/service-level.yaml": "latency cut to one place",
    "examples/gallery/tender.yaml": "a starred term is missed",
}


def card_of(rubric: govrubric.Rubric, name: str) -> govrubric.ScoreCard:
    """The card of a case, with evidence for its first input."""
    tally = next(case.tally.plain() for case in rubric._text.cases if case.name == name)
    given = rubric.score(tally).inputs
    first = next(one for one in given.values() if not one.assumed)
    values = {one.name: one.value for one in given.values() if not one.assumed}
    evidence = {"value": first.value, "evidence": ["第2页", "page 3"], "note": "核对无误"}
    return rubric.score({**values, first.name: evidence}, unit="u01", name="示例单位（虚构）")


def write(folder: Path) -> None:
    """Write every rubric and its card into a folder that is not there yet."""
    folder.mkdir(parents=True)
    for path, name in CASES.items():
        text = (ROOT / path).read_text("utf-8")
        stem = Path(path).stem
        (folder / f"{stem}.yaml").write_text(text, "utf-8")
        (folder / f"{stem}.card.json").write_text(card_of(govrubric.loads(text), name).to_json(), "utf-8")


def main() -> int:
    """Write the cards of this version; refuse if there are any."""
    folder = STORED / __version__
    if folder.exists():
        print(
            f"{folder.relative_to(ROOT)} is there already, and what is kept is never written again",
            file=sys.stderr,
        )
        return 1
    write(folder)
    print(folder.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())

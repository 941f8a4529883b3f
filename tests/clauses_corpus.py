"""How well clauses are read: `python tests/clauses_corpus.py` prints precision and recall, by kind and in all.

The corpus is `tests/lint/clauses_corpus.txt`; `clauses_held_out.txt` beside it was written after the grammar.
With `--differences` each clause follows that is read otherwise than it was written down.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from govrubric.lint.clauses.chinese import Statement, read
from govrubric.numbers import written

LINT = Path(__file__).parent / "lint"
CORPUS, HELD_OUT = LINT / "clauses_corpus.txt", LINT / "clauses_held_out.txt"
BARE = {"either": "or", "both": "and"}


class Clause(NamedTuple):
    """A clause, and its statements as they were written down."""

    line: int
    words: str
    said: Counter[str]


class Score(NamedTuple):
    """How many statements were written down, were read, and are the same."""

    expected: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0


def clauses(path: Path) -> Iterator[Clause]:
    """The clauses of a corpus."""
    words, at = "", 0
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith(" "):
            said = line.split()
            yield Clause(at, words, Counter(() if said == ["none"] else said))
        else:
            words, at = line, number


def shown(statement: Statement) -> str:
    """A statement in the notation of the corpus."""
    sign = {-1: "-", 0: "", 1: "+"}[statement.sign]
    amount = written(statement.amount)
    unit = statement.unit.replace(" ", "_")
    match statement.kind:
        case "effect":
            each = written(statement.each) if statement.each != 1 else ""
            of = f"{each}{statement.per}".replace(" ", "_")
            return f"{sign}{amount}" + {True: f"/{of}", None: "?", False: ""}[statement.repeats]
        case "range":
            return f"~{sign}{amount}"
        case "cap":
            return f"≤{sign}{amount}"
        case "full":
            return f"={amount}"
        case "figure":
            return f"({amount})"
        case "bound":
            return f"{statement.relation}{amount}{unit}"
        case "base" | "year":
            return f"{statement.kind}:{amount}"
        case "verdict":
            return f"verdict:{unit}"
        case "begun":
            return f"begun-{ {1: 'up', -1: 'down', 0: 'share'}[statement.sign] }".replace(" ", "")
        case "judged":
            return f"judged{sign}"
        case "multiple":
            return f"×{amount}"
        case kind:
            return BARE.get(kind, kind)


KINDS = (
    ("effect", r"[-+]?\d.*"), ("range", "~.*"), ("cap", "≤.*"), ("full", "=.*"), ("base", "base:.*"), ("figure", r"\(.*"),
    ("bound", "[<>].*"), ("begun", "begun-.*"), ("judged", "judged.*"), ("multiple", "×.*"), ("verdict", "verdict:.*"), ("year", "year:.*"),
)  # fmt: skip


def kind_of(told: str) -> str:
    """The kind of a statement in the notation of the corpus."""
    names = {bare: kind for kind, bare in BARE.items()}
    return next((kind for kind, pattern in KINDS if re.fullmatch(pattern, told)), names.get(told, told))


def read_of(words: str) -> Counter[str]:
    """What is read of a clause."""
    return Counter(map(shown, read(words).statements))


def scores(corpus: list[Clause]) -> dict[str, Score]:
    """The score of each kind of statement, and of all under `all`."""
    counts = {name: Counter[str]() for name in ("expected", "found", "right")}
    for clause in corpus:
        found = read_of(clause.words)
        for name, told in (("expected", clause.said), ("found", found), ("right", clause.said & found)):
            for statement, times in told.items():
                counts[name][kind_of(statement)] += times
                counts[name]["all"] += times
    kinds = sorted({*counts["expected"], *counts["found"]} - {"all"})
    return {kind: Score(*(counts[name][kind] for name in counts)) for kind in (*kinds, "all")}


def table(path: Path) -> str:
    """The scores of a corpus as lines of text."""
    corpus = list(clauses(path))
    lines = [
        f"{path.stem}: {len(corpus)} clauses",
        f"{'':12}{'statements':>10}{'precision':>11}{'recall':>9}",
    ]
    for kind, score in scores(corpus).items():
        lines.append(f"{kind:12}{score.expected:>10}{score.precision:>11.1%}{score.recall:>9.1%}")
    return "\n".join(lines)


def differences(path: Path) -> Iterator[str]:
    """Each clause that is read otherwise."""
    for clause in clauses(path):
        found = read_of(clause.words)
        if found != clause.said:
            missed, wrong = clause.said - found, found - clause.said
            yield f"{path.name}:{clause.line}: {clause.words}\n    missed {' '.join(missed.elements())}  wrong {' '.join(wrong.elements())}"


if __name__ == "__main__":
    for path in (CORPUS, HELD_OUT):
        if path.exists():
            print(table(path), end="\n\n")
            if "--differences" in sys.argv:
                print(*differences(path), sep="\n", end="\n\n")

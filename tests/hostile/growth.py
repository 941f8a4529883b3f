"""How time grows with size, reader by reader: `python tests/hostile/growth.py`.

Prints for each reader a size, the CPU seconds that it takes, the same for twice the size, and the ratio.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

import govrubric
from govrubric import checking, tally_files
from govrubric.cases import suite
from govrubric.document import json as json_text
from govrubric.document import yaml
from govrubric.expressions.parser import parse
from govrubric.lint.clauses import chinese
from hostile.case import GOOD
from hostile.slow import items, many, rubric

JUDGED = {"platform.website.inspection": 1, "platform.service.assessed": 1}
Act = Callable[[], object]


class Reader(NamedTuple):
    """What reads: a size for the ordinary tests, a size for this command, and what is done for a size."""

    name: str
    small: int
    large: int
    prepared: Callable[[int, Path], Act]


def _checks(text: Callable[[int], str]) -> Callable[[int, Path], Act]:
    def prepared(size: int, folder: Path) -> Act:
        path = folder / "r.yaml"
        path.write_text(text(size), "utf-8")
        return lambda: checking.check(path)

    return prepared


def _scores(suffix: str, text: Callable[[int], str]) -> Callable[[int, Path], Act]:
    def prepared(size: int, folder: Path) -> Act:
        path, good = folder / f"t{suffix}", govrubric.load(GOOD)
        path.write_text(text(size), "utf-8")

        def act() -> None:
            units = tally_files.parse(good, path)
            list(tally_files.score(good, units.units))

        return act

    return prepared


def _cases(size: int, folder: Path) -> Act:
    path = folder / "r.yaml"
    path.write_text(
        rubric() + "cases:\n" + "".join(f"  - {{name: c{n}, tally: {{a.r: {n}}}, expect: {{total: 3}}}}\n" for n in range(size)),
        "utf-8",
    )  # fmt: skip
    return lambda: list(suite.run(suite.read(path)))


def _clause(size: int, _: Path) -> Act:
    words = "未标注的，每 例扣0.1分；年报 　迟发的扣2 分。" * size

    def act() -> None:
        chinese.read.cache_clear()
        chinese.read(words[: chinese.LONGEST])

    return act


def _card(size: int, _: Path) -> Act:
    card = govrubric.load(GOOD).score(JUDGED).to_dict()
    text = json.dumps([card] * size)
    return lambda: [govrubric.ScoreCard.from_dict(one).verify() for one in json.loads(text)]


def _batch(size: int, folder: Path) -> Act:
    path, good = folder / "t.csv", govrubric.load(GOOD)
    path.write_text(_rows(size), "utf-8")
    return lambda: tally_files.csv_findings(good, str(path), carried=True)


def _rows(size: int) -> str:
    head = f"unit,publication.documents.unlabelled,{','.join(JUDGED)}\n"
    return head + "".join(f"u{n},{n % 9},1,1\n" for n in range(size))


def _units(size: int) -> list[dict[str, object]]:
    return [{"unit": f"u{n}", **JUDGED} for n in range(size)]


READERS = (
    Reader("rubric: items", 40, 400, _checks(items)),
    Reader(
        "rubric: rules of one item",
        40,
        400,
        _checks(lambda n: rubric(many(n, "id: rN, deduct: 1, per: 例, clause: 第N类每例扣1分"))),
    ),
    Reader("rubric: misspelt keys", 60, 1000, _checks(lambda n: items(n, "id: aN, titel: t, weight: 1"))),
    Reader(
        "rubric: ambiguities in no place",
        330,  # from here on the search for near names has come to its limit
        400,
        _checks(
            lambda n: (
                items(n)
                + "ambiguities:\n"
                + "".join(f"  - {{id: m{k}, at: aa{k}, question: q, decision: d}}\n" for k in range(n))
            )
        ),
    ),
    Reader("cases", 40, 400, _cases),
    Reader("clause", 20, 70, _clause),
    Reader("expression", 20, 60, lambda n, _: lambda: parse(" + ".join(["score(a.b) * 2"] * n)[:1000])),
    Reader(
        "YAML", 100, 1500, lambda n, _: lambda: yaml.parse("t", "".join(f"k{i}: {i}\n" for i in range(n)))
    ),
    Reader(
        "JSON on one line",
        200,
        10_000,
        lambda n, _: lambda: json_text.parse("t", json.dumps(_units(n)).encode()),
    ),
    Reader("tally, JSON", 60, 2000, _scores(".json", lambda n: json.dumps(_units(n)))),
    Reader(
        "tally, JSON with unknown names",
        60,
        300,
        _scores(".json", lambda n: json.dumps([{"unit": f"u{k}", f"x{k}": 1} for k in range(n)])),
    ),
    Reader("tally, YAML", 40, 800, _scores(".yaml", lambda n: json.dumps(_units(n)).replace("}, ", "},\n"))),
    Reader("tally, CSV", 60, 3000, _scores(".csv", _rows)),
    Reader(
        "tally, CSV: columns",
        100,
        5000,
        _scores(".csv", lambda n: "unit," + ",".join(f"a{k}" for k in range(n)) + "\nu" + ",1" * n + "\n"),
    ),
    Reader("cards", 10, 200, _card),
    Reader("batch, CSV", 60, 3000, _batch),
)


def measured(sizes: Callable[[Reader], int]) -> Iterator[tuple[Reader, int, float, float]]:
    """Each reader, its size, and the seconds for the size and for twice the size."""
    for reader in READERS:
        size = sizes(reader)
        yield reader, size, _seconds(reader, size), _seconds(reader, 2 * size)


def _seconds(reader: Reader, size: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        act = reader.prepared(size, Path(folder))
        times = []
        for _ in range(3):
            begin = time.process_time()
            act()
            times.append(time.process_time() - begin)
    return min(times)


if __name__ == "__main__":
    print(f"{'reader':<32} {'size':>6} {'seconds':>8} {'size':>6} {'seconds':>8} {'ratio':>6}")
    for one, number, once, twice in measured(lambda reader: reader.large):
        print(f"{one.name:<32} {number:>6} {once:>8.3f} {2 * number:>6} {twice:>8.3f} {twice / once:>6.2f}")

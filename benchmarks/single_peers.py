"""Alternatives that score one unit at a time: each gets the form once, then tallies of whole numbers.

Languages of whole numbers get thousandths of a point, languages of decimals get points.
"""

import json
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from importlib.util import find_spec
from typing import Any

import govrubric
from form import Language, leaves

Tally = dict[str, Any]
Score = Callable[[Tally], Any]
# The module of each peer, and its name.
PEERS = {
    "zen": "ZEN engine", "openfisca_core": "OpenFisca", "rule_engine": "rule-engine", "cel": "CEL in Rust",
    "celpy": "cel-python",
}  # fmt: skip


def missing() -> list[str]:
    """The peers that are not installed."""
    return [name for module, name in PEERS.items() if not find_spec(module)]


def _flat(name: str) -> str:
    return name.replace(".", "_")


def nested(tally: Tally) -> Tally:
    """Dotted names -> a tree, for rule engines."""
    tree: Tally = {}
    for name, value in tally.items():
        inner, (*groups, last) = tree, name.split(".")
        for group in groups:
            inner = inner.setdefault(group, {})
        inner[last] = value
    return tree


def _total(rubric: govrubric.Rubric, language: Language) -> str:
    return " + ".join(map(language.leaf, leaves(rubric)))


def _zen(rubric: govrubric.Rubric) -> Iterator[tuple[str, Score]]:
    import zen

    language = Language("max([{}, {}])", "min([{}, {}])", "({} ? {} : {})", str, 1)
    lines = [(f"score_{index}", language.leaf(leaf)) for index, leaf in enumerate(leaves(rubric))]
    lines.append(("total", f"floor(({' + '.join(f'$.{key}' for key, _ in lines)}) * 100 + 0.5) / 100"))
    place = {"x": 0, "y": 0}
    expressions = [{"id": key, "key": key, "value": value} for key, value in lines]
    graph = {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": place},
            {
                "id": "form",
                "type": "expressionNode",
                "name": "form",
                "position": place,
                "content": {"expressions": expressions},
            },
            {"id": "out", "type": "outputNode", "name": "out", "position": place},
        ],
        "edges": [
            {"id": "a", "sourceId": "in", "targetId": "form", "type": "edge"},
            {"id": "b", "sourceId": "form", "targetId": "out", "type": "edge"},
        ],
    }
    decision = zen.ZenEngine().create_decision(json.dumps(graph))
    yield "ZEN engine (Rust), without trace", lambda tally: decision.evaluate(tally)["result"]["total"]
    yield (
        "ZEN engine (Rust), with trace",
        lambda tally: decision.evaluate(tally, {"trace": True})["result"]["total"],
    )


_CEL = Language("(({0}) > {1} ? ({0}) : {1})", "(({0}) < {1} ? ({0}) : {1})", "({} ? {} : {})", str, 1000)


def _cel(rubric: govrubric.Rubric) -> Iterator[tuple[str, Score]]:
    import cel

    program = cel.compile(f"({_total(rubric, _CEL)} + 5) / 10")
    yield "CEL in Rust", lambda tally: Decimal(program.execute(tally)) / 100


def _celpy(rubric: govrubric.Rubric) -> Iterator[tuple[str, Score]]:
    import celpy

    environment = celpy.Environment()
    program = environment.program(environment.compile(f"({_total(rubric, _CEL)} + 5) / 10"))
    yield "cel-python", lambda tally: Decimal(int(program.evaluate(celpy.json_to_cel(tally)))) / 100


def _simpleeval(rubric: govrubric.Rubric) -> Iterator[tuple[str, Score]]:
    import simpleeval

    language = Language("max({}, {})", "min({}, {})", "({1} if {0} else {2})", _flat, 1000)
    text = f"({_total(rubric, language)} + 5) // 10"
    functions = {"max": max, "min": min}
    once = simpleeval.SimpleEval(functions=functions)
    tree = once.parse(text)

    def parsed(tally: Tally) -> Decimal:
        once.names = tally
        return Decimal(once.eval(text, previously_parsed=tree)) / 100

    yield "simpleeval, parsed once", parsed
    yield (
        "simpleeval, parsed each time",
        lambda tally: Decimal(simpleeval.SimpleEval(functions=functions, names=tally).eval(text)) / 100,
    )


def _rule_engine(rubric: govrubric.Rubric) -> Iterator[tuple[str, Score]]:
    import rule_engine

    language = Language("$max([{}, {}])", "$min([{}, {}])", "({} ? {} : {})", _flat, 1)
    rule = rule_engine.Rule(_total(rubric, language))
    yield "rule-engine, compiled", lambda tally: rule.evaluate(tally).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _openfisca(rubric: govrubric.Rubric) -> Iterator[tuple[str, Score]]:
    import fisca

    system = fisca.system(rubric)
    yield "OpenFisca, one person", lambda tally: fisca.alone(system, tally)


def peers(rubric: govrubric.Rubric) -> Iterator[tuple[str, Score, Callable[[Tally], Tally], bool]]:
    """Each installed peer: name, function of a tally, form of that tally, and whether it is exact."""

    def flat(tally: Tally) -> Tally:
        return {_flat(name): value for name, value in tally.items()}

    for module, make, shape in (
        ("cel", _cel, nested), ("simpleeval", _simpleeval, flat), ("zen", _zen, nested),
        ("rule_engine", _rule_engine, flat), ("openfisca_core", _openfisca, dict), ("celpy", _celpy, nested),
    ):  # fmt: skip
        if find_spec(module):
            for name, score in make(rubric):
                yield name, score, shape, module != "openfisca_core"

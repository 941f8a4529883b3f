"""Plan x tally -> values: Python functions over whole numbers, generated once for each rubric.

The text of the functions holds only names and digits that we made; input names travel as data. Reading accepts at once
what is plainly right, values alone under dotted names; everything else goes the long way through `tally`, which
either finds it right too or says what is wrong.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from govrubric.formula.codegen import build, function, statements
from govrubric.formula.nodes import Input
from govrubric.numbers import COUNT_LIMIT, shifted
from govrubric.plan.lines import TOTAL, VOID
from govrubric.plan.planner import Plan
from govrubric.scoring.rows import kept_lines

Whole = tuple[int, ...]


class Functions:
    """What scores a rubric; each function is made when it is first needed.

    `trace` and `total` take the whole numbers of the inputs. `read_trace` and `read_total` take a tally, and give
    ``None`` when it must go the long way; the former gives the inputs and the kept lines.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.parameters = {one.name: f"i{index}" for index, one in enumerate(plan.inputs)}
        self.every = f"({''.join(f'{name}, ' for name in self.parameters.values())})"
        self.kept = kept_lines(plan)

    @cached_property
    def trace(self) -> Callable[..., Whole]:
        return self._made(function("made", self.parameters, self.plan.lines, self.kept))

    @cached_property
    def total(self) -> Callable[..., Whole]:
        return self._made(function("made", self.parameters, self.plan.lines, (TOTAL, VOID)))

    @cached_property
    def read_trace(self) -> Callable[[Mapping[str, Any]], tuple[Whole, Whole] | None]:
        return self._made(
            self._reader() + statements(self.parameters, self.plan.lines, self.kept, f"{self.every}, ")
        )

    @cached_property
    def read_total(self) -> Callable[[Mapping[str, Any]], Whole | None]:
        return self._made(self._reader() + statements(self.parameters, self.plan.lines, (TOTAL, VOID)))

    def _made(self, text: str) -> Callable[..., Any]:
        defaults = {one.name: {"count": 0, "flag": False}.get(one.kind) for one in self.plan.inputs}
        allowed = {
            "type": type,
            "map": map,
            "len": len,
            "int": int,
            "bool": bool,
            "Decimal": Decimal,
            "str": str,
        }
        chosen = [
            {name: place for place, name in enumerate(one.options)}
            for one in self.plan.inputs
            if one.kind == "choice"
        ]
        return build(text, {"defaults": defaults, "shifted": shifted, "chosen": chosen, **allowed})

    def _reader(self) -> str:
        """The text that takes a dict of dotted names apart into every input, or returns None for the long way."""
        return "def made(tally):\n" + "".join(
            f"    {line}\n" for line in _reading(self.plan.inputs, self.every)
        )


def _reading(inputs: tuple[Input, ...], every: str) -> list[str]:
    names = {
        kind: [f"i{i}" for i, one in enumerate(inputs) if one.kind == kind]
        for kind in ("count", "flag", "choice")
    }
    # Known names keep their order when the tally is laid over them, and unknown ones make the whole longer.
    body = [
        "given = {**defaults, **tally}",
        f"if len(given) != {len(inputs)}: return None",
        f"{every} = given.values()",
    ]
    if counts := names["count"]:
        listed = f"({', '.join(counts)},)"
        body += [
            f"counts = {listed}",
            f"if [*map(type, counts)].count(int) != {len(counts)}: return None",
            f"if min(counts) < 0 or max(counts) > {COUNT_LIMIT}: return None",
        ]
    body += [f"if type({name}) is not bool: return None" for name in names["flag"]]
    for name, one in ((f"i{i}", one) for i, one in enumerate(inputs) if one.kind == "number"):
        low, high = (end * one.den for end in (one.lo, one.hi))
        step = f" or {name} % {one.step * one.den}" if one.step is not None else ""
        body += [
            f"if type({name}) is int: {name} *= {one.den}",
            f"elif type({name}) is Decimal: {name} = shifted({name}, {one.places})",
            "else: return None",
            f"if not {-(-low.numerator // low.denominator)} <= {name} <= {high.numerator // high.denominator}{step}: return None",
        ]
    for place, name in enumerate(names["choice"]):
        body += [
            f"if type({name}) is not str: return None",
            f"{name} = chosen[{place}].get({name})",
            f"if {name} is None: return None",
        ]
    return body

"""Plan x tally -> values: Python functions over whole numbers, generated once for each rubric.

The text of the functions holds only names and digits that are made here; the names of inputs travel as data.
The quick way of reading a tally accepts what is plainly right: bare values under dotted names. Every other
tally goes the long way through the module `tally`, which either accepts it too or says what is wrong.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cached_property
from math import ceil, floor
from operator import itemgetter
from typing import Any

from govrubric.formula.build import goes_with
from govrubric.formula.codegen import build, function, statements
from govrubric.formula.nodes import Input, Scope
from govrubric.numbers import COUNT_LIMIT, UNFIT, scaled, whole
from govrubric.plan.lines import TOTAL, VOID, LineName
from govrubric.plan.plan import Plan
from govrubric.scoring.row_builder import kept_lines
from govrubric.scoring.values import left_out

Whole = tuple[int, ...]


class Evaluator:
    """The functions that score by a plan; each is made when it is first needed.

    `trace` and `total` take the whole numbers of the inputs; they give the kept lines, and the total with the
    flag that it is void. `read_trace` and `read_total` take a tally, and give ``None`` when it must go the
    long way; `read_trace` gives the inputs too.
    """

    parameters: dict[str, str]
    all_parameters: str
    kept: tuple[LineName, ...]

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.parameters = {known.name: f"i{index}" for index, known in enumerate(plan.inputs)}
        self.all_parameters = f"({''.join(f'{name}, ' for name in self.parameters.values())})"
        self.kept = kept_lines(plan)

    @cached_property
    def trace(self) -> Callable[..., Whole]:
        return self._build(function("made", self.parameters, self.plan.lines, self.kept))

    @cached_property
    def total(self) -> Callable[..., Whole]:
        return self._build(function("made", self.parameters, self.plan.lines, (TOTAL, VOID)))

    @cached_property
    def read_trace(self) -> Callable[[Mapping[str, Any]], tuple[Whole, Whole] | None]:
        inputs = f"{self.all_parameters}, "
        return self._build(self._reader() + statements(self.parameters, self.plan.lines, self.kept, inputs))

    @cached_property
    def read_total(self) -> Callable[[Mapping[str, Any]], Whole | None]:
        return self._build(self._reader() + statements(self.parameters, self.plan.lines, (TOTAL, VOID)))

    def _build(self, text: str) -> Callable[..., Any]:
        defaults = {known.name: left_out(known) for known in self.plan.inputs}
        allowed = {
            "type": type,
            "map": map,
            "len": len,
            "int": int,
            "bool": bool,
            "LookupError": LookupError,
            "Decimal": Decimal,
            "str": str,
        }
        chosen = [
            {option: place for place, option in enumerate(known.options)}
            for known in self.plan.inputs
            if known.kind == "choice"
        ]
        every = itemgetter(*defaults) if len(defaults) > 1 else None
        numbers = {"scaled": scaled, "whole": whole, "UNFIT": UNFIT}
        return build(text, {"defaults": defaults, "every": every, "chosen": chosen, **numbers, **allowed})

    def _reader(self) -> str:
        """The text that takes the inputs out of a dict of dotted names, or returns None for the long way."""
        return "def made(tally):\n" + "".join(
            f"    {line}\n" for line in _reading(self.plan.inputs, self.all_parameters)
        )


def _reading(inputs: tuple[Input, ...], all_parameters: str) -> list[str]:
    """The lines of that text: each kind of input is checked as its values need it."""
    names = {
        kind: [f"i{index}" for index, known in enumerate(inputs) if known.kind == kind]
        for kind in ("count", "flag", "choice")
    }
    # Known names keep their order when the tally is laid over them; an unknown name makes the dict longer.
    laid_over = [
        "given = {**defaults, **tally}",
        f"if len(given) != {len(inputs)}: return None",
        f"{all_parameters} = given.values()",
    ]
    # A key of the caller's class may claim to be another.
    body = ["if [*map(type, tally)].count(str) != len(tally): return None"]
    if len(inputs) > 1:  # what gives everything is taken apart at once
        body += [
            f"if len(tally) == {len(inputs)}:",
            f" try: {all_parameters} = every(tally)",
            " except LookupError: return None",
            "else:",
        ]
        laid_over = [f" {line}" for line in laid_over]
    body += laid_over
    if counts := names["count"]:
        listed = f"({', '.join(counts)},)"
        body += [
            f"counts = {listed}",
            f"if [*map(type, counts)].count(int) != {len(counts)}: return None",
            f"if min(counts) < 0 or max(counts) > {COUNT_LIMIT}: return None",
        ]
    body += [
        f"if i{index} > {known.hi}: return None"
        for index, known in enumerate(inputs)
        if known.kind == "count" and known.hi < COUNT_LIMIT
    ]
    body += [f"if type({name}) is not bool: return None" for name in names["flag"]]
    for index, known in enumerate(inputs):
        if known.kind == "number":
            name = f"i{index}"
            low, high = ceil(known.lo * known.den), floor(known.hi * known.den)
            step = f" or {name} % {known.step * known.den}" if known.step is not None else ""
            body += [
                f"if type({name}) is int: {name} *= {known.den}",
                f"elif type({name}) is Decimal:",
                f" try: {name} = int(whole(scaled({name}, {known.places})))",
                " except UNFIT: return None",
                "else: return None",
                f"if not {low} <= {name} <= {high}{step}: return None",
            ]
            if known.gap is not None:
                body.append(f"if 0 < {name} < {ceil(known.gap * known.den)}: return None")
    for place, name in enumerate(names["choice"]):
        body += [
            f"if type({name}) is not str: return None",
            f"{name} = chosen[{place}].get({name})",
            f"if {name} is None: return None",
        ]
    by_name = {known.name: known for known in inputs}
    scope = Scope({name: f"i{index}" for index, name in enumerate(by_name)})
    for known in inputs:
        if known.each is not None:
            flag = goes_with(known.each, by_name[known.each.of], known)
            body.append(f"if not {flag.truth(scope)}: return None")
    return body

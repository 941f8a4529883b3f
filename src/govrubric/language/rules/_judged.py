"""Points that an assessor sets within a range: the form `judged` of `deduct` and `award`.

A tally gives 0, or points from `low` to `high`. With `per` it gives how many cases there were, and the points
of all of them, which are `low` to `high` for each. That the two go together belongs to the input of points.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import floor
from typing import Any, NamedTuple

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.build import number, scale, tally_count
from govrubric.formula.nodes import Each, Formula, Input
from govrubric.language.rules._draw import Draw
from govrubric.language.rules._rule import Amount, joined
from govrubric.numbers import COUNT_LIMIT, written

ZERO = Fraction(0)
CASES, POINTS = "cases", "points"


class JudgedPoints(NamedTuple):
    """The range of the points, and how they are added (`sign` 1) or taken (-1)."""

    sign: int
    low: Fraction
    high: Fraction
    places: int
    step: Fraction | None
    per: str | None

    def inputs(self, path: str) -> tuple[Input, ...]:
        """The points, behind the number of cases where these are counted."""
        if self.per is None:
            gap = self.low if self.low > 0 else None
            return (number(path, self.high, places=self.places, step=self.step, gap=gap),)
        # So many cases that there is a number of points for each of them.
        most = COUNT_LIMIT if self.high <= 1 else max(1, floor(COUNT_LIMIT / self.high))
        cases = tally_count(f"{path}.{CASES}", self.per, most)
        each = Each(cases.name, self.low, self.high)
        points = number(f"{path}.{POINTS}", most * self.high, places=self.places, step=self.step, each=each)
        return cases, points

    def effect(self, inputs: tuple[Formula, ...]) -> Formula:
        """The points; how many cases there were decides only which points are possible."""
        return scale(inputs[-1], self.sign)

    def sentence(self, lang: Lang) -> str:
        """The rule in words: ``视情节扣2至6分，也可不扣``, ``每例酌情扣5至10分``."""
        low, high = written(self.low), written(self.high)
        ends = high if low == high else {"en": "{} to {}", "zh": "{}至{}"}[lang].format(low, high)
        step = written(self.step) if self.step else ""
        unit = (self.per or "").removeprefix("每")
        if lang == "zh":
            verb = "扣" if self.sign < 0 else "加"
            each = joined("每", unit) if self.per else ""
            text = joined(each, f"酌情{verb}{ends}分")
            if not self.low:
                text = joined(each, f"在{high}分内酌情{verb}分")
            elif not self.per:
                text = f"视情节{verb}{ends}分，也可不{verb}"
            return text + (f"，每{step}分一档" if step else "")
        direction = "off" if self.sign < 0 else "added"
        range_ = f"{ends} {direction}" if self.low else f"up to {high} {direction}"
        text = f"judged, {range_}" + (f" per {unit}" if self.per else "")
        text += ", or nothing" if self.low and not self.per else ""
        return text + (f", in steps of {step}" if step else "")

    def working(self, given: tuple[Fraction, ...], effect: str, lang: Lang) -> str:
        """How the `effect`, in words, follows from the given numbers: ``3例，酌情扣20分``."""
        judged = {"en": "judged ", "zh": "酌情"}[lang] + effect if given[-1] else effect
        if self.per is None:
            return judged
        unit = self.per.removeprefix("每")
        cases = f"{written(given[0])} {self.per}" if lang == "en" else joined(written(given[0]), unit)
        return {"en": ", ", "zh": "，"}[lang].join((cases, judged) if given[0] else (cases,))

    def amounts(self) -> tuple[Amount, ...]:
        """The ends of the range, which a clause names: 视情节扣2—6分."""
        least = (Amount(self.sign * self.low, key="from"),) if 0 < self.low < self.high else ()
        return (*least, Amount(self.sign * self.high, key="to"))

    def problems(self, name: str) -> tuple[tuple[str, str, Mapping[str, str]], ...]:
        """What is wrong with the range of the rule `name`."""
        places, ends = str(self.places), {"from": self.low, "to": self.high}
        if self.low < 0:
            return (("GR214", "from", {"value": written(self.low)}),)
        keys = {"name": name, "least": "from", "most": "to"}
        if self.low > self.high:
            return (("GR334", "from", {**keys, "low": written(self.low), "high": written(self.high)}),)
        if any((end * 10**self.places).denominator != 1 for end in ends.values()):
            return (("GR335", "to", {**keys, "places": places}),)
        if self.step is None:
            return ()
        step = written(self.step)
        if (self.step * 10**self.places).denominator != 1:
            return (("GR309", "step", {"step": step, "places": places}),)
        off = [key for key, end in ends.items() if (end / self.step).denominator != 1]
        return tuple(
            ("GR344", key, {"key": key, "value": written(ends[key]), "step": step}) for key in off[:1]
        )


# Names of levels that are meant as the ends of a range.
LEAST = frozenset(("min", "minimum", "from", "at_least"))
MOST = frozenset(("max", "maximum", "to", "up_to", "upto", "at_most", "limit", "cap"))


def meant(verb: str, levels: Mapping[str, Fraction]) -> str:
    """How an author writes a range whose ends stand as levels: ``deduct: judged, to: 3``; or nothing."""
    low = next((points for name, points in levels.items() if name in LEAST), None)
    high = next((points for name, points in levels.items() if name in MOST), None)
    if low is None and high is None:
        return ""
    ends = [f"from: {written(low)}"] if low is not None else []
    return ", ".join((f"{verb}: judged", *ends, f"to: {'…' if high is None else written(high)}"))


def drawn(draw: Draw) -> dict[str, Any]:
    """Random fields beside the verb, for tests."""
    fields: dict[str, Any] = {}
    places = draw.choice((None, *range(7)))
    unit = Fraction(1, 10 ** (2 if places is None else places))
    if places is not None:
        fields["places"] = places
    if draw.chance():
        unit *= draw.choice((1, 2, 5, 25))
        fields["step"] = unit
    steps = max(1, int(draw.points() / unit))
    fields["to"] = steps * unit
    if low := draw.choice((0, 1, steps, (steps + 1) // 2)):
        fields["from"] = low * unit
    if draw.choice((True, False)):
        fields["per"] = draw.unit()
    return fields

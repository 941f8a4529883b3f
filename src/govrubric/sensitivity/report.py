"""What a study of many units found: as an object, as tables for people, and as plain data."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from govrubric.diagnostics.diagnostic import Lang, lang
from govrubric.diagnostics.display import plain
from govrubric.formula.build import rounded_number
from govrubric.numbers import Exact, written
from govrubric.reports.text_table import text_table
from govrubric.rubric import Rubric
from govrubric.sensitivity.results import Indicator, Moves, Variation

MORE_PLACES = 6  # of a mean or share in plain data, beyond those of the total
PHRASES = {
    "en": {
        "units": "{} unit(s)", "void": "{} unit(s), {} of them without a total",
        "indicators": "Which indicator decides: had everybody full marks in it",
        "rules": "Rules: the effect of one smaller, or larger, by {}",
        "counts": "Counts: one case less, or more, for everybody",
        "spread": "spread", "mean": "mean", "greatest": "greatest", "moved": "moved", "farthest": "farthest",
        "first": "first", "regraded": "grades", "unscored": "no total",
        "indicator": "indicator", "rule": "rule", "count": "count",
        "others": "others", "less": "less", "more": "more", "both": "both", "from": "{} {} → {}",
        "decides": "The largest part of the spread of the totals, {}, comes from {}.",
        "level": "The indicators do not set the totals apart.",
        "summary": "{} of {} change a rank, {} change who stands first.",
        "nothing": "Nothing changes with: {}",
    },
    "zh": {
        "units": "{} 个单位", "void": "{} 个单位，其中 {} 个无总分",
        "indicators": "哪项指标决定名次：假如各单位该项都得满分",
        "rules": "规则：单条规则的增减分少 {0} 或多 {0}",
        "counts": "计数：各单位该项都少一例或多一例",
        "spread": "差距占比", "mean": "平均增减", "greatest": "最大增减", "moved": "变动单位", "farthest": "变动最大",
        "first": "第一名", "regraded": "等次", "unscored": "无总分",
        "indicator": "指标", "rule": "规则", "count": "计数",
        "others": "改变", "less": "少则改变", "more": "多则改变", "both": "都改变", "from": "{} {} → {}",
        "decides": "总分差距主要来自{1}，占 {0}。", "level": "各指标没有拉开总分差距。",
        "summary": "{1} 项中有 {0} 项改变名次，{2} 项改变第一名。",
        "nothing": "以下各项少或多都没有影响：{}",
    },
}  # fmt: skip
LEGEND = {
    "en": {
        "spread": "the part of the spread of the totals that comes from the indicator",
        "mean": "the mean change of the total",
        "greatest": "the greatest change of a total",
        "moved": "how many units have another rank",
        "farthest": "who moves by the most places",
        "first": "whether others stand first",
        "regraded": "how many units have another grade",
        "unscored": "how many units have no total",
        "two": "of two figures the first is for less, the second for more",
    },
    "zh": {
        "spread": "各单位总分的差距有多少来自该指标",
        "mean": "总分平均增减多少",
        "greatest": "总分增减最多的是多少",
        "moved": "名次变动的单位数",
        "farthest": "名次变动最大的单位",
        "first": "第一名是否改变",
        "regraded": "等次变动的单位数",
        "unscored": "没有总分的单位数",
        "two": "一格有两个数的，前为少，后为多",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class WhatIf:
    """How the totals and the ranking of many units move with each rule and count. Made by `whatif`.

    `units` is the number of the units, and `void` how many of them have no total. The effect of a rule was
    made smaller and larger by `share`. `indicators`, `rules` and `counts` are in the order of the rubric.
    """

    rubric: Rubric
    units: int
    void: int
    share: Exact
    indicators: tuple[Indicator, ...]
    rules: tuple[Variation, ...]
    counts: tuple[Variation, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as ``govrubric whatif --format json`` prints it: numbers as digits.

        Means and shares are rounded half up to six more places than the total.
        """
        rubric, places = self.rubric, self.rubric._text.round.places + MORE_PLACES
        return {
            "rubric": {"id": rubric.id, "title": rubric.title, "digest": rubric.digest},
            "units": self.units,
            "void": self.void,
            "share": written(self.share),
            "indicators": [
                {
                    "path": indicator.path,
                    "title": rubric._items[indicator.path].item.title,
                    "spread": _digits(indicator.spread, places),
                    **_moves(indicator.moves, places),
                }
                for indicator in self.indicators
            ],
            "rules": [_varied(rule, places) for rule in self.rules],
            "counts": [_varied(count, places) for count in self.counts],
        }

    def to_text(self, language: str | None = None) -> str:
        """The tables that ``govrubric whatif`` prints: which indicator decides, then rules and counts.

        They are in `language`: ``en``, ``zh``, or that of the rubric. The weightiest stand first.
        """
        return "\n".join(_Page(self, lang(language or self.rubric._text.language)).lines()) + "\n"

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"<WhatIf {self.rubric.id} {self.units} unit(s)>"


def _varied(variation: Variation, places: int) -> dict[str, Any]:
    return {
        "path": variation.path,
        "less": _moves(variation.less, places),
        "more": _moves(variation.more, places),
    }


def _moves(moves: Moves, places: int) -> dict[str, Any]:
    return {
        **asdict(moves),
        "mean": _digits(moves.mean, places),
        "greatest": _digits(moves.greatest, places),
    }


def _digits(value: Fraction | None, places: int) -> str | None:
    return None if value is None else written(rounded_number(value, places, "half_up"))


class _Page:
    """A study as it is printed in a language."""

    def __init__(self, study: WhatIf, lang: Lang) -> None:
        self.rubric, self.study, self.phrases, self.legend = study.rubric, study, PHRASES[lang], LEGEND[lang]
        changed = [*study.rules, *study.counts]
        outcomes = [indicator.moves for indicator in study.indicators]
        outcomes += [moves for change in changed for moves in (change.less, change.more)]
        graded = ["regraded"] if study.rubric._plan.grades else []
        unscored = ["unscored"] if any(moves.void != study.void for moves in outcomes) else []
        self.columns = ["mean", "greatest", "moved", "farthest", "first", *graded, *unscored]

    def lines(self) -> Iterator[str]:
        phrases, study = self.phrases, self.study
        yield plain(self.rubric.title, 200)
        yield phrases["void" if study.void else "units"].format(study.units, study.void)
        yield from ("", phrases["indicators"], *self.indicators())
        if study.rules:
            share = f"{written(study.share * 100)} %"
            yield from ("", phrases["rules"].format(share), *self.changed("rule", study.rules))
        if study.counts:
            yield from ("", phrases["counts"], *self.changed("count", study.counts))
        legend = [[phrases[head], self.legend[head]] for head in ("spread", *self.columns)]
        if study.rules or study.counts:
            legend.append(["… / …", self.legend["two"]])
        yield from ("", *text_table(legend, left={0, 1}))

    def indicators(self) -> Iterator[str]:
        """The table of the indicators, the largest part of the spread first, and a summary."""
        ordered = sorted(
            self.study.indicators,
            key=lambda indicator: (-(indicator.spread or 0), -indicator.moves.places),
        )
        yield from self.table(
            ["spread", *self.columns, "indicator"],
            [
                [_percent(indicator), *self.figures(indicator.moves), self.named(indicator.path)]
                for indicator in ordered
            ],
        )
        first = ordered[0]
        if first.spread is None:
            yield from ("", self.phrases["level"])
        else:
            yield from ("", self.phrases["decides"].format(_percent(first), self.named(first.path)))

    def changed(self, head: str, changes: Sequence[Variation]) -> Iterator[str]:
        """The table of the rules or counts that matter, and a summary of all."""
        idle = [change.path for change in changes if not self.matters(change)]
        if len(idle) < len(changes):
            rows = [
                [*self.figures(change.less, change.more), self.named(change.path)]
                for change in sorted(filter(self.matters, changes), key=_weightiest_first)
            ]
            yield from (*self.table([*self.columns, head], rows), "")
        moved = sum(bool(change.less.moved or change.more.moved) for change in changes)
        firsts = sum(change.less.first or change.more.first for change in changes)
        yield self.phrases["summary"].format(moved, len(changes), firsts)
        if idle:
            yield self.phrases["nothing"].format(", ".join(idle))

    def matters(self, change: Variation) -> bool:
        """Whether any total, rank or grade is different."""
        return any(
            moves.greatest or moves.moved or moves.regraded or moves.void != self.study.void
            for moves in (change.less, change.more)
        )

    def figures(self, *outcomes: Moves) -> list[str]:
        """The cells of a row: a figure for each of the outcomes, less before more."""
        places = self.rubric._text.round.places
        shown = {
            "mean": " / ".join(_signed(moves.mean, places + 1) for moves in outcomes),
            "greatest": " / ".join(_signed(moves.greatest, places) for moves in outcomes),
            "moved": " / ".join(str(moves.moved) for moves in outcomes),
            "farthest": self.farthest(outcomes),
            "first": self.first(outcomes),
            "regraded": " / ".join(str(moves.regraded) for moves in outcomes),
            "unscored": " / ".join(str(moves.void) for moves in outcomes),
        }
        return [shown[column] for column in self.columns]

    def farthest(self, outcomes: Sequence[Moves]) -> str:
        """The unit that moves by the most places in any outcome, with its ranks before and after."""
        moved = [moves.farthest for moves in outcomes if moves.farthest]
        if not moved:
            return "–"
        farthest = max(moved, key=lambda unit: abs(unit.after - unit.before))
        return self.phrases["from"].format(plain(farthest.unit), farthest.before, farthest.after)

    def first(self, outcomes: Sequence[Moves]) -> str:
        """In which of the outcomes other units stand first."""
        keys = ("less", "more") if len(outcomes) > 1 else ("others",)
        changed = [key for key, moves in zip(keys, outcomes, strict=True) if moves.first]
        if not changed:
            return "–"
        return self.phrases["both" if len(changed) > 1 else changed[0]]

    def named(self, path: str) -> str:
        """An item, rule or count with the title of its item, and with its own."""
        item = path
        while item and item not in self.items:
            item = item.rpartition(".")[0]
        titles = [self.items[item]] if item else []
        titles += [self.own[path]] if path in self.own else []
        return " ".join([path, *(plain(title, 60) for title in titles)])

    @cached_property
    def items(self) -> dict[str, str]:
        """The title of each item by its path."""
        return {item.path: item.item.title for item in self.rubric._plan.items}

    @cached_property
    def own(self) -> dict[str, str]:
        """The titles that rules and inputs have of their own, by their paths."""
        plan = self.rubric._plan
        inputs = {known.name: known.title for known in plan.inputs if known.title}
        rules = (rule for item in plan.items for rule in item.rules)
        return inputs | {rule.path: rule.rule.title for rule in rules if rule.rule.title}

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
        """Rows under their heads; figures stand to the right, and names, in the last column, to the left."""
        head = [self.phrases[key] for key in heads]
        return text_table([head, *rows], left={len(heads) - 1}, ruled=True)


def _weightiest_first(change: Variation) -> tuple[int, Fraction]:
    """The key of the order: by the places that ranks move, then by the mean change of the totals."""
    places = change.less.places + change.more.places
    mean = abs(change.less.mean or Fraction(0)) + abs(change.more.mean or Fraction(0))
    return -places, -mean


def _percent(indicator: Indicator) -> str:
    if indicator.spread is None:
        return "–"
    return f"{written(rounded_number(indicator.spread * 100, 1, 'half_up'), 1)} %"


def _signed(value: Fraction | None, places: int) -> str:
    if value is None:
        return "–"
    shown = rounded_number(value, places, "half_up")
    return f"+{written(shown, places)}" if shown > 0 else written(shown, places)

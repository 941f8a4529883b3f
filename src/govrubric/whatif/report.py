"""Study -> what it found, as tables for people or as plain data."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import cells, plain
from govrubric.formula.build import rounded_number
from govrubric.numbers import written
from govrubric.plan.planner import MORE_PLACES
from govrubric.rubric import Rubric

if TYPE_CHECKING:  # a study is made with an extra, which whoever only reads it need not have
    from govrubric.whatif.ranking import Moves
    from govrubric.whatif.study import Changed, Indicator, Study

WORDS = {
    "en": {
        "units": "{} unit(s)", "void": "{} unit(s), {} of them without a total",
        "indicators": "Which indicator decides: had everybody full marks in it",
        "rules": "Rules: the effect of one smaller, or larger, by {}",
        "counts": "Counts: one case less, or more, for everybody",
        "spread": "spread", "mean": "mean", "greatest": "greatest", "moved": "moved", "farthest": "farthest",
        "first": "first", "regraded": "grades", "unscored": "no total", "indicator": "indicator", "rule": "rule", "count": "count",
        "others": "others", "less": "less", "more": "more", "both": "both", "from": "{} {} → {}",
        "decides": "The largest part of the spread of the totals, {}, comes from {}.", "level": "The indicators do not set the totals apart.",
        "summary": "{} of {} change a rank, {} change who stands first.", "nothing": "Nothing changes with: {}",
    },
    "zh": {
        "units": "{} 个单位", "void": "{} 个单位，其中 {} 个无总分",
        "indicators": "哪项指标决定名次：假如各单位该项都得满分",
        "rules": "规则：单条规则的增减分少 {0} 或多 {0}",
        "counts": "计数：各单位该项都少一例或多一例",
        "spread": "差距占比", "mean": "平均增减", "greatest": "最大增减", "moved": "变动单位", "farthest": "变动最大",
        "first": "第一名", "regraded": "等次", "unscored": "无总分", "indicator": "指标", "rule": "规则", "count": "计数",
        "others": "易位", "less": "少则易位", "more": "多则易位", "both": "均易位", "from": "{} {} → {}",
        "decides": "总分差距的最大来源占 {}：{}。", "level": "各指标没有拉开总分。",
        "summary": "{1} 项中有 {0} 项改变名次，{2} 项改变第一名。", "nothing": "以下各项少或多都没有影响：{}",
    },
}  # fmt: skip
LEGEND = {
    "en": {
        "spread": "the part of the spread of the totals that comes from the indicator", "mean": "the mean change of the total",
        "greatest": "the greatest change of a total", "moved": "how many units have another rank",
        "farthest": "who moves by the most places", "first": "whether others stand first", "regraded": "how many units have another grade",
        "unscored": "how many units have no total", "two": "of two figures the first is for less, the second for more",
    },
    "zh": {
        "spread": "各单位总分的差距有多少来自该指标", "mean": "总分平均增减多少", "greatest": "总分增减最多的是多少", "moved": "名次有变的单位数",
        "farthest": "名次变动最大的单位", "first": "第一名是否易位", "regraded": "等次有变的单位数",
        "unscored": "没有总分的单位数", "two": "一格有两个数的，前为少，后为多",
    },
}  # fmt: skip


def to_dict(rubric: Rubric, study: "Study") -> dict[str, Any]:
    """The study as plain data, in the order of the rubric; quotients have six more places than the total."""
    places = rubric.text.round.places + MORE_PLACES
    return {
        "rubric": {"id": rubric.id, "title": rubric.title, "digest": rubric.digest},
        "units": study.units,
        "void": study.void,
        "share": written(study.share),
        "indicators": [
            {
                "path": one.path,
                "title": rubric.item(one.path).item.title,
                "spread": _digits(one.spread, places),
                **_moves(one.moves, places),
            }
            for one in study.indicators
        ],
        **{
            key: [
                {"path": one.name, "less": _moves(one.less, places), "more": _moves(one.more, places)}
                for one in found
            ]
            for key, found in (("rules", study.rules), ("counts", study.counts))
        },
    }


def _moves(moves: "Moves", places: int) -> dict[str, Any]:
    return {
        **moves._asdict(),
        "mean": _digits(moves.mean, places),
        "greatest": _digits(moves.greatest, places),
        "farthest": moves.farthest and moves.farthest._asdict(),
    }


def _digits(value: Fraction | None, places: int) -> str | None:
    return None if value is None else written(rounded_number(value, places, "half_up"))


def as_text(rubric: Rubric, study: "Study", lang: Lang) -> str:
    """The study as tables: which indicator decides, then the rules and the counts, those that matter most first."""
    return "\n".join(_Page(rubric, study, lang).lines()) + "\n"


class _Page:
    """A study as it is printed in one language."""

    def __init__(self, rubric: Rubric, study: "Study", lang: Lang) -> None:
        self.rubric, self.study, self.say, self.legend = rubric, study, WORDS[lang], LEGEND[lang]
        every = [one.moves for one in study.indicators] + [
            moves for one in (*study.rules, *study.counts) for moves in (one.less, one.more)
        ]
        graded = ["regraded"] if rubric.plan.grades else []
        unscored = ["unscored"] if any(moves.void != study.void for moves in every) else []
        self.columns = ["mean", "greatest", "moved", "farthest", "first", *graded, *unscored]

    def lines(self) -> Iterator[str]:
        say, study = self.say, self.study
        yield from (
            plain(self.rubric.title, 200),
            say["void" if study.void else "units"].format(study.units, study.void),
        )
        yield from ("", say["indicators"], *self.indicators())
        if study.rules:
            yield from (
                "",
                say["rules"].format(f"{written(study.share * 100)} %"),
                *self.changed("rule", study.rules),
            )
        if study.counts:
            yield from ("", say["counts"], *self.changed("count", study.counts))
        heads = ["spread", *self.columns]
        width = max(cells(say[head]) for head in heads)
        yield from (
            "",
            *(f"{say[head]}{' ' * (width - cells(say[head]))}  {self.legend[head]}" for head in heads),
        )
        if study.rules or study.counts:
            yield f"{'… / …':<{width}}  {self.legend['two']}"

    def indicators(self) -> Iterator[str]:
        found = sorted(self.study.indicators, key=lambda one: (-(one.spread or 0), -one.moves.places))
        yield from self.table(
            ["spread", *self.columns, "indicator"],
            [[_percent(one), *self.figures(one.moves), self.named(one.path)] for one in found],
        )
        first = found[0]
        if first.spread is None:
            yield from ("", self.say["level"])
        else:
            yield from ("", self.say["decides"].format(_percent(first), self.named(first.path)))

    def changed(self, what: str, found: Sequence["Changed"]) -> Iterator[str]:
        telling = [one for one in found if self.matters(one.less) or self.matters(one.more)]
        if telling:
            rows = [
                [*self.figures(one.less, one.more), self.named(one.name)]
                for one in sorted(telling, key=_first_most)
            ]
            yield from (*self.table([*self.columns, what], rows), "")
        moved, firsts = (
            sum(bool(getattr(one.less, key) or getattr(one.more, key)) for one in found)
            for key in ("moved", "first")
        )
        yield self.say["summary"].format(moved, len(found), firsts)
        if len(telling) < len(found):
            yield self.say["nothing"].format(", ".join(one.name for one in found if one not in telling))

    def matters(self, moves: "Moves") -> bool:
        """Whether anything at all is otherwise."""
        return bool(moves.greatest or moves.moved or moves.regraded or moves.void != self.study.void)

    def figures(self, *every: "Moves") -> list[str]:
        """The cells of a row: a figure for each of the outcomes, less before more."""
        places = self.rubric.text.round.places
        farthest = max(
            (moves.farthest for moves in every if moves.farthest),
            key=lambda unit: abs(unit.after - unit.before),
            default=None,
        )
        words = ("less", "more") if len(every) > 1 else ("others",)
        firsts = [word for word, moves in zip(words, every, strict=True) if moves.first]
        first = "–"
        if firsts:
            first = self.say["both" if len(firsts) > 1 else firsts[0]]
        shown = {
            "mean": " / ".join(_signed(moves.mean, places + 1) for moves in every),
            "greatest": " / ".join(_signed(moves.greatest, places) for moves in every),
            "farthest": self.say["from"].format(plain(farthest.unit), farthest.before, farthest.after)
            if farthest
            else "–",
            "first": first,
            **{
                head: " / ".join(str(getattr(moves, key)) for moves in every)
                for head, key in (("moved", "moved"), ("regraded", "regraded"), ("unscored", "void"))
            },
        }
        return [shown[column] for column in self.columns]

    def named(self, path: str) -> str:
        """An item, rule or count with the title of its item, if it has one."""
        item = path
        while item and item not in self.items:
            item = item.rpartition(".")[0]
        return f"{path} {plain(self.items[item], 60)}" if item else path

    @cached_property
    def items(self) -> dict[str, str]:
        return {item.path: item.item.title for item in self.rubric.plan.items}

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
        """Rows under their heads; figures stand to the right, and names, in the last column, to the left."""
        shown = [[self.say[head] for head in heads], *rows]
        widths = [max(cells(row[column]) for row in shown) for column in range(len(heads) - 1)]
        lines = [
            "  ".join(
                [
                    *(" " * (width - cells(cell)) + cell for cell, width in zip(row, widths, strict=False)),
                    row[-1],
                ]
            )
            for row in shown
        ]
        yield from (
            lines[0],
            "  ".join("─" * width for width in (*widths, max(cells(row[-1]) for row in shown))),
            *lines[1:],
        )


def _first_most(one: "Changed") -> tuple[int, Fraction]:
    """Before others stands what moves ranks by more places, and then what moves totals by more."""
    none = Fraction(0)
    return -one.less.places - one.more.places, -abs(one.less.mean or none) - abs(one.more.mean or none)


def _percent(one: "Indicator") -> str:
    return "–" if one.spread is None else f"{written(rounded_number(one.spread * 100, 1, 'half_up'), 1)} %"


def _signed(value: Fraction | None, places: int) -> str:
    if value is None:
        return "–"
    shown = rounded_number(value, places, "half_up")
    return f"+{written(shown, places)}" if shown > 0 else written(shown, places)

"""Proved bounds and tried laws -> a short certificate, with the smallest tally that breaks a law."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain
from govrubric.document.nodes import Plain
from govrubric.language.canonical import canonical
from govrubric.language.cases_text import Case
from govrubric.numbers import written
from govrubric.reports.text_table import text_table
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.explain import render_part

if TYPE_CHECKING:  # these modules need Hypothesis, an optional package; this module does not
    from govrubric.testing.breach import Breach
    from govrubric.testing.proof import Interval, Tried

PHRASES: Mapping[Lang, Mapping[str, str]] = {
    "en": {
        "bounds": "What each score can come to, proved for every tally by interval arithmetic:",
        "item": "item", "weight": "weight", "low": "least", "high": "most",
        "floor": "floor", "ceiling": "ceiling", "title": "title", "none": "none", "total": "total",
        "range": "the bounds of scores",
        "kept": "Every score stays within its floor and its ceiling.",
        "lacking": "0 stands there also for no score, where these do not apply or are void: {}",
        "left": "OUT OF BOUNDS: {}",
        "laws": "The laws of the language, each tried on random tallies (seed {}):",
        "tried": "holds, {} tallies", "broken": "BROKEN",
        "smallest": "the smallest tally that breaks it, to be pasted under `cases`"
                    " (expected is what it came to; write what is right):",
        "well": "All of this holds.", "wrong": "This does not hold: {}.",
        "how": "how it comes about:", "again": "by the same tally as: {}",
        "never_fails": "a valid tally is always scored",
        "never_above_weight": "no score is above its ceiling, none counts for more than its weight",
        "never_below_floor": "no score is below its floor",
        "never_better": "one violation more betters no score",
        "ledger_adds_up": "base + applied + gates + rounding = score, at every item",
        "order_of_keys": "the order of a tally's keys changes nothing",
        "readings_agree": "every reading comes to the same",
    },
    "zh": {
        "bounds": "各项得分的范围，由区间运算证明，对一切填报成立：",
        "item": "项目", "weight": "权重", "low": "最低", "high": "最高", "floor": "下限", "ceiling": "上限",
        "title": "名称", "none": "无", "total": "总分",
        "range": "得分范围",
        "kept": "各项得分都在上下限之内。",
        "lacking": "以下各项可能不适用或不予计分，此时表中以 0 表示：{}",
        "left": "超出界限：{}",
        "laws": "评分表都须遵守的定律，逐条用随机填报检验（种子 {}）：",
        "tried": "成立，{} 份填报", "broken": "不成立",
        "smallest": "违反此条的最小填报，可贴入 `cases`（expect 为现在算得的分数，请改为应得的分数）：",
        "well": "以上全部成立。", "wrong": "不成立的有：{}。",
        "how": "由来：", "again": "填报同上：{}",
        "never_fails": "凡合规的填报都能计分",
        "never_above_weight": "得分不高于上限，计入分不超过权重",
        "never_below_floor": "得分不低于下限",
        "never_better": "多一项违规，得分不会更高",
        "ledger_adds_up": "每一项：基数＋实际增减＋门槛＋舍入＝得分",
        "order_of_keys": "填报各项的次序不影响结果",
        "readings_agree": "用各种方法分别计算，结果一致",
    },
}  # fmt: skip


def certificate(
    rubric: Rubric, intervals: Sequence["Interval"], laws: Sequence["Tried"], seed: int, lang: Lang
) -> str:
    """The whole certificate."""
    phrases = PHRASES[lang]
    outside = [_name(interval, phrases) for interval in intervals if not interval.kept]
    broken_laws = [phrases[result.law] for result in laws if result.breach is not None]
    wrong = [phrases["range"], *broken_laws] if outside else broken_laws
    separator = {"en": "; ", "zh": "；"}[lang]
    lines = [
        plain(rubric.title, 200),
        f"{rubric.id} · {rubric.digest}",
        "",
        *_bounds(intervals, phrases),
        phrases["left"].format(", ".join(outside)) if outside else phrases["kept"],
        "",
        phrases["laws"].format(seed),
        *_verdicts(rubric, laws, lang),
        "",
        phrases["wrong"].format(separator.join(wrong)) if wrong else phrases["well"],
    ]
    return "\n".join(lines) + "\n"


def _bounds(intervals: Sequence["Interval"], phrases: Mapping[str, str]) -> Iterator[str]:
    """The table of bounds."""
    yield phrases["bounds"]
    head = [phrases[key] for key in ("item", "weight", "low", "high", "floor", "ceiling", "title")]
    rows = [head, *(_row(interval, phrases) for interval in intervals)]
    yield from (f"  {line}" for line in text_table(rows, left={0, len(head) - 1}))
    if lacking := [_name(interval, phrases) for interval in intervals if interval.may_lack]:
        yield phrases["lacking"].format(", ".join(lacking))


def _verdicts(rubric: Rubric, laws: Sequence["Tried"], lang: Lang) -> Iterator[str]:
    """Each law with its verdict. A tally that breaks several laws is shown at the first of them."""
    phrases = PHRASES[lang]
    rows = []
    for result in laws:
        verdict = phrases["broken"] if result.breach else phrases["tried"].format(result.tallies)
        rows.append([verdict, phrases[result.law]])
    shown: dict[str, str] = {}
    for result, line in zip(laws, text_table(rows, {0, 1}), strict=True):
        yield f"  {line}"
        if result.breach is None:
            continue
        first = shown.setdefault(repr(result.breach.tally), result.law)
        if first == result.law:
            yield from (f"    {text}".rstrip() for text in broken(rubric, result.breach, lang))
        else:
            yield f"    {result.breach.message(lang)}".rstrip()
            yield f"    {phrases['again'].format(phrases[first])}"


def _name(interval: "Interval", phrases: Mapping[str, str]) -> str:
    """The path of an item; the total has none."""
    return interval.item.path or phrases["total"]


def _row(interval: "Interval", phrases: Mapping[str, str]) -> list[str]:
    item = interval.item
    bounds = [phrases["none"] if bound is None else written(bound) for bound in (item.floor, item.ceiling)]
    return [
        _name(interval, phrases),
        written(item.item.weight),
        written(interval.low),
        written(interval.high),
        *bounds,
        plain(item.item.title, 200) if item.path else "",
    ]


def broken(rubric: Rubric, breach: "Breach", lang: Lang) -> Iterator[str]:
    """A law that does not hold: its figures, and the smallest tally that breaks it, as a case."""
    yield breach.message(lang)
    if breach.tally is None:
        return
    phrases = PHRASES[lang]
    yield phrases["smallest"]
    try:
        card = rubric.score(breach.tally)
    except Exception:  # the breach may be that scoring fails
        card = None
    yield from (f"  {line}" for line in _case(phrases[breach.law], breach.tally, card))
    if card is not None:
        yield phrases["how"]
        part = render_part(card._spoken(lang), _part(card, breach.path), lang)
        yield from (f"  {line}" for line in part.splitlines())


def _part(card: ScoreCard, path: str) -> str:
    """The path itself for an item or a rule; for a gate or a figure, the item to which it belongs."""
    while path and path not in card.items and path not in card.rules:
        path = path.rpartition(".")[0]
    return path


def _case(name: str, tally: Mapping[str, Any], card: ScoreCard | None) -> Iterator[str]:
    """A tally as a case of a rubric, in canonical text."""
    total = Plain("none" if card is None or card.total is None else written(Fraction(card.total)))
    case = Case.model_validate(
        {
            "name": name,
            "tally": {key: _cell(value) for key, value in tally.items()},
            "expect": {"total": total},
        }
    )
    for index, line in enumerate(canonical(case).splitlines()):
        yield f"{'  ' if index else '- '}{line}"


def _cell(value: Any) -> str:
    match value:
        case bool():
            return Plain(str(value).lower())
        case str():
            return value
        case number:
            return Plain(written(Fraction(number)))

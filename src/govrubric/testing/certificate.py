"""What was proved and tried of a rubric -> a short certificate: bounds, laws, and of one that breaks the smallest tally."""

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

if TYPE_CHECKING:  # what is printed here is made with an extra, which whoever only reads it need not have
    from govrubric.testing.breach import Breach
    from govrubric.testing.proof import Interval, Tried

WORDS = {
    "en": {
        "bounds": "What each score can come to, proved for every tally by interval arithmetic:",
        "item": "item", "weight": "weight", "low": "least", "high": "most", "floor": "floor", "ceiling": "ceiling", "title": "title", "none": "none", "total": "total",
        "range": "the bounds of scores", "kept": "Every score stays within its floor and its ceiling.", "lacking": "0 stands there also for no score, where these do not apply or are void: {}", "left": "OUT OF BOUNDS: {}",
        "laws": "The laws of the language, each tried on random tallies (seed {}):", "tried": "holds, {} tallies", "broken": "BROKEN",
        "smallest": "the smallest tally that breaks it, to be pasted under `cases` (expected is what it came to; write what is right):",
        "well": "All of this holds.", "wrong": "This does not hold: {}.", "how": "how it comes about:", "again": "by the same tally as: {}",
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
        "item": "项目", "weight": "权重", "low": "最低", "high": "最高", "floor": "下限", "ceiling": "上限", "title": "名称", "none": "无", "total": "总分",
        "range": "得分范围", "kept": "各项得分都在上下限之内。", "lacking": "以下各项可能不适用或不予计分，此时表中以 0 表示：{}", "left": "超出界限：{}",
        "laws": "评分表都须遵守的定律，逐条用随机填报检验（种子 {}）：", "tried": "成立，{} 份填报", "broken": "不成立",
        "smallest": "违反此条的最小填报，可贴入 `cases`（expect 为现在算得的分数，请改为应得的分数）：",
        "well": "以上全部成立。", "wrong": "不成立的有：{}。", "how": "由来：", "again": "填报同上：{}",
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
    say = WORDS[lang]
    outside = [one.item.path or say["total"] for one in intervals if not one.kept]
    lines = [plain(rubric.title, 200), f"{rubric.id} · {rubric.digest}", "", say["bounds"]]
    rows = [_head(say), *(_row(one, say) for one in intervals)]
    lines += [f"  {line}" for line in text_table(rows, left={0, len(rows[0]) - 1})]
    if lacking := [one.item.path or say["total"] for one in intervals if one.may_lack]:
        lines.append(say["lacking"].format(", ".join(lacking)))
    lines += [
        say["left"].format(", ".join(outside)) if outside else say["kept"],
        "",
        say["laws"].format(seed),
    ]
    verdicts = [say["broken"] if one.breach else say["tried"].format(one.tallies) for one in laws]
    verdict_lines = text_table(
        [[words, say[one.law]] for words, one in zip(verdicts, laws, strict=True)], {0, 1}
    )
    shown: dict[str, str] = {}
    for one, line in zip(laws, verdict_lines, strict=True):
        lines.append(f"  {line}")
        if one.breach is not None:
            first = shown.setdefault(repr(one.breach.tally), one.law)
            told = (
                broken(rubric, one.breach, lang)
                if first == one.law
                else (one.breach.message(lang), say["again"].format(say[first]))
            )
            lines += [f"    {line}".rstrip() for line in told]
    wrong = [*(say["range"] for _ in outside[:1]), *(say[one.law] for one in laws if one.breach is not None)]
    lines += ["", say["wrong"].format({"en": "; ", "zh": "；"}[lang].join(wrong)) if wrong else say["well"]]
    return "\n".join(lines) + "\n"


def _head(say: Mapping[str, str]) -> list[str]:
    return [say[word] for word in ("item", "weight", "low", "high", "floor", "ceiling", "title")]


def _row(one: "Interval", say: Mapping[str, str]) -> list[str]:
    item = one.item
    bounds = [say["none"] if bound is None else written(bound) for bound in (item.floor, item.ceiling)]
    title = plain(item.item.title, 200) if item.path else ""
    return [
        item.path or say["total"],
        written(item.item.weight),
        written(one.low),
        written(one.high),
        *bounds,
        title,
    ]


def broken(rubric: Rubric, breach: "Breach", lang: Lang) -> Iterator[str]:
    """Of a law that does not hold: the figures, and the smallest tally that breaks it, as a case."""
    yield breach.message(lang)
    if breach.tally is None:
        return
    yield WORDS[lang]["smallest"]
    try:
        card = rubric.score(breach.tally)
    except Exception:  # that it fails is what was found
        card = None
    yield from (f"  {line}" for line in _case(WORDS[lang][breach.law], breach.tally, card))
    if card is not None:
        yield WORDS[lang]["how"]
        yield from (
            f"  {line}" for line in render_part(card.record, _shown(card, breach.path), lang).splitlines()
        )


def _shown(card: ScoreCard, path: str) -> str:
    """The path of an item or a rule, or of the item that a gate or a figure belongs to."""
    while path and path not in card.items and path not in card.rules:
        path = path.rpartition(".")[0]
    return path


def _case(name: str, tally: Mapping[str, Any], card: ScoreCard | None) -> Iterator[str]:
    """A tally as a case that a rubric may hold."""
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

"""Rubric -> its tree: weights, rules as sentences, and how many cases empty an item."""

from collections.abc import Iterator

from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain
from govrubric.formula.nodes import Input
from govrubric.language.rubric_text import AnyItem, Grade, RubricText
from govrubric.numbers import written
from govrubric.plan.planner import PlannedItem, emptied_at
from govrubric.rubric import Rubric
from govrubric.scoring.explain import dropped, quoted
from govrubric.scoring.ledger import Action

WORDS = {
    "en": {
        "total": "total", "out_of": "scored out of {}", "start": "starts at {}", "floor": "floor {}", "ceiling": "ceiling {}", "none": "none",
        "empties": "emptied by {} {}", "ambiguities": "readings of the text", "question": "question", "decision": "decision",
        "valid": "valid", "source": "source", "round": "rounded: places {}, {}", "options": "possible readings", "cases": "cases of its own: {}",
        "sum": "sum of its parts", "mean": "mean of its parts", "min": "least of its parts", "max": "greatest of its parts",
        "lowest": "without the {} lowest", "highest": "without the {} highest", "extra": "on top of the full marks", "when": "counts only when {}", "grades": "grades",
        "full": "full marks when not applicable", "zero": "no marks when not applicable", "rescale": "left out when not applicable",
        "spread": "shared out when not applicable", "gate": "gate {}, when {}: {}", "from": "from {}", "if": "when {}", "rest": "else",
        "facts": "facts", "flag": "yes or no", "count": "count", "number": "{} to {}, {} places", "choice": "one of {}", "exact": "on the exact total",
    },
    "zh": {
        "total": "总分", "out_of": "按 {} 分制评分", "start": "起点 {}", "floor": "下限 {}", "ceiling": "上限 {}", "none": "无",
        "empties": "{} {}扣完", "ambiguities": "文本释义", "question": "问题", "decision": "处理",
        "valid": "有效期", "source": "来源", "round": "取 {} 位小数，{}", "options": "可能的读法", "cases": "自带案例 {} 个",
        "sum": "各部分合计", "mean": "各部分平均", "min": "取各部分最低", "max": "取各部分最高",
        "lowest": "去掉 {} 个最低", "highest": "去掉 {} 个最高", "extra": "满分之外附加", "when": "仅当 {} 时计入", "grades": "等次",
        "full": "缺项按满分计", "zero": "缺项按零分计", "rescale": "缺项退出，余者折算",
        "spread": "缺项权重均摊", "gate": "门槛 {}，条件 {}：{}", "from": "{} 分及以上", "if": "条件 {}", "rest": "其余",
        "half_up": "四舍五入", "half_even": "四舍六入五成双", "down": "舍去尾数", "up": "尾数进一", "floor_": "向下取整", "ceiling_": "向上取整",
        "facts": "事实", "flag": "是或否", "count": "计数", "number": "{} 至 {}，至多 {} 位小数", "choice": "选一：{}", "exact": "按未舍入的总分",
    },
}  # fmt: skip


# Two roundings are called as bounds are.
_MODES = {"floor": "floor_", "ceiling": "ceiling_"}


def outline(rubric: Rubric, lang: Lang) -> str:
    """The whole rubric for a reader."""
    say, text = WORDS[lang], rubric.text
    lines = [plain(text.title, 200), f"{text.id} · {rubric.digest}"]
    if text.source:
        lines.append(
            f"{say['source']}: "
            + " ".join(plain(part) for part in (text.source.issuer, text.source.document) if part)
        )
    if text.valid:
        lines.append(f"{say['valid']}: {text.valid.start or '…'} – {text.valid.to or '…'}")
    lines.append("")
    for item in rubric.plan.items:
        lines += _item(item, say, lang)
    if text.grades:
        lines += [
            "",
            f"{say['grades']}" + (f" ({say['exact']})" if text.grade_on == "exact" else "") + ":",
            *(_grade(one, say) for one in text.grades),
        ]
    if text.facts:
        lines += [
            "",
            f"{say['facts']}:",
            *(f"  {fact.name}: {_kind(rubric.inputs[fact.name], say)}" for fact in text.facts),
        ]
    if text.ambiguities:
        lines += ["", f"{say['ambiguities']}:"]
    for one in text.ambiguities:
        lines.append(f"  {one.id} ({one.at})")
        lines += [f"    {quoted(one.clause, lang)}"] if one.clause is not None else []
        lines += [
            f"    {say['question']}: {plain(one.question, 400)}",
            f"    {say['decision']}: {plain(one.decision, 400)}",
        ]
        if one.options:
            lines += [f"    {say['options']}:", *(f"      - {plain(option, 400)}" for option in one.options)]
    if text.cases:
        lines += ["", say["cases"].format(len(text.cases))]
    return "\n".join(lines) + "\n"


def _item(item: PlannedItem, say: dict[str, str], lang: Lang) -> Iterator[str]:
    pad = "  " * (item.path.count(".") + 1 if item.path else 0)
    name = (
        say["total"]
        if isinstance(item.item, RubricText)
        else f"{item.path.rsplit('.', 1)[-1]} {plain(item.item.title, 200)}"
    )
    told = [say["out_of"].format(written(item.full))] if item.full != item.item.weight else []
    if item.item.start is not None and item.start is not None:
        told.append(say["start"].format(written(item.start)))
    for key, bound in (("floor", item.floor), ("ceiling", item.ceiling)):
        if getattr(item.item, key) is not None:
            told.append(say[key].format(say["none"] if bound is None else written(bound)))
    told += _structure(item.item, say)
    if item.item.round:
        told.append(
            say["round"].format(
                item.item.round.places,
                say.get(_MODES.get(item.item.round.mode, item.item.round.mode), item.item.round.mode),
            )
        )
    yield f"{pad}{name}  {written(item.item.weight)}" + (f"  ({'; '.join(told)})" if told else "")
    for rule in item.rules:
        empties = emptied_at(rule, item)
        note = f"  [{say['empties'].format(empties, plain(rule.unit))}]" if empties is not None else ""
        yield f"{pad}  - {rule.rule.id}: {plain(rule.rule.says(lang), 400)}{note}"
    for gate in item.item.gates:
        yield f"{pad}  ! {plain(say['gate'].format(gate.id, gate.when, Action(gate, lang).says(lang)), 400)}"


def _structure(item: AnyItem, say: dict[str, str]) -> list[str]:
    """How an item counts in its group, and its parts in it, where that is not the usual way."""
    told = [say["extra"]] if item.extra else []
    told += [say[item.not_applicable]] if item.not_applicable else []
    told += [say["when"].format(plain(item.counts_when, 400))] if item.counts_when else []
    told += [say[item.combine]] if item.combine != "sum" else []
    return told + (dropped(item.drop.lowest, item.drop.highest, say) if item.drop else [])


def _grade(grade: Grade, say: dict[str, str]) -> str:
    told = [say["from"].format(written(grade.start))] if grade.start is not None else []
    told += [say["if"].format(plain(grade.when, 400))] if grade.when is not None else []
    return f"  {plain(grade.grade)}: {', '.join(told) or say['rest']}"


def _kind(one: Input, say: dict[str, str]) -> str:
    return say[one.kind].format(
        *(
            [", ".join(map(plain, one.options))]
            if one.options
            else [written(one.lo), written(one.hi), one.places]
        )
    )

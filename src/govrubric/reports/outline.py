"""Rubric -> text for people: its items as a tree, their weights, and their rules as sentences."""

from collections.abc import Iterator

from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain
from govrubric.formula.nodes import Input
from govrubric.language.rubric_text import AnyItem, Grade, RubricText
from govrubric.numbers import written
from govrubric.plan.planner import PlannedItem, emptied
from govrubric.rubric import Rubric
from govrubric.scoring.explain import dropped, quoted
from govrubric.scoring.sentences import gate_sentence

PHRASES = {
    "en": {
        "total": "total", "out_of": "scored out of {}", "start": "starts at {}", "floor": "floor {}",
        "ceiling": "ceiling {}", "none": "none",
        "empties": "emptied by {} {}", "ambiguities": "readings of the text", "question": "question",
        "decision": "decision",
        "valid": "valid", "source": "source", "round": "rounded: places {}, {}",
        "options": "possible readings", "cases": "cases of its own: {}",
        "sum": "sum of its parts", "mean": "mean of its parts", "min": "least of its parts",
        "max": "greatest of its parts",
        "lowest": "without the {} lowest", "highest": "without the {} highest",
        "extra": "on top of the full marks", "when": "counts only when {}", "grades": "grades",
        "full": "full marks when not applicable", "zero": "no marks when not applicable",
        "rescale": "left out when not applicable",
        "spread": "shared out when not applicable", "gate": "gate {}, when {}: {}", "from": "from {}",
        "if": "when {}", "rest": "else",
        "facts": "facts", "flag": "yes or no", "count": "count", "number": "{} to {}, {} places",
        "choice": "one of {}", "exact": "on the exact total",
    },
    "zh": {
        "total": "总分", "out_of": "按 {} 分制评分", "start": "起点 {}", "floor": "下限 {}", "ceiling": "上限 {}",
        "none": "无",
        "empties": "{} {}扣完", "ambiguities": "文本释义", "question": "问题", "decision": "处理",
        "valid": "有效期", "source": "来源", "round": "取 {} 位小数，{}", "options": "可能的读法", "cases": "自带案例 {} 个",
        "sum": "各部分合计", "mean": "各部分平均", "min": "取各部分最低", "max": "取各部分最高",
        "lowest": "去掉 {} 个最低", "highest": "去掉 {} 个最高", "extra": "满分之外附加", "when": "仅当 {} 时计入", "grades": "等次",
        "full": "缺项按满分计", "zero": "缺项按零分计", "rescale": "缺项退出，余者折算",
        "spread": "缺项权重均摊", "gate": "门槛 {}，条件 {}：{}", "from": "{} 分及以上", "if": "条件 {}", "rest": "其余",
        "half_up": "四舍五入", "half_even": "四舍六入五成双", "down": "舍去尾数", "up": "尾数进一", "floor_": "向下取整",
        "ceiling_": "向上取整",
        "facts": "事实", "flag": "是或否", "count": "计数", "number": "{} 至 {}，至多 {} 位小数", "choice": "选一：{}",
        "exact": "按未舍入的总分",
    },
}  # fmt: skip


# Two modes of rounding have the names of bounds, whose phrases they must not take.
_MODES = {"floor": "floor_", "ceiling": "ceiling_"}


def outline(rubric: Rubric, lang: Lang) -> str:
    """The whole rubric: its head, items, grades, facts, and readings of the text."""
    phrases, text = PHRASES[lang], rubric._text
    lines = [plain(text.title, 200), f"{text.id} · {rubric.digest}"]
    if text.source:
        source = " ".join(plain(part) for part in (text.source.issuer, text.source.document) if part)
        lines.append(f"{phrases['source']}: {source}")
    if text.valid:
        lines.append(f"{phrases['valid']}: {text.valid.start or '…'} – {text.valid.to or '…'}")
    lines.append("")
    for item in rubric._plan.items:
        lines += _item(item, phrases, lang)
    if text.grades:
        basis = f" ({phrases['exact']})" if text.grade_on == "exact" else ""
        lines += ["", f"{phrases['grades']}{basis}:", *(_grade(grade, phrases) for grade in text.grades)]
    if text.facts:
        lines += [
            "",
            f"{phrases['facts']}:",
            *(
                f"  {_named(fact.name, fact.title)}: {_kind(rubric._inputs[fact.name], phrases)}"
                for fact in text.facts
            ),
        ]
    if text.ambiguities:
        lines += ["", f"{phrases['ambiguities']}:"]
    for ambiguity in text.ambiguities:
        lines.append(f"  {ambiguity.id} ({ambiguity.at})")
        lines += [f"    {quoted(ambiguity.clause, lang)}"] if ambiguity.clause is not None else []
        lines += [
            f"    {phrases['question']}: {plain(ambiguity.question, 400)}",
            f"    {phrases['decision']}: {plain(ambiguity.decision, 400)}",
        ]
        if ambiguity.options:
            lines.append(f"    {phrases['options']}:")
            lines += [f"      - {plain(option, 400)}" for option in ambiguity.options]
    if text.cases:
        lines += ["", phrases["cases"].format(len(text.cases))]
    return "\n".join(lines) + "\n"


def _item(item: PlannedItem, phrases: dict[str, str], lang: Lang) -> Iterator[str]:
    """The line of an item, with what is unusual in it, and a line for each of its rules and gates."""
    pad = "  " * (item.path.count(".") + 1 if item.path else 0)
    if isinstance(item.item, RubricText):
        name = phrases["total"]
    else:
        name = f"{item.path.rsplit('.', 1)[-1]} {plain(item.item.title, 200)}"
    notes = [phrases["out_of"].format(written(item.full))] if item.full != item.item.weight else []
    if item.item.start is not None and item.start is not None:
        notes.append(phrases["start"].format(written(item.start)))
    for key, bound in (("floor", item.floor), ("ceiling", item.ceiling)):
        if getattr(item.item, key) is not None:
            notes.append(phrases[key].format(phrases["none"] if bound is None else written(bound)))
    notes += _structure(item.item, phrases)
    if item.item.round:
        mode = item.item.round.mode
        shown = phrases.get(_MODES.get(mode, mode), mode)
        notes.append(phrases["round"].format(item.item.round.places, shown))
    yield f"{pad}{name}  {written(item.item.weight)}" + (f"  ({'; '.join(notes)})" if notes else "")
    for rule, cases in emptied(item):
        note = f"  [{phrases['empties'].format(cases, plain(rule.unit))}]" if cases is not None else ""
        yield f"{pad}  - {_named(rule.rule.id, rule.rule.title)}: {plain(rule.rule.says(lang), 400)}{note}"
    for gate in item.item.gates:
        sentence = phrases["gate"].format(_named(gate.id, gate.title), gate.when, gate_sentence(gate, lang))
        yield f"{pad}  ! {plain(sentence, 400)}"


def _named(name: str, title: str | None) -> str:
    """An id, by which conditions and tallies name a thing, and its title where it has one."""
    return name if title is None else f"{name} {plain(title, 200)}"


def _structure(item: AnyItem, phrases: dict[str, str]) -> list[str]:
    """How an item counts in its group, and how its parts make it up, where that is not the usual way."""
    notes = [phrases["extra"]] if item.extra else []
    notes += [phrases[item.not_applicable]] if item.not_applicable else []
    notes += [phrases["when"].format(plain(item.counts_when, 400))] if item.counts_when else []
    notes += [phrases[item.combine]] if item.combine != "sum" else []
    return notes + (dropped(item.drop.lowest, item.drop.highest, phrases) if item.drop else [])


def _grade(grade: Grade, phrases: dict[str, str]) -> str:
    conditions = [phrases["from"].format(written(grade.start))] if grade.start is not None else []
    conditions += [phrases["if"].format(plain(grade.when, 400))] if grade.when is not None else []
    return f"  {plain(grade.grade)}: {', '.join(conditions) or phrases['rest']}"


def _kind(fact: Input, phrases: dict[str, str]) -> str:
    """What kind of value a fact takes, with its options or its range."""
    if fact.options:
        return phrases[fact.kind].format(", ".join(map(plain, fact.options)))
    return phrases[fact.kind].format(written(fact.lo), written(fact.hi), fact.places)

"""Rubric -> its tree: weights, rules as sentences, and how many cases empty an item."""

from collections.abc import Iterator

from govrubric.diagnostics import Lang, plain
from govrubric.model import RubricText
from govrubric.numbers import written
from govrubric.plan import PlannedItem, emptied_at
from govrubric.rubric import Rubric

WORDS = {
    "en": {
        "total": "total", "out_of": "scored out of {}", "start": "starts at {}", "floor": "floor {}", "ceiling": "ceiling {}", "none": "none",
        "empties": "emptied by {} {}", "ambiguities": "readings of the text", "question": "question", "decision": "decision",
        "valid": "valid", "source": "source", "round": "rounded: places {}, {}", "options": "other readings", "cases": "cases of its own: {}",
    },
    "zh": {
        "total": "总分", "out_of": "按 {} 分制评分", "start": "起点 {}", "floor": "下限 {}", "ceiling": "上限 {}", "none": "无",
        "empties": "{} {}扣完", "ambiguities": "文本释义", "question": "问题", "decision": "处理",
        "valid": "有效期", "source": "来源", "round": "取 {} 位小数，{}", "options": "其他读法", "cases": "自带案例 {} 个",
    },
}  # fmt: skip


def outline(rubric: Rubric, lang: Lang) -> str:
    """The whole rubric for a reader."""
    say, text = WORDS[lang], rubric.text
    lines = [plain(text.title, 200), f"{text.id} · {rubric.digest}"]
    if text.source:
        lines.append(f"{say['source']}: " + " ".join(plain(part) for part in (text.source.issuer, text.source.document) if part))
    if text.valid:
        lines.append(f"{say['valid']}: {text.valid.start or '…'} – {text.valid.to or '…'}")
    lines.append("")
    for item in rubric.plan.items:
        lines += _item(item, say, lang)
    if text.ambiguities:
        lines += ["", f"{say['ambiguities']}:"]
    for one in text.ambiguities:
        lines.append(f"  {one.id} ({one.at})")
        lines += [f"    {say['question']}: {plain(one.question, 400)}", f"    {say['decision']}: {plain(one.decision, 400)}"]
        lines += [f"    {say['options']}: {plain(option, 400)}" for option in one.options]
    if text.cases:
        lines += ["", say["cases"].format(len(text.cases))]
    return "\n".join(lines) + "\n"


def _item(item: PlannedItem, say: dict[str, str], lang: Lang) -> Iterator[str]:
    pad = "  " * (item.path.count(".") + 1 if item.path else 0)
    name = say["total"] if isinstance(item.item, RubricText) else f"{item.path.rsplit('.', 1)[-1]} {plain(item.item.title, 200)}"
    told = [say["out_of"].format(written(item.full))] if item.full != item.item.weight else []
    if item.item.start is not None and item.start is not None:
        told.append(say["start"].format(written(item.start)))
    for key, bound in (("floor", item.floor), ("ceiling", item.ceiling)):
        if getattr(item.item, key) is not None:
            told.append(say[key].format(say["none"] if bound is None else written(bound)))
    if item.item.round:
        told.append(say["round"].format(item.item.round.places, item.item.round.mode))
    yield f"{pad}{name}  {written(item.item.weight)}" + (f"  ({'; '.join(told)})" if told else "")
    for rule in item.rules:
        empties = emptied_at(rule, item)
        note = f"  [{say['empties'].format(empties, rule.inputs[0].unit)}]" if empties is not None else ""
        yield f"{pad}  - {rule.rule.id}: {rule.rule.says(lang)}{note}"

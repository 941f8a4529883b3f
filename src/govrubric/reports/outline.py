"""Rubric -> text for people: its items as a tree, their weights, and their rules as sentences."""

from collections.abc import Iterator

from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain
from govrubric.formula.nodes import Input
from govrubric.language.fields import Model
from govrubric.language.gates_text import Gate, Grade
from govrubric.language.inputs import Declared
from govrubric.language.rubric_text import AnyItem, Item, RubricText
from govrubric.language.rules._rule import Rule
from govrubric.language.variants_text import Ambiguity, Named, Patch
from govrubric.language.worded import Level
from govrubric.numbers import written
from govrubric.plan.emptying import emptied
from govrubric.plan.plan import PlannedItem
from govrubric.reports.worth import is_in_words, on_top
from govrubric.rubric import Rubric
from govrubric.scoring.explain import dropped, quoted
from govrubric.scoring.sentences import gate_sentence

PHRASES = {
    "en": {
        "colon": "{}: {}", "heading": "{}:", "notes": "  ({})", "clauses": "; ", "and": ", ", "names": ", ",
        "total": "total", "out_of": "scored out of {}", "start": "starts at {}", "floor": "floor {}",
        "ceiling": "ceiling {}", "no floor": "no floor", "no ceiling": "no ceiling",
        "empties": "  [emptied by {} {}]", "ambiguities": "readings of the text",
        "variants": "variants for classes of units", "without": "without {}", "question": "question",
        "decision": "decision", "assessed_by": "assessed by", "note": "note",
        "valid": "valid", "days fromto": "{} – {}", "days from": "{} – …", "days to": "… – {1}",
        "source": "source", "round": "rounded: places {}, {}", "whole": "rounded: places 0, {1}",
        "options": "possible readings", "cases": "cases of its own: {}",
        "sum": "sum of its parts", "mean": "mean of its parts", "min": "least of its parts",
        "max": "greatest of its parts",
        "lowest": "without the {} lowest", "highest": "without the {} highest",
        "take": "of awards and of deductions only the greatest counts",
        "exempt": ": {}",
        "extra": "on top of the full marks", "when": "counts only when {}", "grades": "grades",
        "full": "full marks when not applicable", "zero": "no marks when not applicable",
        "rescale": "left out when not applicable",
        "spread": "shared out when not applicable", "gate": "gate {}, when {}: {}", "from": "from {}",
        "if": "when {}", "rest": "else",
        "value": "value {}", "shown": "{} (shown on the card)",
        "facts": "facts", "flag": "yes or no", "count": "count", "number": "{} to {}, {} places",
        "choice": "one of {}", "exact": "grades (on the exact total)",
    },
    "zh": {
        "colon": "{}：{}", "heading": "{}：", "notes": "（{}）", "clauses": "；", "and": "，", "names": "、",
        "total": "总分", "out_of": "按{}分制评分", "start": "起评分{}分", "floor": "最低{}分", "ceiling": "最高{}分",
        "no floor": "不设下限", "no ceiling": "不设上限",
        "empties": "（{}{}扣完）", "ambiguities": "原文存疑之处",
        "variants": "适用于各类单位的版本", "without": "去掉 {}", "question": "问题", "decision": "本表处理",
        "assessed_by": "考评方", "note": "备注",
        "valid": "有效期", "days fromto": "{}至{}", "days from": "自{}起", "days to": "至{1}止",
        "source": "来源", "round": "保留{}位小数，{}", "whole": "保留整数，{1}",
        "options": "可能的理解", "cases": "自带案例{}个",
        "sum": "各项合计", "mean": "取各项平均", "min": "取各项最低", "max": "取各项最高",
        "exempt": "（条件：{}）",
        "lowest": "去掉{}个最低分", "highest": "去掉{}个最高分", "extra": "满分之外另加", "when": "仅当 {} 时计入",
        "take": "加分、扣分各只计最高一项", "grades": "等次",
        "full": "缺项按满分计", "zero": "缺项不得分", "rescale": "缺项不计权重，其余各项按比例折算",
        "spread": "缺项的权重由其余各项均摊", "gate": "门槛 {}（条件：{}）：{}", "from": "{}分及以上", "if": "条件：{}",
        "rest": "其余",
        "half_up": "四舍五入", "half_even": "四舍六入五成双", "down": "舍去尾数", "up": "尾数进一", "floor_": "向下取整",
        "ceiling_": "向上取整",
        "value": "命名值 {}", "shown": "{}（列示于成绩单）",
        "facts": "事实", "flag": "是或否", "count": "计数", "number": "{}至{}，最多{}位小数", "choice": "{}，选其一",
        "exact": "等次（按未舍入的总分）",
    },
}  # fmt: skip


# Two modes of rounding have the names of bounds, whose phrases they must not take.
_MODES = {"floor": "floor_", "ceiling": "ceiling_"}
_LONG = 400  # characters that are shown of a text


def outline(rubric: Rubric, lang: Lang) -> str:
    """The whole rubric: its head, items, grades, facts, and readings of the text."""
    phrases, text = PHRASES[lang], rubric._text
    lines = [plain(text.title, 200), f"{text.id} · {rubric.digest}"]
    if text.source:
        source = " ".join(plain(part) for part in (text.source.issuer, text.source.document) if part)
        lines.append(phrases["colon"].format(phrases["source"], source))
        lines += _note(text.source, "  ", phrases)
    if text.valid:
        ends = f"{'from' if text.valid.start else ''}{'to' if text.valid.to else ''}"
        days = phrases[f"days {ends}"].format(text.valid.start, text.valid.to) if ends else "…"
        lines.append(phrases["colon"].format(phrases["valid"], days))
        lines += _note(text.valid, "  ", phrases)
    lines.append("")
    for item in rubric._plan.items:
        lines += _item(item, phrases, lang)
    if text.grades:
        heading = phrases["exact" if text.grade_on == "exact" else "grades"]
        lines += ["", phrases["heading"].format(heading)]
        for grade in text.grades:
            lines += [_grade(grade, phrases), *_note(grade, "      ", phrases)]
    if text.facts:
        lines += ["", phrases["heading"].format(phrases["facts"])]
        for fact in text.facts:
            kind = _kind(rubric._inputs[fact.name], phrases)
            lines += ["  " + phrases["colon"].format(_named(fact.name, fact.title), kind)]
            if isinstance(fact.type, Model):
                lines += _notes(fact.type, "      ", phrases)
    if text.variants:
        lines += ["", phrases["heading"].format(phrases["variants"])]
    for variant in text.variants:
        lines += _variant(variant, phrases)
    if text.ambiguities:
        lines += ["", phrases["heading"].format(phrases["ambiguities"])]
    for ambiguity in text.ambiguities:
        lines += _ambiguity(ambiguity, phrases)
    if text.cases:
        lines += ["", phrases["cases"].format(len(text.cases))]
    return "\n".join(lines) + "\n"


def _ambiguity(ambiguity: Ambiguity, phrases: dict[str, str]) -> Iterator[str]:
    """A place where the text is unclear, and how it is read."""
    yield f"  {ambiguity.id} ({ambiguity.at})"
    if ambiguity.clause is not None:
        yield f"    {quoted(ambiguity.clause)}"
    for key, said in (("question", ambiguity.question), ("decision", ambiguity.decided)):
        yield "    " + phrases["colon"].format(phrases[key], plain(said, _LONG))
    if ambiguity.options:
        yield "    " + phrases["heading"].format(phrases["options"])
        for option in ambiguity.options:
            yield from _option(option, phrases)
    yield from _note(ambiguity, "    ", phrases)


def _option(option: Named | str, phrases: dict[str, str]) -> Iterator[str]:
    """A way to read an unclear text, and what the rubric would be with it."""
    if isinstance(option, str):
        yield f"      - {plain(option, _LONG)}"
        return
    title = f" {plain(option.patch.title, _LONG)}" if option.patch.title is not None else ""
    yield f"      - {option.id}{title}"
    yield from _patch(option.patch, "        ", phrases)


def _variant(variant: Named, phrases: dict[str, str]) -> Iterator[str]:
    """A variant, and what is other in it."""
    title = f" {plain(variant.patch.title, _LONG)}" if variant.patch.title is not None else ""
    yield f"  {variant.id}{title}"
    yield from _patch(variant.patch, "    ", phrases)


def _compact(value: object) -> str:
    """A nested value on one line."""
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {_compact(inner)}" for key, inner in value.items()) + "}"
        case tuple():
            return f"[{', '.join(map(_compact, value))}]"
    return str(value)


def _patch(patch: Patch, pad: str, phrases: dict[str, str]) -> Iterator[str]:
    """Each value that is other, and what is taken out."""
    for name, value in (patch.set.plain() if patch.set else {}).items():
        shown = plain(value if isinstance(value, str) else _compact(value), _LONG)
        yield pad + phrases["colon"].format(plain(name), shown)
    for path in patch.without:
        yield pad + phrases["without"].format(plain(path))
    yield from _note(patch, pad, phrases)


def _item(item: PlannedItem, phrases: dict[str, str], lang: Lang) -> Iterator[str]:
    """The line of an item with what is unusual in it, its wording, and each of its rules and gates."""
    pad = "  " * (item.path.count(".") + 1 if item.path else 0)
    authored = item.item
    if isinstance(authored, RubricText):
        name = phrases["total"]
    else:
        name = f"{item.path.rsplit('.', 1)[-1]} {plain(authored.title, 200)}"
    special = phrases["clauses"].join(_special(item, phrases, lang))
    worth = on_top(item, lang) if authored.weight is None else written(authored.weight)
    yield f"{pad}{name}  {worth}" + (phrases["notes"].format(special) if special else "")
    if isinstance(authored, Item):
        yield from _wording(authored, f"{pad}    ")
        if authored.assessed_by:
            assessor = plain(authored.assessed_by, _LONG)
            yield f"{pad}    " + phrases["colon"].format(phrases["assessed_by"], assessor)
    for part in (authored, authored.round, authored.drop):
        yield from _note(part, f"{pad}    ", phrases)
    for value in authored.values:
        formula = plain(value.text.formula, _LONG)
        said = phrases["colon"].format(
            phrases["value"].format(_named(value.name, value.text.title)),
            phrases["shown"].format(formula) if value.text.show else formula,
        )
        yield f"{pad}  = {said}"
        yield from _note(value.text, f"{pad}      ", phrases)
    for rule, cases in emptied(item):
        empties = phrases["empties"].format(cases, plain(rule.unit)) if cases is not None else ""
        sentence = phrases["colon"].format(
            _named(rule.rule.id, rule.rule.title), plain(rule.rule.says(lang), _LONG)
        )
        yield f"{pad}  - {sentence}{empties}"
        yield from _wording(rule.rule, f"{pad}      ")
        yield from _notes(rule.rule, f"{pad}      ", phrases)
    for gate in authored.gates:
        sentence = phrases["gate"].format(_named(gate.id, gate.title), gate.when, gate_sentence(gate, lang))
        yield f"{pad}  ! {plain(sentence, _LONG)}"
        yield from _wording(gate, f"{pad}      ")
        yield from _note(gate, f"{pad}      ", phrases)


def _wording(part: Item | Rule | Gate, pad: str) -> Iterator[str]:
    """The official wording of a part."""
    if part.clause is not None:
        yield f"{pad}{quoted(part.clause)}"


def _special(item: PlannedItem, phrases: dict[str, str], lang: Lang) -> Iterator[str]:
    """What is unusual in an item."""
    authored = item.item
    if item.full != (authored.weight or 0):
        yield phrases["out_of"].format(written(item.full))
    if authored.start is not None and item.start is not None:
        yield phrases["start"].format(written(item.start))
    for key, bound in (("floor", item.floor), ("ceiling", item.ceiling)):
        if getattr(authored, key) is not None and not is_in_words(item, key):
            yield phrases[f"no {key}"] if bound is None else phrases[key].format(written(bound))
    if authored.extra and authored.weight is not None:
        yield phrases["extra"]
    yield from how_it_counts(authored, lang)
    if authored.round:
        mode, places = authored.round.mode, authored.round.places
        shown = phrases.get(_MODES.get(mode, mode), mode)
        yield phrases["round" if places else "whole"].format(places, shown)


def _notes(part: Model, pad: str, phrases: dict[str, str]) -> Iterator[str]:
    """The note of a rule or of a type, then those of what it is made of, such as bands."""
    yield from _note(part, pad, phrases)
    for name in type(part).model_fields:
        value = getattr(part, name)
        for inner in value if isinstance(value, tuple) else (value,):
            yield from _notes_within(inner, pad, phrases)


def _notes_within(value: object, pad: str, phrases: dict[str, str]) -> Iterator[str]:
    """The notes of a value, where it may have any; that of a level or an input stands behind its name."""
    match value:
        case Declared(type=Model() as made_of) | Level(worth=Model() as made_of) | (Model() as made_of):
            yield from _notes(made_of, pad, phrases)


def _note(part: Model | None, pad: str, phrases: dict[str, str]) -> Iterator[str]:
    """The author's own words on a part."""
    note = getattr(part, "note", None)
    if note is not None:
        yield pad + phrases["colon"].format(phrases["note"], plain(note, _LONG))


def _named(name: str, title: str | None) -> str:
    """An id, by which conditions and tallies name a thing, and its title where it has one."""
    return name if title is None else f"{name} {plain(title, 200)}"


def how_it_counts(item: AnyItem, lang: Lang) -> list[str]:
    """How an item counts in its group, and how its parts make it up, where that is not the usual way."""
    phrases, notes = PHRASES[lang], list[str]()
    if item.policy:
        reason = "" if item.exempt_when is None else phrases["exempt"].format(plain(item.exempt_when, 400))
        notes.append(phrases[item.policy if item.weight is not None else "zero"] + reason)
    notes += [phrases["when"].format(plain(item.counts_when, 400))] if item.counts_when else []
    notes += [phrases["take"]] if item.take == "highest" else []
    notes += [phrases[item.combine]] if item.combine != "sum" else []
    return notes + (dropped(item.drop.lowest, item.drop.highest, phrases) if item.drop else [])


def _grade(grade: Grade, phrases: dict[str, str]) -> str:
    conditions = [phrases["from"].format(written(grade.start))] if grade.start is not None else []
    conditions += [phrases["if"].format(plain(grade.when, 400))] if grade.when is not None else []
    said = phrases["and"].join(conditions) or phrases["rest"]
    return "  " + phrases["colon"].format(plain(grade.grade), said)


def _kind(fact: Input, phrases: dict[str, str]) -> str:
    """What kind of value a fact takes, with its options or its range."""
    if fact.options:
        return phrases[fact.kind].format(phrases["names"].join(map(plain, fact.options)))
    return phrases[fact.kind].format(written(fact.lo), written(fact.hi), fact.places)

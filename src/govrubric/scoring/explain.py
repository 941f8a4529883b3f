"""Record -> a readable tree: every item's ledger, line by line, or as much of it as explains one figure."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain
from govrubric.numbers import Exact, written
from govrubric.scoring.ledger import GateScore, Given, ItemScore, Record, RuleScore

WORDS = {
    "en": {
        "of": "of", "base": "base", "start": "start", "rounding": "rounding", "absorbed": "not counted, bound reached",
        "assumed": "taken as 0 or false, since the tally leaves them out",
        "absent_inputs": "taken as 0, false or the first name, since the tally leaves them out", "evidence": "evidence", "note": "note", "lost": "lost",
        "leaves": "leaves", "rubric": "rubric", "weighs": "counts as", "total": "total", "none": "no score", "grade": "grade",
        "sum": "sum of parts", "mean": "mean of parts", "min": "least of parts", "max": "greatest of parts", "lowest": "without the {} lowest", "highest": "without the {} highest",
        "away": "not applicable: {}", "absent": "does not apply", "full": "full marks", "zero": "no marks", "rescale": "its weight is left out",
        "spread": "its weight is shared out", "uncounted": "does not count, since this does not hold", "kept": "the quotient kept to {} places", "facts": "facts", "yes": "yes", "no": "no", "when": "when",
        "held": "gate {} holds", "open": "gate {} does not hold",
    },
    "zh": {
        "of": "满分", "base": "基数", "start": "起点", "rounding": "舍入", "absorbed": "超出界限，不计",
        "assumed": "未填报，按 0 或否计", "absent_inputs": "未填报，按 0、否或首个选项计", "evidence": "依据", "note": "备注", "lost": "失分",
        "leaves": "余", "rubric": "评分表", "weighs": "折算计入", "total": "总分", "none": "不予计分", "grade": "等次",
        "sum": "各部分合计", "mean": "各部分平均", "min": "各部分最低", "max": "各部分最高", "lowest": "去掉 {} 个最低", "highest": "去掉 {} 个最高",
        "away": "缺项：{}", "absent": "不适用", "full": "按满分计", "zero": "按零分计", "rescale": "其权重退出，余者折算",
        "spread": "其权重由其余各项均摊", "uncounted": "不计入，因条件不成立", "kept": "商取 {} 位小数", "facts": "事实", "yes": "是", "no": "否", "when": "条件",
        "held": "门槛 {} 成立", "open": "门槛 {} 不成立",
    },
}  # fmt: skip


def number(value: Exact) -> str:
    """An exact number in digits."""
    return written(Fraction(value))


def signed(value: Exact) -> str:
    """A number with its sign, since on a ledger it is an effect."""
    return f"+{number(value)}" if value > 0 else number(value)


def render_text(record: Record, lang: Lang) -> str:
    """The whole card, from the total down to the evidence."""
    say = WORDS[lang]
    header = record.header
    items = {item.path: item for item in record.items}
    inputs = {given.name: given for given in record.inputs}
    who = " ".join(plain(text) for text in (header.unit, header.name) if text)
    lines = [f"{plain(header.title, 200)}{f' · {who}' if who else ''}"]
    if header.grade is not None:
        lines.append(f"{say['grade']} {plain(header.grade)}")
    lines += list(_item(items[""], items, inputs, 0, lang))
    if facts := [given for given in record.inputs if "." not in given.name]:
        lines += [
            "",
            f"{say['facts']}:",
            *(
                line
                for given in facts
                for line in (f"  {given.name}: {_value(given, say)}", *_evidence(given, "  ", say))
            ),
        ]
    if assumed := [given for given in record.inputs if given.assumed]:
        usual = all(given.kind in ("count", "flag") for given in assumed)
        lines += [
            "",
            f"{say['assumed' if usual else 'absent_inputs']}:",
            *(f"  {given.name}" for given in assumed),
        ]
    lines += ["", f"{say['rubric']} {header.rubric} {header.digest}", f"govrubric {header.engine}"]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def render_part(record: Record, path: str, lang: Lang) -> str:
    """What explains one figure: of a rule its line, of an item its ledger, of a group or the total (the empty path) what its parts come to.

    Each part has one line, and behind it one for everything within it that did something.
    """
    inputs = {given.name: given for given in record.inputs}
    items = {item.path: item for item in record.items}
    if path in items:
        lines = [*_opening(items[path], 0, lang)]
        if items[path].applies:
            for part in items[path].parts:
                lines += _short(part, items, lang)
            lines += _ledger(items[path], items, inputs, 0, lang)
    else:
        lines = [
            line
            for item in record.items
            for rule in item.rules
            if rule.path == path
            for line in _rule(rule, inputs, "", lang)
        ]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _short(path: str, items: dict[str, ItemScore], lang: Lang) -> Iterator[str]:
    """A part in one line, and behind it the rules and gates within it that did something, those of its own parts first."""
    yield from _opening(items[path], 1, lang)
    yield from _weighed(items[path], "    ", WORDS[lang])
    yield from _acted(items[path], items, len(path) + 1, lang)


def _acted(item: ItemScore, items: dict[str, ItemScore], known: int, lang: Lang) -> Iterator[str]:
    """So many characters of each path are known from what stands above."""
    say = WORDS[lang]
    for part in item.parts:
        yield from _acted(items[part], items, known, lang)
    for rule in item.rules:
        if rule.applied or rule.absorbed:
            yield f"    {signed(rule.applied)}  {rule.path[known:]}: {rule.sentence_in(lang)}{_absorbed(rule, say)}"
    for gate in item.gates:
        if gate.held:
            told = say["held"].format(gate.path[known:])
            yield f"    {signed(gate.effect)}  {told} ({plain(gate.when, 400)}): {plain(gate.sentence_in(lang), 400)}"


def _item(
    item: ItemScore, items: dict[str, ItemScore], inputs: dict[str, Given], depth: int, lang: Lang
) -> Iterator[str]:
    yield from _opening(item, depth, lang)
    if not item.applies:
        return  # all within it is nothing
    for part in item.parts:
        yield from _item(items[part], items, inputs, depth + 1, lang)
    yield from _ledger(item, items, inputs, depth, lang)


def _opening(item: ItemScore, depth: int, lang: Lang) -> Iterator[str]:
    """What an item comes to, and why it counts in another way than usual."""
    say = WORDS[lang]
    pad = "  " * depth
    title = f" {plain(item.title, 200)}" if item.path else ""
    yield f"{pad}{item.path or say['total']}{title}  {_scored(item, say)}"
    if not item.applies and item.not_applicable is not None:
        yield f"{pad}  {say[item.not_applicable]}" + (
            f": {number(item.contribution)}" if item.contribution is not None and item.contribution else ""
        )
    if item.applies and not item.counts:
        yield f"{pad}  {say['uncounted']}: {plain(item.counts_when or '', 400)}"


def _ledger(
    item: ItemScore, items: dict[str, ItemScore], inputs: dict[str, Given], depth: int, lang: Lang
) -> Iterator[str]:
    """From an item's start, or from what its parts come to, to what it contributes."""
    say = WORDS[lang]
    pad = "  " * depth + "  "
    if item.rules and not item.parts:
        yield f"{pad}{say['start']} {number(item.base)}"
    elif item.combining is not None and (item.rules or item.gates or _is_telling(item, items)):
        yield f"{pad}{say['base']} {number(item.base)} ({_combined(item, items, say)})"
    for rule in item.rules:
        yield from _rule(rule, inputs, pad, lang)
    for gate in item.gates:
        yield from _gate(gate, pad, lang)
    if item.rounding and item.score is not None:
        yield f"{pad}{say['rounding']} {signed(item.rounding)} → {number(item.score)}"
    yield from _weighed(item, pad, say)


def _weighed(item: ItemScore, pad: str, say: dict[str, str]) -> Iterator[str]:
    if item.weight != item.out_of and item.contribution is not None and item.applies:
        yield f"{pad}{say['weighs']} {number(item.contribution)} / {number(item.weight)}"


def _scored(item: ItemScore, say: dict[str, str]) -> str:
    if item.score is None:
        return say["none"]
    if not item.applies:
        return say["absent"]
    return f"{number(item.score)} / {number(item.out_of)}" + (
        f"  ({say['lost']} {number(item.lost)})" if item.lost else ""
    )


def _combined(item: ItemScore, items: dict[str, ItemScore], say: dict[str, str]) -> str:
    """How a group's base comes from its parts, and who is left out of it."""
    assert item.combining is not None
    told = [say[item.combining.how], *dropped(item.combining.lowest, item.combining.highest, say)]
    if away := [part for part in item.parts if not items[part].applies]:
        told.append(say["away"].format(", ".join(part.rsplit(".", 1)[-1] for part in away)))
    if item.combining.how in ("sum", "mean") and any(
        items[part].not_applicable in ("rescale", "spread") for part in away
    ):
        told.append(say["kept"].format(item.combining.places))
    return "; ".join(told)


def _is_telling(item: ItemScore, items: dict[str, ItemScore]) -> bool:
    """Whether a group's base is anything but the sum of all its parts."""
    assert item.combining is not None
    how, lowest, highest, *_ = item.combining
    away = any(not items[part].applies for part in item.parts)
    return (
        how != "sum"
        or bool(lowest or highest)
        or away
        or item.base != sum(Fraction(items[part].contribution or 0) for part in item.parts)
    )


def dropped(lowest: int, highest: int, say: dict[str, str]) -> list[str]:
    """What a group leaves out, in words."""
    return [say[word].format(many) for word, many in (("lowest", lowest), ("highest", highest)) if many]


def _gate(gate: GateScore, pad: str, lang: Lang) -> Iterator[str]:
    """A gate with its condition; where it holds, what it does, and the clause."""
    say = WORDS[lang]
    name, when = gate.path.rsplit(".", 1)[-1], plain(gate.when, 400)
    if not gate.held:
        yield f"{pad}{say['open'].format(name)} ({when})"
        return
    yield f"{pad}{signed(gate.effect)}  {say['held'].format(name)} ({when}): {plain(gate.sentence_in(lang), 400)}"
    if gate.clause:
        yield f"{pad}    {quoted(gate.clause, lang)}"


def quoted(clause: str, lang: Lang) -> str:
    """Official words, in the quotation marks of the language."""
    return {"en": "“{}”", "zh": "「{}」"}[lang].format(plain(clause, 400))


def _rule(rule: RuleScore, inputs: dict[str, Given], pad: str, lang: Lang) -> Iterator[str]:
    say = WORDS[lang]
    name = rule.path.rsplit(".", 1)[-1]
    yield f"{pad}{signed(rule.applied)}  {name}: {rule.sentence_in(lang)}{_absorbed(rule, say)} → {say['leaves']} {number(rule.balance)}"
    if rule.when is not None and not rule.counted:
        yield f"{pad}    {say['uncounted']}: {plain(rule.when, 400)}"
    if rule.clause and (rule.applied or rule.absorbed):
        yield f"{pad}    {quoted(rule.clause, lang)}"
    for name in rule.inputs:
        if "." in name:  # a fact tells it itself
            yield from _evidence(inputs[name], pad, say)


def _absorbed(rule: RuleScore, say: dict[str, str]) -> str:
    return f"; {signed(rule.absorbed)} {say['absorbed']}" if rule.absorbed else ""


def _evidence(given: Given, pad: str, say: dict[str, str]) -> Iterator[str]:
    for evidence in given.evidence:
        yield f"{pad}    {say['evidence']}: {plain(evidence, 400)}"
    if given.note:
        yield f"{pad}    {say['note']}: {plain(given.note, 400)}"


def _value(given: Given, say: dict[str, str]) -> str:
    match given.value:
        case bool():
            return say["yes" if given.value else "no"]
        case str():
            return plain(given.value)
        case number_:
            return number(Decimal(number_) if isinstance(number_, int) else number_) + (
                f" {plain(given.unit)}" if given.unit else ""
            )

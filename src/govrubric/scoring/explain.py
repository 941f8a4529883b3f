"""Record -> text for people: every item's ledger as a tree, or as much of it as explains one figure."""

from collections.abc import Iterator
from fractions import Fraction

from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain
from govrubric.numbers import Exact, shown, written
from govrubric.scoring.ledger import GateScore, Given, ItemScore, Record, RuleScore

PHRASES = {
    "en": {
        "of": "of", "base": "base", "start": "start", "rounding": "rounding",
        "absorbed": "not counted, bound reached",
        "assumed": "taken as 0 or false, since the tally leaves them out",
        "absent_inputs": "taken as 0, false or the first name, since the tally leaves them out",
        "evidence": "evidence", "note": "note", "lost": "lost",
        "leaves": "leaves", "rubric": "rubric", "weighs": "counts as", "total": "total", "none": "no score",
        "grade": "grade",
        "sum": "sum of parts", "mean": "mean of parts", "min": "least of parts", "max": "greatest of parts",
        "lowest": "without the {} lowest", "highest": "without the {} highest",
        "away": "not applicable: {}", "absent": "does not apply", "full": "full marks", "zero": "no marks",
        "rescale": "its weight is left out",
        "spread": "its weight is shared out", "uncounted": "does not count, since this does not hold",
        "facts": "facts", "yes": "yes", "no": "no", "when": "when",
        "held": "gate {} holds", "open": "gate {} does not hold",
        "read": "as a card says that was read; verify it with its rubric before you believe it",
    },
    "zh": {
        "of": "满分", "base": "基数", "start": "起点", "rounding": "舍入", "absorbed": "超出界限，不计",
        "assumed": "未填报，按 0 或否计", "absent_inputs": "未填报，按 0、否或首个选项计", "evidence": "依据", "note": "备注",
        "lost": "失分",
        "leaves": "余", "rubric": "评分表", "weighs": "折算计入", "total": "总分", "none": "不予计分", "grade": "等次",
        "sum": "各部分合计", "mean": "各部分平均", "min": "各部分最低", "max": "各部分最高", "lowest": "去掉 {} 个最低",
        "highest": "去掉 {} 个最高",
        "away": "缺项：{}", "absent": "不适用", "full": "按满分计", "zero": "按零分计", "rescale": "其权重退出，余者折算",
        "spread": "其权重由其余各项均摊", "uncounted": "不计入，因条件不成立", "facts": "事实", "yes": "是",
        "no": "否", "when": "条件",
        "held": "门槛 {} 成立", "open": "门槛 {} 不成立",
        "read": "以上照所读成绩单列出；请先用其评分表核验",
    },
}  # fmt: skip


SENTENCE = 1000  # characters that are shown of a sentence


def number(value: Exact, places: int) -> str:
    """An exact number in digits; where they never end, with two more than the total's `places`."""
    return shown(Fraction(value), places + 2)


def signed(value: Exact, places: int) -> str:
    """A number with its sign, as an effect stands on a ledger."""
    return f"+{number(value, places)}" if value > 0 else number(value, places)


def render_text(record: Record, lang: Lang, *, read: bool = False) -> str:
    """The whole card, from the total down to the evidence; one that was `read` may be forged, and says so."""
    phrases = PHRASES[lang]
    header, places = record.header, record.header.places
    items = {item.path: item for item in record.items}
    inputs = {given.name: given for given in record.inputs}
    unit = " ".join(plain(text) for text in (header.unit, header.name) if text)
    lines = [f"{plain(header.title, 200)}{f' · {unit}' if unit else ''}"]
    if header.grade is not None:
        lines.append(f"{phrases['grade']} {plain(header.grade)}")
    lines += list(_item(items[""], items, inputs, 0, lang, places))
    if facts := [given for given in record.inputs if "." not in given.name]:
        lines += [
            "",
            f"{phrases['facts']}:",
            *(
                line
                for given in facts
                for line in (
                    f"  {plain(given.title or given.name)}: {_value(given, phrases)}",
                    *_evidence(given, "  ", phrases),
                )
            ),
        ]
    if assumed := [given for given in record.inputs if given.assumed]:
        usual = all(given.kind in ("count", "flag") for given in assumed)
        lines += [
            "",
            f"{phrases['assumed' if usual else 'absent_inputs']}:",
            *(f"  {_named(given.name, given.title)}" for given in assumed),
        ]
    lines += ["", f"{phrases['rubric']} {header.rubric} {header.digest}", f"govrubric {header.engine}"]
    lines += [phrases["read"]] if read else []
    return "\n".join(line.rstrip() for line in lines) + "\n"


def render_part(record: Record, path: str, lang: Lang) -> str:
    """What explains one figure: a rule's line, an item's ledger, or what the parts of a group come to.

    The empty path stands for the total. Each part has one line, followed by a line for every rule and gate
    within it that had an effect.
    """
    inputs, places = {given.name: given for given in record.inputs}, record.header.places
    items = {item.path: item for item in record.items}
    if path in items:
        lines = [*_opening(items[path], 0, lang, places)]
        if items[path].applies:
            for part in items[path].parts:
                lines += _short(part, items, lang, places)
            lines += _ledger(items[path], items, inputs, 0, lang, places)
    else:
        lines = [
            line
            for item in record.items
            for rule in item.rules
            if rule.path == path
            for line in _rule(rule, inputs, "", lang, places)
        ]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _short(path: str, items: dict[str, ItemScore], lang: Lang, places: int) -> Iterator[str]:
    """A part in one line, then the rules and gates within it that had an effect, those of its parts first."""
    yield from _opening(items[path], 1, lang, places)
    yield from _weighed(items[path], "    ", PHRASES[lang], places)
    yield from _acted(items[path], items, len(path) + 1, lang, places)


def _acted(
    item: ItemScore, items: dict[str, ItemScore], known: int, lang: Lang, places: int
) -> Iterator[str]:
    """The rules and gates that had an effect, without the first `known` characters of their paths."""
    for part in item.parts:
        yield from _acted(items[part], items, known, lang, places)
    for rule in item.rules:
        if rule.applied or rule.absorbed:
            sentence = _sentence(rule, lang, places)
            yield f"    {signed(rule.applied, places)}  {_within(rule, known)}: {sentence}"
    for gate in item.gates:
        if gate.held:
            yield f"    {_held(gate, _within(gate, known), lang, places)}"


def _within(row: RuleScore | GateScore, known: int) -> str:
    """A rule or gate by its path without the first `known` characters, its title in place of its id."""
    home, dot, _ = row.path[known:].rpartition(".")
    return f"{home}{dot}{plain(row.shown)}"


def _named(name: str, title: str | None) -> str:
    """The name of an input in tallies, and its title where it has one."""
    return name if title is None else f"{name} {plain(title)}"


def _item(
    item: ItemScore,
    items: dict[str, ItemScore],
    inputs: dict[str, Given],
    depth: int,
    lang: Lang,
    places: int,
) -> Iterator[str]:
    yield from _opening(item, depth, lang, places)
    if not item.applies:
        return  # everything within it is 0
    for part in item.parts:
        yield from _item(items[part], items, inputs, depth + 1, lang, places)
    yield from _ledger(item, items, inputs, depth, lang, places)


def _opening(item: ItemScore, depth: int, lang: Lang, places: int) -> Iterator[str]:
    """What an item comes to, and why if it does not apply or does not count."""
    phrases = PHRASES[lang]
    pad = "  " * depth
    title = f" {plain(item.title, 200)}" if item.path else ""
    yield f"{pad}{item.path or phrases['total']}{title}  {_scored(item, phrases, places)}"
    if not item.applies and item.not_applicable is not None:
        contribution = f": {number(item.contribution, places)}" if item.contribution else ""
        yield f"{pad}  {phrases[item.not_applicable]}{contribution}"
    if item.applies and not item.counts:
        yield f"{pad}  {phrases['uncounted']}: {plain(item.counts_when or '', 400)}"


def _ledger(
    item: ItemScore,
    items: dict[str, ItemScore],
    inputs: dict[str, Given],
    depth: int,
    lang: Lang,
    places: int,
) -> Iterator[str]:
    """From an item's start, or from what its parts come to, to what it contributes."""
    phrases = PHRASES[lang]
    pad = "  " * depth + "  "
    if item.rules and not item.parts:
        yield f"{pad}{phrases['start']} {number(item.base, places)}"
    elif item.combining is not None and (item.rules or item.gates or _is_unusual(item, items)):
        yield f"{pad}{phrases['base']} {number(item.base, places)} ({_combined(item, items, phrases)})"
    for rule in item.rules:
        yield from _rule(rule, inputs, pad, lang, places)
    for gate in item.gates:
        yield from _gate(gate, pad, lang, places)
    if item.rounding and item.score is not None:
        yield f"{pad}{phrases['rounding']} {signed(item.rounding, places)} → {number(item.score, places)}"
    yield from _weighed(item, pad, phrases, places)


def _weighed(item: ItemScore, pad: str, phrases: dict[str, str], places: int) -> Iterator[str]:
    if item.weight != item.out_of and item.contribution is not None and item.applies:
        yield f"{pad}{phrases['weighs']} {number(item.contribution, places)} / {number(item.weight, places)}"


def _scored(item: ItemScore, phrases: dict[str, str], places: int) -> str:
    if item.score is None:
        return phrases["none"]
    if not item.applies:
        return phrases["absent"]
    return f"{number(item.score, places)} / {number(item.out_of, places)}" + (
        f"  ({phrases['lost']} {number(item.lost, places)})" if item.lost else ""
    )


def _combined(item: ItemScore, items: dict[str, ItemScore], phrases: dict[str, str]) -> str:
    """How a group's base comes from its parts, and which of them are left out."""
    assert item.combining is not None
    clauses = [phrases[item.combining.how], *dropped(item.combining.lowest, item.combining.highest, phrases)]
    if away := [part for part in item.parts if not items[part].applies]:
        clauses.append(phrases["away"].format(", ".join(part.rsplit(".", 1)[-1] for part in away)))
    return "; ".join(clauses)


def _is_unusual(item: ItemScore, items: dict[str, ItemScore]) -> bool:
    """Whether a group's base is anything else than the sum of all its parts."""
    assert item.combining is not None
    how, lowest, highest = item.combining
    away = any(not items[part].applies for part in item.parts)
    return (
        how != "sum"
        or bool(lowest or highest)
        or away
        or item.base != sum(Fraction(items[part].contribution or 0) for part in item.parts)
    )


def dropped(lowest: int, highest: int, phrases: dict[str, str]) -> list[str]:
    """How many of its lowest and highest parts a group leaves out, in words."""
    return [phrases[key].format(parts) for key, parts in (("lowest", lowest), ("highest", highest)) if parts]


def _gate(gate: GateScore, pad: str, lang: Lang, places: int) -> Iterator[str]:
    """A gate with its condition; where it holds, what it does, and the clause."""
    phrases = PHRASES[lang]
    name = plain(gate.shown)
    if not gate.held:
        yield f"{pad}{phrases['open'].format(name)} ({plain(gate.when, 400)})"
        return
    yield pad + _held(gate, name, lang, places)
    if gate.clause:
        yield f"{pad}    {quoted(gate.clause, lang)}"


def _held(gate: GateScore, name: str, lang: Lang, places: int) -> str:
    """A gate that holds: its effect, its name, its condition, and what it does."""
    holds = PHRASES[lang]["held"].format(name)
    return f"{signed(gate.effect, places)}  {holds} ({plain(gate.when, 400)}): {plain(gate.sentence, 400)}"


def quoted(clause: str, lang: Lang) -> str:
    """An official text in the quotation marks of the language."""
    return {"en": "“{}”", "zh": "「{}」"}[lang].format(plain(clause, 400))


def _rule(rule: RuleScore, inputs: dict[str, Given], pad: str, lang: Lang, places: int) -> Iterator[str]:
    phrases = PHRASES[lang]
    name = plain(rule.shown)
    leaves = f"{phrases['leaves']} {number(rule.balance, places)}"
    yield f"{pad}{signed(rule.applied, places)}  {name}: {_sentence(rule, lang, places)} → {leaves}"
    if rule.when is not None and not rule.counted:
        yield f"{pad}    {phrases['uncounted']}: {plain(rule.when, 400)}"
    if rule.clause and (rule.applied or rule.absorbed):
        yield f"{pad}    {quoted(rule.clause, lang)}"
    for name in rule.inputs:
        if "." in name:  # the evidence of a fact stands with the facts
            yield from _evidence(inputs[name], pad, phrases)


def _sentence(rule: RuleScore, lang: Lang, places: int) -> str:
    """How a rule's effect comes about, and what of it a bound took."""
    absorbed = f"; {signed(rule.absorbed, places)} {PHRASES[lang]['absorbed']}" if rule.absorbed else ""
    return plain(rule.sentence, SENTENCE) + absorbed


def _evidence(given: Given, pad: str, phrases: dict[str, str]) -> Iterator[str]:
    for evidence in given.evidence:
        yield f"{pad}    {phrases['evidence']}: {plain(evidence, 400)}"
    if given.note:
        yield f"{pad}    {phrases['note']}: {plain(given.note, 400)}"


def _value(given: Given, phrases: dict[str, str]) -> str:
    match given.value:
        case bool():
            return phrases["yes" if given.value else "no"]
        case str():
            return plain(given.value)
        case number:
            return written(Fraction(number)) + (f" {plain(given.unit)}" if given.unit else "")

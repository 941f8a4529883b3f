"""Record -> text for people: every item's ledger as a tree, or as much of it as explains one figure."""

from collections.abc import Iterator
from fractions import Fraction

from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain
from govrubric.numbers import Exact, shown, written
from govrubric.scoring.audit import combined
from govrubric.scoring.ledger import GateScore, Given, Header, ItemScore, Record, RuleScore, ShownValue

PHRASES = {
    "en": {
        "colon": "{}: {}", "heading": "{}:", "clauses": "; ", "names": ", ",
        "lost": "  (lost {})", "start": "start {}", "base": "base {0} ({1}{2})", "rest": "; {}",
        "rounding": "rounding {} → {}",
        "weighs": "counts as {} / {}", "total": "total", "none": "no score", "grade": "grade {}",
        "left": ", {} left", "below": ", now {}", "in_all": ", {} in all",
        "emptied": ", emptied; {rest} more not taken", "emptied before": ", already empty, not taken",
        "floor": ", floor {at} reached; {rest} more not taken",
        "floor before": ", already at the floor of {at}, not taken",
        "passed": ", another is greater, so it does not count",
        "ceiling": ", ceiling {at} reached; {rest} more not added",
        "ceiling before": ", already at the ceiling of {at}, not added",
        "assumed": "taken as 0 or false, since the tally leaves them out",
        "absent_inputs": "taken as shown, since the tally leaves them out",
        "evidence": "evidence", "note": "note", "rubric": "rubric {} {}",
        "held at": ", held at {}", "raised to": ", raised to {}",
        "sum": "sum of parts", "mean": "mean of parts", "min": "least of parts", "max": "greatest of parts",
        "lowest": "without the {} lowest", "highest": "without the {} highest",
        "reason": "{}, since this holds: {}",
        "away": "not applicable: {}", "absent": "does not apply", "full": "full marks", "zero": "no marks",
        "rescale": "its weight is left out", "spread": "its weight is shared out", "points": "{}",
        "uncounted": "does not count, since this does not hold",
        "facts": "facts", "yes": "yes", "no": "no",
        "variant": "variant: {}", "reading": "{} read as: {}",
        "held": "{}  gate {} holds ({}): {}", "open": "gate {} does not hold ({})",
        "read": "as a card says that was read; verify it with its rubric before you believe it",
    },
    "zh": {
        "colon": "{}：{}", "heading": "{}：", "clauses": "；", "names": "、",
        "lost": "（失分{}）", "start": "起评分{}分", "base": "{1}{0}分{2}", "rest": "（{}）", "rounding": "舍入{}分，得{}分",
        "weighs": "按权重{1}分折算，计{0}分", "total": "总分", "none": "不予计分", "grade": "等次：{}",
        "left": "，余{}分", "below": "，现为{}分", "in_all": "，累计{}分",
        "emptied": "，已扣完，其余{rest}分不再扣", "emptied before": "，此前已扣完，不再扣",
        "floor": "，已扣至下限{at}分，其余{rest}分不再扣", "floor before": "，此前已扣至下限{at}分，不再扣",
        "passed": "，取最高，不计此项",
        "ceiling": "，已加至上限{at}分，其余{rest}分不再加", "ceiling before": "，此前已达上限{at}分，不再加",
        "assumed": "以下未填报，按0或“否”计", "absent_inputs": "以下未填报，按所列的值计",
        "evidence": "依据", "note": "备注", "rubric": "评分表 {} {}",
        "held at": "，按上限计{}分", "raised to": "，按下限计{}分",
        "sum": "各项合计", "mean": "各项平均", "min": "各项最低", "max": "各项最高",
        "lowest": "去掉{}个最低分", "highest": "去掉{}个最高分",
        "reason": "{}（条件成立：{}）",
        "away": "缺项：{}", "absent": "不适用", "full": "按满分计", "zero": "不得分",
        "rescale": "不计权重，其余各项按比例折算", "spread": "权重由其余各项均摊", "points": "{}分",
        "uncounted": "条件不成立，不计入", "facts": "事实", "yes": "是", "no": "否",
        "variant": "版本：{}", "reading": "{} 的理解：{}",
        "held": "{}  门槛 {} 成立（{}）：{}", "open": "门槛 {} 不成立（{}）",
        "read": "以上系读入的成绩单所载，未经核验；采信前请用评分表核验",
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
    lines = [f"{plain(header.title, 200)}{f' · {unit}' if unit else ''}", *_chosen(header, phrases)]
    if header.grade is not None:
        lines.append(phrases["grade"].format(plain(header.grade)))
    lines += [
        phrases["colon"].format(plain(value.shown, 200), value_in_words(value, places, lang))
        for value in record.values
    ]
    lines += list(_item(items[""], items, inputs, 0, lang, places))
    if facts := [given for given in record.inputs if "." not in given.name]:
        lines += [
            "",
            phrases["heading"].format(phrases["facts"]),
            *(
                line
                for given in facts
                for line in (
                    "  " + _valued(plain(given.title or given.name), given, lang),
                    *_evidence(given, "  ", phrases),
                )
            ),
        ]
    if assumed := [given for given in record.inputs if given.assumed]:
        usual = all(given.kind in ("count", "flag") for given in assumed)
        lines += [
            "",
            phrases["heading"].format(phrases["assumed" if usual else "absent_inputs"]),
            *(
                "  " + (named if usual else _valued(named, given, lang))
                for given in assumed
                for named in (_named(given.name, given.title),)
            ),
        ]
    lines += ["", phrases["rubric"].format(header.rubric, header.digest), f"govrubric {header.engine}"]
    lines += [phrases["read"]] if read else []
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _chosen(header: Header, phrases: dict[str, str]) -> Iterator[str]:
    """By which variant and readings the unit was scored, where the rubric was not taken as it stands."""
    if header.variant is not None:
        yield phrases["variant"].format(_titled(*header.variant))
    for reading in header.readings:
        yield phrases["reading"].format(reading.ambiguity, _titled(reading.option, reading.title))


def _titled(id_: str, title: str | None) -> str:
    return id_ if title is None else f"{plain(title, 200)} ({id_})"


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
            for line in _rule(rule, item, inputs, "", lang, places)
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
            yield f"    {_told(rule, item, _within(rule, known), lang, places)}"
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


def value_in_words(value: ShownValue, places: int, lang: Lang) -> str:
    """What a named value came to."""
    if isinstance(value.value, bool):
        return PHRASES[lang]["yes" if value.value else "no"]
    return number(value.value, places)


def _valued(named: str, given: Given, lang: Lang) -> str:
    """An input under a name, and its value."""
    return PHRASES[lang]["colon"].format(named, given_in_words(given, lang))


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
        policy = phrases["zero" if item.weight is None else item.not_applicable]
        if item.excused:
            policy = phrases["reason"].format(policy, plain(item.not_applicable_when or "", 400))
        if item.contribution:
            policy = phrases["colon"].format(
                policy, phrases["points"].format(number(item.contribution, places))
            )
        yield f"{pad}  {policy}"
    if item.applies and not item.counts:
        yield f"{pad}  " + phrases["colon"].format(phrases["uncounted"], plain(item.counts_when or "", 400))


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
        yield pad + phrases["start"].format(number(item.base, places))
    elif item.combining is not None and (item.rules or item.gates or _is_unusual(item, items)):
        yield pad + _combined(item, items, phrases, places)
    for rule in item.rules:
        yield from _rule(rule, item, inputs, pad, lang, places)
    for gate in item.gates:
        yield from _gate(gate, pad, lang, places)
    if item.rounding and item.score is not None:
        yield pad + phrases["rounding"].format(signed(item.rounding, places), number(item.score, places))
    yield from _weighed(item, pad, phrases, places)


def _weighed(item: ItemScore, pad: str, phrases: dict[str, str], places: int) -> Iterator[str]:
    if item.weight is None or item.contribution is None:
        return
    if item.weight != item.out_of and item.applies:
        yield pad + phrases["weighs"].format(number(item.contribution, places), number(item.weight, places))


def _scored(item: ItemScore, phrases: dict[str, str], places: int) -> str:
    if item.score is None:
        return phrases["none"]
    if not item.applies:
        return phrases["absent"]
    lost = phrases["lost"].format(number(item.lost, places)) if item.lost else ""
    if item.out_of is None:
        return f"{signed(item.score, places)}{lost}"
    return f"{number(item.score, places)} / {number(item.out_of, places)}{lost}"


def _combined(item: ItemScore, items: dict[str, ItemScore], phrases: dict[str, str], places: int) -> str:
    """How a group's base comes from its parts, which of them are left out, and where a bound holds it."""
    assert item.combining is not None
    parts = [items[part] for part in item.parts]
    came = combined(item.combining, item.out_of or Exact(0), parts) if item.applies else item.base
    clauses = dropped(item.combining.lowest, item.combining.highest, phrases)
    if away := [part for part in item.parts if not items[part].applies]:
        clauses.append(
            phrases["away"].format(phrases["names"].join(part.rsplit(".", 1)[-1] for part in away))
        )
    rest = phrases["rest"].format(phrases["clauses"].join(clauses)) if clauses else ""
    words = phrases["base"].format(number(came, places), phrases[item.combining.how], rest)
    if came != item.base:
        words += phrases["held at" if item.base < came else "raised to"].format(number(item.base, places))
    return words


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
        yield pad + phrases["open"].format(name, plain(gate.when, 400))
        return
    yield pad + _held(gate, name, lang, places)
    if gate.clause:
        yield f"{pad}    {quoted(gate.clause)}"


def _held(gate: GateScore, name: str, lang: Lang, places: int) -> str:
    """A gate that holds: its effect, its name, its condition, and what it does."""
    shown = (signed(gate.effect, places), name, plain(gate.when, 400), plain(gate.sentence, 400))
    return PHRASES[lang]["held"].format(*shown)


def quoted(clause: str) -> str:
    """An official text in quotation marks; quotation marks within it become single ones."""
    return f"“{plain(clause.replace('“', '‘').replace('”', '’'), 400)}”"


def _rule(
    rule: RuleScore, item: ItemScore, inputs: dict[str, Given], pad: str, lang: Lang, places: int
) -> Iterator[str]:
    """A rule of an item, with its clause and its evidence."""
    phrases = PHRASES[lang]
    left = "" if rule.absorbed else _left(rule, phrases, places)
    yield f"{pad}{_told(rule, item, plain(rule.shown), lang, places)}{left}"
    if rule.when is not None and not rule.counted:
        yield f"{pad}    " + phrases["colon"].format(phrases["uncounted"], plain(rule.when, 400))
    if rule.clause and (rule.applied or rule.absorbed):
        yield f"{pad}    {quoted(rule.clause)}"
    for name in rule.inputs:
        if "." in name:  # the evidence of a fact stands with the facts
            yield from _evidence(inputs[name], pad, phrases)


def _told(rule: RuleScore, item: ItemScore, name: str, lang: Lang, places: int) -> str:
    """A rule's effect, how it comes about, and what of it a bound took, or a greater rule."""
    told = PHRASES[lang]["colon"].format(name, working_in_words(rule, item, lang, places))
    return f"{signed(rule.applied, places)}  {told}"


def working_in_words(rule: RuleScore, item: ItemScore, lang: Lang, places: int) -> str:
    """How a rule comes to its effect, and what of it a bound took, or a greater rule."""
    kept = ""
    if rule.absorbed:
        phrases = PHRASES[lang]
        passed = rule.path in item.passed_over
        kept = phrases["passed"] if passed else _bound(rule, phrases, places)
    return plain(rule.sentence, SENTENCE) + kept


def _bound(rule: RuleScore, phrases: dict[str, str], places: int) -> str:
    """The bound that the balance is at, and what it kept from a rule."""
    bound = "ceiling"
    if rule.raw < 0:
        bound = "floor" if rule.balance else "emptied"
    before = "" if rule.applied else " before"
    return phrases[f"{bound}{before}"].format(
        at=number(rule.balance, places), rest=number(abs(rule.absorbed), places)
    )


def _left(rule: RuleScore, phrases: dict[str, str], places: int) -> str:
    """What the balance is after a rule, where the rule changed it and did not itself make all of it."""
    if rule.applied == 0 or rule.balance == rule.applied:
        return ""
    if rule.balance < 0:
        return phrases["below"].format(number(rule.balance, places))
    return phrases["left" if rule.applied < 0 else "in_all"].format(number(rule.balance, places))


def _evidence(given: Given, pad: str, phrases: dict[str, str]) -> Iterator[str]:
    for evidence in given.evidence:
        yield f"{pad}    " + phrases["colon"].format(phrases["evidence"], plain(evidence, 400))
    if given.note:
        yield f"{pad}    " + phrases["colon"].format(phrases["note"], plain(given.note, 400))


def given_in_words(given: Given, lang: Lang) -> str:
    """The value of an input, with its unit where it has one."""
    phrases = PHRASES[lang]
    match given.value:
        case bool():
            return phrases["yes" if given.value else "no"]
        case str():
            return plain(given.value)
        case number:
            return written(Fraction(number)) + (f" {plain(given.unit)}" if given.unit else "")

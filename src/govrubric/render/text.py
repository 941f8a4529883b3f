"""Record -> a readable tree: every item's ledger, line by line."""

from collections.abc import Iterator
from fractions import Fraction

from govrubric.diagnostics import Lang, plain
from govrubric.ledger import Given, ItemScore, Record, RuleScore
from govrubric.numbers import Exact, written

WORDS = {
    "en": {
        "of": "of", "base": "base", "start": "start", "rounding": "rounding", "absorbed": "not counted, bound reached",
        "assumed": "taken as 0 or false, since the tally leaves them out", "evidence": "evidence", "note": "note", "lost": "lost",
        "leaves": "leaves", "rubric": "rubric", "parts": "sum of parts", "weighs": "counts as", "total": "total",
    },
    "zh": {
        "of": "满分", "base": "基数", "start": "起点", "rounding": "舍入", "absorbed": "超出界限，不计",
        "assumed": "未填报，按 0 或否计", "evidence": "依据", "note": "备注", "lost": "失分",
        "leaves": "余", "rubric": "评分表", "parts": "各部分合计", "weighs": "折算计入", "total": "总分",
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
    lines += list(_item(items[""], items, inputs, 0, lang))
    if assumed := [given.name for given in record.inputs if given.assumed]:
        lines += ["", f"{say['assumed']}:", *(f"  {name}" for name in assumed)]
    lines += ["", f"{say['rubric']} {header.rubric} {header.digest}", f"govrubric {header.engine}"]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _item(item: ItemScore, items: dict[str, ItemScore], inputs: dict[str, Given], depth: int, lang: Lang) -> Iterator[str]:
    say = WORDS[lang]
    pad = "  " * depth
    title = f" {plain(item.title, 200)}" if item.path else ""
    lost = f"  ({say['lost']} {number(item.lost)})" if item.lost else ""
    yield f"{pad}{item.path or say['total']}{title}  {number(item.score)} / {number(item.out_of)}{lost}"
    for part in item.parts:
        yield from _item(items[part], items, inputs, depth + 1, lang)
    pad += "  "
    if item.rules and not item.parts:
        yield f"{pad}{say['start']} {number(item.base)}"
    elif item.rules or item.base != sum(Fraction(items[part].contribution) for part in item.parts):
        yield f"{pad}{say['base']} {number(item.base)} ({say['parts']})"
    for rule in item.rules:
        yield from _rule(rule, inputs, pad, lang)
    if item.rounding:
        yield f"{pad}{say['rounding']} {signed(item.rounding)} → {number(item.score)}"
    if item.weight != item.out_of:
        yield f"{pad}{say['weighs']} {number(item.contribution)} / {number(item.weight)}"


def _rule(rule: RuleScore, inputs: dict[str, Given], pad: str, lang: Lang) -> Iterator[str]:
    say = WORDS[lang]
    absorbed = f"; {signed(rule.absorbed)} {say['absorbed']}" if rule.absorbed else ""
    name = rule.path.rsplit(".", 1)[-1]
    yield f"{pad}{signed(rule.applied)}  {name}: {rule.sentence_in(lang)}{absorbed} → {say['leaves']} {number(rule.balance)}"
    if rule.clause and (rule.applied or rule.absorbed):
        quoted = {"en": "“{}”", "zh": "「{}」"}[lang].format(plain(rule.clause, 400))
        yield f"{pad}    {quoted}"
    for given in (inputs[name] for name in rule.inputs):
        for evidence in given.evidence:
            yield f"{pad}    {say['evidence']}: {plain(evidence, 400)}"
        if given.note:
            yield f"{pad}    {say['note']}: {plain(given.note, 400)}"

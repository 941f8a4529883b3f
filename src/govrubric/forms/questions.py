"""Rubric -> the rows of a sheet to fill in: what is asked, rule by rule, item by item.

A rule that asks nothing of its own, since it reads a fact or a score, has a row too, and so has a gate: their
effect is shown there.
"""

from collections.abc import Iterator
from typing import NamedTuple

from govrubric.contents import Item
from govrubric.diagnostics.diagnostic import Lang, lang
from govrubric.formula import nodes
from govrubric.inputs import Input
from govrubric.numbers import COUNT_LIMIT, written
from govrubric.rubric import Rubric

PHRASES = {
    "en": {
        "facts": "Facts", "colon": ": ", "as above": "as above",
        "computed": "computed", "held": "computed: holds or not",
        "count": "whole number", "count to": "whole number up to {}",
        "flag": "Yes or No", "choice": "one of the list",
        "number": "number", "range": "{} to {}", "zero": "0, or ", "each": "{} to {} for each of the cases",
        "places": ", up to {} decimal places", "whole": ", without decimals", "step": ", in steps of {}",
        "required": "; must be filled in", "default": "; {} where left empty",
        "unless": "; unless it does not apply",
        "yes": "Yes", "no": "No", "worth": " ({} points)",
    },
    "zh": {
        "facts": "基本情况", "colon": "：", "as above": "同上", "computed": "自动计算", "held": "自动判断是否成立",
        "count": "整数", "count to": "不超过{}的整数", "flag": "是或否", "choice": "从列表中选一项",
        "number": "数字", "range": "{}至{}", "zero": "0，或", "each": "每例{}至{}",
        "places": "，最多{}位小数", "whole": "，不带小数", "step": "，须为{}的倍数",
        "required": "；必填", "default": "；不填按{}计", "unless": "；不适用时可不填",
        "yes": "是", "no": "否", "worth": "（{}分）",
    },
}  # fmt: skip


class Heading(NamedTuple):
    """The row of an item, or above the facts (``None``), with its title and how deep it lies among items."""

    item: str | None
    title: str
    depth: int


class Question(NamedTuple):
    """A row that asks for an input, that tells the effect of a rule, or that tells whether a gate holds.

    Attributes:
        title: what people call it, below the title of its item.
        clause: the official wording; “as above” where the row before has the same.
        asked: what may be filled in.
        unit: what is counted or measured.
        input: the name of the input; `None` where nothing is asked.
        rule: the path of the rule whose effect is shown here; `None` in the rows of its other inputs.
        gate: the path of the gate.
        of: the path of the rule or gate that the row belongs to; `None` of a fact and of a flag.
    """

    title: str
    clause: str
    asked: str
    unit: str
    input: str | None
    rule: str | None
    gate: str | None
    of: str | None


Row = Heading | Question


def questions(rubric: Rubric, limited: dict[str, nodes.Input], language: Lang) -> list[Row]:
    """The rows of a rubric in file order, facts first.

    `limited` has the inputs as the form takes them: their greatest number may be lower than the rubric's.
    """
    return list(_Rows(rubric, limited, language).rows())


class _Rows:
    def __init__(self, rubric: Rubric, limited: dict[str, nodes.Input], language: Lang) -> None:
        self.rubric, self.limited = rubric, limited
        self.phrases, self.colon = PHRASES[language], PHRASES[lang(rubric.language)]["colon"]
        self.clause: str | None = None

    def rows(self) -> Iterator[Row]:
        if self.rubric.facts:
            yield Heading(None, self.phrases["facts"], 0)
            for given in self.rubric.facts.values():
                yield self.asking(given, given.title, None, None)
        for item in self.rubric.items.values():
            if item.path:
                yield from self.of_item(item)
        whole = self.rubric.items[""]
        if whole.rules or whole.gates:
            yield from self.of_item(whole)

    def of_item(self, item: Item) -> Iterator[Row]:
        """The heading of an item, and the rows of its own."""
        self.clause = None
        worth = "" if item.weight is None else self.phrases["worth"].format(written(item.weight))
        yield Heading(item.path, item.title + worth, item.path.count("."))
        flag = self.rubric.inputs.get(f"{item.path}.not_applicable")
        if flag is not None and flag.rule is None and flag.item == item.path and item.path:
            yield self.asking(flag, self.below(flag, item), None, None)
        for rule in item.rules:
            own = [
                self.rubric.inputs[name] for name in rule.inputs if self.rubric.inputs[name].rule == rule.path
            ]
            for place, given in enumerate(own):
                yield self.asking(given, self.below(given, item), rule.path, None if place else rule.path)
            if not own:
                title, clause = rule.title or item.title, rule.clause or rule.sentence
                computed = self.phrases["computed"]
                yield Question(title, self.said(clause), computed, "", None, rule.path, None, rule.path)
        for gate in item.gates:
            title, clause = gate.title or item.title, gate.clause or gate.sentence
            yield Question(
                title, self.said(clause), self.phrases["held"], "", None, None, gate.path, gate.path
            )

    def below(self, given: Input, item: Item) -> str:
        """The title of an input without that of its item, under which it stands."""
        return given.title.removeprefix(item.title + self.colon)

    def asking(self, given: Input, title: str, of: str | None, rule: str | None) -> Question:
        clause, asked = self.said(given.clause or ""), self.asked(given)
        return Question(title, clause, asked, given.unit or "", given.name, rule, None, of)

    def said(self, clause: str) -> str:
        """The clause, or that it is the one above."""
        before, self.clause = self.clause, clause
        return self.phrases["as above"] if clause and clause == before else clause

    def asked(self, given: Input) -> str:
        """What may be filled in for an input, and what is taken where nothing is."""
        phrases, known = self.phrases, self.limited[given.name]
        text = phrases[given.kind]
        if given.kind == "count" and known.hi < COUNT_LIMIT:
            text = phrases["count to"].format(written(known.hi))
        if given.kind == "number":
            text = self.range(known)
        if given.required:
            unless = given.excused_by or given.excused_when
            return text + phrases["required"] + (phrases["unless"] if unless else "")
        if given.kind in ("number", "choice"):
            default = dict(zip(given.options, given.labels, strict=True)).get(
                str(given.default), given.default
            )
            return text + phrases["default"].format(default)
        return text

    def range(self, known: nodes.Input) -> str:
        """The range, places and step of a number."""
        phrases = self.phrases
        text = phrases["number"]
        if known.each is not None:
            text = phrases["each"].format(written(known.each.low), written(known.each.high))
        elif known.hi < COUNT_LIMIT:
            low = known.lo if known.gap is None else known.gap
            text = phrases["range"].format(written(low), written(known.hi))
        if known.gap is not None:
            text = phrases["zero"] + text
        if known.step is not None:
            return text + phrases["step"].format(written(known.step))
        return text + (phrases["places"].format(known.places) if known.places else phrases["whole"])

"""Rubric -> a blank tally for people to fill in, as CSV or YAML."""

from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain
from govrubric.document import csv
from govrubric.formula.nodes import Input
from govrubric.numbers import COUNT_LIMIT, written
from govrubric.plan.names import excusing
from govrubric.plan.rules import PlannedRule
from govrubric.rubric import Rubric

PHRASES = {
    "en": {
        "count": "count, {}",
        "flag": "true or false",
        "number": "{} to {}, {} places",
        "measured": "number, {} places",
        "choice": "one of: {}",
        "not_applicable": "true if the item does not apply",
        "facts": "facts",
        "unit": "who is scored",
        "leave": "delete what is 0 or false",
    },
    "zh": {
        "count": "计数，单位 {}",
        "flag": "true 或 false",
        "number": "{}至{}，最多{}位小数",
        "measured": "数字，最多{}位小数",
        "choice": "选一：{}",
        "not_applicable": "不适用时填 true",
        "facts": "事实",
        "unit": "被评单位",
        "leave": "为 0 或 false 的可以删去",
    },
}

# A number or choice stays empty until somebody gives it: a tally with an empty value is refused.
_BLANK = {"count": "0", "flag": "false", "number": "", "choice": ""}


def as_csv(rubric: Rubric) -> str:
    """A header line: `unit`, `name` and every input."""
    return csv.written([["unit", "name", *rubric._inputs]])


def as_yaml(rubric: Rubric, lang: Lang) -> str:
    """A line for every input under the title of its item, with what may stand there in a comment above."""
    phrases = PHRASES[lang]
    rules = [rule for item in rubric._plan.items for rule in item.rules]

    def comment(rule: PlannedRule) -> str:
        """The clause of a rule, or else its sentence."""
        return f"# {plain(rule.rule.clause or rule.rule.says(lang), 400)}"

    def shared(name: str) -> list[str]:
        """The comments of the rules that share an input of another rule or of a fact."""
        return [comment(rule) for rule in rules if rule.rule.input == name]

    lines = [f"# {plain(rubric.title, 200)}", f"# {phrases['unit']}; {phrases['leave']}"]
    lines += ["unit: u01", "name: ''"]
    if rubric._text.facts:
        lines += ["", f"# {phrases['facts']}"]
        for fact in rubric._text.facts:
            lines += [*shared(fact.name), _line(rubric._inputs[fact.name], phrases)]
    for item in rubric._plan.items:
        if item.item.not_applicable or any(rule.rule.input is None and rule.inputs for rule in item.rules):
            lines += ["", f"# {plain(item.item.title, 200)}"]
        if item.item.not_applicable:
            lines.append(f"{excusing(item.path)}: false  # {phrases['not_applicable']}")
        for rule in item.rules:
            if rule.rule.input is None and rule.inputs:
                lines.append(comment(rule))
                for own in rule.inputs:
                    lines += [*shared(own.name), _line(own, phrases)]
    return "\n".join(lines) + "\n"


def _line(known: Input, phrases: dict[str, str]) -> str:
    return f"{known.name}: {_BLANK[known.kind]}  # {_kind(known, phrases)}"


def _kind(known: Input, phrases: dict[str, str]) -> str:
    """What may stand for an input: its kind, its range or options, and its unit."""
    if known.kind == "choice":
        return phrases["choice"].format(", ".join(plain(option) for option in known.options))
    if known.kind == "number":
        unit = f", {plain(known.unit)}" if known.unit else ""
        if -known.lo == known.hi == COUNT_LIMIT:  # a range without limits, which says nothing
            return phrases["measured"].format(known.places) + unit
        return phrases["number"].format(written(known.lo), written(known.hi), known.places) + unit
    if known.unit:
        return phrases[known.kind].format(plain(known.unit))
    return phrases[known.kind].partition(",")[0].partition("，")[0]

"""Rubric -> a tally to be filled in."""

from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain
from govrubric.document import csv
from govrubric.formula.nodes import Input
from govrubric.numbers import COUNT_LIMIT, written
from govrubric.plan.names import excusing
from govrubric.plan.rules import PlannedRule
from govrubric.rubric import Rubric

WORDS = {
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
        "number": "{} 至 {}，至多 {} 位小数",
        "measured": "数字，至多 {} 位小数",
        "choice": "选一：{}",
        "not_applicable": "不适用时填 true",
        "facts": "事实",
        "unit": "被评单位",
        "leave": "为 0 或 false 的可以删去",
    },
}

# What nobody judged has no value here, and a tally with a value missing is refused.
_BLANK = {"count": "0", "flag": "false", "number": "", "choice": ""}


def as_csv(rubric: Rubric) -> str:
    """A header line: `unit`, `name` and every input."""
    return csv.written([["unit", "name", *rubric.inputs]])


def as_yaml(rubric: Rubric, lang: Lang) -> str:
    """A line for every input under the title of its item, with what may stand there in a comment above."""
    say = WORDS[lang]
    rules = [rule for item in rubric.plan.items for rule in item.rules]

    def clause_of(rule: PlannedRule) -> str:
        return f"# {plain(rule.rule.clause, 400) if rule.rule.clause else plain(rule.rule.says(lang), 400)}"

    def shared(name: str) -> list[str]:
        """What the rules say that read an input of somebody else's."""
        return [clause_of(rule) for rule in rules if rule.rule.input == name]

    lines = [f"# {plain(rubric.title, 200)}", f"# {say['unit']}; {say['leave']}", "unit: u01", "name: ''"]
    if rubric.text.facts:
        lines += [
            "",
            f"# {say['facts']}",
            *(
                line
                for fact in rubric.text.facts
                for line in (*shared(fact.name), _line(rubric.inputs[fact.name], say))
            ),
        ]
    for item in rubric.plan.items:
        if item.item.not_applicable or any(rule.rule.input is None and rule.inputs for rule in item.rules):
            lines += ["", f"# {plain(item.item.title, 200)}"]
        if item.item.not_applicable:
            lines.append(f"{excusing(item.path)}: false  # {say['not_applicable']}")
        for rule in item.rules:
            if rule.rule.input is None and rule.inputs:
                lines.append(clause_of(rule))
                lines += [
                    line for input_ in rule.inputs for line in (*shared(input_.name), _line(input_, say))
                ]
    return "\n".join(lines) + "\n"


def _line(input_: Input, say: dict[str, str]) -> str:
    return f"{input_.name}: {_BLANK[input_.kind]}  # {_kind(input_, say)}"


def _kind(input_: Input, say: dict[str, str]) -> str:
    if input_.kind == "number":
        measured = -input_.lo == input_.hi == COUNT_LIMIT  # of any size, so that its range would say nothing
        text = (
            say["measured"].format(input_.places)
            if measured
            else say["number"].format(written(input_.lo), written(input_.hi), input_.places)
        )
        return text + (f", {plain(input_.unit)}" if input_.unit else "")
    if input_.kind == "choice":
        return say["choice"].format(", ".join(plain(option) for option in input_.options))
    return (
        say[input_.kind].format(plain(input_.unit))
        if input_.unit
        else say[input_.kind].partition(",")[0].partition("，")[0]
    )

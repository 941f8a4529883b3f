"""Rubric -> a tally to be filled in."""

import csv
from io import StringIO

from govrubric.diagnostics import Lang, plain
from govrubric.formula import Input
from govrubric.numbers import written
from govrubric.rubric import Rubric

WORDS = {
    "en": {
        "count": "count, {}",
        "flag": "true or false",
        "number": "0 to {}, {} places",
        "unit": "who is scored",
        "leave": "delete what is 0 or false",
    },
    "zh": {
        "count": "计数，单位 {}",
        "flag": "true 或 false",
        "number": "0 至 {}，至多 {} 位小数",
        "unit": "被评单位",
        "leave": "为 0 或 false 的可以删去",
    },
}

# What nobody judged has no value here, and a tally with a value missing is refused.
_BLANK = {"count": "0", "flag": "false", "number": ""}


def as_csv(rubric: Rubric) -> str:
    """A header line: `unit`, `name` and every input."""
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerow(["unit", "name", *rubric.inputs])
    return out.getvalue()


def as_yaml(rubric: Rubric, lang: Lang) -> str:
    """A line for every input under the title of its item, with what may stand there in a comment above."""
    say = WORDS[lang]
    lines = [f"# {plain(rubric.title, 200)}", f"# {say['unit']}; {say['leave']}", "unit: u01", "name: ''"]
    for item in rubric.plan.items:
        if item.rules:
            lines += ["", f"# {plain(item.item.title, 200)}"]
        for rule in item.rules:
            lines.append(f"# {plain(rule.rule.clause, 400) if rule.rule.clause else rule.rule.says(lang)}")
            lines += [f"{one.name}: {_BLANK[one.kind]}  # {_kind(one, say)}" for one in rule.inputs]
    return "\n".join(lines) + "\n"


def _kind(one: Input, say: dict[str, str]) -> str:
    if one.kind == "number":
        return say["number"].format(written(one.hi), one.places)
    return say[one.kind].format(plain(one.unit or ""))

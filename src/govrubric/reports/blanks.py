"""Rubric -> a blank tally for people to fill in, as CSV or YAML."""

import json
from fractions import Fraction

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
        "zero": "0, or ",
        "each": "{} to {} for each of {}, {} places",
        "measured": "number, {} places",
        "choice": "one of: {}",
        "not_applicable": "true if the item does not apply",
        "facts": "facts",
        "unit": "who is scored",
        "leave": "delete what is 0 or false",
        "colon": ": ",
    },
    "zh": {
        "count": "计数，单位 {}",
        "flag": "true 或 false",
        "number": "{}至{}，最多{}位小数",
        "zero": "0，或",
        "each": "每例{}至{}（例数见 {}），最多{}位小数",
        "measured": "数字，最多{}位小数",
        "choice": "选一：{}",
        "not_applicable": "不适用时填 true",
        "facts": "事实",
        "unit": "被评单位",
        "leave": "为 0 或 false 的可以删去",
        "colon": "：",
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
        """The title of a rule, then its clause, or else its sentence."""
        text = rule.rule.clause or rule.rule.says(lang)
        if rule.rule.title is not None:
            text = f"{rule.rule.title}{phrases['colon']}{text}"
        return f"# {plain(text, 400)}"

    def shared(name: str) -> list[str]:
        """The comments of the rules that share an input of another rule or of a fact."""
        return [comment(rule) for rule in rules if rule.rule.input == name]

    lines = [f"# {plain(rubric.title, 200)}", f"# {phrases['unit']}; {phrases['leave']}"]
    lines += ["unit: u01", "name: ''"]
    if rubric._text.facts:
        lines += ["", f"# {phrases['facts']}"]
        for fact in rubric._text.facts:
            lines += [*shared(fact.name), _line(rubric._inputs[fact.name], fact.title, phrases)]
    for item in rubric._plan.items:
        asked = item.item.policy is not None and item.item.exempt_when is None
        if asked or any(rule.rule.input is None and rule.inputs for rule in item.rules):
            lines += ["", f"# {plain(item.item.title, 200)}"]
        if asked:
            lines.append(f"{excusing(item.path)}: false  # {phrases['not_applicable']}")
        for rule in item.rules:
            if rule.rule.input is None and rule.inputs:
                lines.append(comment(rule))
                for own in rule.inputs:
                    title = own.title if own.name != rule.path else None  # which stands above
                    lines += [*shared(own.name), _line(own, title, phrases)]
    return "\n".join(lines) + "\n"


def _line(known: Input, title: str | None, phrases: dict[str, str]) -> str:
    """An input without a value; its title and what may stand there in a comment."""
    titled = "" if title is None else f"{plain(title, 200)}{phrases['colon']}"
    return f"{known.name}: {_blank(known)}  # {titled}{_kind(known, phrases)}"


def _blank(known: Input) -> str:
    """What stands where a value is to be written: what is taken where none is, or nothing."""
    if known.default is None:
        return _BLANK[known.kind]
    if known.options:
        return json.dumps(known.options[known.unsaid], ensure_ascii=False)
    return written(Fraction(known.unsaid, known.den))


def _kind(known: Input, phrases: dict[str, str]) -> str:
    """What may stand for an input: its kind, its range or options, and its unit."""
    if known.kind == "choice":
        return phrases["choice"].format(", ".join(_options(known)))
    if known.kind == "number":
        unit = f", {plain(known.unit)}" if known.unit else ""
        if -known.lo == known.hi == COUNT_LIMIT:  # a range without limits, which says nothing
            return phrases["measured"].format(known.places) + unit
        low = known.lo
        zero = ""
        if known.gap is not None:
            low, zero = known.gap, phrases["zero"]
        range_ = phrases["number"].format(written(low), written(known.hi), known.places)
        if known.each is not None:
            ends = written(known.each.low), written(known.each.high)
            range_ = phrases["each"].format(*ends, known.each.of.rpartition(".")[2], known.places)
        return zero + range_ + unit
    if known.unit:
        return phrases[known.kind].format(plain(known.unit))
    return phrases[known.kind].partition(",")[0].partition("，")[0]


def _options(known: Input) -> list[str]:
    """The names of a choice, each followed by its title where it has one."""
    labels = known.labels or known.options
    return [
        plain(option) if label == option else f"{plain(option)} ({plain(label)})"
        for option, label in zip(known.options, labels, strict=True)
    ]

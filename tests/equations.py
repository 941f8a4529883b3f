"""A rule and its sentence -> what is false in it: every `=` must stand in an equation that is true.

A sentence holds words of the author: units, names of levels and of options, and formulas. Only these are taken
from the rule; what is left must be sums and products of plain digits, which are added up here over fractions.
"""

import re
from fractions import Fraction
from itertools import pairwise
from typing import Any

from govrubric.diagnostics.diagnostic import Lang
from govrubric.language.rules._points import PointsRule
from govrubric.language.rules._rule import Rule
from govrubric.language.rules.choose import Choose
from govrubric.language.rules.formula import FormulaRule
from govrubric.numbers import Exact, written
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from reference import evaluate

NUMBER = r"-?[0-9]+(?:\.[0-9]+)?(?:/[0-9]+)?"
SIGN = re.compile(r"(?<![=<>!])=(?!=)")
LANGS: tuple[Lang, ...] = ("en", "zh")
ANSWERS = {"en": ("no", "yes"), "zh": ("否", "是")}


def false_equations(rubric: Rubric, card: ScoreCard) -> list[str]:
    """The sentences of a card, in both languages, that hold an equation which is not true."""
    values = {name: _plain(given.value) for name, given in card.inputs.items()}
    raws = {path: raw for path, (raw, _) in evaluate(rubric._text, values).rules.items()}
    rules = {planned.path: planned for item in rubric._plan.items for planned in item.rules}
    found = []
    for lang in LANGS:
        for row in (row for item in card._spoken(lang).items for row in item.rules if row.counted):
            planned = rules[row.path]
            if isinstance(planned.rule, FormulaRule):
                given = [values[one.name] for one in planned.inputs]
                right = _is_true_formula(planned.rule, row.sentence, raws[row.path], given, lang)
            else:
                right = _is_true(planned.rule, row.sentence)
            if not right:
                found.append(f"{row.path} ({lang}): {row.sentence}")
    return found


def _plain(value: Exact | bool | str | int) -> bool | str | Fraction:
    return value if isinstance(value, (bool, str)) else Fraction(value)


def _is_true(rule: Rule, sentence: str) -> bool:
    """Whether each `=` stands between two sides that come to the same, however many of them follow one another."""
    if isinstance(rule, Choose):
        longest = sorted((level.name for level in rule.choose), key=len, reverse=True)
        name = next((name for name in longest if sentence.startswith(name)), "")
        sentence = sentence.removeprefix(name)
    names, units = [""], ["分"]
    if isinstance(rule, PointsRule) and rule.per:
        names = [*(f"{level.name} " for level in rule.levels), ""]
        units = [re.escape(unit) for unit in (rule.per, rule.per.removeprefix("每"), "分")]
    factor = rf"(?:{'|'.join(names)})({NUMBER})(?: ?(?:{'|'.join(units)}))?"
    side = rf"{factor}(?: ?[×÷+] ?{factor})*"
    equation = re.compile(rf"(?:^|(?<=, )|(?<=，)){side}(?: ?= ?{side})+(?=$|, |，)")
    left = sentence
    while match := equation.search(left):
        sides = [_sum(side, factor) for side in SIGN.split(match[0])]
        if any(first != second for first, second in pairwise(sides)):
            return False
        left = left[: match.start()] + left[match.end() :]
    return not SIGN.search(left)


def _sum(side: str, factor: str) -> Fraction:
    """A sum of products of digits."""
    total, product, sign = Fraction(0), Fraction(1), "×"
    for match in re.finditer(rf"(?P<sign> ?[×÷+] ?)?{factor}", side.strip()):
        now, digits = (match["sign"] or "×").strip(), Fraction(match[2])
        if now == "+":
            total, product, sign = total + product, Fraction(1), "×"
        else:
            sign = now
        product = product / digits if sign == "÷" else product * digits
    return total + product


def _is_true_formula(rule: FormulaRule, sentence: str, raw: Fraction, given: list[Any], lang: Lang) -> bool:
    """Whether the values that are told are those given, and the formula comes to what is told."""
    for declared, value in zip(rule.inputs_, given, strict=True):
        told = value if isinstance(value, str) else written(Fraction(value))
        if declared.type == "flag":
            told = ANSWERS[lang][bool(value)]
        head = re.match(rf"(?:, |，|; |；)?{declared.name} = {re.escape(told)}", sentence)
        if head is None:
            return False
        sentence = sentence[head.end() :]
    sentence = sentence.removeprefix("; ").removeprefix("；")
    text = f"({rule.formula})" if sentence.startswith(f"({rule.formula})") else str(rule.formula)
    if not sentence.startswith(text):
        return False
    rest = sentence.removeprefix(text)
    told_raw = re.match(rf" = ({NUMBER})(?:分)?", rest)
    if told_raw is None:
        return not SIGN.search(rest)
    # What the formula comes to, where no cap holds its effect.
    capped = rule.at_most is not None and abs(raw) >= rule.at_most
    return not capped and Fraction(told_raw[1]) == raw and not SIGN.search(rest[told_raw.end() :])

"""A rule and its sentence -> what is false in it: every `=` must stand in an equation that is true.

A sentence holds words of the author: units, names or titles of levels, options, bands and inputs, and formulas.
They may say anything, and are taken from the rule; what is left must be sums and products of plain digits, which are
added up here over fractions. Digits that are cut, with a `…`, must be the first digits of what they stand for.
"""

import re
from fractions import Fraction
from itertools import pairwise
from typing import Any

from govrubric.diagnostics.diagnostic import Lang
from govrubric.language.rules._points import PointsRule
from govrubric.language.rules._rule import Rule
from govrubric.language.rules.bands import Bands
from govrubric.language.rules.choose import Choose
from govrubric.language.rules.convert import Convert
from govrubric.language.rules.formula import FormulaRule
from govrubric.numbers import Exact, written
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from reference import evaluate

NUMBER = r"-?[0-9]+(?:\.[0-9]+)?(?:/[0-9]+|…)?"
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
                right = is_true(planned.rule, row.sentence)
            if not right:
                found.append(f"{row.path} ({lang}): {row.sentence}")
    return found


def _plain(value: Exact | bool | str | int) -> bool | str | Fraction:
    return value if isinstance(value, (bool, str)) else Fraction(value)


def is_true(rule: Rule, sentence: str) -> bool:
    """Whether each `=` stands between two sides that come to the same, however many of them follow one another."""
    if isinstance(rule, Choose) or (isinstance(rule, PointsRule) and rule.take == "highest"):
        levels = rule.choose if isinstance(rule, Choose) else rule.levels
        longest = sorted((level.shown for level in levels), key=len, reverse=True)
        sentence = sentence.removeprefix(next(filter(sentence.startswith, longest), ""))
    if isinstance(rule, Bands):
        for band in rule.bands:
            sentence = sentence.replace(f"“{band.title}”", "“”", 1)
    if isinstance(rule, Convert) and rule.target is not None:
        for _ in range(2 if rule.unit else 0):
            sentence = re.sub(rf"(?<=[0-9]) ?{re.escape(rule.unit or '')}(?=, |，)", "", sentence, count=1)
        sentence = re.sub(r"÷ ?\((.*?)\)", r"÷\1", sentence.replace("得分", "", 1))
    names, units = [""], ["分"]
    if isinstance(rule, PointsRule) and rule.per:
        longest = sorted((level.shown for level in rule.levels), key=len, reverse=True)
        names = [*(f"{re.escape(name)} ?" for name in longest), ""]
        units = [re.escape(unit) for unit in (rule.per, rule.per.removeprefix("每"), "分")]
    factor = rf"(?:{'|'.join(names)})({NUMBER})(?: ?(?:{'|'.join(units)}))?"
    side = rf"{factor}(?: ?[×÷+] ?{factor})*"
    equation = re.compile(rf"(?:^|(?<=, )|(?<=，)){side}(?: ?= ?{side})+(?=$|, |，)")
    left = sentence
    while match := equation.search(left):
        # A name may hold a sign, so it goes before the sides are told apart.
        bare = re.sub(rf"(^|\+ ?)(?:{'|'.join(names)})(?={NUMBER})", r"\1", match[0])
        sides = SIGN.split(bare)
        if not all(_are_equal(first, second, factor) for first, second in pairwise(sides)):
            return False
        left = left[: match.start()] + left[match.end() :]
    return not SIGN.search(left)


def _are_equal(first: str, second: str, factor: str) -> bool:
    """Whether two sides come to the same; the second may be the first digits of the other, with a `…`."""
    alone = re.fullmatch(rf" ?({NUMBER})(?:分)? ?", second)
    return is_told(_sum(first, factor), alone[1]) if alone else _sum(first, factor) == _sum(second, factor)


def is_told(known: Fraction, told: str) -> bool:
    """Whether digits are those of a number, or its first ones where they never end."""
    if not told.endswith("…"):
        return known == Fraction(told)
    digits = told.removesuffix("…")
    places = len(digits.partition(".")[2])
    is_endless = known * 10**60 % 1 != 0
    rest = abs(known) - abs(Fraction(digits))
    return is_endless and (known < 0) == told.startswith("-") and 0 < rest < Fraction(1, 10**places)


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
    comma, semicolon = {"en": (", ", "; "), "zh": ("，", "；")}[lang]
    for declared, value in zip(rule.inputs_, given, strict=True):
        told = value if isinstance(value, str) else written(Fraction(value))
        if declared.kind == "flag":
            told = ANSWERS[lang][bool(value)]
        name = declared.name
        if declared.title is not None:
            name = {"en": f"{declared.title} ({name})", "zh": f"{declared.title}（{name}）"}[lang]
        sentence = sentence.removeprefix(comma)
        if not sentence.startswith(f"{name} = {told}"):
            return False
        sentence = sentence.removeprefix(f"{name} = {told}")
    sentence = sentence.removeprefix(semicolon)
    text = f"({rule.formula})" if sentence.startswith(f"({rule.formula})") else str(rule.formula)
    if not sentence.startswith(text):
        return False
    rest = sentence.removeprefix(text)
    told_raw = re.match(rf" = ({NUMBER})(?:分)?", rest)
    if told_raw is None:
        return not SIGN.search(rest)
    # What the formula comes to, where no cap holds its effect.
    capped = rule.at_most is not None and abs(raw) >= rule.at_most
    return not capped and is_told(raw, told_raw[1]) and not SIGN.search(rest[told_raw.end() :])

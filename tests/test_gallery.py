"""The gallery: rubrics of many worlds, clean and worked out by hand, which together use every word of the language."""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

import govrubric
from govrubric.document.yaml import parse
from govrubric.expressions.operands import FUNCTIONS
from govrubric.expressions.parser import KEYWORDS
from govrubric.language.cases_text import CasesText
from govrubric.language.fields import Expression, Model
from govrubric.language.rubric_text import RubricText
from govrubric.language.rules import VERBS
from govrubric.language.rules._rule import Rule
from govrubric.numbers import ROUNDINGS

ROOT = Path(__file__).parents[1]
GALLERY = sorted((ROOT / "examples" / "gallery").glob("*.yaml"))
PAGE = ROOT / "docs" / "gallery.md"

# Every word, and every kind of value, that a key may have.
ALLOWED: dict[str, tuple[str, ...]] = {
    "combine": ("sum", "mean", "min", "max"),
    "not_applicable": ("rescale", "full", "zero", "spread"),
    "start": ("full", "zero", "number"),
    "floor": ("none", "number"),
    "ceiling": ("none", "number"),
    "extra": ("true",),
    "score": ("none", "number"),
    "grade_on": ("rounded", "exact"),
    "take": ("all", "highest"),
    "whole": ("up", "down", "no"),
    "forfeit": ("all",),
    "facts": ("flag", "count", "number", "choice"),
    "inputs": ("count", "number"),
    "language": ("zh-CN",),
}
FORMS = ("once", "per case", "levels", "steps", "judged")


@cache
def loaded(path: Path) -> RubricText:
    return govrubric.load(path)._text


def texts(*without: str) -> list[RubricText]:
    """The rubrics of the gallery, but for some."""
    return [loaded(path) for path in GALLERY if path.stem not in without]


def models(kind: type[Model] = Model) -> Iterator[type[Model]]:
    """Every class of object that a rubric may hold."""
    below = kind.__subclasses__()
    for one in below:
        yield from models(one)
    if not below and kind.__module__.startswith("govrubric.") and kind is not CasesText:
        yield kind


def key(kind: type[Model], name: str) -> tuple[str, str]:
    """Whose key it is, and how it is written; what every rule has is no verb's own, nor is `default`."""
    owner = "Rule" if name in Rule.model_fields or name == "default" else kind.__name__
    return (owner if issubclass(kind, Rule) else kind.__name__), kind.model_fields[name].alias or name


def parts(value: object) -> Iterator[object]:
    """A value and all that it holds."""
    yield value
    if isinstance(value, Model):
        for name in type(value).model_fields:
            yield from parts(getattr(value, name))
    elif isinstance(value, tuple):
        for inner in value:
            yield from parts(inner)


def keys(rubrics: list[RubricText]) -> set[tuple[str, str]]:
    """Every key that some author wrote."""
    return {
        key(type(part), name)
        for text in rubrics
        for part in parts(text)
        if isinstance(part, Model)
        for name in part.model_fields_set
    }


def unused_keys(rubrics: list[RubricText]) -> set[tuple[str, str]]:
    return {key(kind, name) for kind in models() for name in kind.model_fields} - keys(rubrics)


def words(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Every key with the word that stands behind it, or with `number`; a declared input has the name of its list."""
    if isinstance(value, dict):
        for below, inner in value.items():
            if name in ("facts", "inputs"):
                yield name, below
            yield from words(inner, name if name in ("facts", "inputs") else below)
    elif isinstance(value, tuple):
        for inner in value:
            yield from words(inner, name)
    else:
        yield name, "number" if re.fullmatch(r"-?[0-9.]+", str(value)) else str(value)


def rubric_words(*without: str) -> set[tuple[str, str]]:
    """The words of the gallery's files, but for some; what a case counts and expects is no word of the language."""
    found: set[tuple[str, str]] = set()
    for path in GALLERY:
        if path.stem not in without:
            document = parse(path.name, path.read_bytes()).value
            found |= set(words({name: value for name, value in document.items() if name != "cases"}))
    return found


def unused_words(*without: str) -> set[tuple[str, str]]:
    return {(name, word) for name, allowed in ALLOWED.items() for word in allowed} - rubric_words(*without)


def form(rule: Rule) -> str:
    """How a deduction or an award says its points."""
    points = getattr(rule, rule.verb)
    if isinstance(points, Fraction):
        return "per case" if getattr(rule, "per", None) else "once"
    if points == "judged":
        return "judged"
    return "levels" if isinstance(points[0], tuple) else "steps"


def verbs_and_forms(rubrics: list[RubricText]) -> set[str]:
    rules = [part for text in rubrics for part in parts(text) if isinstance(part, Rule)]
    return {rule.verb for rule in rules} | {
        f"{rule.verb} {form(rule)}" for rule in rules if rule.verb in ("deduct", "award")
    }


def unused_verbs(rubrics: list[RubricText]) -> set[str]:
    return {*VERBS, *(f"{verb} {form}" for verb in ("deduct", "award") for form in FORMS)} - verbs_and_forms(
        rubrics
    )


def unused_in_expressions(rubrics: list[RubricText]) -> set[str]:
    """Words and functions of conditions and formulas that none of them uses."""
    written = [
        re.sub(r"'[^']*'", "''", part)
        for text in rubrics
        for part in parts(text)
        if isinstance(part, Expression)
    ]
    used = {word for text in written for word in re.findall(r"[a-z_.]+", text)}
    signs = {sign for text in written for sign in re.findall(r"[-+*/]|[<>=!]=|[<>]", text)}
    chains = {"a < b < c" for text in written if re.search(r"[<>]=? \w+ [<>]=?", text)}
    return (
        {*KEYWORDS, *FUNCTIONS, "total", "+", "-", "*", "/", "<", "<=", ">", ">=", "==", "a < b < c"}
        - used
        - signs
        - chains
    )


@pytest.mark.parametrize("path", GALLERY, ids=lambda path: path.stem)
def test_a_rubric_of_the_gallery_is_clean_and_its_cases_pass(path: Path) -> None:
    assert [one.render() for one in govrubric.check(path)] == []


@pytest.mark.parametrize("path", GALLERY, ids=lambda path: path.stem)
def test_a_rubric_of_the_gallery_says_where_it_comes_from_and_shows_its_sums(path: Path) -> None:
    text = loaded(path)
    assert text.id == path.stem
    assert text.source is not None
    assert text.source.issuer
    assert text.source.document
    assert len(text.cases) >= 3
    assert [case.name for case in text.cases if not case.note] == []


def test_the_gallery_shows_many_worlds_in_both_languages() -> None:
    assert len(GALLERY) >= 8
    assert {text.language for text in texts()} == {"en", "zh-CN"}


def test_every_verb_in_every_form_is_used() -> None:
    assert unused_verbs(texts()) == set()


def test_every_key_is_used() -> None:
    assert unused_keys(texts()) == set()


def test_every_word_is_used() -> None:
    assert unused_words() == set()


def test_several_modes_of_rounding_are_used() -> None:
    assert len({word for name, word in rubric_words() if name == "mode"} & set(ROUNDINGS)) >= 3


def test_everything_that_a_condition_may_say_is_used() -> None:
    assert unused_in_expressions(texts()) == set()


@pytest.mark.parametrize(
    ("file", "missed"),
    [
        ("speech-contest", ("RubricText", "drop")),
        ("tourist-site", ("Rule", "input")),
        ("university-course", ("Valid", "to")),
    ],
)
def test_a_key_is_missed_without_the_one_file_that_uses_it(file: str, missed: tuple[str, str]) -> None:
    assert missed in unused_keys(texts(file))


@pytest.mark.parametrize(
    ("file", "missed"), [("site-safety", ("not_applicable", "spread")), ("tender", ("combine", "max"))]
)
def test_a_word_is_missed_without_the_one_file_that_uses_it(file: str, missed: tuple[str, str]) -> None:
    assert missed in unused_words(file)


@pytest.mark.parametrize(
    ("file", "missed"), [("restaurant-inspection", "award steps"), ("department-performance", "award judged")]
)
def test_a_verb_or_a_form_of_it_is_missed_without_the_one_file_that_uses_it(file: str, missed: str) -> None:
    assert missed in unused_verbs(texts(file))


@pytest.mark.parametrize(
    ("file", "missed"), [("site-safety", "applies"), ("service-level", "abs"), ("tender", "ceil")]
)
def test_a_function_is_missed_without_the_one_file_that_uses_it(file: str, missed: str) -> None:
    assert missed in unused_in_expressions(texts(file))


def test_the_page_of_the_gallery_names_every_file_and_no_other() -> None:
    named = re.findall(r"`examples/gallery/([a-z-]+)\.yaml`", PAGE.read_text("utf-8"))
    assert sorted(named) == [path.stem for path in GALLERY]

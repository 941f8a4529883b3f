"""Results of cases -> edits of their file: an expectation that does not hold becomes the result."""

import json
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from govrubric.cases.run import NONE, SHOWN
from govrubric.cases.suite import Suite, Tested, of
from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.source import Place
from govrubric.document.edits import Edit, edited
from govrubric.document.nodes import Plain
from govrubric.document.yaml import parse as parse_yaml
from govrubric.language.validation import at
from govrubric.numbers import NotANumber, parse, written


class Change(NamedTuple):
    """An expectation that is rewritten: its name, its place, the old text and the new."""

    name: str
    place: Place
    old: str
    new: str
    edit: Edit


def changes(tested: Tested) -> Iterator[Change]:
    """Every expectation that can be rewritten.

    An expectation over several lines is left alone, and so is one whose result cannot be written in digits.
    """
    suite = tested.suite
    for result in tested.results:
        for path, miss in result.missed.items():
            span = suite.nodes.values[path]
            if isinstance(at(suite.nodes.value, path), str) and span.line == span.end_line:
                old = suite.nodes.source.lines[span.line][span.column : span.end_column]
                new = _graded(miss.got, old) if isinstance(miss.got, str) else _scored(miss.got)
                if new is not None:
                    yield Change(miss.name, suite.nodes.place(path), old, new, Edit(span, new))


def updated(suite: Suite, changed: Iterable[Change]) -> Suite | Diagnostic:
    """The suite of the file with all changes made, or a finding if that file would be refused."""
    again = of(suite.path, edited(suite.data, (change.edit for change in changed)))
    return Diagnostic.of("GR139", suite.nodes.place(())) if again.refused else again


def _scored(got: Fraction | None) -> str | None:
    """A score as a case may expect it: in digits if they are few enough, or as a fraction; else ``None``."""
    if got is None:
        return NONE
    for text in (written(got), f"{got.numerator}/{got.denominator}"):
        try:
            parse(text, SHOWN)
        except NotANumber:
            continue
        return text
    return None


def _graded(got: str, old: str) -> str:
    """A grade in the quotes that the old text has; without quotes where neither needs them."""
    if old.startswith("'") and "\n" not in got:
        return "'{}'".format(got.replace("'", "''"))
    nodes = parse_yaml("", f"block: {got}\nflow: [{got}]\n")
    is_same = nodes.value == {"block": got, "flow": (got,)} and not nodes.found
    needs_no_quotes = is_same and isinstance(nodes.value["block"], Plain)
    return got if needs_no_quotes and not old.startswith('"') else json.dumps(got, ensure_ascii=False)

"""Rubrics and files of cases -> what became of each case, and what no case touches: what `test` gives."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from govrubric.cases import report, suite
from govrubric.cases.coverage import Coverage, coverage
from govrubric.cases.coverage_report import covered, in_words
from govrubric.cases.run import Expectation
from govrubric.cases.suite import Tested
from govrubric.diagnostics.diagnostic import Diagnostic, lang
from govrubric.diagnostics.display import seen
from govrubric.diagnostics.source import Place
from govrubric.numbers import Exact, written
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What became of a case.

    `expectations` are in the order of the case; one that cannot be compared, as it names nothing or is no
    number, is among `diagnostics` alone. `card` is ``None`` where the tally was refused, and `place` where
    the rubric was given as an object.
    """

    name: str
    place: Place | None
    expectations: tuple[Expectation, ...]
    diagnostics: tuple[Diagnostic, ...]
    card: ScoreCard | None

    @property
    def passed(self) -> bool:
        """Whether the tally was scored and every expectation holds."""
        return not self.diagnostics


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file with cases: the `rubric` that they test, and the result of each.

    `path` is the file as it was named, or the id of a rubric that was given as an object. `diagnostics` are
    the findings of reading it. Where one of them is an error there are no cases, and where the rubric has
    errors no `rubric`.
    """

    path: str
    rubric: Rubric | None
    diagnostics: tuple[Diagnostic, ...]
    cases: tuple[CaseResult, ...]

    @property
    def refused(self) -> bool:
        """Whether the file or its rubric has an error, so that no case could be run."""
        return any(finding.severity == "error" for finding in self.diagnostics)

    @property
    def passed(self) -> bool:
        """Whether the file was read and every case of it holds."""
        return not self.refused and all(case.passed for case in self.cases)


@dataclass(frozen=True, slots=True, repr=False)
class CaseReport:
    """What became of the cases of some rubrics and files. Made by `test`.

    `coverage` has an entry for each rubric, over the cases of all its files.
    """

    files: tuple[CaseFile, ...]
    coverage: tuple[Coverage, ...]
    _tested: tuple[Tested, ...] = field(compare=False)

    @classmethod
    def _of(cls, results: Iterable[Tested]) -> "CaseReport":
        tested = tuple(results)
        covers = (coverage(rubric, cards) for rubric, cards in suite.by_rubric(tested))
        return cls(tuple(map(_file, tested)), tuple(covers), tested)

    @property
    def passed(self) -> bool:
        """Whether there is a case, every file was read, and every case holds."""
        return any(file.cases for file in self.files) and all(file.passed for file in self.files)

    def to_dict(self, language: str | None = None) -> dict[str, Any]:
        """Plain data: scores as digits, null for no score. Texts are in `language`, or the rubric's own."""
        return {
            "passed": self.passed,
            "files": [
                {
                    "path": seen(file.path),
                    "rubric": file.rubric.id if file.rubric else None,
                    "passed": file.passed,
                    "diagnostics": _plain_findings(file.diagnostics, language or tested.suite.language),
                    "cases": [_plain_case(case, language or tested.suite.language) for case in file.cases],
                }
                for file, tested in zip(self.files, self._tested, strict=True)
            ],
            "coverage": [_plain_coverage(covers, language) for covers in self.coverage],
        }

    def to_text(self, language: str | None = None) -> str:
        """What ``govrubric test`` prints: each failure with its trace, the coverage, and a summary.

        It is in `language`, ``en`` or ``zh``, or what is told of a file in that of its rubric.
        """
        return "".join(page(self, language))

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        cases = [case for file in self.files for case in file.cases]
        failed = sum(not case.passed for case in cases)
        return f"<CaseReport {len(cases) - failed} passed, {failed} failed>"


def test(*sources: str | os.PathLike[str] | Rubric) -> CaseReport:
    """Run the cases of rubrics and of files of cases, and tell what no case touches.

    Args:
        sources: the path of a rubric, of a file of cases (``*.cases.yaml``), or of a folder, which stands for
            those in it and below; the name of a shipped rubric; or a rubric, whose own cases are run. Each
            is run once; those that were given as an object come last.

    Nothing is raised: what is wrong with a file, also that it is missing, is among its `diagnostics`.
    """
    paths = [os.fspath(source) for source in sources if not isinstance(source, Rubric)]
    rubrics = dict.fromkeys(source for source in sources if isinstance(source, Rubric))
    suites = [*suite.every(paths), *map(suite.of_rubric, rubrics)]
    return CaseReport._of(Tested(one, list(suite.run(one))) for one in suites)


# pytest collects every function called `test` that a test module imports, unless it has this attribute.
test.__test__ = False  # type: ignore[attr-defined] # functions declare no such attribute


def page(report_: CaseReport, language: str | None, least: int = 0) -> Iterator[str]:
    """What is printed of a report; `least` is the coverage that is wanted."""
    results = report_._tested
    for tested in results:
        spoken = language or tested.suite.language
        yield report.told(tested, spoken)
        if len(results) > 1:
            yield f"{report.tested(tested, spoken)}\n"
    if len(results) > 1:
        yield "\n"
    for covers in report_.coverage:
        yield f"{covered(covers, least, lang(language or covers.rubric._text.language))}\n"
    spoken = language or next((tested.suite.language for tested in results), "en")
    is_nothing = not any(tested.results or tested.suite.refused for tested in results)
    yield f"{report.nothing(spoken) if is_nothing else report.summary(results, spoken)}\n"


def _file(tested: Tested) -> CaseFile:
    cases = (
        CaseResult(result.case.name, result.place, result.compared, tuple(result.found), result.card)
        for result in tested.results
    )
    of = tested.suite
    return CaseFile(of.path, of.rubric, tuple(of.found), tuple(cases))


def _plain_findings(findings: Iterable[Diagnostic], language: str) -> list[dict[str, Any]]:
    return [finding.to_dict(language) for finding in findings]


def _plain_case(case: CaseResult, language: str) -> dict[str, Any]:
    return {
        "name": case.name,
        "line": case.place.line if case.place else None,
        "passed": case.passed,
        "expectations": [
            {
                "name": one.name,
                "expected": _digits(one.expected),
                "got": _digits(one.got),
                "passed": one.passed,
            }
            for one in case.expectations
        ],
        "diagnostics": _plain_findings(case.diagnostics, language),
    }


def _digits(value: Exact | str | None) -> str | None:
    return written(value) if isinstance(value, Exact) else value


def _plain_coverage(covers: Coverage, language: str | None) -> dict[str, Any]:
    spoken = lang(language or covers.rubric._text.language)
    return {
        "rubric": covers.rubric.id,
        "variant": covers.rubric.chosen.variant,
        "points": covers.points,
        "touched": covers.touched,
        "percent": covers.percent,
        "untouched": [
            {"path": point.path, "kind": point.kind, "name": point.name, "text": in_words(point, spoken)}
            for point in covers.untouched
        ],
    }

"""Results of cases -> text: each failure with the trace that explains it, and how many cases passed."""

from collections.abc import Iterator, Sequence
from textwrap import indent

from govrubric.cases.suite import Result, Tested
from govrubric.cases.update import Change
from govrubric.diagnostics.diagnostic import Lang, lang
from govrubric.diagnostics.display import plain
from govrubric.scoring.explain import render_part

PHRASES = {
    "en": {
        "passed": "{} passed", "failed": "{} failed", "refused": "{} not run", "none": "no case",
        "trace": "trace:", "updated": "updated",
        "nothing": "no case was found: they stand under `cases` in a rubric, "
        "or in a file `*.cases.yaml` beside it",
    },
    "zh": {
        "passed": "{} 个通过", "failed": "{} 个未通过", "refused": "{} 个文件未运行", "none": "没有案例",
        "trace": "计分过程：", "updated": "已更新",
        "nothing": "没有找到案例：案例写在评分表的 `cases` 中，或写在其旁的 `*.cases.yaml` 文件中",
    },
}  # fmt: skip


def failure(result: Result, language: str) -> str:
    """Every finding of a case; after an expectation that does not hold, the trace that explains it."""
    return "\n\n".join(_findings(result, lang(language)))


def _findings(result: Result, lang: Lang) -> Iterator[str]:
    """Each finding as text; the trace of an item or rule is shown once."""
    traced = set()
    for finding in result.found:
        text = finding.render(lang)
        miss = result.missed.get(finding.path)
        path = "" if miss is None or miss.name in ("total", "grade") else miss.name
        if miss is not None and result.card is not None and path not in traced:
            traced.add(path)
            trace = indent(render_part(result.card.record, path, lang), "    ").rstrip()
            text += f"\n  {PHRASES[lang]['trace']}\n{trace}"
        yield text


def change(rewritten: Change, language: str) -> str:
    """An expectation that was rewritten, on one line."""
    place = rewritten.place
    where = f"{plain(place.file, 300)}:{place.line}:{place.column}"
    edit = f"{plain(rewritten.name)}: {plain(rewritten.old)} → {plain(rewritten.new)}"
    return f"{where}: {PHRASES[lang(language)]['updated']}: {edit}"


def tested(results: Tested, language: str) -> str:
    """A file, and how many of its cases passed."""
    return f"{plain(results.suite.path, 300)}: {summary([results], language)}"


def summary(suites: Sequence[Tested], language: str) -> str:
    """How many cases passed and failed, and how many files could not be run."""
    phrases = PHRASES[lang(language)]
    failed = sum(tested.failed for tested in suites)
    passed = sum(len(tested.results) for tested in suites) - failed
    refused = sum(tested.suite.refused for tested in suites)
    counts = [
        phrases[key].format(number)
        for number, key in ((passed, "passed"), (failed, "failed"), (refused, "refused"))
        if number
    ]
    return {"en": ", ", "zh": "，"}[lang(language)].join(counts) or phrases["none"]


def nothing(language: str) -> str:
    """The message that no case was found."""
    return PHRASES[lang(language)]["nothing"]

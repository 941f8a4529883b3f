"""Results of cases -> text: each failure with the trace that explains it, and how many cases passed."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import indent

from govrubric.cases.suite import Result, Tested
from govrubric.cases.update import Change
from govrubric.diagnostics.bounded import BYTES, MOST, rendered
from govrubric.diagnostics.diagnostic import Diagnostic, Lang, lang, more
from govrubric.diagnostics.display import plain
from govrubric.scoring.explain import render_part

TRACE = 60  # lines of the trace that explains a failure

PHRASES = {
    "en": {
        "passed": "{} passed", "failed": "{} failed", "refused": "{} not run", "none": "no case",
        "trace": "trace:", "lines": "… and {} more lines", "updated": "updated",
        "nothing": "no case was found: they stand under `cases` in a rubric, "
        "or in a file `*.cases.yaml` beside it",
    },
    "zh": {
        "passed": "{} 个通过", "failed": "{} 个未通过", "refused": "{} 个文件未运行", "none": "没有案例",
        "trace": "计分过程：", "lines": "……另有 {} 行未列出", "updated": "已更新",
        "nothing": "没有找到案例：案例写在评分表的 `cases` 中，或写在其旁的 `*.cases.yaml` 文件中",
    },
}  # fmt: skip


def told(tested: Tested, language: str) -> str:
    """The findings of reading a file and of its cases: together not more than are shown of one file."""
    found = rendered(tested.suite.found, language)
    most, room = MOST - min(MOST - 1, len(tested.suite.found)), BYTES - len(found.encode())
    texts = failures(tested.results, language, most, room)
    return found + "".join(f"{text}\n\n" for text in texts if text)


def failures(results: Iterable[Result], language: str, most: int = MOST, room: int = BYTES) -> list[str]:
    """Every finding of each failing case; after an expectation that does not hold, the trace behind it.

    Of the findings of all cases at most so many are shown, in so many bytes. Then follows how many more there
    are; the texts of later cases are empty.
    """
    failing = [result for result in results if result.found]
    if sum(len(result.found) for result in failing) > most:
        most -= 1
    texts, left = [], list[Diagnostic]()
    for result in failing:
        shown = []
        for finding, text in _findings(result, lang(language)):
            room -= len(text.encode())
            if left or most == 0 or room < 0:
                left.append(finding)
            else:
                shown.append(text)
                most -= 1
        texts.append("\n\n".join(shown))
    if left:
        texts.append(more(left).render(language))
    return texts


def _findings(result: Result, lang: Lang) -> Iterator[tuple[Diagnostic, str]]:
    """Each finding as text; the trace of an item or rule is shown once."""
    traced = set()
    for finding in result.found:
        text = finding.render(lang)
        miss = result.missed.get(finding.path)
        path = "" if miss is None or miss.name in ("total", "grade") else miss.name
        if miss is not None and result.card is not None and path not in traced:
            traced.add(path)
            lines = indent(render_part(result.card._spoken(lang), path, lang), "    ").rstrip().split("\n")
            if len(lines) > TRACE:
                lines[TRACE - 1 :] = [f"    {PHRASES[lang]['lines'].format(len(lines) - TRACE + 1)}"]
            trace = "\n".join(lines)
            text += f"\n  {PHRASES[lang]['trace']}\n{trace}"
        yield finding, text


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

"""Results of cases -> text: each failure with the part of the trace that explains it, and how many cases passed."""

from collections.abc import Iterator, Sequence
from textwrap import indent

from govrubric.cases.suite import Result, Tested
from govrubric.cases.update import Change
from govrubric.diagnostics.diagnostic import Lang, lang
from govrubric.diagnostics.display import plain
from govrubric.scoring.explain import render_part

WORDS = {
    "en": {
        "passed": "{} passed", "failed": "{} failed", "refused": "{} not run", "none": "no case",
        "trace": "trace:", "updated": "updated", "total": "total",
        "nothing": "no case was found: they stand under `cases` in a rubric, or in a file `*.cases.yaml` beside it",
    },
    "zh": {
        "passed": "{} 个通过", "failed": "{} 个未通过", "refused": "{} 个文件未运行", "none": "没有案例",
        "trace": "计分过程：", "updated": "已更新", "total": "总分",
        "nothing": "没有找到案例：案例写在评分表的 `cases` 中，或写在其旁的 `*.cases.yaml` 文件中",
    },
}  # fmt: skip


def failure(result: Result, language: str) -> str:
    """Everything that is wrong with a case; after each expectation that does not hold, the trace that explains it."""
    return "\n\n".join(_told(result, lang(language)))


def _told(result: Result, lang: Lang) -> Iterator[str]:
    traced = set()
    for one in result.found:
        told = one.render(lang)
        miss = result.missed.get(one.path)
        path = "" if miss is None or miss.name in ("total", "grade") else miss.name
        if miss is not None and result.card is not None and path not in traced:
            traced.add(path)
            told += f"\n  {WORDS[lang]['trace']}\n{indent(render_part(result.card.record, path, lang), '    ').rstrip()}"
        yield told


def change(one: Change, language: str) -> str:
    """An expectation that was written anew, in one line."""
    where = f"{plain(one.place.file, 300)}:{one.place.line}:{one.place.column}"
    return (
        f"{where}: {WORDS[lang(language)]['updated']}: {plain(one.name)}: {plain(one.old)} → {plain(one.new)}"
    )


def tested(done: Tested, language: str) -> str:
    """A file, and how many of its cases passed."""
    return f"{plain(done.suite.path, 300)}: {summary([done], language)}"


def summary(every: Sequence[Tested], language: str) -> str:
    """How many cases passed and failed, and how many files could not be tried."""
    say = WORDS[lang(language)]
    failed = sum(one.failed for one in every)
    passed = sum(len(one.results) for one in every) - failed
    refused = sum(one.suite.refused for one in every)
    told = [
        say[word].format(number)
        for number, word in ((passed, "passed"), (failed, "failed"), (refused, "refused"))
        if number
    ]
    return {"en": ", ", "zh": "，"}[lang(language)].join(told) or say["none"]


def nothing(language: str) -> str:
    """That there was no case at all."""
    return WORDS[lang(language)]["nothing"]

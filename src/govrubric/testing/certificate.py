"""Proved bounds and tried laws -> a short certificate, with the smallest tally that breaks a law."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from typing import Any

from govrubric.diagnostics.diagnostic import Lang, lang
from govrubric.diagnostics.display import plain
from govrubric.document.nodes import Plain
from govrubric.language.canonical import canonical
from govrubric.language.cases_text import Case
from govrubric.numbers import COUNT_LIMIT, Exact, written
from govrubric.reports.text_table import text_table
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.explain import render_part
from govrubric.testing.bounds import ScoreBounds, score_bounds
from govrubric.testing.breach import Breach

HUGE = 1_000_000  # points that no score comes to but by counting without end

PHRASES: Mapping[Lang, Mapping[str, str]] = {
    "en": {
        "bounds": "What each score can come to, proved for every tally by interval arithmetic:",
        "item": "item", "weight": "weight", "low": "least", "high": "most",
        "floor": "floor", "ceiling": "ceiling", "title": "title", "none": "none", "total": "total",
        "range": "the bounds of scores",
        "open": "no limit",
        "why_open": "no limit: an item without a bound is held by its counts alone, which go up to {}.",
        "kept": "Every score stays within its floor and its ceiling.",
        "lacking": "0 stands there also for no score, where these do not apply or are void: {}",
        "left": "OUT OF BOUNDS: {}",
        "laws": "The laws of the language, each tried on random tallies (seed {}):",
        "tried": "holds, {} tallies", "broken": "BROKEN",
        "smallest": "the smallest tally that breaks it, to be pasted under `cases`"
                    " (expected is what it came to; write what is right):",
        "well": "All of this holds.", "wrong": "This does not hold: {}.",
        "how": "how it comes about:", "again": "by the same tally as: {}",
        "never_fails": "a valid tally is always scored",
        "never_above_weight": "no score is above its ceiling, none counts for more than its weight",
        "never_below_floor": "no score is below its floor",
        "never_better": "one violation more betters no score",
        "ledger_adds_up": "base + applied + gates + rounding = score, at every item",
        "order_of_keys": "the order of a tally's keys changes nothing",
        "readings_agree": "every reading comes to the same",
    },
    "zh": {
        "bounds": "各项得分的范围，由区间运算证明，对一切填报成立：",
        "item": "项目", "weight": "权重", "low": "最低", "high": "最高", "floor": "下限", "ceiling": "上限",
        "title": "名称", "none": "无", "total": "总分",
        "range": "得分范围",
        "open": "不限",
        "why_open": "“不限”：该项没有下限或上限，只受计数的限制，每项计数最多为 {}。",
        "kept": "各项得分都在上下限之内。",
        "lacking": "以下各项可能不适用或不予计分，此时表中以 0 表示：{}",
        "left": "超出上下限：{}",
        "laws": "任何评分表都应满足的规律，逐条用随机填报检验（种子 {}）：",
        "tried": "成立，{} 份填报", "broken": "不成立",
        "smallest": "违反此条的最小填报，可贴入 `cases`（expect 为现在算得的分数，请改为应得的分数）：",
        "well": "以上全部成立。", "wrong": "不成立的有：{}。",
        "how": "由来：", "again": "填报同上：{}",
        "never_fails": "凡合规的填报都能计分",
        "never_above_weight": "得分不高于上限，计入分不超过权重",
        "never_below_floor": "得分不低于下限",
        "never_better": "多一项违规，得分不会更高",
        "ledger_adds_up": "每一项：基数＋实际增减＋门槛＋舍入＝得分",
        "order_of_keys": "填报各项的次序不影响结果",
        "readings_agree": "用各种方法分别计算，结果一致",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LawResult:
    """What became of a law of the language: how many `tallies` obey it, or the smallest that breaks it.

    `law` is the name of its function in `govrubric.testing.laws`. `counterexample` is ``None`` where the law
    holds, and where it breaks without any tally.
    """

    law: str
    tallies: int
    counterexample: Mapping[str, Any] | None = field(default=None, hash=False)
    _breach: Breach | None = field(default=None, repr=False, compare=False)

    @property
    def passed(self) -> bool:
        """Whether every tally that was tried obeys the law."""
        return self._breach is None

    def title(self, language: str = "en") -> str:
        """The law in words."""
        return PHRASES[lang(language)][self.law]

    def message(self, language: str = "en") -> str:
        """What is wrong with the counterexample, with its figures; empty where the law holds."""
        return "" if self._breach is None else self._breach.message(language)


@dataclass(frozen=True, slots=True, repr=False)
class Proof:
    """What is proved of a rubric, and what became of the laws that were tried on it. Made by `prove`.

    `bounds` hold for every tally; `laws` were tried on random tallies, which `seed` fixes.
    """

    rubric: Rubric
    bounds: tuple[ScoreBounds, ...]
    laws: tuple[LawResult, ...]
    seed: int

    @classmethod
    def _of(cls, rubric: Rubric, laws: Iterable[LawResult], seed: int) -> "Proof":
        return cls(rubric, score_bounds(rubric), tuple(laws), seed)

    @property
    def passed(self) -> bool:
        """Whether every score stays within its bounds, and every law holds."""
        return all(bounds.kept for bounds in self.bounds) and all(law.passed for law in self.laws)

    def to_dict(self, language: str | None = None) -> dict[str, Any]:
        """Plain data: points as digits. What is said of laws is in `language`, or the rubric's own."""
        rubric, language = self.rubric, language or self.rubric._text.language
        return {
            "rubric": {"id": rubric.id, "title": rubric.title, "digest": rubric.digest},
            "passed": self.passed,
            "bounds": [_plain_bounds(bounds) for bounds in self.bounds],
            "seed": self.seed,
            "laws": [
                {
                    "law": law.law,
                    "title": law.title(language),
                    "passed": law.passed,
                    "tallies": law.tallies,
                    "message": law.message(language) or None,
                    "counterexample": _plain_tally(law.counterexample),
                }
                for law in self.laws
            ],
        }

    def to_text(self, language: str | None = None) -> str:
        """The certificate that ``govrubric prove`` prints, in `language` or the rubric's own."""
        return certificate(self, lang(language or self.rubric._text.language))

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"<Proof {self.rubric.id} {'passed' if self.passed else 'failed'}>"


def _plain_bounds(bounds: ScoreBounds) -> dict[str, Any]:
    data = asdict(bounds)
    return {key: written(value) if isinstance(value, Exact) else value for key, value in data.items()}


def _plain_tally(tally: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A tally as JSON can hold it: judged and measured numbers as digits."""
    if tally is None:
        return None
    return {
        name: value if isinstance(value, (bool, int, str)) else written(Fraction(value))
        for name, value in tally.items()
    }


def certificate(proof: Proof, lang: Lang) -> str:
    """The whole certificate."""
    phrases, rubric, laws = PHRASES[lang], proof.rubric, proof.laws
    outside = [_name(bounds, phrases) for bounds in proof.bounds if not bounds.kept]
    broken_laws = [phrases[result.law] for result in laws if not result.passed]
    wrong = [phrases["range"], *broken_laws] if outside else broken_laws
    separator = {"en": "; ", "zh": "；"}[lang]
    lines = [
        plain(rubric.title, 200),
        f"{rubric.id} · {rubric.digest}",
        "",
        *_bounds(proof.bounds, phrases),
        phrases["left"].format(", ".join(outside)) if outside else phrases["kept"],
        "",
        phrases["laws"].format(proof.seed),
        *_verdicts(rubric, laws, lang),
        "",
        phrases["wrong"].format(separator.join(wrong)) if wrong else phrases["well"],
    ]
    return "\n".join(lines) + "\n"


def _bounds(every: Sequence[ScoreBounds], phrases: Mapping[str, str]) -> Iterator[str]:
    """The table of bounds."""
    yield phrases["bounds"]
    head = [phrases[key] for key in ("item", "weight", "low", "high", "floor", "ceiling", "title")]
    rows = [head, *(_row(bounds, phrases) for bounds in every)]
    yield from (f"  {line}" for line in text_table(rows, left={0, len(head) - 1}))
    if any(_is_open(end, bound) for one in every for end, bound in _ends(one)):
        yield phrases["why_open"].format(COUNT_LIMIT)
    if lacking := [_name(bounds, phrases) for bounds in every if bounds.may_lack]:
        yield phrases["lacking"].format(", ".join(lacking))


def _verdicts(rubric: Rubric, laws: Sequence[LawResult], lang: Lang) -> Iterator[str]:
    """Each law with its verdict. A tally that breaks several laws is shown at the first of them."""
    phrases = PHRASES[lang]
    rows = []
    for result in laws:
        verdict = phrases["tried"].format(result.tallies) if result.passed else phrases["broken"]
        rows.append([verdict, phrases[result.law]])
    shown: dict[str, str] = {}
    for result, line in zip(laws, text_table(rows, {0, 1}), strict=True):
        yield f"  {line}"
        if result._breach is None:
            continue
        first = shown.setdefault(repr(result.counterexample), result.law)
        if first == result.law:
            yield from (f"    {text}".rstrip() for text in broken(rubric, result._breach, lang))
        else:
            yield f"    {result.message(lang)}".rstrip()
            yield f"    {phrases['again'].format(phrases[first])}"


def _name(bounds: ScoreBounds, phrases: Mapping[str, str]) -> str:
    """The path of an item; the total has none."""
    return bounds.path or phrases["total"]


def _row(bounds: ScoreBounds, phrases: Mapping[str, str]) -> list[str]:
    ends = [phrases["none"] if end is None else written(end) for end in (bounds.floor, bounds.ceiling)]
    return [
        _name(bounds, phrases),
        phrases["none"] if bounds.weight is None else written(bounds.weight),
        *(phrases["open"] if _is_open(end, bound) else written(end) for end, bound in _ends(bounds)),
        *ends,
        plain(bounds.title, 200) if bounds.path else "",
    ]


def _ends(bounds: ScoreBounds) -> tuple[tuple[Exact, Exact | None], tuple[Exact, Exact | None]]:
    """The least and the greatest score of an item, each with the bound that it may have."""
    return (bounds.low, bounds.floor), (bounds.high, bounds.ceiling)


def _is_open(end: Exact, bound: Exact | None) -> bool:
    """Whether a score is bounded by nothing but how large a count may be."""
    return bound is None and abs(end) >= HUGE


def broken(rubric: Rubric, breach: Breach, lang: Lang) -> Iterator[str]:
    """A law that does not hold: its figures, and the smallest tally that breaks it, as a case."""
    yield breach.message(lang)
    if breach.tally is None:
        return
    phrases = PHRASES[lang]
    yield phrases["smallest"]
    try:
        card = rubric.score(breach.tally)
    except Exception:  # the breach may be that scoring fails
        card = None
    yield from (f"  {line}" for line in _case(phrases[breach.law], breach.tally, card))
    if card is not None:
        yield phrases["how"]
        part = render_part(card._spoken(lang), _part(card, breach.path), lang)
        yield from (f"  {line}" for line in part.splitlines())


def _part(card: ScoreCard, path: str) -> str:
    """The path itself for an item or a rule; for a gate or a figure, the item to which it belongs."""
    while path and path not in card.items and path not in card.rules:
        path = path.rpartition(".")[0]
    return path


def _case(name: str, tally: Mapping[str, Any], card: ScoreCard | None) -> Iterator[str]:
    """A tally as a case of a rubric, in canonical text."""
    total = Plain("none" if card is None or card.total is None else written(Fraction(card.total)))
    case = Case.model_validate(
        {
            "name": name,
            "tally": {key: _cell(value) for key, value in tally.items()},
            "expect": {"total": total},
        }
    )
    for index, line in enumerate(canonical(case).splitlines()):
        yield f"{'  ' if index else '- '}{line}"


def _cell(value: Any) -> str:
    match value:
        case bool():
            return Plain(str(value).lower())
        case str():
            return value
        case number:
            return Plain(written(Fraction(number)))

"""A law that does not hold for a rubric and a tally: law, place and figures, in both languages."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from govrubric.diagnostics.diagnostic import lang
from govrubric.diagnostics.display import plain
from govrubric.numbers import written

SENTENCES: Mapping[str, tuple[str, str]] = {
    "fails": ("it fails: {error}", "出错：{error}"),
    "found": ("{path}: {en}", "{path}：{zh}"),
    "above": ("{path}: the {figure} {stated} is above {bound}", "{path}：{figure} {stated} 高于 {bound}"),
    "below": ("{path}: the {figure} {stated} is below {bound}", "{path}：{figure} {stated} 低于 {bound}"),
    "better": (
        "{path}: {name} = {more} makes the {figure} {stated} into {other}",
        "{path}：{name} = {more} 使{figure} {stated} 变为 {other}",
    ),
    "due": ("{path}: the {figure} is {stated}, and must be {due}", "{path}：{figure}为 {stated}，应为 {due}"),
    "order": (
        "{path}: the {figure} is {stated}, and with the keys in another order {other}",
        "{path}：{figure}为 {stated}，换了键的次序则为 {other}",
    ),
    "alone": ("the total is {stated}, and computed alone {other}", "总分为 {stated}，单独计算则为 {other}"),
    "written": (
        "{path} is {stated} where the card is written, and {other} on its rows",
        "{path}在写出的成绩单上为 {stated}，在各行上为 {other}",
    ),
    "given": (
        "{path}: the {figure} is {stated}, and {other} where the tally is nested and has evidence",
        "{path}：{figure}为 {stated}，填报改为分层并附依据则为 {other}",
    ),
    "dotted": (
        "{path}: the {figure} is {stated}, and {other} where the tally has values alone",
        "{path}：{figure}为 {stated}，填报只有数值则为 {other}",
    ),
    "text": (
        "{path}: the {figure} is {stated}, and {other} by the rubric's own text, loaded anew",
        "{path}：{figure}为 {stated}，按评分表规范文本重新载入则为 {other}",
    ),
    "hand": (
        "{path}: the {figure} is {stated}, and worked out by hand {other}",
        "{path}：{figure}为 {stated}，逐式手算则为 {other}",
    ),
    "bounds": (
        "{path}: the score may come to anything from {low} to {high}, outside {floor} to {ceiling}",
        "{path}：得分可为 {low} 至 {high}，超出 {floor} 至 {ceiling}",
    ),
}

FIGURES: Mapping[str, tuple[str, str]] = {
    "absorbed": ("absorbed effect", "不计部分"),
    "applied": ("applied effect", "实际增减"),
    "applies": ("flag that it applies", "是否适用"),
    "balance": ("balance", "余额"),
    "base": ("base", "基数"),
    "card": ("card", "成绩单"),
    "contribution": ("contribution", "计入分"),
    "counted": ("flag that it is counted", "是否计算"),
    "counts": ("flag that it counts", "是否计入"),
    "effect": ("effect of the gate", "门槛效果"),
    "exact_total": ("exact total", "未舍入总分"),
    "grade": ("grade", "等次"),
    "held": ("flag that the gate holds", "门槛是否成立"),
    "lost": ("loss", "失分"),
    "parts": ("list of parts", "组成部分"),
    "raw": ("raw effect", "原始增减"),
    "rounding": ("rounding", "舍入"),
    "score": ("score", "得分"),
    "total": ("total", "总分"),
}


class Breach(AssertionError):
    """A law of the language does not hold.

    `sentence` is a key of `SENTENCES`, and `figures` are the values of its fields. `path` is the item or rule
    where the law is broken, or "" for the whole rubric. `tally` is set once Hypothesis has found the smallest
    tally.
    """

    law: str
    sentence: str
    path: str
    figures: dict[str, str]
    tally: Mapping[str, Any] | None

    def __init__(
        self,
        law: str,
        sentence: str,
        path: str,
        figures: Mapping[str, str],
        tally: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(law, sentence, path, dict(figures), tally)
        self.law, self.sentence, self.path, self.figures, self.tally = (
            law,
            sentence,
            path,
            dict(figures),
            tally,
        )

    @classmethod
    def of(cls, law: str, sentence: str, path: str = "", /, **figures: object) -> "Breach":
        """A breach with its figures as text."""
        return cls(law, sentence, path, {name: figure(value) for name, value in figures.items()})

    def by(self, tally: Mapping[str, Any]) -> "Breach":
        """The same breach, with the tally that shows it."""
        return Breach(self.law, self.sentence, self.path, self.figures, tally)

    def message(self, language: str = "en") -> str:
        """The sentence in a language, with its figures."""
        zh = lang(language) == "zh"
        fields = {"path": self.path or ("total", "总分")[zh], **self.figures}
        if "figure" in fields:
            fields["figure"] = FIGURES[fields["figure"]][zh]
        return SENTENCES[self.sentence][zh].format(**fields)

    def __str__(self) -> str:
        tally = "" if self.tally is None else f"\nof the tally {self.tally!r}"
        return f"{self.law}: {self.message()}{tally}"


def figure(value: object) -> str:
    """A figure in digits, or as a word."""
    match value:
        case None:
            return "none"
        case bool():
            return str(value).lower()
        case Decimal() | Fraction() | int():
            return written(Fraction(value))
        case _:
            return plain(str(value), 400)

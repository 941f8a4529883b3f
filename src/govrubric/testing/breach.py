"""A law that does not hold of a rubric and a tally: which, where, and the figures, in both languages."""

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
    "better": ("{path}: {name} = {more} makes the {figure} {stated} into {other}", "{path}：{name} = {more} 使{figure} {stated} 变为 {other}"),
    "due": ("{path}: the {figure} is {stated}, and must be {due}", "{path}：{figure}为 {stated}，应为 {due}"),
    "order": ("{path}: the {figure} is {stated}, and with the keys in another order {other}", "{path}：{figure}为 {stated}，换了键的次序则为 {other}"),
    "alone": ("the total is {stated}, and computed alone {other}", "总分为 {stated}，单独计算则为 {other}"),
    "given": ("{path}: the {figure} is {stated}, and {other} where the tally is nested and has evidence", "{path}：{figure}为 {stated}，填报改为分层并附依据则为 {other}"),
    "dotted": ("{path}: the {figure} is {stated}, and {other} where the tally has values alone", "{path}：{figure}为 {stated}，填报只有数值则为 {other}"),
    "text": ("{path}: the {figure} is {stated}, and {other} by the rubric's own text, loaded anew", "{path}：{figure}为 {stated}，按评分表规范文本重新载入则为 {other}"),
    "hand": ("{path}: the {figure} is {stated}, and worked out by hand {other}", "{path}：{figure}为 {stated}，逐式手算则为 {other}"),
    "bounds": ("{path}: the score may come to anything from {low} to {high}, outside {floor} to {ceiling}", "{path}：得分可为 {low} 至 {high}，超出 {floor} 至 {ceiling}"),
}  # fmt: skip

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

    `path` is the item or rule where it shows, the empty one for the whole; `tally` is there once Hypothesis has made it small.
    """

    def __init__(
        self, law: str, says: str, path: str, told: Mapping[str, str], tally: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(law, says, path, dict(told), tally)
        self.law, self.says, self.path, self.told, self.tally = law, says, path, dict(told), tally

    @classmethod
    def of(cls, law: str, says: str, path: str = "", /, **told: object) -> "Breach":
        """A breach that says one of the sentences, with figures made fit to be shown."""
        return cls(law, says, path, {name: figure(value) for name, value in told.items()})

    def by(self, tally: Mapping[str, Any]) -> "Breach":
        """The same, by this tally."""
        return Breach(self.law, self.says, self.path, self.told, tally)

    def message(self, language: str = "en") -> str:
        """What does not hold, with the figures."""
        zh = lang(language) == "zh"
        told = {"path": self.path or ("total", "总分")[zh], **self.told}
        if "figure" in told:
            told["figure"] = FIGURES[told["figure"]][zh]
        return SENTENCES[self.says][zh].format(**told)

    def __str__(self) -> str:
        return f"{self.law}: {self.message()}" + (
            "" if self.tally is None else f"\nof the tally {self.tally!r}"
        )


def figure(value: object) -> str:
    """A figure in digits, or a word."""
    match value:
        case None:
            return "none"
        case bool():
            return str(value).lower()
        case Decimal() | Fraction() | int():
            return written(Fraction(value))
        case _:
            return plain(str(value), 400)

"""What a verification was given -> what it could not check, in words."""

from collections.abc import Iterable

from govrubric.diagnostics.diagnostic import Lang

PHRASES: dict[Lang, dict[str, str]] = {
    "en": {
        "rubric": "not checked without the rubric: whether titles, clauses, conditions, weights, sentences, "
        "the order of rows and the scores are those of the rubric",
        "tally": "not checked without the tallies (--tally): codes and names of units, values of inputs, "
        "evidence and notes, and whether the card of a unit is missing",
        "truth": "not checked: whether what the tallies say is true",
        "engine": "not checked: the sentences on cards of another version of govrubric ({}), and whether it "
        "made them",
    },
    "zh": {
        "rubric": "未核对（未给出评分表）：标题、条款、条件、权重、计算说明、行的顺序和得分是否出自评分表",
        "tally": "未核对（未以 --tally 给出填报数据）：单位的编号和名称、填报值、依据和备注，以及是否缺少某单位的成绩单",
        "truth": "未核对：填报内容是否属实",
        "engine": "未核对：其他版本的 govrubric（{}）所写的计算说明，以及成绩单是否由该版本生成",
    },
}  # fmt: skip


def unchecked(language: Lang, *, rubric: bool, tallies: bool, engines: Iterable[str]) -> list[str]:
    """What was not checked, a line for each, with or without the rubric and the tallies.

    `engines` are the other versions that cards were made by.
    """
    phrases = PHRASES[language]
    lines = [] if rubric else [phrases["rubric"]]
    lines += [] if tallies else [phrases["tally"]]
    if rubric and (others := sorted(engines)):
        lines.append(phrases["engine"].format(", ".join(others)))
    return [*lines, phrases["truth"]]

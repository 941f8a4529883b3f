"""Segments of a clause -> the levels or grades in which alone they differ: 市级, 省级, 国务院; 优, 良, 差."""

import re
from collections.abc import Sequence

from govrubric.lint.clauses.chinese import folded
from govrubric.office.segments import Segment

# Longer names first, since 省部级 is not 省, 部级.
_LEVEL = re.compile(
    r"(?:[省市县区]委、?[省市县区](?:人民)?政府|国务院(?:办公厅)?|党中央|中央|国家级|国家|全国|国际|省部级|省级|部级|厅级|省|市厅级|市级|市|州级|"
    r"县区级|区县级|区级|县级|县|区|乡镇级|镇街级|乡级|镇级|街道|村级|"
    r"特等奖?|[一二三四]等奖?|第[一二三]名|优秀奖|[金银铜]奖|特别重大|重大|较大|一般)(?:[及和]?以[上下])?"
)
_GRADE = re.compile(
    r"优秀|优|良好|良|中等|较好|好|一般|基本合格|不合格|合格|不达标|达标|较差|差|[A-Da-d]级?|[一二三四五]级|[一二三四五]等"
)
_LOOSE = str.maketrans("", "", " ,;。的:")  # what makes no difference between 选用，每件 and 选用每件
_GRADED = 16  # characters before a grade that the first segment may have, such as 年度考核被评定为


def leveled(segments: Sequence[Segment]) -> list[str]:
    """The levels of the first segments that give or take for each case, and are alike but for a level.

    There are none where fewer than two segments are.
    """
    names: list[str] = []
    beginning = ""  # what the first says before its level, of which the others may leave words away
    for segment in segments:
        if len(segment.effects) != 1 or segment.forfeit or segment.bounds:
            break
        effect, first = segment.effects[0], segments[0].effects[0]
        if not effect.repeats or not effect.sign or (effect.sign, effect.unit) != (first.sign, first.unit):
            break
        name, after = _named(_LEVEL, segment)
        if not name or name in names or after != _named(_LEVEL, segments[0])[1]:
            break
        before = segment.condition.partition(name)[0].translate(_LOOSE)
        if names and not beginning.endswith(before):
            break
        beginning = beginning if names else before
        names.append(name)
    return names if len(names) > 1 else []


def graded(segments: Sequence[Segment]) -> list[str]:
    """The grades of segments all of which say what a unit with one of them gets, else none."""
    names: list[str] = []
    for index, segment in enumerate(segments):
        if len(segment.effects) + (segment.forfeit is not None) != 1 or segment.bounds:
            return []
        if any(effect.kind != "effect" or effect.repeats is not False for effect in segment.effects):
            return []
        name, after = _named(_GRADE, segment)
        before = segment.condition.find(name)
        if not name or name in names or after or before > (0 if index else _GRADED):
            return []
        names.append(name)
    is_got = len(names) > 1 and segments[0].forfeit is None and segments[0].effects[0].sign == 0
    return names if is_got else []


def _named(pattern: re.Pattern[str], segment: Segment) -> tuple[str, str]:
    """The only level that a segment names before its effect, and the words from there to the effect."""
    words = folded(segment.condition)
    found = list(pattern.finditer(words))
    if len(found) != 1:
        return "", ""
    return found[0][0], words[found[0].end() :].translate(_LOOSE)

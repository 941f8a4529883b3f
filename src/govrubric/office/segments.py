"""Clause -> its segments, each with what it gives or takes; a clause is cut where a stop lets it be cut."""

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from govrubric.lint.clauses.chinese import Reading, Statement, folded, read
from govrubric.office.clauses import is_sensible

FORFEIT = re.compile(
    r"(?:扣除?|减去?)(?:相应|全部|该项|本项|此项|所有|对应)的?(?:分值?|得分|分数|全部分值?)(?!\d)"
    r"|(?:不得分|不计分|不予计分|[得计记] ?(?:0|零) ?分)"
)
_AMOUNTS = ("effect", "cap", "range")
_STOPS = ",;。\n"
_EDGES = " ,，;；。\u3000\n"


class Segment(NamedTuple):
    """A part of a clause between two places, with the statements in it, whose places are in its text.

    `effects` are what it gives or takes, of a range both ends. `forfeit` is the place of words by which all
    is lost, such as 不得分.
    """

    text: str
    start: int
    end: int
    effects: tuple[Statement, ...]
    others: tuple[Statement, ...]
    forfeit: tuple[int, int] | None

    @property
    def condition(self) -> str:
        """What it says before what it gives or takes."""
        ends = [effect.start for effect in self.effects] + ([self.forfeit[0]] if self.forfeit else [])
        return self.text[: min(ends, default=len(self.text))]

    @property
    def bounds(self) -> tuple[Statement, ...]:
        """The thresholds that it names."""
        return tuple(each for each in self.others if each.kind == "bound")


def sensible(clause: str, full: Fraction | None) -> Reading:
    """The reading of a clause without amounts that no rule may have; 得满分 gets the full marks."""
    reading = read(clause)
    statements = [
        replace(each, kind="effect", amount=full) if each.kind == "whole" and full is not None else each
        for each in reading.statements
        if each.kind not in _AMOUNTS or is_sensible(each.amount)
    ]
    return Reading(tuple(statements), reading.vague)


def segments_of(clause: str, reading: Reading) -> list[Segment]:
    """The segments of a clause, in order; what is between them is a stop."""
    given = [(each.start, each.end) for each in reading.of("effect", "range")]
    lost = [
        match.span()
        for match in FORFEIT.finditer(folded(clause))
        if all(match.end() <= start or match.start() >= end for start, end in given)
    ]
    cuts = [0, *_cuts(folded(clause), reading, sorted(given + lost)), len(clause)]
    return [_segment(clause, reading, lost, start, end) for start, end in pairwise(cuts)]


def _cuts(plain: str, reading: Reading, events: list[tuple[int, int]]) -> list[int]:
    """The first stop after each event and what belongs to it, such as a cap, if it is before the next."""
    cuts: list[int] = []
    for (_, end), (start, _) in pairwise(events):
        after = [each.end for each in reading.statements if each.kind in _LATER and end <= each.start < start]
        begin = max([end, *after])
        stops = [at for mark in _STOPS if (at := plain.find(mark, begin, start)) >= 0]
        if stops:
            cuts.append(min(stops))
    return cuts


# What follows the effect that it is about; a bound stands before it.
_LATER = ("cap", "floor", "ceiling", "unlimited", "begun")


def _segment(clause: str, reading: Reading, lost: list[tuple[int, int]], start: int, end: int) -> Segment:
    """The segment between two places, without the stop at which it was cut."""
    while start < end and clause[start] in _EDGES:
        start += 1
    while start < end and clause[end - 1] in " \u3000\n":
        end -= 1
    inside = [
        replace(each, start=each.start - start, end=each.end - start)
        for each in reading.statements
        if start <= each.start < end
    ]
    effects = tuple(each for each in inside if each.kind in ("effect", "range"))
    others = tuple(each for each in inside if each.kind not in ("effect", "range"))
    forfeit = next(((first - start, last - start) for first, last in lost if start <= first < end), None)
    return Segment(clause[start:end], start, end, effects, others, forfeit)

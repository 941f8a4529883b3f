"""`deduct`: points off for what was found.

What it does
    Takes points from the item's balance, as far as the floor allows: ``deduct: 0.1`` with ``per: 例`` for each
    case, ``deduct: 2`` once when the flag is set, ``deduct: {city: 0.3, district: 0.2}`` for each case of a
    level, ``deduct: [1, 2, 5]`` 1 for the first case, 2 for the second and 5 for each further case, ``deduct:
    judged`` with ``to: 6`` and ``from: 2`` what an assessor sets within that range, or nothing.

Why
    It is the most common clause of all: 每例扣0.1分, 未按时公开的，扣2分.

Example
    ``{id: unlabelled, deduct: 0.1, per: 例, clause: 未标注属性的，每例扣0.1分}``

Source
    Language, section 5.
"""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from govrubric.language.rules._points import Points, PointsField, PointsRule


class Deduct(PointsRule):
    verb: ClassVar[str] = "deduct"
    sign: ClassVar[int] = -1
    punishes: ClassVar[bool] = True
    chinese: ClassVar[Mapping[str, str]] = {
        "deduct": "扣分：每例或一次扣多少；或分级写；或写成列表，依次为第一例、第二例和以后每例；由考评人在范围内酌情扣分的，写 `judged`"
    }

    deduct: PointsField = Field(
        description="points off: for each case or once, by level, as a list for the first, second and each "
        "further case, or `judged` within a range",
        examples=["0.1"],
    )

    @property
    def points(self) -> Points:
        return self.deduct

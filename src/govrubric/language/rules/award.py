"""`award`: points added for what was achieved.

What it does
    Adds points to the item's balance, as far as the ceiling allows, in the same forms as `deduct`:
    ``award: 1`` with ``per: 件``, ``award: 2`` once, ``award: {city: 1, province: 3}`` by level, ``award: [3,
    2, 1]`` in steps, ``award: judged`` with ``to: 2`` as an assessor sees fit. With ``take: highest`` only
    the highest-paying level that occurred counts, once.

Why
    被市级选用，每件加1分；被省级选用每件加3分；加完为止.

Example
    ``{id: adopted, award: {city: 1, province: 3, state_council: 5}, per: 件}``

Source
    Language, section 5.
"""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from govrubric.language.rules._points import Points, PointsField, PointsRule


class Award(PointsRule):
    verb: ClassVar[str] = "award"
    sign: ClassVar[int] = 1
    gain: ClassVar[str] = "加"
    chinese: ClassVar[Mapping[str, str]] = {
        "award": "加分：每例或一次加多少；或分级写；或写成列表，依次为第一例、第二例和以后每例；由考评人在范围内酌情加分的，写 `judged`"
    }

    award: PointsField = Field(
        description="points added: for each case or once, by level, as a list for the first, second and "
        "each further case, or `judged` within a range",
        examples=["{city: 1, province: 3}"],
    )

    @property
    def points(self) -> Points:
        return self.award

"""What a clause says: statements with their places, and the reading that holds them."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

Kind = Literal[
    "effect",
    "cap",
    "full",
    "range",
    "floor",
    "ceiling",
    "unlimited",
    "figure",
    "nothing",
    "whole",
    "base",
    "bound",
    "begun",
    "judged",
    "multiple",
    "highest",
    "either",
    "both",
    "verdict",
    "year",
]
Relation = Literal["", ">=", ">", "<=", "<", ">~", "<~"]

# What is no amount of points, so that no number of a rule is said by it.
_NO_POINTS = frozenset(
    ("floor", "ceiling", "unlimited", "nothing", "whole", "begun", "judged", "multiple")
    + ("highest", "either", "both", "verdict", "year")
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a clause says between its characters `start` and `end`.

    ========== ============================================================================================
    kind       what it says
    ========== ============================================================================================
    effect     takes its `amount` (`sign` -1), gives it (1), or leaves open which of both (0)
    range      either end of 扣2至6分, with the same sign
    cap        最多扣5分
    full, base 满分10分; 基础分60分, where an item starts
    floor      扣完为止, and ceiling 加完为止, unlimited 不封顶
    nothing    不得分, and whole 得满分
    bound      95%以上: a number that is compared, with its `relation` and `unit`; of ``>~`` and ``<~`` it is
               open whether the number itself belongs to it
    begun      what becomes of a begun unit: it counts as a whole one (`sign` 1), not at all (-1), or in
               proportion (0)
    judged     酌情扣分, with a sign as an effect
    multiple   加倍扣分: `amount` times as much
    highest    取最高
    either     或, and both 且
    verdict    定为不合格: the result stands in `unit`
    year       2023年
    figure     any other amount of points
    ========== ============================================================================================

    An effect or range `repeats` for each `unit`, or does not; ``None`` means that the wording leaves it open.
    The unit has the words after 每 (发现一处错误的). Of them `per` is what is counted (处), and `each` how many
    of it make one case: 3 of 每3例.
    """

    kind: Kind
    start: int
    end: int
    amount: Fraction = Fraction(0)
    sign: int = 0
    unit: str = ""
    repeats: bool | None = False
    per: str = ""
    each: Fraction = Fraction(1)
    relation: Relation = ""


class Reading(NamedTuple):
    """The statements of a clause in its order; a `vague` clause says more than can be read, such as 酌情扣分."""

    statements: tuple[Statement, ...]
    vague: bool = False

    def of(self, *kinds: Kind) -> tuple[Statement, ...]:
        """The statements of some kinds."""
        return tuple(statement for statement in self.statements if statement.kind in kinds)

    @property
    def figures(self) -> frozenset[Fraction]:
        """Every amount of points that the clause names, for whatever purpose."""
        return frozenset(
            statement.amount
            for statement in self.statements
            if statement.kind not in _NO_POINTS
            and (statement.kind != "bound" or statement.unit in ("分", "points"))
        )


NOTHING = Reading(())
TOO_LONG = Reading((), vague=True)

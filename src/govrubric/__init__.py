"""govrubric: written scoring rubrics as typed YAML, scored exactly, with a full audit trace.

>>> import govrubric
>>> rubric = govrubric.shipped("2023-district")
>>> rubric.item("basics.attribution").full
Fraction(5, 1)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from govrubric.version import __version__

__all__ = [
    "CardError",
    "Diagnostic",
    "GovrubricError",
    "ItemScore",
    "Marginal",
    "Rubric",
    "RubricError",
    "RuleScore",
    "ScoreCard",
    "Tally",
    "TallyError",
    "TallyModel",
    "TallyValue",
    "Unit",
    "__version__",
    "check",
    "load",
    "loads",
    "shipped",
    "shipped_names",
]

# Module -> public names. A name is imported when it is first used, since pydantic alone takes a tenth of a
# second.
_HOMES = {
    "scoring.card": ("ScoreCard",),
    "diagnostics.diagnostic": ("CardError", "Diagnostic", "GovrubricError", "RubricError", "TallyError"),
    "scoring.ledger": ("ItemScore", "RuleScore"),
    "scoring.marginal": ("Marginal",),
    "checking": ("check",),
    "loading": ("load", "loads", "shipped", "shipped_names"),
    "rubric": ("Rubric",),
    "scoring.tally_model": ("TallyModel",),
    "scoring.unit": ("Tally", "TallyValue", "Unit"),
}


if TYPE_CHECKING:
    from govrubric.checking import check
    from govrubric.diagnostics.diagnostic import (
        CardError,
        Diagnostic,
        GovrubricError,
        RubricError,
        TallyError,
    )
    from govrubric.loading import load, loads, shipped, shipped_names
    from govrubric.rubric import Rubric
    from govrubric.scoring.card import ScoreCard
    from govrubric.scoring.ledger import ItemScore, RuleScore
    from govrubric.scoring.marginal import Marginal
    from govrubric.scoring.tally_model import TallyModel
    from govrubric.scoring.unit import Tally, TallyValue, Unit
else:  # to a type checker, a module with this function has every name, misspelt ones too

    def __getattr__(name: str) -> Any:
        for module, names in _HOMES.items():
            if name in names:
                value = getattr(import_module(f"govrubric.{module}"), name)
                globals()[name] = value
                return value
        raise AttributeError(f"module 'govrubric' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__

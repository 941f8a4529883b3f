"""govrubric: written scoring rubrics as typed YAML, scored exactly, with a full audit trace.

>>> import govrubric
>>> rubric = govrubric.shipped("2023-district")
>>> rubric.item("basics.attribution").full
Exact('5')
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from govrubric.version import __version__

__all__ = [
    "Ambiguity",
    "AmbiguityReadings",
    "CardComparison",
    "CardError",
    "CaseFile",
    "CaseReport",
    "CaseResult",
    "Cause",
    "Change",
    "Chosen",
    "Combining",
    "Coverage",
    "CoveragePoint",
    "Diagnostic",
    "Diff",
    "DraftError",
    "DroppedInput",
    "Effect",
    "Exact",
    "Expectation",
    "Farthest",
    "Gate",
    "GateScore",
    "Given",
    "GovrubricError",
    "Grade",
    "Indicator",
    "Input",
    "InputDifference",
    "Item",
    "ItemDifference",
    "ItemScore",
    "LawResult",
    "Marginal",
    "Moves",
    "Option",
    "Period",
    "Place",
    "Proof",
    "Reading",
    "Readings",
    "RefusedUnit",
    "Related",
    "Remark",
    "Replay",
    "Rubric",
    "RubricError",
    "Rule",
    "RuleScore",
    "ScoreBounds",
    "ScoreCard",
    "ShownValue",
    "Tally",
    "TallyError",
    "TallyModel",
    "TallyValue",
    "Unit",
    "UnitDiff",
    "UnitReading",
    "Value",
    "Variant",
    "Variation",
    "WhatIf",
    "__version__",
    "check",
    "diff",
    "load",
    "loads",
    "prove",
    "read_cards",
    "readings",
    "shipped",
    "shipped_names",
    "test",
    "verify_many",
    "whatif",
]

# Module -> public names. A name is imported when it is first used, since pydantic alone takes a tenth of a
# second.
_HOMES = {
    "cases.coverage": ("Coverage", "CoveragePoint"),
    "cases.outcomes": ("CaseFile", "CaseReport", "CaseResult", "test"),
    "cases.run": ("Expectation",),
    "scoring.card": ("ScoreCard", "verify_many"),
    "scoring.card_files": ("read_cards",),
    "diagnostics.diagnostic": (
        "CardError",
        "Diagnostic",
        "DraftError",
        "GovrubricError",
        "Related",
        "RubricError",
        "TallyError",
    ),
    "diagnostics.source": ("Place",),
    "scoring.comparing": ("CardComparison", "Cause", "InputDifference", "ItemDifference"),
    "scoring.ledger": ("Combining", "GateScore", "Given", "ItemScore", "RuleScore", "ShownValue"),
    "scoring.marginal": ("Marginal",),
    "checking": ("check",),
    "comparison.attribution": ("Effect",),
    "comparison.compare": ("Change",),
    "comparison.diff": ("Diff", "diff"),
    "comparison.matching": ("Remark",),
    "comparison.reading_results": ("AmbiguityReadings", "Reading", "UnitReading"),
    "comparison.readings": ("Readings", "readings"),
    "comparison.replay": ("DroppedInput", "RefusedUnit", "Replay", "UnitDiff"),
    "contents": ("Gate", "Grade", "Item", "Period", "Rule", "Value"),
    "inputs": ("Input",),
    "language.chosen": ("Chosen",),
    "registers": ("Ambiguity", "Option", "Variant"),
    "loading": ("load", "loads", "shipped", "shipped_names"),
    "numbers": ("Exact",),
    "rubric": ("Rubric",),
    "sensitivity.report": ("WhatIf",),
    "sensitivity.results": ("Farthest", "Indicator", "Moves", "Variation"),
    "sensitivity.whatif": ("whatif",),
    "testing.bounds": ("ScoreBounds",),
    "testing.certificate": ("LawResult", "Proof"),
    "testing.prove": ("prove",),
    "scoring.tally_model": ("TallyModel",),
    "scoring.unit": ("Tally", "TallyValue", "Unit"),
}


if TYPE_CHECKING:
    from govrubric.cases.coverage import Coverage, CoveragePoint
    from govrubric.cases.outcomes import CaseFile, CaseReport, CaseResult, test
    from govrubric.cases.run import Expectation
    from govrubric.checking import check
    from govrubric.comparison.attribution import Effect
    from govrubric.comparison.compare import Change
    from govrubric.comparison.diff import Diff, diff
    from govrubric.comparison.matching import Remark
    from govrubric.comparison.reading_results import AmbiguityReadings, Reading, UnitReading
    from govrubric.comparison.readings import Readings, readings
    from govrubric.comparison.replay import DroppedInput, RefusedUnit, Replay, UnitDiff
    from govrubric.contents import Gate, Grade, Item, Period, Rule, Value
    from govrubric.diagnostics.diagnostic import (
        CardError,
        Diagnostic,
        DraftError,
        GovrubricError,
        Related,
        RubricError,
        TallyError,
    )
    from govrubric.diagnostics.source import Place
    from govrubric.inputs import Input
    from govrubric.language.chosen import Chosen
    from govrubric.loading import load, loads, shipped, shipped_names
    from govrubric.numbers import Exact
    from govrubric.registers import Ambiguity, Option, Variant
    from govrubric.rubric import Rubric
    from govrubric.scoring.card import ScoreCard, verify_many
    from govrubric.scoring.card_files import read_cards
    from govrubric.scoring.comparing import CardComparison, Cause, InputDifference, ItemDifference
    from govrubric.scoring.ledger import Combining, GateScore, Given, ItemScore, RuleScore, ShownValue
    from govrubric.scoring.marginal import Marginal
    from govrubric.scoring.tally_model import TallyModel
    from govrubric.scoring.unit import Tally, TallyValue, Unit
    from govrubric.sensitivity.report import WhatIf
    from govrubric.sensitivity.results import Farthest, Indicator, Moves, Variation
    from govrubric.sensitivity.whatif import whatif
    from govrubric.testing.bounds import ScoreBounds
    from govrubric.testing.certificate import LawResult, Proof
    from govrubric.testing.prove import prove
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

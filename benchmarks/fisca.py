"""The district form as an OpenFisca system: one person is one unit, a variable for each input, each leaf and the total."""

from typing import Any

import numpy
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

import govrubric
from form import Leaf, Term, leaves, worked

YEAR = "2023"
TYPES = {"count": int, "flag": bool, "number": float}


def _named(path: str) -> str:
    return path.replace(".", "__")


def _formula(leaf: Leaf) -> Any:
    def formula(person: Any, period: Any) -> Any:
        def term(one: Term) -> Any:
            return float(one.each) * person(_named(one.name), period)

        return worked(leaf, term, lambda value: numpy.maximum(value, 0), numpy.minimum)

    return formula


def system(rubric: govrubric.Rubric) -> Any:
    """The form as a country of its own; floats, as OpenFisca has them: 32 bits."""
    entity = build_entity("unit", "units", "a unit", is_person=True)
    made = TaxBenefitSystem([entity])

    def add(name: str, kind: type, formula: Any = None) -> None:
        fields = {"value_type": kind, "entity": entity, "definition_period": DateUnit.YEAR, "label": name}
        made.add_variable(type(name, (Variable,), fields | ({"formula": formula} if formula else {})))

    for name, one in rubric.inputs.items():
        add(_named(name), TYPES[one.kind])
    parts = list(leaves(rubric))
    for leaf in parts:
        add(f"score__{_named(leaf.path)}", float, _formula(leaf))
    add(
        "total",
        float,
        lambda unit, period: numpy.round(
            sum(unit(f"score__{_named(leaf.path)}", period) for leaf in parts), 2
        ),
    )
    return made


def together(made: Any, columns: dict[str, Any], units: int) -> Any:
    """Many units at once -> their totals."""
    simulation = SimulationBuilder().build_default_simulation(made, count=units)
    for name, column in columns.items():
        simulation.set_input(_named(name), YEAR, column)
    return simulation.calculate("total", YEAR)


def alone(made: Any, tally: dict[str, Any]) -> float:
    """One unit -> its total."""
    values = {_named(name): {YEAR: value} for name, value in tally.items()}
    return float(
        SimulationBuilder().build_from_entities(made, {"units": {"one": values}}).calculate("total", YEAR)[0]
    )

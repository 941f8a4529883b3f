"""The district form as an OpenFisca system: a person is a unit, a variable an input, a leaf or the total."""

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
        def value_of(term: Term) -> Any:
            return float(term.each) * person(_named(term.name), period)

        return worked(leaf, value_of, lambda value: numpy.maximum(value, 0), numpy.minimum)

    return formula


def system(rubric: govrubric.Rubric) -> Any:
    """The form as a country of its own, in the floats of OpenFisca, of 32 bits."""
    entity = build_entity("unit", "units", "a unit", is_person=True)
    country = TaxBenefitSystem([entity])

    def add(name: str, kind: type, formula: Any = None) -> None:
        fields = {"value_type": kind, "entity": entity, "definition_period": DateUnit.YEAR, "label": name}
        country.add_variable(type(name, (Variable,), fields | ({"formula": formula} if formula else {})))

    for name, input_ in rubric._inputs.items():
        add(_named(name), TYPES[input_.kind])
    parts = list(leaves(rubric))
    for leaf in parts:
        add(f"score__{_named(leaf.path)}", float, _formula(leaf))

    def total(unit: Any, period: Any) -> Any:
        return numpy.round(sum(unit(f"score__{_named(leaf.path)}", period) for leaf in parts), 2)

    add("total", float, total)
    return country


def together(country: Any, columns: dict[str, Any], units: int) -> Any:
    """Many units at once -> their totals."""
    simulation = SimulationBuilder().build_default_simulation(country, count=units)
    for name, column in columns.items():
        simulation.set_input(_named(name), YEAR, column)
    return simulation.calculate("total", YEAR)


def alone(country: Any, tally: dict[str, Any]) -> float:
    """One unit -> its total."""
    values = {_named(name): {YEAR: value} for name, value in tally.items()}
    simulation = SimulationBuilder().build_from_entities(country, {"units": {"one": values}})
    return float(simulation.calculate("total", YEAR)[0])

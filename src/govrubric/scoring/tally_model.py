"""Inputs -> a model of pydantic, for programs that take tallies from outside, such as those of FastAPI.

Each field is checked by the function that checks a tally, so that both refuse the same, with the same words.
"""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, NamedTuple

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
    create_model,
)
from pydantic_core import PydanticCustomError

from govrubric.diagnostics.diagnostic import Diagnostic, TallyError
from govrubric.formula.nodes import Input, deciding
from govrubric.plan.plan import Plan
from govrubric.scoring.derived_flags import DerivedFlags
from govrubric.scoring.tally import LABELS, check, label
from govrubric.scoring.tally_schema import of_input, of_label
from govrubric.scoring.unit import TallyValue
from govrubric.scoring.values import called, is_true, left_out

_LEFT_OUT = object()


class TallyModel(BaseModel):
    """A tally of one rubric, checked: `unit`, `name` and the inputs, each by its dotted name."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", frozen=True, protected_namespaces=())
    names: ClassVar[Mapping[str, str]] = {}

    def tally(self) -> dict[str, TallyValue]:
        """What was given, as `Rubric.score` takes it."""
        return {
            name: getattr(self, field) for field, name in self.names.items() if field in self.model_fields_set
        }


def model(title: str, plan: Plan, language: str) -> type[TallyModel]:
    """A model with a field for each input, whose alias is the input's name.

    The flags that excuse an input which must otherwise be given stand before all else, with what conditions
    read that excuse some, and the counts that decide which numbers are possible.
    """
    by_name, excused, derived = {known.name: known for known in plan.inputs}, plan.excused, DerivedFlags(plan)
    flags = {flag for names in excused.values() for flag in names}
    first = [*(name for name in by_name if name in flags), *derived.read(), *deciding(plan.inputs)]
    ordered = [by_name[name] for name in dict.fromkeys([*first, *by_name])]
    # A field has the name of its input, by which errors name it, but for those that a class may have already.
    places = {
        known.name: known.name if "." in known.name else f"input_{place}"
        for place, known in enumerate(ordered)
    }
    fields: dict[str, Any] = {key: (_label_of(key, language), Field(default=None)) for key in LABELS}
    for known in ordered:
        excuses = _Excuses(frozenset(excused.get(known.name, ())), places, derived)
        cases = None
        if known.each is not None:
            cases = by_name[known.each.of], places[known.each.of]
        fields[places[known.name]] = (_field_of(known, excuses, cases, language), _default(known, excuses))
    made = create_model("Tally", __base__=TallyModel, **fields)
    made.names = {**{key: key for key in LABELS}, **{place: name for name, place in places.items()}}
    made.model_config["title"] = title
    return made


class _Excuses(NamedTuple):
    """The flags that excuse an input: inputs of a tally, or derived from some; `places` are their fields."""

    flags: frozenset[str]
    places: Mapping[str, str]
    derived: DerivedFlags

    def hold(self, data: Mapping[str, Any]) -> bool:
        """Whether one of them is true, by the fields that were checked."""
        bare = {name: _bare(data[place]) for name, place in self.places.items() if place in data}
        if any(is_true(bare.get(flag)) for flag in self.flags):
            return True
        given = {name: value for name, value in bare.items() if value is not None}
        return not self.flags.isdisjoint(self.derived.raised_by(given))


def _default(known: Input, excuses: _Excuses) -> Any:
    if not known.required:
        return Field(default=left_out(known), alias=known.name)
    if excuses.flags:
        return Field(default_factory=lambda: _LEFT_OUT, validate_default=True, alias=known.name)
    return Field(alias=known.name)


def _field_of(known: Input, excuses: _Excuses, cases: tuple[Input, str] | None, language: str) -> Any:
    """The type of a field; `cases` are the count that decides its range, and the field of that."""

    def checked(value: Any, info: ValidationInfo) -> Any:
        if value is not _LEFT_OUT:
            inputs, tally = {known.name: known}, {known.name: value}
            if cases is not None and cases[1] in info.data:  # else the count is wrong itself
                inputs = {cases[0].name: cases[0], **inputs}
                tally[cases[0].name] = info.data[cases[1]]
            try:
                check(inputs, tally, language=language)
            except TallyError as error:
                raise _wrong(error.diagnostics[0], language) from None
            return value
        if not excuses.hold(info.data):
            raise _wrong(Diagnostic.of("GR602", None, (known.name,), **called(known)), language)
        return None

    return Annotated[Any, PlainValidator(checked), WithJsonSchema(of_input(known, number="integer"))]


def _label_of(key: str, language: str) -> Any:
    def checked(value: Any) -> str | None:
        said = label(key, value)
        if isinstance(said, Diagnostic):
            raise _wrong(said, language)
        return said

    return Annotated[str | None, PlainValidator(checked), WithJsonSchema(of_label(key))]


def _bare(value: Any) -> Any:
    """A value that was checked, alone or beside evidence."""
    return value.get("value") if isinstance(value, dict) else value


def _wrong(finding: Diagnostic, language: str) -> PydanticCustomError:
    text = f"{finding.message(language)}; {finding.help(language)}"
    return PydanticCustomError(finding.code, "{text}", {"text": text})

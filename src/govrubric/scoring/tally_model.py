"""Inputs -> a model of pydantic, for programs that take tallies from outside, such as those of FastAPI.

Each field is checked by the function that checks a tally, so that both refuse the same, with the same words.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar

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


def model(
    title: str, inputs: Iterable[Input], excused: Mapping[str, tuple[str, ...]], language: str
) -> type[TallyModel]:
    """A model with a field for each input, whose alias is the input's name.

    `excused` has the flags that excuse an input which must otherwise be given. They stand before all else,
    with the counts that decide which numbers are possible.
    """
    by_name = {known.name: known for known in inputs}
    first = {flag for names in excused.values() for flag in names}
    first |= deciding(by_name.values())
    ordered = sorted(by_name.values(), key=lambda known: known.name not in first)
    # A field has the name of its input, by which errors name it, but for those that a class may have already.
    places = {
        known.name: known.name if "." in known.name else f"input_{place}"
        for place, known in enumerate(ordered)
    }
    fields: dict[str, Any] = {key: (_label_of(key, language), Field(default=None)) for key in LABELS}
    for known in ordered:
        excuses = tuple(places[flag] for flag in excused.get(known.name, ()))
        cases = None
        if known.each is not None:
            cases = by_name[known.each.of], places[known.each.of]
        fields[places[known.name]] = (_field_of(known, excuses, cases, language), _default(known, excuses))
    made = create_model("Tally", __base__=TallyModel, **fields)
    made.names = {**{key: key for key in LABELS}, **{place: name for name, place in places.items()}}
    made.model_config["title"] = title
    return made


def _default(known: Input, excuses: tuple[str, ...]) -> Any:
    if not known.required:
        return Field(default=left_out(known), alias=known.name)
    if excuses:
        return Field(default_factory=lambda: _LEFT_OUT, validate_default=True, alias=known.name)
    return Field(alias=known.name)


def _field_of(known: Input, excuses: tuple[str, ...], cases: tuple[Input, str] | None, language: str) -> Any:
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
        if not any(_is_raised(info.data.get(place)) for place in excuses):
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


def _is_raised(value: Any) -> bool:
    """Whether a flag that was checked is true, alone or beside evidence."""
    return is_true(value.get("value") if isinstance(value, dict) else value)


def _wrong(finding: Diagnostic, language: str) -> PydanticCustomError:
    text = f"{finding.message(language)}; {finding.help(language)}"
    return PydanticCustomError(finding.code, "{text}", {"text": text})

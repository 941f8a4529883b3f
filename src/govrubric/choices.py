"""Rubric x the names of a variant and of readings -> that rubric, made when first asked for."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Generic, Self, TypeVar

from govrubric import registers
from govrubric.diagnostics.diagnostic import Diagnostic, RubricError, TallyError
from govrubric.diagnostics.display import ECHO, plain, shown
from govrubric.language.chosen import Chosen
from govrubric.language.rubric_text import RubricText
from govrubric.lint import variants
from govrubric.lint.patches import UnknownChoiceError, settled
from govrubric.lint.variants import ConflictError, Made
from govrubric.registers import Ambiguity, Variant
from govrubric.scoring.ledger import ReadingUsed, VariantUsed
from govrubric.scoring.tally import VARIANT, own_label

R = TypeVar("R")


class Choices(Generic[R]):
    """A rubric as it stands, and the rubrics that its variants and readings make; threads may share it."""

    def __init__(self, text: RubricText, base: R, make: Callable[[Made], R]) -> None:
        self.text: RubricText = text
        self.base: R = base
        self._make: Callable[[Made], R] = make
        self.made: dict[Chosen, R] = {}

    def add(self, made: Made) -> None:
        """Keep a rubric that was made when the text was loaded."""
        self.made[made.chosen] = self._make(made)

    def of(self, variant: str | None, readings: Mapping[str, str]) -> R:
        """The rubric of some names.

        Raises `UnknownChoiceError` for a name that there is not, `ConflictError` where readings exclude each
        other, and `RubricError` where they make no sound rubric together.
        """
        chosen = settled(self.text, variant, readings)
        if not chosen:
            return self.base
        if chosen not in self.made:
            made = variants.chosen(self.text, chosen)
            if made.text is None:
                found = [replace(finding, place=None, related=()) for finding in made.found]
                raise RubricError(found, self.text.language)
            self.add(made)
        return self.made[chosen]

    def asked(self, variant: str | None, readings: Mapping[str, str]) -> R:
        """The same for a caller, with the errors that `Rubric.reading` lists."""
        try:
            return self.of(variant, readings)
        except UnknownChoiceError as error:
            raise (ValueError if error.code == "GR389" else KeyError)(str(error)) from None

    def named(self, variant: str | None, readings: Mapping[str, str]) -> R | None:
        """The rubric that a card names; ``None`` where there is none."""
        try:
            return self.of(variant, readings)
        except ValueError:
            return None

    def of_tally(self, said: object, chosen: Chosen) -> R:
        """The rubric of the variant that a tally says; raises `TallyError` for what is none, or another."""
        language = self.text.language
        name = own_label(VARIANT, said, language) if isinstance(said, str) else None
        if name is None:
            found = Diagnostic.of("GR636", None, (VARIANT,), key=VARIANT, kind=plain(shown(said), ECHO))
            raise TallyError([found], language)
        if chosen.variant not in (None, name):
            found = Diagnostic.of("GR622", None, (VARIANT,), key=VARIANT, said=name, given=chosen.variant)
            raise TallyError([found], language)
        try:
            return self.of(name, dict(chosen.readings))
        except ConflictError:
            raise TallyError([Diagnostic.of("GR390", None, (VARIANT,))], language) from None
        except RubricError as error:
            raise TallyError(error.diagnostics, language) from None
        except UnknownChoiceError as error:
            raise TallyError([Diagnostic.of(error.code, None, error.key, **error.shown)], language) from None

    def used(self, chosen: Chosen) -> tuple[VariantUsed | None, tuple[ReadingUsed, ...]]:
        """What a card says of a choice."""
        variants_ = {one.id: one.patch for one in self.text.variants}
        options = {
            (ambiguity.id, option.id): option.patch
            for ambiguity in self.text.ambiguities
            for option in ambiguity.named
        }
        readings = tuple(ReadingUsed(*one, options[one].title) for one in chosen.readings)
        if chosen.variant is None:
            return None, readings
        return VariantUsed(chosen.variant, variants_[chosen.variant].title), readings


class Choosable:
    """A rubric that holds others: the part of `Rubric` that is about its variants and readings."""

    _text: RubricText
    _chosen: Chosen

    @cached_property
    @abstractmethod
    def _choices(self) -> Choices[Self]:
        """The rubric as it stands, and those that its variants and readings make."""

    @property
    def variants(self) -> Mapping[str, Variant]:
        """The variants of the rubric for classes of units, by their ids, in file order."""
        return registers.variants(self._text)

    @property
    def ambiguities(self) -> Mapping[str, Ambiguity]:
        """Where the official text is unclear, and how it may be read, by id, in file order."""
        return registers.ambiguities(self._text)

    @property
    def chosen(self) -> Chosen:
        """Which variant this is and with which readings; nothing of either for the rubric as it stands."""
        return self._chosen

    def variant(self, name: str) -> Self:
        """The rubric for a class of units, with the same readings; raises `KeyError` for an unknown name.

        With readings it may raise `ValueError`, as `reading` does.
        """
        return self._choices.asked(name, dict(self._chosen.readings))

    def reading(self, **options: str) -> Self:
        """The rubric with other readings: an option for each ambiguity that is named, by their ids.

        A tally of a variant with which they cannot hold is refused when it is scored.

        Raises:
            KeyError: for an ambiguity or an option that there is not.
            ValueError: for an option that is words alone, readings that exclude each other, and, as
                `RubricError`, readings that make no sound rubric together.
        """
        return self._choices.asked(self._chosen.variant, {**dict(self._chosen.readings), **options})

    def _named(self, variant: str | None, readings: Mapping[str, str]) -> Self | None:
        """The rubric that a card names, which is this one where it is chosen already."""
        return self if self._chosen else self._choices.named(variant, readings)

    def _classes(self) -> tuple[Self, ...]:
        """The rubric itself and, where it is none itself, each of its variants."""
        readings = dict(self._chosen.readings)
        made = (self._choices.named(variant.id, readings) for variant in self._text.variants)
        return (self, *(one for one in made if one is not None))

    def _of_variant(self, said: object) -> Self:
        """The rubric of the variant that a tally says; raises `TallyError`."""
        return self if said is None else self._choices.of_tally(said, self._chosen)

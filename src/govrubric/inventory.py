"""Rubric -> what it says of itself and all that it contains, made when it is first asked for."""

from abc import abstractmethod
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from govrubric.diagnostics.display import plain
from govrubric.diagnostics.near import nearest
from govrubric.language.rubric_text import RubricText
from govrubric.numbers import Exact, as_exact
from govrubric.plan.plan import Plan

if TYPE_CHECKING:
    from govrubric.contents import Contents, Gate, Grade, Item, Period, Rule, Value
    from govrubric.inputs import Input


class Inventory:
    """The part of `Rubric` that is about what it says of itself and what it contains."""

    _text: RubricText

    @cached_property
    @abstractmethod
    def _plan(self) -> Plan:
        """The rubric as lines of formulas."""

    @property
    def id(self) -> str:
        """The rubric's own name, such as ``library-2025``."""
        return self._text.id

    @property
    def title(self) -> str:
        """The official title."""
        return self._text.title

    @property
    def language(self) -> str:
        """The language tag of its reports and messages: ``en``, ``zh-CN``."""
        return self._text.language

    @property
    def maximum(self) -> Exact:
        """Full marks of the whole."""
        return as_exact(self._text.total)

    @property
    def valid(self) -> "Period | None":
        """The days for which the rubric holds; ``None`` where it names none."""
        from govrubric.contents import Period

        valid = self._text.valid
        return None if valid is None else Period(valid.start, valid.to)

    @property
    def items(self) -> Mapping[str, "Item"]:
        """Every item by its path, from the whole rubric (the empty path) down, in file order."""
        return self._contents.items

    @property
    def rules(self) -> Mapping[str, "Rule"]:
        """Every rule by its path, in file order."""
        return self._contents.rules

    @property
    def inputs(self) -> Mapping[str, "Input"]:
        """What a tally may give, by name, in file order: the facts, and then the inputs of each item."""
        return self._contents.inputs

    @property
    def facts(self) -> Mapping[str, "Input"]:
        """The inputs that belong to no rule, by name, in file order."""
        return self._contents.facts

    @property
    def gates(self) -> Mapping[str, "Gate"]:
        """Every veto and cap by its path, in file order, those of the whole rubric first."""
        return self._contents.gates

    @property
    def values(self) -> Mapping[str, "Value"]:
        """Every named value by its path, in file order, those of the whole rubric first."""
        return self._contents.values

    @property
    def grades(self) -> tuple["Grade", ...]:
        """The grades of the whole, best first; empty where there are none."""
        return self._contents.grades

    def item(self, path: str) -> "Item":
        """The item of a path, as in `items`; raises `KeyError`, which names the nearest path."""
        if path not in self.items:
            near = nearest(path, self.items)
            raise KeyError(f"no item '{plain(path)}'" + (f"; did you mean {near!r}?" if near else ""))
        return self.items[path]

    @cached_property
    def _contents(self) -> "Contents":
        # Imported here, since most programs that score never ask for it.
        from govrubric.contents import contents

        return contents(self._text, self._plan)

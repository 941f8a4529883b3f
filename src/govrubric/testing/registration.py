"""Hypothesis is imported -> it knows what a `Rubric` is, from when there is one: ``st.from_type(Rubric)`` draws rubrics.

Hypothesis calls `register` whenever it is imported, also by those who never heard of us, so it must not import pydantic.
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any

MODULE = "govrubric.rubric"


def register() -> None:
    """Tell Hypothesis at once if the class is there, and else as soon as its module is imported."""
    if MODULE in sys.modules:
        _tell(sys.modules[MODULE])
    else:
        sys.meta_path.insert(0, _Waiting())


def _tell(module: ModuleType) -> None:
    from hypothesis import strategies as st  # noqa: PLC0415 - it is being imported

    def resolve(_: type) -> "st.SearchStrategy[object]":
        from govrubric.testing.strategies.rubric import rubrics  # noqa: PLC0415 - what draws is needed by those who ask

        return rubrics()

    st.register_type_strategy(module.Rubric, resolve)


class _Waiting(MetaPathFinder):
    """Steps aside for whoever finds the module, and has a word with it once it was imported."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != MODULE:
            return None
        sys.meta_path.remove(self)
        spec = find_spec(fullname)
        assert spec is not None, "somebody imports it"
        loader: Any = spec.loader

        def execute(module: ModuleType) -> None:
            del loader.exec_module  # a loader may serve other modules too
            loader.exec_module(module)
            _tell(module)

        loader.exec_module = execute
        return spec

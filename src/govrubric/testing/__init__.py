"""Tests of rubrics: random tallies and rubrics, the laws of the language, and a check of tables' backends.

>>> import govrubric
>>> from govrubric.testing import check_all_laws
>>> check_all_laws(govrubric.shipped("2023-department"), examples=5)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = ["check_all_laws", "check_backend", "check_law", "laws", "rubrics", "tallies"]

# The module that defines each name. It is imported at the first use of the name, because every run of pytest
# imports this package for its plugin.
_MODULES = {
    "backends": ("check_backend",),
    "proof": ("check_all_laws", "check_law"),
    "strategies.rubric": ("rubrics",),
    "strategies.tally": ("tallies",),
}


if TYPE_CHECKING:
    from govrubric.testing import laws
    from govrubric.testing.backends import check_backend
    from govrubric.testing.proof import check_all_laws, check_law
    from govrubric.testing.strategies.rubric import rubrics
    from govrubric.testing.strategies.tally import tallies
else:  # to a type checker, a module with this function has every name, misspelt ones too

    def __getattr__(name: str) -> Any:
        if name == "laws":  # a module
            return import_module("govrubric.testing.laws")
        for module, names in _MODULES.items():
            if name in names:
                value = getattr(import_module(f"govrubric.testing.{module}"), name)
                globals()[name] = value
                return value
        raise AttributeError(f"module 'govrubric.testing' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__

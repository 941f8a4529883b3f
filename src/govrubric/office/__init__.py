"""A table from an office (Word, Excel, CSV) -> the draft of a rubric.

>>> from govrubric import office
>>> sorted(office.__all__)
['Counts', 'Draft', 'Position', 'draft']
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = ["Counts", "Draft", "Position", "draft"]

# The module that defines each name. It is imported at the first use of the name, since it needs an extra.
_MODULES = {"clauses": ("Position",), "drafting": ("Counts", "Draft", "draft")}

if TYPE_CHECKING:
    from govrubric.office.clauses import Position
    from govrubric.office.drafting import Counts, Draft, draft
else:  # to a type checker, a module with this function has every name, misspelt ones too

    def __getattr__(name: str) -> Any:
        for module, names in _MODULES.items():
            if name in names:
                value = getattr(import_module(f"govrubric.office.{module}"), name)
                globals()[name] = value
                return value
        raise AttributeError(f"module 'govrubric.office' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__

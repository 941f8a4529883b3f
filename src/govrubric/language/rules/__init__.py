"""The verbs, one file each. A file dropped in here is a verb: the union, the messages and the manual pick it up."""

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Union

from pydantic import Discriminator, Tag

from govrubric.language.rules._rule import Rule


def _verbs() -> dict[str, type[Rule]]:
    found = {}
    for module in pkgutil.iter_modules(__path__):
        if not module.name.startswith("_"):
            rule = next(
                value
                for value in vars(import_module(f"{__name__}.{module.name}")).values()
                if isinstance(value, type)
                and issubclass(value, Rule)
                and getattr(value, "verb", None) == module.name
            )
            found[rule.verb] = rule
    return found


VERBS = _verbs()


def _verb_of(value: object) -> str | None:
    """The tag of the one verb that a rule uses; none when it uses none or several."""
    if isinstance(value, Rule):
        return f"verb:{value.verb}"
    used = [verb for verb in VERBS if isinstance(value, dict) and verb in value]
    return f"verb:{used[0]}" if len(used) == 1 else None


if TYPE_CHECKING:
    AnyRule = Rule
else:
    # A checker sees the base; at run time the field is the real union, so that dumps hold each verb's own fields.
    _tagged = tuple(Annotated[rule, Tag(f"verb:{verb}")] for verb, rule in VERBS.items())
    AnyRule = Annotated[Union[_tagged], Discriminator(_verb_of)]  # noqa: UP007 - the members are only known now

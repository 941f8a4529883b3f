"""The verbs of rules, a file each: a new file here is a new verb, and the rest of govrubric finds it.

The union of rules, the messages that list verbs, the language reference and random rubrics read `VERBS`.
"""

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Union

from pydantic import Discriminator, Tag

from govrubric.language.rules._rule import Rule


def _verbs() -> dict[str, type[Rule]]:
    """The class of each verb: the subclass of `Rule` in a module whose name is its verb."""
    verbs = {}
    for module in pkgutil.iter_modules(__path__):
        if not module.name.startswith("_"):
            values = vars(import_module(f"{__name__}.{module.name}")).values()
            rules = [value for value in values if isinstance(value, type) and issubclass(value, Rule)]
            verbs[module.name] = next(rule for rule in rules if getattr(rule, "verb", None) == module.name)
    return verbs


VERBS = _verbs()


def _verb_of(value: object) -> str | None:
    """The tag of a rule's verb; ``None`` where the rule has no verb or several."""
    if isinstance(value, Rule):
        return f"verb:{value.verb}"
    used = [verb for verb in VERBS if isinstance(value, dict) and verb in value]
    return f"verb:{used[0]}" if len(used) == 1 else None


if TYPE_CHECKING:
    AnyRule = Rule
else:
    # A type checker sees the base class. At run time the field is the union, so that dumps have each verb's
    # fields.
    _tagged = tuple(Annotated[rule, Tag(f"verb:{verb}")] for verb, rule in VERBS.items())
    AnyRule = Annotated[Union[_tagged], Discriminator(_verb_of)]  # noqa: UP007 - `|` needs types, not a tuple

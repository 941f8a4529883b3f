"""Names -> the order in which items and values are planned, and the circles in which they need each other.

Source: language section 8.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from govrubric.expressions.dependencies import named, requests
from govrubric.expressions.parser import Parsed
from govrubric.language.rubric_text import join
from govrubric.plan.names import VALUES, Names, NameScope, texts

# In so many rounds each circle that is met is broken at its first request; in as many more at its last, where
# fewer rounds find all. If there are circles even then, all requests are dropped.
ROUNDS = 20


class ItemOrder(NamedTuple):
    """The paths of all items and values, each after those that it needs; and the circles.

    A circle is a list of paths. Its key is the request at which it is refused: the item or value whose text
    asks for another, and that other one.
    """

    paths: list[str]
    circles: dict[tuple[str, str], list[str]]


def item_order(names: Names) -> ItemOrder:
    """The order of planning items: parts before their group, an item before each item that asks for it.

    A value comes before whatever uses it, and one that no item needs comes after all items. Where that leaves
    a choice, file order decides. `graphlib` would choose otherwise, and so change the order of lines; and of
    several circles it names only one.
    """
    # For each item or value what it needs, and whether a text asks for it (else it is a part).
    needs = {path: {join(path, part.id): False for part in item.items} for path, item in names.items.items()}
    for path, item in names.items.items():
        for key, text in texts(item):
            if key[0] != VALUES:
                rule = join(path, item.rules[int(key[1])].id) if key[0] == "rules" else ""
                for needed in _needed(text.parsed, NameScope(names, {}, path, rule)):
                    needs[path].setdefault(needed, True)
    exempting = {
        path: [*_needed(item.exempt_when.parsed, NameScope(names, {}, path))]
        for path, item in names.items.items()
        if item.exempt_when is not None
    }
    for path, owned in names.values.items():
        scope = NameScope(names, {}, owned.item)
        needs[path] = dict.fromkeys(_needed(owned.value.text.formula.parsed, scope), True)
        if owned.item:  # it is 0 while its item does not apply, which items above and below it decide
            for other, used in exempting.items():
                if _in_one_branch(owned.item, other):
                    needs[path] |= {value: True for value in used if value in names.values}
    circles: dict[tuple[str, str], list[str]] = {}
    for number in range(2 * ROUNDS):
        paths, new_circles = _sorted(needs, at_last=number >= ROUNDS)
        if not new_circles:
            return ItemOrder(paths, circles)
        circles |= new_circles
        for asking, needed in new_circles:
            del needs[asking][needed]
    parts_alone = {
        path: {needed: False for needed, is_asked in all_needed.items() if not is_asked}
        for path, all_needed in needs.items()
    }
    return ItemOrder(_sorted(parts_alone)[0], circles)


def _in_one_branch(item: str, other: str) -> bool:
    """Whether two items are the same, or one stands within the other."""
    return f"{item}.".startswith(f"{other}.") or f"{other}.".startswith(f"{item}.")


def _needed(parsed: Parsed, scope: NameScope) -> Iterator[str]:
    """The items and values that a text asks for."""
    for request in requests(parsed):
        if (item := scope.path_of_item(request.name)) is not None:
            yield item
    for name in named(parsed) if scope.names.values else ():
        value = scope.path_of(name)
        if value is not None and value in scope.names.values:
            yield value


def _sorted(
    needs: dict[str, dict[str, bool]], *, at_last: bool = False
) -> tuple[list[str], dict[tuple[str, str], list[str]]]:
    """The items depth first, and the circles that were met, each by its first request, or its last.

    `needs` has for each item the items that it needs, and whether a text asks for them.
    """
    paths: dict[str, None] = {}  # in the order in which they are done
    circles: dict[tuple[str, str], list[str]] = {}
    for start, first in needs.items():  # the root, which needs all items; then values that no item needs
        # A stack in place of recursion: the way from the start to the current item, each with the rest of its
        # needs.
        way = [] if start in paths else [(start, iter(first))]
        depths = {start: 0}  # of the items on the way
        while way:
            path, rest = way[-1]
            needed = next(rest, None)
            if needed is None:
                paths[path] = None
                way.pop()
                del depths[path]
            elif needed in depths:
                circle = [item for item, _ in way[depths[needed] :]] + [needed]
                pairs = zip(circle[-2::-1], circle[:0:-1], strict=True) if at_last else pairwise(circle)
                request = next((pair for pair in pairs if needs[pair[0]][pair[1]]), None)
                assert request is not None, "parts alone make no circle"
                circles[request] = circle
            elif needed not in paths:
                depths[needed] = len(way)
                way.append((needed, iter(needs[needed])))
    return list(paths), circles

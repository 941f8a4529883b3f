"""Item without full marks -> what it may add or take, in words: 加分项，最多10分."""

from govrubric.diagnostics.diagnostic import Lang
from govrubric.numbers import written
from govrubric.plan.plan import PlannedItem

PHRASES = {
    "en": {
        "adds": "bonus", "takes": "deduction", "both": "bonus or deduction",
        "most": ", at most {}", "most added": ", at most {} added", "most taken": ", at most {} off",
        "no end": ", no ceiling",
    },
    "zh": {
        "adds": "加分项", "takes": "扣分项", "both": "加减分项",
        "most": "，最多{}分", "most added": "，最多加{}分", "most taken": "，最多扣{}分", "no end": "，不封顶",
    },
}  # fmt: skip


def on_top(item: PlannedItem, lang: Lang) -> str:
    """What an item without full marks may add or take."""
    phrases = PHRASES[lang]
    adds, below = item.usual[1] is None, item.floor is None or item.floor < 0
    taken = phrases["most taken"].format(written(-item.floor)) if item.floor is not None and below else ""
    if not adds:
        return phrases["takes"] + taken
    kind, most = ("both", "most added") if below else ("adds", "most")
    added = phrases["no end"] if item.ceiling is None else phrases[most].format(written(item.ceiling))
    return phrases[kind] + added + taken


def is_in_words(item: PlannedItem, key: str) -> bool:
    """Whether the words of `on_top` say the floor or the ceiling of an item."""
    if item.item.weight is not None:
        return False
    if key == "floor":
        return item.floor is None or item.floor <= 0
    return item.usual[1] is None or item.ceiling == 0

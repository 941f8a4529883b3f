"""Coverage of a rubric -> a line with the percentage, and a tree of the points that no case touches."""

from collections.abc import Iterator

from govrubric.cases.coverage import Coverage, CoveragePoint
from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain
from govrubric.rubric import Rubric

PHRASES = {
    "en": {
        "coverage": "{}: coverage {} % ({} of {})", "least": ", and {} % is wanted",
        "untouched": "no case has this:", "lines": "… and {} more lines", "grades": "grades",
        "acts": "takes effect", "zero": "comes to zero", "given": "{} is given", "outcome": "outcome {}",
        "capped": "comes to its cap of {}",
        "true": "its condition holds", "false": "its condition does not hold",
        "floor": "just reaches its floor of {}", "below": "is held at its floor of {}",
        "ceiling": "just reaches its ceiling of {}", "above": "is held at its ceiling of {}",
        "absent": "does not apply", "counts": "counts", "uncounted": "does not count",
        "held": "holds", "open": "does not hold",
        "grade": "{} is given", "eligible": "the condition of {} holds",
        "ineligible": "the condition of {} does not hold",
    },
    "zh": {
        "coverage": "{}：覆盖率 {} %（{}/{}）", "least": "，要求 {} %", "untouched": "没有案例涉及：",
        "lines": "……另有 {} 行未列出", "grades": "等次",
        "acts": "起作用", "zero": "为零", "given": "填报了 {}", "outcome": "结果为 {}", "capped": "达到最多 {} 分",
        "true": "条件成立", "false": "条件不成立", "floor": "恰好到下限 {}", "below": "超出下限 {}",
        "ceiling": "恰好到上限 {}", "above": "超出上限 {}", "absent": "不适用",
        "counts": "计入", "uncounted": "不计入", "held": "成立", "open": "不成立",
        "grade": "评为 {}", "eligible": "{} 的条件成立", "ineligible": "{} 的条件不成立",
    },
}  # fmt: skip
MOST = 100  # lines of what no case touches
_GRADES = "?"  # stands for the grades, where points are sorted by their paths


def covered(coverage: Coverage, least: int, lang: Lang) -> str:
    """The percentage, whether it is below `least`, and what no case touches of each item, rule and gate."""
    phrases, rubric = PHRASES[lang], coverage.rubric
    name = f"{rubric.id} ({rubric.chosen})" if rubric.chosen else rubric.id
    headline = phrases["coverage"].format(name, coverage.percent, coverage.touched, coverage.points)
    if coverage.percent < least:
        headline += phrases["least"].format(least)
    lines = [headline]
    if coverage.untouched:
        lines.append(f"  {phrases['untouched']}")
        tree = [f"    {plain(line, 600)}" for line in _tree(rubric, coverage.untouched, lang)]
        lines += tree[:MOST]
        if len(tree) > MOST:
            lines.append(f"    {phrases['lines'].format(len(tree) - MOST)}")
    return "".join(f"{line}\n" for line in lines)


def in_words(point: CoveragePoint, lang: Lang) -> str:
    """What comes about at a point, without its path."""
    return PHRASES[lang][point.kind].format(plain(point.name))


def _tree(rubric: Rubric, points: tuple[CoveragePoint, ...], lang: Lang) -> Iterator[str]:
    """The points under the names of their paths; those of the grades under a heading of their own."""
    phrases, (colon, comma) = PHRASES[lang], {"en": (": ", "; "), "zh": ("：", "；")}[lang]
    by_path: dict[str, list[str]] = {}
    for point in points:
        home = _GRADES if point.kind in ("grade", "eligible", "ineligible") else point.path
        by_path.setdefault(home, []).append(in_words(point, lang))
    titles = _titles(rubric)
    shown: set[str] = set()
    for path, texts in by_path.items():
        listed = comma.join(texts)
        if path in ("", _GRADES):
            yield f"{phrases['grades'] if path else plain(rubric._text.title, 60)}{colon}{listed}"
            continue
        names = path.split(".")
        for depth in range(len(names)):
            above = ".".join(names[: depth + 1])
            if above not in shown:
                shown.add(above)
                title = f" {plain(titles[above], 60)}" if above in titles else ""
                yield f"{'  ' * depth}{names[depth]}{title}" + (f"{colon}{listed}" if above == path else "")


def _titles(rubric: Rubric) -> dict[str, str]:
    """The titles of items, and of the rules and gates that have one, by their paths."""
    titles = {item.path: item.title for item in rubric.items.values()}
    titles |= {rule.path: rule.title for rule in rubric.rules.values() if rule.title is not None}
    return titles | {gate.path: gate.title for gate in rubric.gates.values() if gate.title is not None}

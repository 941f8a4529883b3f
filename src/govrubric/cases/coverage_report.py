"""What cases touch of a rubric -> a line, and the points that none of them touches as a tree."""

from collections.abc import Iterator

from govrubric.cases.coverage import Coverage, Point
from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain
from govrubric.rubric import Rubric

WORDS = {
    "en": {
        "coverage": "{}: coverage {} % ({} of {})", "least": ", and {} % is wanted", "untouched": "no case has this:", "grades": "grades",
        "acts": "takes effect", "zero": "comes to zero", "given": "{} is given", "outcome": "outcome {}", "capped": "comes to its cap of {}",
        "true": "its condition holds", "false": "its condition does not hold", "floor": "just reaches its floor of {}", "below": "is held at its floor of {}",
        "ceiling": "just reaches its ceiling of {}", "above": "is held at its ceiling of {}", "absent": "does not apply",
        "counts": "counts", "uncounted": "does not count", "held": "holds", "open": "does not hold",
        "grade": "{} is given", "eligible": "the condition of {} holds", "ineligible": "the condition of {} does not hold",
    },
    "zh": {
        "coverage": "{}：覆盖率 {} %（{}/{}）", "least": "，要求 {} %", "untouched": "没有案例涉及：", "grades": "等次",
        "acts": "起作用", "zero": "为零", "given": "填报了 {}", "outcome": "结果为 {}", "capped": "达到最多 {} 分",
        "true": "条件成立", "false": "条件不成立", "floor": "恰好到下限 {}", "below": "超出下限 {}",
        "ceiling": "恰好到上限 {}", "above": "超出上限 {}", "absent": "不适用",
        "counts": "计入", "uncounted": "不计入", "held": "成立", "open": "不成立",
        "grade": "评为 {}", "eligible": "{} 的条件成立", "ineligible": "{} 的条件不成立",
    },
}  # fmt: skip


def covered(rubric: Rubric, done: Coverage, least: int, lang: Lang) -> str:
    """The percentage, whether it is below the `least`, and under each item, rule and gate what no case touches."""
    say = WORDS[lang]
    lines = [
        say["coverage"].format(rubric.id, done.percent, done.touched, done.points)
        + (say["least"].format(least) if done.percent < least else "")
    ]
    if done.untouched:
        lines.append(f"  {say['untouched']}")
        lines += [f"    {line}" for line in _tree(rubric, done.untouched, lang)]
    return "".join(f"{line}\n" for line in lines)


def _tree(rubric: Rubric, points: tuple[Point, ...], lang: Lang) -> Iterator[str]:
    say, (colon, comma) = WORDS[lang], {"en": (": ", "; "), "zh": ("：", "；")}[lang]
    by_path: dict[str, list[str]] = {}
    for one in points:
        by_path.setdefault(
            one.path if one.kind not in ("grade", "eligible", "ineligible") else "?", []
        ).append(_told(one, say))
    titles = {item.path: item.item.title for item in rubric.plan.items}
    shown: set[str] = set()
    for path, told in by_path.items():
        if path in ("", "?"):
            yield f"{say['grades'] if path else plain(rubric.text.title, 60)}{colon}{comma.join(told)}"
            continue
        names = path.split(".")
        for depth in range(len(names)):
            above = ".".join(names[: depth + 1])
            if above not in shown:
                shown.add(above)
                title = f" {plain(titles[above], 60)}" if above in titles else ""
                yield f"{'  ' * depth}{names[depth]}{title}" + (
                    f"{colon}{comma.join(told)}" if above == path else ""
                )


def _told(point: Point, say: dict[str, str]) -> str:
    return say[point.kind].format(plain(point.name))

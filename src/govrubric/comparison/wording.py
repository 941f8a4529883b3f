"""Comparison -> rows in words: what changed at which item, before and after, for every format."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from govrubric.comparison.compare import Change, Comparison, named_grades
from govrubric.comparison.matching import Remark
from govrubric.diagnostics.catalogue import CHINESE
from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain
from govrubric.language.gates_text import Gate
from govrubric.numbers import written
from govrubric.plan.plan import PlannedItem
from govrubric.reports.worth import on_top
from govrubric.rubric import Rubric
from govrubric.scoring.sentences import gate_sentence

PHRASES = {
    "en": {
        "rubric": "rubric", "fact": "facts", "grade": "grades", "variant": "variants",
        "ambiguity": "readings of the text", "case": "cases", "gate": "gate {}", "value": "value {}",
        "shown": "{} (shown)",
        "added": "added", "removed": "removed", "renamed": "renamed", "moved": "moved", "verb": "verb",
        "order of item": "order of the parts", "order of rule": "order of the rules",
        "order of gate": "order of the gates", "order of grade": "order of the grades",
        "weighs": "{}, weight {}", "worth": "{}, {}", "when": "when {}", "from": "from {}", "else": "else",
        "cases": "{} added, {} removed, {} changed", "yes": "yes", "no": "no",
        "nothing": "{path}: `was: {was}` names nothing in the older rubric",
        "twice": "{path}: `was: {was}` is said by several, so none of them is followed",
        "list": ", ", "pair": "{}: {}", "was": "{} (was {})", "same": "no difference of meaning",
        "count": "{} difference(s): {} can change what a unit comes to{}, {} cannot",
    },
    "zh": {
        "rubric": "评分表", "fact": "事实", "grade": "等次", "variant": "版本", "ambiguity": "存疑之处",
        "case": "案例", "gate": "门槛 {}", "value": "命名值 {}",
        "shown": "{}（列示）",
        "added": "新增", "removed": "删去", "renamed": "改名", "moved": "移动", "verb": "计分方式",
        "order of item": "各部分次序", "order of rule": "规则次序",
        "order of gate": "门槛次序", "order of grade": "等次次序",
        "weighs": "{}，权重{}", "worth": "{}，{}", "when": "条件：{}", "from": "{}分及以上", "else": "其余",
        "cases": "新增{}个，删去{}个，改动{}个", "yes": "是", "no": "否",
        "nothing": "{path}：`was: {was}` 旧表中没有这一路径",
        "twice": "{path}：不止一处写着 `was: {was}`，因此都不采用",
        "list": "、", "pair": "{}：{}", "was": "{}（原 {}）", "same": "没有实质不同",
        "count": "{}处不同：{}处可能改变结果{}，{}处不改变",
    },
}  # fmt: skip
# Chinese names of common keys; any other key keeps the name that it has in a rubric.
KEYS = {
    "title": "名称", "weight": "权重", "clause": "原文", "note": "备注", "assessed_by": "考评方", "total": "总分",
    "out_of": "评分制", "start": "起评分", "floor": "下限", "ceiling": "上限", "round": "舍入", "valid": "有效期",
    "source": "来源", "language": "语言", "combine": "合成方式", "drop": "去掉", "extra": "附加",
    "not_applicable": "缺项", "counts_when": "计入条件", "at_most": "至多", "at_least": "至少", "when": "条件",
    "input": "共用填报项", "score": "得分", "grade_at_most": "等次不高于", "question": "问题", "decision": "处理",
    "options": "其他理解", "grade_on": "等次依据", "valid.from": "有效期起", "valid.to": "有效期止",
    "source.issuer": "来源机关", "source.document": "来源文件", "round.places": "舍入位数",
    "round.mode": "舍入方式", "drop.lowest": "去掉最低", "drop.highest": "去掉最高",
}  # fmt: skip
AMOUNTS = {"start", "floor", "ceiling"}
VALUES = {"full": "满分", "zero": "零分", "none": "无"}
LONG = 4000  # characters of a text that are shown


class Row(NamedTuple):
    """A change in words; ``None`` on the side where the thing is absent, a dash where a key has no value."""

    scoring: bool
    what: str
    before: str | None
    after: str | None


class Group(NamedTuple):
    """What changed at one item, or in one register of the rubric."""

    path: str
    title: str
    rows: tuple[Row, ...]


def groups(comparison: Comparison, lang: Lang) -> tuple[Group, ...]:
    """All changes, item by item."""
    wording = _Wording(comparison, lang)
    by_home = []
    for home, changes in groupby(comparison.changes, wording.home):
        path, title = wording.heading(home)
        by_home.append(Group(path, title, tuple(wording.rows(list(changes)))))
    return tuple(by_home)


def count(changed: Sequence[Group], lang: Lang, mark: str = "") -> str:
    """How many changes there are, and how many of them can change a score; these have the `mark`."""
    scoring = [row.scoring for group in changed for row in group.rows]
    if not scoring:
        return PHRASES[lang]["same"]
    return PHRASES[lang]["count"].format(len(scoring), sum(scoring), mark, len(scoring) - sum(scoring))


def pair(name: str, text: str, lang: Lang) -> str:
    """A name, a colon and a text."""
    return PHRASES[lang]["pair"].format(name, text)


def remark_in_words(remark: Remark, lang: Lang) -> str:
    """Why a `was` is not followed."""
    return PHRASES[lang][remark.kind].format(path=remark.path, was=plain(remark.was))


def value_in_words(value: Any, lang: Lang, key: str = "", *, inner: bool = False) -> str:
    """Plain data on one line; empty where there is no value. A list or mapping within others has brackets."""
    phrases = PHRASES[lang]
    match value:
        case None:
            return ""
        case bool():
            return phrases["yes" if value else "no"]
        case dict():
            text = ", ".join(
                f"{plain(name)}: {value_in_words(entry, lang, inner=True)}" for name, entry in value.items()
            )
            return f"{{{text}}}" if inner else text
        case list():
            text = ", ".join(value_in_words(entry, lang, inner=True) for entry in value)
            return f"[{text}]" if inner else text
        case _ if lang == "zh" and key in AMOUNTS and value in VALUES:
            return VALUES[value]
        case _:
            return plain(value, LONG)


# Where a change is reported: ("item", its path in each rubric), or (the register, None, None).
Home = tuple[str, str | None, str | None]


class _Wording:
    """The words for the changes between two rubrics."""

    def __init__(self, comparison: Comparison, lang: Lang) -> None:
        self.comparison, self.lang, self.phrases = comparison, lang, PHRASES[lang]
        self.now = {old: new for new, old in comparison.matching.items.items()}
        self.rules = [
            {rule.path: rule.rule for item in rubric._plan.items for rule in item.rules}
            for rubric in (comparison.older, comparison.newer)
        ]

    def home(self, change: Change) -> Home:
        """Where a change is reported: at the item that it belongs to, or in its register."""
        old, new = change.old, change.new
        if change.what not in ("item", "rule", "gate", "value"):
            return (change.what, None, None)
        if change.what != "item" and change.kind != "reordered":
            ids = 2 if change.what == "value" else 1  # a value's path has `values` before its name
            old, new = (None if path is None else above(path, ids) for path in (old, new))
        if new is None:
            new = None if change.what == "item" else self.now.get(old or "")
        if new == "":
            return "rubric", None, None
        return "item", old if new is None else self.comparison.matching.items.get(new), new

    def heading(self, home: Home) -> tuple[str, str]:
        """The path and title of a group of changes."""
        what, old, new = home
        if what != "item":
            return "", self.phrases[what]
        if new is None:
            return old or "", plain(self.comparison.older._items[old or ""].item.title, 200)
        title = plain(self.comparison.newer._items[new].item.title, 200)
        return (new if old in (None, new) else self.phrases["was"].format(new, old)), title

    def rows(self, changes: list[Change]) -> Iterator[Row]:
        """The changes of a group in words; the cases are only counted."""
        by_thing = groupby(changes, lambda change: (change.what, change.old, change.new))
        for (what, old, new), group in by_thing:
            of_thing = list(group)
            if what == "case":
                continue
            # The paths of a change of order are those of the item, not of a rule.
            if what == "rule" and old is not None and new is not None and of_thing[0].kind != "reordered":
                yield from self.rule(of_thing, old, new)
            else:
                for change in of_thing:
                    yield from self.row(change)
        cases = [change for change in changes if change.what == "case"]
        if cases:
            numbers = [
                len({change.new or change.old for change in cases if change.kind == kind})
                for kind in ("added", "removed", "changed")
            ]
            yield Row(False, "", None, self.phrases["cases"].format(*numbers))

    def rule(self, changes: list[Change], old: str, new: str) -> Iterator[Row]:
        """A rule of both: its sentences if they differ, and each key that these do not make clear."""
        was, now = (rules[path] for rules, path in zip(self.rules, (old, new), strict=True))
        before, after = was.says(self.lang), now.says(self.lang)
        keys = [change for change in changes if change.kind == "changed" and change.scoring]
        sentences_differ = bool(keys) and before != after
        # Two sentences make the change of a single key clear, unless a name in the condition changed as well.
        same_expressions = (was.when, was.authored, was.target) == (now.when, now.authored, now.target)
        is_clear = sentences_differ and len(keys) == 1
        is_clear = is_clear and (same_expressions or keys[0].key in ("when", now.verb))
        if sentences_differ:
            yield Row(True, _named(new, now.title), plain(before, LONG), plain(after, LONG))
        for change in changes:
            if change not in keys or not is_clear:
                yield from self.row(change)

    def row(self, change: Change) -> Iterator[Row]:
        """A change by itself."""
        phrases = self.phrases
        if change.kind == "reordered":
            orders = (
                phrases["list"].join(name.rpartition(".")[2] for name in names)
                for names in (change.before, change.after)
            )
            yield Row(change.scoring, phrases[f"order of {change.what}"], *orders)
        elif change.kind in ("renamed", "moved"):
            name = "" if change.what == "item" else f"{self.name(change)} "
            yield Row(change.scoring, f"{name}{phrases[change.kind]}", change.old, change.new)
        elif change.kind == "changed":
            key = self.key(change.key or "")
            values = [
                value_in_words(value, self.lang, change.key or "") or "–"
                for value in (change.before, change.after)
            ]
            label = key if change.what in ("rubric", "item") else f"{self.name(change)} {key}"
            yield Row(change.scoring, label, *values)
        elif change.what == "item":
            yield from self.whole(change, self.of(change)._items[change.new or change.old or ""])
        else:
            label = f"{self.name(change)} {phrases[change.kind]}"
            yield _one_sided(change, change.scoring, label, self.thing(change))

    def whole(self, change: Change, item: PlannedItem) -> Iterator[Row]:
        """An item that was added or removed, with the rules, gates and parts that go with it."""
        matching, phrases = self.comparison.matching, self.phrases
        kept_rules = matching.rules if change.new is not None else set(matching.rules.values())
        kept_items = matching.items if change.new is not None else set(matching.items.values())
        title = plain(item.item.title, 200)
        if item.item.weight is None:
            shown = phrases["worth"].format(title, on_top(item, self.lang))
        else:
            shown = phrases["weighs"].format(title, written(item.item.weight))
        yield _one_sided(change, True, phrases[change.kind], shown)
        for rule in item.rules:
            if rule.path not in kept_rules:
                sentence = plain(rule.rule.says(self.lang), LONG)
                yield _one_sided(change, True, _named(rule.path, rule.rule.title), sentence)
        for value in item.item.values:
            name = phrases["value"].format(_named(value.name, value.text.title))
            yield _one_sided(change, True, name, plain(value.text.formula, LONG))
        for gate in item.item.gates:
            name = _named(gate.id, gate.title)
            yield _one_sided(change, True, phrases["gate"].format(name), self.gate(gate))
        for part in item.parts:
            if part not in kept_items:
                name = part.rpartition(".")[2]
                for row in self.whole(change, self.of(change)._items[part]):
                    yield row._replace(what=f"{name} {row.what}")

    def of(self, change: Change) -> Rubric:
        """The rubric that has the thing."""
        return self.comparison.older if change.new is None else self.comparison.newer

    def name(self, change: Change) -> str:
        path = change.new or change.old or ""
        rubric = self.of(change)
        match change.what:
            case "rule" if change.kind != "reordered":
                return _named(path, rubric.rules[path].title)
            case "gate" if change.kind != "reordered":
                return self.phrases["gate"].format(_named(path, rubric.gates[path].title))
            case "value":
                return self.phrases["value"].format(_named(path, rubric.values[path].title))
            case "fact":
                title = next(fact.title for fact in rubric._text.facts if fact.name == path)
                return _named(path, title)
        return plain(path if change.what in ("grade", "case") else path.rpartition(".")[2])

    def key(self, key: str) -> str:
        if key == "verb":
            return self.phrases["verb"]
        if self.lang == "en":
            return plain(key)
        first, point, rest = key.partition(".")
        return plain(KEYS.get(key) or KEYS.get(first, first) + point + rest)

    def gate(self, gate: Gate) -> str:
        condition = self.phrases["when"].format(gate.when)
        return plain(self.phrases["pair"].format(condition, gate_sentence(gate, self.lang)), LONG)

    def thing(self, change: Change) -> str:
        """A rule, gate, value, grade, fact or reading that was added or removed, in words."""
        rubric, path, phrases = self.of(change), change.new or change.old or "", self.phrases
        match change.what:
            case "rule":
                return plain(self.rules[change.new is not None][path].says(self.lang), LONG)
            case "gate":
                home, _, name = path.rpartition(".")
                gate = next(gate for gate in rubric._items[home].item.gates if gate.id == name)
                return self.gate(gate)
            case "value":
                value = rubric.values[path]
                text = phrases["shown"].format(value.formula) if value.show else value.formula
                return plain(text, LONG)
            case "grade":
                grade = named_grades(rubric._text.grades)[path]
                texts = []
                if grade.start is not None:
                    texts.append(phrases["from"].format(written(grade.start)))
                if grade.when is not None:
                    texts.append(phrases["when"].format(grade.when))
                return plain(phrases["list"].join(texts) or phrases["else"], LONG)
            case "ambiguity":
                entry = next(entry for entry in rubric._text.ambiguities if entry.id == path)
                return plain(f"{entry.question} {entry.decided}", LONG)
            case "variant":
                return plain(next(one.title for one in rubric._text.variants if one.id == path), LONG)
            case _:
                kind = rubric._inputs[path].kind
                return CHINESE[kind] if self.lang == "zh" else kind


def above(path: str, ids: int) -> str:
    """A path without so many ids at its end."""
    return ".".join(path.split(".")[:-ids])


def _one_sided(change: Change, scoring: bool, what: str, text: str) -> Row:
    """A row about an added or removed thing: its text stands on the side of the rubric that has it."""
    before, after = (text, None) if change.new is None else (None, text)
    return Row(scoring, what, before, after)


def _named(path: str, title: str | None) -> str:
    """A rule, gate or fact by its id, and by its title where it has one."""
    name = path.rpartition(".")[2]
    return plain(name) if title is None else f"{plain(name)} {plain(title, 200)}"

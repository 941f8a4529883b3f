"""Comparison -> rows in words: what changed at which item, before and after, for every format."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from govrubric.diagnostics.catalogue import CHINESE
from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain
from govrubric.diff.compare import Change, Comparison
from govrubric.diff.matching import Remark
from govrubric.language.rubric_text import Gate
from govrubric.numbers import written
from govrubric.plan.planner import PlannedItem
from govrubric.rubric import Rubric
from govrubric.scoring.ledger import Action

WORDS = {
    "en": {
        "rubric": "rubric", "fact": "facts", "grade": "grades", "ambiguity": "readings of the text", "case": "cases", "gate": "gate {}",
        "added": "added", "removed": "removed", "renamed": "renamed", "moved": "moved", "verb": "verb", "order of item": "order of the parts",
        "order of rule": "order of the rules", "order of gate": "order of the gates", "order of grade": "order of the grades",
        "weighs": "{}, weight {}", "when": "when {}", "from": "from {}", "else": "else", "cases": "{} added, {} removed, {} changed", "yes": "yes", "no": "no",
        "nothing": "{path}: `was: {was}` names nothing in the older rubric", "twice": "{path}: `was: {was}` is said by several, so none of them is followed",
        "list": ", ", "pair": "{}: {}", "was": "{} (was {})", "same": "no difference of meaning",
        "count": "{} difference(s): {} can change what a unit comes to{}, {} cannot",
    },
    "zh": {
        "rubric": "评分表", "fact": "事实", "grade": "等次", "ambiguity": "文本释义", "case": "案例", "gate": "门槛 {}",
        "added": "新增", "removed": "删去", "renamed": "改名", "moved": "移动", "verb": "计分方式", "order of item": "各部分次序",
        "order of rule": "细则次序", "order of gate": "门槛次序", "order of grade": "等次次序",
        "weighs": "{}，权重 {}", "when": "条件：{}", "from": "{} 分及以上", "else": "其余", "cases": "新增 {} 个，删去 {} 个，改动 {} 个", "yes": "是", "no": "否",
        "nothing": "{path}：`was: {was}` 在旧表中没有所指", "twice": "{path}：不止一处写着 `was: {was}`，故都不沿用",
        "list": "、", "pair": "{}：{}", "was": "{}（原 {}）", "same": "没有实质不同",
        "count": "{} 处不同：{} 处可能改变结果{}，{} 处不改变",
    },
}  # fmt: skip
# Chinese names of the keys that people look for; any other key keeps its name in the language.
KEYS = {
    "title": "名称", "weight": "权重", "clause": "原文", "note": "备注", "assessed_by": "考评方", "total": "总分", "out_of": "评分制", "start": "起点",
    "floor": "下限", "ceiling": "上限", "round": "舍入", "valid": "有效期", "source": "来源", "language": "语言", "combine": "合成方式", "drop": "去掉",
    "extra": "附加", "not_applicable": "缺项", "counts_when": "计入条件", "at_most": "至多", "at_least": "至少", "when": "条件", "input": "共用输入",
    "score": "得分", "grade_at_most": "等次不高于", "question": "问题", "decision": "处理", "options": "其他读法", "grade_on": "等次依据",
    "valid.from": "有效期起", "valid.to": "有效期止", "source.issuer": "来源机关", "source.document": "来源文件", "round.places": "舍入位数",
    "round.mode": "舍入方式", "drop.lowest": "去掉最低", "drop.highest": "去掉最高",
}  # fmt: skip
AMOUNTS = {"start", "floor", "ceiling"}
VALUES = {"full": "满分", "zero": "零分", "none": "无"}
LONG = 4000


class Row(NamedTuple):
    """One change in words; ``None`` on the side where the thing is not, and a dash where it says nothing."""

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
    found = []
    for home, changes in groupby(comparison.changes, wording.home):
        path, title = wording.heading(home)
        found.append(Group(path, title, tuple(wording.rows(list(changes)))))
    return tuple(found)


def count(found: Sequence[Group], lang: Lang, mark: str = "") -> str:
    """How many changes there are, and how many of them can change a score; these have the `mark`."""
    scoring = [row.scoring for group in found for row in group.rows]
    if not scoring:
        return WORDS[lang]["same"]
    return WORDS[lang]["count"].format(len(scoring), sum(scoring), mark, len(scoring) - sum(scoring))


def pair(name: str, told: str, lang: Lang) -> str:
    """A name, a colon and a text."""
    return WORDS[lang]["pair"].format(name, told)


def remark(one: Remark, lang: Lang) -> str:
    """Why a `was` is not followed."""
    return WORDS[lang][one.kind].format(path=one.path, was=plain(one.was))


def value_in_words(value: Any, lang: Lang, key: str = "", *, inner: bool = False) -> str:
    """Plain data on one line; empty where there is none."""
    say = WORDS[lang]
    match value:
        case None:
            return ""
        case bool():
            return say["yes" if value else "no"]
        case dict():
            told = ", ".join(
                f"{plain(name)}: {value_in_words(one, lang, inner=True)}" for name, one in value.items()
            )
            return f"{{{told}}}" if inner else told
        case list():
            told = ", ".join(value_in_words(one, lang, inner=True) for one in value)
            return f"[{told}]" if inner else told
        case _:
            return (
                VALUES[value] if lang == "zh" and key in AMOUNTS and value in VALUES else plain(value, LONG)
            )


Home = tuple[str, str | None, str | None]


class _Wording:
    """The words for the changes between two rubrics."""

    def __init__(self, comparison: Comparison, lang: Lang) -> None:
        self.comparison, self.lang, self.say = comparison, lang, WORDS[lang]
        self.now = {old: new for new, old in comparison.matching.items.items()}
        self.rules = [
            {rule.path: rule.rule for item in one.plan.items for rule in item.rules}
            for one in (comparison.older, comparison.newer)
        ]

    def home(self, change: Change) -> Home:
        """The heading of a change: the paths of its item, or the register that it belongs to."""
        old, new = change.old, change.new
        if change.what not in ("item", "rule", "gate"):
            return (change.what, None, None)
        if (change.what != "item") and change.kind != "reordered":
            old, new = (None if path is None else path.rpartition(".")[0] for path in (old, new))
        if new is None:
            new = None if change.what == "item" else self.now.get(old or "")
        if new == "":
            return "rubric", None, None
        return "item", old if new is None else self.comparison.matching.items.get(new), new

    def heading(self, home: Home) -> tuple[str, str]:
        what, old, new = home
        if what != "item":
            return "", self.say[what]
        if new is None:
            return old or "", plain(self.comparison.older.item(old or "").item.title, 200)
        title = plain(self.comparison.newer.item(new).item.title, 200)
        return (new if old in (None, new) else self.say["was"].format(new, old)), title

    def rows(self, changes: list[Change]) -> Iterator[Row]:
        for (what, old, new), same in groupby(changes, lambda one: (one.what, one.old, one.new)):
            told = list(same)
            if what == "case":
                continue
            # The paths of a change of order are those of the item, not of a rule.
            if what == "rule" and old is not None and new is not None and told[0].kind != "reordered":
                yield from self.rule(told, old, new)
            else:
                yield from (row for one in told for row in self.row(one))
        cases = [one for one in changes if one.what == "case"]
        if cases:
            by_kind = {
                kind: len({one.new or one.old for one in cases if one.kind == kind})
                for kind in ("added", "removed", "changed")
            }
            yield Row(False, "", None, self.say["cases"].format(*by_kind.values()))

    def rule(self, changes: list[Change], old: str, new: str) -> Iterator[Row]:
        """A rule of both: its sentences if they differ, and each key that these do not make clear."""
        name = new.rpartition(".")[2]
        was, now = (rules[path] for rules, path in zip(self.rules, (old, new), strict=True))
        before, after = was.says(self.lang), now.says(self.lang)
        keys = [one for one in changes if one.kind == "changed" and one.scoring]
        told = bool(keys) and before != after
        # Two sentences make the change of a single key clear, unless a name in the condition changed as well.
        all_told = (
            told
            and len(keys) == 1
            and ((was.when, was.authored) == (now.when, now.authored) or keys[0].key in ("when", now.verb))
        )
        if told:
            yield Row(True, name, plain(before, LONG), plain(after, LONG))
        for one in changes:
            if one not in keys or not all_told:
                yield from self.row(one)

    def row(self, one: Change) -> Iterator[Row]:
        """A change by itself."""
        say = self.say
        if one.kind == "reordered":
            orders = (
                say["list"].join(name.rpartition(".")[2] for name in names)
                for names in (one.before, one.after)
            )
            yield Row(one.scoring, say[f"order of {one.what}"], *orders)
        elif one.kind in ("renamed", "moved"):
            name = "" if one.what == "item" else f"{self.name(one)} "
            yield Row(one.scoring, f"{name}{say[one.kind]}", one.old, one.new)
        elif one.kind == "changed":
            key = self.key(one.key or "")
            values = [
                value_in_words(value, self.lang, one.key or "") or "–" for value in (one.before, one.after)
            ]
            yield Row(
                one.scoring, key if one.what in ("rubric", "item") else f"{self.name(one)} {key}", *values
            )
        elif one.what == "item":
            yield from self.whole(one, self.of(one).item(one.new or one.old or ""))
        else:
            told = self.thing(one)
            yield Row(
                one.scoring,
                f"{self.name(one)} {say[one.kind]}",
                *((told, None) if one.new is None else (None, told)),
            )

    def whole(self, one: Change, item: PlannedItem) -> Iterator[Row]:
        """An item that was added or removed, with the rules, gates and parts that go with it."""
        matching = self.comparison.matching
        kept = matching.rules if one.new is not None else set(matching.rules.values())
        items = matching.items if one.new is not None else set(matching.items.values())

        def row(what: str, told: str) -> Row:
            return Row(True, what, *((told, None) if one.new is None else (None, told)))

        yield row(
            self.say[one.kind],
            self.say["weighs"].format(plain(item.item.title, 200), written(item.item.weight)),
        )
        for rule in item.rules:
            if rule.path not in kept:
                yield row(rule.path.rpartition(".")[2], plain(rule.rule.says(self.lang), LONG))
        for gate in item.item.gates:
            yield row(self.say["gate"].format(gate.id), self.gate(gate))
        for part in item.parts:
            if part not in items:
                yield from (
                    Row(below.scoring, f"{part.rpartition('.')[2]} {below.what}", below.before, below.after)
                    for below in self.whole(one, self.of(one).item(part))
                )

    def of(self, one: Change) -> Rubric:
        """The rubric that has the thing."""
        return self.comparison.older if one.new is None else self.comparison.newer

    def name(self, one: Change) -> str:
        path = one.new or one.old or ""
        name = path if one.what in ("grade", "case") else path.rpartition(".")[2]
        return self.say["gate"].format(name) if one.what == "gate" else plain(name)

    def key(self, key: str) -> str:
        if key == "verb" or self.lang == "en":
            return self.say["verb"] if key == "verb" else plain(key)
        first, point, rest = key.partition(".")
        return plain(KEYS.get(key) or KEYS.get(first, first) + point + rest)

    def gate(self, gate: Gate) -> str:
        return plain(
            self.say["pair"].format(
                self.say["when"].format(gate.when), Action(gate, self.lang).says(self.lang)
            ),
            LONG,
        )

    def thing(self, one: Change) -> str:
        """A rule, gate, grade, fact or reading that was added or removed, in words."""
        rubric, path, say = self.of(one), one.new or one.old or "", self.say
        match one.what:
            case "rule":
                return plain(self.rules[one.new is not None][path].says(self.lang), LONG)
            case "gate":
                home, _, name = path.rpartition(".")
                gate = next(gate for gate in rubric.item(home).item.gates if gate.id == name)
                return self.gate(gate)
            case "grade":
                grade = next(grade for grade in rubric.text.grades if grade.grade == path)
                told = [say["from"].format(written(grade.start))] if grade.start is not None else []
                told += [say["when"].format(grade.when)] if grade.when is not None else []
                return plain(say["list"].join(told) or say["else"], LONG)
            case "ambiguity":
                entry = next(entry for entry in rubric.text.ambiguities if entry.id == path)
                return plain(f"{entry.question} {entry.decision}", LONG)
            case _:
                kind = rubric.inputs[path].kind
                return CHINESE[kind] if self.lang == "zh" else kind

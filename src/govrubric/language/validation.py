"""Plain values -> the text of a model, with a finding of our own for everything that pydantic refuses.

A rubric with a wrong field is still judged: what is wrong is cut out, the rest is validated again, and the
lints then look at everything that the cut did not touch.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from govrubric.diagnostics.diagnostic import Diagnostic, Key, Path
from govrubric.diagnostics.near import Hints
from govrubric.document.nodes import Nodes
from govrubric.language.fields import Model, kind_of
from govrubric.language.rubric_text import Item, RubricText
from govrubric.language.rules import VERBS
from govrubric.language.rules._rule import Rule

ROUNDS = 64  # of cutting and validating again
M = TypeVar("M", bound=Model)


class Shaped(NamedTuple, Generic[M]):
    """What is valid of a text, the findings, what was cut out, and where each path of the rest was before."""

    text: M | None
    found: list[Diagnostic]
    cut: frozenset[Path]
    origin: dict[Path, Path]


Shape = Shaped[RubricText]


def shape(nodes: Nodes, made: Mapping[int, Model] = MappingProxyType({})) -> Shape:
    """The text of a rubric. A file that is clearly something else gets one finding that says so.

    `made` are parts whose models are there already (`made_of`).
    """
    if (
        isinstance(nodes.value, dict)
        and nodes.value
        and not {"govrubric", "indicators"} & nodes.value.keys()
        and not nodes.found
    ):
        return Shape(None, [Diagnostic.of("GR224", nodes.place(()))], frozenset(), {})
    return shaped(nodes, RubricText, _STAND_INS, made)


def made_of(text: RubricText, value: Any) -> dict[int, Model]:
    """The items, cases and ambiguities of a text by the identity of the plain values that they were made of.

    A text that shares these values need not have them validated again.
    """
    made: dict[int, Model] = {}
    left: list[tuple[Any, Sequence[Model]]] = [
        (value["indicators"], text.indicators),
        (value.get("cases", ()), text.cases),
        (value.get("ambiguities", ()), text.ambiguities),
    ]
    while left:
        values, models = left.pop()
        for inner, model in zip(values, models, strict=True):
            made[id(inner)] = model
            if isinstance(model, Item):
                left.append((inner.get("items", ()), model.items))
    return made


# What takes the place of a wrong field of the rubric itself, so that its items can still be judged.
_STAND_INS: dict[str, Any] = {
    "govrubric": 1,
    "id": "rubric",
    "title": "rubric",
    "total": 1,
    "round": {"places": 6, "mode": "half_up"},
}


def shaped(
    nodes: Nodes,
    model: type[M],
    stand_ins: Mapping[str, Any],
    made: Mapping[int, Model] = MappingProxyType({}),
) -> Shaped[M]:
    """Validate. Findings come from the first round alone, when the text is as its author wrote it.

    `stand_ins` take the place of top fields that are wrong or missing; `made` as for `shape`.
    """
    found: list[Diagnostic] = []
    if not isinstance(nodes.value, dict):
        if nodes.value is not None:
            found.append(Diagnostic.of("GR204", nodes.place(()), kind=kind_of(nodes.value)))
        return Shaped(None, found, frozenset(), {})
    # Of a key that stands twice (GR120) the first value is kept, and judged.
    errors = [finding for finding in nodes.found if finding.severity == "error"]
    refused = {error.path: error.code for error in errors if error.code != "GR120"}
    cut: set[Path] = set()
    harmless: set[Path] = set()
    hints = Hints()
    for round_ in range(ROUNDS):
        origin: dict[Path, Path] = {}
        value = _without(nodes.value, cut, (), (), origin, made)
        try:
            text = model.model_validate({**stand_ins, **value} if round_ else value)
        except ValidationError as error:
            details = error.errors(include_url=False)
            paths = [origin[_path(detail, origin)] for detail in details]
            if round_ == 0:
                findings = [
                    _finding(nodes, model, path, detail, hints)
                    for path, detail in zip(paths, details, strict=True)
                ]
                found += [finding for finding in findings if not _repeats(finding, refused)]
                for path, detail in zip(paths, details, strict=True):
                    if detail["type"] == "extra_forbidden":
                        harmless.add(path)
                    if not path:  # a top key is missing, or the value as a whole is wrong
                        cut.add((str(detail["loc"][0]),))
                cut |= {path for path in refused if path}
            elif () in paths:
                break
            cut.update(path for path in paths if path)
        else:
            return Shaped(text, found, frozenset(cut | set(refused)) - harmless, origin)
    return Shaped(None, found, frozenset(cut), {})


def _repeats(finding: Diagnostic, refused: dict[Path, str]) -> bool:
    """Whether a finding only follows from what was `refused` when the text was parsed."""
    if finding.path in refused:
        return True
    if finding.code not in ("GR202", "GR215"):  # a key, or a rule's verb, is missing
        return False
    parent = finding.path if finding.code == "GR215" else finding.path[:-1]
    key_refused = finding.code == "GR215" and any(path[:-1] == parent for path in refused)
    return key_refused or refused.get(parent) == "GR112"


def _without(
    value: Any, cut: set[Path], old: Path, new: Path, origin: dict[Path, Path], made: Mapping[int, Model]
) -> Any:
    """The value without what is cut, and with the models of what is `made` already.

    Puts into `origin`, for each remaining path, its path before.
    """
    origin[new] = old
    if id(value) in made:
        return made[id(value)]
    if isinstance(value, dict):
        return {
            key: _without(inner, cut, (*old, key), (*new, key), origin, made)
            for key, inner in value.items()
            if (*old, key) not in cut
        }
    if isinstance(value, tuple):
        kept = [index for index in range(len(value)) if (*old, index) not in cut]
        return tuple(
            _without(value[index], cut, (*old, index), (*new, place), origin, made)
            for place, index in enumerate(kept)
        )
    return value


def _path(detail: ErrorDetails, known: Container[Path]) -> Path:
    """pydantic's location -> the path of what is wrong: of a missing key the object; without unions' tags."""
    path: Path = ()
    loc: tuple[Key, ...] = detail["loc"]
    if detail["type"] == "missing":
        loc = loc[:-1]
    for part in loc:
        if (*path, part) in known:
            path = (*path, part)
    return path


def _finding(nodes: Nodes, model: type[Model], path: Path, detail: ErrorDetails, hints: Hints) -> Diagnostic:
    """An error of pydantic's -> our finding."""
    kind, value = detail["type"], at(nodes.value, path)
    if kind.startswith("GR"):
        return Diagnostic.of(
            kind, nodes.place(path, key=detail["loc"][-1] == "[key]"), path, **detail.get("ctx", {})
        )
    if kind == "missing":
        key = str(detail["loc"][-1])
        return Diagnostic.of("GR202", nodes.place(path), (*path, key), key=key)
    if kind == "extra_forbidden":
        key = str(path[-1])
        known = _keys(model, path[:-1], at(nodes.value, path[:-1]))
        meant = next((word for word in SYNONYMS.get(key.lower(), ()) if word in known), "")
        near = meant or hints.nearest(key, known)
        return Diagnostic.of(
            "GR201",
            nodes.place(path, key=True),
            path,
            key=key,
            near=near,
            known="" if near else ", ".join(known),
        )
    if kind == "union_tag_not_found" and isinstance(value, dict):
        return _verbless(nodes, model, path, value, hints)
    return Diagnostic.of("GR204", nodes.place(path), path, kind=kind_of(value))


def _verbless(nodes: Nodes, model: type[Model], path: Path, rule: dict[str, Any], hints: Hints) -> Diagnostic:
    """A rule without a verb, or with several."""
    if used := [key for key in rule if key in VERBS]:
        return Diagnostic.of("GR216", nodes.place((*path, used[1]), key=True), path, verbs=", ".join(used))
    known = _keys(model, path, {next(iter(VERBS)): None})
    unknown = [key for key in rule if key not in known]
    near = next(
        (
            word
            for key in unknown
            for word in (*SYNONYMS.get(key.lower(), ()), hints.nearest(key, VERBS))
            if word in VERBS
        ),
        "",
    )
    return Diagnostic.of("GR215", nodes.place(path), path, verbs=", ".join(VERBS), near=near)


# Words that people try for a key -> the keys that they may mean.
SYNONYMS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("max", "maximum", "cap", "limit", "上限"), ("at_most", "ceiling")),
    **dict.fromkeys(("min", "minimum", "下限"), ("floor",)),
    **dict.fromkeys(("score", "points", "marks", "分值"), ("weight", "total", "judge")),
    **dict.fromkeys(("权重",), ("weight", "total")),
    **dict.fromkeys(("name", "label", "名称", "标题"), ("title",)),
    **dict.fromkeys(("text", "description", "条款", "评分标准"), ("clause",)),
    **dict.fromkeys(("remark", "comment", "备注", "说明"), ("note",)),
    **dict.fromkeys(("unit", "each", "单位"), ("per",)),
    **dict.fromkeys(("children", "parts", "subitems"), ("items",)),
    **dict.fromkeys(("add", "bonus", "plus", "reward", "加分"), ("award",)),
    **dict.fromkeys(("subtract", "minus", "penalty", "penalise", "扣分"), ("deduct",)),
    **dict.fromkeys(("scale", "折合"), ("convert", "out_of")),
    **dict.fromkeys(("rate", "评分"), ("judge",)),
    **dict.fromkeys(("condition", "if", "条件"), ("when",)),
    **dict.fromkeys(("veto", "一票否决"), ("gates",)),
    **dict.fromkeys(("等次", "等级"), ("grades", "grade")),
    **dict.fromkeys(("缺项", "不适用"), ("not_applicable",)),
    **dict.fromkeys(("select", "option", "选择"), ("choose",)),
    **dict.fromkeys(("steps", "ranges", "分档"), ("bands",)),
    **dict.fromkeys(("expression", "公式"), ("formula",)),
}


def at(value: Any, path: Path) -> Any:
    """What stands at a path of a value."""
    for key in path:
        value = value[key]
    return value


def _keys(model: type[Model], path: Path, value: Any) -> list[str]:
    """The keys that an object may have: those of the models that may stand there, or of a rule's verb."""
    models: list[type[BaseModel]] = [model]
    for key in path:
        fields = [
            field
            for model in models
            for name, field in model.model_fields.items()
            if (field.alias or name) == key
        ]
        if fields:
            models = [model for field in fields for model in _models(field.annotation)]
    rules = [model for model in models if issubclass(model, Rule)]
    of_verb = [rule for rule in rules if isinstance(value, dict) and rule.verb in value]
    fields_there = [field for model in of_verb or models for field in model.model_fields.items()]
    return list(dict.fromkeys(field.alias or name for name, field in fields_there))


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models within a field's annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)

"""Plain values -> the text of a model, with a finding of our own for everything that pydantic refuses.

A rubric with one wrong field is still judged as a whole: what is broken is cut out, the rest is validated again, and
lints then speak of everything that the cut did not touch.
"""

from collections.abc import Container, Iterator, Mapping
from typing import Any, Generic, NamedTuple, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from govrubric.diagnostics.diagnostic import Diagnostic, Key, Path, nearest
from govrubric.document.nodes import Nodes
from govrubric.language.fields import Model, kind_of
from govrubric.language.rubric_text import RubricText
from govrubric.language.rules import VERBS
from govrubric.language.rules._rule import Rule

ROUNDS = 64
M = TypeVar("M", bound=Model)


class Shaped(NamedTuple, Generic[M]):
    """What could be read, what was cut out of it, and where each path of the rest stood before."""

    text: M | None
    found: list[Diagnostic]
    cut: frozenset[Path]
    origin: dict[Path, Path]


Shape = Shaped[RubricText]


def shape(nodes: Nodes) -> Shape:
    """The text of a rubric; a file that is plainly something else is not judged as one."""
    if (
        isinstance(nodes.value, dict)
        and nodes.value
        and not {"govrubric", "indicators"} & nodes.value.keys()
        and not nodes.found
    ):
        return Shape(None, [Diagnostic.of("GR224", nodes.place(()))], frozenset(), {})
    return shaped(nodes, RubricText, _STAND_INS)


# What stands in for a field of the rubric itself that is wrong, so that the items below can still be judged.
_STAND_INS: dict[str, Any] = {
    "govrubric": 1,
    "id": "rubric",
    "title": "rubric",
    "total": 1,
    "round": {"places": 6, "mode": "half_up"},
}


def shaped(nodes: Nodes, model: type[M], stand_ins: Mapping[str, Any]) -> Shaped[M]:
    """Validate; every finding is made from the text as it stands, none from what a cut left behind.

    `stand_ins` take the place of fields of the whole that are wrong or missing, so that the rest can still be judged.
    """
    found: list[Diagnostic] = []
    if not isinstance(nodes.value, dict):
        if nodes.value is not None:
            found.append(Diagnostic.of("GR204", nodes.place(()), kind=kind_of(nodes.value)))
        return Shaped(None, found, frozenset(), {})
    # A key that stands twice was reported, and its first value is as good as any.
    refused = {one.path: one.code for one in nodes.found if one.severity == "error" and one.code != "GR120"}
    cut: set[Path] = set()
    harmless: set[Path] = set()
    for round_ in range(ROUNDS):
        origin: dict[Path, Path] = {}
        value = _without(nodes.value, cut, (), (), origin)
        try:
            text = model.model_validate({**stand_ins, **value} if round_ else value)
        except ValidationError as error:
            details = error.errors(include_url=False)
            paths = [origin[_path(detail, origin)] for detail in details]
            if round_ == 0:
                findings = [
                    _finding(nodes, model, path, detail) for path, detail in zip(paths, details, strict=True)
                ]
                found += [one for one in findings if not _said(one, refused)]
                harmless = {
                    path
                    for path, detail in zip(paths, details, strict=True)
                    if detail["type"] == "extra_forbidden"
                }
                cut |= {path for path in refused if path}
                cut |= {
                    (str(detail["loc"][0]),) for path, detail in zip(paths, details, strict=True) if not path
                }
            elif () in paths:
                break
            cut.update(path for path in paths if path)
        else:
            return Shaped(text, found, frozenset(cut | set(refused)) - harmless, origin)
    return Shaped(None, found, frozenset(cut), {})


def _said(finding: Diagnostic, refused: dict[Path, str]) -> bool:
    """Whether the reader of the text has said it already: the value was refused there, or a key of the object was."""
    if finding.path in refused:
        return True
    above = finding.path if finding.code == "GR215" else finding.path[:-1]
    inside = (code for path, code in refused.items() if path[:-1] == above)
    return (finding.code == "GR215" and any(inside)) or (
        finding.code in ("GR202", "GR215") and refused.get(above) == "GR112"
    )


def _without(value: Any, cut: set[Path], old: Path, new: Path, origin: dict[Path, Path]) -> Any:
    """The value without what is cut; `origin` learns where each remaining path came from."""
    origin[new] = old
    if isinstance(value, dict):
        return {
            key: _without(inner, cut, (*old, key), (*new, key), origin)
            for key, inner in value.items()
            if (*old, key) not in cut
        }
    if isinstance(value, tuple):
        kept = [index for index in range(len(value)) if (*old, index) not in cut]
        return tuple(
            _without(value[index], cut, (*old, index), (*new, place), origin)
            for place, index in enumerate(kept)
        )
    return value


def _path(detail: ErrorDetails, known: Container[Path]) -> Path:
    """pydantic's location -> the path to blame: of a missing key the object, without the tags of unions."""
    path: Path = ()
    loc: tuple[Key, ...] = detail["loc"]
    if detail["type"] == "missing":
        loc = loc[:-1]
    for part in loc:
        if (*path, part) in known:
            path = (*path, part)
    return path


def _finding(nodes: Nodes, model: type[Model], path: Path, detail: ErrorDetails) -> Diagnostic:
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
        near = next((word for word in SYNONYMS.get(key.lower(), ()) if word in known), "") or nearest(
            key, known
        )
        return Diagnostic.of(
            "GR201",
            nodes.place(path, key=True),
            path,
            key=key,
            near=near,
            known="" if near else ", ".join(known),
        )
    if kind == "union_tag_not_found" and isinstance(value, dict):
        return _verbless(nodes, model, path, value)
    return Diagnostic.of("GR204", nodes.place(path), path, kind=kind_of(value))


def _verbless(nodes: Nodes, model: type[Model], path: Path, rule: dict[str, Any]) -> Diagnostic:
    """A rule without a verb, or with several."""
    if used := [key for key in rule if key in VERBS]:
        return Diagnostic.of("GR216", nodes.place((*path, used[1]), key=True), path, verbs=", ".join(used))
    known = _keys(model, path, {next(iter(VERBS)): None})
    unknown = [key for key in rule if key not in known]
    near = next(
        (
            word
            for key in unknown
            for word in (*SYNONYMS.get(key.lower(), ()), nearest(key, VERBS))
            if word in VERBS
        ),
        "",
    )
    return Diagnostic.of("GR215", nodes.place(path), path, verbs=", ".join(VERBS), near=near)


# What people call a key before they have read the manual.
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
    """The keys that an object may have, by where it stands: the models say it, and for a rule its verb."""
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
    of_verb = [
        model
        for model in models
        if issubclass(model, Rule) and isinstance(value, dict) and model.verb in value
    ]
    return list(
        dict.fromkeys(
            field.alias or name for model in of_verb or models for name, field in model.model_fields.items()
        )
    )


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that a field's annotation speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)

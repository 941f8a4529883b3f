"""Codes 89x -> what is wrong and what to do: a unit's own assessment beside the official one."""

from govrubric.diagnostics.catalogue.form import Entries

# fmt: off
ENTRIES: Entries = {
    "GR890": {"en": ("the unit `{unit}` has the variant `{official}` here, and `{own}` in its own assessment",
                     "give the unit the same variant on both sides"),
              "zh": ("单位“{unit}”在此处的版本为“{official}”，而在自评中为“{own}”", "请使两处版本一致")},
    "GR891": {"en": ("the unit has no code by which it could be found in the other file",
                     "give each unit a code, in the column or under the key `unit`"),
              "zh": ("该单位没有编号，无法与另一文件中的单位对应", "请为每个单位填写编号（`unit` 列或 `unit` 键）")},
}

"""Columns of Arrow data -> columns that polars holds with the same values.

Polars refuses some types of Arrow, ends in a panic at others, and reads a few wrongly, so every type that
is not known to be sound is a finding before polars sees it.
"""

from collections import Counter
from typing import Any

from govrubric.diagnostics.diagnostic import Diagnostic, TallyError
from govrubric.diagnostics.source import Place
from govrubric.tables.engines import DIGITS, installed

NOT_UTF8 = "text that is not UTF-8"


class UnheldError(Exception):
    """A column cannot be held; the message says why."""


def readable(array: Any) -> Any:
    """An array whose values may be those of an input: flags, numbers or text, in a type that polars has.

    Raises:
        UnheldError: with the type of any other array, or where a text is not UTF-8.
    """
    pa, types = installed("pyarrow"), installed("pyarrow").types
    dtype = array.type
    try:
        if types.is_run_end_encoded(dtype):
            return readable(installed("pyarrow.compute").run_end_decode(array))
        if types.is_dictionary(dtype):
            return readable(array.cast(dtype.value_type))
        if types.is_decimal(dtype) and dtype.scale <= DIGITS:
            return array.cast(pa.decimal128(DIGITS, max(0, dtype.scale)))
    except pa.ArrowException:
        raise UnheldError(str(dtype)) from None
    if _is_text(dtype):
        return _of_utf8(array)
    if types.is_boolean(dtype) or types.is_integer(dtype) or types.is_floating(dtype) or types.is_null(dtype):
        return array
    raise UnheldError(str(dtype))


def _is_text(dtype: Any) -> bool:
    types = installed("pyarrow").types
    return bool(types.is_string(dtype) or types.is_large_string(dtype) or types.is_string_view(dtype))


def _of_utf8(array: Any) -> Any:
    try:
        array.validate(full=True)
    except installed("pyarrow").ArrowException:
        raise UnheldError(NOT_UTF8) from None
    return array


def is_held(dtype: Any) -> bool:
    """Whether polars holds every value of a type of Arrow, be it an input's or not."""
    pa, types = installed("pyarrow"), installed("pyarrow").types
    if isinstance(dtype, pa.BaseExtensionType):
        return is_held(dtype.storage_type)
    if types.is_timestamp(dtype):
        return dtype.tz is None or _is_zone(dtype.tz)
    if types.is_map(dtype):
        return is_held(dtype.key_type) and is_held(dtype.item_type)
    if types.is_struct(dtype):
        # Polars ends in a panic where a struct without fields is written.
        return bool(dtype.num_fields) and all(is_held(field.type) for field in dtype)
    if types.is_list(dtype) or types.is_large_list(dtype) or types.is_fixed_size_list(dtype):
        return is_held(dtype.value_type)
    if types.is_dictionary(dtype):
        return _is_text(dtype.value_type) or types.is_integer(dtype.value_type)
    if types.is_decimal(dtype):
        return not types.is_decimal256(dtype) and dtype.scale >= 0
    if types.is_interval(dtype):
        return False
    return bool(
        types.is_primitive(dtype)
        or types.is_null(dtype)
        or _is_text(dtype)
        or types.is_binary(dtype)
        or types.is_large_binary(dtype)
        or types.is_fixed_size_binary(dtype)
    )


def _is_zone(name: str) -> bool:
    pl = installed("polars", "frames")
    try:
        pl.Series([0]).cast(pl.Datetime("us", name))
    except pl.exceptions.PolarsError:
        return False
    return True


def unheld(name: str, reason: str, place: Place | None = None) -> Diagnostic:
    """The finding that a column cannot be used, not even carried along."""
    return Diagnostic.of("GR658", place, (name,), name=name, reason=reason)


def polars_frame(table: Any, language: str) -> Any:
    """A table of Arrow -> a frame of polars with the same values.

    Raises:
        TallyError: with every column that polars cannot hold, or that stands twice.
    """
    pl = installed("polars", "frames")
    names = table.schema.names
    findings = [
        Diagnostic.of("GR631", None, (name,), name=name)
        for name, number in Counter(names).items()
        if number > 1
    ]
    series = {}
    for name, column in zip(names, table.columns, strict=True):
        try:
            series[name] = pl.Series(name, _held(column))
        except UnheldError as error:
            findings.append(unheld(name, str(error)))
    if findings:
        raise TallyError(findings, language)
    return pl.DataFrame(series)


def _held(column: Any) -> Any:
    try:
        return readable(column)
    except UnheldError as error:
        if str(error) == NOT_UTF8 or not is_held(column.type):
            raise
        return _of_utf8(column)

"""What polars says of a failure, in our words."""

import polars as pl
import pytest

from govrubric.batch.files import attempted
from govrubric.diagnostics.diagnostic import Diagnostic


def test_what_the_system_refused_is_an_error_of_the_system() -> None:
    def work() -> None:
        raise pl.exceptions.ComputeError(
            "parquet: underlying IO error: No space left on device (os error 28)"
        )

    with pytest.raises(OSError, match="No space left on device") as error:
        attempted("x", "parquet", work)
    assert error.value.errno == 28


@pytest.mark.parametrize(
    "error",
    [
        pl.exceptions.ComputeError("out-of-spec"),
        pl.exceptions.PanicException("unwrap"),
        OSError("Invalid argument (os error 22)"),
    ],
)
def test_all_else_is_damage(error: BaseException) -> None:
    def work() -> None:
        raise error

    found = attempted("x", "arrow", work)
    assert isinstance(found, Diagnostic)
    assert found.message() == "the file is no Arrow file, or it is damaged"

"""What polars says of a failure, in our words."""

from pathlib import Path

import polars as pl
import pytest

from govrubric.batch import files
from govrubric.batch.files import UnreadError, attempted


def test_what_the_system_refused_is_an_error_of_the_system() -> None:
    def work() -> None:
        raise pl.exceptions.ComputeError(
            "parquet: underlying IO error: No space left on device (os error 28)"
        )

    with pytest.raises(OSError, match="No space left on device") as error:
        attempted(work)
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

    with pytest.raises(UnreadError):
        attempted(work)


def test_cells_of_text_are_made_harmless() -> None:
    """Polars calls this from its own threads, where coverage cannot see it."""
    cells = files.harmless_cells(pl.Series(["=1+1", "-5", "a", None, "=1+1"]))
    assert cells.to_list() == ["'=1+1", "-5", "a", None, "'=1+1"]
    plain = pl.Series(["a", "b"])
    assert files.harmless_cells(plain) is plain


def test_a_path_that_is_no_utf_8_is_refused_since_no_library_takes_it(tmp_path: Path) -> None:
    path = tmp_path / "\udcff.csv"
    path.write_text("a\n1\n")
    found = files.missing(str(path))
    assert found is not None
    assert (found.code, dict(found.args)) == ("GR101", {"reason": "the path is not UTF-8"})

"""Rubrics and files of cases -> tests for pytest: one for each case, and one for each law of a rubric.

They are collected where the command line names such a file, and from the `govrubric_paths` of the configuration: files,
folders or patterns beside it, one a line. Where there is neither, nothing happens, and nothing else is imported.
"""

import glob
import os
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from govrubric.cases.suite import Result, Suite

PATHS = "govrubric_paths"
SUFFIXES = (".yaml", ".yml")
SNIFFED = 1 << 16  # bytes, within which a rubric says what it is
LISTED = pytest.StashKey[frozenset[Path]]()
_RUBRIC = re.compile(rb"^(?:\xef\xbb\xbf)?['\"]?govrubric['\"]?[ \t]*:", re.MULTILINE)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one line of configuration."""
    parser.addini(
        PATHS, "rubrics and files of cases to test: files, folders or patterns, one a line", type="linelist"
    )


def pytest_configure(config: pytest.Config) -> None:
    """What the configuration lists is tested where the command line names nothing."""
    listed = [file for line in config.getini(PATHS) for file in _files(config.rootpath, line)]
    config.stash[LISTED] = frozenset(map(Path, listed))
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        config.args = [*config.args, *listed]


def _files(root: Path, line: str) -> list[str]:
    """The files that a line of the configuration means."""
    from govrubric.cases import suite

    found = sorted(glob.glob(line, root_dir=root, recursive=True))
    if not found:
        raise pytest.UsageError(f"{PATHS}: {line} is not there")
    return [os.path.abspath(file) for one in found for file in suite.files_in(os.path.join(root, one))]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "RubricFile | None":
    """A file that is listed, or that the command line names and that says what it is."""
    named = file_path.suffix in SUFFIXES and parent.session.isinitpath(file_path) and _is_ours(file_path)
    return (
        RubricFile.from_parent(parent, path=file_path)
        if named or file_path in parent.config.stash[LISTED]
        else None
    )


def _is_ours(path: Path) -> bool:
    if path.with_suffix("").suffix == ".cases":
        return True
    try:
        with path.open("rb") as file:
            return _RUBRIC.search(file.read(SNIFFED)) is not None
    except OSError:
        return False


class Refuted(Exception):
    """What a test has to say; it is shown as it is, without the lines of ours that came to it."""


class RubricFile(pytest.File):
    """A rubric or a file of cases."""

    @cached_property
    def suite(self) -> "Suite":
        """What was read."""
        from govrubric.cases import suite

        return suite.read(os.path.relpath(self.path))

    @cached_property
    def results(self) -> "list[Result]":
        """What came of each case."""
        from govrubric.cases import suite

        return list(suite.run(self.suite))

    def collect(self) -> Iterator[pytest.Item]:
        """The cases, and of a rubric the laws; one test that fails where the file is refused."""
        from govrubric.diagnostics.diagnostic import plain
        from govrubric.testing.laws import LAWS

        if self.suite.refused:
            line = next((one.place.line for one in self.suite.found if one.place), 1)
            yield Loading.from_parent(self, name="loading", line=line)
            return
        for index, case in enumerate(self.suite.cases):
            line = self.suite.nodes.place(("cases", index, "name")).line
            # pytest parts its node ids at `::`, and a law is called so.
            name = plain(case.name, 200).replace("::", ":")
            yield Case.from_parent(
                self, name=f"case {name}" if name.startswith("law ") else name, line=line, index=index
            )
        if self.suite.file == os.path.realpath(self.path):
            yield from (
                Law.from_parent(self, name=f"law {name}", line=1, law=name) for name in ("bounds", *LAWS)
            )


class RubricTest(pytest.Item):
    """A test that a file holds, at a line of it."""

    parent: RubricFile

    def __init__(self, *, line: int, **more: Any) -> None:
        super().__init__(**more)
        self.line = line

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it stands; pytest counts lines from 0."""
        return self.path, self.line - 1, self.name

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What it has to say; of an error of ours, the lines that led there."""
        return (
            str(excinfo.value) if isinstance(excinfo.value, Refuted) else super().repr_failure(excinfo, style)
        )


class Loading(RubricTest):
    """The findings of a file that is refused."""

    def runtest(self) -> None:
        suite = self.parent.suite
        raise Refuted("\n\n".join(one.render(suite.language) for one in suite.found))


class Case(RubricTest):
    """A case of a rubric."""

    def __init__(self, *, index: int, **more: Any) -> None:
        super().__init__(**more)
        self.index = index

    def runtest(self) -> None:
        from govrubric.cases.report import failure

        result = self.parent.results[self.index]
        if result.found:
            raise Refuted(failure(result, self.parent.suite.language))


class Law(RubricTest):
    """A law of the language, or the bounds, of a rubric."""

    def __init__(self, *, law: str, **more: Any) -> None:
        super().__init__(**more)
        self.law = law

    def runtest(self) -> None:
        pytest.importorskip(
            "hypothesis", reason="laws need one more package: pip install 'govrubric[testing]'"
        )
        from govrubric.diagnostics.diagnostic import lang
        from govrubric.testing.breach import Breach
        from govrubric.testing.certificate import broken
        from govrubric.testing.laws import LAWS
        from govrubric.testing.proof import check_bounds, check_law

        rubric, language = self.parent.suite.rubric, lang(self.parent.suite.language)
        assert rubric is not None, "a rubric that is refused has no laws"
        try:
            if self.law in LAWS:
                check_law(rubric, LAWS[self.law])
            else:
                check_bounds(rubric)
        except Breach as breach:
            told = "\n".join(broken(rubric, breach, language))
            raise Refuted(f"{self.parent.suite.path}:{self.line}: {told}") from None

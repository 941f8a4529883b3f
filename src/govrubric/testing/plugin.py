"""Rubrics and files of cases -> tests for pytest: a test for each case, and for each law of a rubric.

A file is collected if the command line names it, or if `govrubric_paths` in the configuration does: files,
folders or patterns relative to it, one a line. If neither names anything, the plugin does nothing and imports
nothing.
"""

import fnmatch
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
EXAMPLES = "govrubric_examples"
SEED = "govrubric_seed"
SUFFIXES = (".yaml", ".yml", ".txt")
_DIGITS = re.compile(r"[0-9]{1,9}")
LISTED = pytest.StashKey[dict[Path, Path]]()
TRIALS = pytest.StashKey[dict[str, int]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the settings."""
    parser.addini(
        PATHS, "rubrics and files of cases to test: files, folders or patterns, one a line", type="linelist"
    )
    parser.addini(EXAMPLES, "how many random tallies each law of a rubric is tried on, at least 1")
    parser.addini(SEED, "the whole number that fixes these tallies")


def pytest_configure(config: pytest.Config) -> None:
    """Add what the configuration lists to the paths of pytest, unless the command line names any."""
    listed: dict[Path, Path] = {}
    for line in config.getini(PATHS):
        listed.update(_files(config.rootpath, line))
    config.stash[LISTED] = listed
    config.stash[TRIALS] = {
        name: number
        for name, setting, least in (("examples", EXAMPLES, 1), ("seed", SEED, 0))
        if (number := _number(config, setting, least)) is not None
    }
    if _adds_paths(config):
        config.args = [*config.args, *map(str, listed)]


def _number(config: pytest.Config, setting: str, least: int) -> int | None:
    """A whole number of the configuration; ``None`` where it is not set."""
    text = str(config.getini(setting))
    if not text:
        return None
    if not _DIGITS.fullmatch(text) or int(text) < least:
        raise pytest.UsageError(f"{setting}: {text!r} is no whole number from {least} on")
    return int(text)


def _adds_paths(config: pytest.Config) -> bool:
    """Whether listed files are added to the paths of pytest: not if the command line names any."""
    return config.args_source is not pytest.Config.ArgsSource.ARGS


def _files(root: Path, line: str) -> dict[Path, Path]:
    """The files that a line of the configuration means.

    Each comes with the path by which the line names it, or the folder that it is in.
    """
    from govrubric.cases import folders

    given = sorted(_matching(root, line))
    if not given:
        raise pytest.UsageError(f"{PATHS}: {line} is not there")
    found = {
        Path(os.path.abspath(file)): Path(os.path.abspath(path))
        for path in given
        for file in folders.files_in(str(path))
    }
    if not found:
        raise pytest.UsageError(f"{PATHS}: {line} has no rubric and no file of cases")
    return found


def _matching(root: Path, line: str) -> Iterator[Path]:
    """The paths that a line of the configuration names, or that fit its pattern.

    `**` goes into folders, but not into links to folders, which may go around in a circle.
    """
    if not glob.has_magic(line):
        if os.path.lexists(root / line):
            yield root / line
        return
    parts = Path(line).parts
    first = next(number for number, part in enumerate(parts) if glob.has_magic(part))
    folder = root.joinpath(*parts[:first])
    for path in folder.glob(os.path.join(*parts[first:])):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden or any(part.startswith(".") for part in parts[first:]):
            yield path


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "RubricFile | IgnoredFile | None":
    """Collect a file that is listed, or a rubric or file of cases that the command line names."""
    listed = file_path in parent.config.stash[LISTED]
    if listed and _adds_paths(parent.config) and _is_ignored(file_path, parent):
        return IgnoredFile.from_parent(parent, path=file_path)
    if listed or (parent.session.isinitpath(file_path) and _is_meant(file_path)):
        return RubricFile.from_parent(parent, path=file_path)
    return None


def _is_meant(path: Path) -> bool:
    if path.suffix.lower() not in SUFFIXES:
        return False
    from govrubric.cases import folders

    return folders.is_meant(str(path))


def _is_ignored(file: Path, parent: pytest.Collector) -> bool:
    """Whether a listed file, or a folder around it, is one that pytest ignores.

    pytest does not ask this about paths that are named, as listed files are. `norecursedirs` holds below the
    path that is listed; that path itself and the folders around it may have any name.
    """
    config, listed = parent.config, parent.config.stash[LISTED][file]
    top = config.rootpath if file.is_relative_to(config.rootpath) else listed
    named = {Path(os.path.abspath(path)) for path in config.getoption("ignore") or ()}
    patterns = config.getini("norecursedirs")
    around = (path for path in (file, *file.parents) if path.is_relative_to(top))
    for path in (path for path in around if path != top or path == listed):
        hook = parent.session.gethookproxy(path.parent)
        if hook.pytest_ignore_collect(collection_path=path, config=config):
            outer = path != file and listed.is_relative_to(path) and path not in named
            if not (outer and any(fnmatch.fnmatch(path.name, pattern) for pattern in patterns)):
                return True
    return False


class IgnoredFile(pytest.File):
    """A listed file that pytest ignores: a collector without tests.

    Without a collector, pytest would report that the path is not found.
    """

    def collect(self) -> Iterator[pytest.Item]:
        """No tests."""
        return iter(())


def _from_here(path: Path) -> str:
    """A path as it leads from the working directory; the path itself where it is on another drive."""
    try:
        return os.path.relpath(path)
    except ValueError:
        return str(path)


class Refuted(Exception):
    """What a failed test reports; it is shown as it is, without a traceback."""


class RubricFile(pytest.File):
    """A rubric or a file of cases; `written` is the number of bytes in the reports of its failures."""

    written = 0

    @cached_property
    def suite(self) -> "Suite":
        """The file as it was read."""
        from govrubric.cases import suite

        listed = self.config.stash[LISTED].get(self.path)
        within = None
        is_named = self.session.isinitpath(self.path) and not _adds_paths(self.config)
        if listed is not None and listed != self.path and not is_named:  # found in a folder that is listed
            within = _from_here(listed)
        return suite.read(_from_here(self.path), within=within)

    @cached_property
    def results(self) -> "list[Result]":
        """The result of each case."""
        from govrubric.cases import suite

        return list(suite.run(self.suite))

    def collect(self) -> Iterator[pytest.Item]:
        """A test for each case and, of a rubric, each law; of a file with errors, one test that fails."""
        from govrubric.diagnostics.display import plain
        from govrubric.document import files
        from govrubric.testing.laws import LAWS

        if self.suite.refused:
            line = next((finding.place.line for finding in self.suite.found if finding.place), 1)
            yield Loading.from_parent(self, name="loading", line=line)
            return
        for index, case in enumerate(self.suite.cases):
            line = self.suite.nodes.place(("cases", index, "name")).line
            # pytest splits node ids at `::`, and the names of laws begin with `law `.
            name = plain(case.name, 200).replace("::", ":")
            yield Case.from_parent(
                self, name=f"case {name}" if name.startswith("law ") else name, line=line, index=index
            )
        if self.suite.file == files.real(self.path):
            yield from (
                Law.from_parent(self, name=f"law {name}", line=1, law=name) for name in ("bounds", *LAWS)
            )


class RubricTest(pytest.Item):
    """A test at a line of a file."""

    parent: RubricFile

    def __init__(self, *, line: int, **more: Any) -> None:
        super().__init__(**more)
        self.line = line

    def reportinfo(self) -> tuple[Path, int, str]:
        """The place of the test; pytest counts lines from 0."""
        return self.path, self.line - 1, self.name

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The report of a failure; of an error of govrubric itself, the traceback."""
        return (
            str(excinfo.value) if isinstance(excinfo.value, Refuted) else super().repr_failure(excinfo, style)
        )


class Loading(RubricTest):
    """The findings of a file that is refused."""

    def runtest(self) -> None:
        from govrubric.diagnostics.bounded import MOST, rendered

        suite = self.parent.suite
        # pytest shows the first line once more in its summary.
        raise Refuted(rendered(suite.found, suite.language, MOST - 1).rstrip())


class Case(RubricTest):
    """A case of a rubric."""

    def __init__(self, *, index: int, **more: Any) -> None:
        super().__init__(**more)
        self.index = index

    def runtest(self) -> None:
        from govrubric.cases.report import failures
        from govrubric.diagnostics.bounded import BYTES

        result, file = self.parent.results[self.index], self.parent
        if result.found:
            text = "\n\n".join(failures([result], file.suite.language))
            file.written += len(text.encode())
            # Of a file with very many failing cases the later ones are told in a line.
            raise Refuted(text if file.written <= BYTES else result.found[0].line(file.suite.language))


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
                check_law(rubric, LAWS[self.law], **self.config.stash[TRIALS])
            else:
                check_bounds(rubric)
        except Breach as breach:
            report = "\n".join(broken(rubric, breach, language))
            raise Refuted(f"{self.parent.suite.path}:{self.line}: {report}") from None

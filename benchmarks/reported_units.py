"""A report of any number of made-up districts, with official assessments, and what it costs to write.

`python benchmarks/reported_units.py [UNITS]` prints the seconds of a processor and the memory that each kind of report takes.
"""

import resource
import sys
import time
from pathlib import Path

import govrubric
from govrubric import tally_files
from govrubric.comparison.pairs import paired
from govrubric.reporting.report import Report, report

EXAMPLES = Path(__file__).parents[1] / "examples"


def many_units(number: int) -> Report:
    """The districts of the examples over and over, with other counts each time."""
    rubric = govrubric.shipped("2023-district")
    sides = []
    for name, shift in (("2023-districts", 0), ("2023-districts-official", 1)):
        units = rubric.read(EXAMPLES / f"{name}.csv")
        tallies = [
            {
                **units[index % len(units)].tally,
                "unit": f"u{index:04}",
                "name": f"虚构第{index}县",
                "basics.attribution.unlabelled": index * 7 % 40 + shift,
                "platforms.website.stale_column": index * 5 % 30,
            }
            for index in range(number)
        ]
        sides.append(tally_files.scored(rubric, tallies))
    own, official = sides
    return report(rubric, [card for _, card in own], paired(rubric, own, official))


def main(number: int) -> None:
    """Print what each kind costs."""
    from govrubric.reporting.documents import document
    from govrubric.reporting.page import page
    from govrubric.reporting.workbook import workbook

    began = time.process_time()
    made = many_units(number)
    print(f"{number} units, scored and compared: {time.process_time() - began:.1f} s")
    for name, write in (("page", page), ("workbook", workbook), ("Word file", document)):
        began = time.process_time()
        written = write(made)
        size = len(written.encode() if isinstance(written, str) else written)
        spent = time.process_time() - began
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{name}: {spent:.1f} s, {size / 1e6:.1f} MB; {memory} MiB at most until now")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)

"""The page of a report in a real browser: it opens without an error, and search, sorting, width and printing hold.

`python tests/chromium.py [--units N] [--picture FILE]` needs Chromium (Debian: `apt-get install chromium fonts-noto-cjk`), and
`pdftotext` for what is printed. It prints each check, and exits 1 if any fails, 2 without Chromium. `--picture` also writes
the picture of the manual.
"""

import argparse
import html
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from govrubric.reporting.page import page
from reported import districts

UNITS = Path(__file__).parents[1] / "benchmarks" / "reported_units.py"
PATIENCE = 600  # seconds
NARROW = 360  # CSS pixels
# A page around the report that acts as a person does, and says what it sees.
ACTING = """\
<!doctype html><meta charset="utf-8"><pre id="said"></pre><iframe id="page" src="report.html"></iframe>
<script>
const frame = document.getElementById("page");
frame.style.cssText = "width:%(width)dpx;height:800px;border:0";
frame.addEventListener("load", () => {
  const page = frame.contentDocument, said = {};
  const shown = (selector) => [...page.querySelectorAll(selector)].filter((one) => !one.hidden);
  const first = () => page.querySelector("table.ranking tbody tr").cells[1].textContent;
  const find = page.getElementById("find");
  said.findable = !page.querySelector(".find").hidden;
  said.units = shown("article.unit").length;
  said.wide = page.documentElement.scrollWidth;
  const type = (text) => { find.value = text; find.dispatchEvent(new frame.contentWindow.Event("input")); };
  type("D04");
  said.found = [shown("article.unit").length, shown("table.ranking tbody tr").length, page.getElementById("found").textContent];
  type("");
  said.again = [shown("article.unit").length, page.getElementById("found").textContent];
  const head = page.querySelector("table.ranking thead th:nth-child(4)");
  said.before = first();
  head.click();
  said.ascending = [first(), head.getAttribute("aria-sort")];
  head.dispatchEvent(new frame.contentWindow.KeyboardEvent("keydown", { key: "Enter" }));
  said.descending = [first(), head.getAttribute("aria-sort")];
  said.focusable = head.tabIndex === 0;
  document.getElementById("said").textContent = JSON.stringify(said);
  frame.remove();
});
</script>
"""


def browser(*words: str) -> tuple[str, str]:
    """What Chromium prints, and what it logs."""
    name = shutil.which("chromium") or shutil.which("chromium-browser")
    assert name is not None
    command = [
        name,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--allow-file-access-from-files",
    ]
    done = subprocess.run([*command, *words], capture_output=True, text=True, timeout=PATIENCE, check=True)
    return done.stdout, done.stderr


def errors(log: str) -> list[str]:
    """The lines of the console."""
    return [line for line in log.splitlines() if "CONSOLE" in line]


def acted(folder: Path, width: int) -> tuple[dict[str, Any], list[str]]:
    """What is seen by a person who searches and sorts, and the errors that this brings."""
    around = folder / "around.html"
    around.write_text(ACTING % {"width": width}, "utf-8")
    dom, log = browser(
        "--enable-logging=stderr", "--virtual-time-budget=20000", "--dump-dom", around.as_uri()
    )
    (said,) = re.findall(r'<pre id="said">(.*?)</pre>', dom, re.DOTALL)
    return json.loads(html.unescape(said)), errors(log)


def checks(folder: Path) -> Iterator[tuple[str, bool, object]]:
    """Each check of the twelve districts: what is asked, whether it holds, and what was seen."""
    (folder / "report.html").write_text(page(districts()), "utf-8")
    for width in (1280, NARROW):
        said, logged = acted(folder, width)
        yield f"at {width} pixels there is no error", logged == [], logged
        yield f"at {width} pixels nothing is wider than the page", said["wide"] <= width, said["wide"]
    yield (
        "the search is there, and every unit",
        (said["findable"], said["units"]) == (True, 12),
        said["units"],
    )
    yield (
        "the search finds one unit by its code",
        said["found"] == [1, 1, "显示 1 个，共 12 个单位"],
        said["found"],
    )
    yield "an empty search shows all again", said["again"] == [12, ""], said["again"]
    yield "a click on a heading sorts", said["ascending"] == ["d04", "ascending"], said["ascending"]
    yield "the Enter key sorts the other way", said["descending"] == ["d01", "descending"], said["descending"]
    yield "a heading is reached by the keyboard", said["focusable"], said["focusable"]
    printed = folder / "report.pdf"
    browser("--no-pdf-header-footer", f"--print-to-pdf={printed}", (folder / "report.html").as_uri())
    text = subprocess.run(
        ["pdftotext", "-layout", printed, "-"], capture_output=True, text=True, check=True
    ).stdout
    pages = [one.strip() for one in text.split("\f")]
    first = [one for one in pages if re.match(r"虚构.{2} +d\d\d\n", one)]
    yield "on paper each unit begins on a new page", len(first) == 12, len(first)
    heads = [one for one in pages if re.match(r"序号? +指标（权重）|序 *\n? *号? +指标", one)]
    yield "on paper the header of the form is repeated", len(heads) >= 12, len(heads)


def large(folder: Path, units: int) -> Iterator[tuple[str, bool, object]]:
    """A report of many units opens."""
    made = runpy.run_path(str(UNITS))["many_units"](units)
    (folder / "large.html").write_text(page(made), "utf-8")
    size = os.path.getsize(folder / "large.html")
    began = time.monotonic()
    dom, log = browser("--enable-logging=stderr", "--dump-dom", (folder / "large.html").as_uri())
    seen = f"{size / 1e6:.1f} MB, {time.monotonic() - began:.1f} s to open and to write out"
    yield f"a report of {units} units opens", dom.count("<article") == units and not errors(log), seen


def picture(folder: Path, file: str) -> None:
    """The picture of the manual: the ranking and the indicators."""
    browser(
        f"--screenshot={Path(file).resolve()}", "--window-size=1000,760", (folder / "report.html").as_uri()
    )


def main() -> int:
    """Print each check; the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, default=1000)
    parser.add_argument("--picture")
    given = parser.parse_args()
    if not (shutil.which("chromium") or shutil.which("chromium-browser")):
        print("there is no Chromium", file=sys.stderr)
        return 2
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for found in (checks(folder), large(folder, given.units)):
            for asked, holds, seen in found:
                failed += not holds
                print(f"{'ok  ' if holds else 'FAIL'} {asked}: {seen}", flush=True)
        if given.picture:
            picture(folder, given.picture)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())

"""Measured numbers -> pictures as SVG: bars and lines, on a light or a dark ground."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from rounds import Group

STYLE = """
  .ground { fill: #ffffff } text { fill: #1f2328; font: 13px system-ui, "Noto Sans", sans-serif } .title { font-size: 15px; font-weight: 600 }
  .quiet { fill: #59636e } .line { stroke: #d1d9e0 } .limit { fill: #6e7781; stroke: #6e7781 } .ours { fill: #0969da; stroke: #0969da }
  .peer { fill: #bf6a02; stroke: #bf6a02 } .drawn { fill: none; stroke-width: 2 } .bar { stroke: none }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117 } text { fill: #e6edf3 } .quiet { fill: #9198a1 } .line { stroke: #3d444d } .limit { fill: #9198a1; stroke: #9198a1 }
    .ours { fill: #4493f8; stroke: #4493f8 } .peer { fill: #e3a04f; stroke: #e3a04f } .drawn { fill: none }
  }
"""
WORDS: dict[Group, str] = {"limit": "written out by hand", "ours": "govrubric", "peer": "another way"}
WIDTH, LABELS, VALUES, ROW, TOP = 880, 330, 120, 24, 62


@dataclass(frozen=True)
class Bar:
    """A row: its label, its value, and its value as text."""

    label: str
    group: Group
    value: float
    said: str


def grouped(value: int) -> str:
    """A number with its thousands separated by spaces: 1 000 000."""
    return f"{value:,}".replace(",", " ")


def short(value: float) -> str:
    """A number with three significant digits, without exponents: 0.0123, 1.23, 123, 1 230."""
    if value == 0:
        return "0"
    rounded = float(f"{value:.2e}")
    return f"{rounded:,.{max(0, 2 - math.floor(math.log10(abs(rounded))))}f}".replace(",", " ")


def _drawn(title: str, note: str, height: int, inside: Sequence[str]) -> str:
    size = f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
    words = [
        f'<text class="title" x="16" y="26">{escape(title)}</text>',
        f'<text class="quiet" x="16" y="46">{escape(note)}</text>',
    ]
    ground = f'<rect class="ground" width="{WIDTH}" height="{height}" rx="6"/>'
    top = [head, f"<title>{escape(title)}</title>", f"<style>{STYLE}</style>", ground]
    return "\n".join([*top, *words, *inside, "</svg>"]) + "\n"


def _legend(groups: Sequence[Group], y: int) -> list[str]:
    drawn, x = [], 16
    for group in groups:
        drawn.append(f'<rect class="bar {group}" x="{x}" y="{y - 10}" width="11" height="11"/>')
        drawn.append(f'<text class="quiet" x="{x + 17}" y="{y}">{escape(WORDS[group])}</text>')
        x += 34 + 8 * len(WORDS[group])
    return drawn


def bars(title: str, note: str, rows: Sequence[Bar], *, logarithmic: bool = False) -> str:
    """Bars in the given order, each as long as its value, or as the logarithm of its value."""
    room = WIDTH - LABELS - VALUES
    most = max(row.value for row in rows)
    least = 10 ** math.floor(math.log10(min(row.value for row in rows)))
    inside = []
    for index, row in enumerate(rows):
        y = TOP + index * ROW
        share = math.log(row.value / least) / math.log(most / least) if logarithmic else row.value / most
        length = max(share * room, 1)
        inside.append(f'<text x="{LABELS - 10}" y="{y + 16}" text-anchor="end">{escape(row.label)}</text>')
        inside.append(
            f'<rect class="bar {row.group}" x="{LABELS}" y="{y + 4}"'
            f' width="{length:.1f}" height="{ROW - 8}"/>'
        )
        inside.append(
            f'<text class="quiet" x="{LABELS + length + 8:.1f}" y="{y + 16}">{escape(row.said)}</text>'
        )
    bottom = TOP + len(rows) * ROW
    groups = [group for group in WORDS if any(row.group == group for row in rows)]
    return _drawn(title, note, bottom + 34, [*inside, *_legend(groups, bottom + 20)])


def growth(title: str, note: str, unit: str, lines: Mapping[Group, Sequence[tuple[int, float]]]) -> str:
    """Lines of values over units, both logarithmic; labels are below the first line and above the others."""
    left, right, top, bottom = 90, 40, 72, 330
    points = [point for line in lines.values() for point in line]
    xs, ys = [math.log10(units) for units, _ in points], [math.log10(value) for _, value in points]
    low, high = math.floor(min(ys)), max(math.ceil(max(ys)), math.floor(min(ys)) + 1)

    def at(units: float, value: float) -> tuple[float, float]:
        x = left + 30 + (math.log10(units) - min(xs)) / (max(xs) - min(xs) or 1) * (WIDTH - left - right - 60)
        return x, bottom - (math.log10(value) - low) / (high - low) * (bottom - top)

    inside = []
    for power in range(low, high + 1):
        _, y = at(points[0][0], 10.0**power)
        inside.append(f'<line class="line" x1="{left}" x2="{WIDTH - right}" y1="{y:.1f}" y2="{y:.1f}"/>')
        label = f"{short(10.0**power)} {escape(unit)}"
        inside.append(f'<text class="quiet" x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{label}</text>')
    for units in sorted({units for units, _ in points}):
        x, _ = at(units, points[0][1])
        inside.append(
            f'<text class="quiet" x="{x:.1f}" y="{bottom + 20}" text-anchor="middle">{grouped(units)}</text>'
        )
    for index, (group, line) in enumerate(lines.items()):
        places = [at(units, value) for units, value in line]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        inside.append(f'<polyline class="drawn {group}" points="{path}"/>')
        for (x, y), (_, value) in zip(places, line, strict=True):
            inside.append(f'<circle class="bar {group}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>')
            place = f'x="{x:.1f}" y="{y + (20 if index == 0 else -10):.1f}"'
            inside.append(f'<text class="quiet" {place} text-anchor="middle">{short(value)}</text>')
    return _drawn(title, note, bottom + 66, [*inside, *_legend(list(lines), bottom + 50)])

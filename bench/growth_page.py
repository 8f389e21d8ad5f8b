"""Write docs/growth.md and its chart from the figures of bench/growth.json: ``python -m bench.growth_page``.

``python -m bench.growth --out bench/growth.json`` measures them.
"""

from __future__ import annotations

import json
import math
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.growth import MOST, is_linear

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "growth.json"
PAGE, CHART = ROOT / "docs" / "growth.md", ROOT / "docs" / "growth.svg"

_LEFT, _TOP, _WIDTH, _HEIGHT, _GAP = 76, 70, 300, 220, 110

_COLORS = "#0b62b8", "#b35900", "#1a7f37"
_DARK = "#4493f8", "#f0883e", "#3fb950"


def _style() -> str:
    light, dark = (
        "".join(f".s{n}{{stroke:{c};fill:{c}}}text.s{n}{{stroke:none}}" for n, c in enumerate(colors))
        for colors in (_COLORS, _DARK)
    )
    return (
        "text{font:12px system-ui,sans-serif;fill:#1f2328}.grid{stroke:#d0d7de}.small{font-size:11px;fill:#59636e}"
        f".group{{font-weight:600}}polyline{{fill:none!important;stroke-width:2}}{light}"
        "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.grid{stroke:#3d444d}.small{fill:#9198a1}" + dark + "}"
    )


def page(found: dict[str, Any]) -> str:
    """The page for the figures ``found``."""
    machine = found["machine"]
    where = (
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory']} GiB; Python {machine['python']}; "
        f"commit {found['commit']}; {found['load']:.1f} processes at work on average in the quarter of an hour before"
    )
    lines = [_HEAD.format(where=where, rounds=_rounds(found["rounds"]))]
    for one in found["series"]:
        lines += [*_table(one), ""]
    return "\n".join([*lines, *_verdicts(found["series"]), ""])


def _rounds(number: int) -> str:
    return "one round" if number == 1 else f"{number} interleaved rounds"


def _table(one: dict[str, Any]) -> list[str]:
    unit = one["unit"]
    lines = [f"## {one['name'][0].upper()}{one['name'][1:]}", ""]
    lines += [f"| {unit}s | size | time | time per {unit} | memory above start |", "|---:|---:|---:|---:|---:|"]
    for at in one["points"]:
        each = at["seconds"] / at["count"] * 1e6
        size = f"{at['bytes'] / 1e6:,.2f} MB"
        time = f"{at['seconds']:,.2f} s"
        lines.append(f"| {at['count']:,} | {size} | {time} | {_each(each)} | {at['memory']:,.0f} MiB |")
    return lines


def _each(microseconds: float) -> str:
    """Of the smallest inputs, time above start may be less than what it varies by."""
    return f"{microseconds:,.0f} µs" if microseconds > 0 else "too little to measure"


def _verdicts(series: list[dict[str, Any]]) -> list[str]:
    lines = ["## Is it linear?", "", "| | one more costs, last decade against the one before | spread | |"]
    lines.append("|---|---|---|---|")
    for one in series:
        spread = f"{one['least']:.2f} to {one['most']:.2f}"
        lines.append(f"| {one['name']} | {one['growth']:.2f} times | {spread} | {_verdict(one)} |")
    return lines


def _verdict(one: dict[str, Any]) -> str:
    if not is_linear(one):
        return "**not linear**"
    return "less than linear" if one["growth"] < 2 - MOST else f"linear within {MOST - 1:.0%}"


def chart(found: dict[str, Any]) -> str:
    """Two panels on scales of powers of ten: time for each document or item, which is flat where growth is linear, and
    memory above start."""
    width = _LEFT + 2 * _WIDTH + _GAP + 40  # the last mark, centered under its point, reaches beyond the panel
    names = [
        f'<text class="s{n}" x="{_LEFT + n * 190}" y="44">● {one["name"]}</text>'
        for n, one in enumerate(found["series"])
    ]
    title = "Time for each document or item, and memory, as inputs grow (a flat line of time: linear)"
    panels = [
        _panel(found["series"], "time for each, µs", _LEFT, lambda at: at["seconds"] / at["count"] * 1e6),
        _panel(found["series"], "memory above start, MiB", _LEFT + _WIDTH + _GAP, lambda at: at["memory"]),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_TOP + _HEIGHT + 50}" role="img" '
        f'aria-label="{title}"><style>{_style()}</style><text class="group" x="12" y="22">{title}</text>'
        + "".join([*names, *panels])
        + "</svg>\n"
    )


def _panel(series: list[dict[str, Any]], what: str, left: int, value: Any) -> str:
    """A panel with the points of each series; what is not above zero is noise, and is left out."""
    points = [[(at["count"], value(at)) for at in one["points"] if value(at) > 0] for one in series]
    across, up = _decades(x for one in points for x, _ in one), _decades(y for one in points for _, y in one)

    def place(x: float, y: float) -> tuple[float, float]:
        right = (math.log10(x) - across[0]) / (across[1] - across[0])
        above = (math.log10(y) - up[0]) / (up[1] - up[0])
        return left + right * _WIDTH, _TOP + (1 - above) * _HEIGHT

    lines = [f'<text class="small" x="{left}" y="{_TOP - 8}">{what}</text>']
    for power in range(up[0], up[1] + 1):
        _, y = place(10 ** across[0], 10**power)
        lines.append(f'<line class="grid" x1="{left}" x2="{left + _WIDTH}" y1="{y:.0f}" y2="{y:.0f}"/>')
        lines.append(f'<text class="small" x="{left - 6}" y="{y + 4:.0f}" text-anchor="end">{_mark(power)}</text>')
    for power in range(across[0], across[1] + 1):
        x, bottom = place(10**power, 10 ** up[0])
        lines.append(
            f'<text class="small" x="{x:.0f}" y="{bottom + 18:.0f}" text-anchor="middle">{_mark(power)}</text>'
        )
    middle = left + _WIDTH / 2
    lines.append(f'<text class="small" x="{middle:.0f}" y="{_TOP + _HEIGHT + 38}" text-anchor="middle">'
                 "documents, or items of one report</text>")  # fmt: skip
    for number, one in enumerate(points):
        places = [place(x, y) for x, y in one]
        if any(True for _ in pairwise(places)):
            lines.append(f'<polyline class="s{number}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}"/>')
        lines += [f'<circle class="s{number}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in places]
    return "".join(lines)


def _decades(values: Any) -> tuple[int, int]:
    """The powers of ten around ``values``."""
    found = list(values)
    least, most = math.floor(math.log10(min(found))), math.ceil(math.log10(max(found)))
    return least, max(most, least + 1)


def _mark(power: int) -> str:
    return f"{10**power:,}" if power >= 0 else f"{10.0**power:g}"


_HEAD = """# How time and memory grow

![Time for each document or item, and memory, as inputs grow](growth.svg)

Made by `python -m bench.growth_page` from bench/growth.json, which `make bench` writes with
`python -m bench.growth --out bench/growth.json`. Measured on: {where}.

`exportreport validate` on one process, with all rules, over lines of JSON of about 1 KB, one in ten of them wrong, and
over one report with ever more items, each with a party and a limit of its own; the limits on its size are raised
(`--max-bytes`, `--max-delimiters`). Time is that of the processor, and memory the peak of the process, both above what
the same command takes for one document or a report of one item: medians over {rounds}. Of the smallest inputs
that is less than what a start varies by. One report is held in memory whole; lines are not.
"""


def main() -> None:
    found = json.loads(RESULTS.read_text(encoding="utf-8"))
    PAGE.write_text(page(found), encoding="utf-8")
    CHART.write_text(chart(found), encoding="utf-8")


if __name__ == "__main__":
    main()

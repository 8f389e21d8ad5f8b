"""Write docs/benchmark.md and its chart from the figures of a run: ``python -m bench.page``.

The figures are those of bench/results.json, which ``python -m bench.field --out bench/results.json`` writes, so that
page and chart can be made anew without measuring.
"""

from __future__ import annotations

import json
import math
import statistics
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from bench.field import PART, advantages

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results.json"
PAGE, CHART = ROOT / "docs" / "benchmark.md", ROOT / "docs" / "benchmark.svg"

_LEFT, _WIDTH, _ROW, _TOP = 230, 420, 26, 44

_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1f2328}.own{fill:#0b62b8}.other{fill:#8c959f}.grid{stroke:#d0d7de}"
    ".small{font-size:11px;fill:#59636e}.group{font-weight:600}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.own{fill:#4493f8}.other{fill:#7d8590}.grid{stroke:#3d444d}"
    ".small{fill:#9198a1}}"
)


def page(found: dict[str, Any]) -> str:
    """The page for the figures ``found``."""
    machine = found["machine"]
    where = (
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory']} GiB; Python {machine['python']}; "
        f"commit {found['commit']}"
    )
    parts = [_HEAD.format(where=where, part=PART, rounds=found["rounds"], count=found["documents"])]
    parts += ["## JSON", "", *_table(found["json"]), "", "## XML", "", *_table(found["xml"]), "", *_further(found), ""]
    return "\n".join(parts)


def _table(rows: list[dict[str, Any]]) -> list[str]:
    lines = [
        "| | does | times parsing | spread | documents a second | rejected | start | memory |",
        "|---|" + "---|" * 7,
    ]
    for row in sorted(rows, key=lambda one: float(one["ratio"])):
        name = f"**{row['name']}**" if _is_own(row) else f"{row['name']} {row['version']}".strip()
        memory = "" if row["memory"] is None else f"{row['memory']:.0f} MiB"
        cells = (
            name, row["does"], f"{row['ratio']:.1f}", f"{row['least']:.1f} to {row['most']:.1f}", f"{row['rate']:,.0f}",
            _verdicts(row), f"{row['start']:.2f} s", memory,
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _verdicts(row: dict[str, Any]) -> str:
    """What it rejected of what was wrong."""
    if row["rejected"] is None:
        return "gives no verdict"
    false = f", and {row['false']} that {'is' if row['false'] == 1 else 'are'} right" if row["false"] else ""
    return f"{row['wrong'] - row['missed']} of {row['wrong']}{false}"


def _further(found: dict[str, Any]) -> list[str]:
    lines = ["## What must hold", "", "| | measured | must | |", "|---|---|---|---|"]
    ratios = {(group, row["name"]): float(row["ratio"]) for group in ("json", "xml") for row in found[group]}
    for what, key, most in _MUSTS:
        lines.append(f"| {what} | {ratios[key]:.1f} | {most} | {_held(ratios[key] <= most)} |")
    for name, ratio in advantages(found).items():
        lines.append(f"| structure, times as fast as {name} | {ratio:.0f} | 50 | {_held(ratio >= 50)} |")
    for name, least in (("XML to JSON", 3.5), ("JSON to XML", 8)):
        middle = statistics.median(found["conversions"][name])
        lines.append(f"| {name}, times as fast as xmltodict | {middle:.1f} | {least} | {_held(middle >= least)} |")
    return lines


_MUSTS = (
    ("JSON, structure, times parsing", ("json", "exportreport, structure"), 3),
    ("JSON, everything, times parsing", ("json", "exportreport, everything"), 7),
    ("XML, everything, times parsing", ("xml", "exportreport, everything"), 6),
)


def _held(holds: bool) -> str:
    return "holds" if holds else "**missed**"


def _is_own(row: dict[str, Any]) -> bool:
    return str(row["name"]).startswith("exportreport")


def chart(found: dict[str, Any]) -> str:
    """The chart for the figures ``found``: a bar for each peer, on a scale of powers of ten."""
    groups = [(name, sorted(found[name], key=lambda one: float(one["ratio"]))) for name in ("json", "xml")]
    most = max(row["ratio"] for _, rows in groups for row in rows)
    scale = _WIDTH / math.log10(most * 1.2)
    height = _TOP + sum(len(rows) + 1 for _, rows in groups) * _ROW + 30
    marks = [10**power for power in range(int(math.log10(most)) + 1)]
    lines = [_grid(mark, _LEFT + math.log10(mark) * scale, height) for mark in marks]
    at = _TOP
    for name, rows in groups:
        lines.append(f'<text class="group" x="12" y="{at + 17}">{name.upper()}</text>')
        at += _ROW
        for row in rows:
            lines.append(_bar(row, at, max(2.0, math.log10(row["ratio"]) * scale)))
            at += _ROW
    title = "Time to judge a document of about 5 KB, as a multiple of parsing it (shorter is better)"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + 70} {height}" role="img" '
        f'aria-label="{title}"><style>{_STYLE}</style><text class="group" x="12" y="22">{title}</text>'
        + "".join(lines)
        + "</svg>\n"
    )


def _grid(mark: int, x: float, height: int) -> str:
    return (
        f'<line class="grid" x1="{x:.0f}" x2="{x:.0f}" y1="{_TOP}" y2="{height - 26}"/>'
        f'<text class="small" x="{x:.0f}" y="{height - 8}" text-anchor="middle">{mark} times</text>'
    )


def _bar(row: dict[str, Any], at: int, width: float) -> str:
    kind = "own" if _is_own(row) else "other"
    return (
        f'<text x="{_LEFT - 8}" y="{at + 16}" text-anchor="end">{escape(row["name"])}</text>'
        f'<rect class="{kind}" x="{_LEFT}" y="{at + 4}" width="{width:.0f}" height="16" rx="2"/>'
        f'<text class="small" x="{_LEFT + width + 6:.0f}" y="{at + 16}">{row["ratio"]:.1f}</text>'
    )


_HEAD = """# How fast it is, beside others

![Time to judge a document, as a multiple of parsing it](benchmark.svg)

Made by `python -m bench.page` from bench/results.json, which `make bench` writes. Measured on: {where}.

The documents are {count} filings of about 5 KB: the examples of that size again and again, under numbers of their
own, one in ten with one fault in its structure. Each figure is the median over {rounds} rounds of the time against that
of parsing the same bytes (`orjson.loads`, lxml) in the same round; for Java it is its best round against lxml's best.
*Rejected* compares with the faults put in: what a peer misses, its schema cannot say (LinkML's lets `null` and empty
objects pass; pydantic's models know no patterns of some types). *Start* and *memory* are what a process needs to
import and compile, and takes for {part} documents, beyond the parsers and the corpus that are loaded already. A check
that stops at the first error, or says nothing of lines and columns, does less; what each does is said beside it.
"""


def main() -> None:
    found = json.loads(RESULTS.read_text(encoding="utf-8"))
    PAGE.write_text(page(found), encoding="utf-8")
    CHART.write_text(chart(found), encoding="utf-8")


if __name__ == "__main__":
    main()

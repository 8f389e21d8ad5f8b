"""Write docs/benchmark.md and its chart from the figures of a run: ``python -m bench.page``.

The figures are those of bench/results.json, which ``python -m bench.run --out bench/results.json`` writes, so that
page and chart can be made anew without measuring.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from bench.aims import AIMS, Aim
from bench.field import PART

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results.json"
PAGE, CHART = ROOT / "docs" / "benchmark.md", ROOT / "docs" / "benchmark.svg"

_LEFT, _WIDTH, _ROW, _TOP = 210, 470, 26, 56

_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1f2328}.own{fill:#0b62b8}.other{fill:#8c959f}"
    ".reader{fill:none;stroke:#8c959f;stroke-dasharray:4 3}.grid{stroke:#d0d7de}"
    ".spread{stroke:#1f2328;stroke-width:1.5}text.small{font-size:11px;fill:#59636e}text.group{font-weight:600}text.title{font-size:15px;font-weight:600}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.own{fill:#4493f8}.other{fill:#6e7681}.grid{stroke:#3d444d}"
    ".spread{stroke:#e6edf3}text.small{fill:#9198a1}}"
)


def page(found: dict[str, Any]) -> str:
    """The page for the figures ``found``."""
    parts = [_HEAD.format(where=_where(found), **found["extent"]), *_wanted(found["table"]), ""]
    parts += [*_missed(found["table"]), "", _FIELD.format(part=PART, **found["extent"], **_bare(found))]
    for group in ("json", "xml"):
        parts += [f"### {group.upper()}", "", *_table(found[group]), "", *_verdict_lines(found[group]), ""]
    return "\n".join(parts)


def _where(found: dict[str, Any]) -> str:
    machine = found["machine"]
    return (
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory']} GiB; Python {machine['python']}; "
        f"commit {found['commit']}. While it was measured, others used {found['others']:.1f} of its "
        f"{machine['cores']} cores on average{_BUSY if found['others'] >= 0.1 * machine['cores'] else ''}"
    )


def _bare(found: dict[str, Any]) -> dict[str, str]:
    bare, has = found["bare"], any(row["name"].startswith("sourcemeta") for row in found["json"])
    return {
        "bare_start": f"{bare['start']:.2f} s", "bare_memory": f"{bare['memory']:.0f} MiB",
        "sourcemeta": _SOURCEMETA if has else _NO_SOURCEMETA,
    }  # fmt: skip


def _wanted(table: dict[str, Any]) -> list[str]:
    """Each row of the table of speeds: what was found, and how that stands to what was wanted."""
    lines = ["| | must | aim | found | spread | |", "|---|---:|---:|---:|---|---|"]
    for aim in AIMS:
        if row := table.get(aim.key):
            spread = f"{aim.figure(row['least'])} to {aim.figure(row['most'])}" if row["rounds"] > 1 else "one run"
            cells = (_limit(aim, aim.must), _limit(aim, aim.aim), aim.figure(row["found"]), spread, _state(aim, row))
            lines.append(f"| {aim.what} | {' | '.join(cells)} |")
        else:
            lines.append(f"| {aim.what} | {_limit(aim, aim.must)} | {_limit(aim, aim.aim)} | not measured | | |")
    return lines


def _limit(aim: Aim, limit: float | None) -> str:
    return "" if limit is None else f"{'≥' if aim.more else '≤'} {limit:g}{' ' * bool(aim.unit)}{aim.unit}"


def _state(aim: Aim, row: dict[str, float]) -> str:
    if aim.must is None:
        return ""
    if not aim.holds(row["found"]):
        return "**does not hold**"
    return "holds" if aim.aim is None else "holds, aim reached" if aim.is_reached(row["found"]) else "holds, aim missed"


def _missed(table: dict[str, Any]) -> list[str]:
    """What does not hold or does not reach its aim, by how much, and why."""
    rows = [(aim, table[aim.key]["found"]) for aim in AIMS if aim.key in table]
    fallen = [(aim, found) for aim, found in rows if not aim.holds(found)]
    short = [(aim, found) for aim, found in rows if aim.holds(found) and not aim.is_reached(found)]
    lines = ["## What is missed, and why", ""]
    lines += [
        f"- **{aim.what}**: {_distance(aim, found, aim.must)} what must hold{_because(aim)}." for aim, found in fallen
    ]
    lines += [
        f"- {aim.what}: holds, and is {_distance(aim, found, aim.aim)} the aim{_because(aim)}." for aim, found in short
    ]
    return lines if fallen or short else [*lines, "Nothing: all that must hold does, and every aim is reached."]


def _because(aim: Aim) -> str:
    return f"; {aim.cause}" if aim.cause else ""


def _distance(aim: Aim, found: float, limit: float | None) -> str:
    assert limit is not None
    return f"{found / limit:.0%} of" if aim.more else f"{found / limit - 1:.0%} above"


def _table(rows: list[dict[str, Any]]) -> list[str]:
    lines = [
        "| | does | times parsing | spread | documents a second | faults found | ready after | memory |",
        "|---|---|---:|---|---:|---|---:|---:|",
    ]
    for row in sorted(rows, key=lambda one: float(one["found"])):
        name = f"**{row['name']}**" if _is_own(row) else f"{row['name']} {row['version']}".strip()
        cells = (
            name, row["does"], f"{row['found']:.1f}", f"{row['least']:.1f} to {row['most']:.1f}", f"{row['rate']:,.0f}",
            _verdicts(row), f"{row['start']:.2f} s", f"{row['memory']:.0f} MiB",
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _verdicts(row: dict[str, Any]) -> str:
    """What it found of what was wrong."""
    if row["rejected"] is None:
        return "gives no verdict"
    false = f", and {row['false']} that {'is' if row['false'] == 1 else 'are'} none" if row["false"] else ""
    return f"{row['wrong'] - sum(row['missed'].values())} of {row['wrong']}{false}"


def _verdict_lines(rows: list[dict[str, Any]]) -> list[str]:
    """The faults that were put in, and who missed which of them."""
    put = ", ".join(f"{name} ({number})" for name, number in sorted(rows[0]["put"].items()))
    lines = [f"- Faults put in: {put}."]
    for row in rows:
        if row["missed"]:
            missed = ", ".join(f"{name} ({number})" for name, number in sorted(row["missed"].items()))
            lines.append(f"- {row['name']} missed: {missed}.")
    return lines


def _is_own(row: dict[str, Any]) -> bool:
    return str(row["name"]).startswith("exportreport")


def chart(found: dict[str, Any]) -> str:
    """The chart for the figures ``found``: a bar for each peer, on a scale of powers of ten, with its spread."""
    groups = [(name, sorted(found[name], key=lambda one: float(one["found"]))) for name in ("json", "xml")]
    most = max(row["most"] for _, rows in groups for row in rows)
    scale = _WIDTH / math.log10(most * 1.1)
    height = _TOP + sum(len(rows) + 1 for _, rows in groups) * _ROW + 34
    marks = [10**power for power in range(int(math.log10(most)) + 1)]
    lines = [_grid(mark, _LEFT + math.log10(mark) * scale, height) for mark in marks]
    at = _TOP
    for name, rows in groups:
        lines.append(f'<text class="group" x="{_LEFT - 10}" y="{at + 18}" text-anchor="end">{name.upper()}</text>')
        at += _ROW
        for row in rows:
            lines.append(_bar(row, at, scale))
            at += _ROW
    title = "Time to judge a document of about 5 KB, as a multiple of parsing it"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + 160} {height}" role="img" '
        f'aria-label="{title}"><style>{_STYLE}</style><text class="title" x="12" y="24">{title}</text>'
        f'<text class="small" x="12" y="43">{_KEY}</text>' + "".join(lines) + "</svg>\n"
    )


def _grid(mark: int, x: float, height: int) -> str:
    name = "parsing alone" if mark == 1 else f"{mark} times"
    return (
        f'<line class="grid" x1="{x:.0f}" x2="{x:.0f}" y1="{_TOP}" y2="{height - 26}"/>'
        f'<text class="small" x="{x:.0f}" y="{height - 8}" text-anchor="middle">{name}</text>'
    )


def _bar(row: dict[str, Any], at: int, scale: float) -> str:
    """A bar with the line of its spread over its end, and its figure beyond both."""
    kind = "own" if _is_own(row) else "reader" if row["rejected"] is None else "other"
    bold = ' class="group"' if _is_own(row) else ""
    end, least, most = (math.log10(max(1.0, row[key])) * scale for key in ("found", "least", "most"))
    note = ", only reads" if row["rejected"] is None else _notes(row)
    return (
        f'<text{bold} x="{_LEFT - 10}" y="{at + 17}" text-anchor="end">{escape(row["name"])}</text>'
        f'<rect class="{kind}" x="{_LEFT}" y="{at + 4}" width="{max(2.0, end):.0f}" height="18" rx="2"/>'
        f'<line class="spread" x1="{_LEFT + least:.1f}" x2="{_LEFT + most:.1f}" y1="{at + 13}" y2="{at + 13}"/>'
        f'<text class="small" x="{_LEFT + max(end, most) + 7:.0f}" y="{at + 17}">{row["found"]:.1f}{note}</text>'
    )


def _notes(row: dict[str, Any]) -> str:
    missed = sum(row["missed"].values())
    return f", misses {missed} of {row['wrong']} faults" if missed else ""


_KEY = "Shorter is better; the scale is in powers of ten. A thin line is the spread over the rounds."

_BUSY = (
    ", so that its figures are rougher than on a machine of its own, and those of whole processes, above all of two of "
    "them, worse"
)

_NO_SOURCEMETA = "The JSON Schema CLI of Sourcemeta was not installed."

_HEAD = """# How fast it is, and beside others

Made by `python -m bench.page` from bench/results.json, which `make bench` writes. Measured on: {where}.

The documents are the examples, again and again under numbers of their own: {documents:,} of about 5 KB, one in ten with
one fault. There are also documents under 1 KB, one huge report ({items:,} items, each with a party and a limit), and a
stream ({streamed:,} lines). Of each corpus as many documents were rejected as faults were put in: a run in which that
is not so gives no figures. Figures are medians over the rounds, and the spread is from the least to the most. *Times
parsing* is the processor's time against that of `orjson.loads`, or of lxml, for the same bytes in the same round.
*Structure* is parsing, strictness and the schema, with line and column of every finding; *everything* is that with
repeated names, all rules and all code lists.

## What must hold, and what is aimed at
"""

_FIELD = """## Beside others

![Time to judge a document, as a multiple of parsing it](benchmark.svg)

The same {documents:,} documents for all, in JSON and in XML. A check that stops at the first fault, or says nothing of
line and column, does less; what each does is said beside it. What a peer misses, its schema or its models do not say:
those of LinkML are made from the same model. *Ready after* and *memory* are those of a bare process, from its start
until it can judge, and its peak while it judges {part} documents; the interpreter of Python alone takes {bare_start}
and {bare_memory} of that. Of a program that is no Python it is a whole run with one document. Java is measured warm, in
its best round of 20. {sourcemeta}
"""

_SOURCEMETA = (
    "The program of Sourcemeta reads files by itself; its start is taken off its time, which is that of all processors."
)


def main() -> None:
    found = json.loads(RESULTS.read_text(encoding="utf-8"))
    PAGE.write_text(page(found), encoding="utf-8")
    CHART.write_text(chart(found), encoding="utf-8")


if __name__ == "__main__":
    main()

"""What the samples of all formats come to, as a table: `python tests/converters/figures.py`.

For each sample of a layout (its case, and real files where EXPORTREPORT_DATA names their folder): records, reports and
refusals; the share of the cells with text that found their field, of all in records that were converted, and of those
of the format's own fields in which nothing is wrong; how many reports the standard accepts; what was lost on the way
back.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from conversion_cases import FOLDER, REPORTED_AT, provide_converters

provide_converters()

import exportreport  # noqa: E402
from exportreport.codec import json_text  # noqa: E402
from exportreport.conversion import ENVELOPE, Conversion, Format, Outcome, Writer, convert  # noqa: E402
from exportreport.conversion.ledger import GRAVITY, Entry  # noqa: E402
from exportreport_converters import FORMATS, layouts_of  # noqa: E402

PLACED = (Outcome.MAPPED, Outcome.DERIVED)


class Figures(NamedTuple):
    """What one sample comes to."""

    records: int
    reports: int
    refused: int
    cells: int
    placed: int
    sound: int
    sound_placed: int
    judged: int
    accepted: int
    lost: int | None


def figures_of(forms: Sequence[Format], data: bytes) -> Figures:
    """The figures of the file ``data``, read as one of the layouts ``forms``."""
    found = list(convert(forms, [data], reported_at=REPORTED_AT))
    cells = [cell for one in found if one.report is not None for cell in cells_of(one)]
    reports = [one.report for one in found if one.report is not None and one.report["report_type"] != ENVELOPE]
    lines = b"".join(map(json_text.line, reports))
    results = list(exportreport.validate_all(lines)) if lines else []
    known = {name for form in forms for name in form.columns.names}
    sound = [one for one in cells if one.finding_code is None and one.cell and one.cell.column_name in known]
    return Figures(
        sum(len(one.records) for one in found), len(reports), sum(one.refused is not None for one in found),
        len(cells), sum(cell.outcome in PLACED for cell in cells),
        len(sound), sum(cell.outcome in PLACED for cell in sound),
        len(results), sum(result.accepted for result in results), lost_of(forms, found),
    )  # fmt: skip


def cells_of(conversion: Conversion) -> Iterator[Entry]:
    """The gravest entry of each cell with text."""
    gravest: dict[tuple[int, int, str], Entry] = {}
    for entry in conversion.ledger:
        if entry.cell is not None and entry.cell.text.strip():
            key = entry.line, entry.cell.column, entry.cell.column_name
            known = gravest.get(key)
            if known is None or GRAVITY[entry.outcome] > GRAVITY[known.outcome]:
                gravest[key] = entry
    yield from gravest.values()


def lost_of(forms: Sequence[Format], found: Sequence[Conversion]) -> int | None:
    """How many values of the reports of ``found`` do not come back when they are written; None for a format that is
    read only. A report that cannot be written loses all, and counts as one."""
    if not any(form.writes and form.report_type != ENVELOPE for form in forms):
        return None
    writer = Writer(forms)
    reports = [one.report for one in found if one.report is not None]
    for envelope in (report for report in reports if report["report_type"] == ENVELOPE):
        writer.envelope(envelope)
    written = list(writer.write(report for report in reports if report["report_type"] != ENVELOPE))
    losses = sum(entry.outcome is Outcome.LOST for one in written for entry in one.ledger)
    return losses + sum(one.refused is not None for one in written)


#: The real files of each format, under the folder of the data.
REAL = {
    "ch_seco": "ch_seco/*.csv", "nl_cdiu": "nl_cdiu/*.csv", "uk_chief": "uk_chief/*",
    "uk_denials": "uk_lite_denials/*.csv",
    "uk_lite": "uk_lite/*.json",
}  # fmt: skip


def samples() -> Iterator[tuple[str, Sequence[Format], Path]]:
    """The name, the layouts and the file of each sample."""
    for name, form in FORMATS.items():
        (theirs,) = (FOLDER / name / "cases").glob("theirs.*")
        yield name, (form,), theirs
    data = os.environ.get("EXPORTREPORT_DATA")
    for name, pattern in REAL.items() if data else ():
        for path in sorted((Path(str(data)) / "real").glob(pattern)):
            yield f"{name} {path.name}", layouts_of(name), path


def main() -> None:
    """Print the table."""
    head = ("sample", "records", "reports", "refused", "placed", "placed where sound", "accepted", "lost")
    rows = [head]
    for name, forms, path in samples():
        f = figures_of(forms, path.read_bytes())
        rows.append((
            name, str(f.records), str(f.reports), str(f.refused), _share(f.placed, f.cells),
            _share(f.sound_placed, f.sound), f"{f.accepted} of {f.judged}", "" if f.lost is None else str(f.lost),
        ))  # fmt: skip
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    for row in rows:
        print("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


if __name__ == "__main__":
    sys.exit(main())

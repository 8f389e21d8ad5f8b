"""What the project does, on real data: Dutch licenses become common reports, and the validator judges them.

Run it with ``make demo``.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from pathlib import Path

from exportreport import __version__, validate_lines
from exportreport.cli.writing import pieces
from exportreport.conversion import Summary, convert
from exportreport.pipeline import Settings, check
from exportreport.result import text
from exportreport.standard import load
from exportreport_converters import FORMATS

HERE = Path(__file__).parent
ROWS = HERE / "nl_cdiu" / "dual_use_excerpt.csv"
MISTAKES = (
    HERE / "invalid" / "date-day-first.json",
    HERE / "against-rules" / "currency-withdrawn.xml",
    HERE / "against-rules" / "surveillance-without-risk-assessment.json",
)


def main() -> None:
    print(f"exportreport {__version__}\n")
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder) / "licenses.ndjson"
        convert_list(reports)
        validate_reports(reports)
        show_one(reports)
    show_mistakes()


def convert_list(target: Path) -> None:
    print(f"1. A national list becomes common reports: {ROWS.relative_to(HERE.parent)}")
    print("   (real licenses, published by the Dutch authority CDIU, in its own layout)\n")
    summary, known = Summary(), load()
    with ROWS.open("rb") as source, target.open("wb") as file:
        conversions = summary.watch(convert(FORMATS["nl_cdiu/dual_use"], source, reported_at="2026-11-23T09:00:00Z"))
        made = (conversion.report for conversion in conversions if conversion.report is not None)
        file.writelines(pieces(made, "ndjson", known))
    for line in summary.lines():
        print(f"   {line}")


def validate_reports(source: Path) -> None:
    print("\n2. The validator judges each report\n")
    with source.open("rb") as lines:
        verdicts = Counter(result.verdict.value for result in validate_lines(lines))
    for verdict, count in verdicts.items():
        print(f"   {count:>5} {verdict}")


def show_one(source: Path) -> None:
    report = json.loads(source.read_text(encoding="utf-8").splitlines()[0])
    print("\n3. One of them: who may see it, what was licensed, to where, until when\n")
    shown = {name: report[name] for name in ("report_type", "report_id", "items", "transaction", "authorizations")}
    for line in json.dumps(shown, indent=2, ensure_ascii=False).splitlines():
        print(f"   {line}")


def show_mistakes() -> None:
    print("\n4. What mistakes look like: in the form of a value, against a code list, against a rule\n")
    known = load()
    for path in MISTAKES:
        for result in check(path.read_bytes(), known, Settings(excerpts=0)):
            for line in text.document(path.relative_to(HERE).as_posix(), result):
                print(f"   {line}")
    print("\nNext: exportreport validate --help, exportreport explain SV-C-001, and examples/README.md")


if __name__ == "__main__":
    main()

"""A run on several processes gives what a run on one gives, byte for byte."""

from __future__ import annotations

import gzip
import subprocess
import sys
import zipfile
from pathlib import Path

import orjson
import pytest

from bench import corpus
from exportreport import standard
from exportreport.batch.parcel import Parcel, decoded, encoded
from exportreport.finding import Finding, Position, Severity, SourceLine, Verdict
from exportreport.result.forms import FORMS
from exportreport.result.record import Result
from exportreport.rules.outcomes import Outcomes

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PROGRAM = str(Path(sys.executable).with_name("exportreport"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Inputs of every sort: long lines of JSON, packed and not, small and large files, and what cannot be read."""
    place = tmp_path_factory.mktemp("inputs")
    known = standard.load()
    lines = corpus.filings(known, 400, 900, 7500)
    long = b"\r\n".join(lines[:150]) + b"\n\n \n" + b"\n".join(lines[150:])
    (place / "lines.ndjson").write_bytes(long)
    (place / "packed.gz").write_bytes(gzip.compress(long))
    (place / "torn.gz").write_bytes(gzip.compress(long)[:-2000])
    with zipfile.ZipFile(place / "several.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(EXAMPLES.rglob("*.xml"))[:20]:
            archive.writestr(path.name, path.read_bytes())
        archive.writestr("lines.ndjson", long)
        archive.writestr("large.json", orjson.dumps(corpus.long_report(600), option=orjson.OPT_INDENT_2))
    for number, path in enumerate(sorted(EXAMPLES.rglob("*.json"))[:120]):
        (place / f"small-{number:03}.json").write_bytes(path.read_bytes())
    (place / "zero").write_bytes(b"")
    return place


def run(folder: Path, jobs: int, out: Path, given: bytes = b"", *more: str) -> tuple[int, dict[str, bytes]]:
    saved = {form: out / f"{form}-{jobs}" for form in FORMS if form != "acknowledgement-xml"}
    saves = [word for form, path in saved.items() for word in ("--save", f"{form}={path}")]
    fixed = ["--as-of", "2026-11-25", "--reported-at", "2026-11-25T09:00:00Z", "-v", "--jobs", str(jobs)]
    call = [PROGRAM, "validate", *fixed, *saves, *more, str(folder), "-", str(folder / "missing")]
    done = subprocess.run(call, input=given, capture_output=True, check=False, timeout=300)
    said = {"stdout": done.stdout, "stderr": done.stderr}
    return done.returncode, said | {form: path.read_bytes() for form, path in saved.items()}


def test_every_form_is_the_same(folder: Path, tmp_path: Path) -> None:
    given = (folder / "lines.ndjson").read_bytes()
    status, one = run(folder, 1, tmp_path, given)
    again, two = run(folder, 2, tmp_path, given)
    assert status == again == 3
    assert {form for form in one if one[form] != two[form]} == set()
    assert len(orjson.loads(one["json"])["documents"]) > 1_200


def test_redacted_results_are_the_same(folder: Path, tmp_path: Path) -> None:
    _, one = run(folder, 1, tmp_path, b"{}", "--redact")
    _, two = run(folder, 3, tmp_path, b"{}", "--redact")
    assert {form for form in one if one[form] != two[form]} == set()


def test_a_parcel_comes_back_as_it_went() -> None:
    where = Position(3, 4)
    finding = Finding(
        "ER-S-001", Severity.ERROR, "“a\ud800”", ("items", 0, "a/b"), "é", "Item.x", True, 1, 2, "/er:x", where
    )
    shown = finding._replace(path=None, position=None, excerpt=(SourceLine(1, "\x7f", 2, True),), caused_by="ER-D-001")
    totals = {Severity.ERROR: 5, Severity.INFO: 1}
    results = [
        Result(
            Verdict.REJECTED, (finding, shown), totals, "json", "LicenseFiling", 2, 9, {"report_id": "é"}, "sha256:0"
        ),
        Result(Verdict.ACCEPTED, as_of="2026-11-25", profiles=("eu", "uk")),
        Result(Verdict.UNREADABLE, (shown._replace(path=()),), {Severity.FATAL: 1}),
    ]
    outcomes = Outcomes()
    outcomes.codes.seen["countries"] = 3
    parcel = Parcel([("a", results[0]), ("b\udcff", results[1]), ("a", results[2])], outcomes, {"a": "sha256:1"})
    back = decoded(encoded(parcel, documents=True))
    assert back.results == parcel.results
    assert back.digests == parcel.digests
    assert back.outcomes.state() == outcomes.state()
    assert decoded(encoded(parcel, documents=False)).results[0][1].report_id == "é"

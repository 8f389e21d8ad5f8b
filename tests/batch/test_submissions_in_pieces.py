"""A long XML Submission, judged report by report, gets what it gets when it is read whole."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from exportreport import standard, submission
from exportreport.batch import reading
from exportreport.codec import xml_reports
from exportreport.codec.limits import Limits
from exportreport.codec.xml_writing import encode
from exportreport.finding import Severity
from exportreport.pipeline import Settings, check, rules_of
from exportreport.result.record import Result
from tests.batch.running import PROGRAM
from tests.messages import example

STANDARD = standard.load()
EXAMPLES = (
    "LicenseFiling/classification-request-camera-core",
    "DenialNotice/authorization-revoked-anonymized",
    "LicenseFiling/license-exception-notification",
    "ReexportNotice/components-exemption-notification",
)
WIDE = Limits(delimiters=10**9)


def message(copies: int = 4) -> dict[str, Any]:
    carried = [one | {"report_id": f"R{n}-{m}"} for m in range(copies) for n, one in enumerate(map(example, EXAMPLES))]
    head = {"report_type": "Submission", "schema_version": "1.0", "report_id": "S1"}
    return head | {"reported_at": "2027-01-15T09:00:00Z", "reports": carried}


TEXT = encode(message(), STANDARD).decode()


def test_the_text_is_long_enough_to_be_read_in_pieces() -> None:
    assert len(TEXT) > 65_536


def judged(data: bytes, monkeypatch: pytest.MonkeyPatch, *, whole: bool, **more: Any) -> tuple[list[Result], list[Any]]:
    settings = Settings(**({"limits": WIDE} | more), documents=whole)
    rules = rules_of(STANDARD, settings)
    if whole:
        results = list(check(data, STANDARD, settings, rules))
    else:
        monkeypatch.setattr(xml_reports, "_STEP", 1_009)
        monkeypatch.setattr(reading, "_HEAD", 8_000)
        stream = io.BytesIO(data)
        begin = reading.begun(stream, settings.limits.document_bytes)
        content = reading.Content("x", stream)
        results = [one for _, one in reading.results_from(content, begin, STANDARD, settings, rules)]
    plain = [
        one._replace(document=None, findings=tuple(f._replace(element=None) for f in one.findings)) for one in results
    ]
    return plain, sorted(rules.outcomes.rules().items()) if rules else []


def between(text: str, index: int, change: Callable[[str], str]) -> str:
    """``text`` with the report of this ``index`` changed, with the blanks before it."""
    begin, rest = text.split("<reports>", 1)
    inner, end = rest.rsplit("\n  </reports>", 1)
    parts = inner.split("\n    <")
    starts = [n for n, part in enumerate(parts) if part.split(">")[0] in STANDARD.kinds]
    first = starts[index]
    last = starts[index + 1] if index + 1 < len(starts) else len(parts)
    own = change("\n    <" + "\n    <".join(parts[first:last]))
    before = "\n    <".join(parts[:first])
    after = "".join("\n    <" + part for part in parts[last:])
    return f"{begin}<reports>{before}{own}{after}\n  </reports>{end}"


def in_report(old: str, new: str, index: int = 10) -> Callable[[str], str]:
    def change(text: str) -> str:
        changed = between(text, index, lambda one: one.replace(old, new, 1))
        assert changed != text
        return changed

    return change


def replaced(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


def before_report(added: str, index: int = 6) -> Callable[[str], str]:
    return lambda text: between(text, index, lambda one: added + one)


def prefixed(text: str) -> str:
    import re

    named = re.sub(r"<(/?)([A-Za-z_]+)>", r"<\1e:\2>", text.replace(' xmlns="', ' xmlns:e="'))
    return named.replace("<Submission ", "<e:Submission ").replace("</Submission>", "</e:Submission>")


GOOD: dict[str, Callable[[str], str]] = {
    "as written": lambda text: text,
    "prefixed": prefixed,
    "schema location": replaced(
        "<Submission ",
        '<Submission xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"\n  xsi:schemaLocation="a b>c" ',
    ),
    "comment between": before_report("<!-- </LicenseFiling> <x> -->"),
    "instruction between": before_report("<?go </reports>?>"),
    "comment within": in_report("<revision>", "<!-- </LicenseFiling></DenialNotice></ReexportNotice> --><revision>"),
    "CDATA within": in_report("<report_id>R2-2", "<report_id><![CDATA[R2-2]]>"),
    "one line": lambda text: text.replace("\n", ""),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "blank in end tags": lambda text: text.replace("</LicenseFiling>", "</LicenseFiling\n>"),
    "references": in_report("<report_id>R2-2", "<report_id>&#82;2-7"),
    "comment after": lambda text: text + "<!-- end -->\n",
}

WRONG: dict[str, Callable[[str], str]] = {
    "no correct XML in the middle": in_report("</revision>", "</revison>"),
    "unknown entity": in_report("<report_id>R2-2", "<report_id>&what;"),
    "bare ampersand": in_report("<report_id>R2-2", "<report_id>R & D"),
    "undeclared prefix": in_report("<revision>", "<p:x/><revision>"),
    "broken end tag of a report": in_report("</report_id>", "</report_id></x>"),
    "cut in a report": lambda text: text[: len(text) - 3_000],
    "cut between reports": lambda text: text[: text.rindex("\n  </reports>")],
    "cut before the end": lambda text: text.replace("</Submission>", ""),
    "something after the end": lambda text: text + "<more/>",
    "control character": in_report("<report_id>R2-2", "<report_id>R\x01"),
    "wrong element between": before_report("<Invoice><number>1</number></Invoice>"),
    "empty wrong element between": before_report("<Invoice a='>'/>"),
    "element of another standard between": before_report('<x:Invoice xmlns:x="urn:x"/>'),
    "text between": before_report("stray"),
    "misspelled report": lambda text: between(text, 9, lambda one: one.replace("Filing>", "Filling>")),
    "an answer among the reports": before_report("<Acknowledgement><report_id>A</report_id></Acknowledgement>"),
    "empty report": before_report("<LicenseFiling/>"),
    "empty report with an attribute": before_report('<LicenseFiling a="1"></LicenseFiling>'),
    "wrong value": in_report("<revision>1<", "<revision>one<"),
    "member out of order": in_report("<revision>1</revision>", "<revision>1</revision><report_id>R</report_id>"),
    "unknown member": in_report("<revision>", "<revisions>1</revisions><revision>"),
    "two in one report": in_report("<revision>1</revision>", "<revisio>1</revisio>"),
    "no identifier, by two": lambda text: text.replace("<report_id>R1-2</report_id>", "").replace("R2-3<", " <"),
    "same identifier": replaced("<report_id>R1-2<", "<report_id>R1-3<"),
    "later than the envelope": in_report("<reported_at>20", "<reported_at>29"),
    "all later than the envelope": replaced("<reported_at>2027", "<reported_at>1999"),
    "envelope resets without number": replaced("<reports>", "<sequence_reset>true</sequence_reset><reports>"),
    "wrong value in the envelope": replaced("<report_id>S1<", "<report_id> S1 <"),
    "envelope out of order": replaced("<reports>", "<report_id>S2</report_id><reports>"),
    "missing in the envelope": replaced("<report_id>S1</report_id>", ""),
    "attribute of the envelope": replaced("<Submission ", '<Submission a="1" '),
    "attribute of the reports": replaced("<reports>", "<reports a='1'>"),
    "attribute in a report": in_report("<revision>", "<revision a='<'>".replace("<'", "x'")),
    "foreign envelope member": replaced("<reports>", '<x xmlns="urn:x"/><reports>'),
    "after the reports": replaced("</reports>", "</reports><as_of>2027-01-01</as_of>"),
    "reports twice": replaced("</reports>", "</reports><reports><LicenseFiling/></reports>"),
    "empty report before the end": replaced("</reports>", "<DenialNotice/></reports>"),
    "day of the envelope": replaced("<reports>", "<as_of>1980-01-01</as_of><reports>"),
    "characters": in_report("<report_id>R2-2", "<report_id>R\u202e\u0041\u030a\u00e9"),
    "letters before a fault": in_report("<report_id>R2-2", "<!-- ÄÖ€😀 --><report_id>é<"),
    "wrong throughout": lambda text: text.replace("<revision>1<", "<revision>0<"),
    "too deep": in_report("<revision>", "<x>" * 70 + "</x>" * 70 + "<revision>"),
    "document type": replaced("<Submission", "<!DOCTYPE x><Submission"),
    "other namespace": replaced("exportreport/1", "exportreport/2"),
    "profiles": lambda text: text.replace("<handling>", "<profiles>eu</profiles><handling>"),
}  # fmt: skip


#: What is read whole to be judged; all else is read report by report.
READ_WHOLE = {"text between", "after the reports", "reports twice", "too deep", "document type", "other namespace"}


@pytest.mark.parametrize("name", GOOD | WRONG)
def test_both_ways_say_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = (GOOD | WRONG)[name](TEXT).encode()
    found: list[Result | None] = []
    asked = submission.check_submission

    def noted(*given: Any) -> Result | None:
        found.append(asked(*given))
        return found[-1]

    monkeypatch.setattr(submission, "check_submission", noted)
    assert judged(data, monkeypatch, whole=False) == judged(data, monkeypatch, whole=True)
    assert [one is None for one in found] == [name in READ_WHOLE]


@pytest.mark.parametrize("name", WRONG)
def test_both_ways_show_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = WRONG[name](TEXT).encode()
    more: dict[str, Any] = {"max_findings": 3, "excerpts": 2}
    assert judged(data, monkeypatch, whole=False, **more) == judged(data, monkeypatch, whole=True, **more)


def test_what_was_read_ahead_is_not_gone_over_for_each_report(monkeypatch: pytest.MonkeyPatch) -> None:
    text = prefixed(TEXT).replace("<e:report_id>", "<!-- é --><e:report_id>")
    head, _, rest = text.partition("<e:LicenseFiling>")
    reports, _, end = f"<e:LicenseFiling>{rest}".rpartition("</e:reports>")
    data = f"{head}{reports * 8}</e:reports>{end}".encode()
    seen: list[int] = []
    asked = xml_reports.in_ascii

    def noted(part: bytes) -> bytes:
        seen.append(len(part))
        return asked(part)

    monkeypatch.setattr(xml_reports, "in_ascii", noted)
    rest_of = io.BytesIO(data[400_000:])
    pieces = list(xml_reports.Reports(data[:400_000], rest_of.read, STANDARD, 10**8))
    assert len(pieces) == 16 * 8
    assert sum(seen) < 4 * len(data)


LONG = {
    "comment": f"<!--{'x' * 10_000_001}-->",
    "instruction": f"<?x {'x' * 10_000_001}?>",
    "name of an instruction": f"<?{'x' * 50_001} ?>",
    "blanks": " " * 10_000_001,
}


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("name", LONG)
def test_what_is_too_long_between_reports_is_so_for_both(
    name: str, after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = replaced("</reports>", f"{LONG[name]}</reports>") if after else before_report(LONG[name])
    data = change(TEXT).encode()
    whole = judged(data, monkeypatch, whole=True)
    assert whole[0][0].findings
    assert judged(data, monkeypatch, whole=False) == whole


LATIN = in_report("<report_id>R2-2", "<report_id>\xe9")(TEXT).encode("latin-1", "replace")
ENCODED = {
    "UTF-8 with mark": b"\xef\xbb\xbf" + TEXT.encode(),
    "UTF-16": TEXT.replace("UTF-8", "UTF-16").encode("utf-16"),
    "UTF-16, high byte first": b"\xfe\xff" + TEXT.replace(' encoding="UTF-8"', "").encode("utf-16-be"),
    "ISO-8859-1": LATIN.replace(b"UTF-8", b"ISO-8859-1"),
    "not UTF-8": LATIN,
}


@pytest.mark.parametrize("name", ENCODED)
def test_encodings(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = ENCODED[name].replace(b"<revision>1<", b"<revision>0<", 3)
    assert judged(data, monkeypatch, whole=False, digests=True) == judged(data, monkeypatch, whole=True, digests=True)


@pytest.mark.parametrize("more", [{"min_severity": Severity.ERROR}, {"max_findings": 0}, {"as_of": "2020-01-01"},
                                  {"rules": False}, {"profiles": ("eu",)}, {"engine": "pure"}], ids=str)  # fmt: skip
def test_settings(more: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    text = in_report("<revision>", "<revisions>1</revisions><revision>")(TEXT)
    data = between(text, 9, lambda one: one.replace("Filing>", "Filling>").replace("Notice>", "Notices>")).encode()
    assert judged(data, monkeypatch, whole=False, **more) == judged(data, monkeypatch, whole=True, **more)


def test_limits_count_each_report(monkeypatch: pytest.MonkeyPatch) -> None:
    small = Limits(document_bytes=50_000, delimiters=1_500)
    good, broken = (judged(text.encode(), monkeypatch, whole=False, limits=small)[0][0] for text in (TEXT, TEXT[:-5]))
    assert good.accepted
    assert [f.finding_code for f in broken.findings] == ["ER-D-010"]
    long = in_report("<revision>", f"<!--{'x' * 50_000}--><revision>")(TEXT)
    too_long = judged(long.encode(), monkeypatch, whole=False, limits=small)
    assert [f.finding_code for f in too_long[0][0].findings] == ["ER-D-901"]
    many = in_report("<revision>", "<revision>1</revision>" * 1_000 + "<revision>")(TEXT)
    too_many = judged(many.encode(), monkeypatch, whole=False, limits=small._replace(document_bytes=10**6))
    assert [f.finding_code for f in too_many[0][0].findings] == ["ER-D-902"]


def said(*arguments: str, given: bytes | None = None) -> dict[str, Any]:
    call = [PROGRAM, "validate", *arguments, "-f", "json", "--as-of", "2027-01-15"]
    done = subprocess.run(call, input=given, capture_output=True, check=False)
    return {name: value for name, value in json.loads(done.stdout).items() if name in ("rules", "documents", "totals")}


def test_files_archives_processes_and_checkpoints(tmp_path: Path) -> None:
    text = encode(message(9), STANDARD).decode()
    data = in_report("<revision>", "<revisions>1</revisions><revision>")(text).encode()
    assert len(data) > 2 * 65_536
    plain, packed, zipped = tmp_path / "s.xml", tmp_path / "s.xml.gz", tmp_path / "s.zip"
    plain.write_bytes(data)
    packed.write_bytes(gzip.compress(data))
    with zipfile.ZipFile(zipped, "w") as file:
        file.writestr("s.xml", data)
    inputs = [str(plain), str(packed), str(zipped)]
    one = said(*inputs)
    assert said(*inputs, "--jobs", "2", "--checkpoint", str(tmp_path / "c")) == one
    findings = [document["findings"] for document in one["documents"]]
    assert findings[0]
    assert findings[1:] == findings[:1] * 2
    assert said("-", given=data)["documents"][0]["findings"] == findings[0]

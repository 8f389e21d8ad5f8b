"""What happens to bad input is what the page says: one code, one exit status, never a traceback, never a hang."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from exportreport.cli.main import cli
from tests.codec.packing import gzipped, member, overlapping, zip64, zipped
from tests.memory import PEAK
from tests.messages import example

PAGE = Path(__file__).resolve().parent.parent / "docs" / "bad-input.md"
NS = "https://w3id.org/exportreport/1"
NOTICE = {
    "report_type": "DenialNotice",
    "schema_version": "1.0",
    "report_id": "D-1",
    "reported_at": "2026-03-01T09:30:00Z",
    "revision": 1,
    "reporting_state": "NL",
    "reporting_authority": {"name": "Licensing office"},
    "handling": {"sensitivity": "limited"},
    "denial_kind": "refused",
    "reasons": [{"reason_text": "Risk of diversion"}],
}
JSON = json.dumps(NOTICE)
HEAD = f'<DenialNotice xmlns="{NS}"><schema_version>1.0</schema_version><report_id>D-1</report_id>'
XML = (
    f"{HEAD}<reported_at>2026-03-01T09:30:00Z</reported_at><revision>1</revision>"
    "<reporting_state>NL</reporting_state><reporting_authority><name>Licensing office</name></reporting_authority>"
    "<handling><sensitivity>limited</sensitivity></handling><denial_kind>refused</denial_kind>"
    "<reasons><DecisionReason><reason_text>Risk of diversion</reason_text></DecisionReason></reasons></DenialNotice>"
)
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
ACCEPTED = json.dumps(example("DenialNotice/denial-revoked-later")).encode()
MARKED = b"\xef\xbb\xbf" + ACCEPTED


def with_member(member: str) -> bytes:
    return (JSON[:-1] + ", " + member + "}").encode()


#: The rows of the page, by the words of their first column.
CASES: dict[str, Callable[[], bytes]] = {
    "an empty file": lambda: b"",
    "a truncated JSON file": lambda: JSON[:-20].encode(),
    "a truncated XML file": lambda: XML[:-20].encode(),
    "JSON in UTF-16": lambda: JSON.encode("utf-16"),
    "JSON in ISO-8859-1": lambda: JSON.replace("Licensing", "Büro").encode("latin-1"),
    "XML that declares another encoding than it has": lambda: f'<?xml version="1.0" encoding="UTF-8"?>{XML}'.replace(
        "Licensing", "Büro"
    ).encode("latin-1"),
    "XML in Windows-1252": lambda: f'<?xml version="1.0" encoding="windows-1252"?>{XML}'.encode(),
    "a byte order mark": lambda: MARKED,
    "a NUL byte in JSON": lambda: JSON.replace("Risk", "Ri\0sk").encode(),
    "neither JSON nor XML": lambda: b"Dear Sir or Madam,",
    "a 7z archive": lambda: b"7z\xbc\xaf\x27\x1c" + b"\0" * 40,
    "a zip archive that is cut off": lambda: zipped(member("a", JSON.encode()))[:-20],
    "a gzip file that is cut off": lambda: gzipped(JSON.encode())[:-20],
    "a file in an archive whose checksum is wrong": lambda: zipped(member("a", JSON.encode(), checksum=1)),
    "an archive whose files share their bytes": lambda: overlapping(
        member("0.json", ACCEPTED), times=2, inner_first=True
    ),
    "an encrypted file in an archive": lambda: zipped(member("a", JSON.encode(), flags=1)),
    "an archive in an archive": lambda: zipped(member("a", zipped(member("b", JSON.encode())))),
    "a link in an archive": lambda: zipped(member("a", b"/etc/passwd", mode=0o120777)),
    "a file in an archive packed by LZMA": lambda: zipped(member("a", JSON.encode(), method=14)),
    "an archive without files": lambda: zipped(member("folder/", b"")),
    "two files of one name in an archive": lambda: zipped(member("a", ACCEPTED), member("a", ACCEPTED)),
    "a file named ../../etc/passwd in an archive": lambda: zipped(member("../../etc/passwd", MARKED)),
    "more files in an archive than the limit": lambda: zip64(member("a"), count=100_001),
    "an archive that expands beyond the limit": lambda: gzipped(bytes(20_000_000)),
    "a member name twice": lambda: with_member('"revision": 2'),
    "NaN": lambda: JSON.replace('"revision": 1', '"revision": NaN').encode(),
    "a number beyond 2^53": lambda: JSON.replace('"revision": 1', '"revision": 9007199254740993').encode(),
    "a number beyond 2^64": lambda: JSON.replace('"revision": 1', '"revision": 99999999999999999999').encode(),
    "a number beyond all programs": lambda: JSON.replace('"revision": 1', '"revision": 1e999').encode(),
    "a whole number of 10,000 digits": lambda: JSON.replace('"revision": 1', f'"revision": {"9" * 10_000}').encode(),
    "the same in XML": lambda: XML.replace("<revision>1<", f"<revision>{'9' * 10_000}<").encode(),
    "a whole number with a fraction": lambda: JSON.replace('"revision": 1', '"revision": 1.0').encode(),
    "a lone surrogate": lambda: JSON.replace("Risk", "\\ud800").encode(),
    "JSON nested 100,000 deep": lambda: with_member('"x": ' + "[" * 100_000 + "]" * 100_000),
    "JSON nested 65 deep": lambda: with_member('"x": ' + "[" * 65 + "]" * 65),
    "XML nested 100,000 deep": lambda: (HEAD + "<x>" * 100_000 + "</x>" * 100_000 + "</DenialNotice>").encode(),
    "a DOCTYPE": lambda: b"<!DOCTYPE DenialNotice>" + XML.encode(),
    "a DOCTYPE in UTF-16": lambda: ("<!DOCTYPE DenialNotice>" + XML).encode("utf-16"),
    "an external entity": lambda: (
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + XML.replace("Risk", "&e;").encode()
    ),
    "an entity bomb": lambda: BOMB.encode() + XML.replace("Risk", "&b;").encode(),
    "an entity that is not defined": lambda: XML.replace("Risk", "&nbsp;").encode(),
    "a document over the limit of bytes": lambda: b'{"x": "' + b"x" * 70_000_000 + b'"}',
    "more delimiters than the limit": lambda: b"[" + b"[]," * 600_000 + b"[]]",
    "more tags than the limit": lambda: (HEAD + "<x/>" * 1_100_000 + "</DenialNotice>").encode(),
    "no kind of report": lambda: JSON.replace('"report_type": "DenialNotice", ', "").encode(),
    "an unknown kind in JSON": lambda: JSON.replace("DenialNotice", "Invoice").encode(),
    "an unknown kind in XML": lambda: XML.replace("DenialNotice", "Invoice").encode(),
    "an unknown version": lambda: JSON.replace('"1.0"', '"7.0"').encode(),
    "another namespace": lambda: XML.replace(NS, "https://example.org/9").encode(),
    "no namespace": lambda: XML.replace(f' xmlns="{NS}"', "").encode(),
    "elements in the wrong order": lambda: (
        XML.replace("<revision>1</revision>", "")
        .replace("<handling>", "<handling>")
        .replace("<reporting_state>NL</reporting_state>", "<reporting_state>NL</reporting_state><revision>1</revision>")
    ).encode(),
    "an element twice": lambda: XML.replace("<revision>1</revision>", "<revision>1</revision>" * 2).encode(),
    "text between elements": lambda: XML.replace("<handling>", "stray<handling>").encode(),
    "an attribute": lambda: XML.replace("<revision>", '<revision unit="x">').encode(),
    "a carriage return as a reference": lambda: XML.replace("Risk", "Risk&#13;").encode(),
    "XML 1.1": lambda: f'<?xml version="1.1"?>{XML}'.encode(),
    "something after the end": lambda: f"{JSON} trailing".encode(),
    "a list instead of a message": lambda: b"[[1]]",
    "a text beyond the limit": lambda: JSON.replace("Risk", "x" * 10_000_000).encode(),
    "the same text in XML": lambda: XML.replace("Risk", "x" * 10_000_000).encode(),
    "an unknown field": lambda: with_member('"nonsense": 1'),
    "null": lambda: with_member('"comment_text": null').replace(b"comment_text", b"denial_reference"),
}


def rows() -> dict[str, tuple[str, int]]:
    found = re.findall(r"^\| (.+?) \| \[?(ER-[DS]-\d{3})\]?.*? \| (\d) \|$", PAGE.read_text(encoding="utf-8"), re.M)
    return {what: (code, int(status)) for what, code, status in found}


def test_the_page_has_a_row_for_each_case() -> None:
    assert list(rows()) == list(CASES)


@pytest.mark.parametrize("what", CASES)
def test_bad_input_has_the_code_and_the_status_of_the_page(what: str, tmp_path: Path) -> None:
    path = tmp_path / "input"
    path.write_bytes(CASES[what]())
    result = CliRunner().invoke(cli, ["validate", "-f", "json", str(path)])
    codes = [f["finding_code"] for d in json.loads(result.stdout)["documents"] for f in d["findings"]]
    assert ([*dict.fromkeys(codes)], result.exit_code) == ([rows()[what][0]], rows()[what][1])


HOSTILE: dict[str, bytes] = {
    "brackets": b"[" * 9_900_000,
    "empty lists": b"[" + b"[]," * 330_000 + b"[]]",
    "wrong entries": JSON[:-1].encode() + b', "items": [' + b"1," * 400_000 + b"1]}",
    "empty items": JSON[:-1].encode() + b', "items": [' + b"{}," * 450_000 + b"{}]}",
    "unknown members": JSON[:-1].encode() + b"".join(b', "x%d": 1' % n for n in range(600_000)) + b"}",
    "unknown members of a Submission": b'{"report_type": "Submission"'
    + b"".join(b', "k%d": 1' % n for n in range(600_000))
    + b"}",
    "wrong reports": b'{"report_type": "Submission", "reports": ['
    + b'{"report_type":"DenialNotice"},' * 100_000
    + b"1]}",
    "wrong reports in XML": (
        f'<Submission xmlns="{NS}"><reports>' + "<DenialNotice/>" * 50_000 + "</reports></Submission>"
    ).encode(),
    "names of elements": (HEAD + "".join(f"<a{n}/>" for n in range(320_000)) + "</DenialNotice>").encode(),
    "names in a list": (
        HEAD + "<items>" + "".join(f"<a{n}/>" for n in range(320_000)) + "</items></DenialNotice>"
    ).encode(),
    "escapes": JSON.encode().replace(b"Risk", b"\\u0001" * 1_600_000),
    "one text": JSON.encode().replace(b"Risk", b"x" * 9_000_000),
    "numbers": JSON[:-1].encode() + b', "revision": ' + b"9" * 9_000_000 + b"}",
    "elements": (HEAD + "<x/>" * 330_000 + "</DenialNotice>").encode(),
    "attributes": (HEAD + "<x " + " ".join(f'a{n}=""' for n in range(900_000)) + "/></DenialNotice>").encode(),
    "namespaces": (HEAD + "<x " + " ".join(f'xmlns:n{n}="u"' for n in range(500_000)) + "/></DenialNotice>").encode(),
    "comments": (HEAD + "<!---->" * 990_000 + "</DenialNotice>").encode(),
    "references": XML.replace("Risk", "&#65;" * 1_900_000).encode(),
    "one long value": XML.replace("Risk", "x" * 9_500_000).encode(),
}

MEASURE = (
    PEAK
    + """
import sys
from exportreport.cli.main import cli
before = peak()
try:
    cli(["validate", sys.argv[1]], standalone_mode=True)
except SystemExit as ended:
    print((peak() - before) // 1024, ended.code, file=sys.stderr)
"""
)


@pytest.mark.skipif(sys.platform == "win32", reason="measures memory as POSIX systems tell it")
@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_under_10_mb_takes_at_most_300_mb(what: str, tmp_path: Path) -> None:
    path = tmp_path / "input"
    path.write_bytes(HOSTILE[what])
    assert path.stat().st_size < 10_000_000
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, timeout=120, check=False
    )
    assert "Traceback" not in done.stderr
    megabytes, status = map(int, done.stderr.split()[-2:])
    assert status in (1, 3, 4)
    assert megabytes < 300

"""Bad input of every kind, and what is said of it: bytes, code, line, column (None: no place)."""

from __future__ import annotations

import gzip
import io
import zipfile

from tests.codec.judging import NS, filing

Case = tuple[bytes, str, int | None, int | None]


def _zip(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "x")
    return buffer.getvalue()


OTHER_FILES: list[Case] = [
    (b"", "ER-D-002", None, None),
    (b" \r\n\t", "ER-D-002", None, None),
    (b"\xef\xbb\xbf\n", "ER-D-002", None, None),
    (b"hello", "ER-D-003", None, None),
    (b'"a","b"\n"c","d"\n', "ER-D-003", None, None),
    (b"2026,NL,5", "ER-D-003", None, None),
    (_zip("a.json"), "ER-D-004", None, None),
    (gzip.compress(b"{}"), "ER-D-004", None, None),
    (_zip("xl/workbook.xml"), "ER-D-005", None, None),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "ER-D-005", None, None),
    (b"{\\rtf1\\ansi}", "ER-D-005", None, None),
    (b"%PDF-1.7\n", "ER-D-006", None, None),
    ('{"a": 1}'.encode("utf-16"), "ER-D-007", None, None),
    ('{"a": 1}'.encode("utf-16-be"), "ER-D-007", None, None),
    ('{"a": 1}'.encode("utf-32"), "ER-D-007", None, None),
    ('[{"a": 1}]'.encode("utf-32-le"), "ER-D-007", None, None),
    (bytes(20), "ER-D-009", None, None),
]

UNREADABLE_JSON: list[Case] = [
    (b'{"a": "\xe9"}', "ER-D-008", 1, 8),
    ('{"é": "'.encode() + b"\xff" + b'"}', "ER-D-008", 1, 8),
    (b'{"a": "\xed\xa0\x80"}', "ER-D-008", 1, 8),
    (b'{"a":\x00 1}', "ER-D-009", 1, 6),
    (b'{"a": 1}\x00', "ER-D-009", 1, 9),
    (b'{"a": "\x00"}', "ER-D-009", 1, 8),
    (b'{"a": 1,\x00}', "ER-D-009", 1, 9),
    (b'{"a": [1, 2', "ER-D-010", 1, 12),
    (b'{\r\n"a": tr', "ER-D-010", 2, 8),
    (b'{\r"a": "x', "ER-D-010", 2, 8),
    (b'{"a": "x\\u00', "ER-D-010", 1, 13),
    (b'{"a": -', "ER-D-010", 1, 8),
    (b'{"a":\n', "ER-D-010", 1, 6),
    (b'{"a": 1,}', "ER-D-011", 1, 8),
    (b'{\n\t"a" 1}', "ER-D-011", 2, 6),
    ('{"😀": "é" 5}'.encode(), "ER-D-011", 1, 11),
    (b'{"a": [1 2]}', "ER-D-011", 1, 10),
    (b"{'a': 1}", "ER-D-011", 1, 2),
    (b"{a: 1}", "ER-D-011", 1, 2),
    ("{“a”: 1}".encode(), "ER-D-011", 1, 2),
    (b'{"a": 01}', "ER-D-011", 1, 7),
    (b'{"a": +1}', "ER-D-011", 1, 7),
    (b'{"a": 1.}', "ER-D-011", 1, 7),
    (b'{"a": 1e999}', "ER-D-031", 1, 1),
    (b'{"a": True}', "ER-D-011", 1, 7),
    (b'{"a": ]', "ER-D-011", 1, 7),
    (b'{"a": [1}', "ER-D-011", 1, 9),
    (b'{"a": "\\x"}', "ER-D-011", 1, 8),
    (b'{"a": "\t"}', "ER-D-011", 1, 8),
    (b'{"a": "x\ny"}', "ER-D-011", 1, 9),
    (b'{/* c */ "a": 1}', "ER-D-011", 1, 2),
    (b'{"a": 1 // c\n}', "ER-D-011", 1, 9),
    (b'\xef\xbb\xbf{"a" 1}', "ER-D-011", 1, 6),
    (b'{"a":\xc2\xa01}', "ER-D-011", 1, 6),
    (b'{"a": NaN}', "ER-D-012", 1, 7),
    (b'{"a": -Infinity}', "ER-D-012", 1, 7),
    (b'{"a": "x\\ud800"}', "ER-D-013", 1, 9),
    (b'{"a": "\\ud83d\\ude00\\udc00"}', "ER-D-013", 1, 20),
    (b'{"a": "\\\\ud800\\ud800"}', "ER-D-013", 1, 15),
    (b'{"a": 1} x', "ER-D-014", 1, 10),
    (b'{"a": 1}{"a": 1}', "ER-D-014", 1, 9),
    (b" []", "ER-D-015", 1, 2),
    (b' "text"', "ER-D-030", 1, 2),
    (b"null", "ER-D-030", 1, 1),
    (b"\n {}", "ER-D-031", 2, 2),
    (b'{"report_type": "licensefiling"}', "ER-D-032", 1, 17),
    (b'{"report_type": 5}', "ER-D-032", 1, 17),
    (b'{"report_type": "Report"}', "ER-D-032", 1, 17),
    (b"[" * 65 + b"]" * 65, "ER-D-108", 1, 65),
    (b'\n{"a":' * 100 + b"1" + b"}" * 100, "ER-D-108", 66, 1),
    (b'{"a":' * 300 + b"1" + b"}" * 300, "ER-D-108", 1, 321),
    (b"[" * 100_000, "ER-D-108", 1, 65),
]

_HEAD = '<?xml version="1.0" encoding="{}"?>\n'

UNREADABLE_XML: list[Case] = [
    (filing("é").replace(b"\xc3\xa9", b"\n\xe9"), "ER-D-008", 2, 1),
    (filing("<a>\0</a>"), "ER-D-009", 1, 59),
    (filing("x")[:-5], "ER-D-010", 1, 68),
    (filing("<report_id>é"), "ER-D-020", 1, 70),
    (b"<?xml version='1.0'?>\n", "ER-D-010", 1, 22),
    (filing("\r\n <b></c>"), "ER-D-020", 2, 7),
    (filing("<a x='1' x='2'/>"), "ER-D-020", 1, 65),
    (filing("<a>&#0;</a>"), "ER-D-020", 1, 59),
    (filing("<a>\x01</a>"), "ER-D-020", 1, 59),
    (b" " + filing("", head="<?xml version='1.0'?>"), "ER-D-020", 1, 2),
    (filing("<p:a/>"), "ER-D-020", 1, 56),
    (filing("", head="<!-- é -->\n", begin="<LicenseFiling xmlns='https://é,://x'>"), "ER-D-020", 2, 1),
    (b"\n<LicenseFiling \xe5\xb1\xb8\xe6\x91\xb5\xe3\xa0\xb00='1'/>", "ER-D-033", 2, 1),
    (filing("é").replace(b"<Lic", b"\n<Lic") + b"x", "ER-D-014", 2, 73),
    (filing("x") + b"<a/>", "ER-D-014", 1, 73),
    (filing("é", head=_HEAD.format("US-ASCII")), "ER-D-021", 2, 56),
    (filing("", head=_HEAD.format("UTF-16")), "ER-D-021", 1, 31),
    (b"\xef\xbb\xbf" + filing("", head=_HEAD.format("ISO-8859-1")), "ER-D-021", 1, 31),
    (filing("", head=_HEAD.format("UTF-8")).decode().encode("utf-16"), "ER-D-021", 1, 31),
    (b"\xff\xfe" + "<a>😀".encode("utf-16-le")[:-2], "ER-D-021", 1, 4),
    (filing("", head=_HEAD.format("windows-1252")), "ER-D-022", 1, 31),
    (filing("", head=_HEAD.format("UTF-7")), "ER-D-022", 1, 31),
    (filing("").decode().encode("utf-16-le"), "ER-D-022", 1, 1),
    (filing("").decode().encode("utf-32"), "ER-D-022", 1, 1),
    (b"\x4c\x6f\xa7\x94\x93", "ER-D-022", 1, 1),
    (filing("", head="<?xml version='1.1'?>"), "ER-D-023", 1, 16),
    (filing("", head='<!-- <a> -->\n <!DOCTYPE a [<!ENTITY x "y">]>'), "ER-D-024", 2, 2),
    (b"<!doctype html><html/>", "ER-D-024", 1, 1),
    (filing("", head='<!DOCTYPE a SYSTEM "file:///etc/passwd">').decode().encode("utf-16"), "ER-D-024", 1, 1),
    (filing("<a>é&eacute;</a>"), "ER-D-025", 1, 60),
    (filing("<a b='&x;'/>"), "ER-D-025", 1, 62),
    (b"\n<html/>", "ER-D-032", 2, 1),
    (b"<Report xmlns='" + NS.encode() + b"'/>", "ER-D-032", 1, 1),
    (b"<LicenseFiling/>", "ER-D-033", 1, 1),
    (b"<LicenseFiling xmlns='https://w3id.org/exportreport/2'/>", "ER-D-034", 1, 1),
    (filing("<a>" * 64 + "</a>" * 64), "ER-D-108", 1, 245),
    (filing("\n" + "<a>" * 300 + "</a>" * 300), "ER-D-108", 2, 190),
    (filing("<a>" * 100_000 + "</a>" * 100_000), "ER-D-108", 1, 245),
    (filing("<report_id>" + "x" * 10_000_001 + "</report_id>"), "ER-D-109", 1, 56),
    (filing("<!--" + "x" * 10_000_001 + "-->"), "ER-D-903", None, None),
    (filing("<" + "a" * 60_000 + "/>"), "ER-D-903", None, None),
]

XSI = "http://www.w3.org/2001/XMLSchema-instance"

AGAINST_THE_STANDARD: list[Case] = [
    (b'{"report_type": "Submission",\r"report_id": "a",\r\n "report_id": "b"}', "ER-D-101", 3, 2),
    (b'{"report_type": "Submission", "a": {"\\u003a": 1, ":": 2}}', "ER-D-101", 1, 50),
    (filing("<report_id>a</report_id>\n<report_id>b</report_id>"), "ER-D-101", 2, 1),
    (filing("<parties/>\r<parties/>"), "ER-D-101", 2, 1),
    (filing("<profiles>a</profiles><language>en</language>\n\t<profiles>b</profiles>"), "ER-D-102", 2, 2),
    (filing("<report_id>a</report_id>\r\n<schema_version>1.0</schema_version>"), "ER-D-103", 2, 1),
    (filing("<report_id>é</report_id><x xmlns='u'><y/></x>"), "ER-D-104", 1, 80),
    (filing("<sender xmlns='u'><name>x</name></sender>"), "ER-D-104", 1, 56),
    (filing("<report_id xmlns=''>x</report_id>"), "ER-D-104", 1, 56),
    (filing("<!-- c -->\n \u00a0<report_id>a</report_id>"), "ER-D-105", 2, 2),
    (filing("<report_id>a</report_id>&#13;<![CDATA[ ]]>\n<![CDATA[ x]]>"), "ER-D-105", 2, 11),
    (filing("<parties>\n<Party><name>x</name></Party>é</parties>"), "ER-D-105", 2, 30),
    (filing("<parties><Party><name>x</name></Party>\n<party><name/></party></parties>"), "ER-D-106", 2, 1),
    (filing("<parties>\n<name>y</name><name>z</name></parties>"), "ER-D-106", 2, 1),
    (filing("<recommendations>\n<recommended_by><name>x</name></recommended_by></recommendations>"), "ER-D-106", 2, 1),
    (filing("\n<report_type>LicenseFiling</report_type>"), "ER-D-107", 2, 1),
    (filing("\n<report_id xml:lang='en'>a</report_id>"), "ER-D-121", 2, 1),
    (filing(f"<parties><Party xmlns:x='{XSI}' x:type='q'/></parties>"), "ER-D-122", 1, 65),
    (filing(f"<as_of xmlns:x='{XSI}' x:nil='true'/>"), "ER-D-123", 1, 56),
    (filing("<report_id xml:space='preserve'>a</report_id>"), "ER-D-124", 1, 56),
    (filing("", begin=f'<LicenseFiling report_id="5" xmlns="{NS}">'), "ER-D-125", 1, 1),
    (filing("<report_id note = 'x'>a</report_id>"), "ER-D-125", 1, 56),
]  # fmt: skip

REMARKS: list[Case] = [
    (b'\xef\xbb\xbf{"report_type": "Submission"}', "ER-D-201", 1, 1),
    ('{"report_type": "Submission", "x": ["😀", "e\u0301"]}'.encode(), "ER-D-202", 1, 42),
    (b'{"report_type": "Submission", "x": "e\\u0301"}', "ER-D-202", 1, 36),
    (filing("<report_id>e\u0301</report_id>"), "ER-D-202", 1, 56),
    (filing("<report_id>e&#x301;</report_id>"), "ER-D-202", 1, 56),
    ('{"report_type": "Submission", "x": {"y": "a\u202eb"}}'.encode(), "ER-D-203", 1, 42),
    (filing("<parties><Party><name>a\u2066b</name></Party></parties>"), "ER-D-203", 1, 72),
]

ALL = [*OTHER_FILES, *UNREADABLE_JSON, *UNREADABLE_XML, *AGAINST_THE_STANDARD, *REMARKS]

"""Files made to exhaust the reader: each in a process of its own, with its memory and time."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.memory import PEAK

MEGABYTES = 300
SECONDS = 20

#: What stands for what: N is ten megabytes, R and E begin and end a license filing.
HOSTILE = {
    "brackets": "b'[' * N",
    "lists": "b'[' + b'[],' * 499_000 + b'[]]'",
    "objects": "b'[' + b'{\"\":0},' * 499_000 + b'0]'",
    "names": "b'{' + b','.join(b'\"a%d\":0' % i for i in range(690_000)) + b',\"a1\":0}'",
    "repeated names": "b'[' + b'{\"a\":0,\"a\":0},' * 330_000 + b'0]'",
    "nested objects": "b'{\"a\":' * (N // 5)",
    "deep lists": "b'[' * 100_000 + b']' * 100_000",
    "escapes": "b'\"' + b'\\\\u0000' * (N // 6 - 1) + b'\"'",
    "one long text": "b'\"' + b'x' * (N - 2) + b'\"'",
    "decomposed texts": "('[' + '\"e\\u0301\",' * 990_000 + '0]').encode()",
    "broken at the end": "b'[' + b'[],' * 499_000 + b'x'",
    "start tags": "b'<a>' * (N // 3)",
    "elements": "R + b'<a/>' * 990_000 + E",
    "entries": "R + b'<parties>' + b'<Party/>' * 990_000 + b'</parties>' + E",
    "attributes of entries": "R + b'<parties>' + b'<Party a=\"\"/>' * 195_000 + b'</parties>' + E",
    "attributes": "b'<a' + b''.join(b' a%d=\"%030d\"' % (i, i) for i in range(245_000)) + b'/>'",
    "namespaces": "b'<a' + b''.join(b' xmlns:a%d=\"u%030d\"' % (i, i) for i in range(200_000)) + b'/>'",
    "names of elements": "R + b''.join(b'<a%d/>' % i for i in range(900_000)) + E",
    "stray text": "R + b'<a/>x' * 990_000 + E",
    "repeated elements": "R + b'<parties>' + b'<Party><name/><name/></Party>' * 240_000 + b'</parties>' + E",
    "comments": "R + b'<!---->' * 990_000 + E",
    "references": "R + b'<report_id>' + b'&#65;' * (N // 5 - 100) + b'</report_id>' + E",
    "deep elements": "b'<a>' * 100_000 + b'</a>' * 100_000",
}

READ = (
    PEAK
    + """
import sys
from exportreport import standard
from exportreport.codec import json_places, json_text, xml_places, xml_text

N, known = 10_000_000, standard.load()
R, E = b'<LicenseFiling xmlns="' + known.namespace.encode() + b'">', b"</LicenseFiling>"
start = peak()
data = {expression}
if data.startswith(b"<"):
    found = xml_text.decode(data, known)
    xml_places.place(data, found.findings, known)
else:
    found = json_text.decode(data)
    json_places.place(data, found.findings)
print((peak() - start) // 1024)
"""
)


def output(code: str) -> str:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True).stdout


@pytest.mark.parametrize("what", HOSTILE)
def test_memory_and_time_are_bounded(what: str) -> None:
    pytest.importorskip("resource")
    code = READ.replace("{expression}", HOSTILE[what])
    assert int(output(code)) < MEGABYTES


def test_what_is_too_large_is_not_decoded() -> None:
    code = (
        PEAK + "from exportreport.codec import json_text; data = bytes(1 << 30); before = peak(); "
        "print(json_text.decode(data).findings[0].finding_code, peak() - before < 10_000)"
    )
    assert output(code).split() == ["ER-D-901", "True"]

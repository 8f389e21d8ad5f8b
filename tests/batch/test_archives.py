"""Archives at the command line: what is read in them, under which name, and with which exit status."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from exportreport import validate
from exportreport.cli.main import cli
from exportreport.codec import xml_text
from exportreport.codec.limits import FREE_EXPANSION
from exportreport.standard import Standard
from tests.codec.packing import STORED, gzipped, member, zipped

PROGRAM = str(Path(sys.executable).with_name("exportreport"))


def call(*arguments: str | Path, **more: Any) -> Result:
    return CliRunner().invoke(cli, list(map(str, arguments)), **more)


def said(*arguments: str | Path, **more: Any) -> tuple[list[tuple[str, str, int, list[str]]], int]:
    """Name, verdict, number and codes of each document, and the exit status."""
    result = call("validate", "-f", "json", *arguments, **more)
    documents = json.loads(result.stdout)["documents"]
    told = [
        (d["input"].rpartition("/x")[2], d["verdict"], d["number"], [f["finding_code"] for f in d["findings"]])
        for d in documents
    ]
    return told, result.exit_code


def text(*documents: object) -> bytes:
    return "\n".join(map(json.dumps, documents)).encode()


@pytest.fixture
def put(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(data: bytes) -> Path:
        path = tmp_path / "x"
        path.write_bytes(data)
        return path

    return write


Put = Callable[[bytes], Path]


def test_a_gzip_file_is_read_under_its_name(put: Put, good: dict[str, Any], bad: dict[str, Any]) -> None:
    assert said(put(gzipped(text(good)))) == ([("", "accepted", 1, [])], 0)
    assert said(put(gzipped(text(bad)))) == ([("", "rejected", 1, ["ER-S-017"])], 1)


def test_members_of_gzip_are_one_file(put: Put, good: dict[str, Any], bad: dict[str, Any]) -> None:
    data = gzipped(text(good) + b"\n", text(bad) + b"\n", text(good)[:50], text(good)[50:])
    assert [one[1:3] for one in said(put(data))[0]] == [("accepted", 1), ("rejected", 2), ("accepted", 3)]


def test_files_of_a_zip_are_read_one_by_one(
    put: Put, good: dict[str, Any], bad: dict[str, Any], the_standard: Standard
) -> None:
    xml = xml_text.encode(good, the_standard)
    data = zipped(member("f/a.txt", text(good)), member("b", text(good, bad, good)), member("c", xml, method=STORED))
    assert said(put(data)) == (
        [
            ("!/f/a.txt", "accepted", 1, []),
            ("!/b", "accepted", 1, []),
            ("!/b", "rejected", 2, ["ER-S-017"]),
            ("!/b", "accepted", 3, []),
            ("!/c", "accepted", 1, []),
        ],
        1,
    )


def test_packed_and_plain_are_judged_alike(tmp_path: Path, good: dict[str, Any], bad: dict[str, Any]) -> None:
    assert len(text(good)) > 1_000
    lines = text(*[good, bad, good] * 40) + b"\n{broken"
    (tmp_path / "plain").write_bytes(lines)
    (tmp_path / "packed").write_bytes(gzipped(lines))
    (tmp_path / "zip").write_bytes(zipped(member("a", lines)))
    (tmp_path / "stored").write_bytes(zipped(member("a", lines, method=STORED)))
    told = []
    for name in ("plain", "packed", "zip", "stored"):
        whole = json.loads(call("validate", "-f", "json", tmp_path / name).stdout)
        told.append([{k: v for k, v in document.items() if k != "input"} for document in whole["documents"]])
    assert len(told[0]) == 121
    assert told[0] == told[1] == told[2] == told[3]


@pytest.mark.parametrize("pack", [gzipped, lambda data: zipped(member("a", data))], ids=["gzip", "zip"])
def test_standard_input(pack: Callable[[bytes], bytes], good: dict[str, Any]) -> None:
    """From a pipe, which cannot be read twice, and from a file, which can."""
    data = pack(text(good))
    piped = subprocess.run([PROGRAM, "validate", "-"], input=data, capture_output=True, check=False)
    assert (piped.returncode, piped.stderr) == (0, b"")
    assert call("validate", "-", input=data).exit_code == 0


def test_archives_stand_in_folders(tmp_path: Path, good: dict[str, Any], bad: dict[str, Any]) -> None:
    (tmp_path / "a.json").write_bytes(text(good))
    (tmp_path / "x.zip").write_bytes(zipped(member("b", text(bad))))
    told, status = said(tmp_path)
    assert [one[1] for one in told] == ["accepted", "rejected"]
    assert status == 1


def test_digest_and_convert_read_archives(put: Put, tmp_path: Path, good: dict[str, Any], bad: dict[str, Any]) -> None:
    path = put(zipped(member("a", text(good)), member("b", text(good))))
    lines = call("digest", path).stdout.splitlines()
    (tmp_path / "plain").write_bytes(text(good))
    assert {line.split()[0] for line in lines} == {call("digest", tmp_path / "plain").stdout.split()[0]}
    assert [line.split()[1] for line in lines] == [f"{path}!/a", f"{path}!/b"]
    converted = call("convert", "--to", "ndjson", path)
    assert [json.loads(line) for line in converted.stdout.splitlines()] == [good, good]
    assert call("convert", "--to", "ndjson", put(zipped(member("a", text(bad))))).exit_code == 1


def test_digests_are_those_of_what_was_received(put: Put, good: dict[str, Any]) -> None:
    """Of a gzip file its own, of each file of a zip archive that file's; of a document its text's."""
    inner, lines = text(good), text(good, good)

    def told(data: bytes) -> list[str]:
        answer = json.loads(call("validate", "-f", "acknowledgement-json", put(data)).stdout)
        return [one["received_digest"] for one in (answer if isinstance(answer, list) else [answer])]

    assert told(gzipped(lines)) == [digest(gzipped(lines))]
    assert told(zipped(member("a", inner), member("b", lines))) == [digest(inner), digest(lines)]
    broken = zipped(member("a", inner))[:-5]
    assert told(broken) == [digest(broken)]
    whole = json.loads(call("validate", "-f", "json", put(zipped(member("a", inner)))).stdout)
    assert whole["documents"][0]["received_digest"] == digest(inner)


def test_of_what_cannot_be_unpacked_the_archive_was_received(put: Put, good: dict[str, Any]) -> None:
    """Not what came out before it failed, which nobody sent."""
    lines = b"\n".join([json.dumps(good).encode()] * 60)
    bomb = gzipped(b" " * (FREE_EXPANSION + 1))
    archives = [
        zipped(member("a", lines, flags=1), member("b", text(good))),
        zipped(member("a", lines, checksum=1), member("b", text(good))),
        zipped(member("a", text(good)), member("a", text(good))),
        zipped(member("b", text(good)), member("a", b" " * (FREE_EXPANSION + 1)), member("c", text(good))),
        bomb,
    ]
    told = []
    for data in archives:
        answer = json.loads(call("validate", "-f", "acknowledgement-json", put(data)).stdout)
        several = answer if isinstance(answer, list) else [answer]
        told.append([(one["received_digest"], one["verdict"]) for one in several])
    sound, first, second, third, fourth, fifth = map(digest, (text(good), *archives))
    assert told == [
        [(first, "unreadable"), (sound, "accepted")],
        [(second, "unreadable"), (sound, "accepted")],
        [(sound, "accepted"), (third, "unreadable")],
        [(sound, "accepted"), (fourth, "undecided")],
        [(fifth, "undecided")],
    ]
    assert call("validate", "-f", "acknowledgement-json", put(bomb)).exit_code == 4


def digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def test_one_acknowledgement_in_xml_answers_one_file(put: Put, tmp_path: Path, good: dict[str, Any]) -> None:
    one, two = zipped(member("a", text(good, good))), zipped(member("a", text(good)), member("b", text(good)))
    arguments = ("validate", "-f", "acknowledgement-xml", "-o", tmp_path / "out")
    assert call(*arguments, put(two)).exit_code == 2
    assert not (tmp_path / "out").exists()
    assert call(*arguments, put(one)).exit_code == 0


PACKED_AGAIN = {
    "zip in zip": zipped(member("a", zipped(member("b")))),
    "zip in stored zip": zipped(member("a", zipped(member("b")), method=STORED)),
    "gzip in zip": zipped(member("a", gzipped(b"{}"))),
    "zip in gzip": gzipped(zipped(member("b"))),
    "gzip in gzip": gzipped(gzipped(b"{}")),
    "tar in gzip": gzipped(b"a" + bytes(256) + b"ustar\x0000" + bytes(1000)),
    "7z in gzip": gzipped(b"7z\xbc\xaf\x27\x1c"),
}


@pytest.mark.parametrize("what", PACKED_AGAIN)
def test_archives_in_archives_are_refused(what: str, put: Put) -> None:
    told, status = said(put(PACKED_AGAIN[what]))
    assert (told[0][1:], status) == (("unreadable", 1, ["ER-D-042"]), 3)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped(), "ER-D-045"),
        (zipped(member("a/", b""), member(".b"), member("__MACOSX/c")), "ER-D-045"),
        (b"PK\x03\x04" + bytes(40), "ER-D-040"),
        (b"\x1f\x8b\x08", "ER-D-040"),
        (b"BZh9", "ER-D-004"),
        (zipped(member("a", b"")), "ER-D-002"),
        (gzipped(b""), "ER-D-002"),
        (zipped(member("[Content_Types].xml"), member("xl/workbook.xml")), "ER-D-005"),
        (zipped(member("a", zipped(member("[Content_Types].xml")))), "ER-D-005"),
        (zipped(member("a", b"x", mode=0o120777)), "ER-D-043"),
        (zipped(member("a", b"x", flags=1)), "ER-D-041"),
        (zipped(member("a", b"x", method=12)), "ER-D-044"),
    ],
)
def test_what_cannot_be_unpacked_is_status_3(data: bytes, code: str, put: Put) -> None:
    told, status = said(put(data))
    assert [one[1:] for one in told] == [("unreadable", 1, [code])]
    assert status == 3


def test_a_refused_file_does_not_stop_the_others(put: Put, good: dict[str, Any]) -> None:
    members = (member("a", text(good), flags=1), member("b", text(good)), member("b"), member("c", text(good)))
    told, status = said(put(zipped(*members)))
    assert [one[3] for one in told] == [["ER-D-041"], [], ["ER-D-046"], []]
    assert status == 3


@pytest.mark.parametrize(("first", "second"), [("../a", r"\x2e\x2e/a"), ("a/./b", r"a/\x2e/b")])
def test_names_that_read_alike_are_one_name(first: str, second: str, put: Put, good: dict[str, Any]) -> None:
    told, status = said(put(zipped(member(first, text(good)), member(second, text(good)))))
    assert [one[3] for one in told] == [[], ["ER-D-046"]]
    assert status == 3


@pytest.mark.parametrize("cut", [4, 5_000])
def test_of_a_damaged_stream_the_whole_lines_count(cut: int, put: Put, good: dict[str, Any]) -> None:
    """Nothing that was cut is judged as if it were a whole; what is missing is said once, at the end."""
    lines = [good | {"report_id": hashlib.sha256(bytes([n % 250, n // 250])).hexdigest()} for n in range(400)]
    told, status = said(put(gzipped(text(*lines))[:-cut]))
    assert status == 3
    assert told[-1][1:] == ("unreadable", len(told), ["ER-D-040"])
    assert {one[1] for one in told[:-1]} == {"accepted"}
    assert 50 < len(told) <= 401


def test_a_damaged_document_is_not_judged(put: Put, good: dict[str, Any]) -> None:
    padded = good | {f"x{n}": "y" for n in range(20_000)}
    assert said(put(gzipped(text(padded))[:-4]))[0] == [("", "unreadable", 1, ["ER-D-040"])]


def test_names_are_made_visible_in_every_form(put: Put) -> None:
    name = "../../\x1b[31m\u202e\n::error::%0A<b>&=cmd"
    path = put(zipped(member(name, b"{")))
    for form in ("text", "json", "sarif", "junit", "html", "csv", "github", "acknowledgement-json"):
        out = call("validate", "-f", form, path).stdout
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "!/../" not in out
    assert "\n::error::%0A" not in call("validate", "-f", "github", path).stdout


LIMITED: list[tuple[str, int, bytes, str]] = [
    ("--max-members", 2, zipped(member("a"), member("b"), member("c")), "ER-D-904"),
    ("--max-unpacked", 5, zipped(member("a"), member("b"), member("c")), "ER-D-906"),
    ("--max-unpacked", 5, gzipped(b"{    }"), "ER-D-906"),
    ("--max-bytes", 5, gzipped(b"{    }"), "ER-D-901"),
    ("--max-bytes", 5, zipped(member("a", b"{    }")), "ER-D-901"),
    ("--max-delimiters", 2, gzipped(b"[1,1,1]"), "ER-D-902"),
]


@pytest.mark.parametrize(("option", "limit", "data", "code"), LIMITED)
def test_limits_are_status_4_and_can_be_raised(option: str, limit: int, data: bytes, code: str, put: Put) -> None:
    path = put(data)
    for value in (limit - 1, limit):
        told, status = said(option, str(value), path)
        assert (told[-1][3], status) == ([code], 4)
    told, status = said(option, str(limit + 1), path)
    assert code not in [found for one in told for found in one[3]]
    assert status == 3


def test_beyond_a_limit_of_the_archive_nothing_more_is_read(put: Put) -> None:
    told, _ = said("--max-unpacked", "3", put(zipped(*(member(name) for name in "abcdef"))))
    assert [one[3] for one in told] == [["ER-D-031"], ["ER-D-906"]]


def test_the_expansion_can_be_raised(put: Put, good: dict[str, Any]) -> None:
    line = text(good) + b"\n"
    data = gzipped(line * (12_000_000 // len(line)))
    ratio = 12_000_000 // len(data)
    assert ratio > 60
    path = put(data)
    refused = call("validate", "-f", "csv", "--max-bytes", "9", "--max-expansion", "2", path)
    assert refused.stdout.count("ER-D-905") == 1
    assert refused.stdout.count("ER-D-901") > 1000
    assert "ER-D-905" not in call("validate", "-f", "csv", "--max-bytes", "9", path).stdout


def test_python_takes_what_is_unpacked() -> None:
    for data in (gzipped(b"{}"), zipped(member("a"))):
        assert [finding.finding_code for finding in validate(data).findings] == ["ER-D-004"]

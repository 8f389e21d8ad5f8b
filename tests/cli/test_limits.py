"""Every limit at its last value and at the first beyond it, in both syntaxes, and raised where that can be asked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import exportreport
from exportreport import Limits, load, validate, validate_all, validate_lines
from exportreport.cli.limits import GROUPS
from exportreport.cli.main import cli
from exportreport.cli.options import LIMITS
from exportreport.codec import xml_text
from exportreport.codec.decoded import MOST_FINDINGS
from exportreport.codec.faults import FAULTS
from exportreport.codec.limits import MAX_COMMENT, MAX_DEPTH, MAX_NAME, MAX_TEXT
from exportreport.finding import Verdict
from exportreport.standard import Standard

EVERY = [limit for _, limits in GROUPS for limit in limits]


@pytest.fixture(params=["json", "xml"])
def written(request: pytest.FixtureRequest, the_standard: Standard) -> Callable[[dict[str, Any]], bytes]:
    """Writes a report in the syntax of the test, on one line."""
    if request.param == "json":
        return lambda document: json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    return lambda document: xml_text.encode(document, the_standard)


Write = Callable[[dict[str, Any]], bytes]


def codes(data: bytes, limits: Limits | None = None) -> list[str]:
    return [finding.finding_code for finding in validate(data, limits=limits).findings]


def status(path: Path, data: bytes, *options: str) -> tuple[list[str], int]:
    """The codes and the exit status of the command for ``data``."""
    path.write_bytes(data)
    result = CliRunner().invoke(cli, ["validate", "-f", "json", *options, str(path)])
    documents = json.loads(result.stdout)["documents"]
    return [finding["finding_code"] for one in documents for finding in one["findings"]], result.exit_code


def test_options_and_limits_have_the_same_defaults() -> None:
    assert {field: default for _, field, default, _ in LIMITS} == Limits._field_defaults


def test_every_limit_of_a_run_is_listed_with_its_code_and_option() -> None:
    undecided = {code for code, fault in FAULTS.items() if fault.verdict is Verdict.UNDECIDED}
    assert {limit.fault.code for limit in GROUPS[0][1] if limit.fault} == undecided
    assert {limit.option for limit in EVERY if limit.option} == {name for name, *_ in LIMITS} | {"--max-findings"}
    said = CliRunner().invoke(cli, ["validate", "--limits"]).stdout
    for limit in EVERY:
        (line,) = [one for one in said.splitlines() if f"  {limit.what}" in one]
        assert line.split()[0] == f"{limit.number:,}"
        assert limit.option in line
        assert (limit.fault.code if limit.fault else "") in line


def test_the_default_of_findings_is_listed() -> None:
    command = cli.get_command(None, "validate")  # type: ignore[arg-type]
    assert command is not None
    (default,) = [one.default for one in command.params if one.name == "max_findings"]
    assert default in [limit.number for limit in EVERY if limit.option == "--max-findings"]


# bytes


def test_bytes(written: Write, good: dict[str, Any], tmp_path: Path) -> None:
    data = written(good)
    for over, expected in ((1, []), (0, []), (-1, ["ER-D-901"])):
        limit = len(data) + over
        assert codes(data, Limits(document_bytes=limit)) == expected
        assert status(tmp_path / "x", data, "--max-bytes", str(limit)) == (expected, 4 if expected else 0)


def test_bytes_of_each_line(good: dict[str, Any], tmp_path: Path) -> None:
    line = json.dumps(good).encode()
    for end in (b"\n", b"\r\n"):
        data = end.join([line] * 200)
        assert status(tmp_path / "x", data, "--max-bytes", str(len(line))) == ([], 0)
        assert status(tmp_path / "x", data, "--max-bytes", str(len(line) - 1)) == (["ER-D-901"] * 200, 4)
    assert [one.accepted for one in validate_lines([line] * 2, limits=Limits(document_bytes=len(line)))] == [True] * 2
    assert not any(one.accepted for one in validate_lines([line] * 2, limits=Limits(document_bytes=len(line) - 1)))


def test_bytes_of_an_array_count_together(good: dict[str, Any]) -> None:
    data = json.dumps([good, good]).encode()
    assert [one.accepted for one in validate_all(data, limits=Limits(document_bytes=len(data)))] == [True, True]
    assert [one.accepted for one in validate_all(data, limits=Limits(document_bytes=len(data) - 1))] == [False]


def test_bytes_beyond_the_default(good: dict[str, Any], tmp_path: Path) -> None:
    """Blanks count; the option raises the limit beyond what is usual, however far."""
    data = json.dumps(good).encode().ljust(Limits().document_bytes + 1)
    assert codes(data) == ["ER-D-901"]
    assert status(tmp_path / "x", data, "--max-bytes", str(2**70)) == ([], 0)


# delimiters


def test_delimiters(written: Write, good: dict[str, Any], tmp_path: Path) -> None:
    report = good | {"additional_information": "{[,<>=,"}
    data = written(report)
    count = delimiters(data)
    for over, expected in ((1, []), (0, []), (-1, ["ER-D-902"])):
        limit = count + over
        assert codes(data, Limits(delimiters=limit)) == expected
        assert status(tmp_path / "x", data, "--max-delimiters", str(limit)) == (expected, 4 if expected else 0)


def delimiters(data: bytes) -> int:
    """What counts: braces, brackets and commas outside of texts; in XML start tags by three, attributes by four."""
    text = data.decode()
    if text.startswith("<"):
        tags = re.findall(r"<[^/?!][^>]*>", text)
        declaration, _, _ = text.partition("?>")
        return 3 * len(tags) + 3 + 4 * (sum(tag.count('="') for tag in tags) + declaration.count('="'))
    return len(re.findall(r"[{\[,]", re.sub(r'"(?:[^"\\]|\\.)*"', "", text)))


def test_delimiters_beyond_the_default() -> None:
    data = b'{"report_type": "DenialNotice", "x": [' + b"1," * (Limits().delimiters - 3) + b"1]}"
    assert delimiters(data) == Limits().delimiters
    assert "ER-D-902" not in codes(data)
    assert codes(data.replace(b"1]", b"1,1]")) == ["ER-D-902"]


# what the standard itself bounds


@pytest.mark.parametrize("depth", [MAX_DEPTH - 1, MAX_DEPTH, MAX_DEPTH + 1])
def test_depth(depth: int, good: dict[str, Any], the_standard: Standard) -> None:
    """The report itself is one level; what is nested in it is unknown to the standard in any case."""
    expected = ["ER-D-108"] if depth > MAX_DEPTH else ["ER-S-002"]
    inside = "[" * (depth - 1) + "]" * (depth - 1)
    assert codes(json.dumps(good)[:-1].encode() + f', "x": {inside}}}'.encode()) == expected
    xml = xml_text.encode(good, the_standard).decode()
    inside = "<x>" * (depth - 1) + "</x>" * (depth - 1)
    assert codes(xml.replace("</DenialNotice>", f"{inside}</DenialNotice>").encode()) == expected


@pytest.mark.parametrize("character", ["x", "é", "\U00020bb7"])
def test_length_of_a_text(character: str, written: Write, good: dict[str, Any]) -> None:
    """A text of the last length is longer than its field may be, but can be read."""
    size = len(character.encode())
    for length, expected in ((MAX_TEXT // size, "ER-S-016"), (MAX_TEXT // size + 1, "ER-D-109")):
        result = validate(written(good | {"additional_information": character * length}))
        (finding,) = result.findings
        assert (finding.finding_code, result.verdict) == (expected, Verdict.REJECTED)


@pytest.mark.parametrize("escape", [r"\"", r"\\"])
def test_escapes_count_as_what_they_stand_for(escape: str, good: dict[str, Any]) -> None:
    begin = json.dumps(good)[:-1].encode() + b', "additional_information": "'
    assert codes(begin + escape.encode() * MAX_TEXT + b'"}') == ["ER-S-016"]
    result = validate(begin + escape.encode() * (MAX_TEXT + 1) + b'"}')
    assert [(f.finding_code, f.position) for f in result.findings] == [("ER-D-109", (1, len(begin)))]


@pytest.mark.parametrize(
    ("part", "longest"),
    [("<{}/>", MAX_NAME), ('<a {}="x"/>', MAX_NAME), ("<!--{}-->", MAX_COMMENT)],
    ids=["name", "attribute", "comment"],
)
def test_names_and_comments_of_xml(part: str, longest: int, good: dict[str, Any], the_standard: Standard) -> None:
    def said(length: int) -> list[str]:
        xml = xml_text.encode(good, the_standard).decode()
        return codes(xml.replace("</DenialNotice>", part.format("a" * length) + "</DenialNotice>").encode())

    assert said(longest + 1) == ["ER-D-903"]
    assert "ER-D-903" not in said(longest)
    assert "ER-D-903" not in said(longest - 1)


# numbers


@pytest.mark.parametrize("digits", [21, 309, 4_299, 4_300, 4_301, 1_000_000, MAX_TEXT, MAX_TEXT + 1])
@pytest.mark.parametrize("sign", ["", "-"])
def test_digits_of_a_number(digits: int, sign: str, written: Write, good: dict[str, Any]) -> None:
    data = written(good | {"revision": 471147114})
    number = sign + "9" * (digits - len(sign))
    result = validate(data.replace(b"471147114", number.encode()))
    if digits > MAX_TEXT:
        assert [finding.finding_code for finding in result.findings] == ["ER-D-109"]
    else:
        assert [(f.finding_code, f.pointer, f.value) for f in result.findings] == [("ER-S-010", "/revision", number)]


@pytest.mark.parametrize("number", ["1e309", "-1e309", "1E+999", "0.1e99999999999999999999", "9" * 400 + ".5e-1"])
def test_numbers_beyond_all_programs(number: str, written: Write, good: dict[str, Any]) -> None:
    result = validate(written(good | {"revision": 471147114}).replace(b"471147114", number.encode()))
    assert [(f.finding_code, f.pointer, f.value) for f in result.findings] == [("ER-S-010", "/revision", number)]


def test_large_numbers_in_texts_are_left_alone(good: dict[str, Any]) -> None:
    data = json.dumps(good | {"revision": 471147114, "additional_information": '1e999 \\" 1e999'}).encode()
    result = validate(data.replace(b"471147114", b"1e999"))
    assert [(f.finding_code, f.pointer) for f in result.findings] == [("ER-S-010", "/revision")]
    assert result.document is not None
    assert result.document["additional_information"] == '1e999 \\" 1e999'


@pytest.mark.parametrize("number", ["1e308", "0e999", "1e-999", "123456789"])
def test_numbers_that_programs_hold_stay(number: str) -> None:
    (result,) = validate_all(b'{"report_type": "DenialNotice", "a": 1e999, "b": %s}' % number.encode())
    assert result.document is not None
    assert result.document["b"] == json.loads(number)


# findings


@pytest.mark.parametrize("most", [0, 1, 4, 5, 6])
def test_findings_of_a_document(most: int, good: dict[str, Any], tmp_path: Path) -> None:
    data = json.dumps(good | {f"x{number}": 1 for number in range(5)}).encode()
    shown = min(most or 5, 5)
    result = validate(data, max_findings=most)
    assert (len(result.findings), sum(result.totals.values())) == (shown, 5)
    assert status(tmp_path / "x", data, "--max-findings", str(most)) == (["ER-S-002"] * shown, 1)


def test_findings_of_python_are_bounded_by_default(good: dict[str, Any]) -> None:
    result = validate(json.dumps(good | {f"x{number}": 1 for number in range(1_001)}).encode())
    assert (len(result.findings), sum(result.totals.values())) == (1_000, 1_001)
    with pytest.raises(ValueError, match="-1"):
        validate(b"{}", max_findings=-1)


@pytest.mark.parametrize(("count", "more"), [(MOST_FINDINGS, 0), (MOST_FINDINGS + 1, 1)])
def test_findings_about_the_text(count: int, more: int) -> None:
    texts = b'{"report_type": "Submission", "x": [' + b'{"a":1,"a":2},' * count + b"1]}"
    found = codes_of(texts)
    assert (found.count("ER-D-101"), found.count("ER-D-204")) == (MOST_FINDINGS, more)
    xml = b'<LicenseFiling xmlns="https://w3id.org/exportreport/1"><parties>' + b'<Party a=""/>' * count
    found = codes_of(xml + b"</parties></LicenseFiling>")
    assert (found.count("ER-D-125"), found.count("ER-D-204")) == (MOST_FINDINGS, more)


def codes_of(data: bytes) -> list[str]:
    return [finding.finding_code for finding in validate(data, max_findings=0).findings]


# Python


def test_limits_are_a_name_of_the_package() -> None:
    assert exportreport.Limits is Limits
    with pytest.raises(AttributeError, match="Limit"):
        _ = exportreport.Limit


def test_load_takes_limits(good: dict[str, Any]) -> None:
    data = json.dumps(good).encode()
    assert load(data, limits=Limits(document_bytes=len(data))) == good
    with pytest.raises(ValueError, match="ER-D-901"):
        load(data, limits=Limits(document_bytes=len(data) - 1))

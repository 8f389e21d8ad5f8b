"""The first row: what is accepted with a remark, what makes the file unreadable, what another list is
called."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from exportreport.conversion import Conversion, Format, recognize
from exportreport.finding import Severity

Run = Callable[..., list[Conversion]]


def with_header(names: list[str], cells: list[str]) -> bytes:
    return (",".join(names) + "\n" + ",".join(cells) + "\n").encode()


@pytest.fixture
def names(form: Format) -> list[str]:
    return list(form.columns.names)


def codes_of(conversion: Conversion) -> list[str]:
    return [finding.finding_code for finding in conversion.findings]


def test_the_format_s_own_header_needs_no_remark(run: Run, names: list[str], good: list[str]) -> None:
    assert codes_of(run(with_header(names, good))[0]) == []


@pytest.mark.parametrize("spelling", ["Waarde(EUR)", "waarde (€)", "Waarde", "Waarde in euro"])
def test_other_spellings(run: Run, names: list[str], good: list[str], spelling: str) -> None:
    names[8] = spelling
    (found,) = run(with_header(names, good))
    assert codes_of(found) == ["ER-K-013"]
    assert found.report is not None and found.report["items"][0]["value"]["amount"] == "740"


def test_other_order(run: Run, names: list[str], good: list[str]) -> None:
    (found,) = run(with_header(names[::-1], good[::-1]))
    assert codes_of(found) == ["ER-K-012"]
    assert found.report is not None and found.report["authorizations"][0]["issued_on"] == "2004-01-15"
    assert found.cell(10).column_name == "Datum afgifte"


def test_a_further_column_is_carried(run: Run, names: list[str], good: list[str]) -> None:
    (found,) = run(with_header([*names, "Opmerking"], [*good, "zie bijlage"]))
    assert codes_of(found) == ["ER-K-011"]
    assert found.report is not None
    assert found.report["extensions"] == [
        {
            "source_system": "CDIU license list",
            "extension_path": "Opmerking",
            "extension_value": "zie bijlage",
        }
    ]


def test_blank_columns_at_the_end_are_none(run: Run, names: list[str], good: list[str]) -> None:
    (found,) = run(with_header([*names, "", ""], [*good, "", ""]))
    assert codes_of(found) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda names: names[:-1], "ER-K-004"),
        (lambda names: [*names[:8], "Wert", names[9]], "ER-K-004"),
        (lambda names: [*names, "D/T"], "ER-K-005"),
        (lambda names: ["a", "b"], "ER-K-003"),
    ],
)
def test_a_header_that_cannot_be_read(run: Run, names: list[str], good: list[str], change, code: str) -> None:  # type: ignore[no-untyped-def]
    (found,) = run(with_header(change(names), good))
    assert (found.row, found.line, found.report) == (0, 1, None)
    assert found.refused is not None
    assert (found.refused.fault.code, found.refused.fault.severity) == (code, Severity.FATAL)


def test_a_near_heading_is_named(run: Run, names: list[str], good: list[str]) -> None:
    names[1] = "numer"
    (found,) = run(with_header(names, good))
    assert found.refused is not None and '"numer"' in found.refused.message


def test_another_list_of_the_house_is_named(run: Run) -> None:
    transit = b"Datum aanvraag,Consent nummer,Aantal,Goederen,herkomst,bestemming,Ad-hoc J/N,VP/AN,Vervoermiddel\n"
    (found,) = run(transit)
    assert found.refused is not None and "Dutch transit list" in found.refused.message


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "ER-K-001"),
        (b"\r\n \n", "ER-K-001"),
        (b"\xef\xbb\xbf", "ER-K-001"),
        (b"PK\x03\x04rest", "ER-K-002"),
        (b"%PDF-1.7\n", "ER-K-002"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "ER-K-002"),
        ("Datum afgifte".encode("utf-16-le"), "ER-K-002"),
        (b"\x81\x8d\n", "ER-K-002"),
        (b"x" * 2_000_000, "ER-K-002"),
        (b'"open', "ER-K-003"),
    ],
)
def test_a_file_that_is_no_list(run: Run, data: bytes, code: str) -> None:
    (found,) = run(data)
    assert found.refused is not None and found.refused.fault.code == code


def test_the_encoding_is_told_once(run: Run, header: str, good: list[str]) -> None:
    data = "\n".join([header, ",".join(good), ",".join(good), ""])
    for encoding in ("cp1252", "utf-16"):
        first, second = run(data.encode(encoding))
        assert (codes_of(first), codes_of(second)) == (["ER-K-010"], [])


def test_recognize(form: Format, names: list[str]) -> None:
    candidates = {form.id: form.columns}
    assert recognize(names, candidates) == "nl_cdiu"
    assert recognize([*names[::-1], "more"], candidates) == "nl_cdiu"
    assert recognize(names[1:], candidates) is None

"""`exportreport convert`: nothing lost between the syntaxes, everything accounted for from a national format."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from exportreport.cli import convert
from exportreport.cli.main import cli
from exportreport.standard import Standard
from exportreport_converters import FORMATS, IDS
from tests.corpus.generate import document

HEADER = (
    "Datum afgifte,nummer,SG-Post,Omschrijving goederen,Opgegeven eindgebruik,D/T,"
    "Land van eindbestemming,Land van herkomst,Waarde(€),Datum verval\n"
)
ROW = '05-01-2004,23632284,6A002a2a,Beeldversterkerbuizen,Nachtzichtsystemen,D,Chili,Nederland,"25,740",31-01-2005\n'


def call(*arguments: str | Path, **more: Any) -> Result:
    return CliRunner().invoke(cli, ["convert", *map(str, arguments)], **more)


@pytest.fixture
def filing(tmp_path: Path, the_standard: Standard) -> tuple[Path, dict[str, Any]]:
    made = document(the_standard, "LicenseFiling", 12)
    path = tmp_path / "filing.json"
    path.write_text(json.dumps(made), encoding="utf-8")
    return path, made


@pytest.fixture
def licenses(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(HEADER + ROW + ROW.replace("23632284", "23632285"), encoding="utf-8")
    return path


def test_json_to_xml_to_json_is_the_same_document(filing: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    path, made = filing
    as_xml, back = tmp_path / "a.xml", tmp_path / "b.json"
    assert call("--to", "xml", path, "-o", as_xml).exit_code == 0
    assert as_xml.read_bytes().startswith(b"<?xml")
    assert call("--to", "json", as_xml, "-o", back).exit_code == 0
    assert json.loads(back.read_bytes()) == made


def test_several_documents_become_an_array_lines_or_a_submission(
    filing: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    _, made = filing
    many = tmp_path / "many"
    many.write_text(f"{json.dumps(made)}\n{json.dumps(made)}\n", encoding="utf-8")
    assert json.loads(call("--to", "json", many).stdout) == [made, made]
    assert [json.loads(line) for line in call("--to", "ndjson", many).stdout.splitlines()] == [made, made]
    first, again = (call("--to", "xml", many).stdout for _ in range(2))
    assert first == again
    (tmp_path / "s.xml").write_text(first, encoding="utf-8")
    submission = json.loads(call("--to", "json", tmp_path / "s.xml").stdout)
    assert submission["report_type"] == "Submission"
    assert submission["reports"] == [made, made]


def test_what_is_no_report_cannot_go_into_a_submission(tmp_path: Path, the_standard: Standard) -> None:
    one = document(the_standard, "Acknowledgement", 1)
    (tmp_path / "many").write_text(json.dumps([one, one]), encoding="utf-8")
    assert call("--to", "xml", tmp_path / "many").exit_code == 2


def test_what_is_rejected_is_named_and_not_written(filing: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    path, made = filing
    path.write_text(json.dumps(made | {"revision": -1}), encoding="utf-8")
    result = call("--to", "xml", path, "-o", tmp_path / "out.xml")
    assert result.exit_code == 1
    assert "ER-S-011" in result.stderr
    assert not (tmp_path / "out.xml").exists()


def test_accepted_documents_are_converted_beside_rejected_ones(
    filing: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    path, made = filing
    path.write_text(f"{json.dumps(made)}\n{json.dumps(made | {'revision': -1})}\n", encoding="utf-8")
    result = call("--to", "ndjson", path)
    assert result.exit_code == 1
    assert [json.loads(line) for line in result.stdout.splitlines()] == [made]


def test_an_unreadable_file_is_status_3(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"hello")
    assert call("--to", "json", tmp_path / "a").exit_code == 3


def test_a_wrong_claim_about_the_input_is_wrong_use(filing: tuple[Path, dict[str, Any]]) -> None:
    assert call("--from", "xml", "--to", "json", filing[0]).exit_code == 2
    assert call("--to", "json", "--ledger", "x", filing[0]).exit_code == 2


def test_the_names_of_national_formats_are_those_of_the_converters() -> None:
    assert convert.NATIONAL == IDS


def test_a_national_list_becomes_reports_with_a_ledger(licenses: Path, tmp_path: Path) -> None:
    out, ledger, refused = (tmp_path / name for name in ("out", "ledger", "refused"))
    result = call(
        "--from", "nl_cdiu", "--to", "ndjson", licenses, "-o", out, "--ledger", ledger, "--refused", refused,
        "--reported-at", "2026-11-23T09:00:00Z",
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    reports = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [r["authorizations"][0]["authorization_number"] for r in reports] == ["23632284", "23632285"]
    assert {r["reported_at"] for r in reports} == {"2026-11-23T09:00:00Z"}
    entries = [json.loads(line) for line in ledger.read_text(encoding="utf-8").splitlines()]
    assert {entry["column"] for entry in entries if "column" in entry} == set(range(1, 11))
    assert refused.read_text() == ""
    assert CliRunner().invoke(cli, ["validate", str(out)]).exit_code == 0


@pytest.mark.parametrize("target", ["json", "xml"])
def test_a_national_list_in_the_other_forms_is_accepted(licenses: Path, tmp_path: Path, target: str) -> None:
    out = tmp_path / "out"
    assert call("--from", "nl_cdiu", "--to", target, licenses, "-o", out, "-q").exit_code == 0
    assert CliRunner().invoke(cli, ["validate", str(out)]).exit_code == 0


def test_a_refused_record_is_listed_and_the_others_converted(licenses: Path, tmp_path: Path) -> None:
    licenses.write_text(HEADER + ROW + "one cell only\n" + ROW.replace("23632284", "9"), encoding="utf-8")
    refused = tmp_path / "refused"
    result = call("--from", "nl_cdiu", "--to", "ndjson", licenses, "--refused", refused)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    (entry,) = [json.loads(line) for line in refused.read_text(encoding="utf-8").splitlines()]
    assert entry["line"] == 3
    assert entry["finding_code"].startswith("ER-K-")


def test_loss_is_a_failure_when_asked(licenses: Path) -> None:
    licenses.write_text(HEADER + ROW.replace('"25,740"', "17.28"), encoding="utf-8")
    assert call("--from", "nl_cdiu", "--to", "ndjson", licenses).exit_code == 0
    assert call("--from", "nl_cdiu", "--to", "ndjson", "--fail-on-loss", licenses).exit_code == 1


def test_a_file_of_another_format_is_status_3(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a,b,c\n1,2,3\n")
    assert call("--from", "nl_cdiu", "--to", "ndjson", tmp_path / "a").exit_code == 3


@pytest.mark.parametrize("target", ["json", "ndjson", "xml"])
def test_where_nothing_becomes_a_report_no_file_is_written_and_the_reason_is_said(tmp_path: Path, target: str) -> None:
    (tmp_path / "a").write_text("a,b,c\n1,2,3\n")
    out = tmp_path / "out"
    result = call("--from", "nl_cdiu", "--to", target, tmp_path / "a", "-o", out)
    assert (result.exit_code, out.exists()) == (3, False)
    assert "ER-K-003" in result.stderr


@pytest.mark.parametrize(("target", "written"), [("json", b"[]\n"), ("ndjson", b"")])
def test_a_list_without_records_gives_no_reports(licenses: Path, target: str, written: bytes, tmp_path: Path) -> None:
    licenses.write_text(HEADER, encoding="utf-8")
    out = tmp_path / "out"
    assert call("--from", "nl_cdiu", "--to", target, licenses, "-o", out).exit_code == 0
    assert out.read_bytes() == written


@pytest.mark.parametrize("target", ["json", "ndjson", "xml"])
def test_what_was_refused_is_listed_where_nothing_else_is_written(licenses: Path, target: str, tmp_path: Path) -> None:
    licenses.write_text(HEADER + "one cell only\n", encoding="utf-8")
    out, refused, ledger = tmp_path / "out", tmp_path / "refused", tmp_path / "ledger"
    more = ("-o", out, "--refused", refused, "--ledger", ledger)
    assert call("--from", "nl_cdiu", "--to", target, licenses, *more).exit_code == 1
    assert not out.exists()
    assert len(refused.read_text(encoding="utf-8").splitlines()) == 1
    assert ledger.exists()


@pytest.mark.parametrize("option", [("--reported-at", "yesterday"), ("--reporting-state", "Netherlands")])
def test_an_option_that_no_report_can_hold_is_wrong_use(licenses: Path, option: tuple[str, str]) -> None:
    assert call("--from", "nl_cdiu", "--to", "ndjson", licenses, *option).exit_code == 2


@pytest.mark.parametrize("source", ["nl_cdiu", "eu_annex3"])
def test_a_format_that_tells_the_state_takes_no_other(source: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("{}", encoding="utf-8")
    result = call("--from", source, "--to", "ndjson", tmp_path / "a", "--reporting-state", "FR")
    assert result.exit_code == 2 and "reporting state" in result.stderr


def test_existing_files_are_kept(licenses: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text("kept")
    for option in ("-o", "--ledger", "--refused"):
        assert call("--from", "nl_cdiu", "--to", "ndjson", licenses, option, kept).exit_code == 2
        assert kept.read_text() == "kept"


DENIALS = (
    "reference,regime_reg_ref,name,address,notifying_government,country,denial_cle,item_description,end_use,"
    "reason_for_refusal,entity_type\r\nD1,AB-1,Acme,1 High St,France,Chile,5A001.f,Radio,Police,Risk,end_user\r\n"
)


def test_the_formats_that_are_written_are_those_of_the_converters() -> None:
    assert set(convert.WRITTEN) == {form.id for form in FORMATS.values() if form.writes}


@pytest.mark.parametrize("syntax", ["ndjson", "json", "xml"])
def test_a_national_file_comes_back_from_each_syntax(tmp_path: Path, syntax: str) -> None:
    theirs, ours, back, ledger = (tmp_path / name for name in ("theirs.csv", "ours", "back.csv", "ledger"))
    theirs.write_bytes(DENIALS.encode() + DENIALS.encode().splitlines(keepends=True)[1].replace(b"AB-1", b"AB-2"))
    assert call("--from", "uk_denials", "--to", syntax, theirs, "-o", ours).exit_code == 0
    result = call("--to", "uk_denials", ours, "-o", back, "--ledger", ledger, "--fail-on-loss")
    assert (result.exit_code, back.read_bytes()) == (0, theirs.read_bytes()), result.stderr
    entries = [json.loads(line) for line in ledger.read_text(encoding="utf-8").splitlines()]
    # the XML is one Submission, and the file has no place for what it says itself
    lost = [entry["target"] for entry in entries if entry["outcome"] == "lost"]
    assert bool(lost) == (syntax == "xml")
    assert not {entry["outcome"] for entry in entries} & {"ambiguous", "carried"}


def test_what_has_no_place_is_lost_and_a_failure_when_asked(tmp_path: Path) -> None:
    theirs, ours = tmp_path / "theirs.csv", tmp_path / "ours"
    theirs.write_bytes(DENIALS.encode())
    call("--from", "uk_denials", "--to", "ndjson", theirs, "-o", ours)
    ours.write_text(json.dumps(json.loads(ours.read_bytes()) | {"decided_on": "2026-01-02"}), encoding="utf-8")
    loose, strict = (call("--to", "uk_denials", ours, *more) for more in ((), ("--fail-on-loss",)))
    assert (loose.exit_code, strict.exit_code) == (0, 1)
    assert loose.stdout.encode() == strict.stdout.encode() and "/decided_on" in loose.stderr


def test_a_report_that_is_not_written_is_listed(filing: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    refused = tmp_path / "refused"
    result = call("--to", "uk_denials", filing[0], "--refused", refused)
    assert (result.exit_code, result.stdout) == (1, "")
    assert json.loads(refused.read_text(encoding="utf-8"))["finding_code"] == "ER-K-301"


def test_from_one_national_format_to_another_goes_through_a_look_at_the_ledger(licenses: Path) -> None:
    assert call("--from", "nl_cdiu", "--to", "uk_denials", licenses).exit_code == 2
    assert call("--to", "uk_denials", "--handling", "public", licenses).exit_code == 2


@pytest.mark.parametrize(
    ("source", "data", "words"),
    [
        ("nl_cdiu", DENIALS, "--from uk_denials"),
        ("nl_cdiu", '{"licence": {"id": "1"}}', "--from uk_lite"),
        ("uk_lite", '{"form": "brokering", "kind": "individual"}', "--from eu_annex3."),
        ("uk_lite", HEADER + ROW, "--from nl_cdiu"),
        ("uk_lite", "name,address,notifying_government,country,denial_cle,item_description,consignee_name,end_use,"
         "end_user_flag,consignee_flag,other_role\n", "older layout"),
    ],
)  # fmt: skip
def test_a_file_of_another_format_is_named(tmp_path: Path, source: str, data: str, words: str) -> None:
    (tmp_path / "a").write_text(data, encoding="utf-8")
    result = call("--from", source, "--to", "ndjson", tmp_path / "a")
    assert result.exit_code == 3 and words in result.stderr


def test_a_file_of_no_known_format_is_not_guessed(tmp_path: Path) -> None:
    for data in ("a,b\n1,2\n", '{"a": 1}', "", "[]"):
        (tmp_path / "a").write_text(data, encoding="utf-8")
        result = call("--from", "nl_cdiu", "--to", "ndjson", tmp_path / "a")
        assert result.exit_code == 3 and "It looks like" not in result.stderr


@pytest.mark.parametrize("packing", ["gz", "zip"])
def test_a_packed_list_is_unpacked(licenses: Path, tmp_path: Path, packing: str) -> None:
    path = tmp_path / f"list.{packing}"
    if packing == "gz":
        path.write_bytes(gzip.compress(licenses.read_bytes()))
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("../../list.csv", licenses.read_bytes())
    found = call("--from", "nl_cdiu", "--to", "ndjson", path)
    assert found.exit_code == 0, found.output
    assert len(found.stdout.splitlines()) == 2


def test_of_several_packed_lists_none_is_converted(licenses: Path, tmp_path: Path) -> None:
    path = tmp_path / "lists.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", licenses.read_bytes())
        archive.writestr("b.csv", licenses.read_bytes())
    found = call("--from", "nl_cdiu", "--to", "ndjson", path, "-o", tmp_path / "out")
    assert found.exit_code == 3 and "ER-D-048" in found.stderr and not (tmp_path / "out").exists()


def test_a_damaged_packed_list_gives_no_file(licenses: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.gz"
    path.write_bytes(gzip.compress(licenses.read_bytes())[:-9])
    found = call("--from", "nl_cdiu", "--to", "ndjson", path, "-o", tmp_path / "out")
    assert found.exit_code == 3 and "ER-D-040" in found.stderr and not (tmp_path / "out").exists()

"""`formats new` and `formats check`: a format of one's own, from a sample to an order that is told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import exportreport
from exportreport.cli.main import cli
from exportreport.conversion.skeleton import KINDS, found_in

SAMPLES = {
    "csv": "No;Holder;Goods\nA-1;Acme;Cameras\nA-2;Bêta;\n",
    "json": '[{"no": "A-1", "holder": {"name": "Acme"}, "goods": [{"what": "Cameras"}, {"what": "Lenses", "n": 2}]}]',
    "xml": "<all><license no='A-1'><holder>Acme</holder><goods><what>a</what></goods><goods><what>b</what></goods>"
    "</license></all>",
}


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments)])


def made(tmp_path: Path, suffix: str, *more: str, kind: str = "LicenseFiling") -> Path:
    sample = tmp_path / f"sample.{suffix}"
    sample.write_text(SAMPLES[suffix], encoding="utf-8")
    folder = tmp_path / "my_format"
    element = ("--element", "all/license") if suffix == "xml" else ()
    found = call("formats", "new", "my_format", "--from", sample, "-o", folder, "--kind", kind, *element, *more)
    assert found.exit_code == 0, found.output
    return folder


@pytest.mark.parametrize("suffix", SAMPLES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_made_carries_every_cell_and_is_in_order(tmp_path: Path, suffix: str, kind: str) -> None:
    folder = made(tmp_path, suffix, kind=kind)
    assert call("formats", "check", folder).exit_code == 0
    sample = (tmp_path / f"sample.{suffix}").read_bytes()
    found = list(exportreport.convert(sample, str(folder), reported_at="2026-11-25T09:00:00Z"))
    assert found and all(one.refused is None for one in found)
    cells = [entry for one in found for entry in one.ledger if entry.cell is not None and entry.cell.text.strip()]
    assert {entry.outcome.value for entry in cells} == {"mapped", "carried"}
    reports = [one.report for one in found if one.report is not None]
    assert {report["report_type"] for report in reports} == {kind}
    for report in reports:
        findings = exportreport.validate(json.dumps(report).encode()).findings
        assert not [one.finding_code for one in findings if one.finding_code.startswith("ER-S")]


def test_the_test_that_is_made_passes_and_can_fail(tmp_path: Path) -> None:
    folder = made(tmp_path, "csv")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "addopts=", str(folder)]
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode == 0
    (folder / "cases" / "ours.ndjson").write_text("{}\n", encoding="utf-8")
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode == 1


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    folder = made(tmp_path, "csv")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    again = call("formats", "new", "my_format", "--from", tmp_path / "sample.csv", "-o", folder)
    assert again.exit_code == 2 and "there already" in again.output
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["My-Format", "../x", "a b", "1x", ""])
def test_an_id_that_is_none(tmp_path: Path, name: str) -> None:
    (tmp_path / "s.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert call("formats", "new", name, "--from", tmp_path / "s.csv", "-o", tmp_path / "x").exit_code == 2
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"{", b"[]", b"<a>"])
def test_a_sample_that_shows_nothing(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "s").write_bytes(data)
    found = call("formats", "new", "x", "--from", tmp_path / "s", "-o", tmp_path / "x")
    assert found.exit_code == 2 and not (tmp_path / "x").exists()
    assert call("formats", "new", "x", "--from", tmp_path / "none", "-o", tmp_path / "x").exit_code == 2


@pytest.mark.parametrize(
    ("data", "element", "word"),
    [
        (b'{"list": [{"no": "A1"}, {"no": "A2"}]}', (), "list"),
        (b"<all><one no='1'><c>a</c></one><one no='2'/></all>", ("--element", "all"), '"one"'),
        (b"No;no\n1;2\n", (), "heading"),
    ],
)
def test_a_sample_whose_records_have_no_number_of_their_own(
    tmp_path: Path, data: bytes, element: tuple[str, ...], word: str
) -> None:
    (tmp_path / "s").write_bytes(data)
    found = call("formats", "new", "x", "--from", tmp_path / "s", "-o", tmp_path / "x", *element)
    assert found.exit_code == 2 and word in found.output and not (tmp_path / "x").exists()


def test_elements_that_repeat_are_records_with_all_that_stands_in_them() -> None:
    sample = b"<a><p no='1'><g id='1'><c>a</c><d>x</d><d>y</d></g><h><k>1</k></h></p><p no='2'><g id='2'/><g/></p></a>"
    assert found_in(sample, "a/p").names == ("@no", "h.k", "g[].@id", "g[].c", "g[].d[]", "g[]")


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("fields.csv", "Holder,text,,,", "Holder,text,text,/parties/0/nam,", "/parties/0/nam"),
        ("fields.csv", "Holder,text,,,", "Holder,txt,,,", "fields.csv:3:8"),
        ("mapping.toml", 'number = "No"', 'number = "Nr"', "mapping.toml:7:1"),
        ("cases/ours.ndjson", "A-2", "A-3", "ours.ndjson differs in line 2"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, file: str, old: str, new: str, words: str) -> None:
    folder = made(tmp_path, "csv")
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    found = call("formats", "check", folder)
    assert found.exit_code == 1 and words in found.stderr


def test_what_is_missing_is_named_and_written(tmp_path: Path) -> None:
    folder = made(tmp_path, "csv")
    (folder / "cases" / "ledger.ndjson").unlink()
    assert "ledger.ndjson is missing" in call("formats", "check", folder).stderr
    assert call("formats", "check", folder, "--write").exit_code == 0
    assert call("formats", "check", folder).exit_code == 0
    (tmp_path / "empty").mkdir()
    assert call("formats", "check", tmp_path / "empty").exit_code == 1


def test_a_format_of_ones_own_is_shown_and_converts(tmp_path: Path) -> None:
    folder = made(tmp_path, "csv")
    shown = call("formats", "show", folder)
    assert shown.exit_code == 0 and "/authorizations/0/authorization_number" in shown.stdout
    found = call("convert", "--from", folder, "--to", "ndjson", tmp_path / "sample.csv")
    assert found.exit_code == 0 and len(found.stdout.splitlines()) == 2
    (folder / "mapping.toml").write_text("= =", encoding="utf-8")
    found = call("convert", "--from", folder, "--to", "ndjson", tmp_path / "sample.csv")
    assert found.exit_code == 2 and "mapping.toml:1:1" in found.stderr


def test_a_fixed_value_that_the_standard_does_not_have_is_named_with_its_place(tmp_path: Path) -> None:
    folder = made(tmp_path, "csv")
    toml = folder / "mapping.toml"
    constant = '\n[[constant]]\ntarget = "/transaction/activity"\nvalue = "flight"\noutcome = "derived"\nnote = "x"\n'
    toml.write_text(toml.read_text(encoding="utf-8") + constant, encoding="utf-8")
    line = toml.read_text(encoding="utf-8").splitlines().index('target = "/transaction/activity"') + 1
    found = call("formats", "check", folder)
    assert found.exit_code == 1
    assert f"my_format/mapping.toml:{line}:1" in found.stderr and "flight" in found.stderr and "export" in found.stderr


def test_a_code_that_has_ended_is_noted_and_is_no_fault(tmp_path: Path) -> None:
    folder = made(tmp_path, "csv")
    (folder / "fields.csv").write_text(
        (folder / "fields.csv").read_text(encoding="utf-8").replace(
            "Goods,text,,,", "Goods,place,country,/transaction/destinations/0/country,"
        ),
        encoding="utf-8",
    )  # fmt: skip
    table = "name,kind,code,valid_from,valid_to,note\nCameras,country,CS,,2006-09-25,\n"
    (folder / "places.csv").write_text(table, encoding="utf-8")
    toml = folder / "mapping.toml"
    reading = '\n[readings.place]\nkind = "places"\ntable = "places.csv"\n'
    toml.write_text(toml.read_text(encoding="utf-8") + reading, encoding="utf-8")
    assert call("formats", "check", folder, "--write").exit_code == 0
    found = call("formats", "check", folder)
    assert found.exit_code == 0, found.output
    assert [line for line in found.stdout.splitlines() if line.startswith("note") and "my_format/places.csv:2:" in line]

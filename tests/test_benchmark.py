"""The benchmark measures the right things: faults are faults, programs are who they say, rows say whether they hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from bench import alone, corpus, faults, field, page, run
from bench.aims import AIMS, Aim
from bench.corpus import Given
from bench.peers import sourcemeta, xml_peers
from exportreport import pipeline, standard

KNOWN = standard.load()
STRUCTURE = pipeline.Settings(rules=False)


MIXED_XML = corpus.mixed_xml(KNOWN, 200, *field.SIZES)


@pytest.mark.parametrize("kind", faults.XML)
def test_a_fault_in_xml_is_one_for_the_standard_and_for_the_schema(kind: str, schema: etree.XMLSchema) -> None:
    given = [one for one in MIXED_XML if one.fault == kind]
    assert given
    for one in given:
        (result,) = pipeline.check(one.data, KNOWN, STRUCTURE)
        assert not result.accepted
        with pytest.raises((etree.XMLSyntaxError, etree.DocumentInvalid)):
            schema.assertValid(etree.fromstring(one.data))


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(xml_peers.XSD)))


@pytest.mark.parametrize("mixed", [corpus.mixed, corpus.mixed_xml])
def test_in_each_ten_one_is_wrong_and_not_always_the_same_example(mixed: type) -> None:
    given: list[Given] = mixed(KNOWN, 100, *field.SIZES)
    assert [sum(bool(one.fault) for one in given[at : at + 10]) for at in range(0, 100, 10)] == [1] * 10
    assert len({number % 10 for number, one in enumerate(given) if one.fault}) > 4
    assert mixed(KNOWN, 20, *field.SIZES) == given[:20]


def program(folder: Path, version: str, told: str, status: int = 0) -> Path:
    folder.mkdir()
    path = folder / "jsonschema"
    path.write_text(f'#!/bin/sh\ncase "$1" in version) echo "{version}";; help) echo "{told}";; esac\nexit {status}\n')
    path.chmod(0o755)
    return path


def test_the_program_of_sourcemeta_is_told_from_another_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shim = program(tmp_path / "shim", "'version' does not exist.", "'help' does not exist.", 1)
    other = program(tmp_path / "other", "4.26.0", "usage: jsonschema [--error-format FORMAT] schema")
    own = program(tmp_path / "own", "16.11.0", "JSON Schema CLI - v16.11.0")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "jsonschema").write_text("no program")
    monkeypatch.delenv("SOURCEMETA_JSONSCHEMA", raising=False)
    before = [str(path.parent) for path in (tmp_path / "data" / "jsonschema", shim, other)]
    monkeypatch.setenv("PATH", ":".join([*before, "/bin", "/usr/bin"]))
    assert sourcemeta.found() is None
    monkeypatch.setenv("PATH", ":".join([*before, str(own.parent), "/bin", "/usr/bin"]))
    assert sourcemeta.found() == sourcemeta.Program(str(own), "16.11.0")
    monkeypatch.setenv("SOURCEMETA_JSONSCHEMA", str(shim))
    assert sourcemeta.found() is None


def test_its_verdicts_go_to_the_documents_that_they_are_of(tmp_path: Path) -> None:
    """The program tells them in any order, one kind after the other; a document of no kind is never given to it."""
    path = tmp_path / "jsonschema"
    entries = "echo 'fail: lines.jsonl (entry #2)' >&2; echo 'ok: lines.jsonl (entry #1)' >&2"
    path.write_text(f'#!/bin/sh\ncase "$4" in *License*) {entries};; *) echo "ok: x (entry #1)" >&2;; esac\n')
    path.chmod(0o755)
    kinds = ("DenialNotice", "LicenseFiling", "nothing", "LicenseFiling", "ReexportNotice")
    documents = [f'{{"report_type":"{kind}"}}'.encode() for kind in kinds]
    judge = sourcemeta.Judge(sourcemeta.Program(str(path), "16.11.0"), documents, tmp_path)
    assert judge.verdicts() == [True, True, False, False, True]


def test_a_verdict_is_compared_with_what_was_put_in() -> None:
    given = [Given(b""), Given(b"", "null"), Given(b"", "null"), Given(b"")]
    told = field.judged([True, False, True, False], given)
    assert (told["wrong"], told["rejected"], told["missed"], told["false"]) == (2, 2, {"null": 1}, 1)
    assert field.judged([None] * 4, given)["missed"] is None


def test_a_run_that_rejects_another_number_gives_no_figures() -> None:
    given = [Given(b""), Given(b"", "null")]
    assert run.exact(lambda: 1, given)() == 1
    with pytest.raises(SystemExit):
        run.exact(lambda: 2, given)


@pytest.mark.parametrize(
    ("more", "found", "holds", "reached"),
    [(False, 2, True, True), (False, 3, True, False), (False, 3.1, False, False),
     (True, 8, True, True), (True, 4, True, False), (True, 2.9, False, False)],
)  # fmt: skip
def test_what_must_hold_does_or_does_not(more: bool, found: float, holds: bool, reached: bool) -> None:
    aim = Aim("x", "x", 3, 5 if more else 2, more=more)
    assert (aim.holds(found), aim.is_reached(found)) == (holds, reached)


def test_every_row_that_must_hold_says_where_its_time_goes_but_memory() -> None:
    assert [aim.key for aim in AIMS if aim.must is not None and not aim.cause] == ["memory"]
    assert len({aim.key for aim in AIMS}) == len({aim.what for aim in AIMS}) == len(AIMS)


def test_a_row_that_is_missed_is_named_with_its_cause() -> None:
    table = {aim.key: dict.fromkeys(("found", "least", "most"), aim.aim or aim.must or 1.0) for aim in AIMS}
    assert len(page._missed(table)) == 3
    table["xml-to-json"]["found"], table["structure-5"]["found"] = 1.75, 2.75
    lines = page._missed(table)[2:]
    causes = {aim.key: aim.cause for aim in AIMS}
    assert [causes["xml-to-json"] in lines[0], "50% of" in lines[0], lines[0].startswith("- **")] == [True] * 3
    assert [causes["structure-5"] in lines[1], "10% above" in lines[1], lines[1].startswith("- **")] == [
        True,
        True,
        False,
    ]


def test_a_bare_process_has_loaded_nothing_but_the_interpreter() -> None:
    bare, with_schema = alone.measured("", "", "", 1), alone.of_program(["true"], 1)
    assert 1 < bare["memory"] < 20
    assert with_schema["start"] > 0

"""The product's whole route keeps everything, too: ``convert`` and ``digest``, lines of JSON, arrays, many as XML."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import exportreport
from exportreport.cli.main import cli
from exportreport.codec import xml_text
from exportreport.standard import Standard
from tests.lossless import foreign_xml, judges, values
from tests.lossless.each_slot import each_slot
from tests.lossless.sources import REPORTED_AT, ROOT, examples

Document = dict[str, Any]

EXAMPLES = ROOT / "examples"
AS_XML = sorted((*EXAMPLES.glob("valid/*/*.xml"), *EXAMPLES.glob("against-rules/*.xml")))


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """A command in a folder of its own: what it prints, where it ends well and has nothing to remark."""
    monkeypatch.chdir(tmp_path)

    def called(*arguments: str) -> str:
        result = CliRunner().invoke(cli, arguments)
        assert result.exit_code == 0, result.stderr
        return result.stdout

    return called


def digests(printed: str) -> list[str]:
    return [line.split()[0] for line in printed.splitlines()]


def same(found: list[Document], expected: list[Document]) -> bool:
    return list(map(values.of_document, found)) == list(map(values.of_document, expected))


#: Ways from JSON through XML, lines and arrays back to JSON, by the names that `--from` and `--to` take.
WAYS = (
    ("json", "xml", "json"),
    ("json", "xml", "ndjson", "xml", "json"),
    ("json", "ndjson", "json", "xml", "xml", "ndjson"),
)


@pytest.mark.parametrize("way", WAYS, ids="-".join)
def test_a_message_of_each_kind_goes_all_ways(
    way: tuple[str, ...], call: Callable[..., str], the_standard: Standard
) -> None:
    last = {document["report_type"]: document for document in each_slot(the_standard)}
    assert set(last) == set(the_standard.kinds)
    for kind, document in last.items():
        Path(f"{kind}0").write_text(json.dumps(document), encoding="utf-8")
        for number, (before, after) in enumerate(pairwise(way)):
            call("convert", "--from", before, "--to", after, f"{kind}{number}", "-o", f"{kind}{number + 1}")
        assert same([json.loads(Path(f"{kind}{len(way) - 1}").read_bytes())], [document])
        printed = call("digest", *(f"{kind}{number}" for number in range(len(way))))
        assert digests(printed) == [judges.digest(document)] * len(way)


def reports_of(documents: list[Document], standard: Standard) -> list[Document]:
    carried = standard.concrete("Report")
    return [document for document in documents if document["report_type"] in carried]


def go_together(reports: list[Document], call: Callable[..., str]) -> None:
    """Send many reports from lines to an array, to one XML, back to JSON, to lines; compare them after each step."""
    Path("a").write_text("".join(json.dumps(report) + "\n" for report in reports), encoding="utf-8")
    call("convert", "--from", "ndjson", "--to", "json", "a", "-o", "b", "-q")
    call("convert", "--from", "json", "--to", "xml", "b", "-o", "c", "-q")
    call("convert", "--from", "xml", "--to", "json", "c", "-o", "d", "-q")
    call("convert", "--from", "json", "--to", "ndjson", "b", "-o", "e", "-q")
    whole = json.loads(Path("d").read_bytes())
    assert same(json.loads(Path("b").read_bytes()), reports)
    assert same(whole["reports"], reports)
    assert same([json.loads(line) for line in Path("e").read_bytes().splitlines()], reports)
    assert judges.accepts_xml(Path("c").read_bytes())
    expected = [judges.digest(report) for report in reports]
    assert digests(call("digest", "a")) == digests(call("digest", "b")) == digests(call("digest", "e")) == expected
    assert digests(call("digest", "c", "d")) == [judges.digest(whole)] * 2


def test_all_examples_go_together(call: Callable[..., str], the_standard: Standard) -> None:
    reports = reports_of(list(examples()), the_standard)
    assert len(reports) > 30
    go_together([*reports, *reversed(reports)], call)


def test_messages_around_each_slot_go_together(call: Callable[..., str], the_standard: Standard) -> None:
    go_together(reports_of(list(each_slot(the_standard))[::3], the_standard), call)


def test_the_order_of_reports_in_xml_is_that_of_the_lines(call: Callable[..., str], the_standard: Standard) -> None:
    """Kinds mixed and turned around: a writer that sorted them by kind would be seen."""
    reports = reports_of(list(examples()), the_standard)
    for number, many in enumerate((reports, reports[::-1])):
        Path(f"l{number}").write_text("".join(json.dumps(report) + "\n" for report in many), encoding="utf-8")
        call("convert", "--to", "xml", f"l{number}", "-o", f"x{number}", "-q")
        found = exportreport.load(Path(f"x{number}").read_bytes())["reports"]
        assert [one["report_id"] for one in found] == [report["report_id"] for report in many]  # type: ignore[union-attr, index, call-overload]


@pytest.mark.parametrize("path", AS_XML, ids=lambda path: path.relative_to(EXAMPLES).as_posix())
def test_an_example_in_xml_comes_back_as_the_same_xml(
    path: Path, call: Callable[..., str], the_standard: Standard
) -> None:
    given = path.read_bytes()
    call("convert", "--from", "xml", "--to", "json", str(path), "-o", "a.json")
    call("convert", "--from", "json", "--to", "xml", "a.json", "-o", "b.xml")
    back = Path("b.xml").read_bytes()
    assert judges.canonical_xml(back) == xml_text.canonical(back) == xml_text.canonical(given)
    known = values.of_xml(given, the_standard)
    assert values.of_xml(back, the_standard) == known == values.of_json(Path("a.json").read_bytes())
    assert len(set(digests(call("digest", str(path), "a.json", "b.xml")))) == 1


def test_python_gives_what_the_commands_give(the_standard: Standard) -> None:
    for document in examples():
        layout = foreign_xml.LAYOUTS["all ways mixed"]
        given = foreign_xml.written(foreign_xml.tree(document, the_standard), the_standard, layout)
        loaded = exportreport.load(given)
        for syntax in ("json", "xml"):
            again = exportreport.load(exportreport.dump(loaded, syntax))
            assert same([again], [document])
            assert exportreport.digest(again) == judges.digest(document)


def test_real_licenses_go_together(call: Callable[..., str], real_data: Path) -> None:
    theirs = real_data / "real" / "nl_cdiu" / "dual_use_2004_2015.csv"
    common = ("convert", "--from", "nl_cdiu", "--reported-at", REPORTED_AT, "-q", str(theirs))
    for target in ("ndjson", "xml"):
        assert CliRunner().invoke(cli, [*common, "--to", target, "-o", target]).exit_code in (0, 1)
    reports = [json.loads(line) for line in Path("ndjson").read_bytes().splitlines()]
    assert len(reports) > 4000
    assert same(exportreport.load(Path("xml").read_bytes())["reports"], reports)  # type: ignore[arg-type]
    assert digests(call("digest", "ndjson")) == [judges.digest(report) for report in reports]

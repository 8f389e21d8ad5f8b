"""``exportreport diff``: what means the same, what does not, and where it stands in both files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from exportreport import dump, standard
from exportreport.cli.main import cli
from exportreport.compat.reports import report_differences
from tests.messages import example

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples" / "valid").rglob("*.json"))
CAMERAS = "LicenseFiling/thermal-cameras-drawdowns"

Change = Callable[[dict[str, Any]], object]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["diff", *map(str, arguments)], catch_exceptions=False)


def prepared() -> dict[str, Any]:
    """An example with two items, two states in a set and a number."""
    report = example(CAMERAS)
    report["handling"]["storage_countries"] = ["DE", "NL"]
    report["items"][0]["quantity"] = {"amount": "40", "unit": "NAR"}
    report["items"].append({"item_number": 2, "product_name": "Tripod"})
    return report


def differences(change: Change) -> list[tuple[str, str]]:
    """What is found between an example and the same changed; the same the other way round, with sides swapped."""
    a, b = prepared(), prepared()
    change(b)
    known = standard.load()
    found = [(one.kind, one.pointer) for one in report_differences(a, b, known)]
    swapped = {"only_a": "only_b", "only_b": "only_a", "changed": "changed"}
    assert sorted(swapped[one.kind] for one in report_differences(b, a, known)) == sorted(kind for kind, _ in found)
    return found


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_json_and_xml_of_a_report_say_the_same(path: Path) -> None:
    result = run(path, path.with_suffix(".xml"))
    assert result.exit_code == 0, result.output


def reversed_members(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: reversed_members(part) for name, part in reversed(value.items())}
    return [reversed_members(part) for part in value] if isinstance(value, list) else value


SAME: dict[str, Change] = {
    "order of members": lambda r: r.update(reversed_members(r)),
    "order of keyed entries": lambda r: r["parties"].reverse(),
    "order of numbered entries": lambda r: r["items"].reverse(),
    "order of a set": lambda r: r["handling"].update(storage_countries=["NL", "DE"]),
    "spelling of a decimal": lambda r: r["items"][0]["quantity"].update(amount="40.000"),
}


@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
def test_what_means_the_same(change: Change) -> None:
    a, b = prepared(), prepared()
    change(b)
    assert json.dumps(a) != json.dumps(b)
    assert list(report_differences(a, b, standard.load())) == []


OTHER: dict[str, tuple[Change, list[tuple[str, str]]]] = {
    "a value": (lambda r: r.update(report_id="other"), [("changed", "/report_id")]),
    "a slot more": (lambda r: r.update(additional_information="More."), [("only_b", "/additional_information")]),
    "a slot less": (lambda r: r.pop("reporting_state"), [("only_a", "/reporting_state")]),
    "a number that is near": (
        lambda r: r["items"][0]["quantity"].update(amount="40.000001"),
        [("changed", "/items/0/quantity/amount")],
    ),
    "a keyed entry first": (
        lambda r: r["parties"].insert(0, {"key": "one-more", "roles": ["other"]}),
        [("only_b", "/parties/0")],
    ),
    "an entry in order less": (lambda r: r["drawdowns"].pop(0), [("only_a", "/drawdowns/0")]),
    "a kind": (lambda r: r.update(report_type="DenialNotice"), [("changed", "/report_type")]),
}


@pytest.mark.parametrize(("change", "expected"), OTHER.values(), ids=OTHER)
def test_what_is_different(change: Change, expected: list[tuple[str, str]]) -> None:
    assert differences(change) == expected


def test_the_order_of_address_lines_counts() -> None:
    def turned(report: dict[str, Any]) -> None:
        report["parties"][0]["addresses"][0]["lines"] = ["b", "a"]

    a, b = example(CAMERAS), example(CAMERAS)
    a["parties"][0]["addresses"] = [{"lines": ["a", "b"], "country": "NL"}]
    b["parties"][0]["addresses"] = [{"country": "NL"}]
    turned(b)
    assert list(report_differences(a, b, standard.load()))


def test_keys_that_stand_twice_are_compared_in_order() -> None:
    def doubled(report: dict[str, Any]) -> None:
        report["parties"].append(dict(report["parties"][0]))

    count = len(example(CAMERAS)["parties"])
    assert differences(doubled) == [("only_b", f"/parties/{count}")]


def test_places_are_those_of_both_files(tmp_path: Path) -> None:
    a, b = example(CAMERAS), example(CAMERAS)
    b["parties"][1]["name"] = "Another name"
    b["parties"].reverse()
    (tmp_path / "a.json").write_text(json.dumps(a, indent=1), encoding="utf-8")
    (tmp_path / "b.xml").write_bytes(dump(b, "xml"))
    result = run(tmp_path / "a.json", tmp_path / "b.xml", "-f", "json")
    assert result.exit_code == 1
    (found,) = json.loads(result.output)["differences"]
    assert found["pointer"] == found["a"]["pointer"] == "/parties/1/name"
    assert found["b"]["pointer"] == f"/parties/{len(b['parties']) - 2}/name"
    line = (tmp_path / "a.json").read_text(encoding="utf-8").splitlines()[found["a"]["line"] - 1]
    assert line[found["a"]["column"] - 1 :].startswith(json.dumps(a["parties"][1]["name"]))
    line = (tmp_path / "b.xml").read_text(encoding="utf-8").splitlines()[found["b"]["line"] - 1]
    assert line[found["b"]["column"] - 1 :].startswith("<name>Another name")


def test_an_array_of_one_message_is_that_message(tmp_path: Path) -> None:
    report = example(CAMERAS)
    (tmp_path / "a.json").write_text(json.dumps([report]), encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps(report | {"report_id": "x"}), encoding="utf-8")
    found = json.loads(run(tmp_path / "a.json", tmp_path / "b.json", "-f", "json").output)["differences"]
    assert [one["pointer"] for one in found] == ["/report_id"]
    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    assert text[found[0]["a"]["column"] - 1 :].startswith(json.dumps(report["report_id"]))


BAD = {
    "empty": (b"", 3),
    "neither": (b"hello", 3),
    "broken structure": (b'{"report_type": "DenialNotice"}', 3),
    "several": (b'{"report_type": "DenialNotice"}\n{"report_type": "DenialNotice"}\n', 2),
    "none": (b"[]", 3),
    "packed": (b"\x1f\x8b\x08\x00", 3),
}


@pytest.mark.parametrize(("data", "status"), BAD.values(), ids=BAD)
def test_what_cannot_be_compared_is_told(data: bytes, status: int, tmp_path: Path) -> None:
    (tmp_path / "bad").write_bytes(data)
    result = run(EXAMPLES[0], tmp_path / "bad")
    assert result.exit_code == status
    assert "bad" in result.output


def test_what_is_beyond_a_limit_is_not_decidable() -> None:
    result = run(EXAMPLES[0], EXAMPLES[0], "--max-delimiters", "1")
    assert result.exit_code == 4
    assert "limit" in result.output


def test_a_folder_and_what_is_not_there(tmp_path: Path) -> None:
    assert run(EXAMPLES[0], tmp_path).exit_code == 3
    assert run(EXAMPLES[0], tmp_path / "none").exit_code == 3
    assert run("-", "-").exit_code == 2

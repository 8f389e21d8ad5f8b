"""``exportreport formats``: each field of each format, where it goes and whether it comes back."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from click.testing import CliRunner, Result

from exportreport.cli.main import cli
from exportreport_converters import FORMATS


def call(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["formats", *arguments])


def shown(name: str) -> Any:
    return json.loads(call("show", name, "-f", "json").stdout)


def test_all_formats_are_listed() -> None:
    lines = call().stdout.splitlines()
    assert [line.split()[0] for line in lines[:-1:2]] == list(FORMATS)
    assert max(map(len, lines)) <= 100 and [line.strip() for line in lines[1:-1:2]] == [
        form.title for form in FORMATS.values()
    ]
    told = json.loads(call("-f", "json").stdout)
    assert {(one["id"], one["layout"]): one["written"] for one in told} == {
        (form.id, form.layout or None): form.writes for form in FORMATS.values()
    }


@pytest.mark.parametrize("name", FORMATS)
def test_every_field_has_its_line_with_its_place(name: str) -> None:
    text = call("show", name).stdout
    for field in FORMATS[name].fields:
        (*lines,) = re.findall(rf"^  {re.escape(field.column)}(?: \(needed\))?  .*$", text, re.MULTILINE)
        targets = [target.pointer for of_part in field.targets.values() for target in of_part]
        assert len(lines) == max(1, len(targets))
        assert all(f" {target}" in line for target, line in zip(targets, lines, strict=False))


@pytest.mark.parametrize("name", FORMATS)
def test_the_two_forms_say_the_same(name: str) -> None:
    about = shown(name)
    assert list(dict.fromkeys(line["field"] for line in about["fields"])) == list(FORMATS[name].columns.names)
    assert len(about["constants"]) == len(FORMATS[name].constants)
    text = call("show", name).stdout
    assert all(constant["target"] in text for constant in about["constants"])


def test_both_directions_are_told_apart() -> None:
    ways = {line["target"]: line["written"] for line in shown("uk_denials")["fields"]}
    assert ways["/regime_notifications/0/regime_reference"] and not ways["/sources/0/record_reference"]
    assert not ways["/denying_authority/country"] and not ways["/denial_events/0/comment"]
    assert not any(line["written"] for line in shown("nl_cdiu/dual_use")["fields"])


def test_what_has_no_place_says_why() -> None:
    (note,) = {line["note"] for line in shown("nl_cdiu/transit")["fields"] if line["target"] is None}
    assert "carried" in note


def test_the_slots_are_told_apart() -> None:
    slots = shown("uk_denials")["slots"]
    assert "parties" in slots["filled"] and "denial_kind" in slots["set_by_mapping"]
    assert "decided_on" in slots["unknown"]


def test_a_format_that_does_not_exist_is_wrong_use() -> None:
    result = call("show", "uk_denial")
    assert result.exit_code == 2 and "uk_denials" in result.stderr

"""Versions and what is no built standard; and the changes that no edit of the sources gives alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from exportreport.compat.comparison import compare
from exportreport.compat.edition import Edition, EditionError, edition


def with_model(given: Edition, **members: Any) -> Edition:
    return replace(given, model={**given.model, **members})


def kinds(old: Edition, new: Edition) -> set[tuple[str, str]]:
    return {(change.kind, change.element) for change in compare(old, new).changes}


def without(records: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in records.items() if key != name}


def test_an_unused_enum_and_type_removed(current: Edition) -> None:
    more_enums = {**current.model["enums"], "Spare": {"title": "Spare", "values": {}}}
    more_types = {**current.model["types"], "Spare": {"title": "Spare", "base": "text"}}
    old = with_model(current, enums=more_enums, types=more_types)
    assert kinds(old, current) == {("enum.removed", "enum Spare"), ("type.removed", "type Spare")}


def test_a_pattern_added(current: Edition) -> None:
    types = current.model["types"]
    old = with_model(current, types={**types, "Key": without(types["Key"], "pattern")})
    assert kinds(old, current) == {("type.pattern.added", "type Key")}


def test_a_withdrawn_rule_that_comes_back_asks_for_a_major_version(current: Edition) -> None:
    withdrawn = {**current.rules["ER-C-101"], "withdrawn": "1.0"}
    found = compare(replace(current, rules={**current.rules, "ER-C-101": withdrawn}), current)
    assert [(one.kind, one.verdict.grade) for one in found.changes] == [("rule.revived", "breaking")]
    assert found.asked == "major"


def test_a_profile_and_a_function_that_come_and_go(current: Edition) -> None:
    fewer = replace(current, profiles=without(current.profiles, "eu"), functions=without(current.functions, "sum"))
    assert kinds(current, fewer) == {("profile.removed", "profile eu"), ("function.removed", "function sum")}
    assert kinds(fewer, current) == {("profile.added", "profile eu"), ("function.added", "function sum")}


@pytest.mark.parametrize(
    ("old", "new", "enough"),
    [
        ("1.0.0", "1.0.0", False),
        ("1.0.0", "1.0.1", False),
        ("1.0.0", "1.1.0", True),
        ("1.0.0", "2.0.0", True),
        ("1.1.0", "1.0.9", False),
    ],
)
def test_a_change_that_asks_for_a_minor_version(current: Edition, old: str, new: str, enough: bool) -> None:
    fewer = replace(current, profiles=without(current.profiles, "eu"))
    found = compare(with_model(fewer, version=old), with_model(current, version=new))
    assert found.asked == "minor"
    assert found.suffices is enough


def test_going_back_is_never_enough(current: Edition) -> None:
    assert not compare(with_model(current, version="1.1.0"), current).suffices


BROKEN: dict[str, Mapping[str, bytes | None]] = {
    "no model": {"model.json": None},
    "no rules": {"rules/rules.json": None},
    "not JSON": {"model.json": b"{"},
    "not UTF-8": {"model.json": b'{"a": "\xff"}'},
    "a list": {"model.json": b"[]"},
    "a number": {"rules/rules.json": b"3"},
    "no members": {"model.json": b"{}"},
    "rules without a code": {"rules/rules.json": b'{"rules": [{}]}'},
    "rules that are null": {"rules/rules.json": b'{"rules": null}'},
    "profiles that are texts": {"rules/profiles.json": b'{"profiles": ["eu"]}'},
    "a list without codes": {"codelists/units.json": b'{"id": "units", "open": true}'},
    "codes that are texts": {"codelists/units.json": b'{"id": "units", "open": true, "codes": ["KGM"]}'},
    "deep nesting": {"model.json": b"[" * 100_000},
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_what_is_no_built_standard_is_told(broken: Mapping[str, bytes | None], current_files: dict[str, bytes]) -> None:
    files = {name: data for name, data in {**current_files, **broken}.items() if data is not None}
    with pytest.raises(EditionError, match="given"):
        edition(files, "given")


@pytest.mark.parametrize("version", ["1.0", "v1.0.0", "1.0.0-rc1", "", "01.0.0", "1.0.٣"])
def test_a_version_that_is_none_is_told(current: Edition, version: str) -> None:
    with pytest.raises(EditionError):
        compare(current, with_model(current, version=version))


SPOILED: dict[str, Mapping[str, Any]] = {
    "a pattern that is none": {"types": {"SchemaVersion": {"base": "text", "pattern": "("}}},
    "bounds that are texts": {"types": {"Integer": {"base": "integer", "maximum": "many"}}},
    "slots that are numbers": {"classes": {"Party": {"title": "Party", "slots": {"key": 3}}}},
}


@pytest.mark.parametrize("spoiled", SPOILED.values(), ids=SPOILED)
def test_what_only_comparing_meets_is_told(spoiled: Mapping[str, Any], current: Edition) -> None:
    parts = {name: {**current.model[name], **body} for name, body in spoiled.items()}
    with pytest.raises(EditionError):
        compare(current, with_model(current, **parts))


def test_a_severity_that_is_none_is_told(current: Edition) -> None:
    rules = {**current.rules, "ER-C-101": {**current.rules["ER-C-101"], "severity": "grave"}}
    with pytest.raises(EditionError):
        compare(current, replace(current, rules=rules))

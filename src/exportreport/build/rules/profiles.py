"""The profiles: read from ``schema/profiles/<id>.toml`` and held to their law, together with the rules."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from exportreport.build.cel.check import check_condition
from exportreport.build.cel.error import CelError, choice
from exportreport.build.cel.scope import REPORT, Lists
from exportreport.build.cel.tree import Node
from exportreport.build.rules.records import LAYERS, SEVERITIES, STANDARD_LAYER, RuleSource
from exportreport.build.rules.shape import Shape, texts
from exportreport.build.rules.toml_file import TomlFile
from exportreport.finding import Severity
from exportreport.standard import Standard

_PROFILE = Shape(
    texts("id", "title", "description", "jurisdiction", "since") | {"rules": "texts"},
    texts("applies", "valid_from", "valid_until") | {"raises": "table", "sample": "table"},
)


@dataclass(frozen=True, slots=True)
class ProfileSource:
    """A profile as its author wrote it, and its condition, parsed and typed (``condition``).

    ``raises`` are the severities that it gives to rules, its own or others. ``sample`` are the members of a report to
    which it applies.
    """

    id: str
    title: str
    description: str
    jurisdiction: str
    since: str
    rules: tuple[str, ...]
    applies: str | None = None
    condition: Node | None = None
    raises: Mapping[str, Severity] = field(default_factory=dict)
    valid_from: str | None = None
    valid_until: str | None = None
    sample: Mapping[str, Any] = field(default_factory=dict)


def profiles_of(
    files: Sequence[TomlFile], standard: Standard, lists: Lists, rules: Sequence[RuleSource], codes: Sequence[str]
) -> tuple[ProfileSource, ...]:
    """The profiles in ``files``; what is wrong is noted there, and a profile with a fault is left out.

    ``codes`` are those of all rules that there are, also of those that were refused and are not among ``rules``.
    """
    known = {rule.code: rule for rule in rules}
    return tuple(profile for file in files if (profile := _read(file, standard, lists, known, codes)))


def check_orphans(rule_files: Sequence[TomlFile], profile_files: Sequence[TomlFile]) -> None:
    """Note the rules of a profile's layer that their profile does not name."""
    named = {code for file in profile_files for code in file.data.get("rules", ())}
    for file in rule_files:
        profile = LAYERS.get(file.name.split("-")[0])
        if profile and file.name not in named:
            hint = f"add {file.name} to the rules of schema/profiles/{profile}.toml"
            file.fault((), f"the profile {profile} does not name this rule", hint)


def _read(
    file: TomlFile, standard: Standard, lists: Lists, known: Mapping[str, RuleSource], codes: Sequence[str]
) -> ProfileSource | None:
    if file.faults or not _PROFILE.check(file, file.data):
        return None
    data = file.data
    if data["id"] != file.name:
        file.fault(("id",), f"the id {data['id']!r} is not the name of the file", f"name the file {data['id']}.toml")
    _check_rules(file, codes)
    _check_raises(file, known, codes)
    _check_days(file, standard)
    _check_sample(file, standard)
    condition = _condition(file, standard, lists)
    return None if file.faults else _source(data, condition)


def _check_rules(file: TomlFile, codes: Sequence[str]) -> None:
    rules = file.data["rules"]
    for number, code in enumerate(rules):
        keys = ("rules", number)
        layer = code.split("-")[0]
        if code not in codes:
            file.fault(keys, f"there is no rule {code!r}", choice(code, codes))
        elif layer == STANDARD_LAYER:
            file.fault(keys, f"{code} belongs to the standard and runs always", "raise its severity, or leave it out")
        elif LAYERS.get(layer) != file.name:
            file.fault(keys, f"{code} belongs to the profile {LAYERS.get(layer)}", "leave it out here")
        elif code in rules[:number]:
            file.fault(keys, f"{code} stands twice", "leave it out once")


def _check_raises(file: TomlFile, known: Mapping[str, RuleSource], codes: Sequence[str]) -> None:
    for code, severity in file.data.get("raises", {}).items():
        keys = ("raises", code)
        if code not in codes:
            file.fault(keys, f"there is no rule {code!r}", choice(code, codes))
        elif severity not in SEVERITIES:
            file.fault(
                keys, f"a rule has no severity {severity!r}", choice(str(severity), [s.value for s in SEVERITIES])
            )
        elif code in known and SEVERITIES.index(Severity(severity)) <= SEVERITIES.index(known[code].severity):
            what = f"{code} is already {known[code].severity.value}, and a profile can only raise it"
            file.fault(keys, what, "give a graver severity, or leave it out")


def _check_days(file: TomlFile, standard: Standard) -> None:
    names = [name for name in ("valid_from", "valid_until") if name in file.data]
    pattern = standard.types["Date"].pattern or ""
    wrong = [name for name in names if not re.fullmatch(pattern, file.data[name], re.ASCII)]
    for name in wrong:
        file.fault((name,), f"{file.data[name]!r} is not a real day", "write a day such as 2026-01-31")
    if len(names) == 2 and not wrong and file.data["valid_from"] > file.data["valid_until"]:
        file.fault(("valid_until",), "the profile ends before it begins", "correct one of the two days")


def _check_sample(file: TomlFile, standard: Standard) -> None:
    slots = {slot for kind in standard.concrete(REPORT) for slot in standard.classes[kind].by_name}
    for name in file.data.get("sample", {}):
        if name not in slots:
            file.fault(("sample", name), f"no report has a slot {name!r}", choice(name, sorted(slots)))


def _condition(file: TomlFile, standard: Standard, lists: Lists) -> Node | None:
    text = file.data.get("applies")
    try:
        return check_condition(standard, text, lists) if text is not None else None
    except CelError as error:
        file.refusal(("applies",), error)
        return None


def _source(data: Mapping[str, Any], condition: Node | None) -> ProfileSource:
    raised = {code: Severity(severity) for code, severity in data.get("raises", {}).items()}
    return ProfileSource(**{**data, "rules": tuple(data["rules"]), "raises": raised, "condition": condition})

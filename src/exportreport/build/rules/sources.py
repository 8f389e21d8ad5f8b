"""All rules and profiles of a schema folder, read and checked together; every fault of every file is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exportreport.build.cel.scope import Lists
from exportreport.build.rules.cases import CaseError, completed
from exportreport.build.rules.profiles import ProfileSource, check_orphans, profiles_of
from exportreport.build.rules.records import RuleSource, check_together, read_rule
from exportreport.build.rules.toml_file import TomlFile
from exportreport.standard import Standard


@dataclass(frozen=True, slots=True)
class Sources:
    """The ``rules`` by code and the ``profiles`` by id; ``faults``, a line each, of what had to be left out.

    A fault reads ``file:line:column: what is wrong; what to do``.
    """

    rules: tuple[RuleSource, ...]
    profiles: tuple[ProfileSource, ...]
    faults: tuple[str, ...] = ()

    def sample(self, rule: RuleSource) -> Mapping[str, Any]:
        """The members of a report to which the profile of ``rule`` applies; none for a rule of the standard."""
        return next((profile.sample for profile in self.profiles if rule.code in profile.rules), {})


def read_sources(schema: Path, standard: Standard, lists: Lists) -> Sources:
    """The rules and profiles in the folder ``schema``; ``lists`` are the codes of the code lists that are known."""
    rule_files, profile_files = _files(schema / "rules"), _files(schema / "profiles")
    if profile_files:
        lists = {**lists, "profiles": frozenset(file.name for file in profile_files)}
    read = [(file, rule) for file in rule_files if (rule := read_rule(file, standard, lists))]
    check_together(rule_files)
    rules = tuple(rule for _, rule in read)
    profiles = profiles_of(profile_files, standard, lists, rules, [file.name for file in rule_files])
    check_orphans(rule_files, profile_files)
    sources = Sources(rules, profiles)
    for file, rule in read:
        _check_cases(file, rule, standard, sources.sample(rule))
    faults = tuple(fault for file in (*rule_files, *profile_files) for fault in file.faults)
    return Sources(rules, profiles, faults)


def _files(folder: Path) -> list[TomlFile]:
    return [TomlFile(path) for path in sorted(folder.glob("*.toml"))]


def _check_cases(file: TomlFile, rule: RuleSource, standard: Standard, sample: Mapping[str, Any]) -> None:
    for number, case in enumerate(rule.cases):
        try:
            completed(case, rule, standard, sample)
        except CaseError as error:
            file.fault(("cases", number, *error.keys), f"in the case {case.name!r}: {error.message}", error.hint)

"""What the pages of the reference are made from: the standard, its rules and lists, and what belongs to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exportreport import codelists, standard
from exportreport.build.cel.check import check_rule
from exportreport.build.cel.tree import Node, Select, parts
from exportreport.codelists import CodeList
from exportreport.rules import catalogue
from exportreport.standard import Class, Slot, Standard
from website.snippets import Snippet, samples

#: A class and one of its slots.
Touched = tuple[str, str]


@dataclass(frozen=True)
class Knowledge:
    """The standard with everything that its pages say.

    ``touched`` has, for each rule, the slots that its expressions read, as class and slot; ``profile_of`` the profile
    of each rule that is not the standard's own.
    """

    checkout: Path
    standard: Standard
    rules: Mapping[str, Mapping[str, Any]]
    profiles: Mapping[str, Mapping[str, Any]]
    profile_of: Mapping[str, str]
    lists: Mapping[str, CodeList]
    touched: Mapping[str, frozenset[Touched]]
    samples: Mapping[str, Snippet]

    def rules_of_slot(self, owner: Class, slot: Slot) -> list[str]:
        """The rules that read the slot, or point to it, in the class or in one that it comes from."""
        names = {(name, slot.name) for name in self.standard.lineage(owner.name)}
        return [code for code, touched in self.touched.items() if names & touched]

    def rules_of_class(self, owner: Class) -> list[str]:
        """The rules about objects of the class, or reading one of its slots."""
        names = set(self.standard.lineage(owner.name))
        return [
            code
            for code, rule in self.rules.items()
            if rule["each"] in names or any(name in names for name, _ in self.touched[code])
        ]

    def users(self, name: str) -> Iterator[tuple[Class, Slot]]:
        """The classes and slots whose values are of the class, type or closed list ``name``; inherited slots once."""
        for owner in self.standard.classes.values():
            inherited = self.standard.classes[owner.parent].by_name if owner.parent else {}
            for slot in owner.slots:
                if slot.range == name and slot.kind != "name" and slot.name not in inherited:
                    yield owner, slot


def known(checkout: Path) -> Knowledge:
    """Everything, read from the published artifacts and the examples of the checkout."""
    model = standard.load()
    rules = {rule["code"]: rule for rule in catalogue.records("rules")}
    profiles = {profile["id"]: profile for profile in catalogue.records("profiles")}
    lists = dict(_lists())
    whole = {name: frozenset(one.by_code) for name, one in lists.items() if not one.partial and one.depth is None}
    return Knowledge(
        checkout,
        model,
        rules,
        profiles,
        {code: name for name, profile in profiles.items() for code in profile["rules"]},
        lists,
        {code: frozenset(_touched(rule, model, whole)) for code, rule in rules.items()},
        samples(checkout / "examples", model),
    )


def _lists() -> Iterator[tuple[str, CodeList]]:
    for name in codelists.known():
        found = codelists.load(name)
        if found:
            yield name, found


def _touched(rule: Mapping[str, Any], model: Standard, lists: Mapping[str, frozenset[str]]) -> Iterator[Touched]:
    checked = check_rule(model, rule["each"], rule.get("when"), rule["assert"], lists)
    if "at" in rule:
        yield rule["each"], rule["at"].partition(".")[0]
    for node in filter(None, (checked.when, checked.assertion)):
        yield from _read(node)


def _read(node: Node) -> Iterator[Touched]:
    """The slots that the expression reads."""
    if isinstance(node, Select) and node.of.type.of:
        yield node.of.type.of, node.slot
    for part in parts(node):
        yield from _read(part)

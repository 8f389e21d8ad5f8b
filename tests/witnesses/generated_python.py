"""The generated Python: what the validator runs, told as findings and counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from types import ModuleType

from exportreport.standard import Standard
from tests.witnesses import catalogue
from tests.witnesses.documents import Document, Place, places
from tests.witnesses.verdicts import Summary


class Broke(Exception):
    """A rule raised; the text says which and where."""


def modules() -> dict[str, ModuleType]:
    """The module of the standard's rules and those of the profiles, by their names."""
    profiles = [one["id"] for one in catalogue.read("rules", "profiles.json")["profiles"]]
    return {name: import_module(f"exportreport.artifacts.evaluation.{name}") for name in ("base", *profiles)}


class ByPython:
    """Judges documents by the rules of ``modules``; those of a profile run on every report that they are meant for."""

    def __init__(self, standard: Standard, made: Mapping[str, ModuleType], at: Mapping[str, str | None]) -> None:
        self.standard, self.made, self.at = standard, made, at
        self.profiles = {one["id"]: one for one in catalogue.read("rules", "profiles.json")["profiles"]}

    def __call__(self, document: Document) -> Summary:
        whole = list(places(self.standard, document))
        by_object = {id(place.value): place for place in whole}
        found: dict[str, tuple[list[str], int]] = {}
        for message in (place for place in whole if "Message" in place.classes):
            for name, module in self.made.items():
                if self._runs(name, module, message):
                    self._judge(module, message, by_object, found)
        return {code: (tuple(sorted(failed)), passed) for code, (failed, passed) in found.items() if failed or passed}

    def _runs(self, name: str, module: ModuleType, message: Place) -> bool:
        profile = self.profiles.get(name)
        if profile is None:
            return True
        day = message.around.day
        if message.around.report is None or not profile.get("valid_from", "") <= day <= profile.get("valid_until", "9"):
            return False
        return bool(module.applies(message.value, day))

    def _judge(
        self,
        module: ModuleType,
        message: Place,
        by_object: Mapping[int, Place],
        found: dict[str, tuple[list[str], int]],
    ) -> None:
        counts = [0] * module.COUNTERS
        bad: list[tuple[int, Document, Exception | None]] = []
        module.check(message.value, message.value["report_type"], message.around.day, counts, bad)
        failed = list(self._failed(module.RULES, bad, by_object))
        for code, objects, group, without in module.RULES:
            here = [pointer for one, pointer in failed if one == code]
            applied = counts[group] - (counts[without] if without is not None else 0)
            assert counts[objects] >= applied >= len(here), code
            before = found.get(code, ([], 0))
            found[code] = (before[0] + here, before[1] + applied - len(here))

    def _failed(
        self, rules: Sequence[tuple[str, ...]], bad: Sequence[tuple[int, Document, Exception | None]],
        by_object: Mapping[int, Place],
    ) -> Iterator[tuple[str, str]]:  # fmt: skip
        for number, value, broke in bad:
            code, place = rules[number][0], by_object[id(value)]
            if broke is not None:
                raise Broke(f"{code} at {place.pointer or 'the document'}: {broke!r}") from broke
            yield code, place.finding(self.at[code])[1]

"""The cases of the rules as whole documents: what a case leaves out is completed, and its object put in its place.

A case shows only what its rule is about. What the structure demands besides is filled in with fixed values, so that
every case is a valid message of the standard and every evaluator can run it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from exportreport.build.cel.scope import REPORT, inner_slots, kinds_holding
from exportreport.build.rules.records import Case, RuleSource
from exportreport.build.rules.structure import structure_faults
from exportreport.build.rules.toml_places import Keys
from exportreport.finding import Path, pointer
from exportreport.standard import Class, Document, Slot, Standard

_FIXED: Mapping[str, Any] = {
    "Text": "Text",
    "LongText": "Text",
    "Reference": "R-1",
    "Token": "T-1",
    "Key": "k1",
    "Decimal": "1",
    "Date": "2026-01-15",
    "DateTime": "2026-01-15T09:00:00Z",
    "Integer": 1,
    "Boolean": False,
    "CountryCode": "NL",
    "CurrencyCode": "EUR",
    "UnitCode": "KGM",
}


class CaseError(Exception):
    """A case that can be no message of the standard: where in the case, what is wrong, and what to do."""

    def __init__(self, keys: Keys, message: str, hint: str) -> None:
        super().__init__(f"{message}; {hint}")
        self.keys, self.message, self.hint = keys, message, hint


def completed(
    case: Case, rule: RuleSource, standard: Standard, sample: Mapping[str, Any] | None = None
) -> tuple[Document, Path]:
    """The whole message that ``case`` of ``rule`` stands for, and the path of the object that is judged.

    ``sample`` are the members of the rule's profile. `CaseError` where no valid message comes of it.
    """
    return complete_case(case, rule.each, standard, sample)


def complete_case(
    case: Case, each: str, standard: Standard, sample: Mapping[str, Any] | None = None
) -> tuple[Document, Path]:
    """The same for a case of any rule about the objects of the class ``each``."""
    if case.report is not None:
        document, path = _whole(case, each, standard, sample or {}), _judged(case)
        _check_judged(document, path, each, standard)
    else:
        document, path = _placed(case, each, standard, sample or {})
    for place, message, hint in structure_faults(document, standard):
        raise CaseError(_written(case, place, path), f"{pointer(place) or 'the message'}: {message}", hint)
    return document, path


def minimal(name: str, standard: Standard) -> Document:
    """The smallest valid object of the class ``name``, with fixed values."""
    smallest: Document = filled({}, standard.classes[name], standard)
    return smallest


def filled(value: Any, body: Class, standard: Standard) -> Any:
    """The object ``value`` of class ``body`` with what is required and not given, at any depth, in model order."""
    if not isinstance(value, Mapping):
        return value
    given = dict(value)
    if not given and not any(slot.required for slot in body.slots):
        slot = _least(body)
        given[slot.name] = _fixed(slot, body, standard)
    full: dict[str, Any] = {}
    for slot in body.slots:
        if slot.name in given:
            full[slot.name] = _filled_slot(given.pop(slot.name), slot, standard)
        elif slot.required:
            full[slot.name] = _fixed(slot, body, standard)
    return full | deepcopy(given)


def _filled_slot(value: Any, slot: Slot, standard: Standard) -> Any:
    if slot.kind != "class":
        return deepcopy(value)
    if slot.many and isinstance(value, list):
        return [_filled_object(entry, slot.range, standard) for entry in value]
    return _filled_object(value, slot.range, standard)


def _filled_object(value: Any, name: str, standard: Standard) -> Any:
    body = standard.classes[name]
    if body.abstract and isinstance(value, Mapping):
        kinds = standard.concrete(name)
        kind = value.get("report_type", kinds[0])
        body = standard.classes[kind if kind in kinds else kinds[0]]
    return filled(value, body, standard)


def _least(body: Class) -> Slot:
    """The slot that says least: a text where there is one, else the first single value."""
    simple = [slot for slot in body.slots if slot.kind in ("type", "enum")]
    return next((slot for slot in simple if slot.range == "Text" and not slot.many), (simple or body.slots)[0])


def _fixed(slot: Slot, owner: Class, standard: Standard) -> Any:
    one = _fixed_one(slot, owner, standard)
    return [one] if slot.many else one


def _fixed_one(slot: Slot, owner: Class, standard: Standard) -> Any:
    if slot.kind == "name":
        return owner.name
    if slot.kind == "class":
        return _filled_object({}, slot.range, standard)
    if slot.kind == "enum":
        return standard.enums[slot.range].codes[0]
    if slot.range in _FIXED:
        return _FIXED[slot.range]
    return str((*slot.examples, *standard.types[slot.range].examples)[0])


def _whole(case: Case, each: str, standard: Standard, sample: Mapping[str, Any]) -> Document:
    given = dict(case.report or {})
    kind = given.get("report_type", kinds_holding(standard, each)[0])
    if kind not in standard.kinds:
        raise CaseError(("report", "report_type"), f"there is no kind of message {kind!r}", "name one of the kinds")
    return _message(str(kind), given, standard, sample)


def _message(kind: str, given: Mapping[str, Any], standard: Standard, sample: Mapping[str, Any]) -> Document:
    body = standard.classes[kind]
    of_sample = {name: value for name, value in sample.items() if name in body.by_name}
    message: Document = filled({**of_sample, **given, "report_type": kind}, body, standard)
    return message


def _placed(case: Case, each: str, standard: Standard, sample: Mapping[str, Any]) -> tuple[Document, Path]:
    kind, steps = place_of(each, standard)
    value = dict(case.value or {})
    given: dict[str, Any] = {"as_of": case.as_of} if case.as_of is not None else {}
    if not steps:
        kind = value.get("report_type", kind)
        if kind not in standard.concrete(each):
            raise CaseError(("value", "report_type"), f"{kind!r} is no {each}", "leave it out, or name a kind that is")
        return _message(kind, {**value, **given}, standard, sample), ()
    path: list[str | int] = []
    holder = given | {name: sample[name] for name in (steps[0].name,) if name in sample}
    document = holder
    for step in steps[:-1]:
        holder = _entered(holder, step, {}, path)
    _entered(holder, steps[-1], value, path)
    return _message(kind, document, standard, sample), tuple(path)


def _entered(holder: dict[str, Any], slot: Slot, value: dict[str, Any], path: list[str | int]) -> dict[str, Any]:
    """Put ``value`` into the slot, behind what a list holds already; the value, and its place in ``path``."""
    path.append(slot.name)
    if slot.many:
        entries = [*holder.get(slot.name, ()), value]
        holder[slot.name] = entries
        path.append(len(entries) - 1)
    else:
        holder[slot.name] = value
    return value


def place_of(each: str, standard: Standard) -> tuple[str, tuple[Slot, ...]]:
    """The kind of message, and the slots from its root on, in which an object of the class ``each`` stands nearest.

    Reports go before other messages, and the first kind of the standard before the next.
    """
    holding = kinds_holding(standard, each)
    reports = [kind for kind in holding if REPORT in standard.lineage(kind)]
    if each in standard.kinds or standard.classes[each].abstract:
        return holding[0], ()
    found = ((kind, slots) for kind in reports or holding for slots in [_nearest(each, kind, standard)])
    return min(found, key=lambda place: len(place[1]))


def _nearest(each: str, kind: str, standard: Standard) -> tuple[Slot, ...]:
    ways: list[tuple[Slot, ...]] = [(slot,) for slot in inner_slots(standard, kind)]
    for way in ways:
        if way[-1].range == each:
            return way
        ways.extend((*way, slot) for slot in inner_slots(standard, way[-1].range))
    raise AssertionError(f"{kind} holds no {each}")


def _judged(case: Case) -> Path:
    steps = case.at.split("/")[1:]
    plain = (step.replace("~1", "/").replace("~0", "~") for step in steps)
    return tuple(int(step) if step.isdigit() else step for step in plain)


def _check_judged(document: Document, path: Path, each: str, standard: Standard) -> None:
    names = list(_classes_on(path, document, standard))
    if len(names) <= len(path):
        raise CaseError(("at",), f"the report has nothing at {pointer(path)}", "point to an object that is written")
    if names[-1] is None or each not in (names[-1], *standard.lineage(names[-1])):
        hint = f"point to the object that is judged, of class {each}"
        raise CaseError(("at",), f"at {pointer(path) or 'the root'} stands {names[-1] or 'no object'}", hint)


def _classes_on(path: Path, document: Document, standard: Standard) -> Iterator[str | None]:
    """The class of what stands at each step of ``path``, the root included; None for what is no object."""
    value: Any = document
    name: str | None = str(document["report_type"])
    yield name
    held: str | None = None
    for step in path:
        if isinstance(step, str) and isinstance(value, dict) and step in value and name:
            slot, value = standard.classes[name].by_name[step], value[step]
            held = slot.range if slot.kind == "class" else None
        elif isinstance(step, int) and isinstance(value, list) and step < len(value):
            value = value[step]
        else:
            return
        name = _class_of(value, held, standard) if isinstance(value, dict) else None
        yield name


def _class_of(value: Mapping[str, Any], held: str | None, standard: Standard) -> str | None:
    return str(value.get("report_type")) if held and standard.classes[held].abstract else held


def _written(case: Case, place: Path, path: Path) -> Keys:
    """Where in the case the ``place`` of its document was written."""
    if case.report is not None:
        return ("report", *place)
    if place == ("as_of",) and case.as_of is not None:
        return ("as_of",)
    return ("value", *place[len(path) :]) if place[: len(path)] == path else ("value",)

"""Whether a record holds what its kind must hold."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping

from exportreport.conversion import faults
from exportreport.conversion.shapes.structure import Demand, Structure
from exportreport.finding import Fault

#: A fault, the field that it is about, and its words.
Missed = tuple[Fault, str, dict[str, object]]


#: Stands in the table for any text, for none, and for a number above zero.
_ANY, _NONE, _SOME = "*", "-", "+"
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def missed(structure: Structure, kind: str, texts: Mapping[str, str]) -> Iterator[Missed]:
    """What is wrong with a record of the ``kind`` that has ``texts`` by the names of its fields."""
    for demand in structure.demands.get(kind, ()):
        if all(_holds(texts.get(field, "").strip(), values) for field, values in demand.when):
            yield from _missed(demand, texts, _condition(demand))


def _holds(text: str, values: Container[str]) -> bool:
    above_zero = _SOME in values and _NUMBER.fullmatch(text) is not None and text.strip("0.") != ""
    return above_zero or (_ANY if text else _NONE) in values or text in values


def _condition(demand: Demand) -> str:
    """When the demand is made, in words."""
    if not demand.when:
        return ""
    words = {_ANY: "given", _NONE: "not given", _SOME: "above zero"}
    told = [f"{name} is {' or '.join(words.get(one, one) for one in sorted(values))}" for name, values in demand.when]
    return f", where {' and '.join(told)}"


def _missed(demand: Demand, texts: Mapping[str, str], why: str) -> Iterator[Missed]:
    there = [field for field in demand.fields if texts.get(field, "").strip()]
    if demand.demand == "absent" and there:
        yield faults.TEXT_TOO_MUCH, there[0], {"column": there[0], "why": why}
    elif demand.demand == "required":
        for field in (field for field in demand.fields if field not in there):
            yield faults.TEXT_MISSING, field, {"column": field, "why": why}
    elif demand.demand in ("one_of", "just_one") and not there:
        yield faults.TEXT_MISSING, demand.fields[0], {"column": " or ".join(demand.fields), "why": why}
    elif demand.demand == "just_one" and len(there) > 1:
        yield faults.TEXT_TOO_MUCH, there[1], {"column": there[1], "why": f" beside {there[0]}"}
    elif demand.demand == "differ" and len(there) > 1 and len({texts[field].strip() for field in there}) == 1:
        yield (
            faults.WRONG_FORM,
            there[1],
            {"value": texts[there[1]], "column": there[1], "why": f", which is another than {there[0]}"},
        )
    elif demand.demand == "in_order" and len(there) > 1 and texts[there[1]].strip() < texts[there[0]].strip():
        yield (
            faults.WRONG_FORM,
            there[1],
            {"value": texts[there[1]], "column": there[1], "why": f", not before {there[0]}"},
        )
    elif demand.demand == "form" and demand.form is not None:
        for field in there:
            if not demand.form.fullmatch(texts[field]):
                yield faults.WRONG_FORM, field, {"value": texts[field], "column": field, "why": why}

"""The mappings of all formats against the model: each target is a place that the standard has."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from exportreport import standard
from exportreport.conversion.parts import Steps
from exportreport_converters import FORMATS

STANDARD = standard.load()


def places(name: str) -> Iterator[tuple[str, Steps]]:
    form = FORMATS[name]
    for field in form.fields:
        for target in (target for targets in field.targets.values() for target in targets):
            yield target.pointer, target.steps
    for constant in form.constants:
        yield constant.pointer, constant.steps


def _is_entry(step: str | int) -> bool:
    return isinstance(step, int) or step in ("+", "*", "-") or step.startswith("{")


def fault(kind: str, steps: Steps) -> str | None:
    """What of ``steps`` the model does not have; None where all of it is there."""
    at: str | None = kind
    steps = (*steps, "")
    for step, following in pairwise(steps):
        if _is_entry(step):
            continue
        slot = STANDARD.classes[at].by_name.get(step) if at else None
        if slot is None:
            return f"{at} has no {step}"
        if slot.many != _is_entry(following):
            return f"{step} is {'' if slot.many else 'no '}list"
        at = slot.range if slot.kind == "class" else None
    return f"{kind} ends in an object" if at else None


@pytest.mark.parametrize("name", FORMATS)
def test_every_target_is_a_value_of_the_model(name: str) -> None:
    found = {pointer: fault(FORMATS[name].report_type, steps) for pointer, steps in places(name)}
    assert {pointer: wrong for pointer, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("target", ["/items/x", "/items/name", "/revision/0", "/items/0/quantity", "/items"])
def test_a_target_that_the_model_does_not_have_is_found(target: str) -> None:
    from exportreport.conversion.parts import steps_in

    assert fault("LicenseFiling", steps_in(target))

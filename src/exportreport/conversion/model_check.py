"""A mapping against the model: each target is a place that the standard has."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from exportreport.conversion.form import Format
from exportreport.conversion.parts import Steps
from exportreport.standard import Standard


def misplaced(form: Format, standard: Standard) -> Iterator[tuple[str, str]]:
    """The targets of ``form`` that name no value of the standard, each with what is wrong."""
    if form.report_type not in standard.classes:
        yield "/report_type", f"there is no kind of report {form.report_type or 'without a name'}"
        return
    for target, steps in dict.fromkeys(_targets(form)):
        wrong = wrong_with(form.report_type, steps, standard)
        if wrong is not None:
            yield target, wrong


def _targets(form: Format) -> Iterator[tuple[str, Steps]]:
    for field in form.fields:
        for target in (target for targets in field.targets.values() for target in targets):
            yield target.pointer, target.steps
    for constant in form.constants:
        yield constant.pointer, constant.steps


def wrong_with(kind: str, steps: Steps, standard: Standard) -> str | None:
    """What of ``steps`` the reports of the ``kind`` do not have; None where all of it is there."""
    at: str | None = kind
    for step, following in pairwise((*steps, "")):
        if _is_entry(step):
            continue
        slot = standard.classes[at].by_name.get(str(step)) if at else None
        if slot is None:
            return f"{at or 'a single value'} has no {step}"
        if slot.many != _is_entry(following):
            return f"{step} is {'' if slot.many else 'no '}list"
        at = slot.range if slot.kind == "class" else None
    return f"{kind} ends in an object" if at else None


def _is_entry(step: str | int) -> bool:
    return isinstance(step, int) or step in ("+", "*", "-") or step.startswith("{")

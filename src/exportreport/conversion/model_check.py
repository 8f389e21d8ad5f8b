"""A mapping against the model: each target is a place that the standard has, each fixed value one that may stand there.

Whoever changes the model learns here what of the national formats breaks, with the place in their files.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from exportreport import codelists
from exportreport.conversion.form import Constant, Format, Target
from exportreport.conversion.parts import Steps, steps_in
from exportreport.standard import Slot, Standard


class Misfit(NamedTuple):
    """What of a mapping does not fit the model: the ``place`` in the folder of formats, and what is wrong."""

    place: str
    target: str
    wrong: str

    def __str__(self) -> str:
        return f"{self.place}: the target {self.target}: {self.wrong}"


def misfits(form: Format, standard: Standard, *, ours: bool = False) -> Sequence[Misfit]:
    """The targets of ``form`` that name no value of the standard, and the fixed values that it does not have.

    A list that is open takes the codes of others; the formats of this project (``ours``) give none that it lacks.
    """
    if form.report_type not in standard.classes:
        wrong = f"there is no kind of report {form.report_type or 'without a name'}; the kinds are "
        return [Misfit(f"{form.name}/mapping.toml:1:1", "/report_type", wrong + ", ".join(standard.kinds))]
    places = [one for target in _targets(form) for one in _of_target(form, target, standard)]
    hung = [one for constant in form.constants for one in _of_conditions(form, constant, standard)]
    return [*_at_home(form, [*places, *hung]), *_judged(form, standard, partial(wrong_value, ours=ours))]


def ended(form: Format, standard: Standard, day: str) -> Sequence[Misfit]:
    """The fixed values of ``form`` that are codes whose last day lies before ``day``: later reports must not say them,
    those of earlier days may."""

    def judge(value: str, slot: Slot, standard: Standard) -> str | None:
        name = _list_of(slot, standard)
        if name is None or codelists.status(name, value, day) != "expired":
            return None
        return f'the code "{value}" of the code list {name} has ended; it is right in reports of earlier days only'

    return _judged(form, standard, judge) if form.report_type in standard.classes else ()


def _judged(form: Format, standard: Standard, judge: Callable[[str, Slot, Standard], str | None]) -> Sequence[Misfit]:
    """What ``judge`` has to say of the fixed values that have a place in the model."""
    values = (one for one in _fixed(form) if wrong_with(form.report_type, one.steps, standard) is None)
    said = (
        (one, judge(one.value, slot, standard))
        for one in values
        if (slot := _slot(form.report_type, one.steps, standard)).kind != "class"
    )
    return _at_home(form, [Misfit(one.place, one.target, wrong) for one, wrong in said if wrong])


def _at_home(form: Format, found: Iterable[Misfit]) -> Sequence[Misfit]:
    """The same, once each, with their places in the folder of all formats."""
    home = (one._replace(place=posixpath.normpath(f"{form.name}/{one.place}")) for one in found)
    return list(dict.fromkeys(home))


class _Fixed(NamedTuple):
    """A value that a mapping gives of itself, with where it says so, and where the value goes."""

    place: str
    target: str
    steps: Steps
    value: str


def _fixed(form: Format) -> Iterator[_Fixed]:
    for field in form.fields:
        for part, targets in field.targets.items():
            own = [fixed for fixed in field.reader.fixed if fixed.part == part]
            for target in targets:
                yield from (_Fixed(one.place, target.pointer, target.steps, one.value) for one in own)
    for constant in form.constants:
        given = (constant.value,) if constant.source in (None, "handling", "reporting_state") else ()
        for value in dict.fromkeys((*given, *constant.marks)):
            if isinstance(value, str):
                yield _Fixed(constant.place, constant.pointer, constant.steps, value)


def _targets(form: Format) -> Iterator[Target | Constant]:
    for field in form.fields:
        yield from (target for targets in field.targets.values() for target in targets)
    yield from form.constants


def _of_target(form: Format, one: Target | Constant, standard: Standard) -> list[Misfit]:
    wrong = wrong_with(form.report_type, one.steps, standard)
    return [Misfit(one.place, one.pointer, wrong)] if wrong else []


def _of_conditions(form: Format, constant: Constant, standard: Standard) -> Iterator[Misfit]:
    """The parts of a report that the constant hangs on; they may be objects and whole lists."""
    for steps in (steps_in(constant.when) if constant.when else (), constant.of or ()):
        wrong = wrong_with(form.report_type, steps, standard, whole=False)
        if wrong:
            part = "/" + "/".join(map(str, steps))
            yield Misfit(constant.place, constant.pointer, f"it hangs on {part}: {wrong}")


def wrong_with(kind: str, steps: Steps, standard: Standard, *, whole: bool = True) -> str | None:
    """What of ``steps`` the reports of the ``kind`` do not have; None where all of it is there. Only where it is not
    ``whole`` may it end in an object, or in a list."""
    at: str | None = kind
    for step, following in pairwise((*steps, "")):
        if _is_entry(step):
            continue
        slot = standard.classes[at].by_name.get(str(step)) if at else None
        if slot is None:
            return f"{at or 'a single value'} has no {step}; remove the line, or name another place"
        if slot.many != _is_entry(following) and (whole or following):
            is_list = f"{step} is a list; name an entry of it, such as {step}/0, {step}/+ or {step}/*"
            return is_list if slot.many else f"{step} is no list; take out what names an entry of it"
        at = slot.range if slot.kind == "class" else None
    return f"it ends in an object ({at}); name one of its values" if at and whole else None


def wrong_value(value: str, slot: Slot, standard: Standard, *, ours: bool = False) -> str | None:
    """What is wrong with ``value`` for ``slot``: its list of codes does not have it; None where it may stand there."""
    if slot.kind == "enum":
        codes = standard.enums[slot.range].codes
        return None if value in codes else f'{slot.range} has no value "{value}"; its values are {", ".join(codes)}'
    name = _list_of(slot, standard)
    known = codelists.load(name) if name else None
    if known is None or (known.open and not ours):
        return None
    # What has a last day is on the list: reports are judged by their own day. A list that is not whole denies nothing,
    # so what our own tables name has to stand on it.
    is_denied = codelists.status(known.id, value, known.complete_to or "9999-12-31") == "unknown"
    if value in known.by_code if ours else not is_denied:
        return None
    return f'the code list {name} has no code "{value}"; `exportreport codelists show {name}` lists its codes'


def _list_of(slot: Slot, standard: Standard) -> str | None:
    return slot.code_list or (standard.types[slot.range].code_list if slot.kind == "type" else None)


def _slot(kind: str, steps: Steps, standard: Standard) -> Slot:
    """The slot that the ``steps``, which are those of a value, lead to."""
    at, slot = kind, None
    for step in (step for step in steps if not _is_entry(step)):
        slot = standard.classes[at].by_name[str(step)]
        at = slot.range
    assert slot is not None
    return slot


def _is_entry(step: str | int) -> bool:
    return isinstance(step, int) or step in ("+", "*", "-") or step.startswith("{")

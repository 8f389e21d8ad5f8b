"""The values of a format that no cell gives: those that every report begins with, and those that its parts call for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from exportreport.conversion.form import Constant
from exportreport.conversion.ledger import Step
from exportreport.conversion.parts import Draft, Leaf, Steps, exists


class Given(NamedTuple):
    """What the constants of one report were made of: enough to say afterwards what each of them gave."""

    identifier: str
    line: int
    note: str
    counts: Mapping[str, int]
    later: Sequence[Step]


class Constants:
    """The constants of a format. What varies from report to report is named by `Given`."""

    def __init__(self, constants: Sequence[Constant]) -> None:
        whole = [one for one in constants if not one.each and one.when is None and not one.spare]
        self._varying = [one for one in whole if one.source in ("report_id", "line")]
        self._fixed = [_step(one, one.value) for one in whole if one not in self._varying]
        self._each = [one for one in constants if one.each and one.when is None and not one.spare]
        self._later = [one for one in constants if one.when is not None or one.spare]
        draft = Draft({})
        for one in whole:
            varies = one.source in ("report_id", "line")
            draft.put(one.steps[:-1], one.steps[-1], _Name(str(one.source)) if varies else one.value)
        self._begin = _compiled(draft.report)
        self.vary_by_part = bool(self._each or self._later)

    def beginning(self, identifier: str, line: int) -> tuple[dict[str, Any], dict[Steps, Any]]:
        """A new report that holds the constants of every report, and its objects and lists by their places."""
        return self._begin(identifier, line)

    def begin(self, draft: Draft, kind: str, record: int, entry: int) -> None:
        """Put what each record of the ``kind`` gives into ``draft``: the one at the place ``record`` among all."""
        for one in self._each:
            if one.kind == kind:
                at, name, _ = draft.resolved(Leaf(one.steps[:-1], one.steps[-1], ""), record)
                draft.put(at, name, _value(one, entry))

    def finish(self, draft: Draft, counts: Mapping[str, int]) -> Sequence[Step]:
        """Put in what depends on the rest of the report, and say what was put in."""
        given: list[Step] = []
        for one in self._later:
            for entry in range(counts.get(one.kind, 0) if one.each else 1):
                steps = _resolved(one, entry)
                wanted = one.when is None or exists(draft.report, one.when.replace("*", str(entry)))
                if wanted and draft.get(steps[:-1], steps[-1]) is None:
                    draft.put(steps[:-1], steps[-1], _value(one, entry))
                    given.append(_step(one, _value(one, entry), entry))
        return given

    def steps(self, given: Given) -> list[Step]:
        """What the constants gave to the report."""
        steps = self._fixed.copy()
        for one in self._varying:
            is_name = one.source == "report_id"
            step = _step(one, given.identifier if is_name else given.line)
            steps.append(step._replace(note=step.note + given.note) if is_name else step)
        for one in self._each:
            steps += [_step(one, _value(one, entry), entry) for entry in range(given.counts.get(one.kind, 0))]
        return [*steps, *given.later]


class _Name(str):
    """The name of a value that varies from report to report."""

    __slots__ = ()


_Begin = Callable[[str, int], tuple[dict[str, Any], dict[Steps, Any]]]


def _compiled(template: dict[str, Any]) -> _Begin:
    """A function that builds ``template``: one display of Python instead of a walk, for it runs for every report.

    The source holds nothing but the texts and numbers of the mapping, written by ``repr``.
    """
    names: dict[Steps, str] = {}
    whole = _display(template, (), names)
    nodes = ", ".join(f"{at!r}: {name}" for at, name in names.items())
    space: dict[str, Any] = {}
    exec(f"def begin(report_id, line):\n    report = {whole}\n    return report, {{{nodes}}}\n", space)
    begin: _Begin = space["begin"]
    return begin


def _display(value: object, at: Steps, names: dict[Steps, str]) -> str:
    """``value`` as Python source; its objects and lists get names on the way."""
    if isinstance(value, _Name):
        return str(value)
    if not isinstance(value, dict | list):
        return repr(value)
    name = names[at] = f"part{len(names)}"
    if isinstance(value, dict):
        inner = ", ".join(f"{key!r}: {_display(entry, (*at, key), names)}" for key, entry in value.items())
        return f"({name} := {{{inner}}})"
    inner = ", ".join(_display(entry, (*at, index), names) for index, entry in enumerate(value))
    return f"({name} := [{inner}])"


def _value(constant: Constant, entry: int) -> str | int | None:
    if constant.source != "entry":
        return constant.value
    return entry + 1 if constant.value is None else f"{constant.value}-{entry + 1}"


def _resolved(constant: Constant, entry: int) -> tuple[str | int, ...]:
    return tuple(entry if step == "*" else step for step in constant.steps)


def _step(constant: Constant, value: str | int | None, entry: int = 0) -> Step:
    target = constant.pointer.replace("/*", f"/{entry}")
    return Step(0, constant.outcome, target, value, constant.note)

"""One record at a time: its cells read, their pieces put in place, and every step written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from exportreport.conversion import faults
from exportreport.conversion.columns import Column, Placed
from exportreport.conversion.form import Constant, Format
from exportreport.conversion.identity import Identities
from exportreport.conversion.ledger import Conversion, Outcome, Refusal, Step
from exportreport.conversion.parts import exists, fresh, merge, put
from exportreport.conversion.readings import BASE64, Context, read_unfit
from exportreport.conversion.records import Record, Unread
from exportreport.finding import Fault, Finding, make

_AGAIN = "; the number stands, or may stand, on an earlier row, so the row is added"


@dataclass(frozen=True, slots=True)
class Options:
    """What a report needs and no list says: when it is made, how it is to be handled, who reports."""

    reported_at: str
    handling: str
    reporting_state: str | None


class Assembly:
    """Turns the records of one file into reports. It remembers which numbers it met, and nothing else of
    them."""

    def __init__(self, form: Format, options: Options, names: Sequence[str], extra: frozenset[int]) -> None:
        self._form = form
        self._names = names
        fields = {field.column: field for field in form.fields}
        numbered = enumerate(names, 1)
        self._columns = [Column(n, name, None if n in extra else fields.get(name)) for n, name in numbered]
        by_name = {column.name: column for column in self._columns if column.field is not None}
        self._number, self._day = by_name[form.number].number - 1, by_name[form.day].number - 1
        self._identities = Identities(form.id)
        self._constants = Constants([_with_options(constant, options) for constant in form.constants])

    def convert(self, record: Record, about_file: tuple[Finding, ...] = ()) -> Conversion:
        """The report of ``record``, or its refusal, with the account of each cell."""
        texts = record.texts
        context = Context(None, dict(zip(self._names, texts, strict=False)))
        # the day comes first: codes of places are judged by it
        day = self._columns[self._day].place(texts[self._day], context)
        if day.part:
            context = Context(cast("str", day.steps[0].value), context.cells)
        placed = [column.place(text, context) for column, text in zip(self._columns, texts, strict=False)]
        if not placed[self._number].part or any(what.refused for what in placed):
            return refused_conversion(self._refusal(record, placed), record, about_file)
        return self._report(record, placed, about_file)

    def _refusal(self, record: Record, placed: Sequence[Placed]) -> Refusal:
        cells, at = tuple(record.texts), list(record.cells.values())
        for cell, what in zip(at, placed, strict=False):
            if what.refused is not None:
                fault = faults.FAULTS[what.refused.finding_code]
                return Refusal(fault, what.refused.message, record.row, record.line, cell, cells)
        cell = at[self._number]
        fault = faults.BAD_NUMBER if cell.text.strip() else faults.NO_NUMBER
        name = self._form.number
        message = make(fault, column=name, value=cell.text).message
        return Refusal(fault, message, record.row, record.line, cell, cells)

    def _report(self, record: Record, placed: Sequence[Placed], about_file: tuple[Finding, ...]) -> Conversion:
        number = cast("str", placed[self._number].steps[0].value)
        identifier, again = self._identities.give(number, record.row)
        report, constants = self._constants.report(identifier, again, record.line)
        steps: list[Step] = []
        carried: list[tuple[Column, Step]] = []
        for column, what in zip(self._columns, placed, strict=False):
            merge(report, what.part)
            steps += what.steps if not what.carried else self._carried(column, what, carried)
        for spare in range(len(self._columns), len(record.texts)):
            steps.append(Step(spare + 1, Outcome.BLANK, None, None, ""))
        if carried:
            report["extensions"] = [self._extension(report, column, step) for column, step in carried]
        steps += constants
        return Conversion(report, None, record.row, record.line, self._names, record.texts, steps, about_file)

    def _carried(self, column: Column, placed: Placed, carried: list[tuple[Column, Step]]) -> list[Step]:
        """The steps of a cell, those of carried texts pointing at the extension that they get."""
        steps = []
        for step in placed.steps:
            if step.target is None and step.value is not None:
                steps.append(step._replace(target=f"/extensions/{len(carried)}"))
                carried.append((column, step))
            else:
                steps.append(step)
        return steps

    def _extension(self, report: Mapping[str, Any], column: Column, step: Step) -> dict[str, Any]:
        path = column.name or f"column {column.number}"
        extension = {"source_system": self._form.source_system, "extension_path": _fit(path, column.number)}
        extension["extension_value"] = step.value  # type: ignore[assignment]
        if BASE64 in step.note:
            extension["extension_encoding"] = "base64"
        if column.about is not None and exists(report, column.about):
            extension["about"] = column.about
        return extension


class Constants:
    """The values of a format that no cell gives, as the beginning of each report."""

    def __init__(self, constants: Sequence[Constant]) -> None:
        self._beginning: dict[str, Any] = {}
        self._steps: list[Step] = []
        self._varying: list[Constant] = []
        for constant in constants:
            if constant.source in ("report_id", "line"):
                self._varying.append(constant)
                put(self._beginning, constant.steps, "")
            else:
                put(self._beginning, constant.steps, constant.value)
                self._steps.append(Step(0, constant.outcome, constant.pointer, constant.value, constant.note))

    def report(self, identifier: str, again: bool, line: int) -> tuple[dict[str, Any], list[Step]]:
        """A new report that holds the constants, and their steps."""
        report: dict[str, Any] = fresh(self._beginning)
        steps = self._steps.copy()
        for constant in self._varying:
            value = identifier if constant.source == "report_id" else line
            note = constant.note + _AGAIN if again and value is identifier else constant.note
            put(report, constant.steps, value)
            steps.append(Step(0, constant.outcome, constant.pointer, value, note))
        return report, steps


def _with_options(constant: Constant, options: Options) -> Constant:
    """The constant with what the options say about it."""
    if constant.source in ("reported_at", "handling"):
        return replace(constant, value=getattr(options, constant.source))
    if constant.source == "reporting_state" and options.reporting_state is not None:
        note = "given by the option reporting_state"
        return replace(constant, value=options.reporting_state, outcome=Outcome.DEFAULTED, note=note)
    return constant


def _fit(name: str, number: int) -> str:
    """The column's name, or its number where no report can hold the name."""
    return name if read_unfit(name) is None else f"column {number}"


def refused_conversion(refused: Refusal, record: Record | Unread, about_file: tuple[Finding, ...]) -> Conversion:
    """The account of a record that is refused: each cell with text is, whatever it held."""
    finding = Finding(refused.fault.code, refused.fault.severity, refused.message)
    at_fault = refused.cell.column if refused.cell else 0
    note = f"the record is refused ({refused.fault.code})"
    steps = [
        Step(number, Outcome.REFUSED, None, None, refused.message if number == at_fault else note, finding)
        if text.strip() or number == at_fault
        else Step(number, Outcome.BLANK, None, None, "")
        for number, text in enumerate(record.texts, 1)
    ]
    if not at_fault:
        steps.append(Step(0, Outcome.REFUSED, None, None, refused.message, finding))
    return Conversion(None, refused, refused.row, refused.line, record.names, record.texts, steps, about_file)


def refused_file(finding: Finding) -> Conversion:
    """The account of a file that could not be read at all: row 0 stands for the file."""
    fault: Fault = faults.FAULTS[finding.finding_code]
    step = Step(0, Outcome.REFUSED, None, None, finding.message, finding)
    return Conversion(None, Refusal(fault, finding.message, 0, 1), 0, 1, (), (), (step,))

"""A file in a national format in, reports with their account out, one record at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import repeat

from exportreport.conversion import faults
from exportreport.conversion.assembly import Assembly, Options, refused_file, refused_unread
from exportreport.conversion.form import Format
from exportreport.conversion.grouping import grouped
from exportreport.conversion.header import Header
from exportreport.conversion.identity import Identities
from exportreport.conversion.layouts import begun, layout_of_rows, layout_of_tree, shape_of
from exportreport.conversion.ledger import Conversion
from exportreport.conversion.refusal import Unread
from exportreport.conversion.shapes.lines import Stream
from exportreport.conversion.shapes.record import Record
from exportreport.conversion.shapes.registry import Blocks, Rows, Trees
from exportreport.finding import Finding, Severity, make

#: Who may see a report: the model's enum ``Sensitivity``.
SENSITIVITIES = ("public", "limited", "restricted", "controlled")

_DATETIME = re.compile(r"(?:19|20|21)[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z")


def convert(
    format: Format | Sequence[Format], stream: Stream, *, reported_at: str, handling: str | None = None,
    reporting_state: str | None = None,
) -> Iterator[Conversion]:  # fmt: skip
    """Yield what became of each record of ``stream``: a report or a refusal, with its ledger.

    Of several layouts of a format the one of the file, or of each record, is found. A file that is not in the
    ``format`` gives one refusal, of row 0. Raises ValueError, at once, when an option is not what a report can hold:
    ``reported_at`` is a moment in UTC (``2026-11-23T09:00:00Z``).
    """
    options = Options(_datetime(reported_at), _sensitivity(handling), _state(reporting_state))
    return _converted((format,) if isinstance(format, Format) else format, stream, options)


def _converted(forms: Sequence[Format], stream: Stream, options: Options) -> Iterator[Conversion]:
    beginning = b""
    if len(forms) > 1 or forms[0].also:
        beginning, stream = begun(stream)
    shape, fitting = shape_of(beginning, forms)
    if shape.reads_rows is not None and shape.is_of_rows(fitting[0]):
        form = fitting[0]
        if len(fitting) > 1 and shape.finds_layout is not None:
            form, stream = shape.finds_layout(stream, fitting)
        elif len(fitting) > 1:
            form = layout_of_rows(beginning, fitting)
        reads = shape.reads_rows if form.grouped else shape.reads_blocks or shape.reads_rows
        return _from_rows(reads(stream, form), form, options)
    assert shape.reads_trees is not None
    return _from_trees(shape.reads_trees(stream, fitting), fitting, options)


def _from_trees(found_in: Trees, forms: Sequence[Format], options: Options) -> Iterator[Conversion]:
    identities = Identities(forms[0].id)
    assemblies = {form.name: Assembly(form, options, (), frozenset(), identities) for form in forms}
    met = False
    about_file: tuple[Finding, ...] = ()
    for found in found_in:
        form = layout_of_tree(found, forms) if isinstance(found, list) else None
        if isinstance(found, Finding) and found.severity is not Severity.FATAL:
            about_file = (*about_file, found)
            continue
        if isinstance(found, Finding):
            yield refused_file(found)
        elif isinstance(found, Unread):
            yield refused_unread(found, about_file)
        elif form is None and not met:
            looks = f"an object with {', '.join(found[0].names[:5]) or 'nothing in it'}"
            yield refused_file(make(faults.WRONG_FORMAT, format=forms[0].title, looks=looks))
            return
        else:
            yield from assemblies[(form or forms[0]).name].convert(found, about_file)
        met, about_file = True, ()


def _from_rows(records: Rows | Blocks, form: Format, options: Options) -> Iterator[Conversion]:
    header = next(records)
    if not isinstance(header, Header):
        assert isinstance(header, Finding)
        yield refused_file(header)
        return
    assembly = Assembly(form, options, header.names, header.extra, Identities(form.id))
    about_file = header.findings
    for found in _grouped(records, header.names.index(form.number)) if form.grouped else records:
        if isinstance(found, Finding):
            about_file = (*about_file, found)
            continue
        if isinstance(found, Unread):
            yield refused_unread(found, about_file)
        elif form.grouped and isinstance(found, list):
            yield from assembly.convert(found, about_file)
        else:
            assert not isinstance(found, Header)
            yield from _from_block([found] if isinstance(found, Record) else found, assembly, about_file)
        about_file = ()


def _grouped(records: Rows | Blocks, number: int) -> Iterator[list[Record] | Unread | Finding]:
    """The rows by their numbers; they come one by one."""
    return grouped((one for one in records if not isinstance(one, list)), number)


def _from_block(block: list[Record], assembly: Assembly, about_file: tuple[Finding, ...]) -> Iterator[Conversion]:
    """What becomes of rows that are reports by themselves; those that cannot go the quick way go the general one."""
    quick = assembly.rows.convert(block, about_file) if assembly.rows is not None else repeat(None)
    for record, conversion in zip(block, quick, strict=False):
        if conversion is not None:
            yield conversion
        else:
            yield from assembly.convert([record], about_file)
        about_file = ()


def _datetime(text: str) -> str:
    if not (_DATETIME.fullmatch(text) and _exists(text)):
        raise ValueError(f"reported_at is {text!r}; write it in UTC to the second, such as 2026-11-23T09:00:00Z")
    return text


def _exists(moment: str) -> bool:
    try:
        datetime.fromisoformat(moment)
    except ValueError:
        return False
    return True


def _sensitivity(text: str | None) -> str | None:
    if text is not None and text not in SENSITIVITIES:
        raise ValueError(f"handling is {text!r}; choose one of {', '.join(SENSITIVITIES)}")
    return text


def _state(text: str | None) -> str | None:
    if text is not None and not re.fullmatch("[A-Z]{2}", text):
        raise ValueError(f"reporting_state is {text!r}; write a country code of two capital letters")
    return text

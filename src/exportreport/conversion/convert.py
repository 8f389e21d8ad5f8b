"""A file in a national format in, reports with their account out, one record at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import BinaryIO

from exportreport.conversion import faults
from exportreport.conversion.assembly import Assembly, Options, refused_file, refused_unread
from exportreport.conversion.form import Format
from exportreport.conversion.grouping import grouped
from exportreport.conversion.header import Header
from exportreport.conversion.ledger import Conversion
from exportreport.conversion.refusal import Unread
from exportreport.conversion.shapes.json_reading import read_objects
from exportreport.conversion.shapes.record import Record
from exportreport.conversion.shapes.separated import read_records
from exportreport.finding import Finding, make

#: Who may see a report: the model's enum ``Sensitivity``.
SENSITIVITIES = ("public", "limited", "restricted", "controlled")

_DATETIME = re.compile(r"(?:19|20|21)[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z")


def convert(
    format: Format, stream: Iterable[bytes] | BinaryIO, *, reported_at: str, handling: str | None = None,
    reporting_state: str | None = None,
) -> Iterator[Conversion]:  # fmt: skip
    """Yield what became of each record of ``stream``: a report or a refusal, with its ledger.

    A file that is not in the ``format`` gives one refusal, of row 0. Raises ValueError, at once, when an
    option is not what a report can hold: ``reported_at`` is a moment in UTC (``2026-11-23T09:00:00Z``).
    """
    options = Options(_datetime(reported_at), _sensitivity(handling), _state(reporting_state))
    return (_converted_trees if format.shape == "json" else _converted)(format, stream, options)


def _converted_trees(form: Format, stream: Iterable[bytes] | BinaryIO, options: Options) -> Iterator[Conversion]:
    assembly = Assembly(form, options, (), frozenset())
    begun = False
    for found in read_objects(stream):
        if isinstance(found, Finding):
            yield refused_file(found)
        elif isinstance(found, Unread):
            yield refused_unread(found, ())
        elif not begun and not any(name in form.columns.names for record in found for name in record.names):
            looks = f"an object with {', '.join(found[0].names[:5]) or 'nothing in it'}"
            yield refused_file(make(faults.WRONG_FORMAT, format=form.title, looks=looks))
            return
        else:
            yield from assembly.convert(found)
        begun = True


def _converted(form: Format, stream: Iterable[bytes] | BinaryIO, options: Options) -> Iterator[Conversion]:
    records = read_records(stream, form.columns, form.title)
    header = next(records)
    if not isinstance(header, Header):
        assert isinstance(header, Finding)
        yield refused_file(header)
        return
    assembly = Assembly(form, options, header.names, header.extra)
    about_file = header.findings
    for found in grouped(records, header.names.index(form.number)) if form.grouped else records:
        if isinstance(found, Finding):
            about_file = (*about_file, found)
            continue
        if isinstance(found, Unread):
            yield refused_unread(found, about_file)
        else:
            assert not isinstance(found, Header)
            yield from assembly.convert([found] if isinstance(found, Record) else found, about_file)
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

"""The physical shapes of files: how each is read into records, and written from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from exportreport.conversion.form import Format
from exportreport.conversion.header import Header
from exportreport.conversion.refusal import Unread
from exportreport.conversion.shapes.json_reading import read_objects
from exportreport.conversion.shapes.lines import Stream
from exportreport.conversion.shapes.record import Record
from exportreport.conversion.shapes.separated import read_blocks, read_records
from exportreport.conversion.shapes.transactions import read_transactions
from exportreport.conversion.shapes.transactions_writing import RecordFile
from exportreport.conversion.shapes.writers import Elements, FileWriter, LinesOfJson, SeparatedText
from exportreport.conversion.shapes.xlsx_forms import read_forms
from exportreport.conversion.shapes.xlsx_package import COMPOUND
from exportreport.conversion.shapes.xlsx_rows import layout_of_sheets, read_sheets
from exportreport.conversion.shapes.xlsx_writing import Forms, Sheets
from exportreport.conversion.shapes.xml_reading import read_elements
from exportreport.finding import Finding

#: What a file of rows gives: its header first, or a finding that says why there is none; then its rows one by one.
Rows = Iterator[Header | Record | Unread | Finding]

#: The same with rows that were read at once in one list.
Blocks = Iterator[Header | list[Record] | Unread | Finding]

#: What a file of trees gives: the records of one object after another.
Trees = Iterator[list[Record] | Unread | Finding]


@dataclass(frozen=True, slots=True)
class Shape:
    """A physical shape. One that ``reads_rows`` has a header and rows, one that ``reads_trees`` objects in objects; one
    that does both is read as the other shapes of the format are. One that ``reads_blocks`` gives many rows at once.

    ``begins`` says of the first bytes of a file whether they may be of the shape; ``suffixes`` are those of file names.
    A shape without ``writer`` is read only; one that ``mixes`` may hold reports of several layouts in one file.
    ``finds_layout`` finds that of rows where the beginning of a file does not show the columns. A shape that is written
    as a whole has ``alone``: from the writer of a file the one of a further report, which puts it where it will stand.
    """

    title: str
    suffixes: tuple[str, ...]
    begins: Callable[[bytes], bool]
    reads_rows: Callable[[Stream, Format], Rows] | None = None
    reads_blocks: Callable[[Stream, Format], Blocks] | None = None
    reads_trees: Callable[[Stream, Sequence[Format]], Trees] | None = None
    writer: Callable[[Format], FileWriter] | None = None
    mixes: bool = False
    finds_layout: Callable[[Stream, Sequence[Format]], tuple[Format, Stream]] | None = None
    alone: Callable[[FileWriter], FileWriter] | None = None

    def is_of_rows(self, form: Format) -> bool:
        """Whether a file of the shape holds rows, in this format."""
        return self.reads_rows is not None and (self.reads_trees is None or not _is_tree(form))


def _is_tree(form: Format) -> bool:
    """Whether the format has a shape that holds nothing but trees."""
    return any(SHAPES[name].reads_rows is None for name in (form.shape, *form.also))


def _is_json(beginning: bytes) -> bool:
    return beginning.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1] in (b"{", b"[")


def _is_xml(beginning: bytes) -> bool:
    return beginning.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1] == b"<"


def _is_text(beginning: bytes) -> bool:
    return not _is_json(beginning) and not _is_xml(beginning) and not beginning.startswith((b"PK", COMPOUND))


def _is_workbook(beginning: bytes) -> bool:
    return beginning.startswith((b"PK\x03\x04", b"PK\x05\x06", COMPOUND))


def _alone(file: FileWriter) -> FileWriter:
    assert isinstance(file, Forms | Sheets)
    return file.alone()


def _elements(stream: Stream, forms: Sequence[Format]) -> Trees:
    """The elements of the first of the ``forms``; all layouts of a format have the same."""
    lists = {field.kind for form in forms for field in form.fields if field.kind}
    return read_elements(stream, forms[0].element.rpartition("/")[2], lists)


SHAPES: Mapping[str, Shape] = MappingProxyType({
    "csv": Shape(
        "CSV", (".csv", ".txt", ".tsv"), _is_text,
        reads_rows=lambda stream, form: read_records(stream, form.columns, form.title),
        reads_blocks=lambda stream, form: read_blocks(stream, form.columns, form.title), writer=SeparatedText,
    ),
    "json": Shape(
        "JSON", (".json", ".ndjson"), _is_json,
        reads_trees=lambda stream, forms: read_objects(stream), writer=LinesOfJson, mixes=True,
    ),
    "delimited": Shape(
        "record file", (".txt",), _is_text, reads_trees=read_transactions, writer=RecordFile,
    ),
    "xml": Shape("XML", (".xml",), _is_xml, reads_trees=_elements, writer=Elements),
    "xlsx": Shape(
        "XLSX", (".xlsx",), _is_workbook,
        reads_rows=lambda stream, form: read_sheets(stream, form.columns, form.title), reads_trees=read_forms,
        writer=lambda form: Forms(form) if _is_tree(form) else Sheets(form), mixes=False,
        finds_layout=layout_of_sheets, alone=_alone,
    ),
})  # fmt: skip

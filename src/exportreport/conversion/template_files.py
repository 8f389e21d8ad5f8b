"""Our own template as a file to fill in: as separated text, or as a workbook with help and lists to choose from."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

from exportreport import codelists
from exportreport.conversion.shapes.separated_writing import row_of
from exportreport.conversion.shapes.xlsx_sheets import column_name
from exportreport.conversion.shapes.xlsx_writing import Made, add_table, bytes_of, new_workbook, put
from exportreport.conversion.template_mapping import Chosen, Layout, code_list_of
from exportreport.standard import Standard

#: The longest code list that is offered to choose from.
MAX_CHOICES = 400

#: So many rows are made ready for values.
_ROWS = 5_000

_GUIDE = ("column", "needed", "what it is", "how it is written", "help")
_EXAMPLE_WORDS = "This sheet is an example, and is not read. Write into the first sheet."


class Choice(NamedTuple):
    """What a cell may hold: the texts that are offered, and what each means."""

    name: str
    title: str
    texts: Sequence[tuple[str, str]]


def choice_of(one: Chosen, standard: Standard) -> Choice | None:
    """The list of values of a column; None where it has none, or too long a one."""
    if one.slot.kind == "enum":
        enum = standard.enums[one.slot.range]
        return Choice(enum.name, enum.title, [(value.title, value.description) for value in enum.values])
    name = code_list_of(one.slot, standard)
    known = codelists.load(name) if name is not None else None
    if known is None:
        return None
    texts = {entry.code: known.title_of(entry) for entry in known.entries if not entry.valid_to}
    return Choice(known.id, known.title, list(texts.items())) if len(texts) <= MAX_CHOICES else None


def example_in(folder: Traversable) -> Sequence[Sequence[str]]:
    """The rows of the example, without its headings."""
    return list(csv.reader((folder / "example.csv").read_text(encoding="utf-8").splitlines()))[1:]


def separated(layout: Layout, rows: Sequence[Sequence[str]]) -> bytes:
    """The template as separated text, with these ``rows``."""
    return b"".join(map(row_of, [[one.name for one in layout.first_of_each], *rows]))


def workbook(
    layout: Layout, standard: Standard, example: Sequence[Sequence[str]], rows: Sequence[Sequence[str]] = ()
) -> bytes:
    """The template as a workbook with these ``rows``: the sheet to fill in, a guide, an example, the lists of values.

    Raises MissingExtraError where what writes workbooks is not installed.
    """
    made = new_workbook()
    columns = layout.first_of_each
    choices = {one.name: choice for one in columns if (choice := choice_of(one, standard)) is not None}
    sheet = add_table(made, layout.name, [one.name for one in columns])
    _fill(made, sheet, rows, 1)
    _add_guide(made, columns, choices, standard)
    shown = made.book.add_worksheet("example")
    shown.write_string(0, 0, _EXAMPLE_WORDS, made.bold)
    _fill(made, shown, [[one.name for one in columns], *example], 1)
    ranges = _add_lists(made, choices)
    for number, one in enumerate(columns):
        _help(sheet, number, one, ranges.get(choices[one.name].name) if one.name in choices else None)
    return bytes_of(made)


def _fill(made: Made, sheet: Any, rows: Sequence[Sequence[str]], first: int) -> None:
    for row, texts in enumerate(rows, first):
        for column, text in enumerate(texts):
            put(made, sheet, (row, column), text)


def _help(sheet: Any, number: int, one: Chosen, choices: str | None) -> None:
    """The help of a column: a comment at its heading, and the list of values for its cells."""
    title = f"{_title(one)}{' (needed)' if one.required else ''}"
    sheet.write_comment(0, number, f"{title}\n{one.slot.description}", {"x_scale": 2, "author": "exportreport"})
    if choices is not None:
        sheet.data_validation(1, number, _ROWS, number, {
            "validate": "list", "source": choices, "error_type": "warning", "error_title": "Not on the list",
            "error_message": "This value is not on the list. It may still be read where the list is not complete.",
        })  # fmt: skip


def _title(one: Chosen) -> str:
    """The title of a column in words: what it is, and of whom."""
    return f"{one.name.replace('_', ' ').capitalize()}: {one.slot.title}"


def _add_guide(made: Made, columns: Sequence[Chosen], choices: Mapping[str, Choice], standard: Standard) -> None:
    sheet = add_table(made, "guide", _GUIDE)
    for row, one in enumerate(columns, 1):
        needed = "yes" if one.required else f"only with {one.needs}" if one.needs else ""
        choice = choices.get(one.name)
        form = f"one of the list {choice.name}" if choice is not None else standard.types[one.slot.range].title
        for column, text in enumerate((one.name, needed, one.slot.title, form, one.slot.description)):
            put(made, sheet, (row, column), text)


def _add_lists(made: Made, choices: Mapping[str, Choice]) -> Mapping[str, str]:
    """A sheet with the lists of values, two columns for each; gives the ranges of the texts by the lists' names."""
    sheet = made.book.add_worksheet("lists")
    sheet.freeze_panes(1, 0)
    ranges: dict[str, str] = {}
    for column, choice in _columns(choices):
        sheet.write_string(0, column, choice.name, made.bold)
        sheet.write_string(0, column + 1, choice.title, made.bold)
        for row, pair in enumerate(choice.texts, 1):
            for beside, text in enumerate(pair):
                put(made, sheet, (row, column + beside), text)
        letters = column_name(column + 1)
        ranges[choice.name] = f"=lists!${letters}$2:${letters}${len(choice.texts) + 1}"
    return ranges


def _columns(choices: Mapping[str, Choice]) -> Iterator[tuple[int, Choice]]:
    """Each list once, with the column in which it begins."""
    lists = {choice.name: choice for choice in choices.values()}
    return ((2 * number, choice) for number, choice in enumerate(lists.values()))

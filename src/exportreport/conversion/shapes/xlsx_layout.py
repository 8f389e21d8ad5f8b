"""How a tree stands in a workbook: a sheet for the single values, a sheet for each list.

The sheet "Form" has the columns name, title and value; a name is the path of the value (`box_1.name`). Each list of
objects (`items[]`) has a sheet with a row of headings, the names within an object, and a row for each object. The
column "in" says, for lists within lists, which entry of the enclosing list a row is part of: its number, counted from 1
in its form. Where a workbook holds several forms, the column "form" numbers them, in all sheets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from exportreport.conversion.form import Format, kind_of

FORM_SHEET = "Form"
NAME, TITLE, VALUE, WITHIN, FORM = "name", "title", "value", "in", "form"

#: The longest name that a sheet may have, and the signs that may not stand in one.
MAX_NAME, _NOT_IN_NAMES = 31, "[]:*?/\\"


def kinds_of(forms: Iterable[Format]) -> Sequence[str]:
    """The kinds of records of the ``forms`` that stand in lists, those around others first."""
    kinds: dict[str, None] = {}
    for name in (name for form in forms for name in form.columns.names):
        kind = kind_of(name)
        for end in (at + 2 for at in range(len(kind)) if kind.startswith("[]", at)):
            kinds.setdefault(kind[:end])
    return list(kinds)


def sheet_names(kinds: Iterable[str]) -> Mapping[str, str]:
    """The names of the sheets of the ``kinds``: their paths without brackets, the end of long ones."""
    names: dict[str, str] = {}
    taken = {FORM_SHEET.casefold()}
    for kind in kinds:
        plain = "".join(sign for sign in kind if sign not in _NOT_IN_NAMES)
        name, number = plain[-MAX_NAME:], 2
        while name.casefold() in taken:
            name, number = f"{plain[-MAX_NAME + 4 :]} ({number})"[:MAX_NAME], number + 1
        taken.add(name.casefold())
        names[kind] = name
    return names


def around(kind: str) -> str:
    """The kind of the records that enclose those of ``kind``; the empty text where it is the form."""
    return kind_of(kind.removesuffix("[]"))


def heading_of(name: str, kind: str) -> str:
    """The heading of the column ``name`` in the sheet of its kind: what follows the path of the list."""
    return name.removeprefix(kind).removeprefix(".") or VALUE


def name_of(heading: str, kind: str, known: Iterable[str]) -> str:
    """The column that ``heading`` names in the sheet of ``kind``."""
    names = {heading_of(name, kind).casefold(): name for name in known if kind_of(name) == kind}
    return names.get(heading.strip().casefold(), f"{kind}.{heading.strip()}")


def title_of(name: str) -> str:
    """The words of a path, for people."""
    words = name.replace("_", " ").replace(".", ": ")
    return words[:1].upper() + words[1:]

"""The beginning of a format, made from a sample of it: tables that load at once and carry every cell."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.parsers import expat

from exportreport.conversion.header import SEPARATORS, cells_of
from exportreport.conversion.refusal import Unread
from exportreport.conversion.shapes.json_reading import read_objects
from exportreport.conversion.shapes.record import Record
from exportreport.conversion.shapes.registry import SHAPES
from exportreport.conversion.shapes.xml_reading import read_elements
from exportreport.finding import Finding

#: For each kind of report the place of the number that names a record, and what the standard demands besides.
KINDS: Mapping[str, tuple[str, Mapping[str, str | int | bool]]] = {
    "LicenseFiling": ("/authorizations/0/authorization_number", {}),
    "DenialNotice": ("/denial_reference", {"/denial_kind": "refused", "/reasons/0/withheld": True}),
    "ReexportNotice": (
        "/prior_authorizations/0/authorization_number",
        {
            "/notice_kind": "request",
            "/change_kinds/0": "reexport",
            "/prior_authorizations/0/prior_authorization_kind": "license",
            "/transaction/activity": "reexport",
        },
    ),
}


class Found(NamedTuple):
    """What a sample shows: its shape, the names of its columns or values in order, and in XML the element of a
    record."""

    shape: str
    names: tuple[str, ...]
    element: str = ""


def found_in(sample: bytes, element: str = "") -> Found:
    """What the ``sample`` of a format shows. Raises ValueError, with the reason, for one that shows nothing."""
    shape = next((name for name in ("json", "xml", "csv") if SHAPES[name].begins(sample)), "")
    if shape == "csv":
        line = sample.decode("utf-8", "replace").lstrip("\ufeff \t\r\n").partition("\n")[0].rstrip("\r")
        headings = max((cells_of(line, mark) for mark in SEPARATORS), key=len)
        names = tuple(dict.fromkeys(name.strip() for name in headings if name.strip()))
    elif shape == "json":
        names = _outside_lists(_names(read_objects([sample])), "give the objects of the list themselves as the sample")
    elif shape == "xml":
        return _found_in_elements(sample, element)
    else:
        raise ValueError("the sample is none of separated text, JSON and XML")
    if not names:
        raise ValueError("the sample has no names of columns or values")
    return Found(shape, names)


def _found_in_elements(sample: bytes, element: str) -> Found:
    """What a sample in XML shows. Elements that repeat within a record are lists, found one by one."""
    if not element:
        raise ValueError('XML needs the element of one record: name it, such as --element "licences/licence"')
    each = element.rpartition("/")[2]
    _names(read_elements([sample], each, ()))  # a sample that cannot be read, or has a document type, goes no further
    names = _names(read_elements([sample], each, _lists_in(sample, each)))
    if not names:
        raise ValueError(f"the sample has no element {each} with something in it")
    return Found("xml", _outside_lists(names, "name its element as that of one record"), element)


def _lists_in(sample: bytes, each: str) -> frozenset[str]:
    """The elements that stand more than once in one that encloses them, by their paths from the record ``each``."""
    inner: list[tuple[tuple[str, ...], Counter[str]]] = []
    several: set[tuple[str, ...]] = set()

    def begin(name: str, _: object) -> None:
        local = name.rpartition(" ")[2]
        if not inner:
            if local == each:
                inner.append(((), Counter()))
            return
        path, count = inner[-1]
        count[local] += 1
        if count[local] > 1:
            several.add((*path, local))
        inner.append(((*path, local), Counter()))

    def end(_: str) -> None:
        if inner:
            inner.pop()

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.Parse(sample, True)
    return frozenset(".".join(_marked(path, several)) for path in several)


def _marked(path: tuple[str, ...], several: Container[tuple[str, ...]]) -> Iterator[str]:
    """The steps of ``path``, those that are lists with their mark."""
    return (f"{step}[]" if path[: at + 1] in several else step for at, step in enumerate(path))


def _outside_lists(names: tuple[str, ...], advice: str) -> tuple[str, ...]:
    """The ``names``, of which one at least must be outside all lists, so that it can name a record."""
    if names and all("[]" in name for name in names):
        within = names[0].partition("[]")[0]
        raise ValueError(f'every value stands in the list "{within}", so none can name a record; {advice}')
    return names


def _names(read: Iterator[list[Record] | Unread | Finding]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for one in read:
        if isinstance(one, Finding):
            raise ValueError(f"the sample cannot be read: {one.message}")
        if isinstance(one, list):
            names.update(dict.fromkeys(name for record in one for name in record.names))
    return tuple(names)


def files_of(name: str, found: Found, kind: str, sample: bytes, suffix: str) -> Mapping[str, bytes]:
    """The files of a format called ``name`` whose records become reports of the ``kind``, by their paths in its
    folder."""
    number = next((one for one in found.names if "[]" not in one), found.names[0])
    texts = {
        "mapping.toml": "\n".join(_mapping(name, found, kind, number)) + "\n",
        "fields.csv": _fields(found.names, number, KINDS[kind][0]),
        "README.md": _README.format(name=name, kind=kind, number=number),
        f"test_{name}.py": _TEST,
    }
    return {path: text.encode() for path, text in texts.items()} | {f"cases/theirs{suffix}": sample}


def _mapping(name: str, found: Found, kind: str, number: str) -> Iterator[str]:
    yield "# How files of the format are read. Where each cell goes is in fields.csv."
    about = {"id": name, "title": name, "version": "0.1.0", "source_system": name, "shape": found.shape}
    about |= {"element": found.element} if found.element else {}
    yield from (f"{key} = {json.dumps(value)}" for key, value in about.items())
    yield f"number = {json.dumps(number, ensure_ascii=False)}  # the column that names a record: is it this one?"
    for column in found.names:
        yield from ("", "[[column]]", f"name = {json.dumps(column, ensure_ascii=False)}")
    yield from ("", "[readings.reference]")
    for target, (key, value, note) in _constants(name, kind).items():
        yield from ("", "[[constant]]", f"target = {json.dumps(target)}", f"{key} = {json.dumps(value)}")
        yield from ('outcome = "defaulted"', f"note = {json.dumps(note)}")


def _constants(name: str, kind: str) -> Mapping[str, tuple[str, str | int | bool, str]]:
    """What no cell says, by its target: the key and value of the constant, and its note."""
    to_check = "TODO: say why, or let a column say it"
    demanded: Mapping[str, tuple[str, str | int | bool, str]] = {
        target: ("value", value, to_check) for target, value in KINDS[kind][1].items()
    }
    return {
        "/report_type": ("value", kind, "what the file tells of"),
        "/schema_version": ("value", "1.0", "the version of the standard that this mapping writes"),
        "/report_id": ("from", "report_id", "made from the number of the record"),
        "/reported_at": ("from", "reported_at", "the moment of the conversion, or that of the option reported-at"),
        "/revision": ("value", 1, "the file does not count the reports of a record"),
        "/reporting_state": ("value", "XX", "TODO: the state whose authority reports"),
        "/reporting_authority/name": ("value", "TODO", "TODO: the authority that reports"),
        "/handling/sensitivity": ("value", "restricted", "TODO: who may see the reports"),
        "/sources/0/source_system": ("value", name, "where the record comes from"),
        "/sources/0/record_line": ("from", "line", "the line on which the record begins"),
        **demanded,
    }


def _fields(names: Sequence[str], number: str, target: str) -> str:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["column", "reading", "part", "target", "note"])
    for name in names:
        rest = ["reference", "reference", target, ""] if name == number else ["text", "", "", ""]
        table.writerow([name, *rest])
    return text.getvalue()


_README = """# {name}

TODO: what the format is, who publishes it, and where its description is.

A record becomes a {kind}; `{number}` names it.

## What is not carried, and why

TODO

## Cases

`cases/theirs.*` is a sample. What it must give stands beside it; `exportreport formats check . --write` writes it anew.
"""

_TEST = '''"""The format is in order: its mapping, its case, and the way back where it has one."""

from pathlib import Path

from exportreport.cli.format_cases import check


def test_the_format_is_in_order() -> None:
    assert list(check(Path(__file__).parent)) == []
'''

"""OASIS Genericode 1.0: the form in which code lists are exchanged, one document for each list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from exportreport.build.codelists import COLUMNS

_NAMESPACE = "http://docs.oasis-open.org/codelist/ns/genericode/1.0/"
_TITLES = {
    "entry": "Entry",
    "code": "Code",
    "title": "Title",
    "valid_from": "First day",
    "valid_to": "Last day",
    "replaced_by": "Replaced by",
    "parent": "Parent",
    "note": "Note",
}
_DAYS = ("valid_from", "valid_to")


def document(one: Mapping[str, Any], namespace: str, note: str) -> bytes:
    """The Genericode document of the list ``one``, under the address of the standard.

    The code is the key. Where a code stands several times, with a period each, the key is a column of its own:
    the code, ``@`` and the first day.
    """
    return "\n".join(_lines(one, namespace, note)).encode() + b"\n"


def _lines(one: Mapping[str, Any], namespace: str, note: str) -> Iterator[str]:
    codes = [entry["code"] for entry in one["codes"]]
    key = "code" if len(set(codes)) == len(codes) else "entry"
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<!-- {note} -->"
    yield f'<gc:CodeList xmlns:gc="{_NAMESPACE}">'
    yield from _identification(one, namespace)
    yield "  <ColumnSet>"
    columns = [name for name in (*COLUMNS, *one.get("columns", ())) if any(name in entry for entry in one["codes"])]
    for name in ["entry", *columns] if key == "entry" else columns:
        yield from _column(name, required=name in ("code", "entry"))
    yield f'    <Key Id="key"><ShortName>key</ShortName><ColumnRef Ref="{key}"/></Key>'
    yield "  </ColumnSet>"
    yield "  <SimpleCodeList>"
    for entry in one["codes"]:
        named = {"entry": _entry(entry)} if key == "entry" else {}
        cells = (_cell(name, value) for name, value in (named | dict(entry)).items())
        yield f"    <Row>{''.join(cells)}</Row>"
    yield "  </SimpleCodeList>"
    yield "</gc:CodeList>"


def _identification(one: Mapping[str, Any], namespace: str) -> Iterator[str]:
    address = f"{namespace}/codelists/{one['id']}"
    version = " ".join(str(one["edition"]).split())
    yield "  <Identification>"
    yield f"    <ShortName>{escape(one['id'])}</ShortName>"
    yield f"    <LongName>{escape(one['title'])}</LongName>"
    yield f"    <Version>{escape(version)}</Version>"
    yield f"    <CanonicalUri>{escape(address)}</CanonicalUri>"
    edition = version.replace(",", "").replace(" ", "-")
    yield f"    <CanonicalVersionUri>{escape(address)}/{escape(edition)}</CanonicalVersionUri>"
    yield f"    <Agency><LongName>{escape(one['agency'])}</LongName></Agency>"
    yield "  </Identification>"


def _column(name: str, *, required: bool) -> Iterator[str]:
    use = "required" if required else "optional"
    title = _TITLES.get(name, name.replace("_", " ").capitalize())
    yield f'    <Column Id="{name}" Use="{use}">'
    yield f"      <ShortName>{name}</ShortName>"
    yield f"      <LongName>{escape(title)}</LongName>"
    yield f'      <Data Type="{"date" if name in _DAYS else "string"}"/>'
    yield "    </Column>"


def _entry(entry: Mapping[str, str]) -> str:
    return "@".join(filter(None, (entry["code"], entry.get("valid_from"))))


def _cell(name: str, value: str) -> str:
    return f"<Value ColumnRef={quoteattr(name)}><SimpleValue>{escape(value)}</SimpleValue></Value>"

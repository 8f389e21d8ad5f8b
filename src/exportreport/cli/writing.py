"""Documents to one file in a syntax: a document, an array, lines, or a Submission around several reports."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain, islice

import click

from exportreport.codec import json_text
from exportreport.standard import Document, Standard


def pieces(documents: Iterable[Document], syntax: str, standard: Standard) -> Iterator[bytes]:
    """The pieces of the file that holds ``documents`` in ``syntax``: "json", "ndjson" or "xml".

    The members of the documents stand in the model's order.
    """
    if syntax == "ndjson":
        return (json_text.encode(document, standard, indent=False, ordered=True) for document in documents)
    return _json(documents, standard) if syntax == "json" else _xml(documents, standard)


def _json(documents: Iterable[Document], standard: Standard) -> Iterator[bytes]:
    stream = iter(documents)
    first_two = list(islice(stream, 2))
    if len(first_two) == 1:
        yield json_text.encode(first_two[0], standard, ordered=True)
        return
    separator = b"[\n"
    for document in chain(first_two, stream):
        yield separator + json_text.encode(document, standard, ordered=True).rstrip(b"\n")
        separator = b",\n"
    yield b"\n]\n" if first_two else b"[]\n"


def _xml(documents: Iterable[Document], standard: Standard) -> Iterator[bytes]:
    from exportreport.codec import xml_text

    all_of_them = list(documents)
    if not all_of_them:
        raise click.ClickException("There is no report to write, and XML cannot be empty; nothing was written.")
    yield xml_text.encode(all_of_them[0] if len(all_of_them) == 1 else envelope(all_of_them, standard), standard)


def envelope(reports: list[Document], standard: Standard) -> Document:
    """A Submission of ``reports``, the same for the same reports: its id is derived from their digests."""
    carried = standard.concrete("Report")
    other = next((str(report["report_type"]) for report in reports if report["report_type"] not in carried), None)
    if other is not None:
        raise click.UsageError(f"Several messages become one Submission in XML, which cannot carry a {other}.")
    whole = hashlib.sha256("".join(map(json_text.digest, reports)).encode()).hexdigest()
    return {
        "report_type": "Submission",
        "schema_version": standard.schema_version,
        "report_id": f"submission-{whole[:32]}",
        "reported_at": max(str(report["reported_at"]) for report in reports),
        "reports": list(reports),
    }

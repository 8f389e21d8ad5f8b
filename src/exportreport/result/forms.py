"""The forms in which a result can be had, and how several are written in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from itertools import tee, zip_longest
from typing import NamedTuple

from exportreport.result.record import Result
from exportreport.result.run import Run

#: A result and the name of the input that it is of.
Named = tuple[str, Result]

#: Gives the pieces of a file: exactly one for each result, and further ones after the last (and before the first).
Writer = Callable[[Iterable[Named], Run], Iterator[bytes]]


class NothingReceivedError(ValueError):
    """No input could be opened, so that there is nothing to acknowledge."""


class Form(NamedTuple):
    """Where the writer of a form is, and what it needs: lines of the file around a finding, digests of the inputs, and
    the documents themselves."""

    module: str
    writer: str = "write"
    context: int | None = None
    digests: bool = False
    documents: bool = False


FORMS: Mapping[str, Form] = {
    "text": Form("text", context=0),
    "json": Form("json", digests=True),
    "sarif": Form("sarif"),
    "junit": Form("junit"),
    "html": Form("html", context=2),
    "csv": Form("csv"),
    "github": Form("github"),
    "acknowledgement-json": Form("acknowledgement", "write_json", digests=True, documents=True),
    "acknowledgement-xml": Form("acknowledgement", "write_xml", digests=True, documents=True),
}


def writer(form: str) -> Writer:
    """The writer of ``form``; only its module is imported."""
    found = FORMS[form]
    written: Writer = getattr(import_module(f"exportreport.result.{found.module}"), found.writer)
    return written


def together(results: Iterable[Named], runs: Mapping[str, Run] | Iterable[tuple[str, Run]]) -> Iterator[list[bytes]]:
    """The pieces of one file for each form in ``runs``, side by side, from one pass over ``results``.

    Since every writer gives one piece for each result, no result waits for long.
    """
    wanted = list(runs.items() if isinstance(runs, Mapping) else runs)
    copies = tee(results, len(wanted))
    files = [writer(form)(copy, run) for (form, run), copy in zip(wanted, copies, strict=True)]
    for pieces in zip_longest(*files, fillvalue=b""):
        yield list(pieces)

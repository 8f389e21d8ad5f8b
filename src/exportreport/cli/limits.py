"""The limits of a run, as ``--limits`` shows them."""

from __future__ import annotations

from collections.abc import Iterator

from exportreport.codec.decoded import MOST_FINDINGS
from exportreport.codec.limits import DEFAULT_LIMITS, MAX_DEPTH
from exportreport.result.acknowledgement import MOST
from exportreport.result.html import LISTED, SHOWN


def lines() -> Iterator[str]:
    """A line for each limit: its default, what it counts, and the option that changes it."""
    yield "Limits of a run; beyond them a document cannot be decided (exit status 4):"
    yield from _table(
        (DEFAULT_LIMITS.document_bytes, "bytes of a document", "--max-bytes"),
        (DEFAULT_LIMITS.delimiters, "delimiters of a document ({ [ , or, in XML, < and =)", "--max-delimiters"),
    )
    yield "Limits of the standard; beyond them a document is rejected (exit status 1):"
    yield from _table((MAX_DEPTH, "objects, lists or elements in each other", ""))
    yield "Limits of what is shown; verdicts and totals count all:"
    yield from _table(
        (100, "findings of a document", "--max-findings"),
        (MOST_FINDINGS, "findings about the text of a document", ""),
        (SHOWN, "findings on an HTML page", ""),
        (LISTED, "documents listed on it", ""),
        (MOST, "records, and findings, of an acknowledgement", ""),
    )


def _table(*rows: tuple[int, str, str]) -> Iterator[str]:
    for number, what, option in rows:
        yield f"  {number:>12,}  {what:<56}  {option}".rstrip()

"""What a decoder gives: a document, and what there is to say about its text."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from exportreport.codec import faults
from exportreport.finding import Finding, make
from exportreport.standard import Value

#: The most findings that one decoding lists: a hostile file of 10 MB could ask for a million, at a kilobyte
#: each.
MOST_FINDINGS = 20_000


class Decoded(NamedTuple):
    """The value of a text and the findings of its decoding.

    Where it is not ``readable`` the value is None, and the findings say why.
    """

    value: Value
    findings: tuple[Finding, ...] = ()
    readable: bool = True


def unreadable(finding: Finding) -> Decoded:
    """The outcome for a text of which nothing can be judged, because of ``finding``."""
    return Decoded(None, (finding,), readable=False)


def readable(value: Value, findings: Iterable[Finding]) -> Decoded:
    """The outcome for a text that says ``value``, with as many of ``findings`` as are listed."""
    listed = tuple(islice(findings, MOST_FINDINGS + 1))
    if len(listed) > MOST_FINDINGS:
        listed = (*listed[:MOST_FINDINGS], make(faults.MORE, limit=f"{MOST_FINDINGS:,}"))
    return Decoded(value, listed, readable=True)

"""How much of a document is read: the limits of a run, and the one limit that the standard itself sets."""

from __future__ import annotations

from dataclasses import dataclass

#: How deep objects and lists (in XML: elements) may stand in each other; STANDARD section 4.
MAX_DEPTH = 64


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost: its bytes, and its delimiters: ``{ [ ,`` or, in XML, ``<`` and ``=``.

    Delimiters are what makes values, and values are what takes memory: a megabyte of brackets becomes a
    hundred megabytes of lists.
    """

    document_bytes: int = 67_108_864
    delimiters: int = 1_000_000


DEFAULT_LIMITS = Limits()

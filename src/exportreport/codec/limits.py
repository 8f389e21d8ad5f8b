"""How much of a document is read: the limits of a run, and the limits that the standard itself sets."""

from __future__ import annotations

from typing import NamedTuple

#: How deep objects and lists (in XML: elements) may stand in each other; STANDARD section 4.
MAX_DEPTH = 64

#: The longest text of a document, in bytes of UTF-8: what XML parsers take without being told to take more.
MAX_TEXT = 10_000_000

#: The longest name, and the longest comment or processing instruction, that the parser of XML takes, in bytes.
MAX_NAME, MAX_COMMENT = 50_000, 10_000_000

#: What an archive may always unpack to, in bytes, before its expansion is asked: small files can shrink very much.
FREE_EXPANSION = 10_485_760


class Limits(NamedTuple):
    """What one document may cost, and one archive.

    Of a document: its bytes, and its delimiters: ``{ [ ,`` or, in XML, ``<`` and ``=``. Delimiters are what makes
    values, and values are what takes memory: a megabyte of brackets becomes a hundred megabytes of lists.

    Of an archive: the files in it, what all of it unpacks to, and how many times its own size that may be.
    """

    document_bytes: int = 67_108_864
    delimiters: int = 1_000_000
    members: int = 100_000
    unpacked_bytes: int = 17_179_869_184
    expansion: int = 200


DEFAULT_LIMITS = Limits()

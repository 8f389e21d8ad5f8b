"""Products with a loss planted in them, to see whether the round trips find it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.lossless.trips import Product

Change = Callable[[Any], Any]


def _texts(change: Callable[[str], Any]) -> Change:
    """A change of every text of a document, at any depth."""

    def changed(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: child if k == "report_type" else changed(child) for k, child in value.items()}
        if isinstance(value, list):
            return [changed(child) for child in value]
        return change(value) if isinstance(value, str) else value

    return changed


def _lists(change: Callable[[list[Any]], list[Any]]) -> Change:
    """A change of every list of a document, at any depth."""

    def changed(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: changed(child) for name, child in value.items()}
        return change([changed(child) for child in value]) if isinstance(value, list) else value

    return changed


def _without_last_zero(text: str) -> str:
    return text[:-1] if re.fullmatch(r"-?[0-9]+\.[0-9]+0", text) else text


def _swapped(entries: list[Any]) -> list[Any]:
    return [entries[1], entries[0], *entries[2:]] if len(entries) > 1 else entries


def _once_each(entries: list[Any]) -> list[Any]:
    return [entry for n, entry in enumerate(entries) if entry not in entries[:n]]


def _numbers_for_booleans(value: Any) -> Any:
    """True becomes 1: equal in Python, another value in JSON."""
    if isinstance(value, dict):
        return {name: _numbers_for_booleans(child) for name, child in value.items()}
    return int(value) if isinstance(value, bool) else value


#: What a careless writer does, by name.
LOSSES: dict[str, Change] = {
    "drops a trailing zero": _texts(_without_last_zero),
    "drops the sign of zero": _texts(lambda text: "0" if text == "-0" else text),
    "writes the shortest number": _texts(lambda text: text.rstrip("0").rstrip(".") if "." in text else text),
    "swaps two entries": _lists(_swapped),
    "drops what is there already": _lists(_once_each),
    "trims a text": _texts(str.strip),
    "joins blanks": _texts(lambda text: re.sub(" +", " ", text)),
    "takes a tab for a blank": _texts(lambda text: text.replace("\t", " ")),
    "takes a line feed for a blank": _texts(lambda text: text.replace("\n", " ")),
    "normalizes to NFC": _texts(lambda text: unicodedata.normalize("NFC", text)),
    "normalizes to NFD": _texts(lambda text: unicodedata.normalize("NFD", text)),
    "resolves references once more": _texts(lambda text: text.replace("&amp;", "&")),
    "resolves escapes once more": _texts(lambda text: text.replace("\\n", "\n")),
    "drops a byte order mark": _texts(lambda text: text.replace("\ufeff", "")),
    "cuts what is beyond two bytes": _texts(lambda text: re.sub("[\U00010000-\U0010ffff]", "\ufffd", text)),
    "cuts long texts": _texts(lambda text: text[:255]),
    "writes 1 for true": _numbers_for_booleans,
}  # fmt: skip


def in_writer(trial: Product, change: Change, syntax: str) -> Product:
    """The product with ``change`` in its writer of ``syntax``."""
    if syntax == "xml":
        return replace(trial, to_xml=lambda document, standard: trial.to_xml(change(document), standard))
    return replace(trial, to_json=lambda document, standard: trial.to_json(change(document), standard))


def in_reader(trial: Product, change: Change, syntax: str) -> Product:
    """The product with ``change`` in its reader of ``syntax``."""

    def read(data: bytes, standard: Any) -> Any:
        document = trial.read(data, standard)
        return change(document) if data.startswith(b"<") == (syntax == "xml") else document

    return replace(trial, read=read)


def compensating(trial: Product) -> Product:
    """The product with a writer of XML that swaps entries, and a reader of XML that swaps them back."""
    swap = LOSSES["swaps two entries"]
    return in_reader(in_writer(trial, swap, "xml"), swap, "xml")

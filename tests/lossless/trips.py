"""Round trips, judged at every step by engines and readers that are not ours."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from exportreport import pipeline
from exportreport.codec import json_text, xml_text
from exportreport.standard import Standard
from tests.lossless import foreign_xml, judges, values

Document = dict[str, Any]

#: Documents made by chance follow the structure, not the rules.
_STRUCTURE = pipeline.Settings(rules=False)


@dataclass(frozen=True)
class Product:
    """What is on trial: the product's own way from bytes to a document, and both ways back."""

    standard: Standard
    read: Callable[[bytes, Standard], Document]
    to_json: Callable[[Document, Standard], bytes]
    to_xml: Callable[[Document, Standard], bytes]


def read(data: bytes, standard: Standard) -> Document:
    """The one message in ``data``, as the validator gives it. ValueError where it refuses."""
    (result,) = pipeline.check(data, standard, _STRUCTURE)
    if not result.accepted or result.document is None:
        raise ValueError(f"refused: {result.findings[:1]}")
    return result.document


def product(standard: Standard) -> Product:
    """The product as it is."""
    return Product(standard, read, json_text.encode, xml_text.encode)


@dataclass
class Trip:
    """A round trip: how many values and verdicts it compared, and each that was not the same."""

    values: int = 0
    verdicts: int = 0
    changed: list[str] = field(default_factory=list)


def both(document: Document, trial: Product, *, slowly: bool = False) -> Iterator[Trip]:
    """Both round trips of ``document``, from JSON and from XML that the product did not write."""
    as_json = json.dumps(document, ensure_ascii=False).encode()
    as_xml = foreign_xml.written(foreign_xml.tree(document, trial.standard), trial.standard, foreign_xml.Layout())
    journey = _Journey(document, trial, slowly)
    yield journey.from_json(as_json)
    yield journey.from_xml(as_xml)


class _Journey:
    """The round trips of a document; what is not the same is noted, with the step."""

    def __init__(self, document: Document, trial: Product, slowly: bool) -> None:
        self.trial, self.slowly = trial, slowly
        self.known = values.of_document(document)
        self.digest = judges.digest(document)
        self.trip = Trip()

    def from_json(self, data: bytes) -> Trip:
        """JSON to XML to JSON."""
        self.trip = Trip()
        first = self._read("JSON as given", data)
        between = self._write("XML between", self.trial.to_xml, first)
        last = self._write("JSON at the end", self.trial.to_json, self._read("XML between", between))
        self._read("JSON at the end", last)
        return self.trip

    def from_xml(self, data: bytes) -> Trip:
        """XML to JSON to XML; the canonical XML at the end must be that of the beginning."""
        self.trip = Trip()
        first = self._read("XML as given", data)
        between = self._write("JSON between", self.trial.to_json, first)
        last = self._write("XML at the end", self.trial.to_xml, self._read("JSON between", between))
        self._read("XML at the end", last)
        canonical = judges.canonical_xml(data)
        for said in (judges.canonical_xml(last), xml_text.canonical(last)):
            self._note("canonical XML", [] if said == canonical else ["is another"])
        return self.trip

    def _read(self, step: str, data: bytes) -> Document:
        document = self.trial.read(data, self.trial.standard)
        self._compare(f"read from {step}", values.of_document(document))
        self._note(f"digest after {step}", [] if json_text.digest(document) == self.digest else ["is another"])
        return document

    def _write(self, step: str, writer: Callable[[Document, Standard], bytes], document: Document) -> bytes:
        data = writer(document, self.trial.standard)
        is_xml = data.startswith(b"<")
        self._compare(step, values.of_xml(data, self.trial.standard) if is_xml else values.of_json(data))
        engines = [judges.accepts_xml if is_xml else judges.accepts_json]
        engines += [judges.accepts_xml_slowly] if is_xml and self.slowly else []
        for accepts in engines:
            self.trip.verdicts += 1
            self._note(step, [] if accepts(data) else [f"refused by {accepts.__name__}"])
        return data

    def _compare(self, step: str, found: values.Values) -> None:
        self.trip.values += len(self.known)
        self._note(step, values.differences(self.known, found))

    def _note(self, step: str, changed: list[str]) -> None:
        self.trip.changed += [f"{step}: {what}" for what in changed]

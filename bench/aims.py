"""What is measured, and what is wanted of it: the table of speeds that the page and `bench.run` hold figures against.

The figures come from a run alone. What is written here by hand is what must hold, what is aimed at, and where the time
of each row goes, for the reader of one that is missed.
"""

from __future__ import annotations

from typing import NamedTuple


class Aim(NamedTuple):
    """A row of the table: ``must`` and ``aim`` are limits to stay below, or to reach where ``more`` is better."""

    key: str
    what: str
    must: float | None = None
    aim: float | None = None
    unit: str = ""
    more: bool = False
    cause: str = ""

    def holds(self, found: float) -> bool:
        """Does ``found`` keep what must hold? Where nothing must, it does."""
        return self.must is None or self._reaches(found, self.must)

    def is_reached(self, found: float) -> bool:
        """Does ``found`` reach the aim? Where there is none, what must hold is enough."""
        return self.holds(found) if self.aim is None else self._reaches(found, self.aim)

    def _reaches(self, found: float, limit: float) -> bool:
        return found >= limit if self.more else found <= limit

    def figure(self, found: float | None) -> str:
        """A figure as people read it, with its unit."""
        if found is None:
            return ""
        places = 3 if self.unit == "s" else 0 if abs(found) >= 20 else 1
        return f"{found:,.{places}f}{' ' if self.unit else ''}{self.unit}"


_ENGINE = (
    "parsing and the schema engine alone, in Rust, take most of what is allowed, or more (jsonschema-rs in the table "
    "below); a wrong document is searched a second time for all its breaches, which are then named and placed "
    "(decision 0026)"
)
_SMALL = _ENGINE + "; what each call costs at least weighs more where the document is small"
_INTERPRETED = (
    "rules, code lists and profiles run as Python that is generated from the catalogue and grouped by class, so that "
    "the operations of the interpreter are what is paid for; what was tried is told in decision 0026"
)
_BREACHES = "every breach is sought, named and counted, also beyond the findings that are kept"
_START = (
    "the interpreter and its imports are nearly all of it; no module is loaded that the command does not need, and "
    "what remains is the command line's library, orjson, the schema engine and the compiled rules"
)
_XML = (
    "XML is read in Python, from the tokens of a regular expression; a document with anything unusual or wrong in it "
    "is read again with care, and the rules cost what they cost in JSON (decision 0027)"
)
_READING = "reading is strict and gives a typed document, member by member in Python (decision 0027)"
_WRITING = "each member is looked up and joined with its tags, in Python (decision 0027)"
_LINKML = (
    "; linkml.validator judges by a looser schema than the published one, which costs it less than jsonschema pays, "
    "and what it misses it need not tell"
)
_ROWS = "each row becomes a whole report, with a ledger of what became of each cell, in Python"
_TWO = (
    "one process puts the results of all in order and writes them, which nobody does meanwhile; and where others use "
    "the processors there is less than a second one to gain"
)

AIMS = (
    Aim("structure-5", "JSON, structure with line and column, 5 KB: times parsing", 3, 2.5, cause=_ENGINE),
    Aim("structure-1", "JSON, structure with line and column, under 1 KB: times parsing", 3.5, 3, cause=_SMALL),
    Aim("chance-5", "the same of documents made by chance, 5 KB"),
    Aim("chance-1", "the same of documents made by chance, under 1 KB"),
    Aim("rules", "JSON, the whole rule catalogue alone: times parsing", 4, 2, cause=_INTERPRETED),
    Aim("everything-5", "JSON, everything, 5 KB: times parsing", 7, 4, cause=_INTERPRETED),
    Aim("everything-1", "JSON, everything, under 1 KB: times parsing"),
    Aim("everything-huge", "JSON, everything, one huge report: times parsing"),
    Aim("rules-growth", "rules of one huge report, ten times the items: times as long", 12, cause=_INTERPRETED),
    Aim("wrong-alike", "a hostile report, all parties wrong alike: for each MB", 3, unit="s", cause=_BREACHES),
    Aim("wrong-by-value", "the same, each wrong by a value of its own", 3, unit="s", cause=_BREACHES),
    Aim("wrong-by-values", "the same, each wrong by values in it", 3, unit="s", cause=_BREACHES),
    Aim("xml-everything", "XML, everything, of the same 5 KB: times parsing", 6, 4.5, cause=_XML),
    Aim("xml-everything-huge", "XML, everything, one huge report: times parsing"),
    Aim("xml-to-json", "XML to JSON: times as fast as xmltodict and json", 3.5, 5, more=True, cause=_READING),
    Aim("json-to-xml", "JSON to XML: times as fast as xmltodict.unparse", 8, 12, more=True, cause=_WRITING),
    Aim("jsonschema", "structure: times as fast as jsonschema, same verdicts", 50, more=True, cause=_ENGINE),
    Aim(
        "linkml", "structure: times as fast as linkml.validator, same verdicts", 50, more=True, cause=_ENGINE + _LINKML
    ),
    Aim("conversion", "a Dutch list to reports: times reading its rows with csv", 10, cause=_ROWS),
    Aim("processes", "two processes against one: times as fast", 1.6, 1.8, more=True, cause=_TWO),
    Aim("memory", "memory above start, while lines of JSON are streamed", 64, unit="MiB"),
    Aim("version", "`exportreport --version`, whole process", 0.10, 0.06, "s", cause=_START),
    Aim("small-file", "one small file judged, whole process", 0.15, 0.09, "s", cause=_START),
)

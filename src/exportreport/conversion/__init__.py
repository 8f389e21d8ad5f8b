"""National formats in, reports out: readers by physical shape, mappings, and the ledger that accounts for
it."""

from exportreport.conversion.convert import convert
from exportreport.conversion.faults import FAULTS
from exportreport.conversion.form import ENVELOPE, Format
from exportreport.conversion.header import recognize
from exportreport.conversion.ledger import Conversion, Entry, Outcome, entry_json, ledger_json
from exportreport.conversion.mapping import load
from exportreport.conversion.readings import MappingError
from exportreport.conversion.refusal import Refusal, refusal_json
from exportreport.conversion.shapes.record import Cell
from exportreport.conversion.summary import Summary
from exportreport.conversion.writing import Writer, Writing

__all__ = [
    "ENVELOPE",
    "FAULTS",
    "Cell",
    "Conversion",
    "Entry",
    "Format",
    "MappingError",
    "Outcome",
    "Refusal",
    "Summary",
    "Writer",
    "Writing",
    "convert",
    "entry_json",
    "ledger_json",
    "load",
    "recognize",
    "refusal_json",
]

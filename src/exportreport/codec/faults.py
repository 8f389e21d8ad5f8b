"""The published table of decoding faults: codes, words, consequence.

0xx: nothing can be read (exit status 3). 1xx: it can be read but breaks the standard (1). 2xx: warnings and
remarks. 9xx: a limit of the run was reached, so nothing is decided (4).
"""

from __future__ import annotations

from collections.abc import Mapping

from exportreport.codec import archive_faults
from exportreport.finding import Fault, Severity, Verdict


def _unreadable(number: str, title: str, message: str, reason: str, resolution: str) -> Fault:
    return Fault(f"ER-D-{number}", Severity.FATAL, title, message, reason, resolution, Verdict.UNREADABLE)


def _error(number: str, title: str, message: str, reason: str, resolution: str) -> Fault:
    return Fault(f"ER-D-{number}", Severity.ERROR, title, message, reason, resolution)


def _undecided(number: str, title: str, message: str, reason: str, resolution: str) -> Fault:
    return Fault(f"ER-D-{number}", Severity.FATAL, title, message, reason, resolution, Verdict.UNDECIDED)


CANNOT_OPEN = _unreadable(
    "001",
    "The file cannot be opened",
    "The file cannot be opened: {cause}.",
    "Without its content nothing can be said about it.",
    "Check that the file is there, is a regular file, and may be read.",
)
EMPTY = _unreadable(
    "002",
    "The file is empty",
    "The file is empty.",
    "There is no report in it; often an export or a transfer was interrupted.",
    "Create or send the file again.",
)
NOT_JSON_OR_XML = _unreadable(
    "003",
    "The file is neither JSON nor XML",
    "The file is neither JSON nor XML.",
    "Reports are exchanged in these two formats only.",
    "Send the report as JSON or XML. A national format is converted first, with the command convert.",
)
COMPRESSED = _unreadable(
    "004",
    "The file is a compressed file",
    "The file is a compressed file ({what}), not a report.",
    "What is packed in it cannot be seen without unpacking it.",
    "Unpack it and send the files in it; of .zip and .gz files the command exportreport validate does so itself.",
)
OFFICE = _unreadable(
    "005",
    "The file is an office document",
    "The file is an office document ({what}), not a report.",
    "An office document has no fixed places for the fields of a report.",
    "Export the report as JSON or XML. A national spreadsheet is converted first, with the command convert.",
)
PDF = _unreadable(
    "006",
    "The file is a PDF",
    "The file is a PDF document, not a report.",
    "A PDF shows a page; the fields of a report cannot be taken from it reliably.",
    "Send the report as JSON or XML; a PDF can be named in it as a supporting document.",
)
WIDE_JSON = _unreadable(
    "007",
    "JSON is not written in UTF-8",
    "The file is JSON in the character encoding {what}; JSON must be written in UTF-8.",
    "JSON that is exchanged between systems is UTF-8 (RFC 8259); other encodings are misread.",
    "Save or export the file as UTF-8.",
)
NOT_UTF8 = _unreadable(
    "008",
    "The file has bytes that are not UTF-8",
    "The file contains a byte that is not UTF-8 text, so its characters are uncertain.",
    "The file was probably written in another encoding; names with accents would be garbled.",
    "Save or export the file as UTF-8.",
)
NUL = _unreadable(
    "009",
    "The file contains a NUL byte",
    "The file contains a NUL byte, which no text has.",
    "The file is damaged or is not a text file.",
    "Create or send the file again.",
)
TRUNCATED = _unreadable(
    "010",
    "The file ends too early",
    "The file ends before the report is complete.",
    "Part of the report is missing; often a transfer was interrupted.",
    "Send the whole file again.",
)
MALFORMED_JSON = _unreadable(
    "011",
    "The text is not correct JSON",
    "The text is not correct JSON: {what}.",
    "Every program would read the rest differently, or not at all.",
    "Correct the text at this place, or have the program that made the file write it anew.",
)
NOT_A_NUMBER = _unreadable(
    "012",
    "A value is NaN or Infinity",
    "The value {value} is not a number that JSON knows.",
    "It comes from a failed computation in the sending system and says nothing.",
    "Leave the field out, or give its value.",
)
LONE_SURROGATE = _unreadable(
    "013",
    "A text has half a character",
    "A text contains half of a character, written as {value}.",
    "The other half was cut off, so the character cannot be known.",
    "Write the character in full, or remove the half.",
)
TRAILING = _unreadable(
    "014",
    "Something follows the end of the report",
    "Something follows after the end of the report.",
    "A file holds one report, unless it is a list of them; what follows would be ignored.",
    "Remove what follows. Several reports go into a Submission, a JSON list, or lines of JSON.",
)
EMPTY_ARRAY = _unreadable(
    "015",
    "The list of reports is empty",
    "The file holds a list of reports without any report.",
    "There is nothing to check; often an export found no data.",
    "Send the reports, or send nothing.",
)
MALFORMED_XML = _unreadable(
    "020",
    "The text is not correct XML",
    "The text is not correct XML: {what}.",
    "Every program would stop reading here.",
    "Correct the text at this place, or have the program that made the file write it anew.",
)
CONTRADICTED_ENCODING = _unreadable(
    "021",
    "The XML is not in the encoding it declares",
    "The file says that its encoding is {value}, but its bytes are not.",
    "Its characters are uncertain; names with accents would be garbled.",
    "Save the file as UTF-8, and let the first line say so.",
)
UNSUPPORTED_ENCODING = _unreadable(
    "022",
    "The encoding of the XML is not supported",
    "The encoding {value} cannot be used for reports.",
    "Only UTF-8, UTF-16 with a byte order mark, ISO-8859-1 and US-ASCII are read by every receiver.",
    "Save or export the file as UTF-8.",
)
XML_VERSION = _unreadable(
    "023",
    "The version of XML is not 1.0",
    "The file says that it is XML {value}; reports are written in XML 1.0.",
    "Other versions allow other characters and line ends, and few programs read them.",
    'Begin the file with <?xml version="1.0" encoding="UTF-8"?>.',
)
DOCTYPE = _unreadable(
    "024",
    "The XML has a document type declaration",
    "The file has a document type declaration (<!DOCTYPE ...>), which is not allowed.",
    "Such a declaration can make a reader fetch other files or swell without bound: a known attack.",
    "Remove the declaration. Special characters are written directly or as &#...; references.",
)
UNDEFINED_ENTITY = _unreadable(
    "025",
    "The XML uses an entity that is not defined",
    "The file uses a named character ({value}) that XML does not know.",
    "XML itself knows only &amp; &lt; &gt; &apos; and &quot;; names such as &eacute; are HTML.",
    "Write the character itself, or as a number such as &#233;.",
)
NOT_OBJECT = _unreadable(
    "030",
    "The message is not an object",
    "A report must be an object with named fields, in braces; this is {found}.",
    "Without names the values have no meaning.",
    "Send the report as an object that begins with its report_type.",
)
KIND_MISSING = _unreadable(
    "031",
    "The kind of report is missing",
    "The report does not say what kind it is: report_type is missing.",
    "The kind decides which fields a report has; without it nothing can be checked.",
    "Add report_type as the first field, with one of the kinds that the standard names.",
)
KIND_UNKNOWN = _unreadable(
    "032",
    "The kind of report is unknown",
    "“{value}” is not a kind of report that this standard knows{hint}",
    "The kind decides which fields a report has; without it nothing can be checked.",
    "Use one of the kinds that the standard names.",
)
NO_NAMESPACE = _unreadable(
    "033",
    "The XML does not name the standard",
    "The first element, {name}, does not say that it follows this standard: its namespace is missing.",
    "The namespace tells a receiver which standard, and which major version of it, the report follows.",
    'Add xmlns="https://w3id.org/exportreport/1" to the first element.',
)
OTHER_NAMESPACE = _unreadable(
    "034",
    "The XML names another standard",
    "The first element, {name}, belongs to “{value}”, not to this standard.",
    "The namespace tells a receiver which standard, and which major version of it, the report follows.",
    "Use the namespace https://w3id.org/exportreport/1, or a validator for the other standard.",
)
REPEATED = _error(
    "101",
    "A field is given more than once",
    "The field “{name}” is given more than once in the same place.",
    "Some programs take the first value and some the last, so two readers would see different reports.",
    "Keep one. Where several values are meant, the standard has a list.",
)
APART = _error(
    "102",
    "The values of a list stand apart",
    "The values of “{name}” do not stand next to each other.",
    "In XML a list of values is told by its elements following each other.",
    "Move the elements together.",
)
ORDER = _error(
    "103",
    "Elements are not in the order of the standard",
    "The element “{name}” comes too late: it belongs before “{before}”.",
    "In XML the order of elements is fixed; other programs refuse another order.",
    "Put the elements into the order in which the standard lists the fields.",
)
FOREIGN_ELEMENT = _error(
    "104",
    "An element does not belong to this standard",
    "The element “{name}” belongs to {value}, not to this standard.",
    "A receiver would not know what it means, so its content would be lost.",
    "Use the namespace of the report, or put national content into extensions.",
)
STRAY_TEXT = _error(
    "105",
    "Text stands between elements",
    "There is text between the elements of “{name}”: “{value}”.",
    "Text outside of a field has no meaning and would be lost.",
    "Remove it, or put it into the field where it belongs.",
)
WRONG_CHILD = _error(
    "106",
    "A list has an entry of another name",
    "The list “{name}” has an entry called “{value}”; its entries are called {expected}.",
    "In XML the entries of a list are named by what they are.",
    "Rename the entry, or move it to where it belongs.",
)
TYPE_ELEMENT = _error(
    "107",
    "The kind of report is given as an element",
    "In XML the kind of report is not a field: report_type is said by the name of the element around it.",
    "Said twice, the two could contradict each other.",
    "Remove the element report_type.",
)
TOO_DEEP = _error(
    "108",
    "The nesting is too deep",
    "Fields stand in each other more than 64 deep.",
    "No report needs this; such files are made by mistake, or to exhaust the reader.",
    "Check how the file was made.",
)
LONG_TEXT = _error(
    "109",
    "A text is longer than ten million characters",
    "A text has more than ten million bytes; no field of the standard is nearly as long.",
    "Receiving systems reserve room for at most 65,536 characters.",
    "Shorten the text, or attach it as a document and name it in documents.",
)
XML_LANG = _error(
    "121",
    "The language is given as an attribute",
    "The language of a text is not given by the attribute xml:lang.",
    "An attribute has no place in the JSON form of the report, so it would be lost.",
    "Remove it; the language of a report goes into its field language.",
)
XSI_TYPE = _error(
    "122",
    "The type of an element is given as an attribute",
    "The attribute xsi:type is not used: the standard already says what each element is.",
    "It could give an element another meaning than the standard does.",
    "Remove it.",
)
XSI_NIL = _error(
    "123",
    "An element is marked as having no value",
    "The attribute xsi:nil is not used: what is not known is left out.",
    "The standard has one way to say that something is not known.",
    "Remove the element, or give its value without the attribute.",
)
XML_ATTRIBUTE = _error(
    "124",
    "An element has an attribute of XML itself",
    "The attribute {name} is not used in reports.",
    "It changes how text, addresses or names are read, and is lost in the JSON form.",
    "Remove it.",
)
ATTRIBUTE = _error(
    "125",
    "An element has an attribute",
    "The element “{owner}” has an attribute “{name}”; this standard has no attributes{hint}",
    "Its content would be lost, since only elements are read.",
    "Write it as an element if it is a field of the standard; otherwise remove it.",
)
BYTE_ORDER_MARK = Fault(
    "ER-D-201",
    Severity.INFO,
    "The file begins with a byte order mark",
    "The file begins with a byte order mark, which JSON does not need.",
    "Some programs stumble over this invisible character.",
    "Save the file as UTF-8 without a byte order mark.",
    Verdict.ACCEPTED,
)
NOT_NFC = Fault(
    "ER-D-202",
    Severity.WARNING,
    "A text has characters in an unusual form",
    "The text “{value}” has characters composed of several parts, such as a letter and an accent apart.",
    "It looks the same as the usual form but is another text, so names may not be found in a search.",
    "Write the text in the usual composed form (Unicode NFC).",
    Verdict.ACCEPTED_WITH_WARNINGS,
)
BIDIRECTIONAL = Fault(
    "ER-D-203",
    Severity.WARNING,
    "A text has invisible characters that turn the direction of reading",
    "The text “{value}” contains {character}, which is invisible and turns the order of what is shown.",
    "A reader may see something else than what a program compares; this can be used to mislead.",
    "Remove the character, unless the text cannot be shown rightly without it.",
    Verdict.ACCEPTED_WITH_WARNINGS,
)
MORE = Fault(
    "ER-D-204",
    Severity.INFO,
    "There are more findings than are listed",
    "There are more than {limit} findings about the text of this document; the others are not listed.",
    "So many are made by one mistake in a program, or to exhaust the reader.",
    "Correct those that are listed first.",
    Verdict.ACCEPTED,
)
TOO_LARGE = _undecided(
    "901",
    "The document is larger than the limit of this run",
    "The document is larger than this run allows ({limit} bytes).",
    "The limit protects the reader from running out of memory; the document may well be correct.",
    "Split the document, or raise the limit with --max-bytes.",
)
TOO_MANY_DELIMITERS = _undecided(
    "902",
    "The document has more parts than the limit of this run",
    "The document has more parts than this run allows ({limit} delimiters).",
    "The limit protects the reader from running out of memory; the document may well be correct.",
    "Split the document, or raise the limit with --max-delimiters.",
)
LONG_PART = _undecided(
    "903",
    "A name, attribute or comment is longer than can be read",
    "A name, attribute or comment is longer than this program can read.",
    "Such a part is not content of a report; the document itself may well be correct.",
    "Shorten it or remove it.",
)

FAULTS: Mapping[str, Fault] = {
    fault.code: fault
    for fault in sorted(
        (value for value in (*globals().values(), *vars(archive_faults).values()) if isinstance(value, Fault)),
        key=lambda fault: fault.code,
    )
}

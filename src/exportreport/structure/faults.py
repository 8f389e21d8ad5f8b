"""The published table of structural faults: codes, words and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from exportreport.finding import Fault, Severity


def _error(number: str, title: str, message: str, reason: str, resolution: str) -> Fault:
    return Fault(f"ER-S-{number}", Severity.ERROR, title, message, reason, resolution)


MISSING = _error(
    "001",
    "A required field is missing",
    "“{title}” ({name}) is missing from the {owner}.",
    "Without this field a report of this kind cannot be understood or compared.",
    "Add the field. If the information is not known, the report cannot be filed in this form.",
)
UNKNOWN = _error(
    "002",
    "A field is not part of the standard",
    "The {owner} has no field “{name}”{hint}",
    "A receiver would not know what the field means, so it would be lost.",
    "Correct the name, or put national content into extensions.",
)
NULL = _error(
    "003",
    "A field has no value",
    "“{title}” is null{where}.",
    "The standard has one way to say that something is not known: the field is left out.",
    "Leave the field out, or give its value.",
)
EMPTY_TEXT = _error(
    "004",
    "A text is empty",
    "“{title}” is empty.",
    "An empty text says nothing, and receivers could not tell it from a mistake.",
    "Give the value, or leave the field out.",
)
EMPTY_LIST = _error(
    "005",
    "A list has no entries",
    "“{title}” is a list without entries.",
    "A list is given only when there is something on it; otherwise it is left out.",
    "Add at least one entry, or leave the field out.",
)
EMPTY_OBJECT = _error(
    "006",
    "A group of fields is empty",
    "“{title}” has no fields in it.",
    "A group without content says nothing.",
    "Give its fields, or leave the group out.",
)
NOT_OBJECT = _error(
    "007",
    "A group of fields is expected",
    "“{title}” is {found}; it must be a group of fields ({owner}).",
    "The fields of the group could not be found.",
    "Write the group with its fields, even if only one of them is given.",
)
NOT_LIST = _error(
    "008",
    "A list is expected",
    "“{title}” is {found}; it must be a list, even of one entry.",
    "Receivers read this field entry by entry.",
    "Put the entry into a list.",
)
NOT_TEXT = _error(
    "009",
    "A text is expected",
    "“{title}” is {found}; it must be a text{hint}",
    "Numbers written without quotes are rounded by many programs, and other values have no text form.",
    "Write the value in quotes.",
)
NOT_INTEGER = _error(
    "010",
    "A whole number is expected",
    "“{title}” is {found}; it must be a whole number such as 12, without sign, point, exponent or quotes.",
    "Only one way to write a number is read the same by every program.",
    "Write the number with digits alone.",
)
INTEGER_RANGE = _error(
    "011",
    "A whole number is out of range",
    "“{title}” is {value}; it must lie between {minimum} and {maximum}.",
    "Larger numbers are rounded by many programs; negative ones have no meaning here.",
    "Correct the number.",
)
NOT_BOOLEAN = _error(
    "012",
    "True or false is expected",
    "“{title}” is {found}; it must be true or false.",
    "Yes, 1 and similar words are read differently by different programs.",
    "Write true or false, without quotes in JSON.",
)
CHARACTER = _error(
    "013",
    "A text has a character that the standard does not allow",
    "“{title}” contains {character}, which the standard does not allow there.",
    "Control characters are invisible, are lost in some systems and can be used to mislead a reader.",
    "Remove the character.",
)
OUTER_BLANK = _error(
    "014",
    "A text begins or ends with a blank",
    "“{title}” {edge} with a blank or line break.",
    "Two values that look the same would differ, and comparisons would fail.",
    "Remove the blanks before and after the text.",
)
LINE_BREAK = _error(
    "015",
    "A one-line text has a tab or line break",
    "“{title}” contains {character}; it must stand on one line.",
    "Numbers and references are compared and printed on one line.",
    "Replace it by a blank.",
)
TOO_LONG = _error(
    "016",
    "A text is too long",
    "“{title}” has {length} characters; at most {limit} are allowed.",
    "Receiving systems reserve room for this many characters.",
    "Shorten the text, or attach it as a document and name it in documents.",
)
NOT_ON_LIST = _error(
    "017",
    "A value is not one of those the model allows",
    "“{title}” is “{value}”, which is not one of its values{hint}",
    "The values of this field are part of the standard, so that reports of all states can be compared.",
    "Choose one of the values that the JSON Schema and the XSD list for this field.",
)
WRONG_VERSION = _error(
    "018",
    "The version of the standard is not supported",
    "The report says that it follows version “{value}” of the standard; this validator knows {known}.",
    "Another version may have other fields and other meanings.",
    "Correct schema_version, or use a validator that knows this version.",
)
WRONG_KIND = _error(
    "019",
    "A report of this kind cannot stand here",
    "“{value}” is not a kind of report that can be carried here{hint}",
    "The kind decides which fields the report has; without it nothing in the report can be checked.",
    "Use one of the kinds that the standard names.",
)
DATE = _error(
    "020",
    "A date is not a real day in the form year-month-day",
    "“{title}” is “{value}”, which is not a day written as year-month-day between 1900 and 2199{hint}",
    "Only this form has one meaning in every country; periods and deadlines are computed from it.",
    "Write the date as YYYY-MM-DD.",
)
DATE_TIME = _error(
    "021",
    "A date and time is not in the form of the standard",
    "“{title}” is “{value}”, which is not a date and time in UTC such as 2026-03-31T14:05:00Z.",
    "The order of reports is told by this time, so it has one form and one zone.",
    "Convert the time to UTC and write it to the second, ending in Z.",
)
DECIMAL = _error(
    "022",
    "A number is not in the form of the standard",
    "“{title}” is “{value}”, which is not a number such as 25740 or 25740.50{hint}",
    "Points and commas between thousands are read differently in different countries.",
    "Write digits with at most one decimal point, no thousands separators, at most six decimals.",
)
FORM = _error(
    "023",
    "A code or identifier does not have its form",
    "“{title}” is “{value}”, which does not have the form “{type}” (such as {example}){hint}",
    "Codes and identifiers are compared letter by letter.",
    "Correct the value.",
)
COUNTRY = _error(
    "024",
    "A country code does not have two capital letters",
    "“{title}” is “{value}”, which is not a country code of two capital letters such as NL or KE{hint}",
    "Countries are named by code, so that reports in all languages can be compared.",
    "Use the ISO 3166-1 alpha-2 code.",
)
CURRENCY = _error(
    "025",
    "A currency code does not have three capital letters",
    "“{title}” is “{value}”, which is not a currency code of three capital letters such as EUR or USD{hint}",
    "Amounts can be compared only when their currency is certain.",
    "Use the ISO 4217 code.",
)
UNIT = _error(
    "026",
    "A unit code does not have its form",
    "“{title}” is “{value}”, which is not a unit code of two or three capital letters or digits such as KGM{hint}",
    "Quantities can be compared only when their unit is certain.",
    "Use the code of UN/ECE Recommendation 20.",
)
CONTROL_CODE = _error(
    "027",
    "A control list entry is not in its normalized spelling",
    "“{title}” is “{value}”, which is not the normalized spelling of a control list entry{hint}",
    "Entries are compared by their spelling; national lists write the same entry in many ways.",
    "Join the segments after the entry by dots; keep the original in control_code_as_given.",
)
DIGEST = _error(
    "028",
    "A digest does not have its form",
    "“{title}” is “{value}”, which is not sha256: and 64 lower-case hexadecimal digits.",
    "A digest proves that two files are the same only when it is complete.",
    "Compute the SHA-256 digest anew.",
)
UNEXPLAINED = _error(
    "099",
    "The value breaks the schema in a way that has no words of its own yet",
    "“{title}” does not have the form that the standard asks for.",
    "The schema is the law; the value does not follow it.",
    "Compare the value with the description of the field, and report this message to us.",
)

#: Faults of values that hold no others: where a document has only these, it is nested as the model is.
AT_KNOWN_DEPTH = frozenset(
    fault.code
    for fault in (
        *(MISSING, NULL, EMPTY_TEXT, EMPTY_LIST, EMPTY_OBJECT, INTEGER_RANGE, CHARACTER, OUTER_BLANK, LINE_BREAK),
        *(TOO_LONG, NOT_ON_LIST, WRONG_VERSION, DATE, DATE_TIME, DECIMAL, FORM, COUNTRY, CURRENCY, UNIT),
        *(CONTROL_CODE, DIGEST),
    )
)

#: What may follow from an element that is empty for a reason told already.
EMPTY = frozenset({EMPTY_TEXT.code, EMPTY_LIST.code, EMPTY_OBJECT.code})

#: The fault of a text that does not have the form of its type; other types have `FORM`.
BY_TYPE: Mapping[str, Fault] = {
    "Date": DATE,
    "DateTime": DATE_TIME,
    "Decimal": DECIMAL,
    "CountryCode": COUNTRY,
    "CurrencyCode": CURRENCY,
    "UnitCode": UNIT,
    "ControlCode": CONTROL_CODE,
    "Digest": DIGEST,
    "SchemaVersion": WRONG_VERSION,
}

FAULTS: Mapping[str, Fault] = {
    fault.code: fault
    for fault in sorted(
        (value for value in tuple(globals().values()) if isinstance(value, Fault)), key=lambda fault: fault.code
    )
}

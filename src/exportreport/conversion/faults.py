"""What a conversion can say about a source file, a row or a cell: the published codes ``ER-K-nnn``.

0xx speak of the file (they stand in `file_faults`), 1xx refuse one record, 2xx name a cell whose text could not be
brought into its field.
"""

from __future__ import annotations

from collections.abc import Mapping

from exportreport.conversion.file_faults import (
    CELLS_MERGED,
    DAYS_READ,
    EMPTY_FILE,
    EXTRA_COLUMN,
    FORMULAS_READ,
    FRACTIONS_READ,
    HIDDEN_READ,
    MISSING_COLUMN,
    NO_WORKBOOK,
    NOT_SOUND,
    NOT_TEXT,
    OTHER_ENCODING,
    OTHER_ORDER,
    OTHER_SPELLING,
    REPEATED_COLUMN,
    SHEET_BEGINS,
    SHEETS_NOT_READ,
    TOO_LARGE_FILE,
    UNSAFE_WORKBOOK,
    WRONG_FORMAT,
    note,
)
from exportreport.finding import Fault, Severity

_KEPT = "The text is kept where the ledger says. Correct the source, or add the value to the report."


def _record(code: str, title: str, message: str, reason: str, resolution: str) -> Fault:
    return Fault(code, Severity.ERROR, title, message, reason, resolution)


def _cell(code: str, title: str, message: str, reason: str, resolution: str = _KEPT) -> Fault:
    return note(code, Severity.WARNING, title, message, reason, resolution)


TOO_FEW_CELLS = _record(
    "ER-K-101", "A row has too few cells",
    "The row has {found} cells; the list has {wanted} columns.",
    "Nothing says which cell is missing, so each value may stand under the wrong heading.",
    "Add the missing cell, empty if need be, and convert the row again.",
)  # fmt: skip
TOO_MANY_CELLS = _record(
    "ER-K-102", "A row has too many cells",
    "The row has {found} cells; the list has {wanted} columns.",
    "A separator inside a text has probably split it, so each value may stand under the wrong heading.",
    "Put the text that holds a separator into quotation marks and convert the row again.",
)  # fmt: skip
OPEN_QUOTE = _record(
    "ER-K-103", "A quotation mark has no partner",
    "A quotation mark in this row has no partner, or text follows a closing one.",
    "An open quotation mark would swallow the rows after it; only this line is refused, the next ones are "
    "read.",
    "Close the quotation mark, or write it twice where it belongs to the text, and convert the row again.",
)  # fmt: skip
TOO_LARGE = _record(
    "ER-K-105", "A record is too large", "The record is larger than {limit} characters can hold.",
    "A cell of this size is no field of a license list; the limit keeps a broken file from filling the "
    "memory.",
    "Shorten the cell and convert the row again. What is beyond the limit is only in the source file.",
)  # fmt: skip
NOT_DECODABLE = _record(
    "ER-K-106", "A row is not in the file's encoding", "The row holds bytes that are no {encoding} text.",
    "A file in two encodings, or a damaged one, cannot be read without guessing letters.",
    "Repair the row in the source and convert it again.",
)  # fmt: skip
NO_NUMBER = _record(
    "ER-K-107", "A record has no number", 'The cell "{column}" is blank, so the record has no number.',
    "A record that has no number cannot be named, followed or corrected.",
    "Look the number up, add it and convert the row again.",
)  # fmt: skip
BAD_NUMBER = _record(
    "ER-K-108",
    "A record's number cannot be one", 'The text {value} of "{column}" cannot be a number that names a record.',
    "A reference is one line of at most 256 characters without control characters.",
    "Correct the number and convert the row again.",
)  # fmt: skip
NO_VALUE = _record(
    "ER-K-109", "A record lacks what every report needs",
    'The cell "{column}" is blank or says nothing that a report can hold, and no report can do without it.',
    "The standard asks for it in every report of this kind, and nothing else in the record says it.",
    "Add it and convert the record again.",
)  # fmt: skip
REPEATED_MEMBER = _record(
    "ER-K-110", "A name stands more than once in a record", 'The name "{column}" stands more than once in the record.',
    "Nothing says which of the two values holds.", "Remove or rename the one that is not meant.",
)  # fmt: skip
BROKEN_TREE = _record(
    "ER-K-111", "A record cannot be taken apart", "The record cannot be taken apart: {what}.",
    "Where the form of a record is broken, nothing in it is certain.",
    "Have the record written again by the program that made it, and convert it again.",
)  # fmt: skip
NOT_CARRIED = _record(
    "ER-K-112", "A record holds what its report cannot carry",
    'The text {value} of "{column}" finds no field, and {kind} has no place beside the fields.',
    "A text without a place would be dropped.", "Correct or remove it, and convert the record again.",
)  # fmt: skip
UNKNOWN_RECORD = _record(
    "ER-K-121", "A record is of no known kind", "The record is of the kind {value}; the format knows {known}.",
    "Nothing says what the texts of such a record mean.",
    "Correct the kind, or add it to the format, and convert the file again.",
)  # fmt: skip
WRONG_TOKENS = _record(
    "ER-K-122", "A record has another number of texts",
    "The record has {found} texts; a record of the kind {kind} has {wanted}.",
    "Nothing says which text is missing or too much, so each may stand in the place of another. Two records that were "
    "run together look like this, too.",
    "Correct the record and convert the file again.",
)  # fmt: skip
WRONG_SEQUENCE = _record(
    "ER-K-123", "The numbers of records have a gap", "The record has the number {value}; {wanted} was due.",
    "A gap shows that a record is missing, twice, or in another place.",
    "Have the file written again by the program that made it.",
)  # fmt: skip
CELL_IN_ERROR = _record(
    "ER-K-131", "A cell of a workbook has no value", "The cell {cell} shows {value} instead of a value.",
    "A formula failed there, or was never calculated; what it should have said is not known.",
    "Correct the cell in the workbook, save it, and convert the row again.",
)  # fmt: skip
NO_ENCLOSING_ROW = _record(
    "ER-K-132", "A row does not say what it belongs to",
    'The row is part of one of "{sheet}"; it says "{value}", which is none of them.',
    "Rows of the sheet belong to rows of another one, and are told by the number of those.",
    "Write the number of the row, counted from 1 among those of its form, into the column \"in\".",
)  # fmt: skip
OUT_OF_PLACE = _record(
    "ER-K-141", "A record stands in another place than it may", "A record of the kind {value} stands {where}.",
    "Where a record stands says what it belongs to.",
    "Have the file written again by the program that made it.",
)  # fmt: skip
WRONG_END = _record(
    "ER-K-142", "A record is closed under another name", "The record is closed as {value}; {wanted} is open.",
    "Nothing says which of the records between the two belong together.",
    "Have the file written again by the program that made it.",
)  # fmt: skip
WRONG_COUNT = _record(
    "ER-K-143", "A count is not that of the records", "The count is {value}; there are {wanted}.",
    "A wrong count shows that records are missing, or that some are too many.",
    "Have the file written again by the program that made it.",
)  # fmt: skip
NO_END = _record(
    "ER-K-144", "A record is not closed", "The record {kind} is not closed before the next one begins.",
    "Records that belong to it may be missing.",
    "Have the file written again by the program that made it.",
)  # fmt: skip
NO_TRAILER = _record(
    "ER-K-145", "The file has no trailer", "The file ends without a trailer.",
    "Transactions may be missing; often a transfer was interrupted.",
    "Have the file sent again; what was read of it is converted.",
)  # fmt: skip
TEXT_MISSING = _record(
    "ER-K-146", "A text that a record must have is missing", "The record has no {column}{why}.",
    "The receiver of such files refuses a record without it.",
    "Add it in the source, and have the file written again.",
)  # fmt: skip
TEXT_TOO_MUCH = _record(
    "ER-K-147", "A text stands where none may", "The record has {column}{why}, where it may not.",
    "The two say different things of the record.",
    "Take one of them out in the source, and have the file written again.",
)  # fmt: skip
WRONG_FORM = _record(
    "ER-K-148", "A text of a record has another form", "The text {value} is not of the form that {column} has{why}.",
    "The receiver of such files refuses a record with it.",
    "Correct it in the source, and have the file written again.",
)  # fmt: skip
PART_OF_REFUSED = _record(
    "ER-K-149", "A record is part of a transaction that is refused",
    "The records belong to a transaction in which another record is refused.",
    "A transaction is taken as a whole or not at all.",
    "Correct the record that is named with it, and convert the file again.",
)  # fmt: skip

DATE_AGAINST_ORDER = _cell(
    "ER-K-201", "A date breaks the order of its column",
    "The date {value} does not fit the order of this column ({order}); it would fit the other way round.",
    "Turning day and month round in silence would change the law that applies.",
)  # fmt: skip
NO_SUCH_DAY = _cell(
    "ER-K-202", "A date is no day of the calendar", "The date {value} is no day between 1900 and 2199.",
    "A day that does not exist has been damaged, and nothing says what it was.",
)  # fmt: skip
NOT_A_DATE = _cell(
    "ER-K-203", "A date cell holds no date", "The text {value} is not a date as this column writes them.",
    "Only a complete date with a year of four digits says which day is meant.",
)  # fmt: skip
ORDER_UNKNOWN = _cell(
    "ER-K-204", "Day and month cannot be told apart",
    "Nothing says which part of the date {value} is the day and which the month.",
    "The format declares an order for its own separators only.",
)  # fmt: skip
DATE_IN_DOUBT = _cell(
    "ER-K-205", "The dates of a row disagree in their order",
    "The date {value} could be read in two ways, and another date of this row ({other}) breaks the column's "
    "order.",
    "When one date of a row is turned round, the others of the row may be, too.",
)  # fmt: skip
AMOUNT_TWO_WAYS = _cell(
    "ER-K-211", "An amount can be read in two ways",
    "The amount {value} can be read in two ways: as {first} or as {second}.",
    "A separator may divide thousands or decimals, and a spreadsheet may have dropped zeros; the two differ "
    "greatly.",
)  # fmt: skip
NOT_AN_AMOUNT = _cell(
    "ER-K-212", "A value cell holds no amount", "The text {value} is not an amount of money.",
    "An amount is digits with separators that group them rightly.",
)  # fmt: skip
NOT_A_NUMBER = _cell(
    "ER-K-216", "A cell holds no plain number", "The text {value} is not a plain number.",
    "A number is digits, at most 18 of them, with a point before at most 6 decimals and no other marks.",
)  # fmt: skip
NEGATIVE_AMOUNT = _cell(
    "ER-K-213", "The value of a license is negative", "The amount {value} is negative.",
    "A license cannot be worth less than nothing; the sign may be a correction, a dash or damage.",
)  # fmt: skip
OTHER_CURRENCY = _cell(
    "ER-K-214", "An amount is in another currency",
    "The amount {value} names another currency than {currency}.",
    "The column's heading and the cell contradict each other.",
)  # fmt: skip
AMOUNT_TOO_LONG = _cell(
    "ER-K-215", "An amount has too many digits",
    "The amount {value} has more digits than an amount can have.",
    "The standard holds 18 digits before the point and 6 after it.",
)  # fmt: skip
NOT_A_CONTROL_CODE = _cell(
    "ER-K-221", "A control code is no entry of the list", "The text {value} is not an entry of the control list.",
    "An entry is a digit, a letter A to E and three digits, with sub-entries after it; nothing else names an "
    "item.",
)  # fmt: skip
UNKNOWN_PLACE = _cell(
    "ER-K-231", "A place is not on the list of names", "The place {value} is not on the list of names.",
    "A name that is not listed one by one is never matched by likeness.",
    "The name is kept as text. If it is a regular name, add it to the format's places.csv.",
)  # fmt: skip
PLACE_TWO_WAYS = _cell(
    "ER-K-232", "A place can mean more than one thing", "The place {value} can mean more than one thing: {note}.",
    "Naming one of several states would be a guess.",
    "The name is kept as text. Ask the source which one is meant.",
)  # fmt: skip
PLACE_NOT_THEN = _cell(
    "ER-K-233", "A country code was not valid on the day of the license",
    "The place {value} has the code {code}, which was not valid on {day} (from {first} to {last}).",
    "A code outside its time names no country, or another one.",
    "The name is kept as text. Ask the source which state is meant.",
)  # fmt: skip
NAME_DIFFERS = _cell(
    "ER-K-234", "The name of a country is not that of its code",
    "The name {value} is not the name of the country {code}, which stands beside it.",
    "One of the two is wrong, and nothing says which.", "The code is in the field, and the name is kept as text.",
)  # fmt: skip
TWO_COLUMNS = _cell(
    "ER-K-247", "Two columns of a record say different things",
    'The text {value} says something else than the column "{column}" of the same record.',
    "The report has one place for what the two columns say.",
    "What the other column says is in the field, and this text is carried. Correct the one that is wrong.",
)  # fmt: skip
NUMBER_OR_DAY = _cell(
    "ER-K-248", "A text may be a number or a date", "The text {value} may be the number of a license or a day.",
    "The column has held both, and the digits fit either.",
)  # fmt: skip
UNEQUAL_LINES = _cell(
    "ER-K-245", "Two columns do not have as many lines",
    'The lines of {value} are not as many as those of "{column}", which go with them one by one.',
    "Nothing says which line goes with which.",
)  # fmt: skip
NOT_LISTED = _cell(
    "ER-K-242", "A code is not on the code list",
    "The text {value} is neither a code nor a title of the list: {title}.",
    "A code that is not listed is never matched by likeness.",
)  # fmt: skip
NOT_A_COMMODITY_CODE = _cell(
    "ER-K-243", "A code of goods has an unknown form",
    "The text {value} is no code of goods: such have {known} digits.",
    "The number of digits tells of which nomenclature a code is.",
)  # fmt: skip
NOT_A_WHOLE_NUMBER = _cell(
    "ER-K-217", "A cell holds no whole number", "The text {value} is not a whole number.",
    "A whole number is digits, at most 15 of them, without a sign.",
)  # fmt: skip
NOT_A_CAS_NUMBER = _cell(
    "ER-K-244", "A text is no CAS number", "The text {value} is not a CAS number.",
    "A CAS number is two to seven digits, two digits and a check digit, joined by hyphens.",
)  # fmt: skip
NOT_OF_TYPE = _cell(
    "ER-K-249", "A text has not the form of its field", "The text {value} has not the form of its field: {title}.",
    "Fields for references and codes take one line of certain signs only.",
)  # fmt: skip
UNKNOWN_CODE = _cell(
    "ER-K-241", "A code is not on the format's table", "The code {value} is not one of {known}.",
    "Only the codes that the source explains can be translated.",
)  # fmt: skip
OTHER_FORM = _cell(
    "ER-K-246", "A number does not have its form", "The text {value} does not have the form of this number.",
    "The field takes numbers of one form only.",
)  # fmt: skip
UNUSUAL_CHARACTERS = _cell(
    "ER-K-251", "A cell holds control characters",
    "The cell holds control characters that no report can carry as text.",
    "Control characters are a sign of damage. The bytes are carried in base64 so that nothing is lost.",
)  # fmt: skip
TOO_LONG = _cell(
    "ER-K-252", "A text is longer than its field",
    "The text of {length} characters is longer than its field holds ({limit}).",
    "A text is never cut.",
    "The whole text is carried along. Shorten it in the source to have it in its field.",
)  # fmt: skip
RECORDS_DISAGREE = _cell(
    "ER-K-261", "Records of one number disagree",
    "The text {value} differs from what an earlier record of this number says.",
    "The report has one place for it, and choosing one of the two would be a guess.",
    "What the first record says is in the field, and this text is carried with its own part of the report. Correct "
    "the source where one of them is wrong.",
)  # fmt: skip
STANDS_ALONE = _cell(
    "ER-K-262", "A cell says nothing without another one", "The text {value} says nothing without \"{column}\".",
    "An amount and its unit or currency go together, and one of them is not there or cannot be read.",
    "The text is kept beside the fields. Complete the record in the source.",
)  # fmt: skip
OTHER_KIND = _record(
    "ER-K-301", "A report of another kind cannot be written in the format",
    "The report is a {kind}; {format} is written from a {wanted}.",
    "The format has no place for what such a report says.",
    "Choose the reports that the format is for, or another format.",
)  # fmt: skip
OTHER_LAYOUT = _record(
    "ER-K-305", "A report belongs in a file of another layout",
    'The report is written in the layout "{layout}", and the file is one of "{begun}".',
    "A file of this format has one layout.", "Write the reports of each layout to a file of their own.",
)  # fmt: skip
NO_NUMBER_TO_WRITE = _record(
    "ER-K-302", "A report lacks the number that names its records",
    'The report has nothing for "{column}" (at {pointer}), by which the format names a record.',
    "Whoever reads the file tells the records apart by this number.",
    "Add the number to the report and write it again.",
)  # fmt: skip
NUMBER_TWICE = _record(
    "ER-K-303", "Two reports have the same number",
    "The number {value} stands, or may stand, in an earlier report that was written.",
    "Records of one number are read as one report, so the two would be mixed.",
    "Write the reports to different files, or correct the number.",
)  # fmt: skip
NOT_WRITABLE = _record(
    "ER-K-304", "What a report would be written as cannot be read",
    "Read again, the written record is refused: {message}.",
    "A record that the format's own reader refuses helps nobody.",
    "Correct the value in the report and write it again.",
)  # fmt: skip
LOST_VALUE = _cell(
    "ER-K-311", "A value has no place in the format",
    "The value does not come back when what was written is read again{otherwise}.",
    "The format is poorer than the report.",
    "Keep the report itself; what is written in the format is not all of it.",
)  # fmt: skip

__all__ = [
    "CELLS_MERGED",
    "DAYS_READ",
    "EMPTY_FILE",
    "EXTRA_COLUMN",
    "FAULTS",
    "FORMULAS_READ",
    "FRACTIONS_READ",
    "HIDDEN_READ",
    "MISSING_COLUMN",
    "NOT_SOUND",
    "NOT_TEXT",
    "NO_WORKBOOK",
    "OTHER_ENCODING",
    "OTHER_ORDER",
    "OTHER_SPELLING",
    "REPEATED_COLUMN",
    "SHEETS_NOT_READ",
    "SHEET_BEGINS",
    "TOO_LARGE_FILE",
    "UNSAFE_WORKBOOK",
    "WRONG_FORMAT",
]

#: Every fault of the conversion by its code.
FAULTS: Mapping[str, Fault] = {
    fault.code: fault for fault in list(globals().values()) if isinstance(fault, Fault)
}  # fmt: skip

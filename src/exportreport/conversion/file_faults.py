"""What a conversion can say about a source file as a whole: the published codes ``ER-K-0nn``."""

from __future__ import annotations

from exportreport.finding import Fault, Severity, Verdict

_SAVE_AS_TEXT = "Export the list again as a text file with separated columns (CSV) and convert that file."


def _file(code: str, title: str, message: str, reason: str, resolution: str) -> Fault:
    return Fault(code, Severity.FATAL, title, message, reason, resolution, Verdict.UNREADABLE)


def note(code: str, severity: Severity, title: str, message: str, reason: str, resolution: str) -> Fault:
    """A fault that the file is read in spite of."""
    return Fault(code, severity, title, message, reason, resolution, Verdict.ACCEPTED_WITH_WARNINGS)


EMPTY_FILE = _file(
    "ER-K-001", "The file has no rows", "The file is empty: it has no row with the names of the columns.",
    "Without column names nothing says what a cell means.", "Check that the right file was chosen.",
)  # fmt: skip
NOT_TEXT = _file(
    "ER-K-002", "The file is not text", "The file is not a text file; it looks like {looks}.",
    "Only separated text can be read as this format.", _SAVE_AS_TEXT,
)  # fmt: skip
WRONG_FORMAT = _file(
    "ER-K-003", "The columns are those of another file",
    'The columns are not those of "{format}"; the file looks like {looks}.',
    "Reading a file by another format's columns would put values into the wrong fields.",
    "Name the right format, or add the heading's spelling to the format's mapping.toml.",
)  # fmt: skip
MISSING_COLUMN = _file(
    "ER-K-004", "A column is missing", "The column {columns} is missing; the file has {found}.",
    "A list without one of its columns is another layout, and its rows cannot be trusted to line up.",
    "Add the column, empty if need be, or add the spelling of its heading to the format's mapping.toml.",
)  # fmt: skip
REPEATED_COLUMN = _file(
    "ER-K-005", "A column stands more than once", "The column {columns} stands more than once.",
    "Nothing says which of the columns holds the value.", "Remove or rename the column that is not meant.",
)  # fmt: skip
NOT_SOUND = _file(
    "ER-K-006", "The file is not sound", "The file cannot be taken apart: {what}.",
    "Where the form of a file is broken, nothing in it is certain.",
    "Have the file written again by the program that made it, or repair it at that place.",
)  # fmt: skip
TOO_LARGE_FILE = _file(
    "ER-K-007", "The file is too large", "The file is larger than the {limit} bytes that are read as one piece.",
    "A value that has no end before the end of the file has to be kept in memory.",
    "Write one record on each line, or divide the file.",
)  # fmt: skip
NO_WORKBOOK = _file(
    "ER-K-008", "The file is no workbook that is read", "The file is not read as a workbook: {what}.",
    "Only workbooks that are packed as the standard for them says (XLSX) are read.",
    "Open the file in a spreadsheet, save it as an Excel workbook (.xlsx) without a password, and convert that file.",
)  # fmt: skip
UNSAFE_WORKBOOK = _file(
    "ER-K-009", "A workbook holds more than values", "The workbook holds {what} ({part}) and is not read.",
    "What runs by itself or comes from other files has no place in a filing, and may harm whoever opens it.",
    "Copy the values into a new workbook, save it as an Excel workbook (.xlsx), and convert that file.",
)  # fmt: skip
OTHER_ENCODING = note(
    "ER-K-010", Severity.INFO, "The file is not in UTF-8",
    "The file is written in {encoding}, not in UTF-8, and was read so.",
    "Letters with accents differ between encodings; if names look wrong, this is the place to look.",
    "Nothing to do when the names read well; otherwise save the file as UTF-8.",
)  # fmt: skip
EXTRA_COLUMN = note(
    "ER-K-011", Severity.WARNING, "The format does not know a column",
    "The format does not know the column {columns}; its cells are carried along unchanged.",
    "What the format does not know has no field in the report.",
    "Nothing is lost. If the column is regular, add it to the format's fields.csv.",
)  # fmt: skip
OTHER_ORDER = note(
    "ER-K-012", Severity.INFO, "The columns stand in another order",
    "The columns stand in another order than the format's; they were read by their names.",
    "A changed order may be the sign of a changed layout.", "Nothing to do when the names are right.",
)  # fmt: skip
OTHER_SPELLING = note(
    "ER-K-013", Severity.INFO, "A column has another heading", "The heading {columns} was read as {found}.",
    "Other spellings are accepted only where the format lists them.", "Nothing to do.",
)  # fmt: skip
SHEETS_NOT_READ = note(
    "ER-K-014", Severity.INFO, "Parts of a workbook are not read", "These are not read: {sheets}.",
    "A sheet is read when it is not hidden and its first row names the columns.",
    "Nothing to do for notes and help. Else show the sheet, and give it the same columns as the others.",
)  # fmt: skip
FORMULAS_READ = note(
    "ER-K-015", Severity.INFO, "Values of formulas were taken",
    "Formulas stand in {cells}; the values that they had when the workbook was saved were taken.",
    "Nobody recalculates a filing; the values may be older than what they were made from.",
    "Nothing to do when the values are right; otherwise recalculate and save the workbook.",
)  # fmt: skip
DAYS_READ = note(
    "ER-K-016", Severity.INFO, "Numbers of days were read as dates",
    "Cells with the format of a date hold numbers of days; the first is {value} in {cell}, read as {found}.",
    "Workbooks keep a date as a number, and only the format of the cell says that it is one.",
    "Nothing to do when the dates are right.",
)  # fmt: skip
CELLS_MERGED = note(
    "ER-K-017", Severity.WARNING, "Cells are merged",
    "Cells are merged ({cells}); only the first of each has the value.",
    "A value that is shown across several rows stands in the first of them; the others are blank.",
    "Where the value is meant for each row, unmerge the cells and repeat it.",
)  # fmt: skip
HIDDEN_READ = note(
    "ER-K-018", Severity.INFO, "Hidden rows or columns were read",
    "Hidden are {cells}; they were read like the others.",
    "What is hidden is easily forgotten, and is part of the file.", "Remove what is not to be reported.",
)  # fmt: skip
FRACTIONS_READ = note(
    "ER-K-019", Severity.INFO, "Numbers were read as they are shown",
    "Numbers stand as binary fractions; the first is {value} in {cell}, read as {found}.",
    "Spreadsheets keep 15 digits of a number and write it with 17; what is shown are the 15.",
    "Nothing to do; write numbers as text where every digit counts.",
)  # fmt: skip
SHEET_BEGINS = note(
    "ER-K-020", Severity.INFO, "Records come from another sheet",
    'From record {number} on the rows are those of "{sheet}".',
    "Several sheets have the same columns; rows are counted in each of them anew.", "Nothing to do.",
)  # fmt: skip

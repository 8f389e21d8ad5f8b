"""The published faults of archives: 04x: what is packed cannot be read (3); 904 to 906: a limit was reached (4)."""

from __future__ import annotations

from exportreport.finding import Fault, Severity, Verdict


def _unreadable(number: str, title: str, message: str, reason: str, resolution: str) -> Fault:
    return Fault(f"ER-D-{number}", Severity.FATAL, title, message, reason, resolution, Verdict.UNREADABLE)


def _undecided(number: str, title: str, message: str, resolution: str) -> Fault:
    reason = "A small archive can unpack to more than any computer holds; the limit protects the reader from that."
    return Fault(f"ER-D-{number}", Severity.FATAL, title, message, reason, resolution, Verdict.UNDECIDED)


DAMAGED = _unreadable(
    "040",
    "The archive is damaged",
    "The archive is damaged: {what}.",
    "What was packed in it cannot be restored with certainty; often a transfer was interrupted.",
    "Pack the files again, or send the whole archive again.",
)
ENCRYPTED = _unreadable(
    "041",
    "A file in the archive is encrypted",
    "The file in the archive is encrypted.",
    "Without the key its content cannot be seen, and no key is asked for.",
    "Pack the files without a password, and protect the way on which they are sent.",
)
NESTED = _unreadable(
    "042",
    "An archive is packed in an archive",
    "The archive holds another archive ({what}), which is not unpacked.",
    "Archives in archives can swell without bound: a known attack.",
    "Unpack the inner archive and send the files in it.",
)
SPECIAL = _unreadable(
    "043",
    "What is packed is not a regular file",
    "The archive holds {what} here, not a file.",
    "It has no content of its own, and could lead a reader to other files.",
    "Pack the file itself.",
)
METHOD = _unreadable(
    "044",
    "A file is packed by a method that is not read",
    "The file in the archive is packed by a method that is not read here ({what}).",
    "Only files that are stored or deflated can be unpacked by every receiver.",
    "Pack the files again by the usual method, deflate.",
)
NO_FILES = _unreadable(
    "045",
    "The archive holds no files",
    "The archive holds no file to read; hidden ones are left out.",
    "There is nothing to check; often an export found no data.",
    "Pack the reports, or send nothing.",
)
SEVERAL_FILES = _unreadable(
    "048",
    "The archive holds several files where one is wanted",
    "The archive holds several files, and one is converted at a time.",
    "A ledger tells rows and lines of one file; those of several could not be told apart.",
    "Unpack the archive and convert its files one by one.",
)
NAMED_TWICE = _unreadable(
    "046",
    "Two files in the archive have the same name",
    "The archive holds another file of this name, which was read first.",
    "Most programs unpack only one of the two, so two receivers would see different reports.",
    "Give each file a name of its own.",
)
TOO_MANY_MEMBERS = _undecided(
    "904",
    "The archive holds more files than the limit of this run",
    "The archive holds more files than this run allows ({limit}); none of them was read.",
    "Pack fewer files into one archive, or raise the limit with --max-members.",
)
EXPANDS = _undecided(
    "905",
    "The archive expands more than the limit of this run",
    "The archive unpacks to more than {limit} times its size, which this run does not allow; the rest was not read.",
    "Send the files unpacked; or, for an archive that you trust, raise the limit with --max-expansion.",
)
TOO_MUCH_UNPACKED = _undecided(
    "906",
    "The archive holds more bytes than the limit of this run",
    "The archive unpacks to more bytes than this run allows ({limit}); the rest was not read.",
    "Split the archive, or raise the limit with --max-unpacked.",
)

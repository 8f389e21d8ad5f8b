"""The limits of a run, as ``--limits`` shows them and as their page lists them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from exportreport.cli.options import LIMITS
from exportreport.codec import archive_faults, faults
from exportreport.codec.decoded import MOST_FINDINGS
from exportreport.codec.limits import DEFAULT_LIMITS, FREE_EXPANSION, MAX_COMMENT, MAX_DEPTH, MAX_NAME, MAX_TEXT
from exportreport.finding import Fault
from exportreport.result.acknowledgement import MOST
from exportreport.result.html import LISTED, SHOWN


class Limit(NamedTuple):
    """One limit: its default, what it counts, the finding beyond it, and how it is changed, if at all."""

    number: int
    what: str
    fault: Fault | None = None
    option: str = ""
    parameter: str = ""


def _of_a_run(field: str, what: str, fault: Fault, *, parameter: bool = True) -> Limit:
    option = next(name for name, own, _, _ in LIMITS if own == field)
    written = f"limits=Limits({field}=...)" if parameter else ""
    return Limit(getattr(DEFAULT_LIMITS, field), what, fault, option, written)


def _of_an_archive(field: str, what: str, fault: Fault) -> Limit:
    return _of_a_run(field, what, fault, parameter=False)


#: The limits by what follows when one is exceeded.
GROUPS: tuple[tuple[str, tuple[Limit, ...]], ...] = (
    (
        "Limits of a run; beyond them nothing can be decided (exit status 4):",
        (
            _of_a_run("document_bytes", "bytes of a document", faults.TOO_LARGE),
            _of_a_run("delimiters", "delimiters of a document: { [ , or, in XML, < and =", faults.TOO_MANY_DELIMITERS),
            _of_an_archive("members", "files in an archive", archive_faults.TOO_MANY_MEMBERS),
            _of_an_archive("unpacked_bytes", "bytes that an archive unpacks to", archive_faults.TOO_MUCH_UNPACKED),
            _of_an_archive("expansion", "times its own size that an archive unpacks to", archive_faults.EXPANDS),
            Limit(FREE_EXPANSION, "bytes it unpacks to before that is asked", archive_faults.EXPANDS),
            Limit(MAX_NAME, "bytes of a name in XML", faults.LONG_PART),
            Limit(MAX_COMMENT, "bytes of a comment or instruction in XML", faults.LONG_PART),
        ),
    ),
    (
        "Limits of the standard; beyond them a document is rejected (exit status 1):",
        (
            Limit(MAX_DEPTH, "objects, lists or elements in each other", faults.TOO_DEEP),
            Limit(MAX_TEXT, "bytes of a text, in UTF-8", faults.LONG_TEXT),
        ),
    ),
    (
        "Limits of what is shown; verdicts and totals count all:",
        (
            Limit(100, "findings of a document", None, "--max-findings", "max_findings=... (default 1,000)"),
            Limit(MOST_FINDINGS, "findings about the text of a document", faults.MORE),
            Limit(SHOWN, "findings on an HTML page"),
            Limit(LISTED, "documents listed on it"),
            Limit(MOST, "records, and findings, of an acknowledgement", faults.MORE),
        ),
    ),
)


def lines() -> Iterator[str]:
    """A line for each limit: its default, what it counts, the code beyond it, and the option that changes it."""
    for head, limits in GROUPS:
        yield head
        for limit in limits:
            code = limit.fault.code if limit.fault else ""
            yield f"  {limit.number:>14,}  {limit.what:<52}  {code:<8}  {limit.option}".rstrip()


_INTRODUCTION = """\
# Limits

What one document, one archive and one result may cost, and what is said beyond it. `exportreport validate --limits`
shows the same. Each limit is tested at its last value and at the first beyond it, in JSON and in XML where both have
it.

The size of a document is counted for itself: for each line of an NDJSON file and for each file of an archive. There
is no limit to the number of inputs, of lines, of files in a folder, or of the bytes of a file of lines; these are read
in constant memory, packed or not. The length of a single field is part of the standard (`ER-S-016`), and so is the
size of a number (`ER-S-010`, `ER-S-011`), however many digits it has. Blanks in a row count in XML as a text, and
after the report as a comment.

A `Submission` is one document, with all its reports. The commands, and `validate_files` in Python, read a long one in
XML report by report in constant memory; the limits then count each report and what stands before the first, and there
is no limit to the bytes of the file or to the number of reports. A `Submission` is read whole, and the limits count all
of it, where it is JSON; where it is given to Python as bytes, converted, or answered by an acknowledgement; and where
something about its envelope asks for it ([batch.md](batch.md#long-submissions)). What is larger can be written as
NDJSON, a report or a smaller `Submission` a line; rules that look across the reports of a `Submission` then see only
those of one line.

An archive is a .zip or .gz file, told by its content. Only stored and deflated files are unpacked, one after the other
and a piece at a time; names of files in it are never used as paths. Encrypted files, links, devices, archives in
archives, two files of one name, and files that share their bytes are refused, each with its own code. An archive may
always unpack to 10,485,760 bytes; beyond that it may not be more than so many times its own size. The commands unpack
archives; the functions in Python take what is unpacked already (`ER-D-004` otherwise).
"""

_HEAD = "| default | what | code | option | in Python |\n|---:|---|---|---|---|\n"


def page() -> str:
    """The page of the limits, in Markdown."""
    return "\n".join([_INTRODUCTION, *map(_section, *zip(*GROUPS, strict=True))])


def _section(head: str, limits: tuple[Limit, ...]) -> str:
    return f"## {head.rstrip(':')}\n\n{_HEAD}{''.join(map(_row, limits))}"


def _row(limit: Limit) -> str:
    code = f"[{limit.fault.code}](findings.md#{limit.fault.code.lower()})" if limit.fault else ""
    cells = (f"{limit.number:,}", limit.what.replace("|", "\\|"), code, *map(_literal, (limit.option, limit.parameter)))
    return f"| {' | '.join(cells)} |\n"


def _literal(text: str) -> str:
    code, space, more = text.partition(" (")
    return f"`{code}`{space}{more}" if text else ""

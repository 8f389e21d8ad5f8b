"""A rule and a profile as an author writes them, to be changed in one place by the tests."""

from __future__ import annotations

from pathlib import Path

from exportreport.build.rules.sources import Sources, read_sources
from exportreport.standard import load

STANDARD = load()
LISTS = {"countries": frozenset({"DE", "NL"})}

RULE = """\
code = "ER-C-901"
title = "A party begins before it ends"
severity = "error"
since = "1.0"
each = "Party"
when = "has(this.valid_from) && has(this.valid_until)"
assert = "this.valid_from <= this.valid_until"
message = "The party ends on {this.valid_until}, before it begins on {this.valid_from}."
at = "valid_until"
reason = "A period that ends before it begins says nothing."
resolution = "Correct one of the two dates."
basis = ["Some act, article 1"]

[[cases]]
name = "same day"
value = { key = "a", valid_from = "2026-01-01", valid_until = "2026-01-01" }
expect = "pass"

[[cases]]
name = "a day early"
value = { key = "a", valid_from = "2026-01-02", valid_until = "2026-01-01" }
expect = "fail"

[[cases]]
name = "no beginning"
value = { key = "a", valid_until = "2026-01-01" }
expect = "not_applicable"
"""

PROFILE = """\
id = "eu"
title = "European Union"
description = "What the Regulation asks for."
jurisdiction = "EU"
since = "1.0"
applies = "report.reporting_state in ['DE', 'NL']"
rules = ["EU-C-001"]
valid_from = "2021-09-09"
valid_until = "2030-01-01"
raises = { "ER-C-902" = "error" }

[sample]
reporting_state = "NL"
profiles = ["eu"]
"""


def rule(code: str, title: str, **changes: str) -> str:
    """The rule under another code and title, with members written anew: ``severity='"info"'``."""
    lines = RULE.replace("ER-C-901", code).replace("A party begins before it ends", title).splitlines()
    for name, value in changes.items():
        lines = [f"{name} = {value}" if line.startswith(f"{name} = ") else line for line in lines]
    return "\n".join(lines) + "\n"


def read(folder: Path, **files: str) -> Sources:
    """What is read of ``files``: ``ER_C_901`` is a rule's file, ``eu`` a profile's."""
    for name, text in files.items():
        kind = "profiles" if name.islower() else "rules"
        (folder / kind).mkdir(exist_ok=True)
        (folder / kind / f"{name.replace('_', '-')}.toml").write_text(text, encoding="utf-8")
    return read_sources(folder, STANDARD, LISTS)


def assert_fault(sources: Sources, file: str, text: str, place: str, repair: str) -> None:
    """The only fault is at the first ``place`` in the ``text`` of ``file``, and ``repair`` is a part of its words."""
    assert len(sources.faults) == 1, "\n".join(sources.faults)
    at = text.index(place) if place else 0
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    (fault,) = sources.faults
    where, message = fault.split(": ", 1)
    assert where.endswith(f"{file.replace('_', '-')}.toml:{line}:{column}"), fault
    assert repair in message.split("; ", 1)[1], fault

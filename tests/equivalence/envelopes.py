"""Broken reports in an envelope: judged as reports of their kind there, too, and found in their place."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from exportreport.standard import Standard
from tests.corpus.bases import small
from tests.corpus.source import Expected, List, Member, Mutation, written

#: The first letters of codes that are about the whole file.
_OF_FILES = "ER-D-0"


def can_be_carried(mutation: Mutation, standard: Standard) -> bool:
    """Whether what is wrong with a message stays the same where an envelope carries it."""
    carried = mutation.root.message and mutation.root.name in standard.concrete("Report")
    said = [expected for expected in (mutation.json, mutation.xml) if expected]
    inside = all(expected.pointer and not expected.code.startswith(_OF_FILES) for expected in said)
    return carried and inside and not mutation.rules


def carried(mutation: Mutation, standard: Standard) -> Mutation:
    """``mutation`` as the second report of an envelope."""
    envelope = written(standard, small(standard, standard.classes["Submission"], Random(0)))
    reports = next(member for member in envelope.members if member.name == "reports")
    assert isinstance(reports, Member)
    assert isinstance(reports.value, List)
    reports.value.entries.append(mutation.root)
    said = {syntax: _inside(getattr(mutation, syntax)) for syntax in ("json", "xml")}
    return replace(mutation, what=f"{mutation.what}, in an envelope", root=envelope, **said)


def _inside(expected: Expected | None) -> Expected | None:
    return expected and replace(expected, pointer=f"/reports/1{expected.pointer}")

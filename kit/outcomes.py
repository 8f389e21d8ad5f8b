"""What is expected of each document of a case, as the validator of this release says it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exportreport import pipeline
from exportreport.finding import Finding, Severity
from exportreport.standard import Standard
from kit.cases import Case


def expected(case: Case, standard: Standard) -> dict[str, Any]:
    """The entry of ``cases.json`` for ``case``."""
    profiles = {"profiles": list(case.profiles)} if case.profiles else {}
    about = {"about": case.about} if case.about else {}
    documents = [
        {"file": f"cases/{case.id}.{syntax}", "syntax": syntax} | _outcome(data, case, standard)
        for syntax, data in sorted(case.files.items())
    ]
    return {"id": case.id, "title": case.title} | profiles | about | {"documents": documents}


def _outcome(data: bytes, case: Case, standard: Standard) -> dict[str, Any]:
    settings = pipeline.Settings(profiles=case.profiles, max_findings=0)
    (result,) = pipeline.check(data, standard, settings)
    return {
        "structure": "broken" if any(map(_breaks, result.findings)) else "sound",
        "verdict": result.verdict.value,
        "findings": list(_said(result.findings)),
    }


def _breaks(finding: Finding) -> bool:
    """Whether the finding is of reading or of the structure, and grave."""
    return finding.finding_code.startswith(("ER-D-", "ER-S-")) and finding.severity in (Severity.FATAL, Severity.ERROR)


def _said(findings: tuple[Finding, ...]) -> Iterator[dict[str, str]]:
    for one in findings:
        place = {"pointer": one.pointer} if one.pointer is not None else {}
        yield {"finding_code": one.finding_code, "severity": one.severity.value} | place

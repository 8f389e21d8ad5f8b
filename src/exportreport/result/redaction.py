"""A result without anything that the filing says: places and codes alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from exportreport.finding import Finding, Path
from exportreport.pattern import pattern
from exportreport.result.record import Result
from exportreport.result.run import Explain
from exportreport.standard import Standard

#: Stands for a name that is not one of the standard's, and so may say something.
HIDDEN = "*"

#: The group of codes whose title says what is demanded, not what is wrong.
_RULES = "C"

#: A step of an XPath: its name, a condition that names something else, and the number among its like.
_STEP = pattern(r"(?<=/)([^/\[]+)(?:\[local-name[^\]]*\])?")


def redactor(standard: Standard, explain: Explain) -> Callable[[Result], Result]:
    """What takes from a result its document and from its findings every value, quotation and foreign name."""
    slots = {slot.name for one in standard.classes.values() for slot in one.slots}
    elements = {f"er:{name}" for name in slots | set(standard.classes)}
    titles: dict[str, str] = {}

    def title(code: str) -> str:
        if code not in titles:
            titles.update({found: fault.title for found, fault in explain([code]).items()})
        demanded = code.split("-")[1] == _RULES
        return f"Not met: {titles[code]}." if demanded else f"{titles[code]}."

    def redact(finding: Finding) -> Finding:
        return finding._replace(
            message=title(finding.finding_code),
            path=_path(finding.path, slots),
            xpath=_STEP.sub(lambda step: step[1] if step[1] in elements else HIDDEN, finding.xpath or "") or None,
            value=None,
            excerpt=(),
        )

    return lambda result: result._replace(findings=_all(map(redact, result.findings)), document=None)


def _path(path: Path | None, slots: set[str]) -> Path | None:
    return path and tuple(step if isinstance(step, int) or step in slots else HIDDEN for step in path)


def _all(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(findings)

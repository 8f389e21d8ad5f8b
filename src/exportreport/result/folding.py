"""Findings under those that caused them: one cause is read first, and what follows from it below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exportreport.finding import Finding, Path


def folded(findings: Sequence[Finding]) -> Iterator[tuple[Finding, bool]]:
    """Each of ``findings``, and whether it follows from the one above it that does not.

    Of several findings with the code of the cause, the one is meant that is nearest in the document.
    """
    if not any(finding.caused_by for finding in findings):
        yield from ((finding, False) for finding in findings)
        return
    causes = _causes(findings)
    below: dict[int, list[Finding]] = {}
    for number, finding in enumerate(findings):
        if (root := _root(number, causes)) != number:
            below.setdefault(root, []).append(finding)
    for number, finding in enumerate(findings):
        if _root(number, causes) == number:
            yield finding, False
            yield from ((consequence, True) for consequence in below.get(number, ()))


def _causes(findings: Sequence[Finding]) -> dict[int, int]:
    """The number of the cause of each finding that has one among ``findings``."""
    codes = {finding.caused_by for finding in findings}
    near: dict[tuple[str, Path], int] = {}
    for number, finding in enumerate(findings):
        if finding.finding_code in codes:
            for prefix in _prefixes(finding.path or ()):
                near.setdefault((finding.finding_code, prefix), number)
    return {
        number: cause
        for number, finding in enumerate(findings)
        if finding.caused_by and (cause := _nearest(finding.caused_by, finding.path or (), near)) is not None
    }


def _nearest(code: str, path: Path, near: dict[tuple[str, Path], int]) -> int | None:
    return next((near[code, prefix] for prefix in _prefixes(path) if (code, prefix) in near), None)


def _prefixes(path: Path) -> Iterator[Path]:
    return (path[:length] for length in range(len(path), -1, -1))


def _root(number: int, causes: dict[int, int]) -> int:
    """The cause of the cause, to the last; of findings that cause each other, each stands for itself."""
    seen = [number]
    while (number := causes.get(number, -1)) >= 0:
        if number in seen:
            return seen[0]
        seen.append(number)
    return seen[-1]

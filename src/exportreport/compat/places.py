"""Where the places stand, in both files, in which two reports differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exportreport.codec import json_places
from exportreport.finding import Finding, Path, Position, Severity
from exportreport.standard import Document, Standard


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two reports: its ``document``, the bytes that it was read from, and where in them it begins."""

    name: str
    document: Document
    data: bytes
    syntax: str
    line: int = 1
    prefix: Path = ()

    def positions(self, paths: Sequence[Path], standard: Standard) -> list[Position | None]:
        """The position of each of ``paths``; of what is not there, that of its nearest ancestor."""
        wanted = [Finding("", Severity.INFO, "", path) for path in paths]
        return [finding.position for finding in self._placed(wanted, standard)] if wanted else []

    def _placed(self, wanted: list[Finding], standard: Standard) -> list[Finding]:
        if self.syntax != "xml":
            return json_places.place(self.data, wanted, first_line=self.line, prefix=self.prefix)
        from exportreport.codec import xml_places

        return xml_places.place(self.data, wanted, standard)

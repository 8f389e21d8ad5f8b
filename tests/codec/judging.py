"""What the room says of some bytes, all its parts together, as the pipeline puts them."""

from __future__ import annotations

from exportreport.codec import json_places, json_text, xml_places, xml_text
from exportreport.codec.kinds import kind_of
from exportreport.codec.limits import DEFAULT_LIMITS, Limits
from exportreport.codec.recognize import recognize
from exportreport.finding import Finding
from exportreport.standard import Standard

NS = "https://w3id.org/exportreport/1"

Said = tuple[str, str | None, int | None, int | None]


def findings(data: bytes, standard: Standard, limits: Limits = DEFAULT_LIMITS) -> list[Finding]:
    syntax = recognize(data)
    if isinstance(syntax, Finding):
        return [syntax]
    if syntax == "xml":
        decoded = xml_text.decode(data, standard, limits)
        return xml_places.place(data, decoded.findings, standard)
    decoded = json_text.decode(data, limits)
    found = list(decoded.findings)
    if decoded.readable and not isinstance(decoded.value, list):
        kind = kind_of(decoded.value, standard)
        found += [kind] if isinstance(kind, Finding) else []
    return json_places.place(data, found)


def said(data: bytes, standard: Standard, limits: Limits = DEFAULT_LIMITS) -> list[Said]:
    """Code, pointer, line and column of each finding."""
    return [short(finding) for finding in findings(data, standard, limits)]


def short(finding: Finding) -> Said:
    at = finding.position
    return finding.finding_code, finding.pointer, at.line if at else None, at.column if at else None


def filing(inside: str, *, begin: str = f'<LicenseFiling xmlns="{NS}">', head: str = "") -> bytes:
    """A license filing in XML with these elements."""
    return f"{head}{begin}{inside}</LicenseFiling>".encode()


def unplaced(found: Finding) -> Finding:
    return found._replace(position=None, xpath=None, element=None, offset=None)

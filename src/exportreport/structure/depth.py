"""Whether what a finding speaks of may be nested too deep, which outweighs what it says."""

from __future__ import annotations

from typing import Any

from exportreport.codec.json_nesting import is_too_deep
from exportreport.finding import Finding
from exportreport.structure.faults import AT_KNOWN_DEPTH


def may_hide_depth(finding: Finding, value: Any) -> bool:
    """Whether ``value``, with this finding, may be nested too deep: not where it speaks of a rule or a single value.

    Of a message of no known kind nothing is checked, so that it may be as well as its kind.
    """
    room, path = finding.finding_code[3], finding.path or ()
    kindless = (finding.model_path or "").endswith(".report_type")
    if room != "S" or (finding.finding_code in AT_KNOWN_DEPTH and not kindless):
        return room == "D"
    if kindless and path and path[-1] == "report_type":
        path = path[:-1]
    for step in path:
        value = value[step]
    return isinstance(value, dict | list) and is_too_deep(value, len(path))
